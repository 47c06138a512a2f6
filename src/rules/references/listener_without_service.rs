//! AKP313: a listener behind which no Service stands.

use std::collections::BTreeSet;

use crate::command::Command;
use crate::lower::IntOrString;
use crate::model::{Gateway, Service};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::{
    Labelled, PortKey, heeds_labels, is_akos_gateway, is_layer4, item_path, labelled_services, listener_key, port_key,
    selects_own,
};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners of Gateways behind which no Service of this project stands. Projects without any
    /// Service are left alone: the Services may be in charts elsewhere.
    ///
    /// ## Why it matters
    /// AKO opens the port on the VIP without a pool behind it and reports it `Ready`; whoever connects
    /// is turned away (AKO 2.2.1 `internal/nodes/avi_model_advl4_translator.go`).
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
    ///   - protocol: UDP
    ///     port: 161
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
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
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
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static LISTENER_WITHOUT_SERVICE = {
        code: "AKP313",
        name: "listener-without-service",
        severity: Warning,
        reads: [Gateway, GatewayClass, Service],
        since: "0.1.0",
        needs: ServicesApi,
        needs_known: Referring,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<Service>().next().is_none() {
        return;
    }
    let services = labelled_services(context);
    for (object, gateway) in context.all::<Gateway>() {
        let is_valid = gateway.spec.listeners.iter().all(|listener| selects_own(object, listener));
        if !is_valid || !is_akos_gateway(context, gateway) {
            continue;
        }
        let wanted =
            services.get(&(object.namespace(), object.name())).map_or_else(BTreeSet::new, |all| wanted(context, all));
        for (at, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some((protocol, port)) = listener_key(listener) else { continue };
            if !is_layer4(protocol) || wanted.contains(&(protocol, port)) {
                continue;
            }
            let path = item_path("spec.listeners", at);
            let only = gateway.spec.listeners.len() == 1;
            let remove =
                (!only).then(|| ("remove the listener".to_owned(), Command::remove(&object.address, path.clone())));
            findings
                .at(object, path.key("port"))
                .message(format!("no Service of this project stands behind the listener {protocol}/{port}"))
                .effect("AKO opens the port without a pool and reports it `Ready`; connections are turned away")
                .help("put a Service behind it with the two gateway labels, or remove the listener")
                .maybe_fix(remove);
        }
    }
}

/// Ports that Services of the Gateway have, or most likely mean: what a finding at the Service says
/// already is not said again here.
fn wanted<'a>(context: &Context<'_>, services: &[Labelled<'a>]) -> BTreeSet<PortKey<'a>> {
    let ports = services.iter().flat_map(|(_, service)| &service.spec.ports);
    let own: BTreeSet<PortKey<'a>> = ports.filter_map(port_key).into_set();
    let heeded = services.iter().filter(|(_, service)| heeds_labels(context, service));
    let targets = heeded.flat_map(|(_, service)| &service.spec.ports).filter_map(|port| match port.target_port {
        Some(IntOrString::Int(target)) => Some((port_key(port)?.0, target)),
        _ => None,
    });
    own.iter().copied().chain(targets).into_set()
}
