//! A baseline: the findings that are known, by their fingerprints, so that a check tells the new ones.

use serde::{Deserialize, Serialize};

use super::Marked;

/// Version of the file's shape.
const VERSION: u32 = 1;

/// A baseline as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    version: u32,
    /// What is known.
    pub findings: Vec<Known>,
}

/// A finding that is known. Only the fingerprint counts; the rest is for those who read the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// See [`crate::report::fingerprints`].
    pub fingerprint: String,
    /// Code of its rule.
    #[serde(default)]
    pub code: String,
    /// The object, or the file where there is none.
    #[serde(default)]
    pub object: String,
    /// The field.
    #[serde(default)]
    pub path: String,
    /// What is wrong.
    #[serde(default)]
    pub message: String,
}

impl Baseline {
    /// A baseline of these findings.
    #[must_use]
    pub fn of(findings: &[Marked]) -> Self {
        let known = |Marked { finding, fingerprint }: &Marked| Known {
            fingerprint: fingerprint.clone(),
            code: finding.code.to_owned(),
            object: finding.object.clone().unwrap_or_else(|| finding.file.to_string()),
            path: finding.path.to_string(),
            message: finding.message.clone(),
        };
        let mut findings: Vec<Known> = findings.iter().map(known).collect();
        // In an order that moved files do not change, for small diffs.
        findings.sort_by(|a, b| {
            (&a.code, &a.object, &a.path, &a.fingerprint).cmp(&(&b.code, &b.object, &b.path, &b.fingerprint))
        });
        Self { version: VERSION, findings }
    }

    /// Reads a baseline's file.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| format!("this is no baseline: {error}"))?;
        match read.version {
            VERSION => Ok(read),
            other => Err(format!("its version is {other}, and this akoplan reads {VERSION}: write it anew")),
        }
    }

    /// The file: JSON, a member a line.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
