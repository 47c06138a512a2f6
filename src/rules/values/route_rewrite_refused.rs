//! AKP222: a rewrite of a part of the path.

use crate::command::Command;
use crate::model::HttpRoute;
use crate::rule;
use crate::rules::links::{item_path, remove_whole};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds HTTPRoutes with a URLRewrite filter whose path is of another type than `ReplaceFullPath`.
    ///
    /// ## Why it matters
    /// AKO rewrites whole paths only, and leaves out the whole route for one such filter: `HTTPUrlRewrite
    /// PathType has Unsupported value` (AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go`
    /// `validateHTTPRouteRules`).
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
    ///   - filters:
    ///     - type: URLRewrite
    ///       urlRewrite:
    ///         path:
    ///           type: ReplacePrefixMatch
    ///           replacePrefixMatch: /
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
    ///   - filters:
    ///     - type: URLRewrite
    ///       urlRewrite:
    ///         path:
    ///           type: ReplaceFullPath
    ///           replaceFullPath: /
    ///     backendRefs:
    ///     - name: web
    ///       port: 80
    /// ```
    pub static ROUTE_REWRITE_REFUSED = {
        code: "AKP222",
        name: "route-rewrite-refused",
        severity: Error,
        reads: [HttpRoute],
        since: "0.1.0",
        needs: UrlRewrite,
        check: check,
    };
}

/// The steps of a path to a rule, as in `spec.rules[0]`.
pub const RULE_STEPS: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>() {
        for (index, rule) in route.spec.rules.iter().enumerate() {
            for (at, filter) in rule.filters.iter().enumerate().filter(|(_, filter)| filter.kind() == "URLRewrite") {
                let path = filter.url_rewrite.as_ref().and_then(|rewrite| rewrite.path.as_ref());
                let Some(found) = path.and_then(|path| path.modifier_type.as_deref()) else { continue };
                if found == "ReplaceFullPath" {
                    continue;
                }
                let filter = item_path("spec.rules", index).key("filters").index(at);
                findings
                    .at(object, filter.key("urlRewrite").key("path").key("type"))
                    .message(format!("AKO does not rewrite paths by `{found}`"))
                    .effect("AKO leaves out the whole route")
                    .help("use `ReplaceFullPath`, or let the application take the path as it comes")
                    .fix("leave the path as it comes", leave_path(object, &filter));
            }
        }
    }
}

/// Takes the path away from a filter, and the filter where it says nothing else.
fn leave_path(object: &Object, filter: &FieldPath) -> Command {
    let rewrite = filter.key("urlRewrite");
    let entries = object.find(&rewrite).map_or(0, |(tree, node)| tree.entries(node).len());
    if entries > 1 {
        return Command::remove(&object.address, rewrite.key("path"));
    }
    remove_whole(object, filter.clone(), RULE_STEPS)
}
