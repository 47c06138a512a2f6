//! Paths of files that come in: harmless, and what they say of a file.

/// A path without a step that leads outside, `/` between folders, and whether it had one.
#[must_use]
pub fn inside(path: &str) -> (String, bool) {
    let path = path.replace('\\', "/");
    let mut outside = path.starts_with('/');
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        let is_drive = steps.is_empty() && step.len() == 2 && step.ends_with(':');
        match step {
            "" | "." => {}
            ".." => outside = true,
            _ if is_drive => outside = true,
            step => steps.push(step),
        }
    }
    // Names are shown and linked to; control characters are no part of one.
    let path: String = steps.join("/").chars().filter(|character| !character.is_control()).collect();
    (path, outside)
}

/// Whether the name says that a file is a manifest.
#[must_use]
pub fn is_manifest(path: &str) -> bool {
    ends_with_any(path, &[".yaml", ".yml", ".json"])
}

/// Whether a file or a folder on its way is hidden, or a by-product of packing on macOS.
#[must_use]
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|step| step.starts_with('.') || step == "__MACOSX")
}

/// Whether the name says that a file is an archive.
#[must_use]
pub fn is_archive(path: &str) -> bool {
    ends_with_any(path, &[".zip", ".tgz", ".gz", ".tar", ".bz2", ".xz", ".7z", ".zst"])
}

fn ends_with_any(path: &str, endings: &[&str]) -> bool {
    let path = path.to_ascii_lowercase();
    endings.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_outside() {
        let cases = [
            ("a/b.yaml", "a/b.yaml", false),
            ("./a//b.yaml", "a/b.yaml", false),
            ("../../etc/passwd", "etc/passwd", true),
            ("a/../b.yaml", "a/b.yaml", true),
            ("/etc/x.yaml", "etc/x.yaml", true),
            ("C:\\x\\y.yaml", "x/y.yaml", true),
            ("..", "", true),
            ("a\u{0}\nb.yaml", "ab.yaml", false),
        ];
        for (path, expected, outside) in cases {
            assert_eq!(inside(path), (expected.to_owned(), outside), "{path:?}");
        }
    }

    #[test]
    fn names_say_what_is_wanted() {
        assert!(is_manifest("a/B.YML") && is_manifest("x.json") && !is_manifest("yaml"));
        assert!(is_hidden(".git/x.yaml") && is_hidden("a/.b.yaml") && is_hidden("__MACOSX/a.yaml"));
        assert!(!is_hidden("a/b.yaml"));
        assert!(is_archive("chart-1.0.tgz"));
    }
}
