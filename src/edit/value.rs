//! The JSON value of a node as Kubernetes reads it, also after a change that is not yet written.
//!
//! An edit is planned on the text and proven on values: the text after the edit must read as what
//! [`after`] says. That catches every oddity of YAML that a plan did not think of.

use serde_json::{Map, Number};

use super::Value;
use crate::syntax::scalar::unsigned;
use crate::syntax::{Entry, NodeId, NodeKind, Plain, Tree, key_text};

/// Aliases can nest values deeper than the parser's own limit; more than this is refused.
const DEEPEST: usize = 512;

/// What changes at one node.
#[derive(Clone, Debug)]
pub(super) enum Action {
    Replace(Value),
    SetKey(String, Value),
    RemoveKey(String),
    InsertItem(usize, Value),
    RemoveItem(usize),
    MoveItem(usize, usize),
}

/// A change at a node of a tree. Aliases of the node, or of what holds it, change with it.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub node: NodeId,
    pub action: Action,
}

/// The value of a node, aliases and merge keys unfolded, of duplicate keys the last.
///
/// `.inf` and `.nan` have no JSON value and become strings; keys that Kubernetes refuses (null,
/// collections) get a name of their own that begins with `? `. `None` if values nest too deep.
#[must_use]
pub fn value_of(tree: &Tree, node: NodeId) -> Option<Value> {
    after(tree, node, None)
}

/// The value of a node once the change is made.
pub(super) fn after(tree: &Tree, node: NodeId, change: Option<&Change>) -> Option<Value> {
    Reader { tree, change }.read(node, 0)
}

/// Whether a changed text reads as the change says, without making values of what is the same node
/// for node.
pub(super) fn agrees(old: &Tree, change: &Change, new: &Tree) -> bool {
    match (old.root, new.root) {
        (Some(left), Some(right)) => Comparison { old, change, new }.nodes(left, right),
        _ => false,
    }
}

struct Comparison<'a> {
    old: &'a Tree,
    change: &'a Change,
    new: &'a Tree,
}

impl Comparison<'_> {
    fn nodes(&self, left: NodeId, right: NodeId) -> bool {
        let (before, behind) = (self.old.node(left), self.new.node(right));
        let node_for_node = left != self.change.node && before.tag == behind.tag;
        match (&before.kind, &behind.kind) {
            (NodeKind::Scalar { value, style }, NodeKind::Scalar { value: other, style: other_style })
                if node_for_node && value == other && style == other_style =>
            {
                before.span.is_empty() == behind.span.is_empty()
            }
            (NodeKind::Sequence { items, .. }, NodeKind::Sequence { items: others, .. })
                if node_for_node && items.len() == others.len() =>
            {
                items.iter().zip(others).all(|(left, right)| self.nodes(*left, *right))
            }
            (NodeKind::Mapping { entries, .. }, NodeKind::Mapping { entries: others, .. })
                if node_for_node && self.same_keys(entries, others) =>
            {
                entries.iter().zip(others).all(|(left, right)| self.nodes(left.value, right.value))
            }
            _ => {
                let expected = after(self.old, left, Some(self.change));
                let found = value_of(self.new, right);
                expected.zip(found).is_some_and(|(expected, found)| same(&expected, &found))
            }
        }
    }

    fn same_keys(&self, left: &[Entry], right: &[Entry]) -> bool {
        left.len() == right.len()
            && left.iter().zip(right).all(|(left, right)| {
                let key = key_text(self.old, left.key);
                key.is_some()
                    && key == key_text(self.new, right.key)
                    && !self.old.is_merge_key(left.key)
                    && !self.new.is_merge_key(right.key)
            })
    }
}

struct Reader<'a> {
    tree: &'a Tree,
    change: Option<&'a Change>,
}

impl Reader<'_> {
    fn read(&self, id: NodeId, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let changed = self.change.filter(|change| change.node == id);
        if let Some(Change { action: Action::Replace(value), .. }) = changed {
            return Some(value.clone());
        }
        let mut value = match &self.tree.node(id).kind {
            NodeKind::Alias(Some(target)) => self.read(*target, depth + 1)?,
            NodeKind::Alias(None) => Value::Null,
            NodeKind::Scalar { value, .. } => scalar(self.tree, id, value),
            NodeKind::Sequence { items, .. } => {
                Value::Array(items.iter().map(|item| self.read(*item, depth + 1)).collect::<Option<_>>()?)
            }
            NodeKind::Mapping { entries, .. } => Value::Object(self.mapping(entries, depth)?),
        };
        if let Some(change) = changed {
            apply(&mut value, &change.action);
        }
        Some(value)
    }

    fn mapping(&self, entries: &[Entry], depth: usize) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        for entry in entries.iter().filter(|entry| !self.tree.is_merge_key(entry.key)) {
            // A key that is no text cannot be read by Kubernetes; what is written is told apart.
            let key = key_text(self.tree, entry.key)
                .map_or_else(|| format!("? {}", self.tree.node(entry.key).span.start), std::borrow::Cow::into_owned);
            map.insert(key, self.read(entry.value, depth + 1)?);
        }
        for entry in entries.iter().filter(|entry| self.tree.is_merge_key(entry.key)) {
            let sources = match self.read(entry.value, depth + 1)? {
                Value::Array(sources) => sources,
                source => vec![source],
            };
            for (key, value) in sources.into_iter().filter_map(into_object).flatten() {
                map.entry(key).or_insert(value);
            }
        }
        Some(map)
    }
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn scalar(tree: &Tree, id: NodeId, text: &str) -> Value {
    match tree.value(id) {
        Some(Plain::Null) => Value::Null,
        Some(Plain::Bool(value)) => Value::Bool(value),
        Some(Plain::Int(value)) => Value::from(value),
        Some(Plain::Float(_)) if unsigned(text).is_some() => Value::from(unsigned(text)),
        Some(Plain::Float(value)) => Number::from_f64(value).map_or_else(|| Value::from(text), Value::Number),
        _ => Value::from(text),
    }
}

fn apply(value: &mut Value, action: &Action) {
    match (value, action) {
        (value, Action::Replace(new)) => *value = new.clone(),
        (Value::Object(map), Action::SetKey(key, new)) => {
            map.insert(key.clone(), new.clone());
        }
        (Value::Object(map), Action::RemoveKey(key)) => {
            map.shift_remove(key);
        }
        (Value::Array(items), Action::InsertItem(index, new)) if *index <= items.len() => {
            items.insert(*index, new.clone());
        }
        (Value::Array(items), Action::RemoveItem(index)) if *index < items.len() => {
            items.remove(*index);
        }
        (Value::Array(items), Action::MoveItem(from, to)) if *from < items.len() && *to < items.len() => {
            let item = items.remove(*from);
            items.insert(*to, item);
        }
        _ => {}
    }
}

/// Whether two values are the same to Kubernetes: `1` and `1.0` are, the order of keys does not
/// count.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right
                || (!(left.is_i64() || left.is_u64()) || !(right.is_i64() || right.is_u64()))
                    && left.as_f64() == right.as_f64()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}
