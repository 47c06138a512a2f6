//! Rules of an HTTPRoute: which filters and backends AKO takes, and what it says of them.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go` (`validateHTTPRouteRules`,
//! `validateBackendReference`) and `route_model.go` (`ParseRouteConfig`).

use super::graph::Backend;
use crate::ako::cluster::Cluster;
use crate::ako::messages::{self, Message};
use crate::ako::status::Condition;
use crate::ako::versions::Capability;
use crate::model::AKO_GROUP;
use crate::model::gateway_api::http_route::{BackendRef, PathModifier, RouteFilter, RouteRule};

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
pub fn rule_refusal(cluster: &Cluster<'_>, namespace: &str, rule: &RouteRule) -> Option<RuleRefusal> {
    let has_extensions = cluster.has(Capability::RouteExtensions);
    let told = |condition| Some(RuleRefusal::Told(condition));
    let mut kinds = Vec::new();
    for filter in &rule.filters {
        let rewrite = filter.url_rewrite.as_ref().and_then(|rewrite| rewrite.path.as_ref());
        let is_full = |path: &PathModifier| path.modifier_type.as_deref() == Some("ReplaceFullPath");
        if filter.kind() == "URLRewrite" && rewrite.is_some_and(|path| !is_full(path)) {
            return told(Condition::of("Accepted", "False", &messages::REWRITE_UNSUPPORTED, &[]));
        }
        let Some((kind, name)) = own_extension(filter).filter(|_| has_extensions) else { continue };
        if !RULE_EXTENSIONS.contains(&kind) {
            return told(Condition::of("ResolvedRefs", "False", &messages::RULE_EXTENSION_UNSUPPORTED, &[kind]));
        }
        if kinds.contains(&kind) {
            return told(Condition::of("ResolvedRefs", "False", &messages::RULE_EXTENSION_TWICE, &[]));
        }
        kinds.push(kind);
        if kind == "L7Rule" && !cluster.has_extension(kind, namespace, name) {
            return told(Condition::of("ResolvedRefs", "False", &messages::L7_RULE_NOT_FOUND, &[namespace, name]));
        }
    }
    let persistence = rule.session_persistence.as_ref()?;
    let is_bad = persistence.persistence_type.as_deref() == Some("Header")
        || persistence.session_name.as_deref().is_none_or(str::is_empty);
    is_bad.then_some(RuleRefusal::Silent)
}

/// Kind and name of the object of AKO's that a filter names, if it names one.
fn own_extension(filter: &RouteFilter) -> Option<(&str, &str)> {
    let extension = filter.extension_ref.as_ref().filter(|_| filter.kind() == "ExtensionRef")?;
    let is_akos = extension.group.as_deref() == Some(AKO_GROUP);
    is_akos.then_some((extension.kind.as_deref().unwrap_or_default(), extension.name.as_deref().unwrap_or_default()))
}

/// What AKO says of a rule whose ApplicationProfile is missing: it takes the route, without the profile.
fn profile_condition(cluster: &Cluster<'_>, namespace: &str, rule: &RouteRule) -> Option<Condition> {
    const KIND: &str = "ApplicationProfile";
    let mut profiles = rule.filters.iter().filter_map(own_extension).filter(|(kind, _)| *kind == KIND);
    let (_, name) = profiles.find(|(_, name)| !cluster.has_extension(KIND, namespace, name))?;
    Some(Condition::of("ResolvedRefs", "False", &messages::APPLICATION_PROFILE_INVALID, &[name]))
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
    let has_extensions = cluster.has(Capability::RouteExtensions);
    let refused = refused.or_else(|| profile_condition(cluster, namespace, rule).filter(|_| has_extensions));
    if !rule.backend_refs.is_empty() || refused.is_some() {
        *resolved = refused.unwrap_or_else(all_resolved);
    }
    taken
}

/// What AKO says of a backend that it does not take.
pub fn backend_refusal(cluster: &Cluster<'_>, namespace: &str, reference: &BackendRef) -> Option<Condition> {
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
    if !cluster.has(Capability::RouteExtensions) {
        return None;
    }
    let mut has_backend_extension = false;
    for (kind, name) in reference.filters.iter().filter_map(own_extension) {
        if !BACKEND_EXTENSIONS.contains(&kind) {
            return told(&messages::BACKEND_EXTENSION_UNSUPPORTED, &[kind]);
        }
        // Of health monitors there may be several.
        let is_health_monitor = kind == "HealthMonitor";
        if !is_health_monitor && std::mem::replace(&mut has_backend_extension, true) {
            return told(&messages::BACKEND_EXTENSION_TWICE, &[]);
        }
        if !cluster.has_extension(kind, backend_namespace, name) {
            let missing = if is_health_monitor {
                &messages::HEALTH_MONITOR_NOT_FOUND
            } else {
                &messages::BACKEND_EXTENSION_NOT_FOUND
            };
            return told(missing, &[backend_namespace, name]);
        }
    }
    None
}
