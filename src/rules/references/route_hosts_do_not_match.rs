//! AKP324: an HTTPRoute whose hosts no listener has.

use crate::ako::{ObjectStatus, messages};
use crate::model::HttpRoute;
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds HTTPRoutes of which no host fits a listener that they ask for.
    ///
    /// ## Why it matters
    /// AKO refuses the route: `Hostname in Gateway Listener doesn't match with any of the hostnames in
    /// HTTPRoute`. A `*` stands for one label, other than in the standard; and a listener without host takes
    /// only routes that have one (AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go`
    /// `validateParentReference`).
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
    ///   hostnames:
    ///   - cart.example.com
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
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: web
    ///       port: 80
    /// ```
    pub static ROUTE_HOSTS_DO_NOT_MATCH = {
        code: "AKP324",
        name: "route-hosts-do-not-match",
        severity: Error,
        reads: [HttpRoute, GatewayV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>() {
        let Some(ObjectStatus::HttpRoute { parents }) = context.prediction().objects.get(&context.key(object)) else {
            continue;
        };
        let message = messages::HOSTNAMES_DO_NOT_MATCH.template;
        let refused =
            |parent: &&crate::ako::ParentStatus| parent.conditions.iter().any(|condition| condition.message == message);
        for status in parents.iter().filter(refused) {
            let gateway = (status.parent_ref.namespace.as_str(), status.parent_ref.name.as_str());
            let section = &status.parent_ref.section_name;
            let is_it = |parent: &crate::model::gateway_api::http_route::ParentRef| {
                let namespace = parent.namespace.as_deref().unwrap_or(object.namespace());
                (namespace, parent.name.as_deref().unwrap_or_default()) == gateway && parent.section_name == *section
            };
            let Some(index) = route.spec.parent_refs.iter().position(is_it) else { continue };
            let hosts = &route.spec.hostnames;
            let (path, help) = if hosts.is_empty() {
                (item_path("spec.parentRefs", index), "give the route or the listener a host")
            } else {
                ("spec.hostnames".into(), "use the host of a listener; a `*` there stands for one label only")
            };
            findings
                .at(object, path)
                .message(format!("no host of the route fits a listener of Gateway `{}/{}`", gateway.0, gateway.1))
                .effect("AKO refuses the route there, and serves none of its hosts")
                .help(help);
        }
    }
}
