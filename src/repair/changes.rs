//! A repair line by line, before and after.

use super::Repair;
use crate::text::{Edit, LineIndex, Span, apply_edits};

/// A line that a repair changes, takes out, or puts in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number in the text as given, from 1; a line that is put in has that of the line below it.
    pub line: usize,
    /// The line before; `None` where it is put in.
    pub before: Option<String>,
    /// The line afterwards; `None` where it is taken out.
    pub after: Option<String>,
}

impl Repair {
    /// The lines that this repair alone changes in the text that it was found in.
    #[must_use]
    pub fn changes(&self, text: &str, lines: &LineIndex) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let mut edits = self.edits.iter().peekable();
        while let Some(edit) = edits.next() {
            let line = lines.position(text, edit.span.start).line;
            if edit.replacement.ends_with('\n') {
                let after = Some(edit.replacement.trim_end().to_owned());
                changes.push(Change { line, before: None, after });
                continue;
            }
            let own = lines.line_span(text, line);
            if edit.replacement.is_empty() && edit.span.end > own.end {
                changes.extend(taken_out(text, lines, line, edit.span));
                continue;
            }
            let mut here = vec![moved(edit, own)];
            while let Some(next) = edits.next_if(|next| next.span.start <= own.end) {
                here.push(moved(next, own));
            }
            let before = own.slice(text);
            changes.push(Change { line, before: Some(before.to_owned()), after: Some(apply_edits(before, &here)) });
        }
        changes
    }
}

fn moved(edit: &Edit, line: Span) -> Edit {
    let from = |at: usize| at.saturating_sub(line.start);
    Edit::replace(Span::new(from(edit.span.start), from(edit.span.end)), edit.replacement.clone())
}

fn taken_out(text: &str, lines: &LineIndex, first: usize, span: Span) -> Vec<Change> {
    let line = |line: usize| (line, lines.line_span(text, line));
    let own = (first..=lines.line_count()).map(line).take_while(|(_, own)| own.start < span.end);
    own.map(|(line, own)| Change { line, before: Some(own.slice(text).to_owned()), after: None }).collect()
}
