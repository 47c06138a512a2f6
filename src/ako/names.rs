//! Names of objects on the Avi Controller, and host names.
//!
//! Source: AKO 2.2.1 `internal/lib/lib.go` (`GetL4VSName`, `GetL4PoolName`, `GetSvcApiL4PoolName`,
//! `Encode`) and `internal/lib/utils.go` (`CheckAndShortenLabelToFollowRFC1035`).

pub(crate) mod sha1;

use super::values::{AutoFqdn, Values};
use super::versions::Capability;

/// Longest name of an object on the Avi Controller (`AVI_OBJ_NAME_MAX_LENGTH`); what has a longer one
/// is left out with a log line only.
pub const LONGEST_NAME: usize = 255;

const LONGEST_LABEL: usize = 63;
/// What is left of a namespace where service and namespace fill a label each.
const SHORTENED_NAMESPACE: usize = 48;

/// Composes names for one cluster.
#[derive(Clone, Debug)]
pub struct Names {
    prefix: String,
    encoded: bool,
    protocol_in_gateway_pools: bool,
}

impl Names {
    /// The names under these values.
    #[must_use]
    pub fn new(values: &Values<'_>) -> Self {
        Self {
            prefix: format!("{}--", values.cluster_name),
            encoded: values.evh,
            protocol_in_gateway_pools: values.version.has(Capability::ProtocolInGatewayPools),
        }
    }

    /// A name that AKO never encodes: shared virtual services.
    #[must_use]
    pub fn plain(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A name, as its SHA-1 where EVH is on.
    #[must_use]
    pub fn encoded(&self, name: &str) -> String {
        let plain = self.plain(name);
        if self.encoded { format!("{}{}", self.prefix, sha1::hex(plain.as_bytes())) } else { plain }
    }

    /// Virtual service and VIP of a Gateway, a LoadBalancer Service, or a shared VIP's key.
    ///
    /// The parts are joined without escape: `a-b` + `c` and `a` + `b-c` are one name.
    #[must_use]
    pub fn layer4(&self, namespace: &str, name: &str) -> String {
        self.encoded(&format!("{namespace}-{name}"))
    }

    /// Pool of a LoadBalancer Service's port.
    #[must_use]
    pub fn service_pool(&self, namespace: &str, service: &str, protocol: &str, port: i64) -> String {
        self.encoded(&format!("{namespace}-{service}-{protocol}-{port}"))
    }

    /// Pool behind a Gateway's listener or on a shared VIP; the namespace is that of the Gateway.
    #[must_use]
    pub fn shared_pool(&self, namespace: &str, service: &str, owner: &str, protocol: &str, port: i64) -> String {
        let protocol = if self.protocol_in_gateway_pools { protocol } else { "" };
        self.encoded(&format!("{namespace}-{service}-{owner}-{protocol}-{port}"))
    }
}

/// Whether Avi takes a name of this length.
#[must_use]
pub const fn fits(name: &str) -> bool {
    name.len() <= LONGEST_NAME
}

/// The host name that AKO makes for a Service, if it makes one.
#[must_use]
pub fn auto_fqdn(values: &Values<'_>, namespace: &str, service: &str) -> Option<String> {
    let sub_domain = values.sub_domain.as_deref()?;
    let service = label(service, 's');
    let namespace = label(namespace, 'n');
    match values.auto_fqdn {
        AutoFqdn::Default => Some(format!("{service}.{namespace}.{sub_domain}")),
        AutoFqdn::Flat => {
            let (service, namespace) = flat(&service, &namespace);
            Some(format!("{service}-{namespace}.{sub_domain}"))
        }
        AutoFqdn::Off => None,
    }
}

/// A DNS label as RFC 1035 wants it: with a letter in front where that alone mends it.
fn label(name: &str, letter: char) -> String {
    let mended = format!("{letter}{name}");
    if !is_rfc1035_label(name) && is_rfc1035_label(&mended) { mended } else { name.to_owned() }
}

/// `^[a-z]([-a-z0-9]*[a-z0-9])?$`, at most 63 characters.
fn is_rfc1035_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= LONGEST_LABEL
        && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && text.bytes().all(is_inner)
        && !text.ends_with('-')
}

