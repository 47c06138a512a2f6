//! Import: what people paste, choose or drop becomes source files with names; nothing is changed in them.
//!
//! First [`read`] turns bytes into texts: archives are unpacked, encodings decoded, and what is no
//! manifest or too large is left out with the reason. Then [`named`] gives each text a name that no
//! other text has, so several imports add up. Both tell what they did.

pub mod kustomize;
mod names;
mod report;
#[cfg(test)]
mod tests;
pub mod twins;
mod zip;

use std::collections::HashMap;
use std::sync::Arc;

pub use names::{inside, is_manifest};
pub use report::{Note, Noted, Skipped, Why};

use crate::model::Kind;
use crate::pace::{Progress, finish, pause};
use crate::project;
use crate::syntax::splitting;
use crate::text::{Encoding, SourceFile, decode};
use crate::workspace::{Parsed, Workspace};

/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: usize = 32 << 20;
/// How much is taken in one import, in bytes, archives unpacked.
pub const LARGEST_TOTAL: usize = 64 << 20;
/// How many files are taken in one import.
pub const MOST_FILES: usize = 20_000;

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Its name, with its folders where it stands in some.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What [`read`] made of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The texts, in the order in which they came.
    pub files: Vec<SourceFile>,
    /// What is to be known of a file that was taken.
    pub notes: Vec<Noted>,
    /// What was not taken.
    pub skipped: Vec<Skipped>,
}

/// Whether a file is worth reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// It is.
    Yes,
    /// It is not.
    No(Why),
}

/// Whether a file is worth reading, by its name and size alone. What people choose by itself is taken
/// whatever its name; what stands in a folder must have that of a manifest.
#[must_use]
pub fn wanted(name: &str, size: usize) -> Wanted {
    let in_folder = name.contains('/');
    if in_folder && names::is_hidden(name) {
        Wanted::No(Why::Hidden)
    } else if in_folder && names::is_archive(name) {
        Wanted::No(Why::Archive)
    } else if in_folder && !names::is_manifest(name) {
        Wanted::No(Why::NotByName)
    } else if size > LARGEST_FILE {
        Wanted::No(Why::TooLarge)
    } else {
        Wanted::Yes
    }
}

/// Reads files as they came; never fails.
#[must_use]
pub fn read(incoming: Vec<Incoming>) -> Read {
    let mut read = Read::default();
    let mut left = LARGEST_TOTAL;
    for Incoming { name, bytes } in incoming {
        if let Wanted::No(why) = wanted(&name, bytes.len()) {
            read.skipped.push(Skipped::new(name, why));
        } else if zip::is_zip(&bytes) {
            read.archive(&name, &bytes, &mut left);
        } else if bytes.len() > left {
            read.skipped.push(Skipped::new(name, Why::TooMuch));
        } else if read.files.len() >= MOST_FILES {
            read.skipped.push(Skipped::new("", Why::TooManyFiles));
            break;
        } else {
            left -= bytes.len();
            read.text(name, &bytes);
        }
    }
    read.leave_out_pieces();
    read
}

/// Reads the manifests of a ZIP archive, named below `name`; `None` where the bytes are no archive.
#[must_use]
pub fn read_zip(name: &str, bytes: &[u8]) -> Option<Read> {
    zip::is_zip(bytes).then(|| {
        let mut read = Read::default();
        read.archive_below(&format!("{name}/"), name, bytes, &mut { LARGEST_TOTAL });
        read.leave_out_pieces();
        read
    })
}

impl Read {
    fn archive(&mut self, name: &str, bytes: &[u8], left: &mut usize) {
        // The paths in an archive mean something to people, its own name does not.
        self.archive_below("", name, bytes, left);
    }

    fn archive_below(&mut self, folder: &str, name: &str, bytes: &[u8], left: &mut usize) {
        let (unpacked, skipped) = zip::unpack(bytes, left);
        for zip::Unpacked { path, outside, bytes } in unpacked {
            let path = format!("{folder}{path}");
            if let Some(outside) = outside {
                self.notes.push(Noted { name: path.clone(), note: Note::Outside(outside) });
            }
            self.text(path, &bytes);
        }
        self.skipped.extend(skipped.into_iter().map(|skipped| match skipped.name.as_str() {
            "" => Skipped::new(name, skipped.why),
            path => Skipped::new(format!("{name}/{path}"), skipped.why),
        }));
    }

