//! AKP220: a part of an HTTPRoute that AKO does not read.

use crate::model::HttpRoute;
use crate::model::gateway_api::http_route::{RouteFilter, RouteMatch, RouteRule};
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;

rule! {
    /// ## What it does
    /// Finds parts of HTTPRoutes that AKO passes over: `method` and `queryParams` of a match, header matches
    /// of type `RegularExpression`, `timeouts` and `retry` of a rule, filters of type RequestMirror, CORS and
    /// ExternalAuth, `scheme`, `port` and `path` of a redirect, and a redirect's status code other than 301,
    /// 302 and 307.
    ///
    /// ## Why it matters
    /// AKO accepts the route and says nothing. A rule without its `method` matches more than written; a
    /// redirect always goes to HTTP, so that one from HTTP to HTTPS never ends (AKO 2.2.1
    /// `ako-gateway-api/nodes/route_model.go` `ParseRouteConfig`, `avi_model_l7_translator.go`
    /// `BuildVHMatch`, `BuildHTTPPolicySetHTTPRequestRedirectRules`).
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
    ///   - shop.example.com
    ///   rules:
    ///   - matches:
    ///     - path:
    ///         value: /cart
    ///       method: GET
    ///     backendRefs:
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
    ///   - matches:
    ///     - path:
    ///         value: /cart
    ///     backendRefs:
    ///     - name: web
    ///       port: 80
    /// ```
    pub static ROUTE_PART_IGNORED = {
        code: "AKP220",
        name: "route-part-ignored",
        severity: Warning,
        reads: [HttpRoute],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

/// Status codes of redirects that AKO knows; every other becomes 302.
const REDIRECT_CODES: [i64; 3] = [301, 302, 307];

/// A part that AKO does not read, and what comes of it.
type Ignored = (FieldPath, &'static str, &'static str);

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>() {
        let rules = route.spec.rules.iter().enumerate();
        for (path, what, effect) in rules.flat_map(|(index, rule)| of_rule(rule, &item_path("spec.rules", index))) {
            findings
                .at(object, path)
                .message(format!("AKO does not read {what} of an HTTPRoute"))
                .effect(effect)
                .help("do without it, or let the application do it");
        }
    }
}

fn of_rule(rule: &RouteRule, path: &FieldPath) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    for (index, one) in rule.matches.iter().enumerate() {
        ignored.extend(of_match(one, &path.key("matches").index(index)));
    }
    for (index, filter) in rule.filters.iter().enumerate() {
        ignored.extend(of_filter(filter, &path.key("filters").index(index)));
    }
    let as_avi = "AKO accepts the route, and the defaults of the Avi Controller hold";
    ignored.extend(rule.timeouts.is_some().then(|| (path.key("timeouts"), "`timeouts`", as_avi)));
    ignored.extend(rule.retry.is_some().then(|| (path.key("retry"), "`retry`", as_avi)));
    ignored
}

fn of_match(one: &RouteMatch, path: &FieldPath) -> Vec<Ignored> {
    let more = "AKO accepts the route, and the rule takes more requests than written";
    let mut ignored = Vec::new();
    ignored.extend(one.method.is_some().then(|| (path.key("method"), "`method`", more)));
    ignored.extend(one.query_params.is_some().then(|| (path.key("queryParams"), "`queryParams`", more)));
    for (index, header) in one.headers.iter().enumerate() {
        if header.match_type.as_deref() == Some("RegularExpression") {
            let equal = "AKO accepts the route, and compares the header with the expression as plain text";
            let path = path.key("headers").index(index).key("type");
            ignored.push((path, "the type `RegularExpression` of a header", equal));
        }
    }
    ignored
}

fn of_filter(filter: &RouteFilter, path: &FieldPath) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    if matches!(filter.kind(), "RequestMirror" | "CORS" | "ExternalAuth") {
        ignored.push((
            path.key("type"),
            "this filter",
            "AKO accepts the route, and does nothing of what the filter says",
        ));
    }
    let Some(redirect) = &filter.request_redirect else { return ignored };
    let path = path.key("requestRedirect");
    let to_http = "AKO accepts the route, and redirects to HTTP on the same path: one from HTTP to HTTPS never ends";
    ignored.extend(
        redirect
            .scheme
            .as_deref()
            .filter(|scheme| *scheme != "http")
            .map(|_| (path.key("scheme"), "the `scheme` of a redirect", to_http)),
    );
    ignored.extend(redirect.port.is_some().then(|| (path.key("port"), "the `port` of a redirect", to_http)));
    ignored.extend(redirect.path.is_some().then(|| (path.key("path"), "the `path` of a redirect", to_http)));
    if redirect.status_code.is_some_and(|code| !REDIRECT_CODES.contains(&code)) {
        ignored.push((
            path.key("statusCode"),
            "this `statusCode` of a redirect",
            "AKO accepts the route, and sends 302",
        ));
    }
    ignored
}
