//! One Gateway: whether AKO takes it, its virtual service, its status.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::landing::{self, Taken};
use super::listeners::{Aftermath, Matches, key};
use super::{land_nowhere, off};
use crate::ako::change::{Status, Unit, event_key};
use crate::ako::cluster::{Cluster, ServiceRef};
use crate::ako::infra_setting::Effective;
use crate::ako::landing::{Hop, HopState, Via};
use crate::ako::layer4::{self, Layer4};
use crate::ako::load_balancer::refusal;
use crate::ako::messages;
use crate::ako::moment::{Late, Layer4Moments, Moment, Need, Timing};
use crate::ako::names;
use crate::ako::output::Output;
use crate::ako::servers::WithoutServers;
use crate::ako::status::{Condition, ListenerStatus, ObjectStatus};
use crate::ako::trace::{Choice, LAYER4, Reference, Resolution, hop, resolve};
use crate::model::services_api::Listener;
use crate::model::{
    AKO_GROUP, AVI_CONTROLLER, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass, Kind,
};
use crate::ordered::IntoOrdered;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// AKO's three checks of a Gateway.
const CHECKS: &str = "AKO 2.2.1 internal/nodes/ingress_model_rel.go validateSvcApiGatewayForClass";

/// What AKO makes of a Gateway.
#[derive(Clone, Debug)]
pub enum Validity<'a> {
    /// Taken, with its class.
    Taken(&'a Object, &'a GatewayClass),
    /// Taken; its class is outside this project.
    External,
    /// Refused.
    Refused {
        /// Reason of the condition `Scheduled`.
        reason: &'static str,
        /// Its message.
        message: String,
        /// The field that decided.
        path: FieldPath,
    },
}

/// AKO's checks in AKO's order; the first failure counts.
#[must_use]
pub fn validate<'a>(cluster: &Cluster<'a>, object: &Object, gateway: &Gateway) -> Validity<'a> {
    let name = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let class = cluster.gateway_classes.get(name);
    if class.is_none() && !cluster.is_external("GatewayClass", "", name) {
        return Validity::Refused {
            reason: messages::GATEWAY_CLASS_NOT_FOUND.reason,
            message: messages::GATEWAY_CLASS_NOT_FOUND.with(&[name]),
            path: "spec.gatewayClassName".into(),
        };
    }
    let selects_itself = |index: &usize| {
        let routes = gateway.spec.listeners[*index].routes.as_ref();
        let labels = routes.and_then(|routes| routes.selector.as_ref()).map(|selector| &selector.match_labels);
        let is = |label, wanted| labels.and_then(|labels| labels.get(label)).map(String::as_str) == Some(wanted);
        is(GATEWAY_NAME_LABEL, object.name()) && is(GATEWAY_NAMESPACE_LABEL, object.namespace())
    };
    if let Some(index) = (0..gateway.spec.listeners.len()).find(|index| !selects_itself(index)) {
        return Validity::Refused {
            reason: messages::INCORRECT_MATCH_LABELS.reason,
            message: messages::INCORRECT_MATCH_LABELS.with(&[]),
            path: format!("spec.listeners[{index}].routes.selector.matchLabels").as_str().into(),
        };
    }
    let Some((class_object, class)) = class.copied() else { return Validity::External };
    let controller = class.spec.controller.as_deref().unwrap_or_default();
    if controller != AVI_CONTROLLER {
        return Validity::Refused {
            reason: messages::UNIDENTIFIED_CONTROLLER.reason,
            message: messages::UNIDENTIFIED_CONTROLLER.with(&[controller]),
            path: "spec.gatewayClassName".into(),
        };
    }
    Validity::Taken(class_object, class)
}

