//! What a session does to lists: items put in and moved.

use super::Session;
use crate::edit::locate::{self, Place, Slot};
use crate::edit::value::Action;
use crate::edit::{EditError, Value, block, flow};
use crate::syntax::{FieldPath, NodeKind, Step};

impl Session<'_> {
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

    pub(super) fn insert_item(&mut self, slot: &Slot, index: usize, value: Value) -> Result<(), EditError> {
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
}
