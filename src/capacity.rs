//! Addresses of segments: what a CIDR holds, whom it overlaps, which one is free next.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::ako::{Outcome, Prediction};
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::AviNetwork;
use crate::model::{AkoValues, AviInfraSetting, Cidr};
use crate::ordered::IntoOrdered;
use crate::workspace::Workspace;

/// Which family of addresses a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `cidr`.
    V4,
    /// `v6cidr`.
    V6,
}

impl Family {
    fn of(cidr: Cidr) -> Self {
        if matches!(cidr.network(), IpNet::V4(_)) { Self::V4 } else { Self::V6 }
    }

    const fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }

    const fn last_address(self) -> u128 {
        match self {
            Self::V4 => u32::MAX as u128,
            Self::V6 => u128::MAX,
        }
    }
}

/// Whose field a CIDR field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// A segment's that is not there yet.
    New,
    /// The setting's of this name.
    Setting(&'a str),
    /// AKO's global network.
    Global,
}

/// A CIDR field as typed, with what surrounds it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What stands in the field.
    pub text: &'a str,
    /// Which family the field takes.
    pub family: Family,
    /// Whose field it is: it does not overlap itself.
    pub whose: Whose<'a>,
    /// Name or UUID of the network beside the field.
    pub network: &'a str,
}

/// What there is to say about a CIDR field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The range, where the text is a CIDR.
    pub range: Option<Range>,
    /// Why the text is no CIDR of this field, in a sentence; `None` for an empty one, too.
    pub wrong: Option<String>,
    /// Who else has some of these addresses.
    pub overlaps: Vec<String>,
    /// The network's subnets, where they are known and the range is in none of them.
    pub outside: Vec<String>,
    /// What could stand here instead.
    pub offer: Option<Offer>,
}

/// What a CIDR holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The network without host bits.
    pub network: String,
    /// Whether it was written without host bits.
    pub is_canonical: bool,
    /// First usable address.
    pub first: String,
    /// Last usable address.
    pub last: String,
    /// How many are usable, in words.
    pub usable: String,
}

/// A subnet to take instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The subnet.
    pub cidr: String,
    /// Where it comes from, in a few words.
    pub why: String,
}

/// Looks at a CIDR field.
#[must_use]
pub fn look(workspace: &Workspace, asked: Asked) -> Look {
    let text = asked.text.trim();
    let subnets: Vec<Cidr> = subnets(workspace, asked.network).filter(|it| Family::of(*it) == asked.family).collect();
    let Some(cidr) = Cidr::parse(text).filter(|cidr| Family::of(*cidr) == asked.family) else {
        let wrong = (!text.is_empty()).then(|| wrong(text, asked.family));
        let offer = text.is_empty().then(|| offer(workspace, asked, None, &subnets)).flatten();
        return Look { wrong, offer, ..Look::default() };
    };
    let overlaps: Vec<String> = taken(workspace, asked.whose)
        .into_iter()
        .filter(|(_, other)| cidr.overlaps(*other))
        .map(|(who, other)| format!("{who} {other}"))
        .collect();
    let is_inside = subnets.is_empty() || subnets.iter().any(|subnet| subnet.contains_network(cidr));
    let outside = if is_inside { Vec::new() } else { subnets.iter().map(ToString::to_string).collect() };
    let offer = if overlaps.is_empty() && is_inside { None } else { offer(workspace, asked, Some(cidr), &subnets) };
    Look { range: Some(range(cidr)), wrong: None, overlaps, outside, offer }
}

fn wrong(text: &str, family: Family) -> String {
    let example = match family {
        Family::V4 => "10.223.63.0/26",
        Family::V6 => "2001:db8:40::/64",
    };
    match (Cidr::parse(text), text.parse::<IpAddr>()) {
        (Some(_), _) if family == Family::V4 => "This is an IPv6 range; it belongs into `v6cidr`.".to_owned(),
        (Some(_), _) => "This is an IPv4 range; it belongs into `cidr`.".to_owned(),
        (None, Ok(_)) => format!("The prefix length is missing, as in `{example}`."),
        (None, Err(_)) => format!("A CIDR is an address and a prefix length, as in `{example}`."),
    }
}

fn range(cidr: Cidr) -> Range {
    let (first, last) = cidr.usable();
    Range {
        network: cidr.network().to_string(),
        is_canonical: cidr.is_canonical(),
        first: first.to_string(),
        last: last.to_string(),
        usable: count(cidr.usable_count()),
    }
}

/// A count for people: thousands with commas, what nobody counts as a power of two.
#[must_use]
pub fn count(number: u128) -> String {
    if number > 1 << 32 {
        // The whole of IPv6 has one more address than a number can say here.
        return format!("2^{}", if number == u128::MAX { 128 } else { number.ilog2() });
    }
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many VIPs the prediction takes from a setting's networks: one for each virtual service.
#[must_use]
pub fn used(prediction: &Prediction, setting: &str) -> usize {
    let here = prediction.landings.iter().filter_map(|landing| match &landing.outcome {
        Outcome::Lands(target) if target.segment.as_deref() == Some(setting) => Some(target.virtual_service.as_str()),
        _ => None,
    });
    here.into_set().len()
}

/// The virtual services on each segment, by the setting's name.
#[must_use]
pub fn used_by_segment(prediction: &Prediction) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for landing in &prediction.landings {
        let Outcome::Lands(target) = &landing.outcome else { continue };
        if let Some(segment) = target.segment.as_deref() {
            used.entry(segment).or_default().insert(&target.virtual_service);
        }
    }
    used
}

