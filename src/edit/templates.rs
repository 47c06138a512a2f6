//! What may be changed in a helm template: values where they stand, and lines away from lines of actions.
//!
//! The tree of a template does not know what its actions write, so a line that comes or goes beside them
//! could land in another branch, or part a key from what an action writes below it.

use super::block::Plan;
use crate::syntax::template::{MARK, Template};
use crate::text::Span;

/// Whether a plan leaves every action and its place alone.
pub(super) fn allow(text: &str, template: &Template, plan: &Plan) -> bool {
    plan.iter().all(|edit| {
        // What was copied from the masked text must not be written.
        if edit.replacement.contains(MARK) {
            return false;
        }
        let lines_stay = !edit.replacement.contains('\n') && !edit.span.slice(text).contains('\n');
        if lines_stay && !edit.span.is_empty() {
            return true;
        }
        !template.passes_over(with_neighbours(text, edit.span))
    })
}

/// The lines of a stretch with the line before and the line after, blank ones not counted.
fn with_neighbours(text: &str, span: Span) -> Span {
    let start = text.get(..span.start).unwrap_or_default();
    let start = start.rfind('\n').map_or("", |line| &start[..line]).trim_end();
    let start = start.rfind('\n').map_or(0, |line| line + 1);
    let line_end = |from: usize| text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| from + at);
    let end = line_end(span.end);
    let next = text.len() - text.get(end..).unwrap_or_default().trim_start().len();
    Span::new(start, line_end(next))
}
