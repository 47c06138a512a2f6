//! Changes: every change of the project is a command, and a command becomes text edits.
//!
//! A command never fails half: it gives the new files, or says why it cannot be done and nothing
//! has changed. Undo is the files before it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use crate::edit::{self, EditError, Value};
use crate::model::Typed;
use crate::model::ako_config_map::Change;
use crate::rename::Rename;
use crate::syntax::FieldPath;
use crate::text::{Edit, SourceFile, Span, apply_edits};
use crate::workspace::{Address, Document, Object, Workspace};

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Gives a field a value, with the parents it needs.
    Set {
        /// The object.
        at: Address,
        /// The field.
        path: FieldPath,
        /// Its new value.
        value: Value,
    },
    /// Takes a field or a list's item away.
    Remove {
        /// The object.
        at: Address,
        /// The field or item.
        path: FieldPath,
    },
    /// Puts an item into a list, making the list where it is not there.
    Insert {
        /// The object.
        at: Address,
        /// The list.
        path: FieldPath,
        /// Place of the new item, from 0.
        index: usize,
        /// The item.
        value: Value,
    },
    /// Moves an item of a list.
    Move {
        /// The object.
        at: Address,
        /// The list.
        path: FieldPath,
        /// Its place.
        from: usize,
        /// Its place afterwards.
        to: usize,
    },
    /// Leaves one entry of a key that stands in a mapping more than once.
    KeepOne {
        /// File name.
        file: String,
        /// Document in the file, from 0.
        document: usize,
        /// The key, from the document's top.
        path: FieldPath,
        /// Whether the last entry stays, which counts; else the first.
        last: bool,
    },
    /// Gives a new name, with all that finds the object by it.
    Rename(Rename),
    /// Adds a document at the end of a file, which is made where it is not there.
    AddDocument {
        /// File name.
        file: String,
        /// The document's text.
        text: String,
    },
    /// Takes an object away: its document, or its item of a `List`.
    RemoveObject {
        /// The object.
        at: Address,
    },
    /// Replaces a file's text, or adds the file.
    SetFile {
        /// File name.
        file: String,
        /// Its whole text.
        text: Arc<str>,
    },
    /// Takes a file away.
    RemoveFile {
        /// File name.
        file: String,
    },
    /// Replaces bytes of a file; for mends of what is no object.
    EditText {
        /// File name.
        file: String,
        /// The edits, in bytes of the file.
        edits: Vec<Edit>,
    },
    /// Several commands at once, one after the other; addresses refer to the state that each finds.
    Batch(Vec<Command>),
}