    /// Pieces of kustomize's trees are no objects.
    fn leave_out_pieces(&mut self) {
        let pieces = kustomize::pieces(&self.files);
        self.files.retain(|file| !pieces.contains_key(&file.name));
        self.notes.retain(|noted| !pieces.contains_key(&noted.name));
        self.skipped.extend(pieces.into_iter().map(|(name, why)| Skipped::new(name, why)));
    }

    fn text(&mut self, name: String, bytes: &[u8]) {
        let (text, encoding) = decode(bytes);
        if !names::is_manifest(&name) && (encoding == Encoding::Unknown || is_binary(&text)) {
            let why = if names::is_archive(&name) { Why::Archive } else { Why::NotText };
            self.skipped.push(Skipped::new(name, why));
            return;
        }
        let note = match encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16 => Some(Note::Utf16),
            Encoding::Unknown => Some(Note::Replaced),
        };
        self.notes.extend(note.map(|note| Noted { name: name.clone(), note }));
        self.files.push(SourceFile::new(name, text));
    }
}

fn is_binary(text: &str) -> bool {
    text.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))
}

/// The files that a pasted text becomes: itself under a fitting name, or the files of a project that
/// akoplan saved.
#[must_use]
pub fn pasted(workspace: &Workspace, text: &str) -> Vec<SourceFile> {
    files(workspace, vec![SourceFile::new("", text)])
}

/// The files to add for files that people chose: names stay unless they are taken by another text,
/// and a project that akoplan saved is unpacked.
#[must_use]
pub fn files(workspace: &Workspace, chosen: Vec<SourceFile>) -> Vec<SourceFile> {
    named(workspace, chosen).0
}

/// The files to add as [`files`] gives them, and which of them got another name than they had.
#[must_use]
pub fn named(workspace: &Workspace, chosen: Vec<SourceFile>) -> (Vec<SourceFile>, Vec<Noted>) {
    finish(naming(workspace, chosen))
}

/// [`named`] in steps: where a text has no name, what it holds decides.
pub async fn naming(workspace: &Workspace, chosen: Vec<SourceFile>) -> (Vec<SourceFile>, Vec<Noted>) {
    let mut added: Vec<SourceFile> = Vec::new();
    let mut renamed = Vec::new();
    let sources = workspace.sources().into_iter();
    let mut texts: HashMap<String, Arc<str>> = sources.map(|file| (file.name, file.text)).collect();
    for file in chosen {
        pause().await;
        let decoded = if project::may_be_one(&file.text) { project::decoding(&file.text).await.ok() } else { None };
        let unpacked = decoded.unwrap_or_else(|| vec![file]);
        for mut file in unpacked {
            if file.name.trim().is_empty() {
                file.name = fitting_name(&file.text).await;
            }
            let taken = |name: &str| texts.get(name).is_some_and(|text| *text != file.text);
            if taken(&file.name) {
                let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, "yaml"));
                let free = (2..=usize::MAX).map(|number| format!("{stem}-{number}.{ending}")).find(|name| !taken(name));
                let name = free.unwrap_or_default();
                renamed
                    .push(Noted { name: std::mem::replace(&mut file.name, name.clone()), note: Note::Renamed(name) });
            }
            texts.insert(file.name.clone(), Arc::clone(&file.text));
            added.push(file);
        }
    }
    (added, renamed)
}

/// Where an engineer would look for such a text.
async fn fitting_name(text: &str) -> String {
    // One object gives the name; with the second one it is clear that none does.
    let mut objects = 0;
    for chunk in splitting(text).await.0 {
        objects += Parsed::reading(chunk.span.slice(text)).await.objects.len();
        if objects > 1 {
            return "pasted.yaml".to_owned();
        }
        pause().await;
    }
    let read = Workspace::default().reading(vec![SourceFile::new("pasted.yaml", text)], Progress::default()).await;
    match read.objects() {
        [object] => match object.kind {
            Kind::AkoValues => "values.yaml".to_owned(),
            Kind::AkoplanSettings => "akoplan.yaml".to_owned(),
            _ if object.name().is_empty() => "pasted.yaml".to_owned(),
            _ if object.namespace().is_empty() => format!("platform/{}.yaml", object.name()),
            _ => format!("apps/{}/{}.yaml", object.namespace(), object.name()),
        },
        _ => "pasted.yaml".to_owned(),
    }
}
