//! AKP322: an HTTPRoute without Gateway.

use std::collections::BTreeMap;

use super::elsewhere;
use crate::model::{GatewayV1, HttpRoute};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds HTTPRoutes that name a Gateway which is neither in this project nor in the settings as external,
    /// and HTTPRoutes that name none. If the project has no Gateway of this API at all, a missing one is an
    /// info.
    ///
    /// ## Why it matters
    /// AKO writes no status to a route for a Gateway that is not there, and nothing at all to one without
    /// parent. When the Gateway comes, AKO finds the route again (AKO 2.2.1
    /// `ako-gateway-api/nodes/route_validator.go` `validateParentReference`,
    /// `ako-gateway-api/k8s/validator.go` `IsHTTPRouteConfigValid`).
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
    ///   - name: web-gatway
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
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: web
    ///       port: 80
    /// ```
    pub static ROUTE_GATEWAY_NOT_FOUND = {
        code: "AKP322",
        name: "route-gateway-not-found",
        severity: Error,
        reads: [HttpRoute, GatewayV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut by_namespace: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (object, _) in context.all::<GatewayV1>() {
        by_namespace.entry(object.namespace()).or_default().push(object.name());
    }
    let suggest = |names: Vec<_>| Suggest::new(names);
    let mut names: BTreeMap<&str, Suggest<'_>> =
        by_namespace.into_iter().map(|(namespace, names)| (namespace, suggest(names))).into_map();
    for (object, route) in context.all::<HttpRoute>() {
        if route.spec.parent_refs.is_empty() {
            findings
                .at(object, "spec.parentRefs")
                .message("the HTTPRoute names no Gateway")
                .effect("AKO does nothing with it, and writes no status")
                .help("name a Gateway in `spec.parentRefs`");
        }
        for (index, parent) in route.spec.parent_refs.iter().enumerate() {
            let Some(name) = parent.name.as_deref() else { continue };
            let namespace = parent.namespace.as_deref().unwrap_or(object.namespace());
            if context.exists::<GatewayV1>(namespace, name) {
                continue;
            }
            let path = item_path("spec.parentRefs", index).key("name");
            let names = names.entry(namespace).or_insert_with(|| Suggest::new([]));
            let report = findings
                .at(object, path.clone())
                .message(format!("no Gateway is called `{namespace}/{name}`{}", did_you_mean(names.get(name))))
                .effect("AKO does not serve the route there, and writes no status about it")
                .help("name an existing Gateway, with its namespace where it is another one")
                .maybe_fix(names.fix(object, path, name));
            elsewhere::<GatewayV1>(context, report);
        }
    }
}
