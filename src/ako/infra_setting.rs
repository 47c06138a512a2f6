//! AviInfraSetting: whether AKO accepts it, and what it puts in place of the global values.
//!
//! Source: AKO 2.2.1 `internal/k8s/validator.go` `ValidateAviInfraSetting` and
//! `internal/k8s/crdcontroller.go` `checkRefsOnController`.

use super::cidr_pattern::{takes_v4, takes_v6};
use super::messages;
use super::values::{Values, network_ref};
use super::versions::{AkoVersion, Capability};
use super::virtual_service::VipNetworkRef;
use crate::model::AviInfraSetting;
use crate::model::infra_setting::{InfraNetwork, VipNetwork};
use crate::model::settings::AviSide;

/// Why AKO rejects a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// `status.error`, word for word.
    pub error: String,
    /// The field that decided, as in `spec.network.vipNetworks[0].cidr`.
    pub path: String,
}

/// Checks a setting as AKO does, in AKO's order; the first failure counts.
///
/// # Errors
/// What AKO writes into `status.error` of the rejected setting.
pub fn validate(setting: &AviInfraSetting, values: &Values<'_>, avi: Option<&AviSide>) -> Result<(), Rejection> {
    if let Some(network) = &setting.spec.network {
        check_network(network, values.version)?;
    }
    // AKO walks these references in random order; of several unknown ones we name the first written.
    avi.map_or(Ok(()), |avi| check_references(setting, values, avi))
}

/// The checks of what the version knows; the schema of an older one prunes the rest.
fn check_network(network: &InfraNetwork, version: AkoVersion) -> Result<(), Rejection> {
    let reject = |error: String, path: String| Err(Rejection { error, path });
    // The global enableRHI does not help, other than AKO's documentation says.
    let has_labels = !network.bgp_peer_labels.is_empty() && version.has(Capability::VipNetworkCidr);
    if has_labels && network.enable_rhi != Some(true) {
        return reject(messages::BGP_LABELS_WITHOUT_RHI.with(&[]), "spec.network.bgpPeerLabels".to_owned());
    }
    for (index, vip) in network.vip_networks.iter().enumerate() {
        let name = vip.network_name.as_deref().unwrap_or_default();
        let known = known_ref(vip, version);
        let checks = [
            (&messages::INVALID_CIDR, "cidr", &known.cidr, takes_v4 as fn(&str) -> bool),
            (&messages::INVALID_V6CIDR, "v6cidr", &known.v6cidr, takes_v6),
        ];
        for (message, field, cidr, takes) in checks {
            let Some(cidr) = cidr.as_deref().filter(|cidr| !takes(cidr)) else { continue };
            return reject(message.with(&[cidr, name]), format!("spec.network.vipNetworks[{index}].{field}"));
        }
    }
    let listeners = &network.listeners;
    let has_listeners = !listeners.is_empty() && version.has(Capability::SettingListeners);
    if has_listeners && listeners.iter().all(|listener| listener.enable_ssl != Some(true)) {
        return reject(messages::LISTENERS_WITHOUT_SSL.with(&[]), "spec.network.listeners".to_owned());
    }
    Ok(())
}

fn check_references(setting: &AviInfraSetting, values: &Values<'_>, avi: &AviSide) -> Result<(), Rejection> {
    let group = setting.spec.se_group.as_ref().and_then(|group| group.name.as_deref()).filter(|name| !name.is_empty());
    if let Some(name) = group {
        check_se_group(name, values, avi)?;
    }
    // Networks of AWS and Azure are not looked up.
    let Some(network) = setting.spec.network.as_ref().filter(|_| !values.several_networks) else { return Ok(()) };
    let vip = network.vip_networks.iter().map(|network| (&network.network_name, &network.network_uuid));
    let node = network.node_networks.iter().map(|network| (&network.network_name, &network.network_uuid));
    let lists = [("vipNetworks", vip.collect::<Vec<_>>()), ("nodeNetworks", node.collect())];
    for (list, networks) in lists {
        for (index, (name, uuid)) in networks.into_iter().enumerate() {
            for (field, value, exists) in [
                ("networkName", name, has_network_name as fn(&AviSide, &str) -> bool),
                ("networkUUID", uuid, has_network_uuid),
            ] {
                let is_known = field != "networkUUID" || values.version.has(Capability::NetworkUuid);
                let Some(value) = value.as_deref().filter(|value| is_known && !value.is_empty()) else { continue };
                // References are kept by name: a network called like the SE group is not looked up.
                if group != Some(value) && !exists(avi, value) {
                    let error = messages::NETWORK_NOT_FOUND.with(&[value]);
                    return Err(Rejection { error, path: format!("spec.network.{list}[{index}].{field}") });
                }
            }
        }
    }
    Ok(())
}

