//! Names of files from outside, made harmless: they stay inside the project, on one line, and apart.

use std::collections::{HashMap, HashSet};

use crate::text::SourceFile;

/// Longest name, in characters.
const MOST: usize = 200;

/// A name without control and invisible characters, without drives, and without ways out of the project.
#[must_use]
pub fn clean_name(name: &str) -> String {
    let harmless = |it: char| match it {
        '\\' => '/',
        // `C:` is a drive, and `a.yaml:7` a line of a file.
        ':' => '-',
        it if is_harmful(it) => '-',
        it => it,
    };
    let cleaned: String = name.chars().take(MOST).map(harmless).collect();
    let parts: Vec<&str> = cleaned.split('/').map(str::trim).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if parts.is_empty() { "unnamed.yaml".to_owned() } else { parts.join("/") }
}

/// Cleans all names; of the same ones, the later get a number.
pub(super) fn clean_all(files: &mut [SourceFile]) {
    let mut taken = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for file in files {
        let wanted = clean_name(&file.name);
        let mut name = wanted.clone();
        // Numbers go on where the last file of this name ended, so that a thousand of them are quick.
        let number = numbers.entry(wanted.clone()).or_insert(1);
        while !taken.insert(name.clone()) {
            *number += 1;
            let parts = wanted.rsplit_once('.').filter(|(_, ending)| ending.len() < 10);
            let (stem, ending) = parts.unwrap_or((&wanted, "yaml"));
            let stem: String = stem.chars().take(MOST - 20).collect();
            name = format!("{stem}-{number}.{ending}");
        }
        file.name = name;
    }
}

/// Characters that are not seen, or that make others be seen elsewhere.
pub(super) fn is_harmful(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(it, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_and_on_one_line() {
        assert_eq!(clean_name("apps/red/web.yaml"), "apps/red/web.yaml");
        assert_eq!(clean_name("größe/ノード.yaml"), "größe/ノード.yaml");
        assert_eq!(clean_name("../../etc/./passwd"), "etc/passwd");
        assert_eq!(clean_name("..\\..\\C:\\x"), "C-/x");
        assert_eq!(clean_name("/a//b"), "a/b");
        assert_eq!(clean_name(" .. / ."), "unnamed.yaml");
        assert_eq!(clean_name("a\0b\nc\u{202e}lmay.x"), "a-b-c-lmay.x");
        assert_eq!(clean_name(&"ä".repeat(500)).chars().count(), MOST);
    }

    #[test]
    fn a_clean_name_is_left_alone() {
        for name in ["../x", "a:b/..", "a\u{0}/ /b", "\u{feff}", "x/ y /z "] {
            let clean = clean_name(name);
            assert_eq!(clean_name(&clean), clean, "{name:?}");
        }
    }

    #[test]
    fn no_two_files_have_one_name() {
        let names = ["a.yaml", "a.yaml", "../a.yaml", "a-2.yaml", "b", "b"];
        let mut files = names.map(|name| SourceFile::new(name, ""));
        clean_all(&mut files);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.yaml", "a-2.yaml", "a-3.yaml", "a-2-2.yaml", "b", "b-2.yaml"]);
        let long = "long.".repeat(50);
        let mut files = [SourceFile::new(long.as_str(), ""), SourceFile::new(long.as_str(), "")];
        clean_all(&mut files);
        assert_ne!(files[0].name, files[1].name);
        assert_eq!(clean_name(&files[1].name), files[1].name, "a number makes no name too long");
    }
}
