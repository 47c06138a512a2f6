//! AviInfraSetting (`ako.vmware.com/v1alpha1` and `v1beta1`): where a segment's virtual services go.
//!
//! Both versions have the same spec (AKO `helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml`).

use super::metadata::ObjectMeta;
use crate::lower::Unread;
use crate::object;

object! {
    /// The object.
    pub struct AviInfraSetting {
        /// `ako.vmware.com/v1beta1`, or `…/v1alpha1` for AKO before 1.11.1.
        pub api_version: Option<String> = "apiVersion",
        /// `AviInfraSetting`.
        pub kind: Option<String> = "kind",
        /// Cluster-scoped: no namespace.
        pub metadata: ObjectMeta = "metadata",
        /// What it sets.
        pub spec: InfraSpec = "spec",
        /// What AKO said of it; never an input of the prediction.
        pub status: Option<InfraStatus> = "status",
    }
}

object! {
    /// `spec`: each part that is present replaces AKO's own value for it.
    pub struct InfraSpec {
        /// Service Engine group.
        pub se_group: Option<SeGroup> = "seGroup",
        /// Networks, RHI, ports.
        pub network: Option<InfraNetwork> = "network",
        /// Sharding of layer 7 virtual services.
        pub l7_settings: Option<L7Settings> = "l7Settings",
        /// Tier-1 router on NSX-T.
        pub nsx_settings: Option<NsxSettings> = "nsxSettings",
    }
}

object! {
    /// `spec.seGroup`.
    pub struct SeGroup {
        /// Name of the Service Engine group on the Avi Controller.
        pub name: Option<String> = "name",
    }
    required ["name"]
}

object! {
    /// `spec.network`.
    pub struct InfraNetwork {
        /// Networks for VIPs; all clouds but AWS and Azure use only the first.
        pub vip_networks: Vec<VipNetwork> = "vipNetworks",
        /// Networks of the cluster's nodes, for pools.
        pub node_networks: Vec<NodeNetwork> = "nodeNetworks",
        /// Route health injection: the VIP is announced by BGP.
        pub enable_rhi: Option<bool> = "enableRhi",
        /// A public address too (AWS, Azure, GCP).
        pub enable_public_ip: Option<bool> = "enablePublicIP",
        /// Ports of layer 7 virtual services.
        pub listeners: Vec<InfraListener> = "listeners",
        /// BGP peers that get the route; needs `enableRhi` in the same object.
        pub bgp_peer_labels: Vec<String> = "bgpPeerLabels",
    }
    known ["names"]
}

object! {
    /// An item of `spec.network.vipNetworks`: exactly one of name and UUID.
    pub struct VipNetwork {
        /// Network by name.
        pub network_name: Option<String> = "networkName",
        /// Network by UUID (since AKO 1.10.3).
        pub network_uuid: Option<String> = "networkUUID",
        /// IPv4 range that the VIP is taken from.
        pub cidr: Option<String> = "cidr",
        /// IPv6 range that the VIP is taken from.
        pub v6cidr: Option<String> = "v6cidr",
    }
}

object! {
    /// An item of `spec.network.nodeNetworks`.
    pub struct NodeNetwork {
        /// Network by name.
        pub network_name: Option<String> = "networkName",
        /// Network by UUID.
        pub network_uuid: Option<String> = "networkUUID",
        /// Ranges of the nodes' addresses.
        pub cidrs: Vec<String> = "cidrs",
    }
}

object! {
    /// An item of `spec.network.listeners`.
    pub struct InfraListener {
        /// Port, 1 to 65535.
        pub port: Option<i64> = "port",
        /// TLS on this port; one listener must have it.
        pub enable_ssl: Option<bool> = "enableSSL",
        /// HTTP/2 on this port.
        pub enable_http2: Option<bool> = "enableHTTP2",
    }
    required ["port"]
    range { "port": 1..=65535 }
}

object! {
    /// `spec.l7Settings`.
    pub struct L7Settings {
        /// `SMALL`, `MEDIUM`, `LARGE` or `DEDICATED`.
        pub shard_size: Option<String> = "shardSize",
    }
    required ["shardSize"]
    one_of { "shardSize": ["SMALL", "MEDIUM", "LARGE", "DEDICATED"] }
}

object! {
    /// `spec.nsxSettings`.
    pub struct NsxSettings {
        /// Path of the Tier-1 logical router.
        pub t1lr: Option<String> = "t1lr",
        /// NSX project (AKO 1.11.1 to 1.12 only).
        pub project: Option<Unread> = "project",
    }
    required ["t1lr"]
}

object! {
    /// `status`, as AKO writes it.
    pub struct InfraStatus {
        /// `Accepted` or `Rejected`.
        pub status: Option<String> = "status",
        /// Why it was rejected.
        pub error: Option<String> = "error",
    }
}
