//! Changes of the values, as changes of the ConfigMap that holds them.

use super::{AkoConfigMap, LISTS, is_of_values, key_of};
use crate::edit::{self, EditError, Value};
use crate::syntax::{FieldPath, NodeKind, ScalarStyle, Step, Tree};
use crate::text::{Edit, Span};
use crate::workspace::Object;

/// A change of a field.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// Gives it a value.
    Set(&'a Value),
    /// Takes it away: in a ConfigMap an empty text stays, since AKO's pod does not start without the key.
    Remove,
    /// Puts an item into it, in front of the one of this number.
    Insert(usize, &'a Value),
    /// Moves an item to another place.
    Move(usize, usize),
}

impl Change<'_> {
    /// The edits of the document's text that make the change; `None` if the path is not one of the values.
    pub(crate) fn edits(
        self,
        text: &str,
        object: &Object,
        map: &AkoConfigMap,
        path: &FieldPath,
    ) -> Option<Result<Vec<Edit>, EditError>> {
        is_of_values(path).then(|| {
            let (key, below) = key_of(path).ok_or_else(|| EditError::NotInConfigMap { path: path.clone() })?;
            let at = FieldPath::from("data").key(key);
            let is_list = LISTS.contains(&key);
            let new = if is_list { self.of_list(map, path, &below)? } else { self.of_text(path, &below)? };
            let Some(new) = new else { return Ok(Vec::new()) };
            match in_place(text, object.tree(), object.tree().find(object.node(), &at), &new) {
                Some(edit) => Ok(vec![edit]),
                None => edit::set(text, object.tree(), object.node(), &at, &Value::from(new)),
            }
            .map(|edits| if self.is_idle(object, &at) { Vec::new() } else { edits })
        })
    }

    /// Whether the change takes away what is not there.
    fn is_idle(self, object: &Object, at: &FieldPath) -> bool {
        matches!(self, Self::Remove) && object.tree().find(object.node(), at).is_none()
    }

    /// What a key says after the change; `None` if it says it already.
    fn of_text(self, path: &FieldPath, below: &FieldPath) -> Result<Option<String>, EditError> {
        match self {
            _ if !below.is_root() => Err(EditError::ThroughScalar { path: path.clone() }),
            Self::Set(Value::String(text)) => Ok(Some(text.clone())),
            Self::Set(value @ (Value::Bool(_) | Value::Number(_))) => Ok(Some(value.to_string())),
            Self::Set(Value::Null) | Self::Remove => Ok(Some(String::new())),
            _ => Err(EditError::Unsupported { path: path.clone() }),
        }
    }

    /// The list of a key after the change, in JSON as helm writes it; `None` if nothing changes.
    fn of_list(self, map: &AkoConfigMap, path: &FieldPath, below: &FieldPath) -> Result<Option<String>, EditError> {
        let mut top = path.clone();
        below.steps().iter().for_each(|_| drop(top.pop()));
        let written = map.tree.root.and_then(|root| map.tree.find(root, &top));
        let before = written.and_then(|node| edit::value_of(&map.tree, node)).unwrap_or(Value::Null);
        let mut list = before.clone();
        match self {
            Self::Set(value) => edit::set_in(&mut list, below, value)?,
            Self::Remove if below.is_root() => list = Value::Array(Vec::new()),
            Self::Remove => edit::remove_in(&mut list, below)?,
            Self::Insert(index, value) => {
                if below.is_root() && list.is_null() {
                    list = Value::Array(Vec::new());
                }
                let items = items(&mut list, path, below)?;
                let length = items.len();
                if index > length {
                    return Err(EditError::OutOfRange { path: path.clone(), index, length });
                }
                items.insert(index, value.clone());
            }
            Self::Move(from, to) => {
                let items = items(&mut list, path, below)?;
                let length = items.len();
                if let Some(index) = [from, to].into_iter().find(|index| *index >= length) {
                    return Err(EditError::OutOfRange { path: path.clone(), index, length });
                }
                let item = items.remove(from);
                items.insert(to, item);
            }
        }
        Ok((list != before).then(|| list.to_string()))
    }
}

fn items<'v>(list: &'v mut Value, path: &FieldPath, below: &FieldPath) -> Result<&'v mut Vec<Value>, EditError> {
    let found = below.steps().iter().try_fold(list, |at, step| match step {
        Step::Key(key) => at.get_mut(&**key),
        Step::Index(index) => at.get_mut(*index),
    });
    found.and_then(Value::as_array_mut).ok_or_else(|| EditError::NotAList { path: path.clone() })
}

/// The new text in the place of the old one, where that is one line of a block or stands between single quotes:
/// so the block stays one, and no line but its own changes.
fn in_place(text: &str, tree: &Tree, node: Option<crate::syntax::NodeId>, new: &str) -> Option<Edit> {
    let node = tree.node(node?);
    let NodeKind::Scalar { value, style } = &node.kind else { return None };
    let old = value.trim_end_matches('\n');
    let is_line = |text: &str| !text.is_empty() && !text.contains(['\n', '\r']) && text.trim() == text;
    if *style != ScalarStyle::Literal || !is_line(old) || !is_line(new) {
        return None;
    }
    let at = node.span.start + node.span.slice(text).rfind(old)?;
    Some(Edit::replace(Span::new(at, at + old.len()), new))
}
