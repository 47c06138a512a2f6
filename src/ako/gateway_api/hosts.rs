//! Which hosts of a route a listener takes. AKO asks twice, and not the same question.
//!
//! To accept a route it compares host by host, where `*` stands for one label; to build its virtual
//! services it compares label by label from the right, where a shorter name fits every longer one.

use crate::ako::values::Values;

/// `*` alone, for every host.
const EVERY: &str = "*";

/// Whether AKO accepts a route with these hosts on a listener
/// (AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go` `validateParentReference`).
#[must_use]
pub fn accepts(listener: Option<&str>, hosts: &[String]) -> bool {
    let Some(listener) = listener.filter(|host| !matches!(*host, "" | EVERY)) else { return !hosts.is_empty() };
    hosts.is_empty()
        || hosts.iter().any(|host| match (host.starts_with(EVERY), listener.starts_with(EVERY)) {
            (true, true) => overlap(host, listener),
            (false, false) => host == listener,
            (true, false) => one_label(host, listener),
            (false, true) => one_label(listener, host),
        })
}

/// The hosts under which AKO builds virtual services for a route on a listener
/// (AKO 2.2.1 `ako-gateway-api/nodes/gateway_model_rel.go` `parentRefGatewayMappings`).
#[must_use]
pub fn served(values: &Values<'_>, listener: Option<&str>, hosts: &[String]) -> Vec<String> {
    let listener = listener.filter(|host| !host.is_empty()).unwrap_or(EVERY);
    if hosts.is_empty() {
        return if listener == EVERY { Vec::new() } else { vec![listener.to_owned()] };
    }
    hosts.iter().filter(|host| overlap(host, listener) && in_sub_domains(values, host)).cloned().collect()
}

/// Whether a host ends in one of the cloud's DNS sub-domains; a cloud without them takes every host
/// (AKO 2.2.1 `ako-gateway-api/lib/lib.go` `VerifyHostnameSubdomainMatch`).
#[must_use]
pub fn in_sub_domains(values: &Values<'_>, host: &str) -> bool {
    let domains = values.sub_domains.as_deref().unwrap_or_default();
    domains.is_empty() || domains.iter().any(|domain| host.ends_with(domain))
}

/// Labels from the right, as many as the shorter name has; `*` fits every label
/// (AKO 2.2.1 `pkg/utils/utils.go` `CheckSubdomainOverlapping`).
fn overlap(one: &str, other: &str) -> bool {
    let mut pairs = one.rsplit('.').zip(other.rsplit('.'));
    pairs.all(|(one, other)| one == other || one == EVERY || other == EVERY)
}

/// Whether a host is another one, or fits it as a pattern (`isRegexMatch`).
#[must_use]
pub fn fits(pattern: &str, host: &str) -> bool {
    pattern == host || pattern.starts_with(EVERY) && one_label(pattern, host)
}

/// `*` as one label of lower-case letters, digits and hyphens; AKO makes an expression of the rest, in
/// which a dot stands for any character (AKO 2.2.1 `route_validator.go` `isRegexMatch`).
fn one_label(pattern: &str, host: &str) -> bool {
    let rest = pattern.strip_prefix(EVERY).unwrap_or(pattern).as_bytes();
    let host = host.as_bytes();
    let Some(length) = host.len().checked_sub(rest.len()).filter(|length| *length > 0) else { return false };
    let (label, end) = host.split_at(length);
    label.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
        && rest.iter().zip(end).all(|(pattern, byte)| *pattern == b'.' || pattern == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(listener: Option<&str>, hosts: &[&str]) -> bool {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        accepts(listener, &hosts)
    }

    #[test]
    fn a_wildcard_takes_one_label() {
        assert!(takes(Some("*.avi.internal"), &["app.avi.internal"]));
        assert!(!takes(Some("*.avi.internal"), &["a.app.avi.internal"]));
        assert!(takes(Some("app.avi.internal"), &["*.avi.internal"]));
        assert!(takes(Some("*.avi.internal"), &["*.app.avi.internal"]));
        assert!(!takes(Some("*.avi.internal"), &["avi.internal"]));
    }

    #[test]
    fn every_host_wants_a_host() {
        assert!(takes(None, &["app.avi.internal"]));
        assert!(!takes(None, &[]));
        assert!(!takes(Some("*"), &[]));
        assert!(takes(Some("app.avi.internal"), &[]));
    }

    #[test]
    fn building_takes_more_than_accepting() {
        assert!(overlap("a.app.avi.internal", "*.avi.internal"));
        assert!(overlap("avi.internal", "*.avi.internal"));
        assert!(!overlap("app.example.org", "*.avi.internal"));
        assert!(overlap("app.avi.internal", "*"));
    }
}
