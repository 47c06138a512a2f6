//! Source text: files, byte spans, lines and columns, and edits.
//!
//! Offsets are bytes into UTF-8 text. A [`Span`] never says which text it belongs to; the type that
//! holds it does.

use crate::ordered::sort_by_key;
use std::ops::Range;
use std::sync::Arc;

/// A file of the project: a name with `/` between folders, and its text.
///
/// Cloning is cheap: the text is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path inside the project, for instance `platform/oam.yaml`.
    pub name: String,
    /// The whole text, byte for byte as it was given.
    pub text: Arc<str>,
}

impl SourceFile {
    /// Makes a file of a name and its text.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// A span without length.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// The same span in a text that has `offset` more bytes in front.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the span has no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether `offset` lies inside, the end included.
    #[must_use]
    pub const fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The text under the span; empty where the span does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place for people: line and column from 1, the column in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalars.
    pub column: usize,
    /// The byte offset it stands for.
    pub byte: usize,
}

/// Where each line of a text begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads the line starts of a text. Lines end with `\n`; a `\r` before it belongs to the line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        Self { starts }
    }

    /// The index of lines that begin here; the first is 0.
    pub(crate) const fn of(starts: Vec<usize>) -> Self {
        Self { starts }
    }

    /// Number of lines; a text that ends with a line break has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 1) of an offset.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// Line and column of an offset in the same text.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line_of(offset) - 1;
        let start = self.starts[line];
        let column = text.get(start..offset.min(text.len())).map_or(0, |part| part.chars().count());
        Position { line: line + 1, column: column + 1, byte: offset }
    }

    /// The span of a line (from 1) without its line break; empty past the end.
    #[must_use]
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let Some(start) = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied() else {
            return Span::at(text.len());
        };
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let end = if end > start && text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end };
        Span::new(start, end)
    }
}

/// Replaces the text under a span.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    #[serde(serialize_with = "serialize_span")]
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

fn serialize_span<S: serde::Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::Serialize;
    [span.start, span.end].serialize(serializer)
}

impl Edit {
    /// Replaces what is under `span`.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Puts text at an offset.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// Takes out what is under `span`.
    #[must_use]
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Applies edits to a text; each span refers to the text as given.
///
/// Edits that overlap an earlier one, or that do not fit the text, are left out: two fixes of one
/// place never mix. Insertions at the same offset keep their order.
#[must_use]
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sort_by_key(&mut sorted, |edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        let Some(kept) = text.get(at..edit.span.start) else { continue };
        if text.get(edit.span.start..edit.span.end).is_none() {
            continue;
        }
        result.push_str(kept);
        result.push_str(&edit.replacement);
        at = edit.span.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}

/// What [`decode`] noticed about the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark (the mark stays in the text).
    Utf8,
    /// UTF-16 with a byte-order mark, as older Windows shells write; converted.
    Utf16,
    /// Neither: bytes that are no text were replaced by U+FFFD.
    Unknown,
}

/// Turns the bytes of a file into text; never fails.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        (String::from_utf16_lossy(&units), Encoding::Utf16)
    };
    match bytes {
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), Encoding::Utf8),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), Encoding::Unknown),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_not_bytes() {
        let text = "a: é\r\nb: x\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.position(text, 5), Position { line: 1, column: 5, byte: 5 });
        assert_eq!(lines.position(text, 7).line, 2);
        assert_eq!(lines.line_span(text, 1).slice(text), "a: é");
        assert_eq!(lines.line_span(text, 2).slice(text), "b: x");
        assert_eq!(lines.line_count(), 3);
    }

    #[test]
    fn edits_apply_to_the_text_as_given_and_never_overlap() {
        let edits = [Edit::replace(Span::new(3, 4), "2"), Edit::insert(0, "# c\n"), Edit::delete(Span::new(2, 5))];
        assert_eq!(apply_edits("a: 1\n", &edits), "# c\na:");
    }

    #[test]
    fn windows_text_is_read() {
        assert_eq!(decode(&[0xFF, 0xFE, b'a', 0]), ("a".to_owned(), Encoding::Utf16));
        assert_eq!(decode(&[0xFF, 0x00, 0x80]).1, Encoding::Unknown);
    }
}
