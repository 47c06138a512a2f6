//! What comes in goes out: files as people have them, imported, kept, exported, byte for byte; and a form's edit
//! changes its own lines only.
//!
//! The corpus is every manifest of the conformance scenarios, of the own scenarios and of the examples, the seed's
//! text, each with other line ends, byte order mark and encoding, and documents generated in every style of
//! writing. A slice of the edits by default; `CORPUS=all cargo test --release --test corpus` for all of them.

#[path = "round_trip/generate.rs"]
mod generate;
#[path = "round_trip/writer.rs"]
mod writer;

use std::collections::HashMap;
use std::path::Path;

use akoplan::command::Command;
use akoplan::edit::{Value, same, value_of};
use akoplan::export::{files_as_they_are, zip};
use akoplan::history::History;
use akoplan::import::{Incoming, files, read};
use akoplan::project;
use akoplan::syntax::{FieldPath, NodeId, NodeKind, Tree, parse};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use generate::{Choices, Document};

/// How many documents are generated.
const GENERATED: usize = 500;

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.push(SourceFile::new(name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Manifests as they are in the repository.
fn manifests() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/conformance", "tests/scenarios", "static/examples"] {
        collect(root, &root.join(folder), &mut files);
    }
    let seed = std::fs::read_to_string(root.join("tests/seed/seed.txt")).unwrap();
    files.push(SourceFile::new("seed.yaml", seed));
    files
}

/// Documents in every style, the same ones each time.
fn generated() -> Vec<SourceFile> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from(state >> 16).unwrap()
    };
    let mut document = |at: usize| {
        let numbers: Vec<u16> = (0..160).map(|_| next()).collect();
        let Document { text, value } = generate::document(&mut Choices::new(&numbers));
        let tree = parse(&text);
        assert!(tree.root.and_then(|root| value_of(&tree, root)).is_some_and(|read| same(&read, &value)), "{text}");
        SourceFile::new(format!("generated/{at}.yaml"), text)
    };
    (0..GENERATED).map(&mut document).collect()
}

/// The corpus, and each real file once more as other tools would have saved it.
fn corpus() -> Vec<SourceFile> {
    let mut all = manifests();
    let others = all.iter().enumerate().map(|(at, SourceFile { name, text })| {
        let text = match at % 4 {
            0 => text.replace('\n', "\r\n"),
            1 => format!("\u{feff}{text}"),
            2 => text.trim_end().to_owned(),
            _ => format!("---\n# from elsewhere\n{text}...\n"),
        };
        SourceFile::new(format!("other/{name}"), text)
    });
    let others: Vec<SourceFile> = others.collect();
    all.extend(others);
    all.extend(generated());
    all
}

/// What is imported, in the project.
fn import(corpus: &[SourceFile]) -> History {
    let incoming =
        corpus.iter().map(|file| Incoming { name: file.name.clone(), bytes: file.text.as_bytes().to_vec() }).collect();
    let read = read(incoming);
    assert!(read.skipped.is_empty(), "{:?}", read.skipped);
    let mut history = History::default();
    let added = files(history.workspace(), read.files);
    let workspace = history.workspace().with_files(&added);
    history.import("Import", workspace);
    history
}

#[test]
fn what_comes_in_goes_out_byte_for_byte() {
    let corpus = corpus();
    assert!(corpus.len() >= 300, "{}", corpus.len());
    let history = import(&corpus);
    assert_eq!(files_as_they_are(history.workspace()), corpus);

    // Through the browser's storage, and through the archive that people download, into another project.
    let stored = project::decode_history(&project::encode_history(&history)).unwrap();
    let archive = zip(&files_as_they_are(stored.workspace()));
    let again = read(vec![Incoming { name: "files.zip".to_owned(), bytes: archive }]);
    assert!(again.skipped.is_empty(), "{:?}", again.skipped);
    let texts = |files: &[SourceFile]| files.iter().map(|file| file.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&again.files), texts(&corpus));
}

/// Every scalar of a value with its path; what several places share by an alias is left aside.
fn leaves(tree: &Tree, root: NodeId) -> Vec<FieldPath> {
    let mut found = Vec::new();
    let mut open = vec![(root, FieldPath::root())];
    while let Some((node, path)) = open.pop() {
        if tree.node(node).anchor.is_some() {
            continue;
        }
        match &tree.node(node).kind {
            NodeKind::Scalar { .. } => found.push(path),
            NodeKind::Mapping { .. } => open.extend(tree.entries(node).iter().filter_map(|entry| {
                let key = tree.scalar(entry.key).filter(|_| !tree.is_merge_key(entry.key))?;
                Some((entry.value, path.key(key)))
            })),
            NodeKind::Sequence { items, .. } => {
                open.extend(items.iter().enumerate().map(|(at, item)| (*item, path.index(at))));
            }
            NodeKind::Alias(_) => {}
        }
    }
    found
}

/// Another value of the same kind.
fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(value) => Value::from(!value),
        Value::Number(number) => Value::from(number.as_i64().map_or(7, |number| number.wrapping_add(1))),
        Value::String(text) => Value::from(format!("{}-2", text.trim().lines().next().unwrap_or_default())),
        _ => Value::from("new"),
    }
}

/// The first and the last line of a node, from 0.
fn lines_of(text: &str, start: usize, end: usize) -> (usize, usize) {
    let line = |offset: usize| text[..offset].matches('\n').count();
    (line(start), line(end.max(start + 1) - 1))
}

#[test]
fn a_forms_edit_changes_its_own_lines_only() {
    let all = std::env::var_os("CORPUS").is_some();
    let (mut edits, mut at) = (0_usize, 0_usize);
    for file in corpus() {
        let workspace = Workspace::new(std::slice::from_ref(&file));
        for object in workspace.objects() {
            let (tree, offset) = (object.tree(), object.offset());
            let paths = leaves(tree, object.node());
            let mut times: HashMap<String, usize> = HashMap::new();
            for path in &paths {
                *times.entry(path.to_string()).or_default() += 1;
            }
            // Of a key that is there twice the path means only one.
            for path in paths.into_iter().filter(|path| times[&path.to_string()] == 1) {
                at += 1;
                if !all && at % 23 != 0 {
                    continue;
                }
                let node = tree.find(object.node(), &path).unwrap();
                let new = changed(&value_of(tree, node).unwrap());
                let command = Command::set(&object.address, path.clone(), new);
                let Ok(after) = command.apply(&workspace) else { continue };
                edits += 1;
                let text = &after.files()[0].source.text;
                let span = tree.node(node).span;
                let (first, last) = lines_of(&file.text, offset + span.start, offset + span.end);
                let old: Vec<&str> = file.text.split_inclusive('\n').collect();
                let new: Vec<&str> = text.split_inclusive('\n').collect();
                let rest = old.len().saturating_sub(last + 1);
                let same = old[..first] == new[..first]
                    && new.len() >= first + rest
                    && old[old.len() - rest..] == new[new.len() - rest..];
                assert!(same, "{}: {path}\n{}\nbecomes\n{text}", file.name, file.text);
            }
        }
    }
    println!("{edits} edits of {at} fields");
    assert!(edits > 1_000, "{edits}");
}
