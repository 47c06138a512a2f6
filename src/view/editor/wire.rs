//! What passes between the application and the editor's script, as JSON.

use std::ops::Range;

use serde_json::{Value, json};

use super::findings::FindingMark;
use super::{Change, EditorText, LineColumn, units};
use crate::text::{LineIndex, Span};
use crate::view::colours;
use crate::view::folds::Fold;

/// Reads numbers, as in `[1,20]`; empty where it is anything else.
#[must_use]
pub fn numbers(json: &str) -> Vec<usize> {
    let list = match serde_json::from_str(json) {
        Ok(Value::Array(list)) => list,
        Ok(single) => vec![single],
        Err(_) => Vec::new(),
    };
    list.iter().map_while(number).collect()
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

/// Reads changes: `[[line, column, line, column, text], …]`.
#[must_use]
pub fn changes(json: &str) -> Vec<Change> {
    let Ok(Value::Array(list)) = serde_json::from_str(json) else { return Vec::new() };
    let read = |change: &Value| {
        let part = |at: usize| change.get(at).and_then(number);
        Some(Change {
            from: LineColumn { line: part(0)?, column: part(1)? },
            to: LineColumn { line: part(2)?, column: part(3)? },
            insert: change.get(4)?.as_str()?.to_owned(),
        })
    };
    list.iter().filter_map(read).collect()
}

/// Writes changes as [`changes`] reads them.
#[must_use]
pub fn write_changes(changes: &[Change]) -> String {
    let write = |it: &Change| json!([it.from.line, it.from.column, it.to.line, it.to.column, it.insert]);
    Value::from(changes.iter().map(write).collect::<Vec<_>>()).to_string()
}

/// The stretches of some lines (from 1) with the class of each, what is found by the search among them:
/// `[[line, from, to, class], …]`.
#[must_use]
pub fn stretches(editor: &mut EditorText, shown: Range<usize>) -> String {
    let lines = editor.lines();
    let shown = shown.start.max(1)..shown.end.min(lines.line_count() + 1);
    let mut list = Vec::new();
    for (line, found) in shown.clone().zip(colours::of_lines(editor.text(), lines, shown.clone())) {
        let text = lines.line_span(editor.text(), line).slice(editor.text());
        for stretch in found {
            let from = units(&text[..stretch.range.start]);
            list.push(json!([line, from, from + units(&text[stretch.range.clone()]), stretch.colour.class()]));
        }
    }
    let (start, end) = (line_start(editor, shown.start), line_start(editor, shown.end));
    let found = editor.found();
    let first = found.partition_point(|span| span.end <= start);
    let found: Vec<Span> = found[first..].iter().take_while(|span| span.start < end).copied().collect();
    for span in found {
        for (line, from, to) in by_line(editor, span) {
            list.push(json!([line, from, to, "found"]));
        }
    }
    Value::from(list).to_string()
}

fn line_start(editor: &EditorText, line: usize) -> usize {
    if line > editor.lines().line_count() {
        editor.text().len()
    } else {
        editor.lines().line_span(editor.text(), line).start
    }
}

/// A span line by line.
fn by_line(editor: &EditorText, span: Span) -> Vec<(usize, usize, usize)> {
    let (from, to) = (editor.place(span.start), editor.place(span.end));
    let part = |line| {
        let start = if line == from.line { from.column } else { 0 };
        let end = if line == to.line { to.column } else { usize::from(u16::MAX) };
        (line, start, end)
    };
    (from.line..=to.line).map(part).collect()
}

/// Findings for the editor.
#[must_use]
pub fn findings(marks: &[FindingMark]) -> String {
    let write = |mark: &FindingMark| {
        json!({
            "place": [mark.from.line, mark.from.column, mark.to.line, mark.to.column],
            "severity": mark.severity.name(),
            "title": mark.title,
            "effect": mark.effect,
            "help": mark.help,
            "fixes": mark.fixes,
        })
    };
    Value::from(marks.iter().map(write).collect::<Vec<_>>()).to_string()
}

/// A selection for the editor, and whether it takes the focus.
#[must_use]
pub fn selection(editor: &EditorText, span: Span, focus: bool) -> String {
    let (from, to) = (editor.place(span.start), editor.place(span.end));
    json!([usize::from(focus), from.line, from.column, to.line, to.column]).to_string()
}

/// Pairs of lines for the editor.
#[must_use]
pub fn pairs(pairs: &[(usize, usize)]) -> String {
    let list: Vec<Value> = pairs.iter().map(|(first, last)| json!([first, last])).collect();
    Value::from(list).to_string()
}

/// Folds for the editor: those that fit its text.
#[must_use]
pub fn folds(lines: &LineIndex, folds: &[Fold]) -> String {
    let fitting = folds.iter().filter(|fold| fold.line < fold.last && fold.last <= lines.line_count());
    pairs(&fitting.map(|fold| (fold.line, fold.last)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::matches::Search;

    #[test]
    fn changes_are_read_as_they_are_written() {
        let one = |line, insert: &str| Change {
            from: LineColumn { line, column: 2 },
            to: LineColumn { line: line + 1, column: 0 },
            insert: insert.to_owned(),
        };
        let all = vec![one(1, "a\n\"é"), one(4, "")];
        assert_eq!(changes(&write_changes(&all)), all);
        assert_eq!(changes("[[1,2],[1,\"a\",1,1,\"\"],7]"), []);
        assert_eq!(changes("{"), []);
        assert_eq!(numbers("[1,20]"), [1, 20]);
        assert_eq!(numbers("7"), [7]);
        assert_eq!(numbers("[-1]"), [] as [usize; 0]);
    }

    #[test]
    fn stretches_count_as_the_editor_does() {
        let mut editor = EditorText::new(&"é𝄞: 1\r\nb: x\r\n".into());
        editor.search(Search { what: "1\r\nb".into(), case: true });
        assert_eq!(
            stretches(&mut editor, 1..9),
            r#"[[1,0,3,"code-key"],[1,5,6,"code-number"],[2,0,1,"code-key"],[1,5,65535,"found"],[2,0,1,"found"]]"#
        );
    }

    #[test]
    fn only_fitting_folds_pass() {
        let lines = LineIndex::new("a\nb\n");
        let fold = |line, last| Fold { line, last };
        assert_eq!(folds(&lines, &[fold(1, 2), fold(2, 9), fold(2, 2)]), "[[1,2]]");
    }
}
