//! AKP331: an HTTPRoute names a port that its Service does not have.

use crate::command::Command;
use crate::model::{HttpRoute, Service};
use crate::rule;
use crate::rules::links::{is_akos_route, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds backends of HTTPRoutes whose port is none of the Service's ports.
    ///
    /// ## Why it matters
    /// AKO says `ResolvedRefs: True` all the same. A Service with one port is used whatever the number says; with
    /// several ports, and always with `serviceType: NodePortLocal`, the pool has no servers. Other controllers
    /// answer with an error (AKO 2.2.1 `ako-gateway-api/nodes/avi_model_l7_translator.go` `BuildPGPool`; seen by
    /// running AKO).
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
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
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
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: web
    ///       port: 8080
    /// ```
    pub static ROUTE_BACKEND_PORT = {
        code: "AKP331",
        name: "route-backend-port",
        severity: Warning,
        reads: [HttpRoute, GatewayV1, GatewayClassV1, Service],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

/// So many ports are offered at most.
const MOST_OFFERED: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>().filter(|(object, route)| is_akos_route(context, object, route)) {
        for (rule_at, rule) in route.spec.rules.iter().enumerate() {
            for (at, backend) in rule.backend_refs.iter().enumerate() {
                let (Some(name), Some(port), None | Some("Service")) =
                    (backend.name.as_deref(), backend.port, backend.kind.as_deref())
                else {
                    continue;
                };
                let namespace = backend.namespace.as_deref().unwrap_or(object.namespace());
                let Some((service, value)) = context.get::<Service>(namespace, name) else { continue };
                let ports = || value.spec.ports.iter().filter_map(|own| own.port);
                if ports().next().is_none() || ports().any(|own| own == port) {
                    continue;
                }
                let path = item_path("spec.rules", rule_at).key("backendRefs").index(at).key("port");
                let mut report = findings
                    .at(object, path.clone())
                    .message(format!("the Service `{namespace}/{name}` has no port {port}"))
                    .effect(
                        "AKO says `ResolvedRefs: True`; it takes the only port of a Service that has one, else it makes a pool without servers",
                    )
                    .help("name a port that the Service has")
                    .related(service.place("spec.ports"), "the ports of the Service");
                for own in ports().take(MOST_OFFERED) {
                    report = report.fix(format!("write {own}"), Command::set(&object.address, path.clone(), own));
                }
            }
        }
    }
}
