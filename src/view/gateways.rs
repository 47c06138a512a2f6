//! The rows of the place Gateways.

use std::collections::BTreeMap;

use super::choices::class_reach;
use super::gateway_api::controller;
use super::landing::{self, LandingLine, LandingState};
use super::{ROWS, found};
use crate::ako::names::Names;
use crate::ako::values::Values;
use crate::ako::{Landing, ObjectStatus, VirtualService, gateway_api_virtual_service};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::expose::{Listener, Pasted};
use crate::listeners::{Labelled, ListenerState};
use crate::model::{Gateway, GatewayV1, Kind};
use crate::ordered::IntoOrdered;
use crate::pace::{Rest, finish, pause};
use crate::workspace::{Address, Object, OfKind, Workspace};

/// A Gateway in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayRow {
    /// Where it stands.
    pub address: Address,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// The API, where it is not the services API.
    pub api: &'static str,
    /// Name of its class.
    pub class: String,
    /// The segment that the class leads to, in words; of Gateway API v1, which leads to none, whose class it is.
    pub reach: String,
    /// How many listeners it has.
    pub listeners: usize,
    /// How many of them a Service serves, or have a route.
    pub served: usize,
    /// Where it lands itself; `None` where AKO makes nothing of it.
    pub landing: Option<LandingLine>,
    /// Its address as AKO would report it.
    pub addresses: Vec<String>,
    /// What is wrong with it.
    pub worst: Option<Severity>,
}

/// All Gateways in order, duplicates included; those of Gateway API v1 at the end.
#[must_use]
pub fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<GatewayRow> {
    finish(listing(workspace, analysis))
}

/// [`rows`] in steps.
pub async fn listing(workspace: &Workspace, analysis: &Analysis) -> Vec<GatewayRow> {
    let labelled = Labelled::of(workspace);
    pause().await;
    let worst = analysis.worst_by_object();
    let landings = GatewayLandings::of(workspace, analysis);
    pause().await;
    let row = |object: &Object, class: Option<&String>| {
        let key = workspace.key(object);
        let addresses = match analysis.prediction.objects.get(&key) {
            Some(ObjectStatus::Gateway { addresses, .. }) => addresses.clone(),
            _ => Vec::new(),
        };
        GatewayRow {
            address: object.address.clone(),
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            api: "",
            class: class.cloned().unwrap_or_default(),
            reach: String::new(),
            listeners: 0,
            served: 0,
            landing: landings.line(&key, object),
            addresses,
            worst: worst.get(key.as_str()).copied(),
        }
    };
    let services_api = workspace.every::<Gateway>().map(|(object, gateway)| {
        let states = labelled.rows(object, gateway);
        let row = row(object, gateway.spec.gateway_class_name.as_ref());
        GatewayRow {
            reach: class_reach(workspace, &row.class),
            listeners: states.len(),
            served: states.iter().filter(|row| row.state == ListenerState::Served).count(),
            ..row
        }
    });
    let gateway_api = workspace.every::<GatewayV1>().map(|(object, gateway)| {
        let row = row(object, gateway.spec.gateway_class_name.as_ref());
        let listeners = match analysis.prediction.objects.get(&workspace.key(object)) {
            Some(ObjectStatus::Gateway { listeners, .. }) => listeners.as_slice(),
            _ => &[],
        };
        GatewayRow {
            api: "Gateway API v1",
            reach: controller(workspace, &row.class),
            listeners: gateway.spec.listeners.len(),
            served: listeners.iter().filter(|own| own.attached_routes.is_some_and(|count| count > 0)).count(),
            ..row
        }
    });
    let (mut rows, mut rest) = (Vec::new(), Rest::every(ROWS / 8));
    for row in services_api.chain(gateway_api) {
        rows.push(row);
        rest.round().await;
    }
    rows
}

/// The places of the rows that hold a text.
pub async fn matching(rows: &[GatewayRow], search: &str) -> Vec<usize> {
    found(rows, search, |row| vec![row.namespace.as_str(), &row.name, row.api, &row.class, &row.reach]).await
}

/// What a pasted list of ports adds to a Gateway, and what it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addition {
    /// The new listeners.
    pub listeners: Vec<Listener>,
    /// What undo says.
    pub label: String,
    /// What stays to be typed right.
    pub rest: String,
    /// What is not added and why, in a sentence; empty where everything is.
    pub problem: String,
}

/// Splits a pasted list into listeners that a Gateway does not have, and the rest.
#[must_use]
pub fn addition(workspace: &Workspace, at: &Address, pasted: &Pasted) -> Addition {
    let gateway = workspace.at(at).and_then(|object| Gateway::of(&object.value));
    let present = gateway.map_or(&[][..], |gateway| &gateway.spec.listeners);
    let is_there = |listener: &&Listener| {
        present.iter().any(|other| {
            other.port == Some(listener.port)
                && other.protocol.as_deref() == Some(listener.protocol.as_str())
                && other.hostname.as_deref().unwrap_or_default() == listener.hostname
        })
    };
    let (known, listeners): (Vec<&Listener>, Vec<&Listener>) = pasted.listeners.iter().partition(is_there);
    let names = |listeners: &[&Listener]| {
        listeners.iter().map(|it| format!("{}/{}", it.protocol, it.port)).collect::<Vec<_>>().join(", ")
    };
    let mut sentences = Vec::new();
    if !pasted.rejected.is_empty() {
        let pieces: Vec<String> = pasted.rejected.iter().map(|piece| format!("`{piece}`")).collect();
        sentences.push(format!("{}: no protocol and port from 1 to 65535.", pieces.join(", ")));
    }
    if !known.is_empty() {
        sentences.push(format!("Already there: {}.", names(&known)));
    }
    let what = if listeners.len() == 1 { "listener" } else { "listeners" };
    Addition {
        label: format!("add {what} {}", names(&listeners)),
        listeners: listeners.into_iter().cloned().collect(),
        rest: pasted.rejected.join(", "),
        problem: sentences.join(" "),
    }
}

