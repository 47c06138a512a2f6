//! Several fixes at once, as the page offers them: which there are, and what they would change.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::command::Command;
use crate::diff::{FileDiff, between};
use crate::fix::{Choice, mending};
use crate::ordered::sort_by_key;
use crate::pace::{finish, pause};
use crate::rules;
use crate::workspace::Workspace;

/// What stands for all safe fixes in place of a code.
const SAFE: &str = "safe";

/// Fixes that can be applied together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// `safe`, or a code: what [`preview`] takes.
    pub key: String,
    /// In words, with how many findings it is about.
    pub title: String,
}

/// What the fixes of an offer would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What undo says.
    pub label: String,
    /// Each fix in a line.
    pub fixes: Vec<String>,
    /// The changed lines by file.
    pub diff: Vec<FileDiff>,
    /// Whether more of them are left for another time.
    pub more: bool,
    /// All of it as one change.
    pub command: Command,
}

/// All safe fixes first, where there are any, then those of each rule by code.
#[must_use]
pub fn offers(analysis: &Analysis) -> Vec<Offer> {
    let mut safe = 0;
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in analysis.findings.iter().filter(|finding| !finding.fixes.is_empty()) {
        safe += usize::from(finding.fixes.iter().any(|fix| fix.safe));
        *by_code.entry(finding.code).or_default() += 1;
    }
    let mut codes: Vec<(&str, usize)> = by_code.into_iter().collect();
    sort_by_key(&mut codes, |(code, _)| *code);
    let of_code = |(code, count): (&str, usize)| {
        let name = rules::find(code).map_or("", |rule| rule.name);
        Offer { key: code.to_owned(), title: format!("{code} {name} ({})", findings(count)) }
    };
    let all = (safe > 0).then(|| Offer { key: SAFE.to_owned(), title: format!("all safe fixes ({})", findings(safe)) });
    all.into_iter().chain(codes.into_iter().map(of_code)).collect()
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

/// What an offer would change; nothing where it would change nothing.
#[must_use]
pub fn preview(workspace: &Workspace, key: &str) -> Option<Preview> {
    finish(previewing(workspace, key))
}

/// [`preview`] in steps.
pub async fn previewing(workspace: &Workspace, key: &str) -> Option<Preview> {
    let choice = if key == SAFE { Choice::safe() } else { Choice::code(key) };
    let mended = mending(workspace, &choice).await;
    pause().await;
    let fixes: Vec<String> = mended
        .applied
        .iter()
        .map(|applied| format!("{} {}: {}", applied.code, applied.object, applied.title))
        .collect();
    if fixes.is_empty() {
        return None;
    }
    let what = if fixes.len() == 1 { "fix" } else { "fixes" };
    let label = match key {
        SAFE => format!("Apply {} safe {what}", fixes.len()),
        code => format!("Apply {} {what} of {code}", fixes.len()),
    };
    let diff = between(workspace, &mended.workspace);
    Some(Preview { label, fixes, diff, more: !mended.is_stable, command: mended.command(workspace) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::diagnostic::Finding;
    use crate::examples;
    use crate::history::History;
    use crate::text::SourceFile;

    #[test]
    fn the_example_with_mistakes_offers_its_safe_fixes_and_each_code() {
        let workspace = Workspace::new(&examples::mistakes());
        let analysis = analyse(&workspace);
        let offers = offers(&analysis);
        let titles: Vec<&str> = offers.iter().map(|offer| offer.title.as_str()).collect();
        assert_eq!(titles.first(), Some(&"all safe fixes (2 findings)"));
        assert!(titles.contains(&"AKP313 listener-without-service (2 findings)"), "{titles:?}");
        assert!(titles[1..].is_sorted());
        for offer in &offers {
            let preview = preview(&workspace, &offer.key).expect(&offer.key);
            assert!(!preview.more && !preview.diff.is_empty(), "{}", offer.key);
            let after = preview.command.apply(&workspace).unwrap();
            if offer.key != SAFE {
                let left = analyse(&after).findings.iter().filter(|finding| finding.code == offer.key).count();
                let without_fix = |finding: &&Finding| finding.code == offer.key && finding.fixes.is_empty();
                assert_eq!(left, analysis.findings.iter().filter(without_fix).count(), "{}", offer.key);
            }
            assert_eq!(between(&workspace, &after), preview.diff);
        }
    }

    #[test]
    fn one_undo_takes_all_of_them_back() {
        let mut history = History::default();
        for SourceFile { name, text } in examples::mistakes() {
            history.edit("Import", None, &Command::SetFile { file: name, text }).unwrap();
        }
        let before = history.workspace().sources();
        let preview = preview(history.workspace(), SAFE).unwrap();
        assert_eq!(preview.label, "Apply 2 safe fixes");
        history.edit(&preview.label, None, &preview.command).unwrap();
        assert_ne!(history.workspace().sources(), before);
        history.undo();
        assert_eq!(history.workspace().sources(), before);
    }

    #[test]
    fn without_findings_nothing_is_offered() {
        let workspace = Workspace::new(&examples::clean());
        assert_eq!(offers(&analyse(&workspace)), []);
        assert_eq!(preview(&workspace, SAFE), None);
        assert_eq!(preview(&workspace, "AKP999"), None);
    }
}
