//! AKP220: a part of an HTTPRoute that AKO does not read.

use super::route_rewrite_refused::RULE_STEPS;
use crate::command::Command;
use crate::model::HttpRoute;
use crate::model::gateway_api::http_route::{RouteFilter, RouteMatch, RouteRule};
use crate::rule;
use crate::rules::links::{item_path, remove_whole};
use crate::rules::{Context, Findings};
use crate::syntax::{FieldPath, Step};
use crate::workspace::Object;

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

/// A part that AKO does not read.
struct Ignored {
    path: FieldPath,
    what: &'static str,
    /// What comes of it.
    effect: &'static str,
    mend: Mend,
}

/// What can be written that AKO reads as it is.
enum Mend {
    /// Nothing in its place.
    Remove,
    /// No filter.
    RemoveFilter,
    /// A number.
    Write(i64),
    /// What is meant, AKO has nothing for.
    None,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>() {
        let rules = route.spec.rules.iter().enumerate();
        for ignored in rules.flat_map(|(index, rule)| of_rule(rule, &item_path("spec.rules", index))) {
            let fix = mend(object, route, &ignored);
            let Ignored { path, what, effect, .. } = ignored;
            findings
                .at(object, path)
                .message(format!("AKO does not read {what} of an HTTPRoute"))
                .effect(effect)
                .help("do without it, or let the application do it")
                .maybe_fix(fix);
        }
    }
}

/// Writes what AKO makes of the route.
fn mend(object: &Object, route: &HttpRoute, ignored: &Ignored) -> Option<(String, Command)> {
    let (at, path) = (&object.address, &ignored.path);
    match ignored.mend {
        Mend::Remove => Some((format!("take {} away", ignored.what), remove_part(object, route, path))),
        Mend::RemoveFilter => {
            let (filter, _) = path.split_last()?;
            Some(("take the filter away".to_owned(), remove_whole(object, filter, RULE_STEPS)))
        }
        Mend::Write(number) => Some((format!("write {number}, as AKO sends"), Command::set(at, path.clone(), number))),
        Mend::None => None,
    }
}

/// Takes a part away. The only match of a rule goes with what it had; one of several has then no condition,
/// as AKO reads it.
fn remove_part(object: &Object, route: &HttpRoute, path: &FieldPath) -> Command {
    let is_only_match = match path.steps() {
        [_, _, Step::Index(rule), Step::Key(key), ..] => {
            &**key == "matches" && route.spec.rules.get(*rule).is_some_and(|rule| rule.matches.len() == 1)
        }
        _ => false,
    };
    if is_only_match {
        remove_whole(object, path.clone(), RULE_STEPS)
    } else {
        Command::remove(&object.address, path.clone())
    }
}

fn of_rule(rule: &RouteRule, path: &FieldPath) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    let mut tell = |path, what, effect, mend| ignored.push(Ignored { path, what, effect, mend });
    for (index, one) in rule.matches.iter().enumerate() {
        of_match(one, &path.key("matches").index(index), &mut tell);
    }
    // A rule without backends and other filters would say nothing any more.
    let is_needed = rule.backend_refs.is_empty() && rule.filters.len() < 2;
    for (index, filter) in rule.filters.iter().enumerate() {
        of_filter(filter, &path.key("filters").index(index), is_needed, &mut tell);
    }
    let as_avi = "AKO accepts the route, and the defaults of the Avi Controller hold";
    if rule.timeouts.is_some() {
        tell(path.key("timeouts"), "`timeouts`", as_avi, Mend::Remove);
    }
    if rule.retry.is_some() {
        tell(path.key("retry"), "`retry`", as_avi, Mend::Remove);
    }
    ignored
}

/// Takes the parts: path, what, effect and mend.
type Tell<'a> = &'a mut dyn FnMut(FieldPath, &'static str, &'static str, Mend);

