//! Which objects a change adds, removes, and alters.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::value_of;
use crate::model::Kind;
use crate::ordered::IntoOrdered;
use crate::workspace::{Object, Workspace};

/// What happens to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// It is new.
    Added,
    /// It says something else; comments and order of keys do not count.
    Changed,
    /// It is gone.
    Removed,
}

impl Change {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// An object that a change touches.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ObjectChange {
    /// `Kind/namespace/name`.
    pub object: String,
    /// What happens to it.
    pub change: Change,
}

/// All objects that differ, by key. Settings of akoplan are no objects of a cluster.
pub fn changes(old: &Workspace, new: &Workspace) -> Vec<ObjectChange> {
    let (before, after) = (by_key(old), by_key(new));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).into_set();
    let change = |key: &String| match (before.get(key), after.get(key)) {
        (None, _) => Some(Change::Added),
        (_, None) => Some(Change::Removed),
        (Some(before), Some(after)) => (!says_the_same(before, after)).then_some(Change::Changed),
    };
    keys.into_iter().filter_map(|key| Some(ObjectChange { object: key.clone(), change: change(key)? })).collect()
}

/// The last of several with one identity counts. The group tells kinds of one name apart.
pub(super) fn by_key(workspace: &Workspace) -> BTreeMap<String, &Object> {
    let own = workspace.objects().iter().filter(|object| object.kind != Kind::AkoplanSettings);
    // AKO's values have no name: they are called by their kind.
    let key = |object: &Object| match object.kind {
        Kind::AkoValues => object.kind.name().to_owned(),
        _ => workspace.key(object),
    };
    own.map(|object| (key(object), object)).into_map()
}

fn says_the_same(before: &Object, after: &Object) -> bool {
    value_of(before.tree(), before.node()) == value_of(after.tree(), after.node())
}
