//! AKP332: an object of AKO's that a route names by `extensionRef` and that AKO cannot use.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::gateway_api::http_route::RouteFilter;
use crate::model::{AKO_GROUP, HttpRoute, Kind};
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds filters of type `ExtensionRef` in HTTPRoutes that name an object of `ako.vmware.com` that is
    /// missing, that is of a kind that AKO does not take at this place, or that is the second of its kind. A
    /// rule takes one L7Rule and one ApplicationProfile, a backend one RouteBackendExtension and any number
    /// of HealthMonitors.
    ///
    /// ## Why it matters
    /// For a kind of another place, a second one, and a missing L7Rule, AKO leaves out the whole route. A
    /// backend with such a reference gets no pool; without its ApplicationProfile a route works with
    /// `System-HTTP`. It stands in the condition `ResolvedRefs` alone, while `Accepted` may stay true (AKO
    /// 2.2.1 `ako-gateway-api/nodes/route_validator.go`, `validateHTTPRouteRules` and
    /// `validatedBackendRefExtensions`; asserted by AKO's own tests). AKO before 1.14.1 does not read these
    /// filters.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1alpha1
    /// kind: HealthMonitor
    /// metadata:
    ///   name: shop-health
    ///   namespace: shop
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
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: shop
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: shop
    ///       port: 8080
    ///       filters:
    ///       - type: ExtensionRef
    ///         extensionRef:
    ///           group: ako.vmware.com
    ///           kind: HealthMonitor
    ///           name: shop-heath
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1alpha1
    /// kind: HealthMonitor
    /// metadata:
    ///   name: shop-health
    ///   namespace: shop
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
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: shop
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: shop
    ///       port: 8080
    ///       filters:
    ///       - type: ExtensionRef
    ///         extensionRef:
    ///           group: ako.vmware.com
    ///           kind: HealthMonitor
    ///           name: shop-health
    /// ```
    pub static ROUTE_EXTENSION = {
        code: "AKP332",
        name: "route-extension",
        severity: Error,
        reads: [HttpRoute],
        since: "0.1.0",
        needs: RouteExtensions,
        check: check,
    };
}

/// Where a filter stands, and what AKO does with a wrong one.
struct Level {
    kinds: [&'static str; 2],
    /// Of this kind there may be several.
    many: &'static str,
    word: &'static str,
    effect: &'static str,
}

const RULE: Level = Level {
    kinds: ["L7Rule", "ApplicationProfile"],
    many: "",
    word: "rule",
    effect: "AKO leaves out the whole route and says so in `ResolvedRefs` only",
};
const BACKEND: Level = Level {
    kinds: ["HealthMonitor", "RouteBackendExtension"],
    many: "HealthMonitor",
    word: "backend",
    effect: "AKO leaves out the backend and says so in `ResolvedRefs` only",
};

/// Names of AKO's objects by kind and namespace.
type Names<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<HttpRoute>().next().is_none() {
        return;
    }
    let mut names = Names::new();
    for object in context.objects() {
        if object.kind == Kind::Foreign && object.identity.group == AKO_GROUP {
            names.entry((&object.identity.kind, object.namespace())).or_default().insert(object.name());
        }
    }
    for (object, route) in context.all::<HttpRoute>() {
        for (index, rule) in route.spec.rules.iter().enumerate() {
            let path = item_path("spec.rules", index);
            let place =
                |path: &FieldPath, namespace| Place { context, object, names: &names, path: path.clone(), namespace };
            place(&path, object.namespace()).look(&rule.filters, &RULE, findings);
            for (at, backend) in rule.backend_refs.iter().enumerate() {
                let namespace = backend.namespace.as_deref().unwrap_or(object.namespace());
                place(&path.key("backendRefs").index(at), namespace).look(&backend.filters, &BACKEND, findings);
            }
        }
    }
}

/// A rule or a backend of a route.
struct Place<'p, 'a> {
    context: &'p Context<'a>,
    object: &'a Object,
    names: &'p Names<'a>,
    path: FieldPath,
    /// Where AKO looks for what it names.
    namespace: &'a str,
}

impl Place<'_, '_> {
    fn look(&self, filters: &[RouteFilter], level: &Level, findings: &mut Findings<'_>) {
        let mut seen = BTreeSet::new();
        for (index, filter) in filters.iter().enumerate().filter(|(_, filter)| filter.kind() == "ExtensionRef") {
            let Some(reference) = &filter.extension_ref else { continue };
            let kind = reference.kind.as_deref().unwrap_or_default();
            if reference.group.as_deref() != Some(AKO_GROUP) || kind.is_empty() {
                continue;
            }
            let filter = self.path.key("filters").index(index);
            if !level.kinds.contains(&kind) {
                findings
                    .at(self.object, filter.key("extensionRef").key("kind"))
                    .message(format!("AKO takes no `{kind}` on a {} of a route", level.word))
                    .effect(level.effect)
                    .help(format!("use `{}` or `{}` here", level.kinds[0], level.kinds[1]));
            } else if !seen.insert(kind) && kind != level.many {
                findings
                    .at(self.object, filter.key("extensionRef").key("kind"))
                    .message(format!("this is the second `{kind}` on one {}", level.word))
                    .effect(level.effect)
                    .help("leave one of them")
                    .fix("take this one away", Command::remove(&self.object.address, filter));
            } else {
                self.find(kind, reference.name.as_deref().unwrap_or_default(), &filter, level, findings);
            }
        }
    }

    fn find(&self, kind: &str, name: &str, filter: &FieldPath, level: &Level, findings: &mut Findings<'_>) {
        let own = self.names.get(&(kind, self.namespace));
        let is_there = own.is_some_and(|own| own.contains(name));
        if name.is_empty() || is_there || self.context.workspace().is_external(kind, self.namespace, name) {
            return;
        }
        let path = filter.key("extensionRef").key("name");
        let mut suggest = Suggest::new(own.into_iter().flatten().copied());
        let effect = match kind {
            "ApplicationProfile" => "AKO takes the route without it and says so in `ResolvedRefs` only",
            _ => level.effect,
        };
        let is_known = self.names.keys().any(|(known, _)| *known == kind);
        let severity = if !is_known || kind == "ApplicationProfile" { Severity::Warning } else { Severity::Error };
        findings
            .at(self.object, path.clone())
            .severity(severity)
            .message(format!("no {kind} is called `{name}` in `{}`{}", self.namespace, did_you_mean(suggest.get(name))))
            .effect(effect)
            .help(format!("create it in `{}`, or name it in the settings as external", self.namespace))
            .maybe_fix(suggest.fix(self.object, path, name));
    }
}
