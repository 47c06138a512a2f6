//! Follows a path to the place where it is to be changed: aliases, merge keys and nulls stop it.

use super::{EditError, Value};
use crate::syntax::{Entry, FieldPath, NodeId, NodeKind, Step, Tree};

/// A node with the way to it from the top of the document.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub node: NodeId,
    /// Each collection on the way with the number of its child.
    pub parents: Vec<(NodeId, usize)>,
}

impl Slot {
    pub fn child(&self, index: usize, node: NodeId) -> Self {
        let mut parents = self.parents.clone();
        parents.push((self.node, index));
        Self { node, parents }
    }

    /// Whether the node stands inside flow style.
    pub fn in_flow(&self, tree: &Tree) -> bool {
        self.parents.last().is_some_and(|(parent, _)| is_flow(tree, *parent))
    }
}

pub(super) fn is_flow(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.node(id).kind, NodeKind::Mapping { flow: true, .. } | NodeKind::Sequence { flow: true, .. })
}

/// Where a path led; `usize` is the number of steps that were taken.
#[derive(Debug)]
pub(super) enum Place {
    /// To a node of its own.
    Node(Slot),
    /// To an alias with steps still to go.
    Alias(Slot, usize),
    /// To a key that a mapping has only through `<<`, and its value; the key's step is taken.
    Merged(Slot, String, NodeId, usize),
    /// To a mapping without the key; the key's step is taken.
    MissingKey(Slot, String, usize),
    /// One past the end of a list; that step is taken.
    Append(Slot, usize),
    /// To a null with steps still to go.
    Null(Slot, usize),
}

/// Follows a path from a slot.
pub(super) fn follow(tree: &Tree, from: Slot, path: &FieldPath) -> Result<Place, EditError> {
    let mut slot = from;
    for (taken, step) in path.steps().iter().enumerate() {
        let so_far = || prefix(path, taken);
        match (&tree.node(slot.node).kind, step) {
            (NodeKind::Alias(_), _) => return Ok(Place::Alias(slot, taken)),
            (NodeKind::Scalar { .. }, _) if tree.is_null(slot.node) => return Ok(Place::Null(slot, taken)),
            (NodeKind::Scalar { .. }, _) => return Err(EditError::ThroughScalar { path: so_far() }),
            (NodeKind::Mapping { entries, .. }, Step::Key(key)) => match own_entry(tree, entries, key) {
                Some(index) => slot = slot.child(index, entries[index].value),
                None => {
                    return Ok(match tree.get(slot.node, key) {
                        Some(value) => Place::Merged(slot, key.to_string(), value, taken + 1),
                        None => Place::MissingKey(slot, key.to_string(), taken + 1),
                    });
                }
            },
            (NodeKind::Sequence { items, .. }, Step::Index(index)) => match items.get(*index) {
                Some(item) => slot = slot.child(*index, *item),
                None if *index == items.len() => return Ok(Place::Append(slot, taken + 1)),
                None => return Err(EditError::OutOfRange { path: so_far(), index: *index, length: items.len() }),
            },
            (NodeKind::Mapping { .. }, Step::Index(_)) => return Err(EditError::NotAList { path: so_far() }),
            (NodeKind::Sequence { .. }, Step::Key(_)) => return Err(EditError::NotAMapping { path: so_far() }),
        }
    }
    Ok(Place::Node(slot))
}

/// The last own entry of a key, as readers that allow duplicates take the last.
pub(super) fn own_entry(tree: &Tree, entries: &[Entry], key: &str) -> Option<usize> {
    entries.iter().rposition(|entry| !tree.is_merge_key(entry.key) && tree.is_key(entry.key, key))
}

pub(super) fn prefix(path: &FieldPath, length: usize) -> FieldPath {
    let mut prefix = FieldPath::root();
    for step in path.steps().iter().take(length) {
        prefix.push(step.clone());
    }
    prefix
}

/// Finds a node's way from the top of the document; `None` if it is not in the tree.
///
/// Nodes are numbered in source order, so the child that holds a node is the last one that does not
/// come after it.
pub(super) fn slot_of(tree: &Tree, node: NodeId) -> Option<Slot> {
    let mut slot = Slot { node: tree.root?, parents: Vec::new() };
    while slot.node != node {
        let (count, child) = match &tree.node(slot.node).kind {
            NodeKind::Mapping { entries, .. } => {
                let count = entries.partition_point(|entry| entry.value <= node);
                (count, entries.get(count.checked_sub(1)?)?.value)
            }
            NodeKind::Sequence { items, .. } => {
                let count = items.partition_point(|item| *item <= node);
                (count, *items.get(count.checked_sub(1)?)?)
            }
            _ => return None,
        };
        slot.parents.push((slot.node, count - 1));
        slot.node = child;
    }
    Some(slot)
}

