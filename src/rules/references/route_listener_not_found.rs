//! AKP323: an HTTPRoute that asks for a listener that is not there.

use crate::diagnostic::Severity;
use crate::model::{GatewayV1, HttpRoute};
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds HTTPRoutes whose `sectionName` no listener of the Gateway has, and whose `port` none has; the
    /// latter is a warning.
    ///
    /// ## Why it matters
    /// AKO refuses the route for this parent: `Invalid listener name provided`. A `port` that no listener has
    /// it accepts, and serves nothing (AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go`
    /// `validateParentReference`, `gateway_model_rel.go` `parentRefGatewayMappings`).
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///     sectionName: htpp
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: web
    ///       port: 80
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
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///     sectionName: http
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: web
    ///       port: 80
    /// ```
    pub static ROUTE_LISTENER_NOT_FOUND = {
        code: "AKP323",
        name: "route-listener-not-found",
        severity: Error,
        reads: [HttpRoute, GatewayV1],
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
            let listeners = &value.spec.listeners;
            let path = item_path("spec.parentRefs", index);
            let names = || listeners.iter().filter_map(|listener| listener.name.as_deref());
            if let Some(section) = parent.section_name.as_deref().filter(|section| names().all(|name| name != *section))
            {
                let mut suggest = Suggest::new(names());
                findings
                    .at(object, path.key("sectionName"))
                    .message(format!(
                        "Gateway `{name}` has no listener `{section}`{}",
                        did_you_mean(suggest.get(section))
                    ))
                    .effect("AKO refuses the route: `Invalid listener name provided`")
                    .help("name one of the Gateway's listeners, or none to use them all")
                    .maybe_fix(suggest.fix(object, path.key("sectionName"), section))
                    .related(gateway.place("spec.listeners"), "its listeners");
            } else if let Some(port) = parent.port
                && listeners.iter().all(|listener| listener.port != Some(port))
            {
                findings
                    .at(object, path.key("port"))
                    .message(format!("Gateway `{name}` has no listener on port {port}"))
                    .severity(Severity::Warning)
                    .effect("AKO accepts the route, and makes nothing for it")
                    .help("name the port of one of the Gateway's listeners, or none")
                    .related(gateway.place("spec.listeners"), "its listeners");
            }
        }
    }
}
