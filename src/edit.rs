//! Changes one document by the smallest edits of its text: a form's field, a list's item.
//!
//! An edit changes the lines it must and no other byte: comments, order, quotes, anchors, unknown
//! fields, line ends and the style of blocks or JSON stay. Each change is planned on the text
//! (`block`, `flow`), applied, read again, and compared with the value it must have (`value`). A plan
//! that does not read as expected is not used, so an edit is right or an error, never a surprise.
//! `session` puts such steps together: aliases and merge keys on the way to a field need some of
//! their own.

mod block;
mod compose;
mod diff;
mod flow;
mod locate;
mod render;
mod scan;
mod session;
mod style;
mod templates;
mod value;

use std::fmt;

use crate::syntax::{FieldPath, NodeId, Tree};
use crate::text::Edit;

pub(crate) use locate::{remove_in, set_in};
pub use render::{render, render_scalar};
use session::Session;
pub use value::{same, value_of};

/// A value to write.
pub type Value = serde_json::Value;

/// Why a change could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The document has mistakes as YAML, or the object is not in it.
    Unreadable,
    /// The path goes on below a text or number.
    ThroughScalar {
        /// Where that stands.
        path: FieldPath,
    },
    /// The path names a key of a list.
    NotAMapping {
        /// Where the list stands.
        path: FieldPath,
    },
    /// The path counts items of something that is no list.
    NotAList {
        /// Where that stands.
        path: FieldPath,
    },
    /// The list is shorter.
    OutOfRange {
        /// The list.
        path: FieldPath,
        /// The item that was asked for.
        index: usize,
        /// How many there are.
        length: usize,
    },
    /// The key comes through `<<` from another mapping.
    MergedKey {
        /// The key.
        path: FieldPath,
    },
    /// The path is the object itself.
    WholeObject,
    /// AKO's ConfigMap has no key for this value.
    NotInConfigMap {
        /// The value.
        path: FieldPath,
    },
    /// The text is written in a way that this change cannot be made in.
    Unsupported {
        /// What was to be changed.
        path: FieldPath,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: &FieldPath| if path.is_root() { "the object".to_owned() } else { format!("`{path}`") };
        match self {
            Self::Unreadable => f.write_str("the document has mistakes as YAML; mend its text first"),
            Self::ThroughScalar { path } => write!(f, "{} is a single value, it has no fields", name(path)),
            Self::NotAMapping { path } => write!(f, "{} is a list, it has no keys", name(path)),
            Self::NotAList { path } => write!(f, "{} is not a list", name(path)),
            Self::OutOfRange { path, index, length } => {
                write!(f, "{} has {length} items, there is no item {index} (counted from 0)", name(path))
            }
            Self::MergedKey { path } => {
                write!(f, "{} comes through `<<` from another place; remove it there", name(path))
            }
            Self::WholeObject => f.write_str("this is the object itself, not a field of it"),
            Self::NotInConfigMap { path } => {
                write!(f, "AKO's ConfigMap has no key for {}; it is set in AKO's `values.yaml`", name(path))
            }
            Self::Unsupported { path } => {
                write!(f, "{} is written in a way that cannot be changed from here; change its text", name(path))
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Sets a field, replacing what is there or adding what is missing on the way: mappings, and items
/// one past the end of a list. No edits if the field has the value already.
///
/// A value that comes through an alias or a merge key gets a literal of its own; the anchor stays.
///
/// # Errors
/// If the path does not fit the object or the document is not readable.
pub fn set(text: &str, tree: &Tree, root: NodeId, path: &FieldPath, value: &Value) -> Result<Vec<Edit>, EditError> {
    let mut session = Session::new(text, tree, root, path)?;
    session.set(path, value)?;
    Ok(session.into_edits(text))
}

/// Removes a key or a list item. No edits if there is no such key.
///
/// # Errors
/// As [`set`]; also if the key is there only through a merge key, or the path is the object itself.
pub fn remove(text: &str, tree: &Tree, root: NodeId, path: &FieldPath) -> Result<Vec<Edit>, EditError> {
    let mut session = Session::new(text, tree, root, path)?;
    session.remove(path)?;
    Ok(session.into_edits(text))
}

/// So many entries of one key are taken for a slip that can be mended.
pub const MOST_EQUAL_KEYS: usize = 10;

/// Takes away all entries of a key that stands more than once in a mapping, but the last or the first one; the path
/// goes from the document's top. No edits if the key stands there once.
///
/// # Errors
/// As [`set`]; also if there are more than [`MOST_EQUAL_KEYS`].
pub fn keep_one(text: &str, tree: &Tree, path: &FieldPath, last: bool) -> Result<Vec<Edit>, EditError> {
    let mut session = Session::new(text, tree, tree.root.ok_or(EditError::Unreadable)?, path)?;
    session.keep_one(path, last)?;
    Ok(session.into_edits(text))
}

/// Puts an item into a list in front of item `index`, or at its end; a missing list is made.
///
/// # Errors
/// As [`set`].
pub fn insert(
    text: &str,
    tree: &Tree,
    root: NodeId,
    list: &FieldPath,
    index: usize,
    value: &Value,
) -> Result<Vec<Edit>, EditError> {
    let mut session = Session::new(text, tree, root, list)?;
    session.insert(list, index, value)?;
    Ok(session.into_edits(text))
}

/// Moves an item of a list so that it becomes item `to`.
///
/// # Errors
/// As [`set`].
pub fn move_item(
    text: &str,
    tree: &Tree,
    root: NodeId,
    list: &FieldPath,
    from: usize,
    to: usize,
) -> Result<Vec<Edit>, EditError> {
    let mut session = Session::new(text, tree, root, list)?;
    session.move_item(list, from, to)?;
    Ok(session.into_edits(text))
}
