//! What a link carries, before it is opened or sent.

use crate::analysis::analyse;
use crate::diagnostic::Severity;
use crate::share::Content;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// The content of a link at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// In a few words: `3 files, 12 objects, 2 errors`.
    pub words: String,
    /// Names of files with their sizes.
    pub files: Vec<(String, String)>,
}

/// Looks into what a link brought.
#[must_use]
pub fn inside(content: &Content) -> Inside {
    let workspace = Workspace::new(&content.files);
    let analysis = analyse(&workspace);
    let mut words = vec![counted(content.files.len(), "file"), counted(workspace.objects().len(), "object")];
    for (severity, word) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        match analysis.count(severity) {
            0 => {}
            count => words.push(counted(count, word)),
        }
    }
    Inside { words: words.join(", "), files: files(&content.files) }
}

/// What the open project would send.
#[must_use]
pub fn to_send(workspace: &Workspace) -> Inside {
    let sources = workspace.sources();
    let words = format!("{}, {}", counted(sources.len(), "file"), counted(workspace.objects().len(), "object"));
    Inside { words, files: files(&sources) }
}

fn files(files: &[SourceFile]) -> Vec<(String, String)> {
    files.iter().map(|file| (file.name.clone(), size(file.text.len()))).collect()
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;

    #[test]
    fn what_is_in_a_link() {
        let clean = Content { project: String::new(), files: examples::clean() };
        let inside_clean = inside(&clean);
        assert!(inside_clean.words.ends_with(" objects"), "{}", inside_clean.words);
        assert_eq!(inside_clean.files.len(), clean.files.len());
        assert_eq!(to_send(&Workspace::new(&clean.files)), inside_clean);
        let mistakes = Content { project: String::new(), files: examples::mistakes() };
        assert!(inside(&mistakes).words.contains(" errors"), "{}", inside(&mistakes).words);
        let one = Content { project: String::new(), files: vec![SourceFile::new("a.yaml", "a: 1\n")] };
        assert!(inside(&one).words.starts_with("1 file, "));
        assert_eq!(inside(&one).files, [("a.yaml".to_owned(), "5 B".to_owned())]);
        assert_eq!(inside(&Content::default()).words, "0 files, 0 objects");
    }

    #[test]
    fn sizes() {
        assert_eq!([999, 1_000, 1_950, 2_340_000].map(size), ["999 B", "1.0 kB", "1.9 kB", "2.3 MB"]);
    }
}
