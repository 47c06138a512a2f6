//! AKP312: a Service port that no listener of its Gateway has.

use std::collections::{BTreeMap, BTreeSet};

use crate::ako::moment::Need;
use crate::ako::{ObjectStatus, messages};
use crate::canonical::gateway_labels;
use crate::command::Command;
use crate::diagnostic::{Fix, Severity};
use crate::lower::IntOrString;
use crate::model::service::ServicePort;
use crate::model::{Gateway, Service};
use crate::rule;
use crate::rules::links::{
    PortKey, gateway_of, heeds_labels, is_akos_gateway, is_layer4, item_path, labelled_services, listener_ports,
    port_key,
};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds ports of a labelled Service that no listener of its Gateway has, with the same protocol. If
    /// other ports of the Service are served, it is a warning.
    ///
    /// ## Why it matters
    /// AKO compares the listener with the Service's `port`, never with its `targetPort`. Without a match
    /// it makes no pool; the Gateway still gets its address and reports the listener `Ready`, the
    /// Service gets no status, and there is no event and no log line (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`;
    /// `internal/nodes/avi_model_advl4_translator.go`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-statefulset-service-oam
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: nginx
    ///   ports:
    ///   - port: 8443
    ///     targetPort: 443
    ///     protocol: TCP
    ///   type: ClusterIP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-statefulset-service-oam
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: nginx
    ///   ports:
    ///   - port: 443
    ///     targetPort: 443
    ///     protocol: TCP
    ///   type: ClusterIP
    /// ```
    ///
    /// ## What remains
    /// When a listener is added for the port, the listener that was meant first is left without a
    /// Service: `AKP313`.
    pub static SERVICE_PORT_WITHOUT_LISTENER = {
        code: "AKP312",
        name: "service-port-without-listener",
        severity: Error,
        reads: [Service, Gateway, GatewayClass],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut sides: BTreeMap<_, Option<Side<'_>>> = BTreeMap::new();
    let mut labelled = None;
    for (object, service) in context.all::<Service>().filter(|(_, service)| heeds_labels(context, service)) {
        let Some(key) = gateway_of(object) else { continue };
        let side = sides.entry(key).or_insert_with(|| {
            let (gateway, value) = context.get::<Gateway>(key.0, key.1)?;
            let services = labelled.get_or_insert_with(|| labelled_services(context)).get(&key)?;
            is_akos_gateway(context, value).then(|| Side::new(context, gateway, value, services))
        });
        let Some(side) = side else { continue };
        let ports = || service.spec.ports.iter().enumerate();
        let has_listener = |port: &ServicePort| port_key(port).is_none_or(|key| side.listeners.contains(&key));
        let any_served = ports().any(|(_, port)| has_listener(port));
        for (at, port) in ports().filter(|(_, port)| !has_listener(port)) {
            let Some((protocol, number)) = port_key(port) else { continue };
            // `tcp` is AKP211's: its fix makes the two equal.
            if side.listeners.iter().any(|(other, at)| *at == number && other.eq_ignore_ascii_case(protocol)) {
                continue;
            }
            let path = item_path("spec.ports", at).key("port");
            let severity = if any_served { Severity::Warning } else { Severity::Error };
            let other = side.other_protocol(number);
            let but = other.map_or_else(String::new, |other| format!(", but one for {other}/{number}"));
            let effect = if side.is_refused {
                "AKO makes no pool for this port; it refuses the Gateway too, for another reason"
            } else {
                "AKO makes no pool for this port; the Gateway's listeners say `Ready`, and the Service gets no status from it"
            };
            let mut report = findings
                .at(object, path.clone())
                .severity(severity)
                .message(format!("the Gateway `{}` has no listener {protocol}/{number}{but}", side.gateway.name()))
                .effect(effect)
                .help("make the Service's port and protocol those of a listener, or add a listener for it")
                .related(side.gateway.place("spec.listeners"), "the listeners of its Gateway");
            if let Some(other) = other {
                let field = item_path("spec.ports", at).key("protocol");
                let command = Command::set(&object.address, field, other);
                report =
                    report.fix(format!("set the Service port's protocol to {other}, that of the listener"), command);
            }
            side.fixes(object, port, &path.to_string())
                .into_iter()
                .fold(report, |report, fix| report.fix(fix.title, fix.command));
        }
    }
}

