//! Service (`v1`): the fields that concern load balancing.

use std::collections::BTreeMap;

use super::metadata::ObjectMeta;
use crate::lower::{IntOrString, Unread};
use crate::object;

object! {
    /// A Service: reached through a Gateway by its labels, or by itself as type LoadBalancer.
    pub struct Service {
        /// `v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `Service`.
        pub kind: Option<String> = "kind",
        /// Labels and annotations carry what AKO reads.
        pub metadata: ObjectMeta = "metadata",
        /// Type and ports.
        pub spec: ServiceSpec = "spec",
    }
    known ["status"]
}

object! {
    /// `spec` (Kubernetes `core/v1 ServiceSpec`).
    pub struct ServiceSpec {
        /// Pods behind it.
        pub selector: BTreeMap<String, String> = "selector",
        /// Ports.
        pub ports: Vec<ServicePort> = "ports",
        /// `ClusterIP` (the default), `NodePort`, `LoadBalancer`, `ExternalName`.
        pub service_type: Option<String> = "type",
        /// `None` for a headless Service.
        pub cluster_ip: Option<String> = "clusterIP",
        /// Both families' cluster addresses.
        pub cluster_ips: Vec<String> = "clusterIPs",
        /// Further addresses that nodes accept.
        pub external_ips: Vec<String> = "externalIPs",
        /// Name of an ExternalName Service.
        pub external_name: Option<String> = "externalName",
        /// Preferred address; wins over AKO's annotation.
        pub load_balancer_ip: Option<String> = "loadBalancerIP",
        /// Controller; `ako.vmware.com/avi-lb` for AKO.
        pub load_balancer_class: Option<String> = "loadBalancerClass",
        /// Clients that may connect.
        pub load_balancer_source_ranges: Vec<String> = "loadBalancerSourceRanges",
        /// `Cluster` or `Local`.
        pub external_traffic_policy: Option<String> = "externalTrafficPolicy",
        /// IPv4, IPv6 or both.
        pub ip_families: Vec<String> = "ipFamilies",
        /// `SingleStack`, `PreferDualStack`, `RequireDualStack`.
        pub ip_family_policy: Option<String> = "ipFamilyPolicy",
        /// Whether a LoadBalancer Service gets node ports.
        pub allocate_load_balancer_node_ports: Option<bool> = "allocateLoadBalancerNodePorts",
    }
    known [
        "internalTrafficPolicy", "healthCheckNodePort", "publishNotReadyAddresses", "sessionAffinity",
        "sessionAffinityConfig", "trafficDistribution", "topologyKeys", "ipFamily",
    ]
    one_of { "type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] }
}

object! {
    /// An item of `spec.ports`.
    pub struct ServicePort {
        /// Name; required where there are several.
        pub name: Option<String> = "name",
        /// `TCP` (the default), `UDP` or `SCTP`.
        pub protocol: Option<String> = "protocol",
        /// The port that clients and AKO's gateway listeners know.
        pub port: Option<i64> = "port",
        /// The port of the pods; AKO does not compare it with listeners.
        pub target_port: Option<IntOrString> = "targetPort",
        /// Port on the nodes.
        pub node_port: Option<i64> = "nodePort",
        /// Application protocol.
        pub app_protocol: Option<String> = "appProtocol",
    }
    required ["port"]
    one_of { "protocol": ["TCP", "UDP", "SCTP"] }
    range { "port": 1..=65535, "nodePort": 1..=65535, "targetPort": 1..=65535 }
}

object! {
    /// A Namespace, for its annotations and labels.
    pub struct Namespace {
        /// `v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `Namespace`.
        pub kind: Option<String> = "kind",
        /// Its AviInfraSetting annotation applies to what has none of its own.
        pub metadata: ObjectMeta = "metadata",
        /// Not looked into.
        pub spec: Option<Unread> = "spec",
    }
    known ["status"]
}

impl ServicePort {
    /// Whether a backend that names this port, by number or by name, means this one.
    #[must_use]
    pub fn is_named(&self, port: &IntOrString) -> bool {
        match port {
            IntOrString::Int(number) => self.port == Some(*number),
            IntOrString::String(name) => self.name.as_ref() == Some(name),
        }
    }
}
