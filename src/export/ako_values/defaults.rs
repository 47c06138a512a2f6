//! The defaults of AKO's chart (AKO 2.2.1 `helm/ako/values.yaml`), and what each value is for.

use crate::edit::Value;

/// A value of the chart.
pub(super) struct Default {
    /// Where it stands.
    pub path: &'static str,
    /// What the chart has, as JSON.
    json: &'static str,
    /// What it is for, in a few words.
    pub comment: &'static str,
}

impl Default {
    /// Whether a value is the chart's: several booleans are texts there, and people write either.
    pub fn is(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty() && self.json == "[]",
            Value::Object(_) => false,
            single => plain(single) == self.plain(),
        }
    }

    /// A text of AKO's ConfigMap as the chart has this value.
    pub fn typed(&self, value: &Value) -> Value {
        match value.as_str() {
            Some("true") if matches!(self.json, "true" | "false") => Value::Bool(true),
            Some("false") if matches!(self.json, "true" | "false") => Value::Bool(false),
            _ => value.clone(),
        }
    }

    fn plain(&self) -> String {
        self.json.trim_matches('"').to_owned()
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

const fn value(path: &'static str, json: &'static str, comment: &'static str) -> Default {
    Default { path, json, comment }
}

/// All that the chart's own `values.yaml` has and that decides about networks.
pub(super) const DEFAULTS: &[Default] = &[
    value("featureGates.GatewayAPI", "false", "the container for Gateway API v1 (HTTP and HTTPS only)"),
    value("featureGates.EnablePrometheus", "false", "metrics of AKO's container"),
    value("featureGates.EnableEndpointSlice", "true", "endpoints are read from EndpointSlices"),
    value("AKOSettings.primaryInstance", "true", "one AKO of a cluster is the primary"),
    value("AKOSettings.enableEvents", "\"true\"", "events are broadcast"),
    value("AKOSettings.logLevel", "\"WARN\"", "INFO, DEBUG, WARN or ERROR"),
    value("AKOSettings.fullSyncFrequency", "\"1800\"", "seconds between two full syncs"),
    value("AKOSettings.apiServerPort", "8080", "port of AKO's own probes"),
    value("AKOSettings.deleteConfig", "\"false\"", "true: AKO deletes all that it made"),
    value("AKOSettings.disableStaticRouteSync", "\"false\"", "true: Service Engines reach pods without static routes"),
    value(
        "AKOSettings.clusterName",
        "\"my-cluster\"",
        "all names on the Avi Controller begin with it; unique for each cluster",
    ),
    value("AKOSettings.cniPlugin", "\"\"", "the cluster's CNI"),
    value("AKOSettings.enableEVH", "false", "enhanced virtual hosting for Ingresses"),
    value("AKOSettings.layer7Only", "false", "true: nothing of layer 4 is read"),
    value("AKOSettings.namespaceSelector.labelKey", "\"\"", "only namespaces with this label are read"),
    value("AKOSettings.namespaceSelector.labelValue", "\"\"", "the label's value"),
    value("AKOSettings.servicesAPI", "false", "Gateways of networking.x-k8s.io are read"),
    value("AKOSettings.vipPerNamespace", "\"false\"", "with EVH, a parent for each namespace"),
    value("AKOSettings.istioEnabled", "false", "the cluster runs Istio"),
    value("AKOSettings.blockedNamespaceList", "[]", "namespaces that AKO leaves alone"),
    value("AKOSettings.ipFamily", "\"\"", "V4 or V6: addresses of the pools"),
    value("AKOSettings.useDefaultSecretsOnly", "\"false\"", "OpenShift: only the default Secrets"),
    value("AKOSettings.vpcMode", "false", "NSX-T in VPC mode"),
    value("NetworkSettings.nodeNetworkList", "[]", "networks of the nodes, for pools (vCenter)"),
    value("NetworkSettings.enableRHI", "false", "the global route health injection (BGP)"),
    value("NetworkSettings.nsxtT1LR", "\"\"", "the tier-1 router on NSX-T"),
    value("NetworkSettings.bgpPeerLabels", "[]", "the global BGP peers; they need enableRHI"),
    value("NetworkSettings.vipNetworkList", "[]", "the global network: what no AviInfraSetting applies to lands there"),
    value("NetworkSettings.defaultDomain", "\"\"", "DNS sub-domain for names"),
    value("L7Settings.defaultIngController", "\"true\"", "the chart's class avi-lb is the default class"),
    value("L7Settings.noPGForSNI", "false", "no pool groups for SNI"),
    value("L7Settings.serviceType", "\"ClusterIP\"", "how pods are reached: ClusterIP, NodePort or NodePortLocal"),
    value("L7Settings.shardVSSize", "\"LARGE\"", "how many virtual services Ingresses share"),
    value("L7Settings.passthroughShardSize", "\"SMALL\"", "the same for passthrough"),
    value("L7Settings.enableMCI", "\"false\"", "Ingresses of several clusters"),
    value(
        "L7Settings.fqdnReusePolicy",
        "\"InterNamespaceAllowed\"",
        "Strict: a host belongs to one namespace (with EVH)",
    ),
    value("L4Settings.defaultLBController", "\"true\"", "Services without loadBalancerClass are AKO's"),
    value("L4Settings.defaultDomain", "\"\"", "deprecated for NetworkSettings.defaultDomain"),
    value("L4Settings.autoFQDN", "\"default\"", "how names of layer 4 are made: default, flat or disabled"),
    value("ControllerSettings.serviceEngineGroupName", "\"Default-Group\"", "the global SE group"),
    value("ControllerSettings.controllerVersion", "\"\"", "the Avi Controller's API version"),
    value("ControllerSettings.cloudName", "\"Default-Cloud\"", "the cloud on the Avi Controller"),
    value("ControllerSettings.controllerHost", "\"\"", "where the Avi Controller is"),
    value("ControllerSettings.tenantName", "\"admin\"", "the tenant on the Avi Controller"),
    value("ControllerSettings.vrfName", "\"\"", "the VRF context (vCenter)"),
    value("ControllerSettings.dedicatedTenantMode", "false", "only the own tenant is read"),
    value("nodePortSelector.key", "\"\"", "nodes for serviceType NodePort, by label"),
    value("nodePortSelector.value", "\"\"", "the label's value"),
    value("replicaCount", "1", "AKO's replicas"),
];
