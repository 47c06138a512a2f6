//! Fixes in bulk: which are chosen, applied until none is left, and what was done.
//!
//! A round applies fixes of one code whose edits lie apart, then everything is analysed anew: fixes of
//! different codes may mend the same thing from two sides, and only one of them may. Where a round
//! leaves a finding of its own or brings another, its first fix is applied alone.

pub mod ask;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::analysis::{Analysis, analysing};
use crate::command::Command;
use crate::diagnostic::{Finding, Fix, Severity};
use crate::ordered::{IntoOrdered, sort_by};
use crate::pace::{Progress, finish, pause};
use crate::text::{Edit, Span};
use crate::workspace::Workspace;

/// Which fixes are to be applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that change nothing that works.
    pub safe: bool,
    /// Codes whose fixes are applied though people have to decide on them: of each finding the best.
    pub codes: BTreeSet<String>,
}

impl Choice {
    /// All safe fixes.
    #[must_use]
    pub fn safe() -> Self {
        Self { safe: true, codes: BTreeSet::new() }
    }

    /// The fixes of one code.
    #[must_use]
    pub fn code(code: &str) -> Self {
        Self { safe: false, codes: std::iter::once(code.to_owned()).into_set() }
    }

    /// The fix of a finding that is meant.
    #[must_use]
    pub fn of<'a>(&self, finding: &'a Finding) -> Option<&'a Fix> {
        if self.codes.contains(finding.code) {
            return finding.fixes.first();
        }
        finding.fixes.iter().find(|fix| fix.safe).filter(|_| self.safe)
    }
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Code of the finding.
    pub code: &'static str,
    /// The object's key, or the file.
    pub object: String,
    /// What was done, in the imperative.
    pub title: String,
    /// Whether it was a safe one.
    pub safe: bool,
}

/// A workspace with the chosen fixes.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The workspace afterwards.
    pub workspace: Workspace,
    /// What is said of it.
    pub analysis: Analysis,
    /// What was applied, in order.
    pub applied: Vec<Applied>,
    /// Whether none of the chosen fixes is left.
    pub is_stable: bool,
}

/// More rounds than this are not made: the rest is for the next call.
const MOST_ROUNDS: usize = 200;

/// Applies the chosen fixes until none is left, or none that helps.
#[must_use]
pub fn mend(workspace: &Workspace, choice: &Choice) -> Mended {
    finish(mending(workspace, choice))
}

/// [`mend`] in steps.
pub async fn mending(workspace: &Workspace, choice: &Choice) -> Mended {
    let analysis = analysing(workspace.clone(), Progress::default()).await;
    let mut mended = Mended { workspace: workspace.clone(), analysis, applied: Vec::new(), is_stable: false };
    let mut tried = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        if !round(&mut mended, choice, &mut tried).await {
            mended.is_stable = true;
            break;
        }
    }
    mended
}

impl Mended {
    /// All of it as one change of the workspace that it was made from.
    #[must_use]
    pub fn command(&self, before: &Workspace) -> Command {
        let mut commands = Vec::new();
        for source in before.sources() {
            if self.workspace.file(&source.name).is_none() {
                commands.push(Command::RemoveFile { file: source.name });
            }
        }
        for source in self.workspace.sources() {
            if before.file(&source.name).is_none_or(|old| old.source.text != source.text) {
                commands.push(Command::SetFile { file: source.name, text: source.text });
            }
        }
        Command::Batch(commands)
    }
}

/// What is tried once: a fix of a finding of an object, as the text of its document is. Where an item of
/// a list is gone, the next one has its place, and is another.
type Tried = BTreeSet<(&'static str, String, String, String, u64)>;

/// A chosen fix with what it changes.
struct Chosen<'a> {
    finding: &'a Finding,
    fix: &'a Fix,
    /// By file; `None` where files come or go, which cannot be joined with other changes.
    edits: Option<BTreeMap<String, Vec<Edit>>>,
}

/// Applies one code's fixes as far as they lie apart; whether there was anything to apply.
async fn round(mended: &mut Mended, choice: &Choice, tried: &mut Tried) -> bool {
    let before = mended.analysis.findings.clone();
    let chosen = chosen(&mended.workspace, &before, choice, tried);
    let Some(first) = chosen.first() else { return false };
    pause().await;
    let many = together(&mended.workspace, &chosen).await;
    let (after, analysis, count) = match many.filter(|(_, _, count)| *count > 1) {
        Some((after, analysis, count)) if is_better(&before, &analysis, first.finding.code, count) => {
            (after, analysis, count)
        }
        _ => {
            let Ok(after) = first.fix.command.apply(&mended.workspace) else {
                tried.insert(key(&mended.workspace, first.finding, first.fix));
                return true;
            };
            let analysis = analysing(after.clone(), Progress::default()).await;
            (after, analysis, 1)
        }
    };
    for Chosen { finding, fix, .. } in apart(&chosen).into_iter().take(count) {
        tried.insert(key(&mended.workspace, finding, fix));
        mended.applied.push(Applied {
            code: finding.code,
            object: finding.object.clone().unwrap_or_else(|| finding.file.to_string()),
            title: fix.title.clone(),
            safe: fix.safe,
        });
    }
    (mended.workspace, mended.analysis) = (after, analysis);
    true
}

