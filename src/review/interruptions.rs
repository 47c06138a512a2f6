//! What a change takes down, moves to another address, or cannot do to what is there.

use std::collections::BTreeMap;

use crate::ako::Prediction;
use crate::report::{not_as_wanted, vip_text};
use crate::workspace::{Identity, Object, Workspace};

use super::objects::by_key;

/// Something that clients or operators notice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Interruption {
    /// A virtual service, a VIP, or an object.
    pub about: String,
    /// What happens, in a sentence.
    pub sentence: String,
    /// What kind of thing happens.
    #[serde(skip)]
    pub effect: Effect,
}

/// What an interruption is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// AKO's process dies, or does not start.
    Dies,
    /// A virtual service is deleted.
    Down,
    /// A VIP or a virtual service moves.
    Moves,
    /// A VIP stays although the manifests want another one, until what it belongs to is made again.
    Stays,
    /// The API server refuses the change, until the object is deleted.
    Refused,
}

/// Fields that the API server lets nobody change, by kind.
///
/// IngressClass: Kubernetes `pkg/apis/networking/validation` `ValidateIngressClassUpdate`. GatewayClass of
/// Gateway API v1: the CRD's rule `self == oldSelf`. Service: `pkg/apis/core/validation`
/// `validateLoadBalancerClassField`, while the type stays LoadBalancer.
const IMMUTABLE: [(&str, &str, &str); 3] = [
    ("IngressClass", "networking.k8s.io", "spec.controller"),
    ("GatewayClass", "gateway.networking.k8s.io", "spec.controllerName"),
    ("Service", "", "spec.loadBalancerClass"),
];

/// All of them: what dies, what goes, what moves, what has to be made again.
pub fn find(old: &Workspace, new: &Workspace, before: &Prediction, after: &Prediction) -> Vec<Interruption> {
    let mut found = Vec::new();
    let mut tell = |about: &str, effect: Effect, sentence: String| {
        found.push(Interruption { about: about.to_owned(), sentence, effect });
    };
    if let (Some(crash), None) = (&after.crash, &before.crash) {
        tell(&crash.object, Effect::Dies, format!("AKO's process dies, and again at each start: {}", crash.reason));
        return found;
    }
    if let (Some(error), None) = (&after.boot_error, &before.boot_error) {
        let sentence = "AKO does not start any more, and what it sent before stays as it is, whatever changes";
        tell(&error.object, Effect::Dies, format!("{sentence}: {}", error.reason));
    }
    if after.boot_error.is_some() {
        return found;
    }
    let at_restart = after.after_restart.as_ref().and_then(|restart| restart.crash.as_ref());
    if let (Some(crash), None) = (at_restart, &before.crash_at_restart) {
        tell(
            &crash.object,
            Effect::Dies,
            format!("AKO's process dies the next time it starts, and again: {}", crash.reason),
        );
    }
    for key in before.virtual_services.keys().filter(|key| !after.virtual_services.contains_key(*key)) {
        tell(key, Effect::Down, "AKO deletes this virtual service; what it serves is down".to_owned());
    }
    for (name, vip) in &before.sent.vs_vips {
        let Some(now) = after.sent.vs_vips.get(name) else { continue };
        if vip != now {
            let (from, to) = (vip_text(vip), vip_text(now));
            tell(name, Effect::Moves, format!("The VIP moves from {from} to {to}: clients need its new address"));
        }
    }
    for (name, service) in &before.sent.virtual_services {
        let Some(now) = after.sent.virtual_services.get(name) else { continue };
        if service.se_group != now.se_group {
            let (from, to) = (&service.se_group, &now.se_group);
            tell(
                name,
                Effect::Moves,
                format!("It moves from SE group {from} to {to}: connections through the old Service Engines end"),
            );
        }
    }
    let earlier = not_as_wanted(&before.virtual_services, &before.sent);
    for unwanted in not_as_wanted(&after.virtual_services, &after.sent) {
        // What was so before the change is not the change's doing.
        if earlier.contains(&unwanted) {
            continue;
        }
        let (name, sent, wanted) = unwanted;
        // Wanted is the global network, and no file says which that is.
        if wanted.networks.is_empty() {
            continue;
        }
        let (sent, wanted) = (vip_text(&sent), vip_text(&wanted));
        let words = "delete and make again what it belongs to, which is an outage";
        tell(&name, Effect::Stays, format!("The VIP stays on {sent} although the manifests want {wanted}: {words}"));
    }
    let objects = by_key(new);
    let refused = refused(old, new);
    for (key, object) in objects.iter().filter(|_| !refused.is_empty()) {
        if let Some(sentence) = refused.get(&object.identity) {
            tell(key, Effect::Refused, sentence.clone());
        }
    }
    found
}

/// The objects that the API server does not let be changed so, and why.
pub fn refused(old: &Workspace, new: &Workspace) -> BTreeMap<Identity, String> {
    let mut found = BTreeMap::new();
    let after = by_key(new);
    for (key, before) in by_key(old) {
        let Some(now) = after.get(&key) else { continue };
        for (kind, group, path) in IMMUTABLE {
            if (before.identity.kind.as_str(), before.identity.group.as_str()) == (kind, group)
                && before.text(path) != now.text(path)
                && (kind != "Service" || is_balanced(before) && is_balanced(now))
            {
                let words = "the API server refuses the change; delete the object and apply it again";
                found.insert(now.identity.clone(), format!("`{path}` cannot be changed: {words}"));
            }
        }
    }
    found
}

fn is_balanced(service: &Object) -> bool {
    service.text("spec.type") == Some("LoadBalancer")
}
