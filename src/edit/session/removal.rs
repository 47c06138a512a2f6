//! What a session takes away: keys, items, and what aliases elsewhere need of them.

use super::{Goes, Session};
use crate::edit::locate::{self, Place, Slot};
use crate::edit::value::{Action, same, value_of};
use crate::edit::{EditError, MOST_EQUAL_KEYS, Value, block, flow};
use crate::syntax::{Entry, FieldPath, NodeId, NodeKind, Step};

impl Session<'_> {
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

    /// Takes away all entries of a key but the last or the first one.
    pub fn keep_one(&mut self, path: &FieldPath, last: bool) -> Result<(), EditError> {
        let Some((parent, Step::Key(key))) = path.split_last() else { return Err(self.unsupported()) };
        for _ in 0..MOST_EQUAL_KEYS {
            let Place::Node(slot) = self.follow(&parent)? else { return Err(self.unsupported()) };
            let is_own = |entry: &&Entry| !self.tree.is_merge_key(entry.key) && self.tree.is_key(entry.key, key);
            let entries = self.tree.entries(slot.node);
            let mut own = entries.iter().enumerate().filter(|(_, entry)| is_own(entry)).map(|(at, _)| at);
            let (Some(first), Some(end)) = (own.next(), own.next_back()) else { return Ok(()) };
            let gone = if last { first } else { end };
            let value = entries.get(gone).ok_or_else(|| self.unsupported())?.value;
            self.detach(value, Goes::Node)?;
            let Place::Node(slot) = self.follow(&parent)? else { return Err(self.unsupported()) };
            let value = self.tree.entries(slot.node).get(gone).ok_or_else(|| self.unsupported())?.value;
            self.remove_child(&slot.child(gone, value), &Step::Key(key.clone()))?;
        }
        Err(self.unsupported())
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

    /// The value that a duplicate key has once one of its entries is gone.
    fn duplicate_left(&self, mapping: NodeId, without: usize, key: &str) -> Option<Value> {
        let (before, rest) = self.tree.entries(mapping).split_at_checked(without)?;
        let behind = rest.get(1..)?;
        let left = |entries: &[Entry]| Some(entries.get(locate::own_entry(&self.tree, entries, key)?)?.value);
        value_of(&self.tree, left(behind).or_else(|| left(before))?)
    }

    /// Before something goes, aliases elsewhere that need it become literals.
    pub(super) fn detach(&mut self, node: NodeId, goes: Goes) -> Result<(), EditError> {
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
