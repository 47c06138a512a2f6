//! The listing of what exports wrote into a folder: a line for each file, its digest and its name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::is_below;
use crate::ako::names::sha1;

/// File name of the listing, beside what it lists.
///
/// It is hidden and has no ending of a manifest: `kubectl apply -f`, folders of Argo CD, helm and `akoplan check` pass
/// over it, and kustomize takes only what it is told.
pub const LISTING_FILE: &str = ".akoplan-export";

const HEAD: &str = "# What `akoplan export` wrote here. The next export removes what it no longer makes, and leaves \
                    what was changed by hand.\n";

/// Names of files below a folder, with the digests of what was written to each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    digests: BTreeMap<String, BTreeSet<String>>,
}

impl Listing {
    /// Reads a listing. Lines that are none of its own are passed over, and so are names that lead outside the folder.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut listing = Self::default();
        for line in text.lines() {
            let Some((digest, name)) = line.split_once("  ") else { continue };
            let is_digest = digest.len() == 40 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_digest && is_below(name) {
                listing.digests.entry(name.to_owned()).or_default().insert(digest.to_ascii_lowercase());
            }
        }
        listing
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.digests.keys().map(String::as_str)
    }

    /// Whether an export wrote a file of this name.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.digests.contains_key(name)
    }

    /// Whether an export wrote a file of this name with this content; names may differ in case, as on some file
    /// systems they are the same.
    #[must_use]
    pub fn wrote(&self, name: &str, bytes: &[u8]) -> bool {
        let digest = digest(bytes);
        let mut own = self.digests.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        self.digests.get(name).is_some_and(|digests| digests.contains(&digest))
            || own.any(|(_, digests)| digests.contains(&digest))
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.digests.entry(name.to_owned()).or_default().insert(digest(bytes));
    }

    /// Adds what another listing has of a file.
    pub(super) fn take_over(&mut self, name: &str, other: &Self) {
        if let Some(digests) = other.digests.get(name) {
            self.digests.entry(name.to_owned()).or_default().extend(digests.iter().cloned());
        }
    }
}

/// SHA-1 of a content, whose lines may have come back from a repository with other ends.
fn digest(bytes: &[u8]) -> String {
    let ends = bytes.iter().zip(bytes.iter().skip(1).map(Some).chain([None]));
    let unix: Vec<u8> =
        ends.filter(|(byte, next)| (**byte, *next) != (b'\r', Some(&b'\n'))).map(|(byte, _)| *byte).collect();
    sha1::hex(&unix)
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for (name, digests) in &self.digests {
            for digest in digests {
                writeln!(f, "{digest}  {name}")?;
            }
        }
        Ok(())
    }
}
