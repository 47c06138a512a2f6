//! Names that the gateway container gives to objects on the Avi Controller.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/lib/lib.go` (`GetGatewayParentName`, `GetChildName`,
//! `GetPoolName`, `GetDedicatedPoolName`). The parts are joined by `-` without escape.

use std::fmt::Write;

use crate::ako::names::{digest, fnv1a};
use crate::model::gateway_api::http_route::{RouteMatch, RouteRule};
use crate::ordered::sort_by_key;

/// A namespace and a name.
pub type Key<'a> = (&'a str, &'a str);

/// Composes names for one cluster.
#[derive(Clone, Debug)]
pub struct GatewayNames {
    prefix: String,
    reads_rule_names: bool,
}

impl GatewayNames {
    /// The names under a cluster's name, by an AKO that reads the names of rules or does not.
    #[must_use]
    pub fn new(cluster: &str, reads_rule_names: bool) -> Self {
        Self { prefix: format!("ako-gw-{cluster}--"), reads_rule_names }
    }

    /// Virtual service and VIP of a Gateway.
    #[must_use]
    pub fn parent(&self, (namespace, name): Key<'_>, dedicated: bool) -> String {
        let dedicated = if dedicated { "-L7-dedicated" } else { "" };
        format!("{}{namespace}-{name}{dedicated}-EVH", self.prefix)
    }

    /// Child virtual service of a route's rule, and its pool group.
    #[must_use]
    pub fn child(&self, gateway: Key<'_>, route: Key<'_>, rule: &RouteRule) -> String {
        self.encoded(&self.stem(gateway, route, rule))
    }

    /// Pool of a rule's backend.
    #[must_use]
    pub fn pool(&self, gateway: Key<'_>, route: Key<'_>, rule: &RouteRule, backend: Key<'_>, port: i64) -> String {
        let (namespace, name) = backend;
        self.encoded(&format!("{}-{namespace}-{name}-{port}", self.stem(gateway, route, rule)))
    }

    /// Pool of a backend in dedicated mode.
    #[must_use]
    pub fn dedicated_pool(&self, group: &str, (namespace, name): Key<'_>, port: i64) -> String {
        self.encoded(&format!("{group}-{namespace}-{name}-{port}"))
    }

    fn encoded(&self, name: &str) -> String {
        format!("{}{}", self.prefix, digest(name))
    }

    /// What the names of a rule's objects are made of.
    fn stem(&self, gateway: Key<'_>, route: Key<'_>, rule: &RouteRule) -> String {
        let rule = match rule.name.as_deref().filter(|name| self.reads_rule_names && !name.is_empty()) {
            Some(name) => fnv1a(name),
            None => fnv1a(&matches_as_json(&rule.matches)),
        };
        format!("{}-{}-{}-{}-{rule}", gateway.0, gateway.1, route.0, route.1)
    }
}

/// The matches as AKO writes them down to hash them, sorted by path, with the API server's defaults.
fn matches_as_json(matches: &[RouteMatch]) -> String {
    let every_path = [RouteMatch::default()];
    let mut sorted: Vec<&RouteMatch> = if matches.is_empty() { &every_path } else { matches }.iter().collect();
    sort_by_key(&mut sorted, |one| path(one).0);
    let mut json = "[".to_owned();
    for one in sorted {
        let (value, match_type) = path(one);
        let separator = if json.len() > 1 { "," } else { "" };
        let (value, match_type) = (go_string(value), go_string(match_type));
        let _ = write!(json, "{separator}{{\"PathMatch\":{{\"Path\":{value},\"Type\":{match_type}}},\"HeaderMatch\":[");
        for (index, header) in one.headers.iter().enumerate() {
            let separator = if index > 0 { "," } else { "" };
            let match_type = go_string(header.match_type.as_deref().unwrap_or("Exact"));
            let [name, value] =
                [&header.name, &header.value].map(|text| go_string(text.as_deref().unwrap_or_default()));
            let _ = write!(json, "{separator}{{\"Type\":{match_type},\"Name\":{name},\"Value\":{value}}}");
        }
        json.push_str("]}");
    }
    json.push(']');
    json
}

/// A match's path and type.
fn path(one: &RouteMatch) -> (&str, &str) {
    let path = one.path.as_ref();
    let value = path.and_then(|path| path.value.as_deref()).unwrap_or("/");
    (value, path.and_then(|path| path.match_type.as_deref()).unwrap_or("PathPrefix"))
}

/// A string as Go's `encoding/json` writes it.
fn go_string(text: &str) -> String {
    let mut json = serde_json::to_string(text).unwrap_or_default();
    for (character, escape) in
        [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")]
    {
        if json.contains(character) {
            json = json.replace(character, escape);
        }
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gateway_api::http_route::PathMatch;

    const GATEWAY: Key<'_> = ("default", "gateway-hr-31");
    const ROUTE: Key<'_> = ("default", "httproute-31");
    const BACKEND: Key<'_> = ("default", "avisvc-hr-31");

    /// The values of AKO's own test `ako-gateway-api/tests/graphlayer/httproute_test.go`.
    #[test]
    fn names_are_those_of_akos_test() {
        let names = GatewayNames::new("cluster", true);
        let with_name = RouteRule { name: Some("rulename-port-8080".to_owned()), ..RouteRule::default() };
        let path = PathMatch { value: Some("/bar".to_owned()), ..PathMatch::default() };
        let by_path = RouteMatch { path: Some(path), ..RouteMatch::default() };
        let by_match = RouteRule { matches: vec![by_path], ..RouteRule::default() };
        for (rule, port, child, pool) in [
            (&with_name, 8080, "79c80596b5e4aeb72b3ea5dcf831623412368b17", "50036c244a7b7711b181d50d5ff1d7c8cc143d83"),
            (&by_match, 8081, "20175aa4f7283a01de44b8bd0a39f0f2df07d44a", "21618dd778e3c4fccaa3ae45ae085ecd39c19c22"),
        ] {
            assert_eq!(names.child(GATEWAY, ROUTE, rule), format!("ako-gw-cluster--{child}"));
            assert_eq!(names.pool(GATEWAY, ROUTE, rule, BACKEND, port), format!("ako-gw-cluster--{pool}"));
        }
    }

    #[test]
    fn an_older_ako_names_rules_by_their_matches() {
        let names = GatewayNames::new("cluster", false);
        let rule = RouteRule { name: Some("web".to_owned()), ..RouteRule::default() };
        assert_eq!(names.child(GATEWAY, ROUTE, &rule), names.child(GATEWAY, ROUTE, &RouteRule::default()));
    }

    #[test]
    fn parents_are_joined_without_escape() {
        let names = GatewayNames::new("cluster", true);
        assert_eq!(names.parent(("a", "b-c"), false), names.parent(("a-b", "c"), false));
        assert_eq!(names.parent(("red", "gw"), true), "ako-gw-cluster--red-gw-L7-dedicated-EVH");
    }

    #[test]
    fn strings_are_escaped_as_in_go() {
        assert_eq!(go_string("a<b>&\"c\""), r#""a\u003cb\u003e\u0026\"c\"""#);
    }
}
