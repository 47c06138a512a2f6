//! AKP333: an HTTPRoute sends traffic to a Service that is not there.

use std::collections::BTreeSet;

use super::{list_service, service_names};
use crate::model::gateway_api::http_route::BackendRef;
use crate::model::{HttpRoute, Service};
use crate::rule;
use crate::rules::links::{is_akos_route, item_path};
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds backends of HTTPRoutes that name a Service which is neither in this project nor listed as
    /// external in its settings.
    ///
    /// ## Why it matters
    /// AKO says `ResolvedRefs: True` all the same and leaves the backend out, with a line in its log at
    /// debug level: the other backends of the rule get its share, and a rule without another one has no
    /// pool (AKO 2.2.1 `ako-gateway-api/nodes/avi_model_l7_translator.go` `BuildPGPool`; seen by running
    /// AKO). Gateway API wants `ResolvedRefs: False` with `BackendNotFound` here, and other controllers say so.
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
    pub static ROUTE_BACKEND_SERVICE = {
        code: "AKP333",
        name: "route-backend-service",
        severity: Warning,
        reads: [HttpRoute, GatewayV1, GatewayClassV1, Service],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut suggest = service_names(context);
    for (object, route) in context.all::<HttpRoute>().filter(|(object, route)| is_akos_route(context, object, route)) {
        let named = |backend: &'_ BackendRef| {
            let is_service = matches!(backend.kind.as_deref(), None | Some("" | "Service"));
            let name = backend.name.clone().filter(|name| is_service && !name.is_empty())?;
            Some((backend.namespace.clone().unwrap_or_else(|| object.namespace().to_owned()), name))
        };
        let mut said = BTreeSet::new();
        for (rule_at, rule) in route.spec.rules.iter().enumerate() {
            let exists = |(namespace, name): &(String, String)| context.exists::<Service>(namespace, name);
            let has_pool = rule.backend_refs.iter().filter_map(named).any(|service| exists(&service));
            for (at, backend) in rule.backend_refs.iter().enumerate() {
                let Some(service) = named(backend).filter(|service| !exists(service)) else { continue };
                if said.contains(&service) {
                    continue;
                }
                let (namespace, name) = &service;
                let effect = if has_pool {
                    "AKO leaves this backend out and says nothing of it: the others of the rule get its share"
                } else {
                    "AKO says `ResolvedRefs: True` and makes no pool: what the rule is for answers with an error"
                };
                let path = item_path("spec.rules", rule_at).key("backendRefs").index(at).key("name");
                let (alike, fix) = suggest
                    .get_mut(namespace.as_str())
                    .map(|names| (names.get(name), names.fix(object, path.clone(), name)))
                    .unwrap_or_default();
                let (title, external) = list_service(context, namespace, name);
                findings
                    .at(object, path)
                    .message(format!("no Service is called `{name}` in `{namespace}`{}", did_you_mean(alike)))
                    .effect(effect)
                    .help("name an existing Service, add it, or list it as external in the settings")
                    .maybe_fix(fix)
                    .fix(title, external);
                said.insert(service);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    #[test]
    fn each_service_is_told_once_and_with_what_becomes_of_its_share() {
        let text = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: red}
spec: {gatewayClassName: avi, listeners: [{name: http, port: 80, protocol: HTTP, hostname: a.example.com}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: red}
spec:
  parentRefs: [{name: gw}]
  hostnames: [a.example.com]
  rules:
  - backendRefs: [{name: web, port: 80}, {name: gone, port: 80}]
    matches: [{path: {value: /a}}]
  - backendRefs: [{name: gone, port: 80}, {name: web, namespace: blue, port: 80}, {name: outside, port: 80}]
    matches: [{path: {value: /b}}]
---
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec: {external: [{kind: Service, namespace: red, name: outside}]}
";
        let findings = analyse(&Workspace::new(&[SourceFile::new("a.yaml", text)])).findings;
        let own = findings.iter().filter(|finding| finding.code == "AKP333");
        let told: Vec<(String, bool)> =
            own.map(|it| (format!("{}: {}", it.path, it.message), it.effect.contains("share"))).collect();
        let expected = [
            ("spec.rules[0].backendRefs[1].name: no Service is called `gone` in `red`", true),
            ("spec.rules[1].backendRefs[1].name: no Service is called `web` in `blue`", true),
        ];
        assert_eq!(told, expected.map(|(words, shares)| (words.to_owned(), shares)));
    }
}
