//! The kit beside an earlier state: what of it is new, what must be made again, what is interrupted, and what goes.
//!
//! The cluster is taken to run with the earlier state as its own kit applies it. Then come the kit's steps, and at the
//! end what is gone is deleted, users before settings. What the API server refuses to change is deleted before its step.

mod outages;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{in_this_order, settings_documents};
use crate::ako::{Prediction, predicting, predicting_change};
use crate::edit::value_of;
use crate::export::steps::{Notice, Since, Step, namespaces_left_out, rank};
use crate::export::{manifests, values, without_server_fields};
use crate::model::Kind;
use crate::pace::{Progress, pause};
use crate::review::{Effect, interruptions, refused};
use crate::text::SourceFile;
use crate::workspace::{Identity, Object, Workspace};
use outages::{made_again, notice, owners, resource, targets_of_each};

/// Rank of what is never deleted by a command: whatever stands in a Namespace, or is of a kind, goes with it.
const STAYS: usize = 0;

/// What a kit changes in whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// How many objects are new.
    pub added: usize,
    /// How many say something else.
    pub changed: usize,
    /// How many say the same.
    pub unchanged: usize,
    /// Keys of objects that are gone and deleted.
    pub gone: Vec<String>,
    /// Keys of objects that are gone and that no command deletes: Namespaces and definitions, and what has no usual name.
    pub left: Vec<String>,
    /// Keys of objects that may be gone: documents of the project are not in the kit, and they may stand there.
    pub missing: Vec<String>,
    /// Whether AKO's own values are others.
    pub has_other_values: bool,
}

/// An earlier state, and what AKO makes of the way from there.
pub(super) struct Earlier {
    /// Its objects as its own kit applies them.
    old: Workspace,
    /// What has to be deleted before it can be applied, and why.
    refused: BTreeMap<Identity, String>,
    /// What stands there, and what AKO makes of it: at first, and after each step that changes something.
    stages: Vec<(Workspace, Prediction)>,
    /// Place of its stage by step.
    of_step: Vec<usize>,
    /// What is in each step that differs, by place of the step.
    since: Vec<Since>,
    /// Keys of what says the same.
    unchanged: BTreeSet<String>,
    /// Places of the files of new objects, by step.
    added: Vec<Vec<usize>>,
    /// Once what is gone is deleted, too.
    pub last: Prediction,
}

impl Earlier {
    /// Looks at the way from an earlier state to the objects of a kit, in their order.
    pub async fn new(
        earlier: &Workspace,
        workspace: &Workspace,
        applied: &Workspace,
        files: &[SourceFile],
        steps: &[Step],
    ) -> Self {
        let earlier = &with_settings(earlier, workspace).await;
        let (mut old_files, _) = manifests(&without_server_fields(earlier), None).await;
        // Manifests alone are taken to have run under the same values of AKO.
        let of_new = || values(workspace).filter(|_| earlier.values().is_none());
        old_files.extend(values(earlier).or_else(of_new));
        pause().await;
        let old = in_this_order(earlier, &old_files, usize::MAX).await;
        let refused = refused(&old, applied);
        let (since, added) = differences(&old, &without_server_fields(applied), files, steps);
        pause().await;
        // What the API server refuses to change is deleted first.
        let refused_files: BTreeSet<&str> = old
            .objects()
            .iter()
            .filter(|object| refused.contains_key(&object.identity))
            .map(|object| &*object.address.file)
            .collect();
        let start: Vec<SourceFile> =
            old_files.iter().filter(|file| !refused_files.contains(file.name.as_str())).cloned().collect();
        let start = in_this_order(earlier, &start, usize::MAX).await;
        pause().await;
        let mut stages = vec![(old.clone(), predicting(&old).await)];
        let mut of_step = Vec::new();
        for (step, since) in steps.iter().zip(&since) {
            pause().await;
            if !since.added.is_empty() || !since.changed.is_empty() {
                let ranks = step.files.iter().filter_map(|at| rank(&files.get(*at)?.name));
                let so_far = merged(files, &old_files, ranks.max().unwrap_or(usize::MAX));
                let so_far = in_this_order(workspace, &so_far, usize::MAX).await;
                pause().await;
                let prediction = predicting_change(&start, &so_far).await;
                stages.push((so_far, prediction));
            }
            of_step.push(stages.len() - 1);
        }
        pause().await;
        let last = predicting_change(&start, applied).await;
        let unchanged = since.iter().flat_map(|since| since.unchanged.iter().cloned()).collect();
        Self { old, refused, stages, of_step, since, unchanged, added, last }
    }

    /// What AKO has written once a step is done; `None` where nothing differs up to it.
    pub fn after(&self, step: usize) -> Option<&Prediction> {
        Some(&self.stages.get(*self.of_step.get(step)?)?.1)
    }

    /// Once all steps are done but that what is gone is still there.
    pub fn applied(&self) -> &Prediction {
        self.stages.last().map_or(&self.last, |(_, prediction)| prediction)
    }

