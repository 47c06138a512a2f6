//! Names of releases: helm takes no more than 53 characters.

use super::Chart;
use crate::ako::names::digest;

/// The longest name of a release (Helm documentation, *Chart Best Practices*: resource names of 63 are the limit).
const LONGEST: usize = 53;
/// So much of the digest tells shortened names apart.
const DIGEST: usize = 8;

impl Chart {
    /// The name to install it under: the chart's own; where that is too long its begin, with a digest of the whole.
    #[must_use]
    pub fn release(&self) -> String {
        shortened(&self.name)
    }
}

fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let begin: String = name.chars().take(LONGEST - DIGEST - 1).collect();
    let digest: String = digest(name).chars().take(DIGEST).collect();
    format!("{}-{digest}", begin.trim_end_matches(['-', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_longer_than_helm_takes_and_no_two_are_one() {
        assert_eq!(shortened("default-gateways"), "default-gateways");
        let fitting = "x".repeat(LONGEST);
        assert_eq!(shortened(&fitting), fitting);
        let long = |end: &str| shortened(&format!("{}{end}-gateways", "x".repeat(60)));
        assert!(long("a").len() == LONGEST && long("a").starts_with("xxx"), "{}", long("a"));
        assert_ne!(long("a"), long("b"));
        // What is cut off at a hyphen ends in one only.
        let cut = shortened(&format!("{}-{}", "x".repeat(LONGEST - DIGEST - 2), "y".repeat(20)));
        assert!(!cut.contains("--") && cut.len() < LONGEST, "{cut}");
    }
}
