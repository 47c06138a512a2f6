//! What a pipeline makes of an analysis: the findings that are open, each with its fingerprint, and those that are
//! hidden, with the reason.

mod baseline;
mod config;
pub mod glob;

pub use baseline::{Baseline, Known};
pub use config::{CONFIG_NAMES, Config, Ignore, is_config};

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Severity};
use crate::ordered::IntoOrdered;
use crate::report::{fingerprints, template_of};
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

/// A finding that is not reported.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// The finding.
    pub marked: Marked,
    /// What hides it.
    pub by: HiddenBy,
    /// Why, as people wrote it; empty where they did not.
    pub reason: String,
}

/// What hides a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenBy {
    /// The annotation `akoplan/ignore` of its object.
    Annotation,
    /// An `ignore` of the config.
    Config,
    /// It is known from before.
    Baseline,
}

impl HiddenBy {
    /// In a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::Config => "config",
            Self::Baseline => "baseline",
        }
    }
}

/// The findings of a check.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is reported, by file and place.
    pub open: Vec<Marked>,
    /// What is not.
    pub hidden: Vec<Hidden>,
    /// What the baseline knows and no longer occurs.
    pub gone: Vec<Known>,
    /// Items of the config that ignore nothing, in a sentence each with their place.
    pub idle: Vec<String>,
}

impl Checked {
    /// Everything that an analysis found.
    #[must_use]
    pub fn new(workspace: &Workspace, analysis: &Analysis) -> Self {
        let marks = fingerprints(workspace, &analysis.findings);
        let open = analysis.findings.iter().cloned().zip(marks);
        let open = open.map(|(finding, fingerprint)| Marked { finding, fingerprint }).collect();
        let (ignored, reasons): (Vec<Finding>, Vec<String>) = analysis.ignored.iter().cloned().unzip();
        let marks = fingerprints(workspace, &ignored);
        let hidden = ignored.into_iter().zip(marks).zip(reasons).map(|((finding, fingerprint), reason)| Hidden {
            marked: Marked { finding, fingerprint },
            by: HiddenBy::Annotation,
            reason,
        });
        Self { open, hidden: hidden.collect(), ..Self::default() }
    }

    /// With the levels and ignores of a config. A rule that is off reports nothing and hides nothing.
    #[must_use]
    pub fn under(mut self, workspace: &Workspace, config: &Config) -> Self {
        let mut used = vec![false; config.ignores.len()];
        for mut marked in std::mem::take(&mut self.open) {
            let finding = &mut marked.finding;
            match config.levels.get(finding.code) {
                Some(None) => continue,
                Some(Some(severity)) => finding.severity = *severity,
                None => {}
            }
            let template = template_of(workspace, &finding.file, finding.span);
            let ignore = config.ignores.iter().zip(&mut used);
            let mut ignore = ignore.filter(|(ignore, _)| ignore.is_about(finding.code, &finding.file, template));
            match ignore.next() {
                Some((ignore, used)) => {
                    *used = true;
                    self.hidden.push(Hidden { marked, by: HiddenBy::Config, reason: ignore.reason.clone() });
                }
                None => self.open.push(marked),
            }
        }
        for (ignore, _) in config.ignores.iter().zip(used).filter(|(_, used)| !used) {
            let within = ignore.path.as_ref().map(|path| format!(" in `{}`", path.text())).unwrap_or_default();
            self.idle.push(format!("{}:{}: {}{within} ignores nothing", config.name, ignore.line, ignore.code));
        }
        self
    }

    /// Without what a baseline knows.
    #[must_use]
    pub fn against(mut self, baseline: &Baseline) -> Self {
        let known: BTreeSet<&str> = baseline.findings.iter().map(|known| known.fingerprint.as_str()).into_set();
        let mut met: BTreeSet<String> = self.hidden.iter().map(|hidden| hidden.marked.fingerprint.clone()).into_set();
        for marked in std::mem::take(&mut self.open) {
            met.insert(marked.fingerprint.clone());
            if known.contains(marked.fingerprint.as_str()) {
                self.hidden.push(Hidden { marked, by: HiddenBy::Baseline, reason: String::new() });
            } else {
                self.open.push(marked);
            }
        }
        self.gone = baseline.findings.iter().filter(|known| !met.contains(&known.fingerprint)).cloned().collect();
        self
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

#[cfg(test)]
mod tests;
