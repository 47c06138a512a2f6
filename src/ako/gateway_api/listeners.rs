//! Whether AKO takes a Gateway and its listeners, with the conditions it writes, word for word.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/k8s/validator.go` (`IsValidGateway`, `isValidListener`).

mod earlier;

use super::hosts::in_sub_domains;
use crate::ako::cluster::Cluster;
use crate::ako::messages::{self, Message};
use crate::ako::status::{Condition, ListenerStatus, ObjectStatus};
use crate::ako::versions::Capability;
use crate::model::GatewayV1;
use crate::model::gateway_api::{CertificateRef, DEDICATED_GATEWAY_ANNOTATION, GATEWAY_API_GROUP, Listener};
use crate::workspace::Object;

/// Reason of `Programmed` where an address is wrong.
const ADDRESS_NOT_USABLE: &str = "AddressNotUsable";

/// A Gateway's status as AKO keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayStatus {
    /// Conditions; the first is `Accepted`.
    pub conditions: Vec<Condition>,
    /// Listeners in the order of the Gateway; none where AKO stopped before them.
    pub listeners: Vec<ListenerStatus>,
    /// Addresses.
    pub addresses: Vec<String>,
}

/// What AKO's checks ask about the world beside the Gateway.
pub trait Surroundings {
    /// Whether another Gateway of the namespace has a listener of this host.
    fn has_other_gateway_with(&self, object: &Object, host: &str) -> bool;
    /// The same in AKO 1.12, where a wildcard counts for each host that it fits.
    fn has_overlapping_gateway(&self, object: &Object, host: &str) -> bool;
    /// Whether a Secret exists.
    fn has_secret(&self, namespace: &str, name: &str) -> bool;
}

/// Whether AKO makes one virtual service of a Gateway, without children
/// (AKO 2.2.1 `ako-gateway-api/lib/lib.go` `IsGatewayInDedicatedMode`).
#[must_use]
pub fn is_dedicated(object: &Object) -> bool {
    object.annotation(DEDICATED_GATEWAY_ANNOTATION) == Some("true")
}

impl GatewayStatus {
    /// AKO looks at a Gateway anew: the conditions of the whole stay where nothing replaces them.
    #[must_use]
    pub fn examine(
        self,
        cluster: &Cluster<'_>,
        around: &impl Surroundings,
        object: &Object,
        gateway: &GatewayV1,
    ) -> Self {
        let mut status = self;
        let spec = &gateway.spec;
        let address_type = |index: usize| spec.addresses[index].address_type.as_deref().unwrap_or("IPAddress");
        let refusal = if spec.listeners.is_empty() {
            Some((&messages::NO_LISTENERS, messages::GATEWAY_NOT_PROGRAMMED.reason))
        } else if spec.addresses.len() > 1 {
            Some((&messages::SEVERAL_ADDRESSES, ADDRESS_NOT_USABLE))
        } else if !spec.addresses.is_empty() && address_type(0) != "IPAddress" {
            Some((&messages::UNSUPPORTED_ADDRESS_TYPE, ADDRESS_NOT_USABLE))
        } else {
            None
        };
        let is_whole_or_none = !cluster.has(Capability::ListenerByListener);
        if let (Some((message, _)), true) = (refusal, is_whole_or_none) {
            status.set(earlier::whole(message));
            return status;
        }
        if let Some((message, programmed)) = refusal {
            status.set(Condition::of("Accepted", "False", message, &[]));
            let message = messages::GATEWAY_NOT_PROGRAMMED.template;
            status.set(Condition::new("Programmed", "False", programmed, message));
            return status;
        }
        status.listeners = spec
            .listeners
            .iter()
            .map(|listener| ListenerStatus {
                name: listener.name.clone(),
                attached_routes: Some(0),
                conditions: if is_whole_or_none {
                    earlier::check(cluster, around, object, listener)
                } else {
                    check(cluster, around, object, listener)
                },
                ..ListenerStatus::default()
            })
            .collect();
        if is_whole_or_none {
            earlier::accept(&mut status);
            return status;
        }
        let valid = (0..status.listeners.len()).filter(|index| !status.refuses(*index)).count();
        status.accept(valid, spec.listeners.len());
        if valid == 0 {
            status.set(Condition::of("Programmed", "False", &messages::GATEWAY_NOT_PROGRAMMED, &[]));
        }
        status
    }

    /// The condition `Accepted` for so many valid listeners (`setGatewayCondition`).
    pub fn accept(&mut self, valid: usize, all: usize) {
        let (status, message) = match valid {
            0 => ("False", &messages::NO_VALID_LISTENER),
            valid if valid < all => ("True", &messages::SOME_VALID_LISTENERS),
            _ => ("True", &messages::GATEWAY_VALID),
        };
        self.set(Condition::of("Accepted", status, message, &[]));
    }

    /// Sets one of the Gateway's conditions.
    pub fn set(&mut self, condition: Condition) {
        condition.set_in(&mut self.conditions);
    }

