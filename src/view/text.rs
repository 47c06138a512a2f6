//! The text view: which file and line are in hand, and the gutter beside a text.

use super::LineMark;
use crate::diagnostic::Severity;
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
    use crate::text::SourceFile;

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
    fn marked_lines_stand_alone_in_the_gutter() {
        let marks = [LineMark { line: 2, severity: Severity::Error, message: String::new() }];
        let parts = gutter(4, &marks);
        let drawn: Vec<&str> = parts.iter().map(|part| part.numbers.as_str()).collect();
        assert_eq!(drawn, ["1\n", "2\n", "3\n4\n"]);
        assert_eq!(parts[1].severity, Some(Severity::Error));
    }
}
