//! Findings and changed lines of a file, as an editor draws them at its text.

use super::{LineColumn, place_in};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::diff;
use crate::ordered::sort_by_key;
use crate::text::{LineIndex, Span};
use crate::view::sentence;
use crate::workspace::Workspace;

/// A finding at its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingMark {
    /// Its place in [`Analysis::findings`].
    pub index: usize,
    /// Where it begins.
    pub from: LineColumn,
    /// Where it ends, on the same line.
    pub to: LineColumn,
    /// How bad it is.
    pub severity: Severity,
    /// Severity, code and what is wrong.
    pub title: String,
    /// What AKO does with it.
    pub effect: String,
    /// What to do.
    pub help: String,
    /// How many fixes there are.
    pub fixes: usize,
}

/// The findings of a file in the order of its text.
#[must_use]
pub fn marks(workspace: &Workspace, analysis: &Analysis, file: &str) -> Vec<FindingMark> {
    let Some(source) = workspace.file(file) else { return Vec::new() };
    let (text, lines) = (&*source.source.text, &*source.lines);
    let own = analysis.findings.iter().enumerate().filter(|(_, finding)| &*finding.file == file);
    let mut marks: Vec<FindingMark> = own
        .map(|(index, finding)| {
            let span = seen(text, lines, finding.span);
            FindingMark {
                index,
                from: place_in(text, lines, span.start),
                to: place_in(text, lines, span.end),
                severity: finding.severity,
                title: format!("{} {}: {}", finding.severity.name(), finding.code, sentence(&finding.message)),
                effect: sentence(&finding.effect),
                help: sentence(&finding.help),
                fixes: finding.fixes.len() + finding.asks.len(),
            }
        })
        .collect();
    sort_by_key(&mut marks, |mark| (mark.from, mark.severity));
    marks
}

/// The part of a span that can be marked: on its first line, and the whole of that line where it is empty.
fn seen(text: &str, lines: &LineIndex, span: Span) -> Span {
    let line = lines.line_span(text, lines.line_of(span.start));
    let part = Span::new(span.start.min(line.end), span.end.min(line.end));
    if part.is_empty() {
        let blank = line.slice(text).len() - line.slice(text).trim_start().len();
        return Span::new(line.start + blank, line.end);
    }
    part
}

/// The finding to go to from a line: the first on a later line, or the last on one before; round at the ends.
#[must_use]
pub fn next(marks: &[FindingMark], line: usize, backwards: bool) -> Option<&FindingMark> {
    if backwards {
        marks.iter().rev().find(|mark| mark.from.line < line).or_else(|| marks.last())
    } else {
        marks.iter().find(|mark| mark.from.line > line).or_else(|| marks.first())
    }
}

/// A text longer than this is not compared while one types.
const MOST_COMPARED: usize = 500_000;

/// First and last lines (from 1) of a text that are not as they were before; where lines were taken away,
/// the line that follows.
#[must_use]
pub fn changed_lines(before: &str, text: &str) -> Vec<(usize, usize)> {
    if before == text || before.len().max(text.len()) > MOST_COMPARED {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let mut shift = 0_isize;
    let ranges = diff::edits(before, text).into_iter().map(|edit| {
        let start = edit.span.start.saturating_add_signed(shift);
        shift += edit.replacement.len().cast_signed() - edit.span.len().cast_signed();
        (lines.line_of(start), lines.line_of(start + edit.replacement.len().saturating_sub(1)))
    });
    ranges.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;

    #[test]
    fn findings_stand_at_their_text() {
        let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: é: x\n";
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text), SourceFile::new("b.yaml", "a: [\n")]);
        let analysis = analyse(&workspace);
        let found = marks(&workspace, &analysis, "a.yaml");
        assert!(!found.is_empty());
        for mark in &found {
            assert!(mark.from < mark.to && mark.from.line == mark.to.line, "{mark:?}");
            assert!(mark.title.starts_with("error AKP") || mark.title.starts_with("warning AKP"), "{}", mark.title);
        }
        let lines: Vec<usize> = found.iter().map(|mark| mark.from.line).collect();
        let first = lines[0];
        assert_eq!(next(&found, first - 1, false).map(|mark| mark.from.line), Some(first));
        assert_eq!(next(&found, *lines.last().unwrap(), false).map(|mark| mark.from.line), Some(first));
        assert_eq!(next(&found, first, true).map(|mark| mark.from.line), lines.last().copied());
    }

    #[test]
    fn an_empty_place_is_its_line() {
        let text = "a:\n  b: 1\n";
        let lines = LineIndex::new(text);
        assert_eq!(seen(text, &lines, Span::at(4)), Span::new(5, 9));
        assert_eq!(seen(text, &lines, Span::new(0, 9)), Span::new(0, 2));
    }

    #[test]
    fn changed_lines_are_those_of_the_text_as_it_is() {
        assert_eq!(changed_lines("a\nb\nc\nd\n", "a\nX\nY\nc\n"), [(2, 3), (5, 5)]);
        assert_eq!(changed_lines("", "a\nb\n"), [(1, 2)]);
        assert_eq!(changed_lines("a\n", "a\n"), []);
    }
}
