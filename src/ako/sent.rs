//! What reaches the Avi Controller: the last request for each VIP and virtual service.
//!
//! AKO creates a VIP with all that it knows, and later updates what the controller has: an update
//! keeps the subnet of the network where the network's name is the same, drops it where it is another,
//! and is not even sent where BGP labels meet a virtual service that had no route health injection.
//! Source: AKO 2.2.1 `internal/rest/avi_obj_vsvip.go` `AviVsVipBuild`.
//!
//! A path of the prediction takes part without doing anything: what it puts into
//! [`super::output::Output::virtual_services`] counts as created in one go. Where AKO builds a virtual
//! service more than once, the path hands over a [`Vip`] that went through each [`Stage`].

use std::collections::BTreeMap;

use super::infra_setting::Effective;
use super::virtual_service::{VipNetworkRef, VirtualService};
use crate::pace::pause;

/// What AKO last sent, by name without tenant, children included.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// VIPs.
    pub vs_vips: BTreeMap<String, SentVip>,
    /// Virtual services.
    pub virtual_services: BTreeMap<String, SentService>,
}

/// A VIP as AKO last sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct SentVip {
    /// Networks: one, but on clouds whose VIPs have several.
    pub networks: Vec<SentNetwork>,
    /// Preferred address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ips: Vec<String>,
}

/// A network of a VIP.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct SentNetwork {
    /// Name or UUID.
    pub network: String,
    /// IPv4 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnet: Option<String>,
    /// IPv6 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnet6: Option<String>,
}

/// A virtual service as AKO last sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SentService {
    /// Service Engine group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub se_group: String,
}

/// What AKO wants of a VIP at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// Networks.
    pub networks: Vec<VipNetworkRef>,
    /// Preferred address; empty where Avi chooses.
    pub static_ip: String,
    /// BGP labels are asked for.
    pub labels: bool,
    /// Route health injection of the virtual service.
    pub rhi: bool,
    /// How many host names it has: one more is an update, too.
    pub names: usize,
}

impl Stage {
    /// The stage under these values.
    #[must_use]
    pub fn new(effective: &Effective, static_ip: &str, names: usize) -> Self {
        Self {
            networks: effective.networks.clone(),
            static_ip: static_ip.to_owned(),
            labels: !effective.bgp_peer_labels.is_empty(),
            rhi: effective.rhi,
            names,
        }
    }

    /// The stage of a finished virtual service; `None` where it has no VIP of its own.
    #[must_use]
    pub fn of(service: &VirtualService) -> Option<Self> {
        let vip = service.vs_vip.as_ref()?;
        Some(Self {
            networks: vip.networks.clone(),
            static_ip: vip.static_ip.clone(),
            labels: !vip.bgp_peer_labels.is_empty(),
            rhi: service.enable_rhi,
            names: vip.fqdns.len(),
        })
    }
}

/// A VIP on the Avi Controller, through all that AKO asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vip {
    wanted: Stage,
    sent: SentVip,
    /// The name by which an update knows the network again; none where a UUID was given.
    network_name: Option<String>,
    /// The last update was held back by AKO itself.
    refused: bool,
    /// It was created from an IPv6 range without mask.
    unmasked: bool,
}

impl Vip {
    /// A VIP that AKO creates.
    #[must_use]
    pub fn create(stage: Stage, several_networks: bool) -> Self {
        let count = if several_networks { stage.networks.len() } else { 1 };
        let networks = stage.networks.iter().take(count).map(|network| whole(network, several_networks)).collect();
        Self {
            sent: SentVip { networks, ips: ips(&stage) },
            network_name: stage.networks.first().and_then(|network| network.network_name.clone()),
            unmasked: stage.networks.iter().take(count).any(|network| is_unmasked(network.v6cidr.as_ref())),
            wanted: stage,
            refused: false,
        }
    }

    /// AKO builds the virtual service anew, and sends the VIP if it changed.
    pub fn update(&mut self, stage: Stage, several_networks: bool) {
        if stage == self.wanted && !self.refused {
            return;
        }
        // AKO asks what it last made of the virtual service, not what it is about to make of it.
        self.refused = stage.labels && !self.wanted.rhi;
        if !self.refused {
            self.send(&stage, several_networks);
        }
        self.wanted = stage;
    }

    fn send(&mut self, stage: &Stage, several_networks: bool) {
        self.sent.ips = ips(stage);
        if several_networks {
            self.sent.networks = stage.networks.iter().map(|network| whole(network, true)).collect();
            return;
        }
        let Some(network) = stage.networks.first() else { return };
        if network.network_name.is_some() && network.network_name == self.network_name {
            // The subnets stay as the controller has them, whatever the setting says now.
            if let Some(sent) = self.sent.networks.first_mut() {
                sent.network = reference(network);
            }
        } else {
            self.sent.networks = vec![SentNetwork { network: reference(network), ..SentNetwork::default() }];
        }
        self.network_name.clone_from(&network.network_name);
    }

    /// Whether what was sent is what AKO would send if it created the VIP now.
    #[must_use]
    pub fn is_as_new(&self, several_networks: bool) -> bool {
        self.sent == Self::create(self.wanted.clone(), several_networks).sent
    }

