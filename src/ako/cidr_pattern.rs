//! AKO's two patterns for CIDRs, as plain code: they take less, and more, than CIDRs are.
//!
//! Source: AKO 2.2.1 `internal/lib/constants.go`, `IPCIDRRegex` and `IPV6CIDRRegex`. The tests
//! compare with the patterns themselves.

/// Whether AKO takes a text as an IPv4 CIDR: four octets, a slash, and a mask that may be missing.
///
/// Host bits, leading zeros and `/0` pass; `10.0.0.0/` passes and becomes a mask of 0.
#[must_use]
pub fn takes_v4(text: &str) -> bool {
    let Some((address, mask)) = text.split_once('/') else { return false };
    let octets: Vec<&str> = address.split('.').collect();
    octets.len() == 4 && octets.iter().all(|octet| is_octet(octet)) && is_v4_mask(mask)
}

/// Whether AKO takes a text as an IPv6 CIDR; the mask may be missing, and AKO then crashes as soon as
/// a VIP is built from it.
#[must_use]
pub fn takes_v6(text: &str) -> bool {
    let (address, mask) = match text.split_once('/') {
        Some((address, mask)) => (address, Some(mask)),
        None => (text, None),
    };
    (is_full_v6(address) || is_shortened_v6(address)) && mask.is_none_or(is_v6_mask)
}

fn is_octet(text: &str) -> bool {
    let is_short = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_short && text.parse::<u16>().is_ok_and(|value| value <= 255)
}

/// Nothing, or 0 to 32 without leading zeros.
fn is_v4_mask(text: &str) -> bool {
    text.is_empty() || is_plain_number(text) && text.parse::<u8>().is_ok_and(|length| length <= 32)
}

/// 1 to 128 without leading zeros.
fn is_v6_mask(text: &str) -> bool {
    is_plain_number(text) && text.parse::<u8>().is_ok_and(|length| (1..=128).contains(&length))
}

fn is_plain_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
}

fn is_group(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_full_v6(address: &str) -> bool {
    address.split(':').count() == 8 && address.split(':').all(is_group)
}

/// `::` with any number of groups on both sides.
fn is_shortened_v6(address: &str) -> bool {
    let bytes = address.as_bytes();
    let doubled = (0..bytes.len().saturating_sub(1)).filter(|at| bytes[*at] == b':' && bytes[at + 1] == b':');
    // Three colons have two places for the pair; a fourth place cannot help any more.
    doubled.take(3).any(|at| is_side(&address[..at]) && is_side(&address[at + 2..]))
}

/// What may stand on one side of `::`: digits of any number, then groups with a colon in front.
fn is_side(text: &str) -> bool {
    let rest = text.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    rest.is_empty() || rest.strip_prefix(':').is_some_and(|groups| groups.split(':').all(is_group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v4() {
        for text in ["10.0.0.0/", "10.20.0.77/24", "010.020.000.000/24", "0.0.0.0/0", "10.0.0.0/32"] {
            assert!(takes_v4(text), "{text}");
        }
        for text in ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", " 10.0.0.0/8", "10.0.0.0/8\n", "256.0.0.0/8", "::/8"] {
            assert!(!takes_v4(text), "{text}");
        }
    }

    #[test]
    fn v6() {
        for text in
            ["2001:db8::", "2001:db8::/32", "::/1", "12345::/32", "1:2:3:4:5::6:7:8:9", "1:2:3:4:5:6:7:8", ":::1"]
        {
            assert!(takes_v6(text), "{text}");
        }
        for text in
            ["::/0", "::/129", "::ffff:10.0.0.1/96", "fe80::1%eth0", "2001::40::/64", "::/064", ":::", "1:2", ""]
        {
            assert!(!takes_v6(text), "{text}");
        }
    }

    /// `\b` is ASCII in Go.
    const V4: &str = r"^((?-u:\b)([01]?[0-9][0-9]?|2[0-4][0-9]|25[0-5])\.){3}([01]?[0-9][0-9]?|2[0-4][0-9]|25[0-5])\/(([0-9]|[1-2][0-9]|3[0-2]))?$";
    const V6: &str = r"^(((?:[0-9A-Fa-f]{1,4}))*((?::[0-9A-Fa-f]{1,4}))*::((?:[0-9A-Fa-f]{1,4}))*((?::[0-9A-Fa-f]{1,4}))*|((?:[0-9A-Fa-f]{1,4}))((?::[0-9A-Fa-f]{1,4})){7})(\/([1-9]|[1-9][0-9]|1[0-1][0-9]|12[0-8])){0,1}$";

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]

        /// Texts near the patterns: true addresses, and mixtures of their characters.
        #[test]
        fn agrees_with_the_patterns(
            text in proptest::prop_oneof![
                "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{0,3})?",
                "[0-9a-f]{0,5}(:[0-9A-F]{0,5}){0,9}(/[0-9]{0,3})?",
                "(::?[0-9a-f]{1,4}){0,4}::?([0-9a-f]{1,5}:?){0,4}(/[0-9]{0,3})?",
                "[0-9a-fA-F:./g \n]{0,24}",
                "\\PC{0,8}",
            ]
        ) {
            use std::sync::LazyLock;
            static PATTERNS: LazyLock<[regex::Regex; 2]> = LazyLock::new(|| [V4, V6].map(|pattern| regex::Regex::new(pattern).unwrap()));
            proptest::prop_assert_eq!(takes_v4(&text), PATTERNS[0].is_match(&text));
            proptest::prop_assert_eq!(takes_v6(&text), PATTERNS[1].is_match(&text));
        }
    }
}
