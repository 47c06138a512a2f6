//! AKO's own `values.yaml` (chart `ako`): the cluster-wide values under every segment.
//!
//! Keys and defaults: AKO 2.2.1 `helm/ako/values.yaml`. Several booleans are strings there.

use crate::lower::shape::ObjectShape;
use crate::lower::{IntOrString, LooseBool, ReadObject, Unread};
use crate::model::infra_setting::{NodeNetwork, VipNetwork};
use crate::object;
use crate::syntax::{NodeId, NodeKind, Tree, key_text};

object! {
    /// The file, as far as it changes what AKO does with networks.
    pub struct AkoValues {
        /// Optional parts of AKO.
        pub feature_gates: FeatureGates = "featureGates",
        /// `AKOSettings`.
        pub ako_settings: AkoSettings = "AKOSettings",
        /// `NetworkSettings`.
        pub network_settings: NetworkSettings = "NetworkSettings",
        /// `L7Settings`.
        pub l7_settings: L7Values = "L7Settings",
        /// `L4Settings`.
        pub l4_settings: L4Values = "L4Settings",
        /// `ControllerSettings`.
        pub controller_settings: ControllerSettings = "ControllerSettings",
        /// Nodes for `serviceType: NodePort`.
        pub node_port_selector: NodePortSelector = "nodePortSelector",
    }
    known [
        "replicaCount", "image", "GatewayAPI", "resources", "securityContext", "podSecurityContext", "rbac",
        "avicredentials", "persistentVolumeClaim", "mountPath", "logFile", "akoGatewayLogFile", "ako-crd-operator",
        "fullnameOverride", "nameOverride", "nodeSelector", "tolerations", "affinity", "global", "podAnnotations",
    ]
}

object! {
    /// `featureGates`.
    pub struct FeatureGates {
        /// The container for Gateway API v1 (HTTP and HTTPS only); default false.
        pub gateway_api: Option<LooseBool> = "GatewayAPI",
    }
    known ["EnablePrometheus", "EnableEndpointSlice"]
}

object! {
    /// `AKOSettings`.
    pub struct AkoSettings {
        /// Prefix of all names on the Avi Controller; default `my-cluster`.
        pub cluster_name: Option<String> = "clusterName",
        /// Layer 4 gateways of `networking.x-k8s.io`; default false.
        pub services_api: Option<LooseBool> = "servicesAPI",
        /// No layer 4 at all; default false.
        pub layer7_only: Option<LooseBool> = "layer7Only",
        /// Enhanced virtual hosting; default false.
        pub enable_evh: Option<LooseBool> = "enableEVH",
        /// EVH parents per namespace; default false.
        pub vip_per_namespace: Option<LooseBool> = "vipPerNamespace",
        /// Namespaces that AKO leaves alone.
        pub blocked_namespace_list: Vec<String> = "blockedNamespaceList",
        /// Only namespaces with this label.
        pub namespace_selector: NamespaceSelector = "namespaceSelector",
        /// `V4` or `V6`, of the pools.
        pub ip_family: Option<String> = "ipFamily",
        /// One AKO of a cluster is primary; default true.
        pub primary_instance: Option<LooseBool> = "primaryInstance",
        /// Pods are reachable without static routes; default false.
        pub disable_static_route_sync: Option<LooseBool> = "disableStaticRouteSync",
        /// NSX-T VPC mode; default false.
        pub vpc_mode: Option<LooseBool> = "vpcMode",
        /// CNI.
        pub cni_plugin: Option<String> = "cniPlugin",
        /// Deletes everything on Avi; default false.
        pub delete_config: Option<LooseBool> = "deleteConfig",
    }
    known [
        "enableEvents", "logLevel", "fullSyncFrequency", "apiServerPort", "istioEnabled", "useDefaultSecretsOnly",
        "syncNamespace", "tenantsPerCluster",
    ]
}

object! {
    /// `AKOSettings.namespaceSelector`: counts only with both.
    pub struct NamespaceSelector {
        /// Label key.
        pub label_key: Option<String> = "labelKey",
        /// Label value.
        pub label_value: Option<String> = "labelValue",
    }
}

object! {
    /// `NetworkSettings`: the global network, used where no AviInfraSetting says otherwise.
    pub struct NetworkSettings {
        /// Global VIP networks; required outside VPC mode, more than one only on AWS.
        pub vip_network_list: Vec<VipNetwork> = "vipNetworkList",
        /// Networks of the nodes.
        pub node_network_list: Vec<NodeNetwork> = "nodeNetworkList",
        /// Global RHI; default false.
        pub enable_rhi: Option<LooseBool> = "enableRHI",
        /// Global BGP peers.
        pub bgp_peer_labels: Vec<String> = "bgpPeerLabels",
        /// Tier-1 router on NSX-T.
        pub nsxt_t1_lr: Option<String> = "nsxtT1LR",
        /// DNS sub-domain for names; since AKO 1.13.1, wins over the L4 one.
        pub default_domain: Option<String> = "defaultDomain",
    }
}