/// A group that is labelled for another cluster passes; AKO refuses to start later.
fn check_se_group(name: &str, values: &Values<'_>, avi: &AviSide) -> Result<(), Rejection> {
    let reject = |message: &messages::Message| {
        Err(Rejection { error: message.with(&[name]), path: "spec.seGroup.name".to_owned() })
    };
    if avi.se_groups.is_empty() {
        return Ok(());
    }
    let Some(group) = avi.se_groups.iter().find(|group| group.name.as_deref() == Some(name)) else {
        return reject(&messages::SE_GROUP_NOT_FOUND);
    };
    let own = format!("ako-{}", values.cluster_name);
    if group.created_by.as_deref() == Some(own.as_str()) {
        return reject(&messages::SE_GROUP_OF_THIS_AKO);
    }
    Ok(())
}

/// An empty list says nothing about what exists.
fn has_network_name(avi: &AviSide, name: &str) -> bool {
    avi.networks.is_empty() || avi.networks.iter().any(|network| network.name.as_deref() == Some(name))
}

/// Where UUIDs are not written for all networks, an unknown one may be any of them.
fn has_network_uuid(avi: &AviSide, uuid: &str) -> bool {
    avi.networks.iter().any(|network| network.uuid.is_none())
        || avi.networks.is_empty()
        || avi.networks.iter().any(|network| network.uuid.as_deref() == Some(uuid))
}

/// What a virtual service takes from a setting, or from the global values where it says nothing.
///
/// Field by field; lists are replaced, never merged
/// (AKO 2.2.1 `internal/nodes/avi_model_l7_translator.go` `buildWithInfraSetting`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effective {
    /// VIP networks.
    pub networks: Vec<VipNetworkRef>,
    /// Whether the networks are the setting's own.
    pub own_networks: bool,
    /// Service Engine group.
    pub se_group: Option<String>,
    /// Route health injection.
    pub rhi: bool,
    /// BGP peers.
    pub bgp_peer_labels: Vec<String>,
    /// Tier-1 router.
    pub t1_lr: Option<String>,
    /// A public address too.
    pub enable_public_ip: Option<bool>,
}

/// A network as far as a version of AKO knows its fields; the schema of an older one prunes them.
fn known_ref(network: &VipNetwork, version: AkoVersion) -> VipNetworkRef {
    let VipNetworkRef { network_name, network_uuid, cidr, v6cidr } = network_ref(network);
    VipNetworkRef {
        network_name,
        network_uuid: network_uuid.filter(|_| version.has(Capability::NetworkUuid)),
        cidr: cidr.filter(|_| version.has(Capability::VipNetworkCidr)),
        v6cidr: v6cidr.filter(|_| version.has(Capability::Ipv6)),
    }
}

impl Effective {
    /// The global values.
    #[must_use]
    pub fn global(values: &Values<'_>) -> Self {
        Self {
            networks: values.networks.clone(),
            own_networks: false,
            se_group: values.se_group.clone(),
            rhi: values.rhi,
            bgp_peer_labels: if values.rhi { values.bgp_peer_labels.clone() } else { Vec::new() },
            t1_lr: values.t1_lr.clone(),
            enable_public_ip: None,
        }
    }

    /// The global values under an accepted setting.
    #[must_use]
    pub fn under(setting: &AviInfraSetting, values: &Values<'_>) -> Self {
        let mut effective = Self::global(values);
        let spec = &setting.spec;
        if let Some(name) = spec.se_group.as_ref().and_then(|group| group.name.clone()).filter(|name| !name.is_empty())
        {
            effective.se_group = Some(name);
        }
        if let Some(router) = spec.nsx_settings.as_ref().and_then(|nsx| nsx.t1lr.clone()) {
            effective.t1_lr = Some(router).filter(|router| !router.is_empty());
        }
        let Some(network) = &spec.network else { return effective };
        effective.rhi = network.enable_rhi.unwrap_or(values.rhi);
        let has_labels = !network.bgp_peer_labels.is_empty() && values.version.has(Capability::VipNetworkCidr);
        effective.bgp_peer_labels = match (effective.rhi, has_labels) {
            (false, _) => Vec::new(),
            (true, false) => values.bgp_peer_labels.clone(),
            (true, true) => network.bgp_peer_labels.clone(),
        };
        if !network.vip_networks.is_empty() {
            effective.networks =
                network.vip_networks.iter().map(|network| known_ref(network, values.version)).collect();
            effective.own_networks = true;
        }
        effective.enable_public_ip = network
            .enable_public_ip
            .filter(|_| values.public_addresses && values.version.has(Capability::VipNetworkCidr));
        effective
    }
}
