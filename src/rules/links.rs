//! Lookups that several rules share: which Services hang on which Gateway, and by which port.

use std::collections::BTreeMap;

use super::Context;
use crate::ako::versions::Capability;
use crate::command::Command;
use crate::model::service::ServicePort;
use crate::model::services_api::Listener;
use crate::model::{
    AVI_CONTROLLER, CHART_INGRESS_CLASS, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass,
    GatewayClassV1, GatewayV1, HttpRoute, Ingress, IngressClass, Service,
};
use crate::syntax::{FieldPath, NodeId, Tree};
use crate::workspace::Object;

/// Marks a default IngressClass.
const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

/// Namespace and name.
pub type Key<'a> = (&'a str, &'a str);
/// What AKO compares between a listener and a Service port: protocol and port, as written.
pub type PortKey<'a> = (&'a str, i64);

/// Path of a label.
pub fn label_path(key: &str) -> FieldPath {
    FieldPath::from("metadata.labels").key(key)
}

/// Path of an annotation.
pub fn annotation_path(key: &str) -> FieldPath {
    FieldPath::from("metadata.annotations").key(key)
}

/// Path of an item of a list, as in `spec.listeners[2]`.
pub fn item_path(list: &str, index: usize) -> FieldPath {
    FieldPath::from(list).index(index)
}

/// Takes a field or item away, with the parents that would be left empty; none of the path's first `kept` steps goes.
pub fn remove_whole(object: &Object, path: impl Into<FieldPath>, kept: usize) -> Command {
    let mut path = path.into();
    while let Some((parent, _)) = path.split_last().filter(|(parent, _)| parent.steps().len() > kept) {
        let count = |(tree, node): (&Tree, NodeId)| tree.entries(node).len() + tree.items(node).len();
        if object.find(&parent).map(count) != Some(1) {
            break;
        }
        path = parent;
    }
    Command::remove(&object.address, path)
}

/// The Gateway that a Service's labels name; AKO wants both.
pub fn gateway_of(service: &Object) -> Option<Key<'_>> {
    Some((service.label(GATEWAY_NAMESPACE_LABEL)?, service.label(GATEWAY_NAME_LABEL)?))
}

/// Whether AKO looks at the Service's gateway labels: type LoadBalancer has a virtual service of its own,
/// since 1.6.4.
pub fn heeds_labels(context: &Context<'_>, service: &Service) -> bool {
    !is_load_balancer(service) || !context.has(Capability::LoadBalancerBesideGateways)
}

/// Whether the Service is of type LoadBalancer.
pub fn is_load_balancer(service: &Service) -> bool {
    service.spec.service_type.as_deref() == Some("LoadBalancer")
}

/// A Service port's protocol and port; the API server fills in TCP.
pub fn port_key(port: &ServicePort) -> Option<PortKey<'_>> {
    Some((port.protocol.as_deref().unwrap_or("TCP"), port.port?))
}

/// A listener's protocol and port.
pub fn listener_key(listener: &Listener) -> Option<PortKey<'_>> {
    Some((listener.protocol.as_deref()?, listener.port?))
}

/// Whether AKO takes a Gateway: its class is AKO's, or not known here.
pub fn is_akos_gateway(context: &Context<'_>, gateway: &Gateway) -> bool {
    let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let class = context.get::<GatewayClass>("", class);
    class.is_none_or(|(_, class)| class.spec.controller.as_deref() == Some(AVI_CONTROLLER))
}

/// Whether AKO takes a Gateway of Gateway API v1: its class is AKO's, or not known here.
pub fn is_akos_gateway_v1(context: &Context<'_>, gateway: &GatewayV1) -> bool {
    let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let class = context.get::<GatewayClassV1>("", class);
    class.is_none_or(|(_, class)| class.spec.controller_name.as_deref() == Some(AVI_CONTROLLER))
}

/// Whether AKO takes an HTTPRoute on one of its Gateways, or may do so on one that is not known here.
pub fn is_akos_route(context: &Context<'_>, object: &Object, route: &HttpRoute) -> bool {
    route.spec.parent_refs.iter().any(|parent| {
        let namespace = parent.namespace.as_deref().unwrap_or(object.namespace());
        let gateway = context.get::<GatewayV1>(namespace, parent.name.as_deref().unwrap_or_default());
        gateway.is_none_or(|(_, gateway)| is_akos_gateway_v1(context, gateway))
    })
}

/// Whether a Service port can ever have this protocol.
pub fn is_layer4(protocol: &str) -> bool {
    matches!(protocol, "TCP" | "UDP" | "SCTP")
}

/// Whether a listener's selector names the Gateway that it belongs to, as AKO wants of every one.
pub fn selects_own(gateway: &Object, listener: &Listener) -> bool {
    let labels = listener.routes.as_ref().and_then(|routes| routes.selector.as_ref());
    let value = |key| labels.and_then(|labels| labels.match_labels.get(key)).map(String::as_str);
    value(GATEWAY_NAME_LABEL) == Some(gateway.name()) && value(GATEWAY_NAMESPACE_LABEL) == Some(gateway.namespace())
}

/// A labelled Service.
pub type Labelled<'a> = (&'a Object, &'a Service);

/// Services by the Gateway that their labels name, whatever their type.
pub fn labelled_services<'a>(context: &Context<'a>) -> BTreeMap<Key<'a>, Vec<Labelled<'a>>> {
    let mut by_gateway: BTreeMap<Key<'a>, Vec<Labelled<'a>>> = BTreeMap::new();
    for (object, service) in context.all::<Service>() {
        if let Some(gateway) = gateway_of(object) {
            by_gateway.entry(gateway).or_default().push((object, service));
        }
    }
    by_gateway
}

/// The ports of a Gateway's listeners.
pub fn listener_ports(gateway: &Gateway) -> impl Iterator<Item = PortKey<'_>> {
    gateway.spec.listeners.iter().filter_map(listener_key)
}

/// Which Ingresses AKO takes, by their class.
pub struct AkosClasses<'a> {
    /// Whether each class of this project is AKO's.
    known: BTreeMap<&'a str, bool>,
    /// Whether AKO takes an Ingress that names no class.
    takes_unnamed: bool,
}

impl<'a> AkosClasses<'a> {
    /// Of this project, with the class of AKO's chart.
    pub fn new(context: &Context<'a>) -> Self {
        let mut known = BTreeMap::from([(CHART_INGRESS_CLASS, true)]);
        let mut takes_unnamed = true;
        for (object, class) in context.all::<IngressClass>() {
            let is_akos = class.spec.controller.as_deref() == Some(AVI_CONTROLLER);
            known.insert(object.name(), is_akos);
            takes_unnamed &= is_akos || object.annotation(DEFAULT_CLASS_ANNOTATION) != Some("true");
        }
        Self { known, takes_unnamed }
    }

    /// Whether AKO takes an Ingress.
    pub fn takes(&self, ingress: &Ingress) -> bool {
        match ingress.spec.ingress_class_name.as_deref() {
            Some(name) => self.known.get(name).copied().unwrap_or(false),
            None => self.takes_unnamed,
        }
    }
}
