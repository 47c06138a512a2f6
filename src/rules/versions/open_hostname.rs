//! AKP707: hostnames of Gateway API v1 that are left open, with an AKO before 1.13.1.

use crate::ako::versions::{Capability, since};
use crate::model::{GatewayV1, HttpRoute};
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners of AKO's Gateways of Gateway API v1 without a hostname or with `*` alone, and
    /// wildcards in `hostnames` of HTTPRoutes, where `spec.akoVersion` in `akoplan.yaml` is older than 1.13.1.
    ///
    /// ## Why it matters
    /// AKO 1.11 and 1.12 refuse such a listener ("Hostname not found or Hostname has invalid configuration")
    /// and with it the whole Gateway; a route with a wildcard they leave out with an event alone (AKO 1.12.3
    /// `ako-gateway-api/k8s/validator.go`, `isValidListener` and `IsHTTPRouteValid`; read in the source). Since
    /// 1.13.1 AKO takes both.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.12.3
    /// ---
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
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.12.3
    /// ---
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
    pub static OPEN_HOSTNAME = {
        code: "AKP707",
        name: "open-hostname",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1, HttpRoute],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(version) = context.too_old_for(Capability::OpenHostnames) else { return };
    let newer = since(Capability::OpenHostnames);
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            if !matches!(listener.hostname.as_deref(), None | Some("*")) {
                continue;
            }
            findings
                .at(object, item_path("spec.listeners", index).key("hostname"))
                .message(format!("AKO {version} wants a hostname on each listener"))
                .effect("AKO refuses the listener, and with it the whole Gateway")
                .help(format!("write a hostname, or use AKO {newer} or later"));
        }
    }
    for (object, route) in context.all::<HttpRoute>() {
        for (index, host) in route.spec.hostnames.iter().enumerate().filter(|(_, host)| host.contains('*')) {
            findings
                .at(object, item_path("spec.hostnames", index))
                .message(format!("AKO {version} takes no wildcard in a route: `{host}`"))
                .effect("AKO leaves out the whole route, with an event and without a status")
                .help(format!("name the hosts one by one, or use AKO {newer} or later"));
        }
    }
}
