//! HTTPRoute of Gateway API v1: hosts and rules of one or more Gateways.

use super::Listener;
use crate::lower::Unread;
use crate::model::metadata::ObjectMeta;
use crate::object;

object! {
    /// A route: AKO makes a child virtual service for each Gateway and rule.
    pub struct HttpRoute {
        /// `gateway.networking.k8s.io/v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `HTTPRoute`.
        pub kind: Option<String> = "kind",
        /// Name and namespace.
        pub metadata: ObjectMeta = "metadata",
        /// Parents, hosts, rules.
        pub spec: HttpRouteSpec = "spec",
    }
    known ["status"]
    required ["spec"]
}

object! {
    /// `spec`.
    pub struct HttpRouteSpec {
        /// The Gateways.
        pub parent_refs: Vec<ParentRef> = "parentRefs",
        /// Hosts; without them those of the listeners.
        pub hostnames: Vec<String> = "hostnames",
        /// Rules; without them one for every path, without a backend.
        pub rules: Vec<RouteRule> = "rules",
    }
    known ["useDefaultGateways"]
}

object! {
    /// An item of `spec.parentRefs`.
    pub struct ParentRef {
        /// API group; not read by AKO.
        pub group: Option<String> = "group",
        /// Kind; not read by AKO.
        pub kind: Option<String> = "kind",
        /// The Gateway's namespace; the route's own where absent.
        pub namespace: Option<String> = "namespace",
        /// The Gateway.
        pub name: Option<String> = "name",
        /// Only the listener of this name.
        pub section_name: Option<String> = "sectionName",
        /// Only listeners of this port.
        pub port: Option<i64> = "port",
    }
    required ["name"]
    range { "port": 1..=65535 }
}

object! {
    /// An item of `spec.rules`.
    pub struct RouteRule {
        /// Name: part of names on the Avi Controller.
        pub name: Option<String> = "name",
        /// Any of these; without them every path.
        pub matches: Vec<RouteMatch> = "matches",
        /// What is done to requests.
        pub filters: Vec<RouteFilter> = "filters",
        /// Where to.
        pub backend_refs: Vec<BackendRef> = "backendRefs",
        /// Not read by AKO.
        pub timeouts: Option<Unread> = "timeouts",
        /// Not read by AKO.
        pub retry: Option<Unread> = "retry",
        /// Cookies; dropped by the API server with the standard CRDs.
        pub session_persistence: Option<SessionPersistence> = "sessionPersistence",
    }
}

object! {
    /// `spec.rules[].sessionPersistence`.
    pub struct SessionPersistence {
        /// Name of the cookie; AKO wants one.
        pub session_name: Option<String> = "sessionName",
        /// `Cookie` (the default) or `Header`, which AKO refuses.
        pub persistence_type: Option<String> = "type",
    }
    known ["absoluteTimeout", "idleTimeout", "cookieConfig"]
    one_of { "type": ["Cookie", "Header"] }
}

object! {
    /// An item of `spec.rules[].matches`.
    pub struct RouteMatch {
        /// Path; every one where absent.
        pub path: Option<PathMatch> = "path",
        /// Headers, all of them; AKO compares for equality whatever the type says.
        pub headers: Vec<HeaderMatch> = "headers",
        /// Not read by AKO.
        pub query_params: Option<Unread> = "queryParams",
        /// Not read by AKO.
        pub method: Option<String> = "method",
    }
    one_of { "method": ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] }
}

object! {
    /// `spec.rules[].matches[].path`.
    pub struct PathMatch {
        /// `PathPrefix` (the default), `Exact` or `RegularExpression`.
        pub match_type: Option<String> = "type",
        /// Path, `/` where absent.
        pub value: Option<String> = "value",
    }
    one_of { "type": ["Exact", "PathPrefix", "RegularExpression"] }
}

object! {
    /// An item of `spec.rules[].matches[].headers`.
    pub struct HeaderMatch {
        /// `Exact` (the default) or `RegularExpression`.
        pub match_type: Option<String> = "type",
        /// Header.
        pub name: Option<String> = "name",
        /// Its value.
        pub value: Option<String> = "value",
    }
    required ["name", "value"]
    one_of { "type": ["Exact", "RegularExpression"] }
}