/// Which setting applies under a Gateway's class.
#[must_use]
pub fn resolution<'a>(
    cluster: &'a Cluster<'a>,
    class: Option<(&'a Object, &'a GatewayClass)>,
    namespace: &str,
) -> Resolution<'a> {
    let Some((object, class)) = class else { return Resolution::unknown() };
    let Some(parameters) = &class.spec.parameters_ref else { return resolve(cluster, None, namespace) };
    let name = parameters.name.as_deref().unwrap_or_default();
    let (group, kind) =
        (parameters.group.as_deref().unwrap_or_default(), parameters.kind.as_deref().unwrap_or_default());
    if (group, kind) == (AKO_GROUP, "AviInfraSetting") {
        let path = FieldPath::parse("spec.parametersRef.name");
        return resolve(cluster, Some(Reference { object, path, name, source: LAYER4 }), namespace);
    }
    // Any other group or kind counts as no reference, without a word in any status.
    let mut resolution = resolve(cluster, None, namespace);
    let (path, found) =
        if group == AKO_GROUP { ("spec.parametersRef.kind", kind) } else { ("spec.parametersRef.group", group) };
    let reason = format!(
        "AKO passes over the reference of class `{}`: `{found}` is not of `{AKO_GROUP}/AviInfraSetting`",
        object.name()
    );
    resolution.hops.insert(0, hop(format!("{kind}/{name}"), Some(object), path, reason, LAYER4, HopState::Broken));
    resolution.written = Some(name);
    resolution
}

/// Predicts a Gateway and its Services.
pub fn predict<'a>(
    cluster: &'a Cluster<'a>,
    output: &mut Output,
    (object, gateway): (&'a Object, &'a Gateway),
    services: &[ServiceRef<'a>],
) {
    let workspace_key = cluster.workspace.key(object);
    output.unit(cluster, || unit(cluster, (object, gateway), services));
    let nothing = off(cluster).or_else(|| cluster.leaves_alone(object.namespace()));
    if let Some(reason) = nothing {
        output.objects.insert(workspace_key, waiting(Vec::new(), Vec::new()));
        for service in services {
            land_nowhere(cluster, output, *service, reason.clone());
        }
        return;
    }
    let name = cluster.names.layer4(object.namespace(), object.name());
    let validity = validate(cluster, object, gateway);
    if let Validity::Refused { reason, message, path } = &validity {
        let conditions = vec![scheduled("True", reason, message)];
        let listeners = listener_statuses(gateway, &condition("Ready", "False", "Ready", ""));
        output
            .objects
            .insert(workspace_key.clone(), ObjectStatus::Gateway { conditions, listeners, addresses: Vec::new() });
        let class = cluster.gateway_classes.get(gateway.spec.gateway_class_name.as_deref().unwrap_or_default());
        let written = class.and_then(|class| resolution(cluster, Some(*class), object.namespace()).written);
        let text = format!("AKO refuses Gateway `{}/{}`: {message}", object.namespace(), object.name());
        let broken = hop(workspace_key, Some(object), path.clone(), text, CHECKS, HopState::Broken);
        for service in services {
            landing::refused(cluster, output, *service, &broken, written);
        }
        return;
    }
    let class = match validity {
        Validity::Taken(object, class) => Some((object, class)),
        _ => None,
    };
    let resolution = resolution(cluster, class, object.namespace());
    let protocols = gateway.spec.listeners.iter().map(|listener| key(listener).0);
    let refusal = if gateway.spec.listeners.is_empty() {
        Some(format!("Gateway `{}/{}` has no listener", object.namespace(), object.name()))
    } else {
        refusal(cluster, &name, protocols)
    };
    if let Some(reason) = refusal {
        output.objects.insert(workspace_key, waiting(Vec::new(), Vec::new()));
        for service in services {
            landing::refused_silently(cluster, output, *service, &reason, resolution.written);
        }
        return;
    }
    let matches = Matches::new(gateway, services);
    let moments = Layer4Moments {
        namespace: object.namespace(),
        reference: class.and_then(|class| setting_of(class.1)),
        follows_setting: true,
        static_ip: static_ip(gateway),
        moments: moments(cluster, object, class.map(|class| class.0), services),
    };
    // A class outside this project may name any setting.
    let (effective, vip) = if matches!(resolution.choice, Choice::Unknown) {
        (Effective::default(), None)
    } else {
        let reference = moments.reference;
        let (effective, vip) = moments.replay(cluster);
        output.late.extend(cluster.late(object, reference, &vip, &effective));
        (effective, Some(vip))
    };
    let layer4 = virtual_service(cluster, (object, gateway), &matches, name, effective);
    output.memory.vips.extend(vip.map(|vip| (layer4.key(), vip)));
    output.check_vip(cluster, &resolution, layer4.key());
    output.own(layer4.key(), object, Via::Gateway);
    let served = matches.served(gateway).map(|(_, service)| (service.0.order, service)).into_map();
    output.without_servers.extend(served.into_values().filter_map(|service| WithoutServers::layer4(cluster, service)));
    let class = class.map(|class| class.0);
    let taken =
        Taken { gateway: (object, gateway), matches: &matches, layer4: &layer4, resolution: &resolution, class };
    landing::on_gateway(cluster, output, &taken, services);
    write_statuses(cluster, output, &taken);
    output.virtual_services.insert(layer4.key(), layer4.build(cluster.values.tcp_proxy));
}

