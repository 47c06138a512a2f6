//! What is wrong with what clusters say: for the table, and for the rules about `spec.clusters`.

use std::collections::BTreeMap;

use super::{ClusterField, variant_of};
use crate::ako::cidr_pattern::{takes_v4, takes_v6};
use crate::ako::startup::is_cluster_name;
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::{AkoVariant, ClusterVariant};
use crate::model::{AkoValues, AviInfraSetting, Cidr};
use crate::workspace::Workspace;

/// What is wrong with the cell of a field, in a sentence; nothing of an empty one.
pub(super) fn of_cell(field: ClusterField, own: &str) -> Option<&'static str> {
    match field {
        _ if own.is_empty() => None,
        ClusterField::ClusterName if !is_cluster_name(own) => {
            Some("AKO takes no such cluster name: letters, digits, `-` and `_` only")
        }
        ClusterField::Cidr(_) => {
            of_range(own, Cidr::parse(own).filter(|range| range.network().addr().is_ipv4()), takes_v4)
                .then_some("this is no IPv4 range, as in `10.20.0.0/24`")
        }
        ClusterField::V6Cidr(_) => {
            of_range(own, Cidr::parse(own).filter(|range| range.network().addr().is_ipv6()), takes_v6)
                .then_some("this is no IPv6 range, as in `2001:db8::/64`")
        }
        _ => None,
    }
}

/// Whether a range is none for AKO, or none at all, or an address inside one.
fn of_range(own: &str, parsed: Option<Cidr>, takes: fn(&str) -> bool) -> bool {
    !takes(own) || parsed.is_none_or(|range| !range.is_canonical())
}

/// What is wrong with clusters as a whole, a sentence each: names, settings that are not there, and what several share.
pub(super) fn of_clusters(workspace: &Workspace) -> Vec<String> {
    let clusters = &workspace.settings().spec.clusters;
    let called = |at: usize| clusters.get(at).and_then(|variant| variant.name.as_deref()).unwrap_or_default();
    let mut problems = Vec::new();
    let (twins, shared) = (twins(clusters), sharing(clusters, workspace.values().map(|(_, values)| values)));
    for (at, variant) in clusters.iter().enumerate() {
        let name = variant.name.as_deref().unwrap_or_default();
        if let Some(reason) = refusal(name) {
            problems.push(format!("`{name}`: {reason}"));
        } else if let Some(first) = twins.get(&at) {
            let first = called(*first);
            problems.push(if first == name {
                format!("two clusters are called `{name}`; the first counts")
            } else {
                format!(
                    "the clusters `{first}` and `{name}` are one folder where capitals do not count; the first counts"
                )
            });
        } else if let Some((first, ako)) = shared.get(&at) {
            let first = called(*first);
            problems.push(format!(
                "AKO is called `{ako}` in both clusters `{first}` and `{name}`: each needs a name of its own"
            ));
        }
        for (index, own) in variant.settings.iter().enumerate() {
            let Some(setting) = own.name.as_deref() else { continue };
            let base = workspace.get::<AviInfraSetting>("", setting).map(|(_, setting)| super::base_networks(setting));
            match base {
                None => problems.push(format!(
                    "cluster `{name}` names the AviInfraSetting `{setting}`, which this project does not have"
                )),
                Some(_) if !is_first(variant, index) => problems
                    .push(format!("cluster `{name}` names the AviInfraSetting `{setting}` twice; the first counts")),
                Some(base) => {
                    let lacking =
                        (0..own.networks.len()).filter(|at| names(base.get(*at), own.networks.get(*at)) != Names::One);
                    problems.extend(lacking.map(|at| {
                        let network = at + 1;
                        format!("cluster `{name}`, network {network} of `{setting}`: it needs either a name or a UUID")
                    }));
                }
            }
        }
    }
    problems
}

/// Why a cluster cannot have a name: it is a folder's.
#[must_use]
pub fn refusal(name: &str) -> Option<&'static str> {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if name.is_empty() {
        Some("a cluster needs a name")
    } else if name.len() > 63 || name.starts_with(['.', '-']) || !name.bytes().all(is_usual) {
        Some("a name is a folder: letters, digits, `-`, `_` and `.`, at most 63, and not `.` or `-` first")
    } else {
        None
    }
}

/// The clusters whose folder is one of a cluster before them, with that cluster's place; capitals do not count, since
/// they do not in every file system. Names that cannot be are left out.
#[must_use]
pub fn twins(clusters: &[ClusterVariant]) -> BTreeMap<usize, usize> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut twins = BTreeMap::new();
    for (at, variant) in clusters.iter().enumerate() {
        let name = variant.name.as_deref().unwrap_or_default();
        if refusal(name).is_some() {
            continue;
        }
        match first.get(&name.to_lowercase()) {
            Some(first) => _ = twins.insert(at, *first),
            None => _ = first.insert(name.to_lowercase(), at),
        }
    }
    twins
}

/// Whether what a cluster says of a setting counts: it is the first of that name there.
#[must_use]
pub fn is_first(variant: &ClusterVariant, index: usize) -> bool {
    let Some(own) = variant.settings.get(index) else { return false };
    own.name.as_deref().is_none_or(|name| variant_of(variant, name).is_some_and(|first| std::ptr::eq(first, own)))
}

/// What AKO is called in a cluster; `None` where nobody says.
#[must_use]
pub fn ako_name<'a>(ako: &'a AkoVariant, values: Option<&'a AkoValues>) -> Option<&'a str> {
    let base = values.and_then(|values| values.ako_settings.cluster_name.as_deref());
    ako.cluster_name.as_deref().or(base).filter(|name| !name.is_empty())
}

/// The clusters in which AKO is called as in one before them, with that cluster's place and the name. Only clusters that
/// get an overlay are compared.
#[must_use]
pub fn sharing<'a>(clusters: &'a [ClusterVariant], values: Option<&'a AkoValues>) -> BTreeMap<usize, (usize, &'a str)> {
    let twins = twins(clusters);
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sharing = BTreeMap::new();
    for (at, variant) in clusters.iter().enumerate() {
        let has_overlay = refusal(variant.name.as_deref().unwrap_or_default()).is_none() && !twins.contains_key(&at);
        let Some(name) = ako_name(&variant.ako, values).filter(|_| has_overlay) else { continue };
        match first.get(name) {
            Some(first) => _ = sharing.insert(at, (*first, name)),
            None => _ = first.insert(name, at),
        }
    }
    sharing
}

/// How a network is named: the API server takes exactly one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// By name or by UUID.
    One,
    /// By both.
    Both,
    /// By neither.
    None,
}

/// How a network is named in a cluster; one that says nothing is as in the project.
#[must_use]
pub fn names(base: Option<&VipNetwork>, own: Option<&VipNetwork>) -> Names {
    if own.is_none_or(|own| *own == VipNetwork::default()) {
        return Names::One;
    }
    let merged = super::merged_item(base, own);
    match (merged.network_name.is_some(), merged.network_uuid.is_some()) {
        (true, true) => Names::Both,
        (false, false) => Names::None,
        _ => Names::One,
    }
}
