//! The text view: which file and line are in hand, and the gutter beside a text.

use super::LineMark;
use crate::diagnostic::Severity;
use crate::text::{Edit, Span};
use crate::workspace::Workspace;

/// A file, and the line to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
}

/// Reads `file` or `file:line`; the first file where it is neither.
#[must_use]
pub fn place(workspace: &Workspace, item: Option<&str>) -> Option<TextPlace> {
    let first = || workspace.files().first().map(|file| TextPlace { file: file.source.name.clone(), line: None });
    let Some(item) = item else { return first() };
    if workspace.file(item).is_some() {
        return Some(TextPlace { file: item.to_owned(), line: None });
    }
    let (file, line) = item.rsplit_once(':').unwrap_or((item, ""));
    match workspace.file(file) {
        Some(_) => Some(TextPlace { file: file.to_owned(), line: line.parse().ok() }),
        None => first(),
    }
}

/// So many bytes a line of a [`head`] may have on average.
const LINE: usize = 200;

/// The first lines of a text, no more than can be drawn at once: cut inside a line only where lines are very long.
#[must_use]
pub fn head(text: &str, most_lines: usize) -> &str {
    let mut most = (most_lines * LINE).min(text.len());
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let head = text.get(..most).unwrap_or_default();
    let end = head.match_indices('\n').nth(most_lines.saturating_sub(1)).map_or(most, |(at, _)| at + 1);
    head.get(..end).unwrap_or_default()
}

/// The edit that typing in a text area made: the area shows `\n` where the file may have `\r\n`, so what
/// was not touched keeps its line ends and what was typed gets those of the file.
#[must_use]
pub fn typed_edit(old: &str, typed: &str) -> Edit {
    let shown = old.replace("\r\n", "\n");
    let mut start = shown.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
    while !shown.is_char_boundary(start) || !typed.is_char_boundary(start) {
        start -= 1;
    }
    let most = shown.len().min(typed.len()) - start;
    let mut end = shown.bytes().rev().zip(typed.bytes().rev()).take_while(|(a, b)| a == b).count().min(most);
    while !shown.is_char_boundary(shown.len() - end) || !typed.is_char_boundary(typed.len() - end) {
        end -= 1;
    }
    let middle = typed.get(start..typed.len() - end).unwrap_or_default();
    let middle = if old.contains("\r\n") { middle.replace('\n', "\r\n") } else { middle.to_owned() };
    let span = Span::new(place_in_file(old, start), place_in_file(old, shown.len() - end));
    Edit::replace(span, middle)
}

/// The offset in the file of an offset in the text as the area shows it.
fn place_in_file(old: &str, shown: usize) -> usize {
    let bytes = old.as_bytes();
    let mut left = shown;
    let mut at = 0;
    while left > 0 && at < bytes.len() {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        left -= 1;
    }
    at
}

/// A stretch of the gutter: numbers of lines with the same mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GutterPart {
    /// The numbers, one a line.
    pub numbers: String,
    /// The mark of these lines.
    pub severity: Option<Severity>,
}

/// The gutter of a text; few parts however long the text is.
#[must_use]
pub fn gutter(lines: usize, marks: &[LineMark]) -> Vec<GutterPart> {
    use std::fmt::Write as _;
    let mut parts: Vec<GutterPart> = Vec::new();
    let mut marks = marks.iter().peekable();
    for line in 1..=lines {
        let severity = marks.next_if(|mark| mark.line == line).map(|mark| mark.severity);
        match parts.last_mut() {
            Some(part) if part.severity == severity && severity.is_none() => {
                let _ = writeln!(part.numbers, "{line}");
            }
            _ => parts.push(GutterPart { numbers: format!("{line}\n"), severity }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceFile, apply_edits};

    #[test]
    fn a_place_is_a_file_and_a_line() {
        let workspace = Workspace::new(&[SourceFile::new("a:b.yaml", ""), SourceFile::new("c.yaml", "")]);
        let at = |item| place(&workspace, item).map(|place| (place.file, place.line));
        assert_eq!(at(None), Some(("a:b.yaml".into(), None)));
        assert_eq!(at(Some("a:b.yaml:12")), Some(("a:b.yaml".into(), Some(12))));
        assert_eq!(at(Some("c.yaml")), Some(("c.yaml".into(), None)));
        assert_eq!(at(Some("gone.yaml:3")), Some(("a:b.yaml".into(), None)));
    }

    #[test]
    fn a_long_text_is_cut_where_so_many_lines_end() {
        assert_eq!(head("a\nb\nc\n", 2), "a\nb\n");
        assert_eq!(head("a\nb", 2), "a\nb");
        assert_eq!(head("a\n", 0), "");
        let long = "é".repeat(1000);
        assert_eq!(head(&long, 1).len(), 200);
        assert_eq!(head(&format!("x{long}"), 1).len(), 199);
    }

    #[test]
    fn typing_keeps_the_line_ends_of_the_file() {
        let type_over = |old: &str, typed: &str| apply_edits(old, &[typed_edit(old, typed)]);
        assert_eq!(type_over("a: 1\r\nb: 2\r\n", "a: 1\nx: 0\nb: 2\n"), "a: 1\r\nx: 0\r\nb: 2\r\n");
        assert_eq!(type_over("a\r\nb\nc\r\n", "a\nb\nd\n"), "a\r\nb\nd\r\n");
        assert_eq!(type_over("é: 1\n", "è: 1\n"), "è: 1\n");
        assert_eq!(type_over("a\r\n\r\n", "a\n"), "a\r\n");
        assert_eq!(type_over("", "a\n"), "a\n");
        assert_eq!(type_over("aa", "a"), "a");
    }

    #[test]
    fn marked_lines_stand_alone_in_the_gutter() {
        let marks = [LineMark { line: 2, severity: Severity::Error, message: String::new() }];
        let parts = gutter(4, &marks);
        let drawn: Vec<&str> = parts.iter().map(|part| part.numbers.as_str()).collect();
        assert_eq!(drawn, ["1\n", "2\n", "3\n4\n"]);
        assert_eq!(parts[1].severity, Some(Severity::Error));
    }
}
