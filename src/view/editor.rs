//! The text of an editor that draws and edits by itself: the same text here, and what passes between them.
//!
//! The editor counts in lines and UTF-16 units and knows one kind of line end, the file in bytes. It is
//! ahead of the project by what was typed last; a change of the project by a form, a fix or undo is handed
//! to it as the few stretches that differ, so that the cursor stays where it is.

pub mod findings;
pub mod wire;

use std::collections::VecDeque;
use std::sync::Arc;

use super::matches::Search;
use crate::text::{Edit, LineIndex, Span, apply_edits};

/// A place as the editor counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// UTF-16 units before it in the line.
    pub column: usize,
}

/// A change as the editor tells it or is told it; several at once all refer to the text before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it begins.
    pub from: LineColumn,
    /// Where what it replaces ends.
    pub to: LineColumn,
    /// What stands there afterwards, with `\n` between lines.
    pub insert: String,
}

/// The text that the editor shows.
#[derive(Clone, Debug)]
pub struct EditorText {
    text: Arc<str>,
    lines: LineIndex,
    /// Texts that were sent to the project and have not come back from it.
    sent: VecDeque<Arc<str>>,
    /// The project's text when it was last seen.
    seen: Arc<str>,
    /// Where the last change ended: one that begins there goes on with it.
    edge: Option<usize>,
    search: Search,
    found: Option<Vec<Span>>,
}

impl EditorText {
    /// An editor that shows the text of a file.
    #[must_use]
    pub fn new(text: &Arc<str>) -> Self {
        Self {
            lines: LineIndex::new(text),
            text: Arc::clone(text),
            sent: VecDeque::new(),
            seen: Arc::clone(text),
            edge: None,
            search: Search::default(),
            found: None,
        }
    }

    /// The text, with the file's own line ends.
    #[must_use]
    pub const fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Where its lines begin.
    #[must_use]
    pub const fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The text as the editor takes it: `\n` ends each line.
    #[must_use]
    pub fn shown(&self) -> String {
        self.text.replace("\r\n", "\n")
    }

    /// The offset of a place; the nearest that there is, where there is no such place.
    #[must_use]
    pub fn offset(&self, place: LineColumn) -> usize {
        let line = self.lines.line_span(&self.text, place.line.clamp(1, self.lines.line_count()));
        let mut units = 0;
        let letters = line.slice(&self.text).char_indices();
        let found = letters.into_iter().find(|(_, letter)| {
            let is_there = units >= place.column;
            units += letter.len_utf16();
            is_there
        });
        found.map_or(line.end, |(at, _)| line.start + at)
    }

    /// The place of an offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> LineColumn {
        place_in(&self.text, &self.lines, offset)
    }

    /// Takes note of a change made in the editor; says whether it goes on where the last one ended, so that
    /// both are one step to undo.
    pub fn typed(&mut self, changes: &[Change]) -> bool {
        let own_ends = self.text.contains("\r\n");
        let edits: Vec<Edit> = changes
            .iter()
            .map(|change| {
                let insert = if own_ends { change.insert.replace('\n', "\r\n") } else { change.insert.clone() };
                Edit::replace(Span::new(self.offset(change.from), self.offset(change.to)), insert)
            })
            .collect();
        let goes_on = match (&edits[..], self.edge) {
            ([edit], Some(edge)) => edit.span.touches(edge),
            _ => false,
        };
        self.edge = match &edits[..] {
            [edit] => Some(edit.span.start + edit.replacement.len()),
            _ => None,
        };
        self.set(apply_edits(&self.text, &edits).into());
        goes_on
    }

    /// The text to send to the project, if there is something new in it.
    pub fn send(&mut self) -> Option<Arc<str>> {
        if Arc::ptr_eq(self.sent.back().unwrap_or(&self.seen), &self.text) {
            return None;
        }
        self.sent.push_back(Arc::clone(&self.text));
        Some(Arc::clone(&self.text))
    }

    /// What the editor has to change when the project says `text`: nothing while it answers to what was
    /// sent, however late; else somebody else has changed it.
    pub fn answered(&mut self, text: &Arc<str>) -> Vec<Change> {
        if let Some(answered) = self.sent.iter().rposition(|sent| Arc::ptr_eq(sent, text)) {
            self.sent.drain(..=answered);
            self.seen = Arc::clone(text);
            return Vec::new();
        }
        if Arc::ptr_eq(&self.seen, text) {
            return Vec::new();
        }
        self.sent.clear();
        self.seen = Arc::clone(text);
        self.edge = None;
        let changes = self.changes_to(text);
        self.set(Arc::clone(text));
        changes
    }

    fn set(&mut self, text: Arc<str>) {
        self.lines = LineIndex::new(&text);
        self.text = text;
        self.found = None;
    }

    /// The stretches that differ, line by line, and within the lines only what differs.
    fn changes_to(&self, after: &str) -> Vec<Change> {
        let edits = crate::diff::edits(&self.text, after);
        let place = |offset| self.place(offset);
        let change = |edit: Edit| {
            let old = edit.span.slice(&self.text);
            let (start, end) = common_ends(old, &edit.replacement);
            let insert = edit.replacement[start..edit.replacement.len() - end].replace("\r\n", "\n");
            Change { from: place(edit.span.start + start), to: place(edit.span.end - end), insert }
        };
        edits.into_iter().map(change).filter(|change| change.from != change.to || !change.insert.is_empty()).collect()
    }

    /// Looks for something from now on.
    pub fn search(&mut self, search: Search) {
        if search != self.search {
            self.search = search;
            self.found = None;
        }
    }

    /// All that was found, in order.
    pub fn found(&mut self) -> &[Span] {
        let (search, text) = (&self.search, &self.text);
        self.found.get_or_insert_with(|| search.find(text))
    }
}

/// The place of an offset in a text.
fn place_in(text: &str, lines: &LineIndex, offset: usize) -> LineColumn {
    let line = lines.line_of(offset);
    let span = lines.line_span(text, line);
    let before = text.get(span.start..offset.clamp(span.start, span.end)).unwrap_or_default();
    LineColumn { line, column: units(before) }
}

/// The length of a text in UTF-16.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// How many bytes two texts have in common at their start, and at their end. Letters stay whole, and so
/// do `\r\n`, which are one line end to the editor.
fn common_ends(old: &str, new: &str) -> (usize, usize) {
    let splits = |text: &str, at: usize| {
        !text.is_char_boundary(at) || (at > 0 && text.as_bytes()[at - 1] == b'\r' && text[at..].starts_with('\n'))
    };
    let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while splits(old, start) || splits(new, start) {
        start -= 1;
    }
    let most = old.len().min(new.len()) - start;
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count().min(most);
    while splits(old, old.len() - end) || splits(new, new.len() - end) {
        end -= 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests;
