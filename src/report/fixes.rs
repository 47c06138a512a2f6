//! The fixes that were applied and what they changed, for a terminal.

use std::fmt::Write;

use super::text::printable;
use crate::diff;
use crate::fix::Mended;
use crate::workspace::Workspace;

/// What the fixes change, as one unified diff.
#[must_use]
pub fn fixes_diff(before: &Workspace, mended: &Mended) -> String {
    diff::between(before, &mended.workspace).iter().map(diff::FileDiff::unified).collect()
}

/// Each fix in a line, in the order of their application.
#[must_use]
pub fn fixes_text(mended: &Mended) -> String {
    let mut text = String::new();
    for applied in &mended.applied {
        let (object, title) = (printable(&applied.object), printable(&applied.title));
        let _ = writeln!(text, "fixed: {} {object}: {title}", applied.code);
    }
    if !mended.is_stable {
        text.push_str("warning: there is more to fix than is done at once; call it again\n");
    }
    text
}
