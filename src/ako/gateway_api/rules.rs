//! Rules of an HTTPRoute: which filters and backends AKO takes, and what it says of them.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go` (`validateHTTPRouteRules`,
//! `validateBackendReference`) and `route_model.go` (`ParseRouteConfig`).

use super::graph::Backend;
use crate::ako::cluster::Cluster;
use crate::ako::messages::{self, Message};
use crate::ako::status::Condition;
use crate::model::AKO_GROUP;
use crate::model::gateway_api::http_route::{BackendRef, PathModifier, RouteRule};

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
    let told = |condition| Some(RuleRefusal::Told(condition));
    let mut kinds = Vec::new();
    for filter in &rule.filters {
        let rewrite = filter.url_rewrite.as_ref().and_then(|rewrite| rewrite.path.as_ref());
        let is_full = |path: &PathModifier| path.modifier_type.as_deref() == Some("ReplaceFullPath");
        if filter.kind() == "URLRewrite" && rewrite.is_some_and(|path| !is_full(path)) {
            return told(Condition::of("Accepted", "False", &messages::REWRITE_UNSUPPORTED, &[]));
        }
        let extension = filter.extension_ref.as_ref().filter(|_| filter.kind() == "ExtensionRef");
        let Some(extension) = extension.filter(|extension| extension.group.as_deref() == Some(AKO_GROUP)) else {
            continue;
        };
        let kind = extension.kind.as_deref().unwrap_or_default();
        if !RULE_EXTENSIONS.contains(&kind) {
            return told(Condition::of("ResolvedRefs", "False", &messages::RULE_EXTENSION_UNSUPPORTED, &[kind]));
        }
        if kinds.contains(&kind) {
            return told(Condition::of("ResolvedRefs", "False", &messages::RULE_EXTENSION_TWICE, &[]));
        }
        kinds.push(kind);
    }
    let persistence = rule.session_persistence.as_ref()?;
    let is_bad = persistence.persistence_type.as_deref() == Some("Header")
        || persistence.session_name.as_deref().is_none_or(str::is_empty);
    is_bad.then_some(RuleRefusal::Silent)
}

/// The condition where nothing is wrong with the backends, or where there are none.
#[must_use]
pub fn all_resolved() -> Condition {
    Condition::new("ResolvedRefs", "True", "ResolvedRefs", "")
}

/// The backends of a rule that AKO takes, and what it says of the last rule that has any.
pub fn backends<'r>(
    cluster: &Cluster<'_>,
    namespace: &'r str,
    rule: &'r RouteRule,
    resolved: &mut Condition,
) -> Vec<Backend<'r>> {
    let mut taken = Vec::new();
    let mut refused = None;
    for reference in &rule.backend_refs {
        match backend_refusal(cluster, namespace, reference) {
            None => taken.push(Backend::of(reference, namespace)),
            refusal => refused = refusal,
        }
    }
    if !rule.backend_refs.is_empty() {
        *resolved = refused.unwrap_or_else(all_resolved);
    }
    taken
}

fn backend_refusal(cluster: &Cluster<'_>, namespace: &str, reference: &BackendRef) -> Option<Condition> {
    let told = |message: &Message, values: &[&str]| Some(Condition::of("ResolvedRefs", "False", message, values));
    let (backend_namespace, name) = Backend::of(reference, namespace).service;
    let kind = reference.kind.as_deref().unwrap_or_default();
    if !matches!(kind, "" | "Service") {
        return told(&messages::BACKEND_KIND_INVALID, &[name, kind]);
    }
    let (theirs, own) = (cluster.tenant(backend_namespace), cluster.tenant(namespace));
    if theirs != own {
        return told(&messages::BACKEND_OF_ANOTHER_TENANT, &[name, theirs, own]);
    }
    let extensions = reference.filters.iter().filter_map(|filter| filter.extension_ref.as_ref());
    let own = extensions.filter(|extension| extension.group.as_deref() == Some(AKO_GROUP));
    let mut kinds = own.map(|extension| extension.kind.as_deref().unwrap_or_default());
    let unknown = kinds.find(|kind| !BACKEND_EXTENSIONS.contains(kind))?;
    told(&messages::BACKEND_EXTENSION_UNSUPPORTED, &[unknown])
}
