//! Commands on any text: what they leave can be read, and files that they do not name stay as they are.
//!
//! The input is one command a line, a line of `=`, and the text: `OBJECT set PATH VALUE`, `OBJECT number PATH VALUE`,
//! `OBJECT insert PATH INDEX VALUE`, `OBJECT remove PATH`, `OBJECT move PATH FROM TO`, `OBJECT drop`, `OBJECT add TEXT`,
//! `OBJECT keep first|last PATH`, `OBJECT rename NAME`, `OBJECT label KEY NEW-KEY VALUE`, `OBJECT namespace FROM TO`, and
//! `OBJECT fix NUMBER` for a fix of the findings, which may move documents.
#![no_main]

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::rename::{Relabel, Rename};
use akoplan::text::SourceFile;
use akoplan::workspace::{Address, Workspace};
use libfuzzer_sys::fuzz_target;

const FILE: &str = "fuzz.yaml";
const OTHER: &str = "other.yaml";

/// The command of a line; none where the line is none.
fn command(workspace: &Workspace, at: &Address, words: &[&str]) -> Option<Command> {
    let number = |word: &&str| word.parse::<usize>().ok();
    let text = |word: &&str| (*word).to_owned();
    Some(match words {
        ["set", path, value @ ..] => Command::set(at, *path, Value::from(value.join(" "))),
        ["number", path, value] => Command::set(at, *path, Value::from(value.parse::<i32>().ok()?)),
        ["insert", path, index, value @ ..] => Command::insert(at, *path, number(index)?, Value::from(value.join(" "))),
        ["remove", path] => Command::remove(at, *path),
        ["move", path, from, to] => {
            Command::Move { at: at.clone(), path: (*path).into(), from: number(from)?, to: number(to)? }
        }
        ["drop"] => Command::RemoveObject { at: at.clone() },
        ["keep", which, path] => {
            let (file, path) = (FILE.to_owned(), (*path).into());
            Command::KeepOne { file, document: at.document, path, last: *which == "last" }
        }
        ["rename", name] => Command::Rename(Rename::Object { at: at.clone(), name: text(name) }),
        ["namespace", from, to] => Command::Rename(Rename::Namespace { from: text(from), to: text(to) }),
        ["label", key, new_key, value @ ..] => Command::Rename(Rename::Label(Relabel {
            at: at.clone(),
            key: text(key),
            new_key: text(new_key),
            new_value: value.join(" "),
        })),
        ["fix", index] => {
            let fixes = analyse(workspace).findings.into_iter().flat_map(|finding| finding.fixes);
            fixes.map(|fix| fix.command).nth(number(index)?)?
        }
        ["add", text @ ..] => Command::AddDocument { file: FILE.to_owned(), text: text.join(" ") },
        _ => return None,
    })
}

fuzz_target!(|input: &str| {
    let Some((commands, text)) = input.split_once("\n=\n") else { return };
    let other = SourceFile::new(OTHER, "kind: Service\n# stays\n");
    let mut workspace = Workspace::new(&[SourceFile::new(FILE, text), other]);
    for line in commands.lines().take(8) {
        let mut words = line.split(' ');
        let index: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
        let objects: Vec<_> = workspace.objects().iter().filter(|object| &*object.address.file == FILE).collect();
        let Some(object) = objects.get(index % objects.len().max(1)) else { return };
        let Some(command) = command(&workspace, &object.address, &words.collect::<Vec<_>>()) else { continue };
        if let Ok(after) = command.apply(&workspace) {
            // A new name goes wherever it is used, and a fix wherever its finding is.
            let names_other = command.edits(&workspace).is_ok_and(|edits| edits.contains_key(OTHER));
            assert!(!names_other || matches!(line.split(' ').nth(1), Some("rename" | "namespace" | "label" | "fix")));
            let other = |workspace: &Workspace| workspace.file(OTHER).map(|file| file.source.text.clone());
            assert!(names_other || other(&after) == other(&workspace), "a file that is not named changes");
            let read_again = Workspace::new(&after.sources());
            assert_eq!(read_again.objects().len(), after.objects().len(), "an edit leaves what reading again finds");
            workspace = after;
        }
    }
});
