//! The whole answer about a workspace: prediction and findings, sorted, the same everywhere.

mod ignore;
mod unknown;

pub use ignore::IgnoreNote;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ako::versions::AkoVersion;
use crate::ako::{Prediction, predicting};
use crate::diagnostic::{Finding, Severity};
use crate::model::{IGNORE_ANNOTATION, Kind};
use crate::ordered::{IntoOrdered, sort_by};
use crate::pace::{Progress, finish, pause};
use crate::rules::{self, Context, Findings};
use crate::workspace::{Object, Workspace};

/// Prediction and findings of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// What AKO would do.
    pub prediction: Rc<Prediction>,
    /// By file order, place and code.
    pub findings: Vec<Finding>,
    /// Findings that an annotation silences, with the reason given there.
    pub ignored: Vec<(Finding, String)>,
}

/// Analyses a workspace; total, deterministic.
#[must_use]
pub fn analyse(workspace: &Workspace) -> Analysis {
    finish(analysing(workspace.clone(), Progress::default()))
}

/// So many objects are checked between two pauses, where a rule can be interrupted.
const OBJECTS: usize = 1024;

/// [`analyse`] in steps.
pub async fn analysing(workspace: Workspace, progress: Progress) -> Analysis {
    analysing_in_pieces(workspace, progress, OBJECTS).await
}

/// [`analysing`] with a pause after so many objects at least where a rule judges each object by itself; the answer is
/// the same whatever the number.
pub async fn analysing_in_pieces(workspace: Workspace, progress: Progress, piece: usize) -> Analysis {
    progress.update(|measure| measure.predicting = true);
    let prediction = Rc::new(predicting(&workspace).await);
    pause().await;
    let mut found = Vec::new();
    let version = AkoVersion::of(&workspace);
    for rule in rules::ALL {
        let before = found.len();
        let objects = if rule.is_true_of(version) { workspace.objects().len() } else { 0 };
        let piece = if rule.by_object { piece.max(1) } else { objects.max(1) };
        // A project without any object has files.
        for start in (0..objects.max(1)).step_by(piece).filter(|_| rule.is_true_of(version)) {
            let context = Context::new(&workspace, &prediction).within(start..objects.min(start.saturating_add(piece)));
            (rule.check)(&context, &mut Findings::new(rule, &workspace, &mut found));
            pause().await;
        }
        if rule.is_true_of(version) {
            unknown::drop_uncertain(&workspace, rule, &mut found, before);
        }
        progress.update(|measure| measure.checked += 1);
    }
    let order: BTreeMap<&str, usize> =
        workspace.files().iter().enumerate().map(|(at, file)| (file.source.name.as_str(), at)).into_map();
    let mut found: Vec<(Option<usize>, Finding)> =
        found.into_iter().map(|finding| (order.get(&*finding.file).copied(), finding)).collect();
    pause().await;
    sort_by(&mut found, |(left, a), (right, b)| {
        (left, a.span, a.code).cmp(&(right, b.span, b.code)).then_with(|| a.message.cmp(&b.message))
    });
    pause().await;
    let mut analysis = Analysis { prediction, ..Analysis::default() };
    let ignoring = workspace.objects().iter().filter(|object| object.annotation(IGNORE_ANNOTATION).is_some());
    let ignoring: BTreeMap<String, &Object> = ignoring.map(|object| (workspace.key(object), object)).into_map();
    for (_, finding) in found {
        match ignore_reason(&finding, &ignoring) {
            Some(reason) => analysis.ignored.push((finding, reason)),
            None => analysis.findings.push(finding),
        }
    }
    analysis
}

/// The reason in the annotation of the finding's object, where that is about its code.
fn ignore_reason(finding: &Finding, objects: &BTreeMap<String, &Object>) -> Option<String> {
    let note = IgnoreNote::read(objects.get(finding.object.as_ref()?)?.annotation(IGNORE_ANNOTATION)?);
    note.is_about(finding.code).then(|| note.reason.to_owned())
}

impl Analysis {
    /// How many findings of a severity are open.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The worst severity among the findings of all objects of a kind.
    #[must_use]
    pub fn worst_of_kind(&self, kind: Kind) -> Option<Severity> {
        let is_of_kind = |key: &str| key.split(['/', '.']).next() == Some(kind.name());
        let own = self.findings.iter().filter(|finding| finding.object.as_deref().is_some_and(is_of_kind));
        own.map(|finding| finding.severity).min()
    }

    /// The worst severity of each object that has findings, by key: for those who ask for many objects.
    #[must_use]
    pub fn worst_by_object(&self) -> BTreeMap<&str, Severity> {
        let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
        for finding in &self.findings {
            if let Some(object) = &finding.object {
                let worst = worst.entry(object).or_insert(finding.severity);
                *worst = finding.severity.min(*worst);
            }
        }
        worst
    }

    /// The worst severity among the findings of an object.
    #[must_use]
    pub fn worst_of(&self, object: &str) -> Option<Severity> {
        let own = self.findings.iter().filter(|finding| finding.object.as_deref() == Some(object));
        own.map(|finding| finding.severity).min()
    }
}
