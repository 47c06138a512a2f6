//! The rules: one problem, one code, one file, and the ONE list of them all.
//!
//! A rule is a static made by [`rule!`](crate::rule): its doc comment is its page (`akoplan explain`,
//! the page's Rules place, `docs/rules.md`), with the headings *What it does*, *Why it matters*,
//! *Example* and *Use instead*. To add one: write `rules/<group>/<problem>.rs` and add a line to
//! [`ALL`]. The tests in `tests/rules.rs` run every page: each example must raise exactly its code,
//! each *Use instead* none, each fix must remove its finding.
//!
//! Codes: hundreds by group (see [`Group`]); a code names a problem for ever and is never reused.

mod context;
mod macros;

pub use context::{Context, Findings, Report};

use crate::diagnostic::Severity;
use crate::model::Kind;

/// A rule.
pub struct Rule {
    /// `AKP###`.
    pub code: &'static str,
    /// In kebab case: what is wrong, as in `gateway-class-not-found`.
    pub name: &'static str,
    /// Severity of its findings.
    pub severity: Severity,
    /// The kinds it looks at; a test compares with what it reads.
    pub reads: &'static [Kind],
    /// Since which akoplan version.
    pub since: &'static str,
    /// The page in Markdown: its doc comment.
    pub page: &'static str,
    /// The check.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// What the hundreds of the codes stand for.
pub const GROUPS: [(&str, &str); 10] = [
    ("AKP0", "YAML"),
    ("AKP1", "Schema"),
    ("AKP2", "Values of one object"),
    ("AKP3", "References"),
    ("AKP4", "Conflicts between objects"),
    ("AKP5", "Landing"),
    ("AKP6", "Capacity and addresses"),
    ("AKP7", "Versions and migration"),
    ("AKP8", "Helm and export"),
    ("AKP9", "Advice"),
];

/// Codes that once had a meaning and must never be used again.
pub const RETIRED: &[&str] = &[];

impl Rule {
    /// The page's first sentence, without its heading.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let body = self.page.trim_start().trim_start_matches("## What it does").trim_start();
        body.split("\n\n").next().unwrap_or(body).trim()
    }

    /// The fenced blocks under a heading of the page.
    #[must_use]
    pub fn blocks(&self, heading: &str) -> Vec<&'static str> {
        let Some(section) = self.page.split("\n## ").find(|part| part.trim_start_matches("## ").starts_with(heading))
        else {
            return Vec::new();
        };
        section.split("```yaml\n").skip(1).filter_map(|block| block.split_once("```").map(|(yaml, _)| yaml)).collect()
    }
}

/// The rule of a code or a name.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)
}

mod references;

/// Every rule, in the order of the codes.
pub static ALL: &[&Rule] = &[&references::gateway_class_not_found::GATEWAY_CLASS_NOT_FOUND];
