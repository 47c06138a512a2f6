//! Line diffs: what a change does to the files, to be read before it is made.

use std::fmt::Write;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::command::{Command, CommandError};
use crate::text::{Edit, Span};
use crate::workspace::Workspace;

/// A file that a change touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    /// File name.
    pub file: String,
    /// Its changed lines with some around them.
    pub hunks: Vec<Hunk>,
}

/// A run of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// First line in the text before, from 1.
    pub first_line: usize,
    /// The lines in reading order.
    pub lines: Vec<DiffLine>,
}

/// A line of a hunk, without its line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// The same before and after.
    Kept(String),
    /// Only before.
    Removed(String),
    /// Only after.
    Added(String),
}

impl FileDiff {
    /// As a unified diff, each line with its break.
    #[must_use]
    pub fn unified(&self) -> String {
        let mut text = format!("--- {0}\n+++ {0}\n", self.file);
        let (mut added, mut removed) = (0, 0);
        for Hunk { first_line, lines } in &self.hunks {
            let before = lines.iter().filter(|line| !matches!(line, DiffLine::Added(_))).count();
            let after = lines.iter().filter(|line| !matches!(line, DiffLine::Removed(_))).count();
            // A side without lines is counted from the line in front of it.
            let start = |first: usize, length: usize| if length == 0 { first.saturating_sub(1) } else { first };
            let (old, new) = (start(*first_line, before), start(first_line + added - removed, after));
            let _ = writeln!(text, "@@ -{old},{before} +{new},{after} @@");
            for line in lines {
                let (sign, line) = match line {
                    DiffLine::Kept(line) => (' ', line),
                    DiffLine::Removed(line) => ('-', line),
                    DiffLine::Added(line) => ('+', line),
                };
                let _ = writeln!(text, "{sign}{line}");
            }
            added += after;
            removed += before;
        }
        text
    }
}

/// Unchanged lines shown around a change.
const AROUND: u32 = 2;

/// The hunks between two texts.
#[must_use]
pub fn hunks(before: &str, after: &str) -> Vec<Hunk> {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let line = |token: &imara_diff::Token| input.interner[*token].trim_end_matches(['\n', '\r']).to_owned();
    let kept = |from: u32, to: u32| {
        let lines = input.before.get(from as usize..to as usize).unwrap_or_default();
        lines.iter().map(|token| DiffLine::Kept(line(token))).collect::<Vec<_>>()
    };
    let length = u32::try_from(input.before.len()).unwrap_or(u32::MAX);
    let mut shown: Vec<Hunk> = Vec::new();
    let mut shown_until = 0;
    for hunk in diff.hunks() {
        let start = hunk.before.start.saturating_sub(AROUND).max(shown_until);
        let joins = start == shown_until && !shown.is_empty();
        if !joins {
            shown.push(Hunk { first_line: start as usize + 1, lines: Vec::new() });
        }
        let Some(target) = shown.last_mut() else { continue };
        target.lines.extend(kept(start, hunk.before.start));
        let removed = &input.before[hunk.before.start as usize..hunk.before.end as usize];
        target.lines.extend(removed.iter().map(|token| DiffLine::Removed(line(token))));
        let added = &input.after[hunk.after.start as usize..hunk.after.end as usize];
        target.lines.extend(added.iter().map(|token| DiffLine::Added(line(token))));
        shown_until = (hunk.before.end + AROUND).min(length);
        // Lines after a change are shown before the next one begins, never twice.
        let next = diff
            .hunks()
            .map(|other| other.before.start)
            .find(|other| *other >= hunk.before.end && *other != hunk.before.start);
        shown_until = next.map_or(shown_until, |next| shown_until.min(next)).max(hunk.before.end);
        target.lines.extend(kept(hunk.before.end, shown_until));
    }
    shown
}

/// The edits of whole lines that make one text of another, in order.
#[must_use]
pub fn edits(before: &str, after: &str) -> Vec<Edit> {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let starts = |lines: &[imara_diff::Token]| {
        let mut starts = vec![0];
        for line in lines {
            starts.push(starts.last().unwrap_or(&0) + input.interner[*line].len());
        }
        starts
    };
    let (old, new) = (starts(&input.before), starts(&input.after));
    let span = |starts: &[usize], lines: std::ops::Range<u32>| {
        Span::new(starts[lines.start as usize], starts[lines.end as usize])
    };
    diff.hunks().map(|hunk| Edit::replace(span(&old, hunk.before), span(&new, hunk.after).slice(after))).collect()
}

/// What a command would do to the files, in their order.
///
/// # Errors
/// If the command does not fit the workspace.
pub fn of_command(workspace: &Workspace, command: &Command) -> Result<Vec<FileDiff>, CommandError> {
    let after = command.apply(workspace)?;
    Ok(between(workspace, &after))
}

/// What differs between two workspaces, file by file; new files first come where they stand.
#[must_use]
pub fn between(before: &Workspace, after: &Workspace) -> Vec<FileDiff> {
    let text = |workspace: &Workspace, name: &str| {
        workspace.file(name).map(|file| file.source.text.to_string()).unwrap_or_default()
    };
    let removed = before.files().iter().filter(|file| after.file(&file.source.name).is_none());
    after
        .files()
        .iter()
        .chain(removed)
        .map(|file| file.source.name.clone())
        .filter_map(|file| {
            let hunks = hunks(&text(before, &file), &text(after, &file));
            (!hunks.is_empty()).then_some(FileDiff { file, hunks })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(before: &str, after: &str) -> String {
        let draw = |line: &DiffLine| match line {
            DiffLine::Kept(text) => format!(" {text}"),
            DiffLine::Removed(text) => format!("-{text}"),
            DiffLine::Added(text) => format!("+{text}"),
        };
        let hunks = hunks(before, after);
        let hunks = hunks
            .iter()
            .map(|hunk| format!("@{} {}", hunk.first_line, hunk.lines.iter().map(draw).collect::<Vec<_>>().join("|")));
        hunks.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn changes_have_two_lines_around() {
        assert_eq!(drawn("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\n"), "@1  a| b|-c|+X| d| e");
        assert_eq!(drawn("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nX\n"), "@7  7| 8|-9|+X");
        assert_eq!(drawn("", "a\n"), "@1 +a");
        assert_eq!(drawn("a\n", "a\n"), "");
    }

    #[test]
    fn unified_diffs_count_the_lines_of_both_sides() {
        let unified =
            |before: &str, after: &str| FileDiff { file: "a.yaml".to_owned(), hunks: hunks(before, after) }.unified();
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let expected = "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,3 @@\n+0\n 1\n 2\n@@ -7,3 +8,2 @@\n 7\n 8\n-9\n";
        assert_eq!(unified(before, "0\n1\n2\n3\n4\n5\n6\n7\n8\n"), expected);
        assert_eq!(unified("", "a\n"), "--- a.yaml\n+++ a.yaml\n@@ -0,0 +1,1 @@\n+a\n");
    }

    #[test]
    fn near_changes_join_and_no_line_is_shown_twice() {
        assert_eq!(drawn("a\nb\nc\nd\n", "A\nb\nc\nD\n"), "@1 -a|+A| b| c|-d|+D");
    }
}
