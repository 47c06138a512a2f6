//! AKP325: an HTTPRoute that no listener allows.

use crate::command::Command;
use crate::model::{GatewayV1, HttpRoute};
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds HTTPRoutes of a namespace from which no listener that they ask for takes routes:
    /// `allowedRoutes.namespaces.from` is `Same`, the default, and the namespace another; or it is
    /// `Selector`, which AKO does not evaluate.
    ///
    /// ## Why it matters
    /// AKO reports the route as accepted and counts it on the listener, and makes no virtual service for it:
    /// its hosts answer 404 (AKO 2.2.1 `ako-gateway-api/nodes/gateway_model_rel.go` `GatewayGetGw`,
    /// `parentRefGatewayMappings`; seen by running AKO).
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
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: cart
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///     namespace: shop
    ///   hostnames:
    ///   - shop.example.com
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
    ///     allowedRoutes:
    ///       namespaces:
    ///         from: All
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: cart
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///     namespace: shop
    ///   hostnames:
    ///   - shop.example.com
    /// ```
    pub static ROUTE_NOT_ALLOWED = {
        code: "AKP325",
        name: "route-not-allowed",
        severity: Warning,
        reads: [HttpRoute, GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>() {
        for (index, parent) in route.spec.parent_refs.iter().enumerate() {
            let namespace = parent.namespace.as_deref().unwrap_or(object.namespace());
            let name = parent.name.as_deref().unwrap_or_default();
            let Some((gateway, value)) = context.get::<GatewayV1>(namespace, name) else { continue };
            let asked: Vec<_> =
                value.spec.listeners.iter().enumerate().filter(|(_, own)| parent.asks_for(own)).collect();
            let takes = |from: &str| from == "All" || from == "Same" && namespace == object.namespace();
            let (Some((at, first)), false) =
                (asked.first(), asked.iter().any(|(_, listener)| takes(listener.routes_from())))
            else {
                continue;
            };
            if !is_akos_gateway_v1(context, value) {
                continue;
            }
            let from = item_path("spec.listeners", *at).key("allowedRoutes").key("namespaces").key("from");
            let why = match first.routes_from() {
                "Selector" => "and AKO does not evaluate `from: Selector`".to_owned(),
                from => format!("which stands in `{}`, with `from: {from}`", object.namespace()),
            };
            findings
                .at(object, item_path("spec.parentRefs", index))
                .message(format!("no listener of Gateway `{namespace}/{name}` takes this route, {why}"))
                .effect("AKO reports the route as accepted, and makes no virtual service for it")
                .help("put the route beside the Gateway, or allow all namespaces")
                .fix("write `from: All` into the listener", Command::set(&gateway.address, from.clone(), "All"))
                .related(gateway.place(from), "what the listener allows");
        }
    }
}
