//! What a change means: findings that come and go, landings that move, what goes down or has to be made
//! again, and the text.
//!
//! The state afterwards is that of an AKO that ran with the old manifests when the new ones were applied
//! ([`crate::ako::predict_change`]), since that is not what the new ones alone would give.

mod interruptions;
mod objects;

use std::collections::{BTreeMap, BTreeSet};

use crate::ako::{Landing, Outcome, Prediction, predicting_change, predicting_fully};
use crate::analysis::{Analysis, analysing};
use crate::diagnostic::{Finding, Severity};
use crate::diff::{FileDiff, between};
use crate::ordered::IntoOrdered;
use crate::pace::{Progress, finish, pause};
use crate::report::{fingerprints, outlook_lines};
use crate::workspace::Workspace;

pub use interruptions::{Effect, Interruption};
pub(crate) use interruptions::{find as interruptions, refused};
pub use objects::{Change, ObjectChange};

/// A change from one project to another.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Findings of the new project that the old one does not have.
    pub introduced: Vec<Finding>,
    /// Findings of the old project that the new one does not have.
    pub fixed: Vec<Finding>,
    /// Findings that both have, as the new project has them.
    pub unchanged: Vec<Finding>,
    /// Ports and hosts that land elsewhere afterwards, that are new, or that are gone.
    pub moves: Vec<Move>,
    /// Objects that come, go, or change.
    pub objects: Vec<ObjectChange>,
    /// What goes down, gets another address, or has to be made again.
    pub interruptions: Vec<Interruption>,
    /// What comes out otherwise than one would expect, and did not before: a sentence each.
    pub notices: Vec<String>,
    /// The text, file by file.
    pub files: Vec<FileDiff>,
}

/// A Service port or a host whose landing is another one afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The object, as in `Service/namespace/name`.
    pub object: String,
    /// What lands: `signaling/sctp-gw SCTP/2905`.
    pub subject: String,
    /// Where it landed; `None` where it is new.
    pub from: Option<String>,
    /// Where it lands once AKO has seen the change; `None` where it is gone.
    pub to: Option<String>,
    /// Where the new manifests alone would lead, if that is somewhere else: AKO does not follow.
    pub written: Option<String>,
    /// Whether it is where it is meant to be, afterwards.
    pub as_intended: Option<bool>,
}

impl Review {
    /// Whether there is no difference at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.objects.is_empty()
    }

    /// How many of the introduced findings have a severity.
    #[must_use]
    pub fn introduced(&self, severity: Severity) -> usize {
        self.introduced.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Reviews a change; total, deterministic.
#[must_use]
pub fn review(old: &Workspace, new: &Workspace) -> Review {
    finish(reviewing(old, new, None))
}

/// [`review`] in steps; the analysis of the new project may be there already.
pub async fn reviewing(old: &Workspace, new: &Workspace, analysis: Option<Analysis>) -> Review {
    let before = analysing(old.clone(), Progress::default()).await;
    let after = match analysis {
        Some(analysis) => analysis,
        None => analysing(new.clone(), Progress::default()).await,
    };
    of_analysed(old, new, before, after).await
}

/// [`review`] of projects that were analysed already.
#[must_use]
pub fn of_analyses(old: &Workspace, new: &Workspace, before: Analysis, after: Analysis) -> Review {
    finish(of_analysed(old, new, before, after))
}

async fn of_analysed(old: &Workspace, new: &Workspace, before: Analysis, after: Analysis) -> Review {
    let changed = predicting_change(old, new).await;
    pause().await;
    let moves = moves(&before.prediction, &changed, &after.prediction);
    pause().await;
    let objects = objects::changes(old, new);
    pause().await;
    let notices = notices(old, &changed).await;
    pause().await;
    let mut review = Review { moves, objects, notices, files: between(old, new), ..Review::default() };
    pause().await;
    review.interruptions = interruptions::find(old, new, &before.prediction, &changed);
    sort_findings(&mut review, (old, before), (new, after));
    review
}

/// What comes out otherwise than one would expect, as far as it did not before the change.
async fn notices(old: &Workspace, changed: &Prediction) -> Vec<String> {
    let before = outlook_lines(&predicting_fully(old).await);
    let mut notices = outlook_lines(changed);
    notices.retain(|notice| !before.contains(notice));
    notices
}

/// Findings are the same if their marks are: lines may move.
fn sort_findings(review: &mut Review, before: (&Workspace, Analysis), after: (&Workspace, Analysis)) {
    let old_marks = fingerprints(before.0, &before.1.findings);
    let new_marks = fingerprints(after.0, &after.1.findings);
    let old: BTreeSet<&String> = old_marks.iter().into_set();
    let new: BTreeSet<&String> = new_marks.iter().into_set();
    let fixed = old_marks.iter().zip(before.1.findings);
    review.fixed = fixed.filter(|(mark, _)| !new.contains(mark)).map(|(_, finding)| finding).collect();
    for (mark, finding) in new_marks.iter().zip(after.1.findings) {
        let list = if old.contains(mark) { &mut review.unchanged } else { &mut review.introduced };
        list.push(finding);
    }
}

/// Landings by what lands; of several with one name the last.
fn by_subject(landings: &[Landing]) -> BTreeMap<(&str, String), &Landing> {
    landings.iter().map(|landing| ((landing.subject.object.as_str(), landing.subject.to_string()), landing)).into_map()
}

fn moves(before: &Prediction, after: &Prediction, written: &Prediction) -> Vec<Move> {
    let (old, new, fresh) = (by_subject(&before.landings), by_subject(&after.landings), by_subject(&written.landings));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).into_set();
    let mut moves = Vec::new();
    for key in keys {
        let place = |landings: &BTreeMap<(&str, String), &Landing>| landings.get(key).and_then(|it| place(it));
        let (from, to, alone) = (place(&old), place(&new), place(&fresh));
        // A landing that stays although the manifests lead elsewhere is told, too.
        if from == to && to == alone {
            continue;
        }
        moves.push(Move {
            object: key.0.to_owned(),
            subject: key.1.clone(),
            written: (alone != to).then_some(alone).flatten(),
            as_intended: new.get(key).and_then(|landing| landing.as_intended()),
            from,
            to,
        });
    }
    moves
}

/// Where it ends, in words; nothing for what is none of AKO's business.
fn place(landing: &Landing) -> Option<String> {
    (!matches!(landing.outcome, Outcome::NotForAko { .. })).then(|| landing.outcome.to_string())
}

#[cfg(test)]
mod tests;
