//! AKP002: a key stands twice in one mapping.

use std::collections::BTreeMap;

use super::issues;
use crate::command::Command;
use crate::edit::{MOST_EQUAL_KEYS, value_of};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{Entry, FieldPath, SyntaxIssueKind, Tree};
use crate::text::Span;
use crate::workspace::{Document, File, Place};

rule! {
    /// ## What it does
    /// Finds keys that stand twice in the same mapping.
    ///
    /// ## Why it matters
    /// YAML allows a key once only (YAML 1.2.2 §3.2.1.1). Tools differ: some refuse the document,
    /// others take the last value and drop the first without a word. `kubectl apply` with server-side
    /// field validation says "strict decoding error" (Kubernetes documentation, *Field validation*).
    /// The fixes leave the last entry, which is what the others read, or the first. Where all say the same
    /// and no comment goes, leaving the last is called safe.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     tier: oam
    ///   labels:
    ///     tier: traffic
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     tier: traffic
    /// ```
    pub static DUPLICATE_KEY = {
        code: "AKP002",
        name: "duplicate-key",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut offers = Offers::default();
    for (file, document, issue, span) in issues(context) {
        let SyntaxIssueKind::DuplicateKey { key, first } = &issue.kind else { continue };
        let offer = offers.of(file, document, *first, key);
        let first = Place { file: file.source.name.as_str().into(), span: first.shifted(document.span.start) };
        let line = file.position(first.span.start).line;
        let report = findings
            .in_file(file, span)
            .message(format!("the key `{key}` stands in this mapping already, at line {line}"))
            .effect("some tools refuse the document, others use this value and drop the first one silently")
            .help("keep one of the two")
            .related(first, format!("`{key}` stands here first"));
        let Some(Offer { document, path, are_same }) = offer else { continue };
        let keep = |last| Command::KeepOne { file: file.source.name.clone(), document, path: path.clone(), last };
        let title = format!("leave the last `{key}` alone, which most tools read");
        if are_same {
            report.safe_fix(title, keep(true));
        } else {
            report.fix(title, keep(true)).fix(format!("leave the first `{key}` alone"), keep(false));
        }
    }
}

/// For so many keys of a document there are offers: with more it is no object, and looking at all takes long.
const MOST_KEYS: usize = 50;

/// What can be offered for a key.
#[derive(Clone)]
struct Offer {
    document: usize,
    path: FieldPath,
    /// Whether the entries say the same.
    are_same: bool,
}

/// What can be offered for the keys of the documents.
#[derive(Default)]
struct Offers {
    /// The file and the document's begin.
    document: (String, usize),
    /// By where a key stands first.
    known: BTreeMap<usize, Option<Offer>>,
}

impl Offers {
    fn of(&mut self, file: &File, document: &Document, first: Span, key: &str) -> Option<Offer> {
        let start = document.span.start;
        if self.document.0 != file.source.name || self.document.1 != start {
            *self = Self { document: (file.source.name.clone(), start), known: BTreeMap::new() };
        }
        if let Some(known) = self.known.get(&first.start) {
            return known.clone();
        }
        if self.known.len() >= MOST_KEYS {
            return None;
        }
        let tree = &document.parsed.tree;
        let offer = Entries::of(tree, first, key).map(|entries| Offer {
            document: file.documents.partition_point(|other| other.span.start < start),
            are_same: entries.are_same(tree),
            path: entries.path,
        });
        self.known.insert(first.start, offer.clone());
        offer
    }
}

/// All entries of a key in a mapping.
struct Entries {
    path: FieldPath,
    entries: Vec<Entry>,
}

impl Entries {
    /// `None` where there are too many to be changed, or the key cannot be found from the top of the document: it is
    /// the merge key, or in a value that another entry hides.
    fn of(tree: &Tree, first: Span, key: &str) -> Option<Self> {
        let root = tree.root.filter(|_| tree.is_readable())?;
        let (parent, _) = tree.path_at(root, first.start).split_last()?;
        let own = |entry: &&Entry| !tree.is_merge_key(entry.key) && tree.is_key(entry.key, key);
        let entries: Vec<Entry> = tree.entries(tree.find(root, &parent)?).iter().filter(own).copied().collect();
        let is_here = entries.iter().any(|entry| tree.node(entry.key).span == first);
        (is_here && (2..=MOST_EQUAL_KEYS).contains(&entries.len())).then(|| Self { path: parent.key(key), entries })
    }

    /// Whether all have one value, and no comment stands in or behind any but the last.
    fn are_same(&self, tree: &Tree) -> bool {
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else { return false };
        let value = value_of(tree, last.value);
        let stretch = tree.node(first.key).span.start..tree.node(last.key).span.start;
        value.is_some()
            && self.entries.iter().all(|entry| value_of(tree, entry.value) == value)
            && !tree.comments.iter().any(|comment| stretch.contains(&comment.span.start))
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    /// Each fix of the first duplicate with what it leaves, and whether it is safe.
    fn fixed(text: &str) -> Vec<(bool, String)> {
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&before).findings;
        let finding = findings.iter().find(|finding| finding.code == "AKP002").unwrap();
        let after = |command: &crate::command::Command| command.apply(&before).unwrap().sources()[0].text.to_string();
        finding.fixes.iter().map(|fix| (fix.safe, after(&fix.command))).collect()
    }

    #[test]
    fn the_last_entry_or_the_first_is_left() {
        let text = "a:\n  # one\n  x: 1\n  y: {z: 2} # two\n  x:\n  - 3\n  x: 4\nb: 5\n";
        let last = "a:\n  # one\n  y: {z: 2} # two\n  x: 4\nb: 5\n";
        let first = "a:\n  # one\n  x: 1\n  y: {z: 2} # two\nb: 5\n";
        assert_eq!(fixed(text), [(false, last.to_owned()), (false, first.to_owned())]);
        assert_eq!(fixed("- {a: 1, b: 2, a: 3}\n")[0].1, "- {b: 2, a: 3}\n");
    }

    #[test]
    fn equal_entries_are_safe_to_leave_out_unless_a_comment_goes() {
        assert_eq!(fixed("a: {b: 1}\nc: 2\na:\n  b: 1\n"), [(true, "c: 2\na:\n  b: 1\n".to_owned())]);
        assert!(!fixed("a: 1 # why\na: 1\n")[0].0);
    }

    #[test]
    fn what_an_entry_that_goes_is_needed_for_stays() {
        let text = "a: &a {x: 1}\nb: *a\na: 2\n";
        assert_eq!(fixed(text)[0].1, "b:\n  x: 1\na: 2\n");
    }

    #[test]
    fn in_a_value_that_does_not_count_nothing_is_offered() {
        let text = "a: {x: 1, x: 2}\na: 3\n";
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let offers: Vec<usize> = analyse(&before).findings.iter().map(|finding| finding.fixes.len()).collect();
        assert!(offers.contains(&0) && offers.contains(&2), "{offers:?}");
    }
}
