//! A document under change: the steps that one call needs, each read again before it counts.

mod lists;
mod removal;

use std::borrow::Cow;

use super::block::{self, Plan};
use super::compose::Pieces;
use super::locate::{self, Place, Slot};
use super::scan::Page;
use super::value::{self, Action, Change, same, value_of};
use super::{EditError, Value, diff, flow, templates};
use crate::syntax::{FieldPath, NodeId, NodeKind, Tree, parse, template};
use crate::text::{Edit, apply_edits};

/// What a change takes away, for aliases elsewhere.
#[derive(Clone, Copy)]
enum Goes {
    /// The node with its anchor and all below it.
    Node,
    /// All below the node; its anchor stays, at another mapping.
    Content,
    /// All below the node; its anchor stays, but at something that no `<<` can merge.
    Mapping,
}

/// A document under change: most changes are one step, some need others before them.
pub(super) struct Session<'a> {
    text: Cow<'a, str>,
    tree: Cow<'a, Tree>,
    /// Of a helm template the copy that the tree was read from.
    masked: Option<String>,
    /// The object's way from the top of the document, as numbers of children.
    root: Vec<usize>,
    pieces: Pieces,
    /// What the whole call is about, for errors.
    path: FieldPath,
}

impl<'a> Session<'a> {
    pub fn new(text: &'a str, tree: &'a Tree, root: NodeId, path: &FieldPath) -> Result<Self, EditError> {
        if !tree.is_readable() {
            return Err(EditError::Unreadable);
        }
        let slot = locate::slot_of(tree, root).ok_or(EditError::Unreadable)?;
        Ok(Self {
            text: Cow::Borrowed(text),
            tree: Cow::Borrowed(tree),
            masked: template::masked(text, tree),
            root: slot.parents.iter().map(|(_, index)| *index).collect(),
            pieces: Pieces::new(text.len()),
            path: path.clone(),
        })
    }

    pub fn into_edits(self, first: &str) -> Vec<Edit> {
        self.pieces.into_edits(first)
    }

