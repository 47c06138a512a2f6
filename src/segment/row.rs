//! Segments as a table shows them: one row each, with its worst finding.

use std::collections::{BTreeMap, BTreeSet};

use super::{Segment, listing};
use crate::analysis::Analysis;
use crate::capacity;
use crate::diagnostic::{Finding, Severity};
use crate::model::AviInfraSetting;
use crate::pace::{finish, pause};
use crate::workspace::{Address, Workspace};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Short name.
    pub name: String,
    /// Name of the AviInfraSetting.
    pub setting: String,
    /// The AviInfraSetting; `None` where it is only referred to.
    pub address: Option<Address>,
    /// It exists outside this project, so it is no mistake that it is not here.
    pub external: bool,
    /// Service Engine group.
    pub se_group: String,
    /// Networks by name or UUID.
    pub networks: Vec<String>,
    /// Ranges.
    pub cidrs: Vec<String>,
    /// How many VIPs it has by the prediction.
    pub used: usize,
    /// How many it can have, for people; empty where that is not known.
    pub usable: String,
    /// Names of its GatewayClasses.
    pub gateway_classes: Vec<String>,
    /// Names of its IngressClasses.
    pub ingress_classes: Vec<String>,
    /// The worst finding of the setting and its classes; of a setting that is not defined an error.
    pub worst: Option<Severity>,
    /// Keys of what refers to it, for a segment that is not defined.
    pub referred_by: Vec<String>,
}

/// All segments as rows.
#[must_use]
pub fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<Row> {
    finish(rows_in_steps(workspace, analysis))
}

/// [`rows`] in steps.
pub async fn rows_in_steps(workspace: &Workspace, analysis: &Analysis) -> Vec<Row> {
    let segments = listing(workspace).await;
    pause().await;
    let (worst, used) = (analysis.worst_by_object(), capacity::used_by_segment(&analysis.prediction));
    let row = |segment: &Segment| {
        let used = used.get(segment.setting.as_str()).map_or(0, BTreeSet::len);
        row(workspace, &worst, used, segment)
    };
    segments.iter().map(row).collect()
}

/// The findings of a segment's setting and classes, by their places in the analysis.
#[must_use]
pub fn findings(workspace: &Workspace, analysis: &Analysis, segment: &Segment) -> Vec<usize> {
    let own = segment.defined.iter().chain(&segment.gateway_classes).chain(&segment.ingress_classes);
    let keys: Vec<String> = own.filter_map(|at| Some(workspace.key(workspace.at(at)?))).collect();
    let is_own = |finding: &Finding| finding.object.as_ref().is_some_and(|object| keys.contains(object));
    analysis.findings.iter().enumerate().filter(|(_, finding)| is_own(finding)).map(|(at, _)| at).collect()
}

fn row(workspace: &Workspace, worst: &BTreeMap<&str, Severity>, used: usize, segment: &Segment) -> Row {
    let setting = workspace.get::<AviInfraSetting>("", &segment.setting).map(|(_, setting)| setting);
    let networks = setting.and_then(|setting| setting.spec.network.as_ref());
    let networks = networks.map(|network| network.vip_networks.as_slice()).unwrap_or_default();
    let se_group = setting.and_then(|setting| setting.spec.se_group.as_ref()?.name.clone());
    let key = |at: &Address| workspace.at(at).map(|object| workspace.key(object));
    let classes = segment.gateway_classes.iter().chain(&segment.ingress_classes);
    let own = segment.defined.iter().chain(classes.clone()).filter_map(key);
    let worst = own.filter_map(|key| worst.get(key.as_str()).copied()).min();
    let is_missing = segment.defined.is_none() && !segment.external;
    let referring = classes.chain(&segment.services).chain(&segment.namespaces).filter_map(key);
    Row {
        name: segment.name.clone(),
        setting: segment.setting.clone(),
        address: segment.defined.clone(),
        external: segment.external,
        se_group: se_group.unwrap_or_default(),
        networks: networks.iter().filter_map(|it| it.network_name.clone().or(it.network_uuid.clone())).collect(),
        cidrs: networks.iter().flat_map(|it| [&it.cidr, &it.v6cidr]).flatten().cloned().collect(),
        used,
        usable: setting.and_then(capacity::usable).map(capacity::count).unwrap_or_default(),
        gateway_classes: names_of(workspace, &segment.gateway_classes),
        ingress_classes: names_of(workspace, &segment.ingress_classes),
        worst: if is_missing { Some(Severity::Error) } else { worst },
        referred_by: if segment.defined.is_none() { referring.collect() } else { Vec::new() },
    }
}

fn names_of(workspace: &Workspace, addresses: &[Address]) -> Vec<String> {
    addresses.iter().filter_map(|at| Some(workspace.at(at)?.name().to_owned())).collect()
}