/// Follows child numbers from the top of a document.
pub(super) fn slot_at(tree: &Tree, numbers: &[usize]) -> Option<Slot> {
    let mut slot = Slot { node: tree.root?, parents: Vec::new() };
    for index in numbers {
        let child = match &tree.node(slot.node).kind {
            NodeKind::Mapping { entries, .. } => entries.get(*index)?.value,
            NodeKind::Sequence { items, .. } => *items.get(*index)?,
            _ => return None,
        };
        slot = slot.child(*index, child);
    }
    Some(slot)
}

/// Builds the missing parents of a value.
pub(super) fn wrapped(path: &FieldPath, taken: usize, value: &Value) -> Result<Value, EditError> {
    path.steps()[taken.min(path.steps().len())..].iter().rev().try_fold(value.clone(), |value, step| match step {
        Step::Key(key) => Ok(Value::Object([(key.to_string(), value)].into_iter().collect())),
        Step::Index(0) => Ok(Value::Array(vec![value])),
        Step::Index(index) => Err(EditError::OutOfRange { path: path.clone(), index: *index, length: 0 }),
    })
}

/// Sets a path below a value that stands nowhere in a text.
pub(crate) fn set_in(at: &mut Value, path: &FieldPath, value: &Value) -> Result<(), EditError> {
    set_below(at, path, 0, value)
}

/// Removes a path below a value that stands nowhere in a text.
pub(crate) fn remove_in(at: &mut Value, path: &FieldPath) -> Result<(), EditError> {
    remove_below(at, path, 0)
}

/// Sets a path below a value that is not in the text by itself.
pub(super) fn set_below(at: &mut Value, path: &FieldPath, taken: usize, value: &Value) -> Result<(), EditError> {
    let Some(step) = path.steps().get(taken) else {
        *at = value.clone();
        return Ok(());
    };
    let so_far = prefix(path, taken);
    match (at, step) {
        (at @ Value::Null, _) => *at = wrapped(path, taken, value)?,
        (Value::Object(map), Step::Key(key)) => match map.get_mut(&**key) {
            Some(below) => set_below(below, path, taken + 1, value)?,
            None => {
                map.insert(key.to_string(), wrapped(path, taken + 1, value)?);
            }
        },
        (Value::Array(items), Step::Index(index)) => {
            let length = items.len();
            match items.get_mut(*index) {
                Some(below) => set_below(below, path, taken + 1, value)?,
                None if *index == length => items.push(wrapped(path, taken + 1, value)?),
                None => return Err(EditError::OutOfRange { path: so_far, index: *index, length }),
            }
        }
        (Value::Object(_), Step::Index(_)) => return Err(EditError::NotAList { path: so_far }),
        (Value::Array(_), Step::Key(_)) => return Err(EditError::NotAMapping { path: so_far }),
        _ => return Err(EditError::ThroughScalar { path: so_far }),
    }
    Ok(())
}

/// Removes a path below such a value; what is not there needs no removal.
pub(super) fn remove_below(at: &mut Value, path: &FieldPath, taken: usize) -> Result<(), EditError> {
    let Some(step) = path.steps().get(taken) else { return Ok(()) };
    let last = taken + 1 == path.steps().len();
    let so_far = prefix(path, taken);
    match (at, step) {
        (Value::Null, Step::Key(_)) => {}
        (Value::Null, Step::Index(index)) => {
            return Err(EditError::OutOfRange { path: so_far, index: *index, length: 0 });
        }
        (Value::Object(map), Step::Key(key)) if last => {
            map.shift_remove(&**key);
        }
        (Value::Object(map), Step::Key(key)) => {
            if let Some(below) = map.get_mut(&**key) {
                remove_below(below, path, taken + 1)?;
            }
        }
        (Value::Array(items), Step::Index(index)) => {
            let length = items.len();
            match items.get_mut(*index) {
                Some(_) if last => {
                    items.remove(*index);
                }
                Some(below) => remove_below(below, path, taken + 1)?,
                None => return Err(EditError::OutOfRange { path: so_far, index: *index, length }),
            }
        }
        (Value::Object(_), Step::Index(_)) => return Err(EditError::NotAList { path: so_far }),
        (Value::Array(_), Step::Key(_)) => return Err(EditError::NotAMapping { path: so_far }),
        _ => return Err(EditError::ThroughScalar { path: so_far }),
    }
    Ok(())
}

/// For every node of the tree whether it is the given one or below it.
pub(super) fn below(tree: &Tree, node: NodeId) -> Vec<bool> {
    let mut inside = vec![false; tree.len()];
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        inside[id.0 as usize] = true;
        match &tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => {
                open.extend(entries.iter().flat_map(|entry| [entry.key, entry.value]));
            }
            NodeKind::Sequence { items, .. } => open.extend(items),
            _ => {}
        }
    }
    inside
}