object! {
    /// `L7Settings`.
    pub struct L7Values {
        /// Whether the chart's class `avi-lb` is the default class; default true.
        pub default_ing_controller: Option<LooseBool> = "defaultIngController",
        /// `ClusterIP`, `NodePort` or `NodePortLocal`.
        pub service_type: Option<String> = "serviceType",
        /// `LARGE`, `MEDIUM`, `SMALL` or `DEDICATED`.
        pub shard_vs_size: Option<String> = "shardVSSize",
        /// `LARGE`, `MEDIUM` or `SMALL`.
        pub passthrough_shard_size: Option<String> = "passthroughShardSize",
        /// `InterNamespaceAllowed` or `Strict`.
        pub fqdn_reuse_policy: Option<String> = "fqdnReusePolicy",
        /// No pool groups for SNI.
        pub no_pg_for_sni: Option<LooseBool> = "noPGForSNI",
    }
    known ["enableMCI"]
    one_of {
        "serviceType": ["ClusterIP", "NodePort", "NodePortLocal"],
        "shardVSSize": ["LARGE", "MEDIUM", "SMALL", "DEDICATED"],
        "passthroughShardSize": ["LARGE", "MEDIUM", "SMALL"],
        "fqdnReusePolicy": ["InterNamespaceAllowed", "Strict"],
    }
}

object! {
    /// `L4Settings`.
    pub struct L4Values {
        /// Whether Services without `loadBalancerClass` are AKO's; default true.
        pub default_lb_controller: Option<LooseBool> = "defaultLBController",
        /// DNS sub-domain for layer 4 names; deprecated.
        pub default_domain: Option<String> = "defaultDomain",
        /// `default`, `flat`; anything else turns it off.
        pub auto_fqdn: Option<String> = "autoFQDN",
    }
    known ["advancedL4"]
}

object! {
    /// `ControllerSettings`.
    pub struct ControllerSettings {
        /// Global Service Engine group; default `Default-Group`.
        pub service_engine_group_name: Option<String> = "serviceEngineGroupName",
        /// Cloud; default `Default-Cloud`.
        pub cloud_name: Option<String> = "cloudName",
        /// Tenant; default `admin`.
        pub tenant_name: Option<String> = "tenantName",
        /// VRF context (vCenter).
        pub vrf_name: Option<String> = "vrfName",
        /// Controller's API version.
        pub controller_version: Option<IntOrString> = "controllerVersion",
        /// Only its own tenant is read.
        pub dedicated_tenant_mode: Option<LooseBool> = "dedicatedTenantMode",
        /// Not looked into.
        pub controller_host: Option<Unread> = "controllerHost",
    }
    known ["tenantsPerCluster", "controllerIP"]
}

object! {
    /// `nodePortSelector`.
    pub struct NodePortSelector {
        /// Label key.
        pub key: Option<String> = "key",
        /// Label value.
        pub value: Option<String> = "value",
    }
}

/// Top-level keys that only AKO's values have: by them the file is recognised.
pub const RECOGNISED_BY: [&str; 5] =
    ["AKOSettings", "NetworkSettings", "L7Settings", "L4Settings", "ControllerSettings"];

/// Keys that hardly another chart has; a text with one of them is taken for AKO's values if it has no key that they
/// do not have.
const TELLING: [&str; 6] =
    ["featureGates", "nodePortSelector", "GatewayAPI", "avicredentials", "akoGatewayLogFile", "ako-crd-operator"];

/// Whether a mapping that says no kind is AKO's values: by a key that is theirs alone, or by all of its keys.
#[must_use]
pub fn are_values(tree: &Tree, node: NodeId) -> bool {
    if RECOGNISED_BY.iter().any(|key| tree.get(node, key).is_some()) {
        return true;
    }
    let has_only = |mapping: NodeId, shape: &ObjectShape| {
        tree.entries(mapping).iter().all(|entry| key_text(tree, entry.key).is_some_and(|key| has_field(shape, &key)))
    };
    // Other charts have gates, too.
    let has_own_gates = tree.get(node, "featureGates").is_none_or(|gates| {
        matches!(tree.kind(gates), NodeKind::Mapping { .. })
            && !tree.entries(gates).is_empty()
            && has_only(gates, &FeatureGates::SHAPE)
    });
    TELLING.iter().any(|key| tree.get(node, key).is_some()) && has_own_gates && has_only(node, &AkoValues::SHAPE)
}

fn has_field(shape: &ObjectShape, key: &str) -> bool {
    shape.fields.iter().any(|(field, _)| *field == key) || shape.known.contains(&key)
}

#[cfg(test)]
mod tests {
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    #[test]
    fn values_are_known_by_a_key_of_their_own_or_by_having_no_other() {
        let are_values = |text: &str| Workspace::new(&[SourceFile::new("a.yaml", text)]).values().is_some();
        for text in [
            "AKOSettings: {}\nwhatever: 1\n",
            "featureGates:\n  GatewayAPI: true\n",
            "replicaCount: 1\nfeatureGates: {EnablePrometheus: true}\n",
            "nodePortSelector: {key: a, value: b}\n",
            "avicredentials: {username: admin}\n",
        ] {
            assert!(are_values(text), "{text}");
        }
        for text in [
            "featureGates: \"\"\n",
            "featureGates: {}\n",
            "featureGates: {OtherGate: true}\n",
            "featureGates: {GatewayAPI: true}\ncrds: {enabled: true}\n",
            "replicaCount: 1\nimage: {tag: a}\nresources: {}\n",
            "- featureGates\n",
        ] {
            assert!(!are_values(text), "{text}");
        }
    }
}
