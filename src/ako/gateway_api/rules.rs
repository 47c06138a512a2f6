//! Rules of an HTTPRoute: which filters and backends AKO takes, and what it says of them.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go` (`validateHTTPRouteRules`,
//! `validateBackendReference`) and `route_model.go` (`ParseRouteConfig`).

use super::graph::Backend;
use crate::ako::cluster::Cluster;
use crate::ako::status::Condition;
use crate::model::AKO_GROUP;
use crate::model::gateway_api::http_route::RouteRule;

/// Kinds of AKO's that a rule's filter can name.
const RULE_EXTENSIONS: [&str; 2] = ["L7Rule", "ApplicationProfile"];
/// Kinds of AKO's that a backend's filter can name.
const BACKEND_EXTENSIONS: [&str; 2] = ["HealthMonitor", "RouteBackendExtension"];

/// Why AKO leaves out a whole route for one of its rules.
pub enum RuleRefusal {
    /// With a condition.
    Told(Condition),
    /// Without a word.
    Silent,
}

/// AKO's checks of a rule's filters and session persistence (`validateHTTPRouteRules`).
#[must_use]
pub fn rule_refusal(rule: &RouteRule) -> Option<RuleRefusal> {
    let mut kinds = Vec::new();
    for filter in &rule.filters {
        let told = |reason, message: String, condition_type| {
            Some(RuleRefusal::Told(Condition::new(condition_type, "False", reason, message)))
        };
        let rewrite = filter.url_rewrite.as_ref().and_then(|rewrite| rewrite.path.as_ref());
        if filter.kind() == "URLRewrite"
            && rewrite.is_some_and(|path| path.modifier_type.as_deref() != Some("ReplaceFullPath"))
        {
            return told("UnsupportedValue", "HTTPUrlRewrite PathType has Unsupported value".to_owned(), "Accepted");
        }
        let Some(extension) = filter.extension_ref.as_ref().filter(|_| filter.kind() == "ExtensionRef") else {
            continue;
        };
        if extension.group.as_deref() != Some(AKO_GROUP) {
            continue;
        }
        let kind = extension.kind.as_deref().unwrap_or_default();
        if !RULE_EXTENSIONS.contains(&kind) {
            let message = format!("Unsupported kind {kind} defined on HTTPRoute-Rule");
            return told("InvalidKind", message, "ResolvedRefs");
        }
        if kinds.contains(&kind) {
            let message = "MultipleExtensionRef of same kind defined on HTTPRoute-Rule";
            return told("InvalidKind", message.to_owned(), "ResolvedRefs");
        }
        kinds.push(kind);
    }
    let persistence = rule.session_persistence.as_ref()?;
    let is_bad = persistence.persistence_type.as_deref() == Some("Header")
        || persistence.session_name.as_deref().is_none_or(str::is_empty);
    is_bad.then_some(RuleRefusal::Silent)
}

/// The backends of a rule that AKO takes, and what it says of the last rule's.
pub fn backends<'r>(
    cluster: &Cluster<'_>,
    namespace: &'r str,
    rule: &'r RouteRule,
    resolved: &mut Condition,
) -> Vec<Backend<'r>> {
    let mut taken = Vec::new();
    let mut refused = None;
    for reference in &rule.backend_refs {
        let backend = Backend::of(reference, namespace);
        let (backend_namespace, name) = backend.service;
        let kind = reference.kind.as_deref().unwrap_or_default();
        let tenants = (cluster.tenant(backend_namespace), cluster.tenant(namespace));
        let extensions = reference.filters.iter().filter_map(|filter| filter.extension_ref.as_ref());
        let mut extensions = extensions.filter(|extension| extension.group.as_deref() == Some(AKO_GROUP));
        let unknown = extensions.find_map(|extension| {
            let kind = extension.kind.as_deref().unwrap_or_default();
            (!BACKEND_EXTENSIONS.contains(&kind)).then_some(kind)
        });
        let refusal = if !matches!(kind, "" | "Service") {
            Some(("InvalidKind", format!("backendRef {name} has invalid kind {kind}")))
        } else if tenants.0 != tenants.1 {
            let message =
                format!("backendRef {name} tenant {} is not equal to HTTPRoute tenant {}", tenants.0, tenants.1);
            Some(("RefNotPermitted", message))
        } else {
            unknown.map(|kind| {
                ("UnsupportedValue", format!("Unsupported kind {kind} defined on HTTPRoute-Rule-BackendRef"))
            })
        };
        match refusal {
            None => taken.push(backend),
            Some(_) => refused = refusal,
        }
    }
    if let Some((reason, message)) = refused {
        *resolved = Condition::new("ResolvedRefs", "False", reason, message);
    } else if !rule.backend_refs.is_empty() {
        *resolved = Condition::new("ResolvedRefs", "True", "ResolvedRefs", "");
    }
    taken
}