/// Why a command cannot be done; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandError {
    /// No such file.
    NoFile(String),
    /// No object at this address (any more).
    NoObject(Address),
    /// The field cannot be changed so.
    Edit(EditError),
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFile(file) => write!(f, "there is no file `{file}`"),
            Self::NoObject(at) => write!(f, "the object in `{}` is no longer there", at.file),
            Self::Edit(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CommandError {}

impl From<EditError> for CommandError {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl Command {
    /// Sets a field.
    pub fn set(at: &Address, path: impl Into<FieldPath>, value: impl Into<Value>) -> Self {
        Self::Set { at: at.clone(), path: path.into(), value: value.into() }
    }

    /// Removes a field or item.
    pub fn remove(at: &Address, path: impl Into<FieldPath>) -> Self {
        Self::Remove { at: at.clone(), path: path.into() }
    }

    /// Inserts an item into a list.
    pub fn insert(at: &Address, path: impl Into<FieldPath>, index: usize, value: impl Into<Value>) -> Self {
        Self::Insert { at: at.clone(), path: path.into(), index, value: value.into() }
    }

    /// The workspace after this command.
    ///
    /// # Errors
    /// If the command does not fit the workspace; see [`CommandError`].
    pub fn apply(&self, workspace: &Workspace) -> Result<Workspace, CommandError> {
        match self {
            Self::Batch(commands) => batch(commands, workspace),
            Self::Rename(rename) => rename.command(workspace)?.apply(workspace),
            Self::SetFile { file, text } => Ok(with_file(workspace, file, Arc::clone(text))),
            Self::AddDocument { file, text } => {
                let before = workspace.file(file).map_or("", |file| &file.source.text);
                Ok(with_file(workspace, file, append_document(before, text).into()))
            }
            Self::RemoveFile { file } => {
                workspace.file(file).ok_or_else(|| CommandError::NoFile(file.clone()))?;
                let kept: Vec<SourceFile> =
                    workspace.sources().into_iter().filter(|source| source.name != *file).collect();
                Ok(workspace.with_files(&kept))
            }
            _ => {
                let (file, edits) = self.file_edits(workspace)?;
                let source = &workspace.file(&file).ok_or_else(|| CommandError::NoFile(file.clone()))?.source;
                if edits.is_empty() {
                    return Ok(workspace.clone());
                }
                let text = apply_edits(&source.text, &edits);
                Ok(with_file(workspace, &file, text.into()))
            }
        }
    }

    /// The edits by file that this command makes, as far as it edits files that exist.
    ///
    /// # Errors
    /// If the command does not fit the workspace.
    pub fn edits(&self, workspace: &Workspace) -> Result<BTreeMap<String, Vec<Edit>>, CommandError> {
        match self {
            Self::Batch(commands) if commands.len() == 1 => commands[0].edits(workspace),
            Self::Rename(rename) => rename.command(workspace)?.edits(workspace),
            Self::Batch(_) | Self::SetFile { .. } | Self::RemoveFile { .. } | Self::AddDocument { .. } => {
                let after = self.apply(workspace)?;
                Ok(changed_files(workspace, &after))
            }
            _ => {
                let (file, edits) = self.file_edits(workspace)?;
                Ok(BTreeMap::from([(file, edits)]))
            }
        }
    }

    fn file_edits(&self, workspace: &Workspace) -> Result<(String, Vec<Edit>), CommandError> {
        match self {
            Self::Set { at, path, value } => in_fields(workspace, at, path, Change::Set(value)),
            Self::Remove { at, path } => in_fields(workspace, at, path, Change::Remove),
            Self::Insert { at, path, index, value } => in_fields(workspace, at, path, Change::Insert(*index, value)),
            Self::Move { at, path, from, to } => in_fields(workspace, at, path, Change::Move(*from, *to)),
            Self::RemoveObject { at } => remove_object(workspace, at),
            Self::KeepOne { file, document, path, last } => keep_one(workspace, file, *document, path, *last),
            Self::EditText { file, edits } => Ok((file.clone(), edits.clone())),
            Self::Batch(_)
            | Self::Rename(_)
            | Self::SetFile { .. }
            | Self::RemoveFile { .. }
            | Self::AddDocument { .. } => Ok((String::new(), Vec::new())),
        }
    }
}

/// Changes a field of an object; AKO's values are changed where they stand, be it in a ConfigMap.
fn in_fields(
    workspace: &Workspace,
    at: &Address,
    path: &FieldPath,
    change: Change<'_>,
) -> Result<(String, Vec<Edit>), CommandError> {
    in_object(workspace, at, |text, object| {
        if let Typed::AkoConfigMap(map) = &object.value
            && let Some(edits) = change.edits(text, object, map, path)
        {
            return edits;
        }
        let (tree, node) = (object.tree(), object.node());
        match change {
            Change::Set(value) => edit::set(text, tree, node, path, value),
            Change::Remove => edit::remove(text, tree, node, path),
            Change::Insert(index, value) => edit::insert(text, tree, node, path, index, value),
            Change::Move(from, to) => edit::move_item(text, tree, node, path, from, to),
        }
    })
}

/// Runs an edit on the document of an object and moves it to the file's offsets.
fn in_object(
    workspace: &Workspace,
    at: &Address,
    change: impl FnOnce(&str, &Object) -> Result<Vec<Edit>, EditError>,
) -> Result<(String, Vec<Edit>), CommandError> {
    let missing = || CommandError::NoObject(at.clone());
    let object = workspace.at(at).ok_or_else(missing)?;
    let file = workspace.file(&at.file).ok_or_else(missing)?;
    let document = file.documents.get(at.document).ok_or_else(missing)?;
    let text = document.span.slice(&file.source.text);
    let edits = change(text, object)?;
    let moved = edits.into_iter().map(|edit| Edit { span: edit.span.shifted(document.span.start), ..edit }).collect();
    Ok((at.file.to_string(), moved))
}

/// Leaves one entry of a key in a document, which need not be an object.
fn keep_one(
    workspace: &Workspace,
    file: &str,
    document: usize,
    path: &FieldPath,
    last: bool,
) -> Result<(String, Vec<Edit>), CommandError> {
    let missing = || CommandError::NoFile(file.to_owned());
    let own = workspace.file(file).ok_or_else(missing)?;
    let Document { span, parsed } = own.documents.get(document).ok_or_else(missing)?;
    let edits = edit::keep_one(span.slice(&own.source.text), &parsed.tree, path, last)?;
    let moved = edits.into_iter().map(|edit| Edit { span: edit.span.shifted(span.start), ..edit }).collect();
    Ok((file.to_owned(), moved))
}

/// Takes a whole document away, with its `---` line, or one item of a `List`.
fn remove_object(workspace: &Workspace, at: &Address) -> Result<(String, Vec<Edit>), CommandError> {
    if let Some(item) = at.item {
        let items = FieldPath::from("items").index(item);
        return in_object(workspace, at, |text, object| {
            let root = object.tree().root.unwrap_or(object.node());
            edit::remove(text, object.tree(), root, &items)
        });
    }
    let missing = || CommandError::NoObject(at.clone());
    let file = workspace.file(&at.file).ok_or_else(missing)?;
    let document = file.documents.get(at.document).ok_or_else(missing)?;
    // A template's block that goes on beyond the document would lose its begin or its end.
    if document.parsed.tree.template.as_ref().is_some_and(|template| template.begins + template.ends > 0) {
        return Err(EditError::Unsupported { path: FieldPath::root() }.into());
    }
    let mut span = document.span;
    let text = &file.source.text;
    // The first document may have no marker of its own; then the next one's goes with it.
    let next = file.documents.get(at.document + 1);
    if let (0, Some(next)) = (at.document, next) {
        let marker = next.span.slice(text);
        let had_marker = span.slice(text).trim_start_matches('\u{feff}').starts_with("---");
        if !had_marker && marker.starts_with("---") {
            let line = marker.find('\n').map_or(marker.len(), |end| end + 1);
            if marker[..line].trim() == "---" {
                span = Span::new(span.start, next.span.start + line);
            }
        }
    }
    Ok((at.file.to_string(), vec![Edit::delete(span)]))
}

/// One command after another; files that are replaced or added in a row are read at once.
fn batch(commands: &[Command], workspace: &Workspace) -> Result<Workspace, CommandError> {
    let sets = |command: &Command| matches!(command, Command::SetFile { .. });
    let mut workspace = workspace.clone();
    for run in commands.chunk_by(|before, after| sets(before) && sets(after)) {
        workspace = match run {
            [command] => command.apply(&workspace)?,
            files => with_all(&workspace, files),
        };
    }
    Ok(workspace)
}

/// The workspace after many [`Command::SetFile`].
fn with_all(workspace: &Workspace, commands: &[Command]) -> Workspace {
    let mut sources = workspace.sources();
    let mut places: HashMap<String, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.name.clone(), at)).collect();
    for command in commands {
        let Command::SetFile { file, text } = command else { continue };
        if let Some(source) = places.get(file).and_then(|at| sources.get_mut(*at)) {
            source.text = Arc::clone(text);
        } else {
            places.insert(file.clone(), sources.len());
            sources.push(SourceFile::new(file.as_str(), Arc::clone(text)));
        }
    }
    workspace.with_files(&sources)
}