/// A Gateway with what its listeners and Services have.
struct Side<'a> {
    gateway: &'a Object,
    value: &'a Gateway,
    listeners: BTreeSet<PortKey<'a>>,
    served: BTreeSet<PortKey<'a>>,
    /// AKO refuses the whole Gateway, whatever its ports.
    is_refused: bool,
}

impl<'a> Side<'a> {
    fn new(
        context: &Context<'_>,
        gateway: &'a Object,
        value: &'a Gateway,
        services: &[(&'a Object, &'a Service)],
    ) -> Self {
        let attached = services.iter().filter(|(_, service)| heeds_labels(context, service));
        let served = attached.flat_map(|(_, service)| &service.spec.ports).filter_map(port_key).collect();
        let is_refused = is_refused(context, gateway);
        Self { gateway, value, listeners: listener_ports(value).collect(), served, is_refused }
    }

    /// The protocol of a listener of this port that no Service is behind.
    fn other_protocol(&self, number: i64) -> Option<&'a str> {
        let mut free = self.listeners.difference(&self.served);
        free.find(|(protocol, port)| *port == number && is_layer4(protocol)).map(|(protocol, _)| *protocol)
    }

    fn fixes(&self, service: &Object, port: &ServicePort, path: &str) -> Vec<Fix> {
        let mut fixes = Vec::new();
        let Some((protocol, number)) = port_key(port) else { return fixes };
        if let Some(IntOrString::Int(target)) = port.target_port {
            let meant = (protocol, target);
            if self.listeners.contains(&meant) && !self.served.contains(&meant) {
                let command = Command::set(&service.address, path, target);
                let title = format!("set the Service's port to {target}, the listener that equals its `targetPort`");
                fixes.push(Fix { title, safe: false, command });
            }
        }
        let mut routes = serde_json::Map::new();
        let first = self.value.spec.listeners.first().and_then(|listener| listener.routes.as_ref());
        if let Some(group) = first.and_then(|routes| routes.group.as_deref()) {
            routes.insert("group".to_owned(), group.into());
        }
        let kind = first.and_then(|routes| routes.kind.as_deref()).unwrap_or("Service");
        routes.insert("kind".to_owned(), kind.into());
        let labels = gateway_labels(self.gateway.namespace(), self.gateway.name());
        routes.insert("selector".to_owned(), serde_json::json!({ "matchLabels": labels }));
        let listener = serde_json::json!({ "protocol": protocol, "port": number, "routes": routes });
        let index = self.value.spec.listeners.len();
        let command = Command::insert(&self.gateway.address, "spec.listeners", index, listener);
        fixes.push(Fix { title: format!("add a listener {protocol}/{number} to the Gateway"), safe: false, command });
        fixes
    }
}

/// Whether AKO refuses a Gateway as a whole; none of its listeners is then `Ready`. One that came before its class
/// works, and only keeps the reason `InvalidGatewayClass`.
fn is_refused(context: &Context<'_>, gateway: &Object) -> bool {
    let prediction = context.prediction();
    let Some(ObjectStatus::Gateway { conditions, .. }) = prediction.objects.get(&context.key(gateway)) else {
        return false;
    };
    let refusals =
        [&messages::INCORRECT_MATCH_LABELS, &messages::GATEWAY_CLASS_NOT_FOUND, &messages::UNIDENTIFIED_CONTROLLER];
    let is_late = || prediction.late.iter().any(|it| it.need == Need::GatewayClass && it.early == gateway.order);
    conditions.iter().any(|condition| refusals.iter().any(|it| it.reason == condition.reason)) && !is_late()
}
