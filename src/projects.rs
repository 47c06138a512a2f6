//! The projects that a browser keeps: what is known of each, and everything that is decided about them.
//!
//! A project is stored as two records: its [`Head`], small, and its text ([`crate::project`]). Several
//! tabs may have one project open. Each save names the revision it began with, and [`save`] decides
//! inside the storage's transaction: what another tab saved meanwhile is never written over.

mod all;
mod names;

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::ordered::sort_by;

pub use all::{Added, Kept, export_all, import_all, is_all};
pub use names::{automatic_name, copy_name, free_name, unsaved_name};

/// A deleted project can be restored for a week, in milliseconds.
const KEPT_AFTER_DELETION: u64 = 7 * 24 * 60 * 60 * 1000;

/// What is known of a stored project without reading it. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Never shown, never changes.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether someone gave it that name; else it follows the cluster's.
    pub is_named: bool,
    /// Grows with each save; 0 is one that was never saved.
    pub revision: u64,
    /// The tab that saved it last.
    pub writer: String,
    /// When it was saved last.
    pub saved: u64,
    /// How many objects it has.
    pub objects: u64,
    /// When it was deleted, as long as it can be restored.
    pub deleted: Option<u64>,
}

impl Head {
    /// A project that is not saved yet.
    #[must_use]
    pub fn new(id: &str, name: Option<&str>) -> Self {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        Self {
            id: id.to_owned(),
            name: name.unwrap_or_default().to_owned(),
            is_named: name.is_some(),
            ..Self::default()
        }
    }

    /// As text.
    #[must_use]
    pub fn encode(&self) -> String {
        json!({
            "id": self.id,
            "name": self.name,
            "isNamed": self.is_named,
            "revision": self.revision,
            "writer": self.writer,
            "saved": self.saved,
            "objects": self.objects,
            "deleted": self.deleted,
        })
        .to_string()
    }

    /// Reads what [`Head::encode`] wrote; what is missing is as in a new one, and without an id it is none.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |key: &str| value.get(key).and_then(Value::as_u64);
        let head = Self {
            id: text("id"),
            name: text("name"),
            is_named: value.get("isNamed").and_then(Value::as_bool).unwrap_or_default(),
            revision: number("revision").unwrap_or_default(),
            writer: text("writer"),
            saved: number("saved").unwrap_or_default(),
            objects: number("objects").unwrap_or_default(),
            deleted: number("deleted"),
        };
        (!head.id.is_empty()).then_some(head)
    }

    /// Whether another tab than `writer` has saved the project after the state that `mine` stands for.
    #[must_use]
    pub fn is_ahead_of(&self, mine: &Self, writer: &str) -> bool {
        self.id == mine.id && self.writer != writer && self.revision > mine.revision
    }
}

/// What becomes of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The text is written, with this head.
    Write(Head),
    /// Nothing is written: another tab has saved the project meanwhile, as this head says.
    Conflict(Head),
}

/// Decides on a save by a tab: `stored` is what the storage has, `mine` what the tab began with, with the
/// name and the number of objects that it has now.
///
/// Saves of one tab come in their order, so that a tab never stands in its own way. A project that was
/// deleted while it is open here is there again: whoever saves it wants it.
#[must_use]
pub fn save(stored: Option<&Head>, mine: &Head, writer: &str, now: u64) -> Decision {
    if let Some(stored) = stored.filter(|stored| stored.is_ahead_of(mine, writer)) {
        return Decision::Conflict(stored.clone());
    }
    // A name that was given elsewhere meanwhile stays; a save is no renaming.
    let named = stored.filter(|stored| stored.is_named);
    let revision = stored.map_or(mine.revision, |stored| stored.revision.max(mine.revision));
    Decision::Write(Head {
        name: named.map_or(&mine.name, |named| &named.name).clone(),
        is_named: named.is_some() || mine.is_named,
        revision: revision.saturating_add(1),
        writer: writer.to_owned(),
        saved: now,
        deleted: None,
        ..mine.clone()
    })
}

/// The projects there are, the last saved first, without those that were deleted.
#[must_use]
pub fn listed(heads: &[Head]) -> Vec<Head> {
    let mut listed: Vec<Head> = heads.iter().filter(|head| head.deleted.is_none()).cloned().collect();
    sort_by(&mut listed, newest_first);
    listed
}

/// The projects that can be restored, the last deleted first.
#[must_use]
pub fn deleted(heads: &[Head]) -> Vec<Head> {
    let mut deleted: Vec<Head> = heads.iter().filter(|head| head.deleted.is_some()).cloned().collect();
    sort_by(&mut deleted, |a, b| b.deleted.cmp(&a.deleted).then_with(|| newest_first(a, b)));
    deleted
}

fn newest_first(a: &Head, b: &Head) -> Ordering {
    b.saved.cmp(&a.saved).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
}

/// The project to open at the start: the first wish that is there, else the last saved.
#[must_use]
pub fn to_open<'a>(heads: &'a [Head], wishes: &[Option<String>]) -> Option<&'a Head> {
    let is_there = |head: &&Head| head.deleted.is_none();
    let by_id = |id: &String| heads.iter().filter(is_there).find(|head| head.id == *id);
    let newest = || heads.iter().filter(is_there).min_by(|a, b| newest_first(a, b));
    wishes.iter().flatten().find_map(by_id).or_else(newest)
}

/// Ids of the projects that were deleted long ago.
#[must_use]
pub fn expired(heads: &[Head], now: u64) -> Vec<String> {
    let is_expired = |head: &&Head| head.deleted.is_some_and(|at| now.saturating_sub(at) > KEPT_AFTER_DELETION);
    heads.iter().filter(is_expired).map(|head| head.id.clone()).collect()
}

#[cfg(test)]
mod tests;
