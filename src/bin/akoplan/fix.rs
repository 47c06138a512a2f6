//! `akoplan fix`: applies fixes, and writes only what it has read without loss.

use std::fs;
use std::path::{Path, PathBuf};

use akoplan::diagnostic::Severity;
use akoplan::fix::{Choice, mend};
use akoplan::report;
use akoplan::rules;
use akoplan::workspace::Workspace;

use crate::commands::{Result, complain_of_open_errors, unreadable};
use crate::definition::{Definition, define};
use crate::output::{complain, print};
use crate::{Outcome, input};

/// `akoplan fix`
pub fn fix(paths: &[PathBuf], write_back: bool, codes: &[String], definitions: &[Definition]) -> Result {
    if write_back && paths.iter().any(|path| path == Path::new("-")) {
        return Err(vec!["--write needs files: standard input cannot be written to".to_owned()]);
    }
    let choice = choice(codes)?;
    let read = input::read(paths)?;
    if !read.undecoded.is_empty() {
        let message = |name: &String| format!("`{name}` is neither UTF-8 nor UTF-16: save it as UTF-8 first");
        return Err(read.undecoded.iter().map(message).collect());
    }
    let before = Workspace::new(&read.files);
    let (defined, mut applied) = define(&before, definitions)?;
    let mut mended = mend(&defined, &choice);
    applied.append(&mut mended.applied);
    mended.applied = applied;
    for line in report::fixes_text(&mended).lines() {
        complain(line);
    }
    if write_back {
        write_changes(&before, &mended.workspace)?;
    } else {
        print(&report::fixes_diff(&before, &mended))?;
    }
    complain_of_open_errors(&mended.analysis);
    let is_well = mended.analysis.count(Severity::Error) == 0 && unreadable(&mended.workspace).is_empty();
    Ok(if is_well { Outcome::Well } else { Outcome::Found })
}

fn choice(codes: &[String]) -> std::result::Result<Choice, Vec<String>> {
    let mut choice = Choice::safe();
    let mut wrong = Vec::new();
    for code in codes {
        match rules::find(code.trim()) {
            Some(rule) => {
                choice.codes.insert(rule.code.to_owned());
            }
            None => wrong.push(format!("there is no rule `{code}`; `akoplan rules` lists all")),
        }
    }
    if wrong.is_empty() { Ok(choice) } else { Err(wrong) }
}

/// Writes the files that are otherwise, once all of them are known to be on disk as they were read.
pub fn write_changes(before: &Workspace, after: &Workspace) -> std::result::Result<(), Vec<String>> {
    let before = before.sources();
    let old = |name: &str| before.iter().find(|file| file.name == name).map(|file| &*file.text);
    let files = after.sources();
    let changed: Vec<_> = files.iter().filter(|file| old(&file.name) != Some(&*file.text)).collect();
    let gone: Vec<_> = before.iter().filter(|file| after.file(&file.name).is_none()).collect();
    let names = || changed.iter().chain(&gone).map(|file| file.name.as_str());
    let wrong: Vec<String> = names().filter_map(|name| not_as_read(name, old(name))).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    for file in changed {
        crate::commands::write(Path::new(&file.name), &file.text)?;
    }
    for file in gone {
        fs::remove_file(&file.name).map_err(|error| vec![format!("cannot remove `{}`: {error}", file.name)])?;
    }
    Ok(())
}

/// Why a file must not be written: its bytes are not those that were read as text.
fn not_as_read(name: &str, old: Option<&str>) -> Option<String> {
    match (fs::read(name), old) {
        (Ok(bytes), Some(old)) if bytes == old.as_bytes() => None,
        (Ok(_), Some(_)) => Some(format!("`{name}` is not UTF-8, or has changed meanwhile: nothing was written")),
        (Ok(_), None) => Some(format!("`{name}` is there already and was not read: nothing was written")),
        (Err(_), None) => None,
        (Err(error), Some(_)) => Some(format!("cannot read `{name}`: {error}: nothing was written")),
    }
}