    /// Whether an object says the same as before and AKO says the same of it, all the way.
    pub fn is_settled(&self, key: &str) -> bool {
        let status = self.stages.first().and_then(|(_, before)| before.objects.get(key));
        self.unchanged.contains(key)
            && self.stages.iter().all(|(_, prediction)| prediction.objects.get(key) == status)
            && self.last.objects.get(key) == status
    }

    /// Tells each step what it does to what is there, and adds one that deletes what is gone.
    ///
    /// With `is_whole` the kit has all of the project; otherwise nothing is deleted.
    pub fn tell(
        &self,
        workspace: &Workspace,
        applied: &Workspace,
        files: &[SourceFile],
        is_whole: bool,
        steps: &mut Vec<Step>,
    ) -> Change {
        let unnamed = namespaces_left_out(workspace);
        let total = |count: fn(&Since) -> usize| self.since.iter().map(count).sum();
        let mut change = Change {
            added: total(|since| since.added.len()),
            changed: total(|since| since.changed.len()),
            unchanged: total(|since| since.unchanged.len()),
            has_other_values: has_other_values(&self.old, applied),
            ..Change::default()
        };
        let places = places(applied, files);
        let mut stage = 0;
        for (at, step) in steps.iter_mut().enumerate() {
            let mut since = self.since.get(at).cloned().unwrap_or_default();
            for (identity, sentence) in &self.refused {
                let Some(place) = places.get(identity).filter(|place| step.files.contains(place)) else { continue };
                since.refused.push(Notice {
                    about: identity.to_string(),
                    sentence: sentence.clone(),
                    commands: made_again(files, *place, &unnamed).into_iter().map(|(delete, _)| delete).collect(),
                    ..Notice::default()
                });
            }
            let first: Vec<String> = since.refused.iter().flat_map(|notice| notice.commands.iter().cloned()).collect();
            step.commands.splice(0..0, first);
            let own = self.of_step.get(at).copied().unwrap_or(stage);
            if own != stage {
                since.interrupted = self.interrupted(stage, own);
                stage = own;
            }
            step.back.clear();
            let is_taken_back =
                step.files.iter().filter_map(|at| rank(&files.get(*at)?.name)).all(|rank| rank != STAYS);
            if let Some(added) = self.added.get(at).filter(|_| is_taken_back) {
                // Only what was new is taken back by deleting it.
                let new = targets_of_each(files, added, &unnamed).into_iter().rev();
                step.back = new.map(|target| format!("kubectl delete --ignore-not-found{target}")).collect();
            }
            step.since = Some(since);
        }
        self.go(applied, is_whole, &mut change, steps);
        change
    }

    /// What a step interrupts.
    fn interrupted(&self, from: usize, to: usize) -> Vec<Notice> {
        let (Some((old, before)), Some((new, after))) = (self.stages.get(from), self.stages.get(to)) else {
            return Vec::new();
        };
        let owners = owners(&[before, after]);
        let told = interruptions(old, new, before, after).into_iter();
        let at_once = told.filter(|it| !matches!(it.effect, Effect::Refused | Effect::Stays));
        at_once.map(|it| notice(it, &owners)).collect()
    }

    /// The step for what AKO does not do to what is there, at any time later.
    pub fn lagging(&self, workspace: &Workspace, applied: &Workspace, files: &[SourceFile]) -> Option<Step> {
        let unnamed = namespaces_left_out(workspace);
        let (_, before) = self.stages.first()?;
        let owners = owners(&[&self.last]);
        let keys: BTreeMap<String, usize> = {
            let places = places(applied, files);
            let objects = applied.objects().iter();
            objects.filter_map(|object| Some((applied.key(object), *places.get(&object.identity)?))).collect()
        };
        let mut since = Since::default();
        let told = interruptions(&self.old, applied, before, &self.last);
        for it in told.into_iter().filter(|it| it.effect == Effect::Stays) {
            let mut notice = notice(it, &owners);
            let places = notice.objects.iter().filter_map(|key| keys.get(key));
            let again = places.flat_map(|place| made_again(files, *place, &unnamed));
            let (delete, apply): (Vec<String>, Vec<String>) = again.unzip();
            notice.commands = delete.into_iter().chain(apply).collect();
            since.lagging.push(notice);
        }
        (!since.lagging.is_empty()).then(|| Step {
            about: "What does not follow by itself",
            why: "At any time later, since each is an outage: what stands here works on as it was until it is deleted and \
                  made again.",
            commands: since.lagging.iter().flat_map(|notice| notice.commands.clone()).collect(),
            since: Some(since),
            ..Step::default()
        })
    }

