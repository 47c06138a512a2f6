//! What each command does.

use std::fs;
use std::path::{Path, PathBuf};

use akoplan::ako::{messages, predict_change, predict_fully};
use akoplan::analysis::Analysis;
use akoplan::diagnostic::Severity;
use akoplan::report;
use akoplan::review::review;
use akoplan::rules;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

use crate::output::{complain, print};
use crate::{Format, Outcome, input};

/// How a command ended, or what to complain of.
pub type Result = std::result::Result<Outcome, Vec<String>>;

/// `akoplan predict`
pub fn predict(paths: &[PathBuf], from: &[PathBuf], format: Format) -> Result {
    let workspace = read(paths)?;
    let prediction = match from {
        [] => predict_fully(&workspace),
        from => predict_change(&read(from)?, &workspace),
    };
    match format {
        Format::Text => print(&report::predict_text(&prediction))?,
        Format::Json => print_json(&report::predict_json(&prediction))?,
    }
    let unreadable = unreadable(&workspace);
    for place in &unreadable {
        complain(&format!("warning: {place} cannot be read as YAML and is not in the prediction"));
    }
    Ok(if unreadable.is_empty() { Outcome::Well } else { Outcome::Found })
}

/// `akoplan diff`
pub fn diff(old: &Path, new: &Path, format: Format) -> Result {
    let both = |path: &Path| read(&[path.to_owned()]).map(|read| without_folder(&read, path));
    let (old, new) = (both(old)?, both(new)?);
    let (old, new) = alike(&old, &new);
    let review = review(&old, &new);
    match format {
        Format::Text => print(&report::diff_text(&new, &review))?,
        Format::Json => print_json(&report::diff_json(&old, &new, &review))?,
    }
    let found = review.introduced(Severity::Error) > 0 || !unreadable(&new).is_empty();
    Ok(if found { Outcome::Found } else { Outcome::Well })
}

/// Files under the names that they have inside a folder, so that two folders can be compared.
fn without_folder(workspace: &Workspace, folder: &Path) -> Vec<SourceFile> {
    let prefix = input::name(folder) + "/";
    let name = |name: &str| name.strip_prefix(&prefix).unwrap_or(name).to_owned();
    workspace.sources().into_iter().map(|file| SourceFile::new(name(&file.name), file.text)).collect()
}

/// One file against one file is the same file, whatever their names.
fn alike(old: &[SourceFile], new: &[SourceFile]) -> (Workspace, Workspace) {
    let renamed = match (old, new) {
        ([old], [new]) => Some([SourceFile::new(new.name.as_str(), old.text.clone())]),
        _ => None,
    };
    (Workspace::new(renamed.as_ref().map_or(old, |renamed| renamed)), Workspace::new(new))
}

/// `akoplan repair`
pub fn repair(file: &Path, write_back: bool) -> Result {
    let is_standard_input = file == Path::new("-");
    if file.is_dir() {
        return Err(vec![format!("`{}` is a folder: repair takes one file", file.display())]);
    }
    if write_back && is_standard_input {
        return Err(vec!["--write needs a file: standard input cannot be written to".to_owned()]);
    }
    let read = input::read(&[file.to_owned()])?;
    if let Some(name) = read.undecoded.first() {
        return Err(vec![format!("`{name}` is neither UTF-8 nor UTF-16: save it as UTF-8 first")]);
    }
    let Some(source) = read.files.first() else { return Ok(Outcome::Well) };
    if read.has_archive {
        return Err(vec![format!("`{}` is an archive: repair takes one file", file.display())]);
    }
    let repairs = akoplan::repair::repair(&source.text);
    let text = repairs.apply(&source.text);
    for line in report::repairs_text(source, &repairs).lines() {
        complain(line);
    }
    if !write_back {
        print(&text)?;
    } else if *text != *source.text {
        write(file, &text)?;
    }
    let after = Workspace::new(&[SourceFile::new(source.name.clone(), text)]);
    Ok(if unreadable(&after).is_empty() { Outcome::Well } else { Outcome::Found })
}

/// `akoplan explain`
pub fn explain(what: &str) -> Result {
    if let Some(rule) = rules::find(what) {
        print(&report::explain_text(rule))?;
        return Ok(Outcome::Well);
    }
    if what.starts_with("AKP") && !what.contains(' ') {
        return Err(vec![format!("there is no rule `{what}`; `akoplan rules` lists all")]);
    }
    let text = if what == "-" { input::standard_input()? } else { what.to_owned() };
    let readings = messages::read(&text);
    if readings.is_empty() {
        let words = "is neither a rule nor a message of AKO that is known here; `akoplan rules` lists the rules";
        return Err(vec![format!("`{}` {words}", text.lines().next().unwrap_or_default().trim())]);
    }
    print(&report::readings_text(&readings))?;
    Ok(Outcome::Well)
}

/// `akoplan rules`
pub fn rules() -> Result {
    print(&report::rules_text(rules::ALL))?;
    Ok(Outcome::Well)
}

/// Reads a project, and tells what of it was not read as it is.
pub fn read(paths: &[PathBuf]) -> std::result::Result<Workspace, Vec<String>> {
    read_but(paths, &[])
}

/// [`read`] without files that are no manifests although they look like some.
pub fn read_but(paths: &[PathBuf], other: &[PathBuf]) -> std::result::Result<Workspace, Vec<String>> {
    let read = input::read_but(paths, other)?;
    complain_of_left_out(&read);
    for name in &read.undecoded {
        complain(&format!(
            "warning: `{name}` is neither UTF-8 nor UTF-16; bytes that are no text are shown as \u{FFFD}"
        ));
    }
    Ok(Workspace::new(&read.files))
}

/// Tells what of archives and kustomize's trees was not read.
pub fn complain_of_left_out(read: &input::Sources) {
    for what in &read.left_out {
        complain(&format!("warning: not read: {what}"));
    }
}

/// Prints a value as JSON that people can read, too.
pub fn print_json(value: &serde_json::Value) -> std::result::Result<(), Vec<String>> {
    let text = serde_json::to_string_pretty(value).map_err(|error| vec![error.to_string()])?;
    print(&(text + "\n"))
}

/// Documents that are no YAML, as `file:line`.
pub fn unreadable(workspace: &Workspace) -> Vec<String> {
    let mut places = Vec::new();
    for file in workspace.files() {
        for document in &file.documents {
            let tree = &document.parsed.tree;
            if let (false, Some(issue)) = (tree.is_readable(), tree.issues.first()) {
                let line = file.position(document.span.start + issue.span.start).line;
                places.push(format!("{}:{line}", file.source.name));
            }
        }
    }
    places
}

/// Tells how many errors are open.
pub fn complain_of_open_errors(analysis: &Analysis) {
    match analysis.count(Severity::Error) {
        0 => {}
        1 => complain("warning: 1 error is open; `akoplan check` shows it"),
        count => complain(&format!("warning: {count} errors are open; `akoplan check` shows them")),
    }
}

/// Writes a file, with the folders that it needs.
pub fn write(path: &Path, text: &str) -> std::result::Result<(), Vec<String>> {
    let folder = path.parent().unwrap_or(path);
    let done = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    done.map_err(|error| vec![format!("cannot write `{}`: {error}", path.display())])
}