/// Why a new Gateway cannot be made under a name.
#[must_use]
pub fn obstacle(workspace: &Workspace, namespace: &str, name: &str) -> Option<String> {
    if namespace.is_empty() || name.is_empty() {
        return Some("A Gateway needs a namespace and a name.".to_owned());
    }
    let exists = workspace.get::<Gateway>(namespace, name).is_some();
    exists.then(|| format!("There is a Gateway `{namespace}/{name}` already."))
}

/// Where Gateways land: indexed once for all of them.
#[derive(Debug)]
pub struct GatewayLandings<'a> {
    by_gateway: BTreeMap<&'a str, Vec<&'a Landing>>,
    by_name: BTreeMap<&'a str, &'a VirtualService>,
    cluster: String,
    names: Names,
}

impl<'a> GatewayLandings<'a> {
    /// Indexes the landings and virtual services of a prediction.
    #[must_use]
    pub fn of(workspace: &Workspace, analysis: &'a Analysis) -> Self {
        let mut by_gateway: BTreeMap<&str, Vec<&Landing>> = BTreeMap::new();
        for landing in &analysis.prediction.landings {
            let is_gateway = |at: &str| at.starts_with("Gateway/") || at.starts_with("Gateway.");
            if let Some(gateway) = landing.hops.iter().find(|hop| is_gateway(&hop.at)) {
                by_gateway.entry(&gateway.at).or_default().push(landing);
            }
        }
        let services = &analysis.prediction.virtual_services;
        let by_name = services.iter().filter_map(|(key, service)| Some((key.split_once('/')?.1, service))).into_map();
        let values = Values::of(workspace);
        Self { by_gateway, by_name, names: Names::new(&values), cluster: values.cluster_name }
    }

    /// The landings that go by a Gateway, in order.
    #[must_use]
    pub fn through(&self, key: &str) -> &[&'a Landing] {
        self.by_gateway.get(key).map_or(&[], Vec::as_slice)
    }

    /// Where the Gateway itself lands: as its Services do, else as its virtual service says; `None`
    /// where AKO makes nothing of it.
    #[must_use]
    pub fn line(&self, key: &str, object: &Object) -> Option<LandingLine> {
        let lines = landing::lines(self.through(key).iter().copied());
        let landed = lines.into_iter().filter(|line| line.state.is_somewhere()).min_by_key(|line| line.state);
        if let Some(line) = landed {
            return Some(LandingLine { subject: String::new(), ..line });
        }
        // VIPs of Gateway API v1 are always on the global network.
        let (name, state, whose) = match object.kind {
            Kind::GatewayV1 => (gateway_api_virtual_service(&self.cluster, object), LandingState::Global, "global "),
            _ => (self.names.layer4(object.namespace(), object.name()), LandingState::Lands, ""),
        };
        let service = self.by_name.get(name.as_str())?;
        let network = service.vs_vip.as_ref().and_then(|vip| vip.networks.first());
        let parts = network.map(|it| [&it.network_name, &it.network_uuid, &it.cidr, &it.v6cidr]);
        let network: Vec<&str> = parts.iter().flatten().filter_map(|part| part.as_deref()).collect();
        let network = if network.is_empty() { "network (not known)".to_owned() } else { network.join(" ") };
        let group =
            if service.se_group.is_empty() { String::new() } else { format!(" (SE group {})", service.se_group) };
        let text = format!("{whose}{network}{group}");
        Some(LandingLine { subject: String::new(), short: text.clone(), text, state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::expose::{add_listeners, new_gateway, parse_listeners};

    #[test]
    fn a_gateway_lands_without_services_too() {
        let workspace = Workspace::new(&crate::examples::mistakes());
        let row = &rows(&workspace, &analyse(&workspace))[0];
        assert_eq!((row.listeners, row.served), (3, 0));
        let line = row.landing.as_ref().unwrap();
        assert_eq!(line.text, "tkg-wkld-oam-vip 10.223.63.0/26 (SE group tkgvsphere-tkgworkload-group10)");
    }

    #[test]
    fn a_pasted_list_adds_what_is_new() {
        let empty = Workspace::default();
        let before = new_gateway("red", "gw", "class", &[Listener::new("UDP", 161)]).apply(&empty).unwrap();
        let at = before.objects()[0].address.clone();
        let addition = addition(&before, &at, &parse_listeners("UDP 161\nTCP 80\nTCP 443\nport 5"));
        assert_eq!(addition.label, "add listeners TCP/80, TCP/443");
        assert_eq!(addition.rest, "port 5");
        assert_eq!(addition.problem, "`port 5`: no protocol and port from 1 to 65535. Already there: UDP/161.");
        let after = add_listeners(&before, &at, &addition.listeners).apply(&before).unwrap();
        let rows = rows(&after, &analyse(&after));
        assert_eq!((rows[0].listeners, rows[0].served, rows[0].reach.as_str()), (3, 0, "class not defined"));
        assert!(obstacle(&after, "red", "gw").is_some());
        assert_eq!(finish(matching(&rows, "RED gw")).len(), 1);
    }
}
