//! Minimal text edits on one document (placeholder signatures until the real module lands).

use std::fmt;

use crate::syntax::{FieldPath, NodeId, Tree};
use crate::text::Edit;

/// A value to write.
pub type Value = serde_json::Value;

/// Why a field cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Not done yet.
    Unsupported,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not supported")
    }
}

macro_rules! placeholder {
    ($name:ident($($arg:ident: $type:ty),*)) => {
        #[allow(missing_docs, clippy::missing_errors_doc)]
        pub fn $name(_: &str, _: &Tree, _: NodeId, $($arg: $type),*) -> Result<Vec<Edit>, EditError> {
            $(let _ = $arg;)*
            Err(EditError::Unsupported)
        }
    };
}
placeholder!(set(path: &FieldPath, value: &Value));
placeholder!(remove(path: &FieldPath));
placeholder!(insert(path: &FieldPath, index: usize, value: &Value));
placeholder!(move_item(path: &FieldPath, from: usize, to: usize));