/// A Gateway with its class, the setting and its Services.
fn unit(cluster: &Cluster<'_>, (object, gateway): (&Object, &Gateway), services: &[ServiceRef<'_>]) -> Unit {
    let namespace = object.namespace();
    let class_name = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let class = cluster.gateway_classes.get(class_name);
    let setting = class.and_then(|class| setting_of(class.1));
    let own = [event_key(object), (Kind::GatewayClass, String::new(), class_name.to_owned())];
    let services_of = services.iter().map(|service| event_key(service.0));
    let statuses = services.iter().map(|service| Status::OfPools(cluster.workspace.key(service.0)));
    let name = cluster.names.layer4(namespace, object.name());
    Unit {
        events: own.into_iter().chain(cluster.setting_event(setting, namespace)).chain(services_of).collect(),
        services: vec![format!("{}/{name}", cluster.tenant(namespace))],
        statuses: iter::once(Status::Gateway(cluster.workspace.key(object))).chain(statuses).collect(),
    }
}

/// The setting that a class names.
fn setting_of(class: &GatewayClass) -> Option<&str> {
    let parameters = class.spec.parameters_ref.as_ref()?;
    let is_setting =
        parameters.group.as_deref() == Some(AKO_GROUP) && parameters.kind.as_deref() == Some("AviInfraSetting");
    is_setting.then(|| parameters.name.as_deref().unwrap_or_default())
}

