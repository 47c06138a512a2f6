//! What Import shows before it takes in a text that is damaged: each repair, to be taken or left.

use std::collections::BTreeSet;

use crate::pace::{finish, pause};
use crate::project;
use crate::repair::{Change, Note, Repairs, repairing};
use crate::text::{LineIndex, SourceFile};

/// More lines of one repair than this are not shown.
const MOST_LINES: usize = 200;

/// Files of which at least one is damaged.
#[derive(Clone, Debug)]
pub struct Review {
    files: Vec<(SourceFile, Repairs)>,
    /// What is shown, file by file and repair by repair.
    pub rows: Vec<RepairRow>,
    /// What was noticed beside.
    pub notes: Vec<Note>,
}

/// A repair to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairRow {
    /// Its file; empty for a paste.
    pub file: String,
    /// What it is about, as in `lost indentation`.
    pub title: &'static str,
    /// Line where it begins, from 1.
    pub line: usize,
    /// What is done and why.
    pub reason: String,
    /// Its lines before and after.
    pub changes: Vec<Change>,
    /// So many more lines are not shown.
    pub more: usize,
}

impl Review {
    /// The review of files before they are taken in; `None` where none of them needs a repair.
    #[must_use]
    pub fn new(files: &[SourceFile]) -> Option<Self> {
        finish(Self::of(files.to_vec()))
    }

    /// [`Review::new`] in steps.
    pub async fn of(chosen: Vec<SourceFile>) -> Option<Self> {
        let mut files: Vec<(SourceFile, Repairs)> = Vec::with_capacity(chosen.len());
        for file in chosen {
            pause().await;
            let is_project = project::may_be_one(&file.text) && project::decoding(&file.text).await.is_ok();
            let repairs = if is_project { Repairs::default() } else { repairing(&file.text).await };
            files.push((file, repairs));
        }
        let rows: Vec<RepairRow> = files.iter().flat_map(|(file, repairs)| rows(file, repairs)).collect();
        let notes = files.iter().flat_map(|(_, repairs)| repairs.notes.iter().cloned()).collect();
        (!rows.is_empty()).then_some(Self { files, rows, notes })
    }

    /// The files as they came.
    #[must_use]
    pub fn as_they_are(&self) -> Vec<SourceFile> {
        self.files.iter().map(|(file, _)| file.clone()).collect()
    }

    /// The files with all repairs but those whose rows are left.
    #[must_use]
    pub fn repaired(&self, left: &BTreeSet<usize>) -> Vec<SourceFile> {
        let mut before = 0;
        let mend = |(file, repairs): &(SourceFile, Repairs)| {
            let first = before;
            before += repairs.repairs.len();
            let text = repairs.apply_some(&file.text, |at| !left.contains(&(first + at)));
            SourceFile::new(file.name.clone(), text)
        };
        self.files.iter().map(mend).collect()
    }
}

fn rows(file: &SourceFile, repairs: &Repairs) -> Vec<RepairRow> {
    let lines = LineIndex::new(&file.text);
    let row = |repair: &crate::repair::Repair| {
        let mut changes = repair.changes(&file.text, &lines);
        let more = changes.len().saturating_sub(MOST_LINES);
        changes.truncate(MOST_LINES);
        RepairRow {
            file: file.name.clone(),
            title: repair.kind.name(),
            line: changes.first().map_or(1, |change| change.line),
            reason: repair.reason.clone(),
            changes,
            more,
        }
    };
    repairs.repairs.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_taken_or_left_across_files() {
        let damaged = "words\napiVersion: v1\nkind: Namespace\nmetadata:\nname: red\n";
        let files = [SourceFile::new("a.yaml", damaged), SourceFile::new("b.yaml", damaged)];
        let review = Review::new(&files).unwrap();
        let shown: Vec<_> = review.rows.iter().map(|row| (row.file.as_str(), row.title, row.line)).collect();
        let (words, lost) = ("prose", "lost indentation");
        assert_eq!(shown, [("a.yaml", words, 1), ("a.yaml", lost, 5), ("b.yaml", words, 1), ("b.yaml", lost, 5)]);
        assert_eq!(review.as_they_are(), files);
        let repaired = review.repaired(&BTreeSet::from([0, 3]));
        assert_eq!(&*repaired[0].text, "words\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n");
        assert_eq!(&*repaired[1].text, "apiVersion: v1\nkind: Namespace\nmetadata:\nname: red\n");
        assert!(Review::new(&[SourceFile::new("c.yaml", "a: 1\n")]).is_none());
    }
}
