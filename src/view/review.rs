//! A reviewed change as the page shows it: a sentence over all, findings with their places, landings with their state.

use super::sentence;
use crate::diagnostic::{Finding, Severity};
use crate::diff::FileDiff;
use crate::review::{Move, Review};
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// A finding in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLine {
    /// How bad.
    pub severity: Severity,
    /// Code of the rule.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The object; the file where there is none.
    pub object: String,
    /// File and line, where the project in hand has it.
    pub place: Option<(String, usize)>,
}

/// What becomes of a landing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveState {
    /// Not where it is meant to be, or not served any more.
    Elsewhere,
    /// The manifests lead somewhere else, and AKO does not follow them.
    Stays,
    /// Nothing lands any more.
    Gone,
    /// It moves, as meant where something says what is meant.
    Moves,
    /// It is new.
    New,
}

impl MoveState {
    /// The state of a landing that moves.
    #[must_use]
    pub fn of(landing: &Move) -> Self {
        match (&landing.from, &landing.to) {
            _ if landing.written.is_some() => Self::Stays,
            (_, None) => Self::Gone,
            _ if landing.as_intended == Some(false) => Self::Elsewhere,
            (None, _) => Self::New,
            _ => Self::Moves,
        }
    }

    /// In a word or two.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::Stays => "AKO does not follow",
            Self::Gone => "gone",
            Self::Moves => "moves",
            Self::New => "new",
        }
    }

    /// How bad it is; `None` where it is good.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Elsewhere => Some(Severity::Error),
            Self::Stays | Self::Gone | Self::Moves => Some(Severity::Warning),
            Self::New => None,
        }
    }
}

/// What a change does, in a sentence.
#[must_use]
pub fn summary(review: &Review) -> String {
    let counted = [
        (review.introduced.len(), "finding introduced", "findings introduced"),
        (review.fixed.len(), "fixed", "fixed"),
        (review.unchanged.len(), "unchanged", "unchanged"),
        (review.moves.len(), "landing moves", "landings move"),
        (review.interruptions.len(), "interruption", "interruptions"),
        (review.objects.len(), "object differs", "objects differ"),
    ];
    let part = |(count, one, many): (usize, &str, &str)| format!("{count} {}", if count == 1 { one } else { many });
    counted.map(part).join(", ")
}

/// Findings in lines, with their places in the project that has them.
#[must_use]
pub fn finding_lines(workspace: Option<&Workspace>, findings: &[Finding]) -> Vec<FindingLine> {
    let line = |finding: &Finding| FindingLine {
        severity: finding.severity,
        code: finding.code,
        message: sentence(&finding.message),
        object: finding.object.clone().unwrap_or_else(|| finding.file.to_string()),
        place: workspace.and_then(|workspace| {
            let file = workspace.file(&finding.file)?;
            Some((finding.file.to_string(), file.position(finding.span.start).line))
        }),
    };
    findings.iter().map(line).collect()
}

/// A second import beside a project: where both are one file, they are the same file, whatever their names.
#[must_use]
pub fn with_fitting_names(project: &Workspace, second: &[SourceFile]) -> Workspace {
    match (project.files(), second) {
        ([own], [file]) => Workspace::new(&[SourceFile::new(own.source.name.as_str(), file.text.clone())]),
        _ => Workspace::new(second),
    }
}

/// The changed text. Of two imports under different names only what both have is worth reading.
#[must_use]
pub fn text_changes<'a>(review: &'a Review, old: &Workspace, new: &Workspace, only_common: bool) -> Vec<&'a FileDiff> {
    let has = |workspace: &Workspace, diff: &FileDiff| workspace.file(&diff.file).is_some();
    review.files.iter().filter(|diff| !only_common || has(old, diff) && has(new, diff)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;
    use crate::review::review;

    #[test]
    fn the_mistakes_against_the_clean_example_are_told() {
        let (old, new) = (Workspace::new(&examples::clean()), Workspace::new(&examples::mistakes()));
        let review = review(&old, &new);
        assert!(summary(&review).contains("findings introduced, 0 fixed, 0 unchanged"), "{}", summary(&review));
        let lines = finding_lines(Some(&new), &review.introduced);
        assert!(lines.iter().all(|line| line.place.is_some() && line.code.starts_with("AKP")));
        assert!(finding_lines(None, &review.introduced).iter().all(|line| line.place.is_none()));
        let sigtran = review.moves.iter().find(|it| it.subject.contains("SCTP/2905")).map(MoveState::of);
        assert!(matches!(sigtran, Some(MoveState::Elsewhere | MoveState::Stays)), "{sigtran:?}");
    }

    #[test]
    fn only_common_files_of_a_second_import_are_read() {
        let file = |name: &str, text: &str| SourceFile::new(name, text);
        let old = Workspace::new(&[file("a.yaml", "a: 1\n"), file("old.yaml", "b: 1\n")]);
        let new = Workspace::new(&[file("a.yaml", "a: 2\n"), file("new.yaml", "b: 1\n")]);
        let review = review(&old, &new);
        assert_eq!(text_changes(&review, &old, &new, false).len(), 3);
        let common = text_changes(&review, &old, &new, true);
        assert_eq!(common.iter().map(|diff| diff.file.as_str()).collect::<Vec<_>>(), ["a.yaml"]);
    }

    #[test]
    fn one_file_against_one_is_the_same_file() {
        let own = Workspace::new(&[SourceFile::new("own.yaml", "a: 1\n")]);
        let pasted = [SourceFile::new("pasted.yaml", "a: 2\n")];
        assert_eq!(with_fitting_names(&own, &pasted).files()[0].source.name, "own.yaml");
        assert_eq!(with_fitting_names(&Workspace::default(), &pasted).files()[0].source.name, "pasted.yaml");
    }

    #[test]
    fn a_state_is_a_word() {
        let landing = |from: Option<&str>, to: Option<&str>| Move {
            object: "Service/red/web".to_owned(),
            subject: "red/web TCP/80".to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            written: None,
            as_intended: None,
        };
        let word = |landing: &Move| MoveState::of(landing).word();
        assert_eq!(word(&landing(Some("a"), Some("b"))), "moves");
        assert_eq!(word(&landing(Some("a"), None)), "gone");
        assert_eq!(word(&landing(None, Some("b"))), "new");
        assert_eq!(word(&Move { as_intended: Some(false), ..landing(Some("a"), Some("b")) }), "elsewhere");
        assert_eq!(
            word(&Move { written: Some("c".to_owned()), ..landing(Some("a"), Some("a")) }),
            "AKO does not follow"
        );
    }
}