/// When AKO builds a Gateway's virtual service: with its class, and with each Service, which brings
/// its name.
fn moments(
    cluster: &Cluster<'_>,
    object: &Object,
    class: Option<&Object>,
    services: &[ServiceRef<'_>],
) -> Vec<(Moment, usize)> {
    let start = cluster.seen(object).max(class.map_or(0, |class| cluster.seen(class)));
    let with_services = services.iter().map(|service| (cluster.seen(service.0).max(start), 1));
    iter::once((start, 0)).chain(with_services).collect()
}

fn virtual_service(
    cluster: &Cluster<'_>,
    (object, gateway): (&Object, &Gateway),
    matches: &Matches<'_>,
    name: String,
    effective: Effective,
) -> Layer4 {
    let namespace = object.namespace();
    let mut rules = Vec::new();
    for listener_key in &matches.keys {
        let Some(service) = matches.server(*listener_key) else { continue };
        let (protocol, port) = *listener_key;
        let pool = cluster.names.shared_pool(namespace, service.0.name(), object.name(), protocol, port);
        rules.extend(layer4::rule(cluster, service, *listener_key, pool, true));
    }
    Layer4 {
        tenant: cluster.tenant(namespace).to_owned(),
        name,
        effective,
        listeners: gateway.spec.listeners.iter().map(key).map(|(protocol, port)| (port, protocol.to_owned())).collect(),
        fqdns: fqdns(cluster, gateway, matches),
        static_ip: static_ip(gateway).to_owned(),
        rules,
        application_profile: None,
        traffic_enabled: None,
    }
}

/// The preferred address: only the first one counts, and only if its type is `IPAddress`.
#[must_use]
pub fn static_ip(gateway: &Gateway) -> &str {
    let first = gateway.spec.addresses.first();
    let address = first.filter(|address| matches!(address.address_type.as_deref(), None | Some("IPAddress")));
    address.and_then(|address| address.value.as_deref()).unwrap_or_default()
}

/// Host names: a listener's own, else its Service's, which AKO gives out for one of the Service's
/// listeners only (for which one is random; we take the first written).
fn fqdns(cluster: &Cluster<'_>, gateway: &Gateway, matches: &Matches<'_>) -> Vec<String> {
    let mut named: BTreeMap<usize, super::listeners::Key<'_>> = BTreeMap::new();
    let mut fqdns = Vec::new();
    for listener in &gateway.spec.listeners {
        let service = matches.server(key(listener));
        let first = service.map(|service| *named.entry(service.0.order).or_insert_with(|| key(listener)));
        match (listener.hostname.as_deref().filter(|host| !host.is_empty()), service) {
            (Some(host), _) => fqdns.push(host.to_owned()),
            (None, Some((object, _))) if first == Some(key(listener)) => {
                fqdns.extend(names::auto_fqdn(&cluster.values, object.namespace(), object.name()));
            }
            _ => {}
        }
    }
    fqdns
}

/// A Service's host in its status: of its last listener (AKO: of a random one), else AKO's own.
fn status_host(cluster: &Cluster<'_>, listener: &Listener, service: &Object) -> Option<String> {
    let written = listener.hostname.clone().filter(|host| !host.is_empty());
    written.or_else(|| names::auto_fqdn(&cluster.values, service.namespace(), service.name()))
}

fn write_statuses(cluster: &Cluster<'_>, output: &mut Output, taken: &Taken<'_, '_>) {
    let Taken { gateway: (object, gateway), matches, layer4, class, .. } = *taken;
    let aftermath = match cluster.timing {
        // A starting AKO finds the conflict before it writes a status.
        Timing::AtStart => Aftermath::default(),
        Timing::AtOnce => matches.aftermath(|service| service.order),
        Timing::InOrder | Timing::Change => matches.aftermath(|service| cluster.seen(service)),
    };
    let addresses = layer4.addresses();
    let ready = match (addresses.is_empty(), aftermath.not_ready) {
        (true, _) => condition("Ready", "False", messages::INITIALIZING.reason, messages::INITIALIZING.template),
        (false, true) => condition("Ready", "False", "Ready", ""),
        (false, false) => condition("Ready", "True", "Ready", ""),
    };
    let listeners = listener_statuses(gateway, &ready);
    let mut status = waiting(listeners, addresses);
    if let (ObjectStatus::Gateway { conditions, .. }, Some(class)) = (&mut status, class)
        && cluster.seen(object) < cluster.seen(class)
    {
        // The first failure is never taken back: nothing writes `Scheduled` when all is well.
        let message = &messages::GATEWAY_CLASS_NOT_FOUND;
        *conditions = vec![scheduled("True", message.reason, &message.with(&[class.name()]))];
        output.late.push(Late { need: Need::GatewayClass, early: object.order, late: class.order });
    }
    output.objects.insert(cluster.workspace.key(object), status);
    let last: BTreeMap<usize, (&Object, &Listener)> =
        matches.served(gateway).map(|(listener, (service, _))| (service.order, (service, listener))).into_map();
    for (order, (service, listener)) in last {
        if aftermath.losers.contains(&order) {
            continue;
        }
        let host = status_host(cluster, listener, service);
        if let Some(status) = layer4.service_status(host.as_deref()) {
            output.objects.insert(cluster.workspace.key(service), status);
        }
    }
}

fn condition(condition_type: &str, status: &str, reason: &str, message: &str) -> Condition {
    let [condition_type, status, reason, message] = [condition_type, status, reason, message].map(str::to_owned);
    Condition { condition_type, status, reason, message }
}

fn scheduled(status: &str, reason: &str, message: &str) -> Condition {
    condition("Scheduled", status, reason, message)
}

/// The CRD's default condition, which a working Gateway keeps for ever.
fn waiting(listeners: Vec<ListenerStatus>, addresses: Vec<String>) -> ObjectStatus {
    let conditions =
        vec![scheduled("False", messages::WAITING_FOR_CONTROLLER.reason, messages::WAITING_FOR_CONTROLLER.template)];
    ObjectStatus::Gateway { conditions, listeners, addresses }
}

/// One status for each port: TCP/53 and UDP/53 share theirs.
fn listener_statuses(gateway: &Gateway, condition: &Condition) -> Vec<ListenerStatus> {
    let ports: BTreeSet<i64> = gateway.spec.listeners.iter().map(|listener| key(listener).1).into_set();
    ports
        .into_iter()
        .map(|port| ListenerStatus { port, conditions: vec![condition.clone()], ..ListenerStatus::default() })
        .collect()
}

/// The hop from a Gateway to its class.
#[must_use]
pub fn class_hop(object: &Object, gateway: &Gateway, class: Option<&Object>) -> Hop {
    let name = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let reason = match class {
        Some(_) => format!("the controller of `{name}` is `{AVI_CONTROLLER}`"),
        None => format!("`{name}` exists outside this project"),
    };
    hop(format!("GatewayClass/{name}"), Some(object), "spec.gatewayClassName", reason, CHECKS, HopState::Good)
}
