//! Where a finding is for tools that show it beside the code: a file of the repository, lines and columns.

use super::template_of;
use crate::check::STANDARD_INPUT;
use crate::text::{Position, Span};
use crate::workspace::Workspace;

/// A place in a file that exists.
pub(super) struct Shown<'a> {
    /// The file: of what helm rendered into a pipe, the template.
    pub(super) file: &'a str,
    /// From where to where; `None` where the file is another one than what was read.
    pub(super) lines: Option<(Position, Position)>,
    /// What has to be said about the place, in parentheses; empty where nothing has.
    pub(super) note: String,
}

/// The place of a span. A file that is read counts as it is, even if it was rendered: people have it.
pub(super) fn shown<'a>(workspace: &'a Workspace, file: &'a str, span: Span) -> Shown<'a> {
    let template = template_of(workspace, file, span);
    let lines = workspace.file(file).map(|file| (file.position(span.start), file.position(span.end)));
    match (template, lines) {
        (Some(template), Some((start, _))) if file == STANDARD_INPUT => {
            let note = format!(" (line {}, column {} of what was rendered)", start.line, start.column);
            Shown { file: template, lines: None, note }
        }
        (Some(template), _) => Shown { file, lines, note: format!(" (from {template})") },
        (None, _) => Shown { file, lines, note: String::new() },
    }
}
