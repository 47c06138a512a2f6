//! What AKO sends otherwise than it wants, and what comes out otherwise later, as lines of text.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::ako::sent::{SentVip, Stage, Vip};
use crate::ako::{Difference, Prediction, Sent, VirtualService};
use crate::ordered::IntoOrdered;

/// How lines begin that are about everything at once.
pub const AT_ONCE: &str = "all at once: ";
/// So many differences of one object are told.
const MOST_DIFFERENCES: usize = 3;

/// One line for each VIP that is not sent as wanted, and for all that comes out otherwise after a restart
/// or where everything is applied at once.
#[must_use]
pub fn outlook_lines(prediction: &Prediction) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, sent, wanted) in not_as_wanted(&prediction.virtual_services, &prediction.sent) {
        let (has, wants) = (vip_text(&sent), vip_text(&wanted));
        lines.push(format!("VIP {name} is sent as {has}, though AKO wants {wants}: {}", why(&sent, &wanted)));
    }
    for (when, difference) in [("after a restart: ", &prediction.after_restart), (AT_ONCE, &prediction.all_at_once)] {
        if let Some(difference) = difference {
            lines.extend(difference_lines(prediction, difference).into_iter().map(|line| format!("{when}{line}")));
        }
    }
    lines
}

/// VIPs that were not sent as AKO wants them: name, what was sent, what a new one would be.
#[must_use]
pub fn not_as_wanted(services: &BTreeMap<String, VirtualService>, sent: &Sent) -> Vec<(String, SentVip, SentVip)> {
    let mut found = Vec::new();
    for service in services.values() {
        let Some((vip, stage)) = service.vs_vip.as_ref().zip(Stage::of(service)) else { continue };
        let Some(own) = sent.vs_vips.get(&vip.name) else { continue };
        let several = own.networks.len() > 1;
        let wanted = Vip::create(stage, several).sent().clone();
        if *own != wanted {
            found.push((vip.name.clone(), own.clone(), wanted));
        }
    }
    found
}

/// Why a VIP is not sent as wanted, and what helps (AKO 2.2.1 `internal/rest/avi_obj_vsvip.go`
/// `AviVsVipBuild`).
fn why(sent: &SentVip, wanted: &SentVip) -> &'static str {
    let (Some(has), Some(wants)) = (sent.networks.first(), wanted.networks.first()) else {
        return "the network is not known any more";
    };
    let lost = has.subnet.is_none() && has.subnet6.is_none();
    match (has.network == wants.network, lost) {
        (true, true) => "a VIP that AKO moves loses its subnet; delete and make again what it belongs to",
        (true, false) => "another range of the same network is never sent; delete and make again what it belongs to",
        (false, _) => {
            "AKO refuses to move it, as BGP labels need route health injection first; delete and make again what it belongs to"
        }
    }
}

fn difference_lines(now: &Prediction, then: &Difference) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(crash) = &then.crash {
        lines.push(format!("AKO crashes: {} ({}, {})", crash.reason, crash.object, crash.source));
    }
    if let Some(error) = &then.boot_error {
        lines.push(format!("AKO does not start: {error}"));
    }
    if let Some(objects) = &then.objects {
        lines.extend(key_lines(&now.objects, objects, ["gets a status", "loses its status", "has another status"]));
    }
    if let Some(services) = &then.virtual_services {
        let words = ["is there", "is gone", "is made otherwise"];
        lines.extend(key_lines(&now.virtual_services, services, words).map(|line| format!("VirtualService {line}")));
    }
    if let Some(sent) = &then.sent {
        for (name, vip) in &sent.vs_vips {
            if now.sent.vs_vips.get(name).is_some_and(|own| own != vip) {
                lines.push(format!("VIP {name} is sent as {}", vip_text(vip)));
            }
        }
        for (name, service) in &sent.virtual_services {
            if now.sent.virtual_services.get(name).is_some_and(|own| own != service) {
                lines.push(format!("{name} is on SE group {}", service.se_group));
            }
        }
    }
    lines
}

/// One line for each key whose value is new, gone, or another; of another one with what differs, by the fields of
/// the prediction's JSON.
fn key_lines<'a, T: PartialEq + Serialize>(
    now: &'a BTreeMap<String, T>,
    then: &'a BTreeMap<String, T>,
    [added, removed, changed]: [&'a str; 3],
) -> impl Iterator<Item = String> + 'a {
    let keys: BTreeSet<&String> = now.keys().chain(then.keys()).into_set();
    keys.into_iter().filter_map(move |key| {
        let word = match (now.get(key), then.get(key)) {
            (None, _) => added,
            (_, None) => removed,
            (Some(now), Some(then)) if now != then => {
                return Some(format!("{key} {changed}{}", differences(now, then)));
            }
            _ => return None,
        };
        Some(format!("{key} {word}"))
    })
}

/// What differs, as in `: conditions[0].reason is NotReconciled instead of InvalidGatewayClass`; empty where it
/// cannot be told.
fn differences<T: Serialize>(now: &T, then: &T) -> String {
    let (Ok(now), Ok(then)) = (serde_json::to_value(now), serde_json::to_value(then)) else { return String::new() };
    let mut told = Vec::new();
    compare(&now, &then, "", &mut told);
    let more = told.len().saturating_sub(MOST_DIFFERENCES);
    told.truncate(MOST_DIFFERENCES);
    if more > 0 {
        told.push(format!("{more} more"));
    }
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

/// Goes down to the smallest values that differ.
fn compare(now: &Value, then: &Value, path: &str, told: &mut Vec<String>) {
    let dot = if path.is_empty() { "" } else { "." };
    match (now, then) {
        _ if now == then => {}
        (Value::Object(before), Value::Object(after)) => {
            for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))) {
                let side = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                compare(&side(before), &side(after), &format!("{path}{dot}{key}"), told);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for at in 0..before.len().max(after.len()) {
                let side = |list: &[Value]| list.get(at).cloned().unwrap_or_default();
                compare(&side(before), &side(after), &format!("{path}[{at}]"), told);
            }
        }
        _ => told.push(format!("`{path}` is {} instead of {}", value_text(then), value_text(now))),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "not there".to_owned(),
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A VIP in words: `vip-net-a 10.20.0.0/24`, `vip-net-a without subnet`.
#[must_use]
pub fn vip_text(vip: &SentVip) -> String {
    let networks = vip.networks.iter().map(|network| {
        let subnets: Vec<&str> =
            [&network.subnet, &network.subnet6].into_iter().flatten().map(String::as_str).collect();
        let subnets = if subnets.is_empty() { "without subnet".to_owned() } else { subnets.join(" ") };
        format!("{} {subnets}", network.network)
    });
    let mut parts: Vec<String> = networks.collect();
    if parts.is_empty() {
        parts.push("a network (not known)".to_owned());
    }
    parts.extend(vip.ips.iter().map(|ip| format!("address {ip}")));
    parts.join(", ")
}
