//! Version numbers as people write them: `2.2.1`, `1.33`, `v1.30.2`.

/// A version's numbers; numbers that are left out count as zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// Reads a version; a leading `v` and what follows the numbers (`-rc1`, `+vmware.1`) do not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let end = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
        let mut numbers = text[..end].trim_end_matches('.').split('.').map(|part| part.parse::<u32>().ok());
        let first = numbers.next()??;
        let mut next = || numbers.next().map_or(Some(0), |number| number);
        Some(Self(first, next()?, next()?))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self(major, minor, 0) => write!(f, "{major}.{minor}"),
            Self(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(Version::parse("1.33"), Some(Version(1, 33, 0)));
        assert_eq!(Version::parse(" v1.30.2+vmware.1 "), Some(Version(1, 30, 2)));
        assert!(Version::parse("1.9.1") < Version::parse("1.10.2"));
        assert_eq!(Version::parse("latest"), None);
        assert_eq!(Version::parse(""), None);
        assert_eq!(Version::parse("1..2"), None);
    }
}
