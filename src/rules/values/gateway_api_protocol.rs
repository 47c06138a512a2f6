//! AKP218: a listener of Gateway API v1 that is not HTTP or HTTPS.

use std::collections::BTreeSet;

use crate::command::Command;
use crate::model::{GatewayV1, HttpRoute};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners of Gateways of `gateway.networking.k8s.io` whose protocol is neither `HTTP` nor
    /// `HTTPS`, where the class is AKO's or not in this project.
    ///
    /// ## Why it matters
    /// AKO refuses such a listener with `Unsupported protocol`, and a Gateway without any other listener
    /// altogether. No AKO up to 2.2.1 has layer 4 in Gateway API v1: there is no TCPRoute, UDPRoute or
    /// TLSRoute (AKO 2.2.1 `ako-gateway-api/k8s/validator.go` `isValidListener`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: dns
    ///     port: 53
    ///     protocol: UDP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ```
    pub static GATEWAY_API_PROTOCOL = {
        code: "AKP218",
        name: "gateway-api-protocol",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1, HttpRoute],
        since: "0.1.0",
        needs: GatewayApi,
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let named: BTreeSet<&str> = context
        .all::<HttpRoute>()
        .flat_map(|(_, route)| &route.spec.parent_refs)
        .filter_map(|parent| parent.section_name.as_deref())
        .into_set();
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some(protocol) = listener.protocol.as_deref() else { continue };
            if matches!(protocol, "HTTP" | "HTTPS") {
                continue;
            }
            let path = item_path("spec.listeners", index);
            // Where a route names the listener, people have to say what it should name.
            let is_named = listener.name.as_deref().is_some_and(|name| named.contains(name));
            let can_go = gateway.spec.listeners.len() > 1 && !is_named;
            let fix =
                can_go.then(|| ("take the listener away".to_owned(), Command::remove(&object.address, path.clone())));
            findings
                .at(object, path.key("protocol"))
                .message(format!("AKO's Gateway API v1 has no `{protocol}`"))
                .effect("AKO refuses the listener with `Unsupported protocol`, and opens no port for it")
                .help("for layer 4 use a Gateway of `networking.x-k8s.io/v1alpha1` or a Service of type LoadBalancer")
                .maybe_fix(fix);
        }
    }
}
