//! Whether AKO takes a Gateway and its listeners, with the conditions it writes, word for word.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/k8s/validator.go` (`IsValidGateway`, `isValidListener`).

use super::hosts::in_sub_domains;
use crate::ako::cluster::Cluster;
use crate::ako::status::{Condition, ListenerStatus, ObjectStatus};
use crate::model::GatewayV1;
use crate::model::gateway_api::{CertificateRef, DEDICATED_GATEWAY_ANNOTATION, GATEWAY_API_GROUP, Listener};
use crate::workspace::Object;

/// Reason of a listener without its certificate.
const INVALID_CERTIFICATE: &str = "InvalidCertificateRef";
/// Reason of a listener that allows routes of another kind.
const INVALID_KINDS: &str = "InvalidRouteKinds";

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
            Some(("Invalid", "No listeners found", "Invalid"))
        } else if spec.addresses.len() > 1 {
            Some(("Invalid", "More than one address is not supported", "AddressNotUsable"))
        } else if !spec.addresses.is_empty() && address_type(0) != "IPAddress" {
            Some(("UnsupportedAddress", "Only IPAddress as AddressType is supported", "AddressNotUsable"))
        } else {
            None
        };
        if let Some((reason, message, programmed)) = refusal {
            status.set(Condition::new("Accepted", "False", reason, message));
            status.set(Condition::new("Programmed", "False", programmed, "Gateway not programmed"));
            return status;
        }
        status.listeners = spec
            .listeners
            .iter()
            .map(|listener| ListenerStatus {
                name: listener.name.clone(),
                attached_routes: Some(0),
                conditions: check(cluster, around, object, listener),
                ..ListenerStatus::default()
            })
            .collect();
        let valid = (0..status.listeners.len()).filter(|index| !status.refuses(*index)).count();
        status.accept(valid, spec.listeners.len());
        if valid == 0 {
            status.set(Condition::new("Programmed", "False", "Invalid", "Gateway not programmed"));
        }
        status
    }

    /// The condition `Accepted` for so many valid listeners (`setGatewayCondition`).
    pub fn accept(&mut self, valid: usize, all: usize) {
        let (status, reason, message) = match valid {
            0 => ("False", "ListenersNotValid", "Gateway does not contain any valid listener"),
            valid if valid < all => ("True", "ListenersNotValid", "Gateway contains atleast one valid listener"),
            _ => ("True", "Accepted", "Gateway configuration is valid"),
        };
        self.set(Condition::new("Accepted", status, reason, message));
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
        Condition::new("Accepted", "True", "Accepted", "Listener is valid").set_in(&mut listener.conditions);
        Condition::new("ResolvedRefs", "True", "ResolvedRefs", "Reference is valid").set_in(&mut listener.conditions);
    }

    /// The virtual service is on the Avi Controller (AKO 2.2.1 `ako-gateway-api/status/gateway_status.go`).
    pub fn programmed(&mut self, addresses: Vec<String>) {
        self.addresses = addresses;
        self.set(Condition::new("Programmed", "True", "Programmed", JSON));
        for listener in &mut self.listeners {
            let is_true = |condition_type: &str| {
                let found = listener.conditions.iter().find(|condition| condition.condition_type == condition_type);
                found.is_some_and(|condition| condition.status == "True")
            };
            let condition = if is_true("Accepted") && is_true("ResolvedRefs") {
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
    let message = "Virtual service not configured/updated for this listener";
    Condition::new("Programmed", "False", "Invalid", message)
}

/// Why AKO refuses a listener.
struct Refusal {
    reason: &'static str,
    message: String,
    /// Reason and message of `ResolvedRefs`, where it is about a reference.
    reference: Option<(&'static str, &'static str)>,
}

impl Refusal {
    fn new(reason: &'static str, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), reference: None }
    }

    fn reference(reason: &'static str, message: &'static str) -> Self {
        Self { reference: Some((reason, message)), ..Self::new("Invalid", "Listener is Invalid") }
    }
}

/// The conditions of a listener.
fn check(cluster: &Cluster<'_>, around: &impl Surroundings, object: &Object, listener: &Listener) -> Vec<Condition> {
    match refusal(cluster, around, object, listener) {
        None => vec![
            Condition::new("Accepted", "True", "Accepted", "Listener is valid"),
            Condition::new("ResolvedRefs", "True", "ResolvedRefs", "All the references are valid"),
        ],
        Some(refusal) => {
            let mut conditions = vec![Condition::new("Accepted", "False", refusal.reason, refusal.message)];
            let reference = refusal.reference;
            conditions.extend(reference.map(|(reason, text)| Condition::new("ResolvedRefs", "False", reason, text)));
            conditions.push(not_programmed());
            conditions
        }
    }
}

/// AKO's checks in AKO's order; the first failure counts.
fn refusal(cluster: &Cluster<'_>, around: &impl Surroundings, object: &Object, listener: &Listener) -> Option<Refusal> {
    if !matches!(listener.protocol.as_deref(), Some("HTTP" | "HTTPS")) {
        return Some(Refusal::new("UnsupportedProtocol", "Unsupported protocol"));
    }
    if is_dedicated(object) {
        if listener.host().is_some() {
            return Some(Refusal::new("Invalid", "Hostname is not supported in dedicated mode"));
        }
        if listener.routes_from() == "All" {
            return Some(Refusal::new("Invalid", "Routes from all namespaces is not supported in dedicated mode"));
        }
    }
    if let Some(host) = listener.hostname.as_deref()
        && around.has_other_gateway_with(object, host)
    {
        return Some(Refusal::new("Invalid", "Hostname is same as an existing gateway hostname"));
    }
    if let Some(host) = listener.host().filter(|host| *host != "*")
        && !in_sub_domains(&cluster.values, host)
    {
        let message = format!("Didn't find match for hostname :{host} in available sub-domains");
        return Some(Refusal::new("Invalid", message));
    }
    certificate_refusal(around, object, listener).or_else(|| kinds_refusal(listener))
}

fn certificate_refusal(around: &impl Surroundings, object: &Object, listener: &Listener) -> Option<Refusal> {
    let tls = listener.tls.as_ref()?;
    let bad = Refusal::reference(INVALID_CERTIFICATE, "TLS mode or reference not valid");
    if tls.mode.as_deref().is_some_and(|mode| mode != "Terminate") || tls.certificate_refs.is_empty() {
        return Some(bad);
    }
    let is_secret = |certificate: &CertificateRef| {
        certificate.group.as_deref().is_none_or(str::is_empty)
            && certificate.kind.as_deref().is_none_or(|kind| kind == "Secret")
    };
    for certificate in &tls.certificate_refs {
        if !is_secret(certificate) {
            return Some(bad);
        }
        // In the Gateway's namespace, whatever namespace the reference names.
        if !around.has_secret(object.namespace(), certificate.name.as_deref().unwrap_or_default()) {
            return Some(Refusal::reference(INVALID_CERTIFICATE, "Secret does not exist"));
        }
    }
    None
}

fn kinds_refusal(listener: &Listener) -> Option<Refusal> {
    for kind in listener.allowed_routes.iter().flat_map(|allowed| &allowed.kinds) {
        if !matches!(kind.kind.as_deref(), None | Some("" | "HTTPRoute")) {
            let message = "AllowedRoute kind is invalid. Only HTTPRoute is supported currently";
            return Some(Refusal::reference(INVALID_KINDS, message));
        }
        if !matches!(kind.group.as_deref(), None | Some("" | GATEWAY_API_GROUP)) {
            return Some(Refusal::reference(INVALID_KINDS, "AllowedRoute Group is invalid."));
        }
    }
    None
}