    /// The step that deletes what is gone, users before settings.
    fn go(&self, applied: &Workspace, is_whole: bool, change: &mut Change, steps: &mut Vec<Step>) {
        let new = by_identity(applied);
        let mut gone: Vec<(usize, &Object)> = by_identity(&self.old)
            .into_iter()
            .filter(|(identity, _)| !new.contains_key(*identity))
            .filter_map(|(_, object)| Some((rank(&object.address.file)?, object)))
            .collect();
        gone.sort_by_key(|(rank, object)| (Reverse(*rank), &object.identity));
        let mut commands: Vec<(String, Vec<&str>)> = Vec::new();
        let mut since = Since::default();
        for (rank, object) in gone {
            let key = self.old.key(object);
            if !is_whole {
                change.missing.push(key);
                continue;
            }
            let Some(resource) = resource(object).filter(|_| rank != STAYS) else {
                change.left.push(key);
                continue;
            };
            since.gone.push(key);
            match commands.last_mut().filter(|(last, _)| *last == resource) {
                Some((_, names)) => names.push(object.name()),
                None => commands.push((resource, vec![object.name()])),
            }
        }
        change.gone.clone_from(&since.gone);
        if since.gone.is_empty() {
            return;
        }
        if let Some((union, before)) = self.stages.last() {
            let owners = owners(&[before, &self.last]);
            let told = interruptions(union, applied, before, &self.last).into_iter();
            since.interrupted = told.filter(|it| it.effect != Effect::Stays).map(|it| notice(it, &owners)).collect();
        }
        let delete = |(resource, names): (String, Vec<&str>)| {
            format!("kubectl delete --ignore-not-found {resource} {}", names.join(" "))
        };
        steps.push(Step {
            about: "What is gone",
            why: "The earlier state has it and this one has not. Users go before settings: a setting that is deleted while \
                  it is in use moves live VIPs to the global network and takes the pools from Ingresses.",
            commands: commands.into_iter().map(delete).collect(),
            since: Some(since),
            ..Step::default()
        });
    }
}

/// A state with the settings of akoplan of another one, where it has none of its own.
async fn with_settings(earlier: &Workspace, workspace: &Workspace) -> Workspace {
    if earlier.objects().iter().any(|object| object.kind == Kind::AkoplanSettings) {
        return earlier.clone();
    }
    let mut files = earlier.sources();
    files.extend(settings_documents(workspace));
    earlier.clone().reading(files, Progress::default()).await
}

/// What is new in each step, changed or the same, and the places of the files of what is new.
fn differences(
    old: &Workspace,
    applied: &Workspace,
    files: &[SourceFile],
    steps: &[Step],
) -> (Vec<Since>, Vec<Vec<usize>>) {
    let old = by_identity(old);
    let places = places(applied, files);
    let mut step_of = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        step_of.extend(step.files.iter().map(|file| (*file, at)));
    }
    let mut since = vec![Since::default(); steps.len()];
    let mut added = vec![Vec::new(); steps.len()];
    for (identity, object) in by_identity(applied) {
        let Some(place) = places.get(identity).copied() else { continue };
        let Some(step) = step_of.get(&place).copied() else { continue };
        let (Some(own), Some(new_files)) = (since.get_mut(step), added.get_mut(step)) else { continue };
        let list = match old.get(identity) {
            None => {
                new_files.push(place);
                &mut own.added
            }
            Some(earlier) if says_the_same(earlier, object) => &mut own.unchanged,
            Some(_) => &mut own.changed,
        };
        list.push(applied.key(object));
    }
    (since, added)
}

/// Places of the files of objects, by identity.
fn places<'a>(applied: &'a Workspace, files: &[SourceFile]) -> BTreeMap<&'a Identity, usize> {
    let by_name: BTreeMap<&str, usize> = files.iter().enumerate().map(|(at, file)| (file.name.as_str(), at)).collect();
    let objects = by_identity(applied).into_iter();
    objects.filter_map(|(identity, object)| Some((identity, *by_name.get(&*object.address.file)?))).collect()
}

/// New manifests up to a rank, and whatever of the old ones they do not replace.
fn merged(new: &[SourceFile], old: &[SourceFile], last: usize) -> Vec<SourceFile> {
    let is_applied = |file: &&SourceFile| rank(&file.name).is_none_or(|rank| rank <= last);
    let mut merged: Vec<SourceFile> = new.iter().filter(is_applied).cloned().collect();
    let names: BTreeSet<String> = merged.iter().map(|file| file.name.clone()).collect();
    merged.extend(old.iter().filter(|file| rank(&file.name).is_some() && !names.contains(&file.name)).cloned());
    merged
}

/// The last of several with one identity counts.
fn by_identity(workspace: &Workspace) -> BTreeMap<&Identity, &Object> {
    let applied = workspace.objects().iter().filter(|object| object.kind.is_applied());
    applied.map(|object| (&object.identity, object)).collect()
}

fn says_the_same(before: &Object, after: &Object) -> bool {
    value_of(before.tree(), before.node()) == value_of(after.tree(), after.node())
}

fn has_other_values(old: &Workspace, new: &Workspace) -> bool {
    let values = |workspace: &Workspace| {
        let (object, _) = workspace.values_file()?;
        value_of(object.tree(), object.node())
    };
    values(old).is_some_and(|old| values(new).is_some_and(|new| old != new))
}
