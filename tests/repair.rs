//! Repair against all manifests that we have: what is well stays, and what has lost its indentation reads again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use akoplan::edit::value_of;
use akoplan::repair::repair;
use akoplan::syntax::{Tree, parse, split_documents};
use akoplan::text::LineIndex;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::expect_file;
use serde_json::Value;

const SEED: &str = include_str!("seed/seed.txt");

fn manifests() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["tests/conformance/scenarios", "static/examples"] {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    found.sort();
    found
}

/// The values of the documents of a text.
fn values(text: &str) -> Vec<Value> {
    let tree = |text: &str| -> Tree { parse(text) };
    let value = |text: &str| {
        let tree = tree(text);
        tree.root.and_then(|root| value_of(&tree, root)).unwrap_or_default()
    };
    let documents = split_documents(text);
    documents.iter().map(|chunk| value(chunk.span.slice(text))).filter(|value| !value.is_null()).collect()
}

fn without_indentation(text: &str) -> String {
    text.lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

#[test]
fn what_is_well_stays_as_it_is() {
    for (path, text) in manifests() {
        if text.contains('”') {
            continue;
        }
        let found = repair(&text);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn what_has_lost_its_indentation_reads_as_before() {
    let mut failures = String::new();
    let (mut well, mut all) = (0, 0);
    for (path, text) in manifests() {
        // The one text that does not read before either.
        if text.contains('”') {
            continue;
        }
        let lost = without_indentation(&text);
        let again = repair(&lost).apply(&lost);
        let (before, after) = (values(&text), values(&again));
        all += before.len();
        let same = before.iter().zip(&after).filter(|(before, after)| before == after).count();
        well += same;
        if before.len() != after.len() || same < before.len() {
            let _ = writeln!(failures, "{}: {same} of {} documents", path.display(), before.len());
        }
        assert_eq!(repair(&again).apply(&again), again, "{}: a second repair has nothing to do", path.display());
    }
    println!("{well} of {all} documents read as before");
    assert_eq!(failures, "", "{well} of {all}");
}

#[test]
fn the_seed_becomes_the_published_manifests() {
    let found = repair(SEED);
    let text = found.apply(SEED);
    expect_file!["golden/seed/repaired.yaml"].assert_eq(&text);
    assert!(repair(&text).is_empty(), "a second repair has nothing to do: {:#?}", repair(&text));
    let lines = LineIndex::new(SEED);
    let mut report = String::new();
    for repair in &found.repairs {
        let _ = writeln!(report, "{}: {}", repair.kind.name(), repair.reason);
        for change in repair.changes(SEED, &lines) {
            let shown = |text: Option<String>| text.map_or("∅".to_owned(), |text| format!("`{text}`"));
            let _ = writeln!(report, "  {}: {} → {}", change.line, shown(change.before), shown(change.after));
        }
    }
    for note in &found.notes {
        let _ = writeln!(report, "note, line {}: {}", note.line, note.message);
    }
    expect_file!["golden/seed/repairs.txt"].assert_eq(&report);
    let workspace = Workspace::new(&[SourceFile::new("pasted.yaml", text)]);
    assert_eq!(workspace.objects().len(), 8);
}