fn with_file(workspace: &Workspace, name: &str, text: Arc<str>) -> Workspace {
    let mut sources = workspace.sources();
    match sources.iter_mut().find(|source| source.name == name) {
        Some(source) => source.text = text,
        None => sources.push(SourceFile::new(name, text)),
    }
    workspace.with_files(&sources)
}

/// A text with one more document, separated by a marker where one is needed.
fn append_document(before: &str, text: &str) -> String {
    let mut joined = before.to_owned();
    if !joined.is_empty() && !joined.ends_with('\n') {
        joined.push('\n');
    }
    let has_content = before.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    if has_content && !text.starts_with("---") {
        joined.push_str("---\n");
    }
    joined.push_str(text);
    joined
}

/// One edit per file between two workspaces: from the first byte that differs to the last.
fn changed_files(before: &Workspace, after: &Workspace) -> BTreeMap<String, Vec<Edit>> {
    let mut changed = BTreeMap::new();
    for file in after.files() {
        let old = before.file(&file.source.name).map_or("", |file| &*file.source.text);
        let new = &*file.source.text;
        if old == new {
            continue;
        }
        let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let most = old.len().min(new.len()) - start;
        let mut end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count().min(most);
        while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
            end -= 1;
        }
        let edit = Edit::replace(Span::new(start, old.len() - end), &new[start..new.len() - end]);
        changed.insert(file.source.name.clone(), vec![edit]);
    }
    changed
}
