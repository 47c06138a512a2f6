//! The house rules that a machine can check, over every source file.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|own| own == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), ending, &mut found);
    assert!(!found.is_empty(), "no .{ending} file below {folder}");
    found.sort();
    found
}

/// Names the files that break a rule, all at once.
fn assert_none(what: &str, offenders: &[PathBuf]) {
    assert!(offenders.is_empty(), "{what}: {offenders:#?}");
}

#[test]
fn every_module_opens_with_a_sentence() {
    let silent = sources("src", "rs").into_iter().filter(|(_, text)| !text.starts_with("//! "));
    assert_none("modules without a //! sentence", &silent.map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn the_core_knows_no_browser_and_no_outside() {
    let words = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "use yew",
        "gloo::",
        "std::fs",
        "std::env::",
        "std::net::Tcp",
        "SystemTime",
        "Instant::now",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let core = sources("src", "rs").into_iter().filter(|(path, _)| {
        let inside = path.strip_prefix(&root).unwrap();
        !(inside.starts_with("ui")
            || inside.starts_with("bin")
            || inside == Path::new("ui.rs")
            || inside == Path::new("main.rs"))
    });
    let offenders = core.filter(|(_, text)| words.iter().any(|word| text.contains(word))).map(|(path, _)| path);
    assert_none("core files that know the outside", &offenders.collect::<Vec<_>>());
}

#[test]
fn only_two_files_of_the_page_know_the_browser_s_storage_and_window() {
    let offenders = sources("src/ui", "rs").into_iter().filter(|(path, text)| {
        let own = ["ui/browser.rs", "ui/storage.rs"].iter().any(|own| path.ends_with(own))
            || ["ui/browser", "ui/storage"].iter().any(|own| path.parent().is_some_and(|folder| folder.ends_with(own)));
        !own && ["window()", "local_storage", "indexed_db", "js_sys::"]
            .iter()
            .any(|word| text.contains(word) && !text.contains(&format!("browser::{word}")))
    });
    assert_none("files that call the browser past browser.rs", &offenders.map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn the_page_has_no_inline_style() {
    // The content security policy drops them without a word.
    let offenders = sources("src/ui", "rs").into_iter().filter(|(_, text)| text.contains(" style="));
    assert_none("files with a style attribute", &offenders.map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn no_panic_on_data_in_the_core() {
    const WORDS: [&str; 6] = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let core = sources("src", "rs").into_iter().filter(|(path, _)| {
        let place = path.strip_prefix(&root).unwrap();
        // A folder `tests` holds parts of a `tests.rs`.
        let is_test = path.ends_with("tests.rs") || place.components().any(|step| step.as_os_str() == "tests");
        !(place.starts_with("ui") || is_test)
    });
    let offenders = core.filter(|(_, text)| {
        let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.into_iter().any(|line| WORDS.iter().any(|word| line.contains(word)))
    });
    assert_none("core files that can panic", &offenders.map(|(path, _)| path).collect::<Vec<_>>());
}