/// How many addresses VIPs can have in a setting: those of its first network, as other clouds than AWS use no more.
#[must_use]
pub fn usable(setting: &AviInfraSetting) -> Option<u128> {
    let network = setting.spec.network.as_ref()?.vip_networks.first()?;
    let written = network.cidr.as_deref().or(network.v6cidr.as_deref())?;
    Cidr::parse(written).map(Cidr::usable_count)
}

/// A network of the Avi side, by name or UUID.
#[must_use]
pub fn avi_network<'a>(workspace: &'a Workspace, name_or_uuid: &str) -> Option<&'a AviNetwork> {
    let wanted = Some(name_or_uuid.trim()).filter(|wanted| !wanted.is_empty());
    let mut networks = workspace.settings().spec.avi.as_ref()?.networks.iter();
    // An empty field names no network, not one without a UUID.
    networks.find(|network| wanted.is_some() && [network.name.as_deref(), network.uuid.as_deref()].contains(&wanted))
}

fn subnets(workspace: &Workspace, network: &str) -> impl Iterator<Item = Cidr> {
    let subnets = avi_network(workspace, network).map(|network| network.subnets.as_slice());
    subnets.unwrap_or_default().iter().filter_map(|subnet| Cidr::parse(subnet))
}

/// The ranges that VIPs are taken from elsewhere, with whose they are; the last one is the last setting's.
fn taken(workspace: &Workspace, but: Whose) -> Vec<(String, Cidr)> {
    let mut taken = Vec::new();
    if let Some((_, AkoValues { network_settings, .. })) = workspace.values().filter(|_| but != Whose::Global) {
        let cidrs = network_settings.vip_network_list.iter().flat_map(cidrs);
        taken.extend(cidrs.map(|cidr| ("the global network".to_owned(), cidr)));
    }
    for (object, setting) in
        workspace.all::<AviInfraSetting>().filter(|(object, _)| but != Whose::Setting(object.name()))
    {
        let networks = setting.spec.network.as_ref().map(|network| network.vip_networks.as_slice());
        let cidrs = networks.unwrap_or_default().iter().flat_map(cidrs);
        taken.extend(cidrs.map(|cidr| (format!("`{}`", object.name()), cidr)));
    }
    taken
}

fn cidrs(network: &VipNetwork) -> impl Iterator<Item = Cidr> {
    [&network.cidr, &network.v6cidr].into_iter().flatten().filter_map(|text| Cidr::parse(text))
}

fn offer(workspace: &Workspace, asked: Asked, typed: Option<Cidr>, subnets: &[Cidr]) -> Option<Offer> {
    let vips: Vec<Cidr> = taken(workspace, asked.whose)
        .into_iter()
        .map(|(_, cidr)| cidr)
        .filter(|cidr| Family::of(*cidr) == asked.family)
        .collect();
    let cluster = &workspace.settings().spec.cluster;
    let others = cluster.node_cidrs.iter().chain(&cluster.pod_cidrs).chain(&cluster.service_cidrs);
    let others = others.filter_map(|cidr| Cidr::parse(cidr)).filter(|cidr| Family::of(*cidr) == asked.family);
    let busy: Vec<(u128, u128)> = vips.iter().copied().chain(others).map(bounds).collect();
    let is_free = |cidr: &&Cidr| busy.iter().all(|range| !overlap(*range, bounds(**cidr)));
    if let (None, Some(subnet)) = (typed, subnets.iter().find(is_free)) {
        let cidr = subnet.network().to_string();
        return Some(Offer { cidr, why: format!("the subnet of `{}`", asked.network.trim()) });
    }
    let prefix = typed.or(vips.last().copied())?.network().prefix_len();
    let mut fitting = subnets.iter().filter(|subnet| subnet.network().prefix_len() <= prefix);
    let inside = fitting.find_map(|subnet| first_free(bounds(*subnet), asked.family, prefix, &busy));
    if let Some(cidr) = inside {
        return Some(Offer { cidr, why: format!("the next free one in `{}`", asked.network.trim()) });
    }
    let last = vips.iter().max_by_key(|cidr| bounds(**cidr).1).filter(|_| subnets.is_empty())?;
    let after = (bounds(*last).1.checked_add(1)?, asked.family.last_address());
    let cidr = first_free(after, asked.family, prefix, &busy)?;
    Some(Offer { cidr, why: format!("the next free one after {}", last.network()) })
}

/// First and last address as numbers.
fn bounds(cidr: Cidr) -> (u128, u128) {
    let number = |address| match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    };
    (number(cidr.network().network()), number(cidr.network().broadcast()))
}

const fn overlap(one: (u128, u128), other: (u128, u128)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// The first subnet of a size between two addresses that overlaps nothing. Steps from one obstacle
/// to the next, so a wide range costs no more than a narrow one.
fn first_free(within: (u128, u128), family: Family, prefix: u8, busy: &[(u128, u128)]) -> Option<String> {
    let host_bits = u32::from(family.bits().checked_sub(prefix)?);
    let most = 1u128.checked_shl(host_bits).map_or(u128::MAX, |size| size - 1);
    let align = |address: u128| address.checked_add(most).map(|address| address & !most);
    let mut start = align(within.0)?;
    loop {
        let end = start.checked_add(most).filter(|end| *end <= within.1)?;
        match busy.iter().filter(|range| overlap(**range, (start, end))).map(|range| range.1).max() {
            None => return Some(format!("{}/{prefix}", address(start, family)?)),
            Some(last) => start = align(last.checked_add(1)?)?,
        }
    }
}

fn address(number: u128, family: Family) -> Option<IpAddr> {
    Some(match family {
        Family::V4 => IpAddr::V4(Ipv4Addr::from(u32::try_from(number).ok()?)),
        Family::V6 => IpAddr::V6(Ipv6Addr::from(number)),
    })
}

#[cfg(test)]
mod tests;
