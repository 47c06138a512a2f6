//! What AKO 1.11 and 1.12 make of a Gateway: one refused listener refuses the whole of it.
//!
//! Source: AKO 1.12.3 `ako-gateway-api/k8s/validator.go` (`IsValidGateway`, `isValidListener`); 1.11 does not
//! compare the hosts of listeners.

use super::{Condition, GatewayStatus, Surroundings, is_secret, kinds_refusal};
use crate::ako::cluster::Cluster;
use crate::ako::gateway_api::hosts::in_sub_domains;
use crate::ako::messages::{self, Message};
use crate::model::gateway_api::Listener;
use crate::workspace::Object;

/// The reason of all that is wrong with a Gateway as a whole.
const INVALID: &str = "Invalid";
/// The reason beside a listener's host.
const LISTENERS_NOT_VALID: &str = "ListenersNotValid";

/// The condition where AKO stops before the listeners.
pub fn whole(message: &Message) -> Condition {
    Condition::new("Accepted", "False", INVALID, message.template)
}

/// The condition of the Gateway after its listeners were looked at.
pub fn accept(status: &mut GatewayStatus) {
    let is_valid = |conditions: &[Condition]| conditions.first().is_some_and(|condition| condition.status == "True");
    let invalid = status.listeners.iter().filter(|listener| !is_valid(&listener.conditions)).count();
    status.set(match invalid {
        0 => Condition::of("Accepted", "True", &messages::GATEWAY_VALID, &[]),
        _ => Condition::of("Accepted", "False", &messages::INVALID_LISTENERS, &[&invalid.to_string()]),
    });
}

/// The one condition of a listener.
pub fn check(
    cluster: &Cluster<'_>,
    around: &impl Surroundings,
    object: &Object,
    listener: &Listener,
) -> Vec<Condition> {
    let refused = |reason: &str, message: &Message, values: &[&str]| {
        vec![Condition::new("Accepted", "False", reason, message.with(values))]
    };
    let host = listener.hostname.as_deref().unwrap_or_default();
    if matches!(listener.hostname.as_deref(), None | Some("*")) {
        return refused(LISTENERS_NOT_VALID, &messages::HOSTNAME_MISSING, &[]);
    }
    if around.has_overlapping_gateway(object, host) {
        return refused(LISTENERS_NOT_VALID, &messages::HOSTNAME_OVERLAPS, &[]);
    }
    if !in_sub_domains(&cluster.values, host) {
        return refused(LISTENERS_NOT_VALID, &messages::HOSTNAME_OUTSIDE_SUB_DOMAINS, &[host]);
    }
    if !matches!(listener.protocol.as_deref(), Some("HTTP" | "HTTPS")) {
        return refused(messages::UNSUPPORTED_PROTOCOL.reason, &messages::UNSUPPORTED_PROTOCOL, &[]);
    }
    if let Some(tls) = &listener.tls {
        let is_mode = tls.mode.as_deref().is_none_or(|mode| mode == "Terminate");
        // Whether the Secret is there nobody asks: without it Avi's default certificate is taken.
        if !is_mode || tls.certificate_refs.is_empty() || !tls.certificate_refs.iter().all(is_secret) {
            return refused(messages::TLS_INVALID.reason, &messages::TLS_INVALID, &[]);
        }
    }
    if let Some(message) = kinds_refusal(listener) {
        return vec![Condition::of("ResolvedRefs", "False", message, &[])];
    }
    vec![Condition::of("Accepted", "True", &messages::LISTENER_VALID, &[])]
}