/// Service and namespace cut so that `<service>-<namespace>` is one DNS label.
fn flat<'t>(service: &'t str, namespace: &'t str) -> (&'t str, &'t str) {
    let mut namespace = namespace;
    if service.len() + namespace.len() < LONGEST_LABEL {
        return (service, namespace);
    }
    if namespace.len() + 1 >= LONGEST_LABEL {
        // A service name that fills the label alone leaves the namespace three quarters of it.
        let room = LONGEST_LABEL.saturating_sub(service.len() + 1);
        namespace = cut(namespace, if room == 0 { SHORTENED_NAMESPACE } else { room });
    }
    (cut(service, LONGEST_LABEL.saturating_sub(namespace.len() + 1)), namespace)
}

/// At most `length` bytes of a text, without hyphens at the end.
fn cut(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    if end == text.len() { text } else { text[..end].trim_end_matches('-') }
}

/// The shard of a host: FNV-1a over its bytes, by the number of shards.
///
/// Source: AKO 2.2.1 `internal/lib/lib.go` `GetshardSize` and `utils.Bkt`; a size that is not known
/// counts as one shard. `None`: every host has a virtual service of its own.
#[must_use]
pub fn shard(host: &str, size: &str) -> Option<u32> {
    let shards = match size {
        "LARGE" => 8,
        "MEDIUM" => 4,
        "DEDICATED" => return None,
        _ => 1,
    };
    Some(fnv1a(host) & (shards - 1))
}

/// FNV-1a over a text's bytes (`utils.Hash`).
#[must_use]
pub fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// SHA-1 of a text, as AKO writes it into names.
#[must_use]
pub fn digest(text: &str) -> String {
    sha1::hex(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(encoded: bool) -> Names {
        Names { prefix: "cluster--".to_owned(), encoded, protocol_in_gateway_pools: true }
    }

    #[test]
    fn parts_are_joined_without_escape() {
        let names = names(false);
        assert_eq!(names.layer4("red", "web"), "cluster--red-web");
        assert_eq!(names.layer4("a-b", "c"), names.layer4("a", "b-c"));
        assert_eq!(names.service_pool("red", "web", "TCP", 443), "cluster--red-web-TCP-443");
        assert_eq!(names.shared_pool("red", "web", "gw", "UDP", 53), "cluster--red-web-gw-UDP-53");
    }

    #[test]
    fn evh_encodes_names() {
        let expected = "cluster--59b23ab89b333cecbccadf7689a49fcac9632183";
        assert_eq!(names(true).encoded("my-infra-baz.com"), expected);
    }

    #[test]
    fn shards_of_hosts() {
        for (host, expected) in [("foo.com", 0), ("bar.com", 1), ("l2.com", 4), ("l12.com", 7)] {
            assert_eq!(shard(host, "LARGE"), Some(expected), "{host}");
        }
        assert_eq!(shard("l2c.com", "MEDIUM"), Some(3));
        assert_eq!(shard("my-website.my-domain.com", "LARGE"), Some(3));
        assert_eq!(shard("foo.com", "TINY"), Some(0));
        assert_eq!(shard("foo.com", "DEDICATED"), None);
    }

    #[test]
    fn flat_names_are_one_label() {
        let long = "x".repeat(63);
        assert_eq!(flat("web", "red"), ("web", "red"));
        assert_eq!(flat(&long, "red"), (&long[..59], "red"));
        assert_eq!(flat("web", &long), ("web", &long[..59]));
        assert_eq!(flat(&long, &long), (&long[..14], &long[..48]));
        let hyphen = format!("{}-y{}", "x".repeat(58), "z".repeat(3));
        assert_eq!(flat("web", &hyphen).1, &"x".repeat(58));
    }

    #[test]
    fn labels_get_a_letter_where_that_mends_them() {
        assert_eq!(label("1web", 's'), "s1web");
        assert_eq!(label("web", 's'), "web");
        assert_eq!(label("web-", 's'), "web-");
    }
}
