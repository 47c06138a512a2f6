//! Commands on any text: what they leave can be read, and files that they do not name stay as they are.
//!
//! The input is one command a line, a line of `=`, and the text: `OBJECT set PATH VALUE`, `OBJECT number PATH VALUE`,
//! `OBJECT insert PATH INDEX VALUE`, `OBJECT remove PATH`, `OBJECT move PATH FROM TO`, `OBJECT drop`, `OBJECT add TEXT`.
#![no_main]

use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::text::SourceFile;
use akoplan::workspace::{Address, Workspace};
use libfuzzer_sys::fuzz_target;

const FILE: &str = "fuzz.yaml";

/// The command of a line; none where the line is none.
fn command(at: &Address, words: &[&str]) -> Option<Command> {
    let number = |word: &&str| word.parse::<usize>().ok();
    Some(match words {
        ["set", path, value @ ..] => Command::set(at, *path, Value::from(value.join(" "))),
        ["number", path, value] => Command::set(at, *path, Value::from(value.parse::<i32>().ok()?)),
        ["insert", path, index, value @ ..] => Command::insert(at, *path, number(index)?, Value::from(value.join(" "))),
        ["remove", path] => Command::remove(at, *path),
        ["move", path, from, to] => {
            Command::Move { at: at.clone(), path: (*path).into(), from: number(from)?, to: number(to)? }
        }
        ["drop"] => Command::RemoveObject { at: at.clone() },
        ["add", text @ ..] => Command::AddDocument { file: FILE.to_owned(), text: text.join(" ") },
        _ => return None,
    })
}

fuzz_target!(|input: &str| {
    let Some((commands, text)) = input.split_once("\n=\n") else { return };
    let other = SourceFile::new("other.yaml", "kind: Service\n# stays\n");
    let mut workspace = Workspace::new(&[SourceFile::new(FILE, text), other.clone()]);
    for line in commands.lines().take(8) {
        let mut words = line.split(' ');
        let index: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
        let objects: Vec<_> = workspace.objects().iter().filter(|object| &*object.address.file == FILE).collect();
        let Some(object) = objects.get(index % objects.len().max(1)) else { return };
        let Some(command) = command(&object.address, &words.collect::<Vec<_>>()) else { continue };
        if let Ok(after) = command.apply(&workspace) {
            assert_eq!(after.file("other.yaml").map(|file| &file.source.text), Some(&other.text));
            let read_again = Workspace::new(&after.sources());
            assert_eq!(read_again.objects().len(), after.objects().len(), "an edit leaves what reading again finds");
            workspace = after;
        }
    }
});
