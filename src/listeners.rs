//! Listeners of a Gateway: which Service serves each, what keeps one from being served, its labels.
//!
//! AKO matches the text `<protocol>/<port>` of a labelled Service's port (not its `targetPort`) with
//! that of a listener, and serves a listener that exactly one Service has (AKO 2.2.1
//! `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`;
//! `internal/nodes/avi_model_advl4_translator.go`).

use std::collections::BTreeMap;

use crate::canonical::gateway_labels;
use crate::command::Command;
use crate::edit::Value;
use crate::model::service::ServicePort;
use crate::model::services_api::Listener;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, Service};
use crate::syntax::FieldPath;
use crate::workspace::{Address, Object, Workspace};

/// The protocols that a Service can have, and so the only ones that a listener is served for.
pub const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// The Services that are labelled for Gateways, by the Gateway's `namespace/name`.
#[derive(Debug)]
pub struct Labelled<'a>(BTreeMap<String, Vec<(&'a Object, &'a Service)>>);

/// A Service to name and to link to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRef {
    /// Where it stands.
    pub address: Address,
    /// `namespace/name`.
    pub name: String,
}

/// A listener with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerRow {
    /// The field, as in `spec.listeners[0]`.
    pub path: String,
    /// `UDP/161`; a part that is missing is a question mark.
    pub name: String,
    /// The Services that have its protocol and port.
    pub services: Vec<ServiceRef>,
    /// What becomes of it.
    pub state: ListenerState,
}

/// What becomes of a listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenerState {
    /// Exactly one Service serves it.
    Served,
    /// No Service has its protocol and port: the port is open and nothing answers.
    Unserved,
    /// Several Services have them: AKO serves none.
    Contested,
    /// No Service can ever match: why, in a sentence.
    Unmatchable(String),
    /// Its labels do not name the Gateway: AKO refuses the whole Gateway.
    WrongLabels,
}

/// A port of a labelled Service that no listener has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayPort {
    /// The Service.
    pub service: ServiceRef,
    /// Protocol.
    pub protocol: String,
    /// Port.
    pub port: i64,
}

impl<'a> Labelled<'a> {
    /// Indexes a workspace's Services; those of type LoadBalancer are never attached to a Gateway.
    #[must_use]
    pub fn of(workspace: &'a Workspace) -> Self {
        let mut by_gateway: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (object, service) in workspace.all::<Service>() {
            let labels = (object.label(GATEWAY_NAMESPACE_LABEL), object.label(GATEWAY_NAME_LABEL));
            if let ((Some(namespace), Some(name)), false) = (labels, is_load_balancer(service)) {
                by_gateway.entry(format!("{namespace}/{name}")).or_default().push((object, service));
            }
        }
        Self(by_gateway)
    }

    /// The Services that are labelled for a Gateway, in order.
    #[must_use]
    pub fn on(&self, gateway: &Object) -> &[(&'a Object, &'a Service)] {
        self.0.get(&format!("{}/{}", gateway.namespace(), gateway.name())).map_or(&[], Vec::as_slice)
    }

    /// The listeners of a Gateway, in order.
    #[must_use]
    pub fn rows(&self, object: &Object, gateway: &Gateway) -> Vec<ListenerRow> {
        let listeners = &gateway.spec.listeners;
        let row = |(at, listener): (usize, &Listener)| {
            let services = self.serving(object, listener);
            let earlier = listeners[..at].iter().position(|other| key(other) == key(listener));
            let state = state(object, listener, services.len(), earlier);
            ListenerRow { path: format!("spec.listeners[{at}]"), name: name(listener), services, state }
        };
        listeners.iter().enumerate().map(row).collect()
    }