fn key(workspace: &Workspace, finding: &Finding, fix: &Fix) -> (&'static str, String, String, String, u64) {
    let object = finding.object.clone().unwrap_or_else(|| format!("{}:{}", finding.file, finding.span.start));
    let mut hasher = DefaultHasher::new();
    document(workspace, finding).hash(&mut hasher);
    (finding.code, object, finding.path.to_string(), fix.title.clone(), hasher.finish())
}

/// The text of the document that a finding is in.
fn document<'a>(workspace: &'a Workspace, finding: &Finding) -> Option<&'a str> {
    let file = workspace.file(&finding.file)?;
    let after = file.documents.partition_point(|document| document.span.start <= finding.span.start);
    let document = file.documents.get(after.checked_sub(1)?)?;
    file.source.text.get(document.span.start..document.span.end)
}

/// The chosen fixes of the first code that has any, by code.
fn chosen<'a>(workspace: &Workspace, findings: &'a [Finding], choice: &Choice, tried: &Tried) -> Vec<Chosen<'a>> {
    let all = findings.iter().filter_map(|finding| Some((finding, choice.of(finding)?)));
    let mut all: Vec<_> = all.filter(|(finding, fix)| !tried.contains(&key(workspace, finding, fix))).collect();
    sort_by(&mut all, |(a, _), (b, _)| a.code.cmp(b.code));
    let first = all.first().map(|(finding, _)| finding.code);
    all.retain(|(finding, _)| Some(finding.code) == first);
    let with_edits = |(finding, fix): (&'a Finding, &'a Fix)| Chosen { finding, fix, edits: edits(workspace, fix) };
    all.into_iter().map(with_edits).collect()
}

/// The edits of a fix, where it only edits files that are there.
fn edits(workspace: &Workspace, fix: &Fix) -> Option<BTreeMap<String, Vec<Edit>>> {
    if matches!(fix.command, Command::RemoveFile { .. }) {
        return None;
    }
    let edits = fix.command.edits(workspace).ok()?;
    edits.keys().all(|file| workspace.file(file).is_some()).then_some(edits)
}

/// The first of the fixes, and those after it that touch nothing that an earlier one touches.
fn apart<'a, 'b>(chosen: &'b [Chosen<'a>]) -> Vec<&'b Chosen<'a>> {
    let mut taken: BTreeMap<&str, BTreeMap<usize, Span>> = BTreeMap::new();
    let mut apart: Vec<&Chosen<'a>> = Vec::new();
    for one in chosen {
        let Some(edits) = &one.edits else {
            if apart.is_empty() {
                return vec![one];
            }
            continue;
        };
        let spans = || edits.iter().flat_map(|(file, edits)| edits.iter().map(move |edit| (file.as_str(), edit.span)));
        if spans().any(|(file, span)| taken.get(file).is_some_and(|taken| touches(taken, span))) {
            continue;
        }
        for (file, span) in spans() {
            let of_file = taken.entry(file).or_default();
            of_file.entry(span.start).and_modify(|known| known.end = known.end.max(span.end)).or_insert(span);
        }
        apart.push(one);
    }
    apart
}

/// Whether a span overlaps one of others that lie apart, or begins or ends where one of them does.
fn touches(taken: &BTreeMap<usize, Span>, span: Span) -> bool {
    let last = taken.range(..=span.end).next_back();
    last.is_some_and(|(_, before)| before.end >= span.start)
}

/// The workspace with all fixes that lie apart, and how many they are.
async fn together(workspace: &Workspace, chosen: &[Chosen<'_>]) -> Option<(Workspace, Analysis, usize)> {
    let apart = apart(chosen);
    let mut of_file: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for one in &apart {
        for (file, edits) in one.edits.as_ref()? {
            of_file.entry(file).or_default().extend(edits.iter().cloned());
        }
    }
    let edit = |(file, edits): (&str, Vec<Edit>)| Command::EditText { file: file.to_owned(), edits };
    let after = Command::Batch(of_file.into_iter().map(edit).collect()).apply(workspace).ok()?;
    let analysis = analysing(after.clone(), Progress::default()).await;
    Some((after, analysis, apart.len()))
}

/// Whether as many findings of the code are gone as fixes were applied, and no other error or warning came.
fn is_better(before: &[Finding], after: &Analysis, code: &str, count: usize) -> bool {
    let of_code = |findings: &[Finding]| findings.iter().filter(|finding| finding.code == code).count();
    let (old, new) = (counts(before), counts(&after.findings));
    let has_more = |(code, count): (&&str, &usize)| *count > old.get(code).copied().unwrap_or_default();
    of_code(&after.findings) + count <= of_code(before) && !new.iter().any(has_more)
}

/// Errors and warnings by code.
fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity <= Severity::Warning) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests;
