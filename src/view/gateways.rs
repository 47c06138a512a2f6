//! The rows of the place Gateways.

use std::collections::BTreeMap;

use super::choices::class_reach;
use super::landing::{self, LandingLine};
use super::{matches_search, worst_by_object};
use crate::ako::{Landing, ObjectStatus};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::listeners::{Labelled, ListenerState};
use crate::model::Gateway;
use crate::workspace::{Address, Workspace};

/// A Gateway in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayRow {
    /// Where it stands.
    pub address: Address,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Name of its class.
    pub class: String,
    /// The segment that the class leads to, in words.
    pub reach: String,
    /// How many listeners it has.
    pub listeners: usize,
    /// How many of them a Service serves.
    pub served: usize,
    /// Where its Services land.
    pub landings: Vec<LandingLine>,
    /// Its address as AKO would report it.
    pub addresses: Vec<String>,
    /// What is wrong with it.
    pub worst: Option<Severity>,
}

/// All Gateways in order, duplicates included.
#[must_use]
pub fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<GatewayRow> {
    let labelled = Labelled::of(workspace);
    let worst = worst_by_object(analysis);
    let landings = by_gateway(analysis);
    workspace
        .every::<Gateway>()
        .map(|(object, gateway)| {
            let key = workspace.key(object);
            let class = gateway.spec.gateway_class_name.clone().unwrap_or_default();
            let states = labelled.rows(object, gateway);
            let addresses = match analysis.prediction.objects.get(&key) {
                Some(ObjectStatus::Gateway { addresses, .. }) => addresses.clone(),
                _ => Vec::new(),
            };
            GatewayRow {
                address: object.address.clone(),
                namespace: object.namespace().to_owned(),
                name: object.name().to_owned(),
                reach: class_reach(workspace, &class),
                class,
                listeners: states.len(),
                served: states.iter().filter(|row| row.state == ListenerState::Served).count(),
                landings: landing::lines(landings.get(key.as_str()).into_iter().flatten().copied())
                    .into_iter()
                    .map(|line| LandingLine { subject: String::new(), ..line })
                    .collect(),
                addresses,
                worst: worst.get(key.as_str()).copied(),
            }
        })
        .collect()
}

/// The rows that hold a text.
#[must_use]
pub fn matching(rows: &[GatewayRow], search: &str) -> Vec<GatewayRow> {
    let holds = |row: &&GatewayRow| matches_search(search, &[&row.namespace, &row.name, &row.class, &row.reach]);
    rows.iter().filter(holds).cloned().collect()
}

/// The landings that go by a Gateway, in order.
pub fn landings_of<'a>(analysis: &'a Analysis, key: &str) -> Vec<&'a Landing> {
    analysis.prediction.landings.iter().filter(|landing| landing.hops.iter().any(|hop| hop.at == key)).collect()
}

fn by_gateway(analysis: &Analysis) -> BTreeMap<&str, Vec<&Landing>> {
    let mut by_gateway: BTreeMap<&str, Vec<&Landing>> = BTreeMap::new();
    for landing in &analysis.prediction.landings {
        let gateway = landing.hops.iter().find(|hop| hop.at.starts_with("Gateway/") || hop.at.starts_with("Gateway."));
        if let Some(gateway) = gateway {
            by_gateway.entry(&gateway.at).or_default().push(landing);
        }
    }
    by_gateway
}
