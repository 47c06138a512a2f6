//! Every fix that is offered anywhere removes its finding, brings no error or warning, leaves every line
//! that it does not mend as it was, and is taken back by one undo.
//!
//! "Anywhere" is every example of the rules and every scenario of the conformance folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::diagnostic::{Finding, Fix, Severity};
use akoplan::diff;
use akoplan::fix::{Choice, mend};
use akoplan::history::History;
use akoplan::rules::{self, ALL};
use akoplan::text::{SourceFile, apply_edits};
use akoplan::workspace::Workspace;

/// Every workspace with the name that a complaint gives it.
fn workspaces() -> Vec<(String, Workspace)> {
    let mut found = Vec::new();
    for rule in ALL {
        for (at, example) in rule.examples("Example").into_iter().enumerate() {
            let workspace = Workspace::new(&[SourceFile::new("example.yaml", example)]);
            found.push((format!("{} example {at}", rule.code), workspace));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/conformance/scenarios", "tests/scenarios", "static/examples"] {
        let mut scenarios: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        scenarios.sort();
        for scenario in scenarios.into_iter().filter(|path| path.is_dir()) {
            let mut files = Vec::new();
            read(&scenario, "", &mut files);
            let name = scenario.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, Workspace::new(&files)));
        }
    }
    found
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(SourceFile::new(name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Codes, with how many findings of an error or a warning there are.
fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity <= Severity::Warning) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

fn of_code(findings: &[Finding], code: &str) -> usize {
    findings.iter().filter(|finding| finding.code == code).count()
}

/// What is wrong with a fix.
fn problem(before: &Workspace, findings: &[Finding], finding: &Finding, fix: &Fix) -> Option<String> {
    let after = match fix.command.apply(before) {
        Ok(after) => after,
        Err(error) => return Some(format!("cannot be applied: {error}")),
    };
    let left = analyse(&after).findings;
    if of_code(&left, finding.code) >= of_code(findings, finding.code) {
        return Some("does not remove its finding".to_owned());
    }
    let (old, new) = (counts(findings), counts(&left));
    let remains = rules::find(finding.code).map(rules::Rule::remains).unwrap_or_default();
    let mut wrong = String::new();
    for (code, count) in new.iter().filter(|_| !was_unreadable(before, finding)) {
        if *count > old.get(code).copied().unwrap_or_default() && !remains.contains(code) {
            let message = left.iter().rfind(|finding| finding.code == *code).map(|finding| &finding.message);
            let _ = write!(wrong, "brings {code}: {}; ", message.map_or("", String::as_str));
        }
    }
    wrong.push_str(&bytes(before, &after, &fix.command).unwrap_or_default());
    wrong.push_str(&undo(before, fix).unwrap_or_default());
    (!wrong.is_empty()).then_some(wrong)
}

/// Whether the document could not be read: what it holds is then checked for the first time.
fn was_unreadable(before: &Workspace, finding: &Finding) -> bool {
    let file = before.file(&finding.file).unwrap();
    let mut documents = file.documents.iter().filter(|document| !document.parsed.tree.is_readable());
    documents.any(|it| it.span.start <= finding.span.start && finding.span.start < it.span.end)
}

/// Whether a byte changes that no edit of the command names, or a line beside the edited ones.
fn bytes(before: &Workspace, after: &Workspace, command: &Command) -> Option<String> {
    if matches!(command, Command::RemoveFile { .. }) {
        return None;
    }
    let edits = command.edits(before).ok()?;
    for file in before.files() {
        let (name, text) = (&file.source.name, &file.source.text);
        let edited = edits.get(name).map_or_else(|| text.to_string(), |edits| apply_edits(text, edits));
        let new = after.file(name).map(|file| file.source.text.to_string());
        if new.as_ref() != Some(&edited) {
            return Some(format!("changes `{name}` where its edits do not; "));
        }
        let touched: BTreeSet<usize> = edits
            .get(name)
            .into_iter()
            .flatten()
            .flat_map(|edit| file.position(edit.span.start).line..=file.position(edit.span.end).line)
            .collect();
        let kept = text.split_inclusive('\n').enumerate().filter(|(at, _)| !touched.contains(&(at + 1)));
        let mut rest = edited.split_inclusive('\n');
        for (at, line) in kept {
            if !rest.any(|other| other == line) {
                return Some(format!("loses line {} of `{name}`; ", at + 1));
            }
        }
    }
    None
}

fn undo(before: &Workspace, fix: &Fix) -> Option<String> {
    let mut history = History::new(before.clone());
    history.edit(&fix.title, None, &fix.command).ok()?;
    let changed = history.workspace().sources() != before.sources();
    let label = history.undo();
    let is_back = history.workspace().sources() == before.sources();
    (!changed || label.as_ref() != Some(&fix.title) || !is_back).then(|| "is not undone by one undo; ".to_owned())
}

#[test]
fn every_fix_mends_and_harms_nothing() {
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut fixes, mut codes) = (0, BTreeSet::new());
    for (name, workspace) in workspaces() {
        let findings = analyse(&workspace).findings;
        for finding in &findings {
            for fix in &finding.fixes {
                fixes += 1;
                codes.insert(finding.code);
                if let Some(problem) = problem(&workspace, &findings, finding, fix) {
                    let complaint = format!("{name}: {}: {problem}", fix.title);
                    wrong.entry(finding.code.to_owned()).or_default().push(complaint);
                }
            }
        }
    }
    assert!(fixes > 150 && codes.len() > 45, "only {fixes} fixes of {} codes", codes.len());
    let lines: Vec<String> =
        wrong.into_iter().flat_map(|(code, all)| all.into_iter().map(move |one| format!("{code} {one}"))).collect();
    assert!(lines.is_empty(), "{} of {fixes} fixes:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn all_safe_fixes_at_once_leave_none_and_bring_nothing() {
    let mut wrong = Vec::new();
    let mut mended_workspaces = 0;
    for (name, before) in workspaces() {
        let findings = analyse(&before).findings;
        let mended = mend(&before, &Choice::safe());
        mended_workspaces += usize::from(!mended.applied.is_empty());
        let is_left = mended.analysis.findings.iter().any(|finding| finding.fixes.iter().any(|fix| fix.safe));
        let (old, new) = (counts(&findings), counts(&mended.analysis.findings));
        let remains: BTreeSet<&str> =
            mended.applied.iter().filter_map(|one| rules::find(one.code)).flat_map(rules::Rule::remains).collect();
        let is_more = |(code, count): (&&str, &usize)| {
            *count > old.get(code).copied().unwrap_or_default() && !remains.contains(code)
        };
        let brought: Vec<_> = new.iter().filter(|entry| is_more(*entry)).collect();
        if !mended.is_stable || is_left || !brought.is_empty() {
            wrong.push(format!("{name}: stable {}, left {is_left}, brought {brought:?}", mended.is_stable));
        }
        let one_step = mended.command(&before).apply(&before).unwrap();
        assert_eq!(one_step.sources(), mended.workspace.sources(), "{name}");
        assert_eq!(diff::between(&before, &mended.workspace).is_empty(), mended.applied.is_empty(), "{name}");
    }
    assert!(mended_workspaces > 5, "only {mended_workspaces} workspaces have safe fixes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