    fn page(&self) -> Page<'_> {
        Page { text: self.masked.as_deref().unwrap_or(&self.text), tree: &self.tree }
    }

    fn follow(&self, path: &FieldPath) -> Result<Place, EditError> {
        let root = locate::slot_at(&self.tree, &self.root).ok_or(EditError::Unreadable)?;
        locate::follow(&self.tree, root, path)
    }

    fn value(&self, node: NodeId) -> Result<Value, EditError> {
        value_of(&self.tree, node).ok_or(EditError::Unreadable)
    }

    fn unsupported(&self) -> EditError {
        EditError::Unsupported { path: self.path.clone() }
    }

    /// Takes the first plan that reads as the change says.
    fn step(&mut self, node: NodeId, action: Action, plans: Vec<Plan>) -> Result<(), EditError> {
        let change = Change { node, action };
        for plan in plans {
            let template = self.tree.template.as_deref().filter(|_| self.tree.is_read_around());
            if template.is_some_and(|template| !templates::allow(&self.text, template, &plan)) {
                continue;
            }
            let text = apply_edits(&self.text, &plan);
            let tree = parse(&text);
            if tree.is_readable() && value::agrees(&self.tree, &change, &tree) {
                self.pieces.apply(&plan);
                self.masked = template::masked(&text, &tree);
                self.text = Cow::Owned(text);
                self.tree = Cow::Owned(tree);
                return Ok(());
            }
        }
        Err(self.unsupported())
    }

    pub fn set(&mut self, path: &FieldPath, value: &Value) -> Result<(), EditError> {
        match self.follow(path)? {
            Place::Node(slot) => self.set_node(path, &slot, value),
            Place::Alias(slot, taken) => {
                let mut copy = self.value(slot.node)?;
                let before = copy.clone();
                locate::set_below(&mut copy, path, taken, value)?;
                if same(&before, &copy) { Ok(()) } else { self.replace(&slot, copy) }
            }
            Place::Merged(slot, key, node, taken) => {
                let mut copy = self.value(node)?;
                let before = copy.clone();
                locate::set_below(&mut copy, path, taken, value)?;
                if same(&before, &copy) { Ok(()) } else { self.insert_entry(&slot, key, copy) }
            }
            Place::MissingKey(slot, key, taken) => {
                let value = locate::wrapped(path, taken, value)?;
                self.insert_entry(&slot, key, value)
            }
            Place::Append(slot, taken) => {
                let value = locate::wrapped(path, taken, value)?;
                let index = self.tree.items(slot.node).len();
                self.insert_item(&slot, index, value)
            }
            Place::Null(slot, taken) => {
                let value = locate::wrapped(path, taken, value)?;
                self.replace(&slot, value)
            }
        }
    }

    /// Changes what differs inside a collection where that is possible, else writes it anew.
    fn set_node(&mut self, path: &FieldPath, slot: &Slot, value: &Value) -> Result<(), EditError> {
        let present = self.value(slot.node)?;
        if same(&present, value) {
            return Ok(());
        }
        let is_alias = matches!(self.tree.node(slot.node).kind, NodeKind::Alias(_));
        if !is_alias && diff::steps(path, &present, value).is_some() {
            let before = (self.text.clone(), self.tree.clone(), self.masked.clone(), self.pieces.clone());
            if self.set_differences(path, present, value).is_ok() {
                return Ok(());
            }
            (self.text, self.tree, self.masked, self.pieces) = before;
        }
        self.replace(slot, value.clone())
    }

    fn set_differences(&mut self, path: &FieldPath, mut present: Value, value: &Value) -> Result<(), EditError> {
        // A change at an anchor changes its aliases too; where they are to stay, a second pass
        // gives them what they had.
        const MOST_PASSES: usize = 4;
        for _ in 0..MOST_PASSES {
            let steps = diff::steps(path, &present, value).ok_or_else(|| self.unsupported())?;
            steps.iter().try_for_each(|step| self.diff_step(step))?;
            let Place::Node(slot) = self.follow(path)? else { return Err(self.unsupported()) };
            present = self.value(slot.node)?;
            if same(&present, value) {
                return Ok(());
            }
        }
        Err(self.unsupported())
    }

    fn diff_step(&mut self, step: &diff::Difference) -> Result<(), EditError> {
        match step {
            diff::Difference::Set(path, value) => self.set(path, value),
            diff::Difference::Remove(path) => self.remove(path),
            diff::Difference::Insert(path, index, value) => self.insert(path, *index, value),
        }
    }

    /// Sets a field without looking for what stays the same in it.
    fn set_anew(&mut self, path: &FieldPath, value: Value) -> Result<(), EditError> {
        match self.follow(path)? {
            Place::Node(slot) => self.replace(&slot, value),
            _ => self.set(path, &value),
        }
    }

    fn replace(&mut self, slot: &Slot, value: Value) -> Result<(), EditError> {
        let numbers: Vec<usize> = slot.parents.iter().map(|(_, index)| *index).collect();
        self.detach(slot.node, if value.is_object() { Goes::Content } else { Goes::Mapping })?;
        let slot = locate::slot_at(&self.tree, &numbers).ok_or(EditError::Unreadable)?;
        let plans = block::replace(self.page(), &slot, &value);
        self.step(slot.node, Action::Replace(value), plans)
    }

    fn insert_entry(&mut self, slot: &Slot, key: String, value: Value) -> Result<(), EditError> {
        let page = self.page();
        let mut plans = match &self.tree.node(slot.node).kind {
            NodeKind::Mapping { entries, flow: true } if entries.is_empty() && !slot.in_flow(&self.tree) => {
                block::replace(page, slot, &Value::Object([(key.clone(), value.clone())].into_iter().collect()))
            }
            NodeKind::Mapping { flow: true, .. } => flow::insert_entry(page, slot, &key, &value),
            _ => block::insert_entry(page, slot, &key, &value),
        };
        let action = Action::SetKey(key, value);
        plans.extend(self.rewritten(slot, &action));
        self.step(slot.node, action, plans)
    }

    /// The last resort: the whole collection written anew.
    fn rewritten(&self, slot: &Slot, action: &Action) -> Vec<Plan> {
        let change = Change { node: slot.node, action: action.clone() };
        let value = value::after(&self.tree, slot.node, Some(&change));
        value.map(|value| block::replace(self.page(), slot, &value)).unwrap_or_default()
    }
}
