//! Findings: what is wrong, where, what AKO does with it, and how to mend it.

use std::rc::Rc;

use crate::command::Command;
use crate::syntax::FieldPath;
use crate::text::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Refused or ignored by the API server or AKO, or traffic lands on another network than meant.
    Error,
    /// Accepted, but likely not meant.
    Warning,
    /// Advice.
    Info,
}

impl Severity {
    /// In a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Code of the rule, `AKP###`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// File.
    pub file: Rc<str>,
    /// Bytes in the file.
    pub span: Span,
    /// Key of the object, `Kind/namespace/name`; `None` for what is no object.
    pub object: Option<String>,
    /// The field.
    pub path: FieldPath,
    /// What is wrong, in a sentence; names in backticks.
    pub message: String,
    /// What AKO (or the API server) does with it, in a sentence.
    pub effect: String,
    /// What to do, in a sentence.
    pub help: String,
    /// Mends, the best first.
    pub fixes: Vec<Fix>,
    /// Mends that need what only people know.
    pub asks: Vec<Ask>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

/// A mend that can be applied.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether it can be applied without being asked for: it changes nothing that works.
    pub safe: bool,
    /// The change.
    pub command: Command,
}

/// A mend that asks first; [`crate::fix::ask`] has its questions and makes a change of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// An AviInfraSetting of this name is to be defined: where it leads, nothing in the project can tell.
    DefineSetting(String),
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// File.
    pub file: Rc<str>,
    /// Bytes in the file.
    pub span: Span,
    /// What is there.
    pub message: String,
}
