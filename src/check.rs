//! What a pipeline makes of an analysis: the findings that are open, each with its fingerprint.

use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Severity};
use crate::report::fingerprints;
use crate::workspace::Workspace;

/// What standard input is called where files have names.
pub const STANDARD_INPUT: &str = "<stdin>";

/// A finding with its mark, see [`fingerprints`].
#[derive(Clone, Debug)]
pub struct Marked {
    /// The finding.
    pub finding: Finding,
    /// Stays the same when lines move.
    pub fingerprint: String,
}

/// The findings of a check.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is reported, by file and place.
    pub open: Vec<Marked>,
}

impl Checked {
    /// Everything that an analysis found.
    #[must_use]
    pub fn new(workspace: &Workspace, analysis: &Analysis) -> Self {
        let marks = fingerprints(workspace, &analysis.findings);
        let open = analysis.findings.iter().cloned().zip(marks);
        let open = open.map(|(finding, fingerprint)| Marked { finding, fingerprint }).collect();
        Self { open }
    }

    /// The open findings.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.open.iter().map(|marked| &marked.finding)
    }

    /// Whether the check fails.
    #[must_use]
    pub fn fails(&self, workspace: &Workspace, fail_on: FailOn) -> bool {
        self.findings().any(|finding| counts(workspace, finding, fail_on))
    }
}

/// Whether a finding fails the check: it is as bad as that, or its document cannot be read.
#[must_use]
pub fn counts(workspace: &Workspace, finding: &Finding, fail_on: FailOn) -> bool {
    let Some(least) = fail_on.least() else { return false };
    // Severities are sorted, the worst first.
    finding.severity <= least || is_in_unreadable(workspace, finding)
}

fn is_in_unreadable(workspace: &Workspace, finding: &Finding) -> bool {
    let Some(file) = workspace.file(&finding.file) else { return false };
    let end = file.documents.partition_point(|document| document.span.start <= finding.span.start);
    let tree = end.checked_sub(1).and_then(|at| file.documents.get(at)).map(|document| &document.parsed.tree);
    tree.is_some_and(|tree| !tree.is_readable() && !tree.issues.is_empty())
}

/// From which severity on a check fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Every finding.
    Info,
    /// Nothing: the report alone is wanted.
    Never,
}

impl FailOn {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Never];

    /// In a word, as on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.least() {
            Some(severity) => severity.name(),
            None => "never",
        }
    }

    /// The mildest severity that counts.
    #[must_use]
    pub const fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
