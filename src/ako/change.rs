//! A second set of manifests, applied to an AKO that runs with a first one.
//!
//! AKO looks at a virtual service again when an event reaches one of the objects it is made of. Each
//! path tells [`Output::unit`](super::output::Output::unit) which events those are; what no event
//! reaches stays as it was, whatever the manifests say now. A path that tells nothing is taken to look
//! at all it has after every change. What is looked at again is sent as an update
//! ([`super::sent::Vip::update`]), and not all statuses follow.

mod merge;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::Prediction;
use super::cluster::Cluster;
use super::moment::{Moment, Timing};
use super::outlook;
use super::running;
use crate::model::{Kind, Typed};
use crate::ordered::IntoOrdered;
use crate::pace::{Progress, finish, pause};
use crate::text::SourceFile;
use crate::workspace::{Object, Workspace};

/// An object by kind, namespace and name.
pub type EventKey = (Kind, String, String);

/// What belongs together: an object that AKO acts on, and all that this leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The objects whose events make AKO look at it again.
    pub events: BTreeSet<EventKey>,
    /// Its virtual services, by `tenant/name`; also those that AKO deletes or does not make.
    pub services: Vec<String>,
    /// The objects that get a status from it, by key.
    pub statuses: Vec<Status>,
}

/// How the status of an object follows a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A Gateway: written with its virtual service; conditions only on its own events.
    Gateway(String),
    /// A Service with a virtual service of its own: written with it.
    OfService(String),
    /// A Service on the virtual service of a Gateway or key: written with its pools.
    OfPools(String),
    /// Whatever a path without rules of its own writes, with each of its events.
    Whole(String),
    /// An Ingress: written with its hosts, and not taken back when AKO cannot use its setting.
    Ingress(String),
}

impl Status {
    /// The object's key.
    #[must_use]
    pub fn key(&self) -> &str {
        let (Self::Gateway(key) | Self::OfService(key) | Self::OfPools(key) | Self::Whole(key) | Self::Ingress(key)) =
            self;
        key
    }
}

/// What a second set of manifests changes.
#[derive(Debug, Default)]
pub struct Changes {
    /// When AKO sees each object of the second set, by its order; 0: it was there before, the same.
    pub moments: Vec<Moment>,
    /// Objects with an event.
    pub events: BTreeSet<EventKey>,
    /// Ingresses that AKO passed over before, by key: only an event of their own wakes them.
    pub passed_over: BTreeSet<String>,
    /// Virtual services that are there already.
    pub services: BTreeSet<String>,
}

/// The key of an AviInfraSetting in events.
#[must_use]
pub fn setting_event(name: &str) -> EventKey {
    (Kind::AviInfraSetting, String::new(), name.to_owned())
}

/// The key of an object in events.
#[must_use]
pub fn event_key(object: &Object) -> EventKey {
    let name = match object.kind {
        Kind::Foreign => format!("{}/{}", object.identity.kind, object.name()),
        _ => object.name().to_owned(),
    };
    (object.kind, object.namespace().to_owned(), name)
}

impl Changes {
    fn new(before: &Workspace, workspace: &Workspace) -> Self {
        let old: BTreeMap<EventKey, &Object> = by_key(before);
        let new: BTreeMap<EventKey, &Object> = by_key(workspace);
        let mut changes = Self { moments: vec![0; workspace.objects().len()], ..Self::default() };
        for (key, object) in &new {
            let earlier = old.get(key);
            if earlier.is_some_and(|earlier| earlier.value == object.value) {
                continue;
            }
            if let Some(moment) = changes.moments.get_mut(object.order) {
                *moment = object.order + 1;
            }
            // Whatever else is said about a Namespace, AKO looks at labels and tenant only.
            if object.kind != Kind::Namespace && earlier.is_none_or(|earlier| !is_same(earlier, object)) {
                changes.events.insert(key.clone());
            }
        }
        changes.events.extend(old.into_keys().filter(|key| !new.contains_key(key)));
        changes
    }

    /// Whether an event reaches a unit.
    #[must_use]
    pub fn reach(&self, unit: &Unit) -> bool {
        !unit.events.is_disjoint(&self.events)
    }
}

/// The last of several with one identity counts.
fn by_key(workspace: &Workspace) -> BTreeMap<EventKey, &Object> {
    workspace.objects().iter().map(|object| (event_key(object), object)).into_map()
}

/// Whether AKO's handlers see no difference: for most kinds they compare the spec.
fn is_same(earlier: &Object, object: &Object) -> bool {
    match (&earlier.value, &object.value) {
        (Typed::Gateway(earlier), Typed::Gateway(now)) => earlier.spec == now.spec,
        (Typed::GatewayClass(earlier), Typed::GatewayClass(now)) => earlier.spec == now.spec,
        (Typed::AviInfraSetting(earlier), Typed::AviInfraSetting(now)) => earlier.spec == now.spec,
        (earlier, now) => earlier == now,
    }
}

/// Predicts what AKO makes of a second set of manifests after the first one; with what is otherwise
/// after a restart. Settings and values are those of the second set.
#[must_use]
pub fn predict_change(from: &Workspace, workspace: &Workspace) -> Prediction {
    finish(predicting_change(from, workspace))
}

/// [`predict_change`] in steps.
pub async fn predicting_change(from: &Workspace, workspace: &Workspace) -> Prediction {
    let before = state_before(from, workspace).await;
    let mut earlier = Cluster::new(&before, Timing::InOrder);
    earlier.remembers = true;
    let old = running(&earlier).await;
    let mut cluster = Cluster::new(workspace, Timing::AtStart);
    let mut prediction = if old.prediction.fatal().is_some() {
        // A crashing AKO starts again and again, and finds the new state in place.
        running(&cluster).await.prediction
    } else {
        pause().await;
        let mut changes = Changes::new(&before, workspace);
        pause().await;
        changes.passed_over.clone_from(&old.memory.passed_over);
        changes.services = old.prediction.virtual_services.keys().cloned().into_set();
        cluster.timing = Timing::Change;
        cluster.changes = changes;
        cluster.remembers = true;
        let new = running(&cluster).await;
        pause().await;
        merge::merge(&cluster, &old, new)
    };
    prediction.after_restart = outlook::after_restart(&mut cluster, &prediction).await;
    prediction
}

/// The first set of manifests under the settings and values of the second.
async fn state_before(from: &Workspace, workspace: &Workspace) -> Workspace {
    let is_settings = |kind: Kind| matches!(kind, Kind::AkoplanSettings | Kind::AkoValues);
    let mut files = Vec::new();
    for (source, settings) in [(workspace, true), (from, false)] {
        for file in source.files() {
            let documents = file.documents.iter().filter(|document| {
                let mut kinds =
                    document.parsed.objects.iter().map(|object| is_settings(object.kind) || object.kind.holds_values());
                kinds.any(|is| is) == settings
            });
            let text: String = documents.map(|document| document.span.slice(&file.source.text)).collect();
            let part = if settings { "settings" } else { "before" };
            files.push(SourceFile::new(format!("{part}/{}", file.source.name), text));
        }
    }
    pause().await;
    // What is read already is known by its text.
    from.clone().reading(files, Progress::default()).await
}