    /// The ports of a Gateway's Services that none of its listeners has, in order.
    #[must_use]
    pub fn strays(&self, object: &Object, gateway: &Gateway) -> Vec<StrayPort> {
        let listens = |port: &ServicePort| gateway.spec.listeners.iter().any(|listener| matches(listener, port));
        let services = self.on(object).iter();
        services
            .flat_map(|(service, value)| value.spec.ports.iter().map(move |port| (service, port)))
            .filter(|(_, port)| !listens(port))
            .filter_map(|(service, port)| {
                Some(StrayPort { service: service_ref(service), protocol: protocol(port).to_owned(), port: port.port? })
            })
            .collect()
    }

    fn serving(&self, gateway: &Object, listener: &Listener) -> Vec<ServiceRef> {
        let has = |service: &Service| service.spec.ports.iter().any(|port| matches(listener, port));
        self.on(gateway).iter().filter(|(_, service)| has(service)).map(|(object, _)| service_ref(object)).collect()
    }
}

/// The labels that a listener of a Gateway must select, as a command; nothing where they are right.
#[must_use]
pub fn label_command(object: &Object, index: usize, namespace: &str, name: &str) -> Command {
    let path = FieldPath::from("spec.listeners").index(index).key("routes").key("selector").key("matchLabels");
    let wanted = gateway_labels(namespace, name);
    let differs = |key: &str, value: &str| object.text(path.key(key)) != Some(value);
    let commands = wanted.iter().filter(|(key, value)| differs(key, value));
    Command::Batch(
        commands
            .map(|(key, value)| Command::set(&object.address, path.key(key), Value::from(value.as_str())))
            .collect(),
    )
}

/// Gives every listener the labels of its Gateway.
#[must_use]
pub fn label_all(object: &Object, gateway: &Gateway) -> Command {
    let indexes = 0..gateway.spec.listeners.len();
    Command::Batch(indexes.map(|index| label_command(object, index, object.namespace(), object.name())).collect())
}

fn state(gateway: &Object, listener: &Listener, services: usize, earlier: Option<usize>) -> ListenerState {
    if !has_labels(gateway, listener) {
        return ListenerState::WrongLabels;
    }
    if let Some(reason) = unmatchable(listener) {
        return ListenerState::Unmatchable(reason);
    }
    if let Some(earlier) = earlier {
        return ListenerState::Unmatchable(format!("The same protocol and port as listener {}.", earlier + 1));
    }
    match services {
        0 => ListenerState::Unserved,
        1 => ListenerState::Served,
        _ => ListenerState::Contested,
    }
}

fn has_labels(gateway: &Object, listener: &Listener) -> bool {
    let selector = listener.routes.as_ref().and_then(|routes| routes.selector.as_ref());
    let labels = selector.map(|selector| &selector.match_labels);
    let wanted = gateway_labels(gateway.namespace(), gateway.name());
    labels.is_some_and(|labels| wanted.iter().all(|(key, value)| labels.get(key) == Some(value)))
}

fn unmatchable(listener: &Listener) -> Option<String> {
    match (listener.protocol.as_deref(), listener.port) {
        (_, None) => Some("No port is given.".to_owned()),
        (None, _) => Some("No protocol is given.".to_owned()),
        (Some(protocol), Some(_)) if !PROTOCOLS.contains(&protocol) => {
            Some(format!("No Service has the protocol `{protocol}`: AKO compares letter by letter."))
        }
        _ => None,
    }
}

fn key(listener: &Listener) -> (Option<&str>, Option<i64>) {
    (listener.protocol.as_deref(), listener.port)
}

fn name(listener: &Listener) -> String {
    let port = listener.port.map_or_else(|| "?".to_owned(), |port| port.to_string());
    format!("{}/{port}", listener.protocol.as_deref().unwrap_or("?"))
}

fn matches(listener: &Listener, port: &ServicePort) -> bool {
    port.port.is_some() && key(listener) == (Some(protocol(port)), port.port)
}

fn protocol(port: &ServicePort) -> &str {
    port.protocol.as_deref().unwrap_or("TCP")
}

fn is_load_balancer(service: &Service) -> bool {
    service.spec.service_type.as_deref() == Some("LoadBalancer")
}