fn of_match(one: &RouteMatch, path: &FieldPath, tell: Tell<'_>) {
    let more = "AKO accepts the route, and the rule takes more requests than written";
    if one.method.is_some() {
        tell(path.key("method"), "`method`", more, Mend::Remove);
    }
    if one.query_params.is_some() {
        tell(path.key("queryParams"), "`queryParams`", more, Mend::Remove);
    }
    for (index, header) in one.headers.iter().enumerate() {
        if header.match_type.as_deref() == Some("RegularExpression") {
            let equal = "AKO accepts the route, and compares the header with the expression as plain text";
            let path = path.key("headers").index(index).key("type");
            tell(path, "the type `RegularExpression` of a header", equal, Mend::Remove);
        }
    }
}

fn of_filter(filter: &RouteFilter, path: &FieldPath, is_needed: bool, tell: Tell<'_>) {
    if matches!(filter.kind(), "RequestMirror" | "CORS" | "ExternalAuth") {
        let nothing = "AKO accepts the route, and does nothing of what the filter says";
        tell(path.key("type"), "this filter", nothing, if is_needed { Mend::None } else { Mend::RemoveFilter });
    }
    let Some(redirect) = &filter.request_redirect else { return };
    let path = path.key("requestRedirect");
    let to_http = "AKO accepts the route, and redirects to HTTP on the same path: one from HTTP to HTTPS never ends";
    // Without another host nothing is left that a redirect could be.
    let mend = || if redirect.hostname.is_some() { Mend::Remove } else { Mend::None };
    if redirect.scheme.as_deref().is_some_and(|scheme| scheme != "http") {
        tell(path.key("scheme"), "the `scheme` of a redirect", to_http, mend());
    }
    if redirect.port.is_some() {
        tell(path.key("port"), "the `port` of a redirect", to_http, mend());
    }
    if redirect.path.is_some() {
        tell(path.key("path"), "the `path` of a redirect", to_http, mend());
    }
    if redirect.status_code.is_some_and(|code| !REDIRECT_CODES.contains(&code)) {
        let found = "AKO accepts the route, and sends 302";
        tell(path.key("statusCode"), "this `statusCode` of a redirect", found, Mend::Write(302));
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    /// The rules of a route once every first fix of this rule is applied, one after the other.
    fn mended(rules: &str) -> String {
        let head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: red}\n\
                    spec:\n  rules:\n";
        let mut workspace = Workspace::new(&[SourceFile::new("a.yaml", format!("{head}{rules}"))]);
        loop {
            let findings = analyse(&workspace).findings;
            let mut own = findings.iter().filter(|finding| finding.code == "AKP220");
            let Some(fix) = own.find_map(|finding| finding.fixes.first()) else { break };
            workspace = fix.command.apply(&workspace).unwrap();
        }
        workspace.sources()[0].text.strip_prefix(head).unwrap().to_owned()
    }

    #[test]
    fn what_is_left_is_what_ako_reads() {
        let rule = "  - backendRefs: [{name: web, port: 80}]\n";
        let with = |more: &str| mended(&format!("{rule}{more}"));
        assert_eq!(with("    matches:\n    - method: GET\n"), rule);
        let two = "    matches:\n    - method: GET\n    - path: {value: /a} # a\n      queryParams: []\n";
        assert_eq!(with(two), format!("{rule}    matches:\n    - {{}}\n    - path: {{value: /a}} # a\n"));
        assert_eq!(with("    timeouts: {request: 1s}\n    retry: {attempts: 2}\n"), rule);
        assert_eq!(with("    filters:\n    - type: CORS\n      cors: {}\n"), rule);
        let header = "    matches: [{headers: [{name: a, value: b, type: RegularExpression}]}]\n";
        assert_eq!(with(header), format!("{rule}    matches: [{{headers: [{{name: a, value: b}}]}}]\n"));
    }

    #[test]
    fn a_redirect_to_nowhere_else_is_left_to_people() {
        let redirect =
            |fields: &str| format!("  - filters:\n    - type: RequestRedirect\n      requestRedirect: {{{fields}}}\n");
        assert_eq!(mended(&redirect("scheme: https")), redirect("scheme: https"));
        assert_eq!(
            mended(&redirect("hostname: a.b, port: 8443, statusCode: 308")),
            redirect("hostname: a.b, statusCode: 302")
        );
        let mirror = "  - filters: [{type: RequestMirror}]\n";
        assert_eq!(mended(mirror), mirror);
    }
}
