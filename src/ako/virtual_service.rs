//! Virtual services as AKO wants them on the load balancer.

use std::collections::BTreeMap;

/// A virtual service with its VIP, rules and pools.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "these are members of the documented JSON")]
pub struct VirtualService {
    /// `VirtualService` or `EvhVirtualService`.
    #[serde(rename = "type")]
    pub service_type: String,
    /// Service Engine group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub se_group: String,
    /// Route health injection.
    pub enable_rhi: bool,
    /// Avi application profile.
    pub application_profile: String,
    /// Avi network profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_profile: Option<String>,
    /// Set to false by annotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_enabled: Option<bool>,
    /// Ports.
    pub listeners: Vec<VsListener>,
    /// VIP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vs_vip: Option<VsVip>,
    /// Rules of layer 4 virtual services.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub l4_rules: Vec<L4Rule>,
    /// One host only.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dedicated: bool,
    /// Shared by many hosts.
    #[serde(rename = "sharedVS", skip_serializing_if = "std::ops::Not::not")]
    pub shared_vs: bool,
    /// Parent of virtual services by SNI.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sni_parent: bool,
    /// Parent of virtual services by EVH.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub evh_parent: bool,
    /// Hosts of a child or a dedicated virtual service.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vh_domains: Vec<String>,
    /// Rules by path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub http_rules: Vec<HttpRule>,
    /// From HTTP to HTTPS.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<Redirect>,
    /// Pools of each group.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pool_groups: BTreeMap<String, Vec<String>>,
    /// Children by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub children: BTreeMap<String, VirtualService>,
    /// Children of a passthrough virtual service.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passthrough_children: Vec<String>,
    /// Pools by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pools: BTreeMap<String, Pool>,
}

/// A port of a virtual service.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct VsListener {
    /// Port.
    pub port: i64,
    /// Protocol as the Gateway or Service wrote it.
    pub protocol: String,
    /// TLS.
    pub ssl: bool,
}

/// A VIP.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VsVip {
    /// Name, that of the virtual service.
    pub name: String,
    /// Networks.
    pub networks: Vec<VipNetworkRef>,
    /// Preferred address; empty where Avi chooses.
    #[serde(rename = "staticIP")]
    pub static_ip: String,
    /// Names.
    pub fqdns: Vec<String>,
    /// BGP peers.
    pub bgp_peer_labels: Vec<String>,
    /// Tier-1 router.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub t1_lr: Option<String>,
    /// A public address too.
    #[serde(rename = "enablePublicIP", skip_serializing_if = "Option::is_none")]
    pub enable_public_ip: Option<bool>,
}

/// A network of a VIP.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VipNetworkRef {
    /// By name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_name: Option<String>,
    /// By UUID.
    #[serde(rename = "networkUUID", skip_serializing_if = "Option::is_none")]
    pub network_uuid: Option<String>,
    /// IPv4 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cidr: Option<String>,
    /// IPv6 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v6cidr: Option<String>,
}

/// A rule from a port to a pool.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct L4Rule {
    /// Port.
    pub port: i64,
    /// Protocol.
    pub protocol: String,
    /// Pool by name.
    pub pool: String,
    /// Services behind it, as `namespace/name`.
    pub services: Vec<String>,
}

/// A rule from a path to a pool group.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRule {
    /// Hosts; empty where the virtual service has one only.
    pub host: Vec<String>,
    /// Paths.
    pub path: Vec<String>,
    /// `BEGINS_WITH` or `EQUALS`.
    #[serde(rename = "match")]
    pub match_by: String,
    /// Pool group by name.
    pub pool_group: String,
}

/// A redirect to HTTPS.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    /// Hosts.
    pub hosts: Vec<String>,
    /// From this port.
    pub vs_port: i64,
    /// To this port.
    pub redirect_port: i64,
}

/// A pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pool {
    /// Services (gateway and shared-VIP pools only), as `namespace/name`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Its Ingress, as `namespace/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress: Option<String>,
    /// Host and path that a shared virtual service chooses it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority_label: Option<String>,
    /// Whether it has a server.
    pub has_servers: bool,
}
