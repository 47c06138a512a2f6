//! Reads the files that are named: in the order of the arguments, folders by path.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use akoplan::check::STANDARD_INPUT;
use akoplan::check::glob::Glob;
use akoplan::import::{Note, kustomize, read_zip};
use akoplan::text::{Encoding, SourceFile, decode};

use crate::output::complain;

const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// The files of a call.
#[derive(Default)]
pub struct Sources {
    /// In order.
    pub files: Vec<SourceFile>,
    /// Names of files whose bytes are no text in an encoding we know; what is no text was replaced.
    pub undecoded: Vec<String>,
    /// What was left out of archives and of kustomize's trees although it looks like a manifest, and why.
    pub left_out: Vec<String>,
    /// Whether some of the files were in an archive.
    pub has_archive: bool,
    /// The real paths of the files.
    pub paths: BTreeSet<PathBuf>,
}

/// Reads everything, or says what cannot be read.
pub fn read(paths: &[PathBuf]) -> Result<Sources, Vec<String>> {
    read_but(paths, &[])
}

/// [`read`] without files that are no manifests although they look like some.
pub fn read_but(paths: &[PathBuf], other: &[PathBuf]) -> Result<Sources, Vec<String>> {
    let mut reader = Reader::default();
    reader.seen.extend(other.iter().filter_map(|path| fs::canonicalize(path).ok()));
    reader.read_all(paths)
}

/// [`read`] without what an earlier export wrote, where its folder is met on the way and not asked for itself.
pub fn read_beside(paths: &[PathBuf], export: Option<&Path>) -> Result<Sources, Vec<String>> {
    let export = export.and_then(|folder| fs::canonicalize(folder).ok());
    Reader { export, ..Reader::default() }.read_all(paths)
}

/// The text on standard input, for what is no manifest; what is no text is replaced.
pub fn standard_input() -> Result<String, Vec<String>> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(vec![format!("cannot read standard input: {error}")]),
    }
}

#[derive(Default)]
struct Reader {
    read: Sources,
    errors: Vec<String>,
    /// Files that were read, by their real path: a file that is named twice counts once.
    seen: BTreeSet<PathBuf>,
    /// Real path of a folder that is passed over.
    export: Option<PathBuf>,
}

impl Reader {
    fn read_all(mut self, paths: &[PathBuf]) -> Result<Sources, Vec<String>> {
        for path in paths {
            self.argument(path);
        }
        let pieces = kustomize::pieces(&self.read.files);
        self.read.files.retain(|file| !pieces.contains_key(&file.name));
        self.read.undecoded.retain(|name| !pieces.contains_key(name));
        self.read.left_out.extend(pieces.iter().map(|(name, why)| format!("`{name}`: {why}")));
        self.read.paths = self.seen;
        if self.errors.is_empty() { Ok(self.read) } else { Err(self.errors) }
    }

    fn argument(&mut self, path: &Path) {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            match io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) if is_blank(&decode(&bytes).0) => self.errors.push(
                    "standard input is empty: the command before it made nothing or failed (`set -o pipefail` shows it)"
                        .to_owned(),
                ),
                Ok(_) => self.add(STANDARD_INPUT.to_owned(), &bytes),
                Err(error) => self.errors.push(format!("cannot read standard input: {error}")),
            }
            return;
        }
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                let before = self.seen.len() + self.errors.len();
                self.folder(path);
                if self.seen.len() + self.errors.len() == before {
                    self.errors.push(format!("no *.yaml, *.yml or *.json in `{}`", path.display()));
                }
            }
            Ok(_) => self.file(path),
            Err(_) if Glob::is_pattern(&path.to_string_lossy()) => self.pattern(path),
            Err(error) => self.cannot_read(path, &error),
        }
    }

    /// A pattern that the shell did not expand.
    fn pattern(&mut self, path: &Path) {
        let is_fixed = |part: &Component<'_>| !Glob::is_pattern(&part.as_os_str().to_string_lossy());
        let fixed: PathBuf = path.components().take_while(is_fixed).collect();
        let folder = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
        let before = self.seen.len() + self.errors.len();
        self.matching(&Glob::new(&name(path)), folder);
        if self.seen.len() + self.errors.len() == before {
            self.errors.push(format!("no *.yaml, *.yml or *.json is called `{}`", path.display()));
        }
    }

    fn matching(&mut self, glob: &Glob, folder: &Path) {
        for (path, is_folder) in self.entries(folder) {
            let own = name(&path);
            match glob.matches(&own) {
                true if is_folder => self.folder(&path),
                true if is_manifest(&path) && path.is_file() => self.file(&path),
                false if is_folder && glob.leads_into(&own) => self.matching(glob, &path),
                _ => {}
            }
        }
    }

    fn folder(&mut self, folder: &Path) {
        for (path, is_folder) in self.entries(folder) {
            if is_folder {
                self.folder(&path);
            } else if is_manifest(&path) && path.is_file() {
                self.file(&path);
            }
        }
    }

    /// What is in a folder and not hidden, by name, and whether it is a folder itself. Links to folders are none: they
    /// may lead in circles.
    fn entries(&mut self, folder: &Path) -> Vec<(PathBuf, bool)> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<fs::DirEntry>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.cannot_read(folder, &error);
                return Vec::new();
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        let is_shown = |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
        let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|found| found.is_dir());
        let shown = entries.iter().filter(|entry| is_shown(entry)).map(|entry| (entry.path(), is_folder(entry)));
        shown.filter(|(path, is_folder)| !is_folder || !self.is_export(path)).collect()
    }

    /// Whether a folder is the one that is passed over, which is told.
    fn is_export(&self, folder: &Path) -> bool {
        let is_it = self.export.is_some() && fs::canonicalize(folder).ok() == self.export;
        if is_it {
            complain(&format!("not read: `{}`, an earlier export", name(folder)));
        }
        is_it
    }

    fn file(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(real) {
            return;
        }
        match fs::read(path) {
            Ok(bytes) => self.add(name(path), &bytes),
            Err(error) => self.cannot_read(path, &error),
        }
    }

    fn add(&mut self, name: String, bytes: &[u8]) {
        if let Some(archive) = read_zip(&name, bytes) {
            let undecoded = archive.notes.iter().filter(|noted| noted.note == Note::Replaced);
            self.read.undecoded.extend(undecoded.map(|noted| noted.name.clone()));
            let left_out = archive.skipped.iter().filter(|skipped| !skipped.why.is_usual());
            self.read.left_out.extend(left_out.map(|skipped| format!("`{}`: {}", skipped.name, skipped.why)));
            if archive.files.is_empty() {
                self.errors.push(format!("no *.yaml, *.yml or *.json that can be read in `{name}`"));
                self.errors.append(&mut self.read.left_out);
            }
            self.read.files.extend(archive.files);
            self.read.has_archive = true;
            return;
        }
        let (text, encoding) = decode(bytes);
        if encoding == Encoding::Unknown {
            self.read.undecoded.push(name.clone());
        }
        self.read.files.push(SourceFile::new(name, text));
    }

    fn cannot_read(&mut self, path: &Path, error: &io::Error) {
        self.errors.push(format!("cannot read `{}`: {error}", path.display()));
    }
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    EXTENSIONS.contains(&extension.as_str())
}

/// A path as findings show it: without `./`, `/` between folders on every system.
pub fn name(path: &Path) -> String {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replace("//", "/")
}

/// Whether a text has nothing but blanks and a byte-order mark.
fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}