    /// What AKO last sent.
    #[must_use]
    pub const fn sent(&self) -> &SentVip {
        &self.sent
    }

    /// What AKO wants by now.
    #[must_use]
    pub const fn wanted(&self) -> &Stage {
        &self.wanted
    }

    /// Whether it was created from an IPv6 range without mask, which AKO does not survive.
    #[must_use]
    pub const fn is_created_unmasked(&self) -> bool {
        self.unmasked
    }

    /// Whether AKO itself held the last update back.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.refused
    }
}

fn is_unmasked(range: Option<&String>) -> bool {
    range.is_some_and(|range| !range.contains('/'))
}

fn ips(stage: &Stage) -> Vec<String> {
    Some(stage.static_ip.clone()).filter(|ip| !ip.is_empty()).into_iter().collect()
}

fn whole(network: &VipNetworkRef, several_networks: bool) -> SentNetwork {
    let subnet = |cidr: &Option<String>| cidr.as_deref().filter(|_| !several_networks).map(subnet);
    SentNetwork { network: reference(network), subnet: subnet(&network.cidr), subnet6: subnet(&network.v6cidr) }
}

/// A range with its mask as a number: what is no number becomes 0.
fn subnet(cidr: &str) -> String {
    let (address, mask) = cidr.split_once('/').unwrap_or((cidr, ""));
    format!("{address}/{}", mask.parse::<u32>().unwrap_or_default())
}

/// What a network's reference says: AKO puts the name into a path, and does not escape it, so of a
/// name with a slash the controller sees the end alone.
fn reference(network: &VipNetworkRef) -> String {
    let name = network.network_uuid.as_ref().or(network.network_name.as_ref()).map_or("", String::as_str);
    name.rsplit_once('/').map_or(name, |(_, end)| end).to_owned()
}

/// What AKO last sent of these virtual services; `vips` by `tenant/name`, where AKO built more than once.
pub async fn collect(
    services: &BTreeMap<String, VirtualService>,
    vips: &BTreeMap<String, Vip>,
    several_networks: bool,
) -> Sent {
    let mut sent = Sent::default();
    for (key, service) in services {
        let name = key.split_once('/').map_or(key.as_str(), |(_, name)| name);
        add_service(&mut sent, name, service);
        let created = || Stage::of(service).map(|stage| Vip::create(stage, several_networks).sent);
        if let (Some(vip), Some(own)) = (vips.get(key).map(|vip| vip.sent.clone()).or_else(created), &service.vs_vip) {
            sent.vs_vips.insert(own.name.clone(), vip);
        }
        pause().await;
    }
    sent
}

fn add_service(sent: &mut Sent, name: &str, service: &VirtualService) {
    let own = SentService { se_group: service.se_group.clone() };
    for child in &service.passthrough_children {
        sent.virtual_services.insert(child.clone(), own.clone());
    }
    sent.virtual_services.insert(name.to_owned(), own);
    for (name, child) in &service.children {
        add_service(sent, name, child);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(network: &str, cidr: Option<&str>) -> Stage {
        let network = VipNetworkRef {
            network_name: Some(network.to_owned()),
            cidr: cidr.map(str::to_owned),
            ..VipNetworkRef::default()
        };
        Stage { networks: vec![network], ..Stage::default() }
    }

    fn network(vip: &Vip) -> (&str, Option<&str>) {
        let network = &vip.sent().networks[0];
        (&network.network, network.subnet.as_deref())
    }

    #[test]
    fn a_move_drops_the_subnet_and_the_same_network_keeps_it() {
        let mut vip = Vip::create(stage("a", Some("10.0.0.0/24")), false);
        vip.update(stage("a", Some("10.9.0.0/24")), false);
        assert_eq!(network(&vip), ("a", Some("10.0.0.0/24")));
        vip.update(stage("b", Some("10.1.0.0/24")), false);
        assert_eq!(network(&vip), ("b", None));
    }

    #[test]
    fn labels_are_refused_until_the_virtual_service_has_rhi() {
        let mut vip = Vip::create(stage("a", Some("10.0.0.0/24")), false);
        let labelled = |names| Stage { labels: true, rhi: true, names, ..stage("b", None) };
        vip.update(labelled(0), false);
        assert!(vip.is_refused());
        assert_eq!(network(&vip), ("a", Some("10.0.0.0/24")));
        vip.update(labelled(1), false);
        assert!(!vip.is_refused());
        assert_eq!(network(&vip), ("b", None));
    }

    #[test]
    fn a_network_by_uuid_loses_its_subnet_with_any_update() {
        let by_uuid = |names| {
            let network = VipNetworkRef {
                network_uuid: Some("net-1".to_owned()),
                cidr: Some("10.0.0.0/".to_owned()),
                ..VipNetworkRef::default()
            };
            Stage { networks: vec![network], names, ..Stage::default() }
        };
        let mut vip = Vip::create(by_uuid(0), false);
        assert_eq!(network(&vip), ("net-1", Some("10.0.0.0/0")));
        vip.update(by_uuid(0), false);
        assert_eq!(network(&vip), ("net-1", Some("10.0.0.0/0")));
        vip.update(by_uuid(1), false);
        assert_eq!(network(&vip), ("net-1", None));
    }
}
