//! Exposing a Service on a segment: the ways there are, what speaks against each, and the change itself.
//!
//! What AKO can do by version is in the reasons; the sources are AKO's changelogs and code as named
//! beside each check in `expose/options.rs`.

mod apply;
mod listeners;
mod options;
mod shared;
mod snippet;

use std::collections::BTreeMap;

pub use apply::apply;
pub(crate) use apply::mark;
pub use listeners::{Listener, Pasted, add_listener, add_listeners, new_gateway, parse_listeners};
pub use options::options;
pub(crate) use options::verdict;
pub(crate) use snippet::Marks;
pub use snippet::snippet;

use crate::canonical::free_name;
use crate::lower::IntOrString;
use crate::model::service::ServicePort;
use crate::model::{AVI_CONTROLLER, Gateway, GatewayClass, IngressClass, Service};
use crate::segment::{of_gateway_class, of_ingress_class, short_name};
use crate::workspace::{Object, Workspace};

/// What is wanted: a Service, existing or new, on a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Namespace of the Service.
    pub namespace: String,
    /// Name of the Service; where there is none of that name, it is made.
    pub service: String,
    /// Name of the AviInfraSetting; empty: no segment, AKO's global network.
    pub setting: String,
    /// The ports that are to be reached; empty: all that an existing Service has.
    pub ports: Vec<Port>,
    /// Labels of a new Service's pods.
    pub selector: BTreeMap<String, String>,
    /// The address is to be shared with other Services.
    pub shares_address: bool,
    /// Host of an Ingress.
    pub host: String,
    /// Path of an Ingress; empty: `/`.
    pub path: String,
}

/// A port that is to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: String,
    /// The port that clients use.
    pub port: i64,
    /// The port of the pods; `None`: the same.
    pub target: Option<IntOrString>,
}

impl std::fmt::Display for Port {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.protocol, self.port)
    }
}

/// A way for a Service to reach its segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Labels that name a Gateway of the services API; it is made where it is not there.
    Gateway {
        /// Namespace of the Gateway.
        namespace: String,
        /// Name of the Gateway.
        name: String,
    },
    /// Type LoadBalancer with the annotation that names the setting: an address of its own.
    LoadBalancer,
    /// The same, on one address with the other Services of the key.
    SharedVip {
        /// The annotation's value.
        key: String,
    },
    /// An Ingress of the segment's class.
    Ingress,
}

/// A way with the verdict on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The way.
    pub way: Way,
    /// Whether it can do what is wanted.
    pub possible: bool,
    /// What it does, or why it cannot, in sentences with names in backticks.
    pub reason: String,
}

/// A host for an Ingress to begin with: the Service's name in the cloud's first DNS sub-domain.
#[must_use]
pub fn default_host(workspace: &Workspace, service: &str) -> String {
    let avi = workspace.settings().spec.avi.as_ref();
    let domain = avi.and_then(|avi| avi.sub_domains.first());
    domain.map_or_else(String::new, |domain| format!("{service}.{}", domain.trim_start_matches('.')))
}

/// A name for a new Gateway of a segment.
#[must_use]
pub fn default_gateway(workspace: &Workspace, namespace: &str, setting: &str) -> String {
    let wanted =
        if setting.is_empty() { "gateway".to_owned() } else { format!("{}-gateway", short_name(workspace, setting)) };
    free_name::<Gateway>(workspace, namespace, &wanted)
}

/// The wished Service, if it is there.
fn existing<'a>(workspace: &'a Workspace, wish: &Wish) -> Option<(&'a Object, &'a Service)> {
    workspace.get::<Service>(&wish.namespace, &wish.service)
}

/// The ports that are wanted.
fn ports(workspace: &Workspace, wish: &Wish) -> Vec<Port> {
    if !wish.ports.is_empty() {
        return wish.ports.clone();
    }
    let service = existing(workspace, wish).map(|(_, service)| service);
    service.map(|service| service.spec.ports.iter().filter_map(port).collect()).unwrap_or_default()
}

/// A port of a Service; `None` while it has no number.
pub(crate) fn port(port: &ServicePort) -> Option<Port> {
    let protocol = port.protocol.clone().unwrap_or_else(|| "TCP".to_owned());
    Some(Port { protocol, port: port.port?, target: port.target_port.clone() })
}

/// The first of AKO's GatewayClasses that lead to a setting.
fn gateway_class<'a>(workspace: &'a Workspace, setting: &str) -> Option<&'a str> {
    let mut classes = workspace.all::<GatewayClass>().filter(|(_, class)| leads_to(class, setting));
    classes.next().map(|(object, _)| object.name())
}

/// Whether a GatewayClass is AKO's and leads to a setting; empty: to none.
pub(crate) fn leads_to(class: &GatewayClass, setting: &str) -> bool {
    class.spec.controller.as_deref() == Some(AVI_CONTROLLER) && of_gateway_class(class).unwrap_or_default() == setting
}

/// The first of AKO's IngressClasses that lead to a setting.
fn ingress_class<'a>(workspace: &'a Workspace, setting: &str) -> Option<&'a str> {
    let mut classes = workspace.all::<IngressClass>().filter(|(_, class)| {
        class.spec.controller.as_deref() == Some(AVI_CONTROLLER)
            && of_ingress_class(class).unwrap_or_default() == setting
    });
    classes.next().map(|(object, _)| object.name())
}

/// The Gateways of a setting, in order.
fn gateways<'a>(
    workspace: &'a Workspace,
    setting: &'a str,
) -> impl Iterator<Item = (&'a Object, &'a Gateway)> + use<'a> {
    workspace.all::<Gateway>().filter(move |(_, gateway)| {
        let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
        workspace.get::<GatewayClass>("", class).is_some_and(|(_, class)| leads_to(class, setting))
    })
}

/// Whether AKO takes pods by node port, so that its Services must be of type `NodePort`.
fn by_node_port(workspace: &Workspace) -> bool {
    let mode = workspace.values().and_then(|(_, values)| values.l7_settings.service_type.as_deref());
    mode == Some("NodePort")
}

/// The type of a Service that has no load balancer of its own.
fn inner_type(workspace: &Workspace) -> &'static str {
    if by_node_port(workspace) { "NodePort" } else { "ClusterIP" }
}

/// Whether AKO takes LoadBalancer Services only if they name its class.
pub(crate) fn must_name_class(workspace: &Workspace) -> bool {
    let values = workspace.values().and_then(|(_, values)| values.l4_settings.default_lb_controller);
    values.is_some_and(|default| !default.0)
}

#[cfg(test)]
mod tests;
