//! A document under change: the steps that one call needs, each read again before it counts.

use std::borrow::Cow;

use super::block::{self, Plan};
use super::compose::Pieces;
use super::locate::{self, Place, Slot};
use super::scan::Page;
use super::value::{self, Action, Change, same, value_of};
use super::{EditError, Value, diff, flow, templates};
use crate::syntax::{FieldPath, NodeId, NodeKind, Step, Tree, parse, template};
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

    pub fn remove(&mut self, path: &FieldPath) -> Result<(), EditError> {
        let Some((_, last)) = path.split_last() else { return Err(EditError::WholeObject) };
        let steps = path.steps().len();
        match self.follow(path)? {
            Place::Node(slot) => {
                let Some((parent, _)) = slot.parents.last().copied() else { return Err(EditError::WholeObject) };
                let mut count = 1;
                if let Step::Key(key) = last {
                    if self.is_merged_below(parent, key) {
                        return Err(EditError::MergedKey { path: path.clone() });
                    }
                    count = self.tree.entries(parent).iter().filter(|entry| self.tree.is_key(entry.key, key)).count();
                }
                self.detach(slot.node, Goes::Node)?;
                let Place::Node(slot) = self.follow(path)? else { return Err(self.unsupported()) };
                self.remove_child(&slot, last)?;
                // The key may stand there more than once.
                if count > 1 { self.remove(path) } else { Ok(()) }
            }
            Place::Alias(slot, taken) => {
                let mut copy = self.value(slot.node)?;
                let before = copy.clone();
                locate::remove_below(&mut copy, path, taken)?;
                if same(&before, &copy) { Ok(()) } else { self.replace(&slot, copy) }
            }
            Place::Merged(_, _, _, taken) if taken == steps => Err(EditError::MergedKey { path: path.clone() }),
            Place::Merged(slot, key, node, taken) => {
                let mut copy = self.value(node)?;
                let before = copy.clone();
                locate::remove_below(&mut copy, path, taken)?;
                if same(&before, &copy) { Ok(()) } else { self.insert_entry(&slot, key, copy) }
            }
            Place::MissingKey(..) => Ok(()),
            Place::Append(slot, taken) => Err(EditError::OutOfRange {
                path: locate::prefix(path, taken.saturating_sub(1)),
                index: self.tree.items(slot.node).len(),
                length: self.tree.items(slot.node).len(),
            }),
            Place::Null(_, taken) => locate::remove_below(&mut Value::Null, path, taken),
        }
    }

    /// Whether a mapping would still have a key through `<<` without its own.
    fn is_merged_below(&self, mapping: NodeId, key: &str) -> bool {
        let merges = self.tree.entries(mapping).iter().filter(|entry| self.tree.is_merge_key(entry.key));
        merges.into_iter().any(|entry| match self.tree.kind(entry.value) {
            NodeKind::Sequence { items, .. } => items.iter().any(|item| self.tree.get(*item, key).is_some()),
            _ => self.tree.get(entry.value, key).is_some(),
        })
    }

    pub fn insert(&mut self, list: &FieldPath, index: usize, value: &Value) -> Result<(), EditError> {
        if let Place::Node(slot) = self.follow(list)? {
            let length = match &self.tree.node(slot.node).kind {
                NodeKind::Sequence { items, .. } => Some(items.len()),
                NodeKind::Scalar { .. } if self.tree.is_null(slot.node) => None,
                NodeKind::Alias(_) => None,
                _ => return Err(EditError::NotAList { path: list.clone() }),
            };
            if let Some(length) = length {
                if index > length {
                    return Err(EditError::OutOfRange { path: list.clone(), index, length });
                }
                return self.insert_item(&slot, index, value.clone());
            }
        }
        let mut items = self.list_value(list)?;
        if index > items.len() {
            return Err(EditError::OutOfRange { path: list.clone(), index, length: items.len() });
        }
        items.insert(index, value.clone());
        self.set_anew(list, Value::Array(items))
    }

    /// The items of a list that may be missing or come through an alias.
    fn list_value(&self, list: &FieldPath) -> Result<Vec<Value>, EditError> {
        let (mut value, taken) = match self.follow(list)? {
            Place::Node(slot) => (self.value(slot.node)?, list.steps().len()),
            Place::Alias(slot, taken) => (self.value(slot.node)?, taken),
            Place::Merged(_, _, node, taken) => (self.value(node)?, taken),
            _ => return Ok(Vec::new()),
        };
        for (at, step) in list.steps().iter().enumerate().skip(taken) {
            let path = || locate::prefix(list, at);
            let below = match (value, step) {
                (Value::Object(mut map), Step::Key(key)) => map.shift_remove(&**key),
                (Value::Array(mut items), Step::Index(index)) if *index < items.len() => {
                    Some(items.swap_remove(*index))
                }
                (Value::Array(items), Step::Index(index)) if *index > items.len() => {
                    return Err(EditError::OutOfRange { path: path(), index: *index, length: items.len() });
                }
                (Value::Null, _) | (Value::Array(_), Step::Index(_)) => None,
                (Value::Array(_), Step::Key(_)) => return Err(EditError::NotAMapping { path: path() }),
                (Value::Object(_), Step::Index(_)) => return Err(EditError::NotAList { path: path() }),
                _ => return Err(EditError::ThroughScalar { path: path() }),
            };
            value = below.unwrap_or(Value::Null);
        }
        match value {
            Value::Array(items) => Ok(items),
            Value::Null => Ok(Vec::new()),
            _ => Err(EditError::NotAList { path: list.clone() }),
        }
    }

    /// Sets a field without looking for what stays the same in it.
    fn set_anew(&mut self, path: &FieldPath, value: Value) -> Result<(), EditError> {
        match self.follow(path)? {
            Place::Node(slot) => self.replace(&slot, value),
            _ => self.set(path, &value),
        }
    }

    pub fn move_item(&mut self, list: &FieldPath, from: usize, to: usize) -> Result<(), EditError> {
        let mut items = self.list_value(list)?;
        for index in [from, to] {
            if index >= items.len() {
                return Err(EditError::OutOfRange { path: list.clone(), index, length: items.len() });
            }
        }
        if from == to {
            return Ok(());
        }
        if let Place::Node(slot) = self.follow(list)?
            && !matches!(self.tree.node(slot.node).kind, NodeKind::Alias(_))
        {
            let plans = if locate::is_flow(&self.tree, slot.node) {
                flow::move_item(self.page(), &slot, from, to)
            } else {
                block::move_item(self.page(), &slot, from, to)
            };
            if self.step(slot.node, Action::MoveItem(from, to), plans).is_ok() {
                return Ok(());
            }
            let item = items.remove(from);
            self.remove(&list.index(from))?;
            return self.insert(list, to, &item);
        }
        let item = items.remove(from);
        items.insert(to, item);
        self.set_anew(list, Value::Array(items))
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

    fn insert_item(&mut self, slot: &Slot, index: usize, value: Value) -> Result<(), EditError> {
        let page = self.page();
        let mut plans = match &self.tree.node(slot.node).kind {
            NodeKind::Sequence { items, flow: true } if items.is_empty() && !slot.in_flow(&self.tree) => {
                block::replace(page, slot, &Value::Array(vec![value.clone()]))
            }
            NodeKind::Sequence { flow: true, .. } => flow::insert_item(page, slot, index, &value),
            _ => block::insert_item(page, slot, index, &value),
        };
        let action = Action::InsertItem(index, value);
        plans.extend(self.rewritten(slot, &action));
        self.step(slot.node, action, plans)
    }

    fn remove_child(&mut self, child: &Slot, last: &Step) -> Result<(), EditError> {
        let mut slot = child.clone();
        let Some((node, index)) = slot.parents.pop() else { return Err(EditError::WholeObject) };
        slot.node = node;
        let page = self.page();
        let (count, empty) = match &self.tree.node(node).kind {
            NodeKind::Mapping { entries, .. } => (entries.len(), Value::Object(serde_json::Map::new())),
            NodeKind::Sequence { items, .. } => (items.len(), Value::Array(Vec::new())),
            _ => return Err(self.unsupported()),
        };
        let mut plans = if locate::is_flow(&self.tree, node) {
            flow::remove_child(page, &slot, index)
        } else if count == 1 {
            block::replace(page, &slot, &empty)
        } else {
            block::remove_child(page, &slot, index)
        };
        let action = match last {
            Step::Index(index) => Action::RemoveItem(*index),
            Step::Key(key) => match self.duplicate_left(node, index, key) {
                Some(value) => Action::SetKey(key.to_string(), value),
                None => Action::RemoveKey(key.to_string()),
            },
        };
        plans.extend(self.rewritten(&slot, &action));
        self.step(node, action, plans)
    }

    /// The value that a duplicate key has once its last entry is gone.
    fn duplicate_left(&self, mapping: NodeId, without: usize, key: &str) -> Option<Value> {
        let entries = &self.tree.entries(mapping)[..without];
        let left = locate::own_entry(&self.tree, entries, key)?;
        value_of(&self.tree, entries[left].value)
    }

    /// The last resort: the whole collection written anew.
    fn rewritten(&self, slot: &Slot, action: &Action) -> Vec<Plan> {
        let change = Change { node: slot.node, action: action.clone() };
        let value = value::after(&self.tree, slot.node, Some(&change));
        value.map(|value| block::replace(self.page(), slot, &value)).unwrap_or_default()
    }

    /// Before something goes, aliases elsewhere that need it become literals.
    fn detach(&mut self, node: NodeId, goes: Goes) -> Result<(), EditError> {
        const MOST: usize = 1000;
        let numbers = locate::slot_of(&self.tree, node).ok_or(EditError::Unreadable)?;
        let numbers: Vec<usize> = numbers.parents.iter().map(|(_, index)| *index).collect();
        for _ in 0..MOST {
            let gone = locate::slot_at(&self.tree, &numbers).ok_or(EditError::Unreadable)?.node;
            let inside = locate::below(&self.tree, gone);
            let dependent = (0..self.tree.len()).filter_map(|at| u32::try_from(at).ok().map(NodeId)).find(|id| {
                let NodeKind::Alias(Some(target)) = self.tree.node(*id).kind else { return false };
                let needs_it = target != gone
                    || match goes {
                        Goes::Node => true,
                        Goes::Content => false,
                        Goes::Mapping => self.is_merged(*id),
                    };
                inside[target.0 as usize] && needs_it && !inside[id.0 as usize]
            });
            let Some(dependent) = dependent else { return Ok(()) };
            let value = self.value(dependent)?;
            let slot = locate::slot_of(&self.tree, dependent).ok_or_else(|| self.unsupported())?;
            let plans = block::replace(self.page(), &slot, &value);
            self.step(dependent, Action::Replace(value), plans)?;
        }
        Err(self.unsupported())
    }

    /// Whether an alias is the value of `<<`, or in a list that is.
    fn is_merged(&self, alias: NodeId) -> bool {
        let Some(slot) = locate::slot_of(&self.tree, alias) else { return false };
        let mut parents = slot.parents.iter().rev();
        parents
            .find_map(|(parent, index)| match &self.tree.node(*parent).kind {
                NodeKind::Mapping { entries, .. } => Some(self.tree.is_merge_key(entries[*index].key)),
                _ => None,
            })
            .unwrap_or_default()
    }
}
