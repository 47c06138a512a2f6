//! Capacity and addresses: networks and addresses that do not fit together.

pub mod address_outside_in_cluster;
pub mod address_outside_network;
pub mod address_used_twice;
pub mod cidr_outside_network;
pub mod cidr_overlaps_cluster;
pub mod overlapping_cidrs;

use std::collections::BTreeMap;

use super::Context;
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::AviSide;
use crate::model::{AviInfraSetting, Cidr};
use crate::ordered::IntoOrdered;
use crate::workspace::Object;

/// A range that VIPs are taken from.
struct VipRange<'a> {
    object: &'a Object,
    /// What it belongs to, in words.
    owner: String,
    path: String,
    /// Name of the network, or its UUID where the name is not known.
    network: &'a str,
    cidr: Cidr,
}

/// All ranges of settings and of AKO's values.
fn vip_ranges<'a>(context: &Context<'a>) -> Vec<VipRange<'a>> {
    let names = names_by_uuid(context.settings().spec.avi.as_ref());
    let mut ranges = Vec::new();
    for (object, setting) in context.all::<AviInfraSetting>() {
        let networks = setting.spec.network.iter().flat_map(|network| &network.vip_networks).enumerate();
        for (at, network) in networks {
            let path = format!("spec.network.vipNetworks[{at}]");
            push(&mut ranges, object, &format!("`{}`", object.name()), &path, network, &names);
        }
    }
    if let Some((object, values)) = context.values() {
        for (at, network) in values.network_settings.vip_network_list.iter().enumerate() {
            let path = format!("NetworkSettings.vipNetworkList[{at}]");
            push(&mut ranges, object, "the global network", &path, network, &names);
        }
    }
    ranges
}

fn push<'a>(
    ranges: &mut Vec<VipRange<'a>>,
    object: &'a Object,
    owner: &str,
    path: &str,
    network: &'a VipNetwork,
    names: &BTreeMap<&'a str, &'a str>,
) {
    let uuid = network.network_uuid.as_deref().unwrap_or_default();
    let name = network.network_name.as_deref().unwrap_or_else(|| names.get(uuid).copied().unwrap_or(uuid));
    for (field, text) in [("cidr", &network.cidr), ("v6cidr", &network.v6cidr)] {
        if let Some(cidr) = text.as_deref().and_then(Cidr::parse) {
            ranges.push(VipRange {
                object,
                owner: owner.to_owned(),
                path: format!("{path}.{field}"),
                network: name,
                cidr,
            });
        }
    }
}

fn names_by_uuid(avi: Option<&AviSide>) -> BTreeMap<&str, &str> {
    let networks = avi.iter().flat_map(|avi| &avi.networks);
    networks.filter_map(|network| Some((network.uuid.as_deref()?, network.name.as_deref()?))).into_map()
}

/// Subnets of the networks on the Avi side; several networks of one name count as one.
fn subnets<'a>(context: &Context<'a>) -> BTreeMap<&'a str, Vec<Cidr>> {
    let mut subnets: BTreeMap<&str, Vec<Cidr>> = BTreeMap::new();
    for network in context.settings().spec.avi.iter().flat_map(|avi| &avi.networks) {
        let known = network.subnets.iter().filter_map(|text| Cidr::parse(text));
        subnets.entry(network.name.as_deref().unwrap_or_default()).or_default().extend(known);
    }
    subnets
}

/// Whether two ranges are of one address family.
fn same_family(a: Cidr, b: Cidr) -> bool {
    a.network().addr().is_ipv4() == b.network().addr().is_ipv4()
}