object! {
    /// An item of `filters`, of a rule or of a backend.
    pub struct RouteFilter {
        /// Which of the other fields counts.
        pub filter_type: Option<String> = "type",
        /// `RequestHeaderModifier`.
        pub request_header_modifier: Option<Unread> = "requestHeaderModifier",
        /// `ResponseHeaderModifier`.
        pub response_header_modifier: Option<Unread> = "responseHeaderModifier",
        /// `RequestRedirect`.
        pub request_redirect: Option<RequestRedirect> = "requestRedirect",
        /// `URLRewrite`.
        pub url_rewrite: Option<UrlRewrite> = "urlRewrite",
        /// `ExtensionRef`: an object of AKO's.
        pub extension_ref: Option<ExtensionRef> = "extensionRef",
    }
    known ["requestMirror", "cors", "externalAuth"]
    required ["type"]
    one_of { "type": [
        "RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite",
        "ExtensionRef", "CORS", "ExternalAuth",
    ] }
}

object! {
    /// `requestRedirect`: AKO reads host and status code, and always redirects to HTTP.
    pub struct RequestRedirect {
        /// Not read by AKO.
        pub scheme: Option<String> = "scheme",
        /// Host to go to.
        pub hostname: Option<String> = "hostname",
        /// Not read by AKO.
        pub path: Option<Unread> = "path",
        /// Not read by AKO.
        pub port: Option<i64> = "port",
        /// AKO knows 301, 302 and 307; everything else is 302.
        pub status_code: Option<i64> = "statusCode",
    }
    one_of { "scheme": ["http", "https"] }
}

object! {
    /// `urlRewrite`.
    pub struct UrlRewrite {
        /// Host.
        pub hostname: Option<String> = "hostname",
        /// Path; AKO replaces whole paths only.
        pub path: Option<PathModifier> = "path",
    }
}

object! {
    /// `urlRewrite.path`.
    pub struct PathModifier {
        /// `ReplaceFullPath` or `ReplacePrefixMatch`.
        pub modifier_type: Option<String> = "type",
        /// The new path.
        pub replace_full_path: Option<String> = "replaceFullPath",
        /// The new start of the path.
        pub replace_prefix_match: Option<String> = "replacePrefixMatch",
    }
    required ["type"]
    one_of { "type": ["ReplaceFullPath", "ReplacePrefixMatch"] }
}

object! {
    /// `extensionRef`.
    pub struct ExtensionRef {
        /// API group.
        pub group: Option<String> = "group",
        /// Kind.
        pub kind: Option<String> = "kind",
        /// Name.
        pub name: Option<String> = "name",
    }
    required ["group", "kind", "name"]
}

object! {
    /// An item of `spec.rules[].backendRefs`.
    pub struct BackendRef {
        /// The core group, written as nothing.
        pub group: Option<String> = "group",
        /// `Service`; AKO refuses all others.
        pub kind: Option<String> = "kind",
        /// Name.
        pub name: Option<String> = "name",
        /// Another namespace; AKO asks for no ReferenceGrant.
        pub namespace: Option<String> = "namespace",
        /// The Service's port.
        pub port: Option<i64> = "port",
        /// Share of the requests; 1 where absent.
        pub weight: Option<i64> = "weight",
        /// Filters; AKO reads those of type `ExtensionRef`.
        pub filters: Vec<RouteFilter> = "filters",
    }
    required ["name"]
    range { "port": 1..=65535, "weight": 0..=1_000_000 }
}

impl ParentRef {
    /// Whether it asks for a listener, by name and port.
    #[must_use]
    pub fn asks_for(&self, listener: &Listener) -> bool {
        self.section_name.as_ref().is_none_or(|section| listener.name.as_ref() == Some(section))
            && self.port.is_none_or(|port| listener.port == Some(port))
    }
}

impl RouteFilter {
    /// Its type, empty where none is written.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.filter_type.as_deref().unwrap_or_default()
    }
}
