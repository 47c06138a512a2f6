//! AkoplanSettings (`akoplan/v1alpha1`): what YAML cannot say about the world outside the cluster.
//!
//! Stands in the project as `akoplan.yaml`; never part of what is applied.

use super::infra_setting::VipNetwork;
use super::metadata::ObjectMeta;
use crate::object;

/// The newest AKO that the prediction was checked against; assumed where the settings name none.
pub const NEWEST_AKO: &str = "2.2.1";

object! {
    /// The document.
    pub struct AkoplanSettings {
        /// `akoplan/v1alpha1`.
        pub api_version: Option<String> = "apiVersion",
        /// `AkoplanSettings`.
        pub kind: Option<String> = "kind",
        /// Its name is the workspace's.
        pub metadata: ObjectMeta = "metadata",
        /// Everything it says.
        pub spec: SettingsSpec = "spec",
    }
}

object! {
    /// `spec`.
    pub struct SettingsSpec {
        /// AKO version to predict for, as in `2.2.1`.
        pub ako_version: Option<String> = "akoVersion",
        /// Kubernetes version, as in `1.33`.
        pub kubernetes_version: Option<String> = "kubernetesVersion",
        /// Namespace of namespaced objects that name none; `default` if absent.
        pub default_namespace: Option<String> = "defaultNamespace",
        /// What exists on the Avi Controller; absent: nothing is known.
        pub avi: Option<AviSide> = "avi",
        /// What exists in the cluster beside the manifests.
        pub cluster: Cluster = "cluster",
        /// Which segment things are meant for.
        pub intents: Vec<Intent> = "intents",
        /// Objects that exist but are not in this project.
        pub external: Vec<ExternalObject> = "external",
        /// How new objects are named.
        pub naming: Naming = "naming",
        /// The clusters that the manifests are for, where they are several, with what differs there.
        pub clusters: Vec<ClusterVariant> = "clusters",
    }
}

object! {
    /// An item of `spec.clusters`: a cluster, and what is otherwise there.
    pub struct ClusterVariant {
        /// Its name: a folder of the kustomize export.
        pub name: Option<String> = "name",
        /// What is otherwise in AKO's values.
        pub ako: AkoVariant = "ako",
        /// What is otherwise in AviInfraSettings.
        pub settings: Vec<SettingVariant> = "settings",
    }
    required ["name"]
}

object! {
    /// `ako` of a cluster; what is absent is as in the project's values.
    pub struct AkoVariant {
        /// `AKOSettings.clusterName`.
        pub cluster_name: Option<String> = "clusterName",
        /// `ControllerSettings.serviceEngineGroupName`.
        pub se_group: Option<String> = "seGroup",
        /// `NetworkSettings.vipNetworkList`, item by item.
        pub networks: Vec<VipNetwork> = "networks",
    }
}

object! {
    /// An AviInfraSetting of a cluster; what is absent is as in the project's own.
    pub struct SettingVariant {
        /// Name of the AviInfraSetting.
        pub name: Option<String> = "name",
        /// `spec.seGroup.name`.
        pub se_group: Option<String> = "seGroup",
        /// `spec.network.vipNetworks`, item by item.
        pub networks: Vec<VipNetwork> = "networks",
    }
    required ["name"]
}

object! {
    /// `spec.avi`: the Avi Controller.
    pub struct AviSide {
        /// As in `CLOUD_VCENTER`.
        pub cloud_type: Option<String> = "cloudType",
        /// DNS sub-domains of the cloud.
        pub sub_domains: Vec<String> = "subDomains",
        /// Controller licence, as in `ENTERPRISE`.
        pub license: Option<String> = "license",
        /// Service Engine groups.
        pub se_groups: Vec<AviSeGroup> = "seGroups",
        /// Networks.
        pub networks: Vec<AviNetwork> = "networks",
    }
}

object! {
    /// A Service Engine group on the Avi Controller.
    pub struct AviSeGroup {
        /// Name.
        pub name: Option<String> = "name",
        /// Its label `clustername`: the cluster it belongs to.
        pub cluster_label: Option<String> = "clusterLabel",
        /// `created_by`, when AKO of a cluster made it.
        pub created_by: Option<String> = "createdBy",
    }
    required ["name"]
}

object! {
    /// A network on the Avi Controller.
    pub struct AviNetwork {
        /// Name.
        pub name: Option<String> = "name",
        /// UUID.
        pub uuid: Option<String> = "uuid",
        /// Subnets, as CIDRs.
        pub subnets: Vec<String> = "subnets",
        /// Ranges that Avi gives addresses from, as `first-last`.
        pub static_ranges: Vec<String> = "staticRanges",
    }
    required ["name"]
}

object! {
    /// `spec.cluster`.
    pub struct Cluster {
        /// Addresses of the nodes.
        pub node_addresses: Vec<String> = "nodeAddresses",
        /// Services (`namespace/name`) without an endpoint.
        pub services_without_endpoints: Vec<String> = "servicesWithoutEndpoints",
        /// Ranges of the nodes.
        pub node_cidrs: Vec<String> = "nodeCidrs",
        /// Ranges of the pods.
        pub pod_cidrs: Vec<String> = "podCidrs",
        /// Ranges of cluster addresses.
        pub service_cidrs: Vec<String> = "serviceCidrs",
    }
}

object! {
    /// An item of `spec.intents`: what is meant to land on which segment.
    pub struct Intent {
        /// `Service`, `Gateway`, `Ingress` or `HTTPRoute`.
        pub kind: Option<String> = "kind",
        /// Namespace.
        pub namespace: Option<String> = "namespace",
        /// Name.
        pub name: Option<String> = "name",
        /// Only this port of a Service.
        pub port: Option<i64> = "port",
        /// Only this host of an Ingress or HTTPRoute.
        pub host: Option<String> = "host",
        /// Name of the AviInfraSetting.
        pub segment: Option<String> = "segment",
    }
    required ["kind", "name", "segment"]
}

object! {
    /// An item of `spec.external`.
    pub struct ExternalObject {
        /// Kind.
        pub kind: Option<String> = "kind",
        /// Namespace; absent for cluster-scoped kinds.
        pub namespace: Option<String> = "namespace",
        /// Name.
        pub name: Option<String> = "name",
    }
    required ["kind", "name"]
}

object! {
    /// `spec.naming`: templates with `{cluster}` and `{segment}`.
    pub struct Naming {
        /// Default `aviinfrasetting-{cluster}-{segment}`.
        pub infra_setting: Option<String> = "aviInfraSetting",
        /// Default `avigatewayclass-{cluster}-{segment}`.
        pub gateway_class: Option<String> = "gatewayClass",
        /// Default `avi-ingress-class-{segment}`.
        pub ingress_class: Option<String> = "ingressClass",
    }
}