    /// Whether AKO takes the Gateway.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.conditions.first().is_some_and(|condition| condition.status == "True")
    }

    /// Whether AKO refuses a listener (`IsListenerInvalid`).
    #[must_use]
    pub fn refuses(&self, index: usize) -> bool {
        let first = self.listeners.get(index).and_then(|listener| listener.conditions.first());
        first.is_some_and(|condition| condition.condition_type == "Accepted" && condition.status == "False")
    }

    /// A Secret came: the listeners that name it count as valid, whatever else is wrong with them
    /// (`setListenerConditions`).
    pub fn accept_certificate(&mut self, index: usize) {
        let Some(listener) = self.listeners.get_mut(index) else { return };
        Condition::of("Accepted", "True", &messages::LISTENER_VALID, &[]).set_in(&mut listener.conditions);
        Condition::of("ResolvedRefs", "True", &messages::REFERENCE_VALID, &[]).set_in(&mut listener.conditions);
    }

    /// The virtual service is on the Avi Controller (AKO 2.2.1 `ako-gateway-api/status/gateway_status.go`).
    pub fn programmed(&mut self, addresses: Vec<String>) {
        self.addresses = addresses;
        self.set(Condition::new("Programmed", "True", "Programmed", JSON));
        for listener in &mut self.listeners {
            // Before AKO 1.13.1 a listener has no `ResolvedRefs`.
            let is_good = |condition: &Condition| match condition.condition_type.as_str() {
                "Accepted" | "ResolvedRefs" => condition.status == "True",
                _ => true,
            };
            let condition = if listener.conditions.iter().all(is_good) {
                Condition::new("Programmed", "True", "Programmed", JSON)
            } else {
                not_programmed()
            };
            condition.set_in(&mut listener.conditions);
        }
    }

    /// As it stands in the object.
    #[must_use]
    pub fn into_object(self) -> ObjectStatus {
        ObjectStatus::Gateway { conditions: self.conditions, listeners: self.listeners, addresses: self.addresses }
    }
}

/// Stands for the message that AKO writes as JSON, with UUIDs of the Avi Controller.
pub const JSON: &str = "<json>";

fn not_programmed() -> Condition {
    Condition::of("Programmed", "False", &messages::LISTENER_NOT_PROGRAMMED, &[])
}

/// The conditions of a listener.
fn check(cluster: &Cluster<'_>, around: &impl Surroundings, object: &Object, listener: &Listener) -> Vec<Condition> {
    let host = listener.hostname.as_deref().unwrap_or_default();
    if let Some(message) = refusal(cluster, around, object, listener) {
        return vec![Condition::of("Accepted", "False", message, &[host]), not_programmed()];
    }
    if let Some(message) = certificate_refusal(around, object, listener).or_else(|| kinds_refusal(listener)) {
        return vec![
            Condition::of("Accepted", "False", &messages::LISTENER_INVALID, &[]),
            Condition::of("ResolvedRefs", "False", message, &[]),
            not_programmed(),
        ];
    }
    vec![
        Condition::of("Accepted", "True", &messages::LISTENER_VALID, &[]),
        Condition::of("ResolvedRefs", "True", &messages::REFERENCES_VALID, &[]),
    ]
}

/// AKO's checks in AKO's order; the first failure counts.
fn refusal(
    cluster: &Cluster<'_>,
    around: &impl Surroundings,
    object: &Object,
    listener: &Listener,
) -> Option<&'static Message> {
    if !matches!(listener.protocol.as_deref(), Some("HTTP" | "HTTPS")) {
        return Some(&messages::UNSUPPORTED_PROTOCOL);
    }
    if is_dedicated(object) {
        if listener.host().is_some() {
            return Some(&messages::DEDICATED_HOSTNAME);
        }
        if listener.routes_from() == "All" {
            return Some(&messages::DEDICATED_NAMESPACES);
        }
    }
    let host = listener.hostname.as_deref()?;
    if around.has_other_gateway_with(object, host) {
        return Some(&messages::HOSTNAME_OF_ANOTHER_GATEWAY);
    }
    let is_outside = !matches!(host, "" | "*") && !in_sub_domains(&cluster.values, host);
    is_outside.then_some(&messages::HOSTNAME_OUTSIDE_SUB_DOMAINS)
}

fn certificate_refusal(around: &impl Surroundings, object: &Object, listener: &Listener) -> Option<&'static Message> {
    let tls = listener.tls.as_ref()?;
    if tls.mode.as_deref().is_some_and(|mode| mode != "Terminate") || tls.certificate_refs.is_empty() {
        return Some(&messages::TLS_INVALID);
    }
    for certificate in &tls.certificate_refs {
        if !is_secret(certificate) {
            return Some(&messages::TLS_INVALID);
        }
        // In the Gateway's namespace, whatever namespace the reference names.
        if !around.has_secret(object.namespace(), certificate.name.as_deref().unwrap_or_default()) {
            return Some(&messages::SECRET_NOT_FOUND);
        }
    }
    None
}

fn is_secret(certificate: &CertificateRef) -> bool {
    certificate.group.as_deref().is_none_or(str::is_empty)
        && certificate.kind.as_deref().is_none_or(|kind| kind == "Secret")
}

fn kinds_refusal(listener: &Listener) -> Option<&'static Message> {
    let mut kinds = listener.allowed_routes.iter().flat_map(|allowed| &allowed.kinds);
    kinds.find_map(|kind| {
        if !matches!(kind.kind.as_deref(), None | Some("" | "HTTPRoute")) {
            return Some(&messages::ROUTE_KIND_INVALID);
        }
        let is_known = matches!(kind.group.as_deref(), None | Some("" | GATEWAY_API_GROUP));
        (!is_known).then_some(&messages::ROUTE_GROUP_INVALID)
    })
}