fn service_ref(object: &Object) -> ServiceRef {
    ServiceRef { address: object.address.clone(), name: format!("{}/{}", object.namespace(), object.name()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    const GATEWAY: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: class
  listeners:
";

    fn listener(protocol: &str, port: i64, name: &str) -> String {
        format!(
            "  - protocol: {protocol}\n    port: {port}\n    routes:\n      kind: Service\n      selector:\n        \
             matchLabels:\n          ako.vmware.com/gateway-name: {name}\n          ako.vmware.com/gateway-namespace: red\n"
        )
    }

    fn service(name: &str, rest: &str) -> String {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: blue\n  labels:\n    \
             ako.vmware.com/gateway-name: gw\n    ako.vmware.com/gateway-namespace: red\nspec:\n  {rest}\n"
        )
    }

    fn workspace(text: &str) -> Workspace {
        Workspace::new(&[SourceFile::new("a.yaml", text)])
    }

    fn states(workspace: &Workspace) -> Vec<String> {
        let (object, gateway) = workspace.get::<Gateway>("red", "gw").unwrap();
        let rows = Labelled::of(workspace).rows(object, gateway);
        let services = |row: &ListenerRow| row.services.iter().map(|service| service.name.clone()).collect::<Vec<_>>();
        rows.iter()
            .map(|row| format!("{} {:?} {}", row.name, row.state, services(row).join(",")).trim().to_owned())
            .collect()
    }

    #[test]
    fn a_listener_is_served_by_exactly_one_service() {
        let text = [
            GATEWAY.to_owned(),
            listener("UDP", 161, "gw"),
            listener("TCP", 80, "gw"),
            listener("TCP", 443, "gw"),
            service("snmp", "ports: [{port: 161, protocol: UDP}]"),
            service("a", "ports: [{port: 80}]"),
            service("b", "ports: [{port: 80}, {port: 8443, targetPort: 443}]"),
            service("lb", "{type: LoadBalancer, ports: [{port: 443}]}").replace("spec:\n  {", "spec: {"),
        ];
        let workspace = workspace(&text.concat());
        assert_eq!(
            states(&workspace),
            ["UDP/161 Served blue/snmp", "TCP/80 Contested blue/a,blue/b", "TCP/443 Unserved"]
        );
        let (object, gateway) = workspace.get::<Gateway>("red", "gw").unwrap();
        let strays = Labelled::of(&workspace).strays(object, gateway);
        assert_eq!(strays.len(), 1);
        assert_eq!((strays[0].service.name.as_str(), strays[0].port), ("blue/b", 8443));
    }

    #[test]
    fn what_can_never_match_is_told_apart() {
        let text = [
            GATEWAY.to_owned(),
            listener("tcp", 80, "gw"),
            listener("TCP", 443, "gw"),
            listener("TCP", 443, "gw"),
            listener("UDP", 53, "other"),
        ];
        let states = states(&workspace(&text.concat()));
        assert!(states[0].contains("No Service has the protocol `tcp`"), "{states:?}");
        assert_eq!(states[1], "TCP/443 Unserved");
        assert!(states[2].contains("The same protocol and port as listener 2."), "{states:?}");
        assert_eq!(states[3], "UDP/53 WrongLabels");
    }

    #[test]
    fn labels_are_mended_where_they_differ() {
        let text =
            [GATEWAY.to_owned(), listener("TCP", 80, "gw"), listener("UDP", 53, "other"), "  - port: 5\n".to_owned()];
        let before = workspace(&text.concat());
        let (object, gateway) = before.get::<Gateway>("red", "gw").unwrap();
        let after = label_all(object, gateway).apply(&before).unwrap();
        assert!(states(&after).iter().all(|state| !state.contains("WrongLabels")));
        assert_eq!(after.file("a.yaml").unwrap().source.text.matches("gateway-name: gw").count(), 3);
    }
}
