//! Links that were once made: they open for ever, to the byte. The folder `tests/share/` has a `.link`
//! and, in a `.json`, what is in it; what is sealed behind a passphrase is opened in a browser, too.
//!
//! `UPDATE_EXPECT=1` makes the links that are not there yet. A link that is there is never written
//! again: where this version makes another one of the same project, it becomes a further file.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use akoplan::examples;
use akoplan::share::{self, Content, Link};
use akoplan::text::SourceFile;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/share")
}

fn content(project: &str, files: &[(&str, &str)]) -> Content {
    let files = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Content { project: project.to_owned(), files }
}

/// The projects whose links were made with version 1.
fn projects() -> Vec<(&'static str, Content)> {
    const SERVICE: &str =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  ports:\n  - port: 80\n";
    vec![
        ("v1-one-service", content("tkg-wkld", &[("apps/red/web.yaml", SERVICE)])),
        ("v1-example", Content { project: "example".to_owned(), files: examples::clean() }),
        ("v1-example-with-mistakes", Content { project: "with mistakes".to_owned(), files: examples::mistakes() }),
        (
            "v1-unicode",
            content(
                "Größe 節点",
                &[
                    ("größe/ノード.yaml", "\u{feff}# 💥 “quotes”\u{a0}\u{2028}\na: \"é\u{301}\"\n"),
                    ("b.yaml", "b: \0\u{7f}\n"),
                ],
            ),
        ),
        ("v1-line-breaks", content("", &[("crlf.yaml", "a: 1\r\nb: 2\r\n"), ("mixed.yaml", "a: 1\rb: 2\n\r\n\tc")])),
        ("v1-empty-file", content("empty", &[("empty.yaml", ""), ("blank.yaml", "\n")])),
        ("v1-empty-project", content("", &[])),
    ]
}

fn as_json(content: &Content) -> Value {
    let files: Vec<Value> = content.files.iter().map(|file| json!([file.name, &*file.text])).collect();
    json!({ "project": content.project, "files": files })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn links_open_for_ever() {
    let mut names: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "link"));
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let expected: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        match share::read(&text) {
            Ok(Link::Plain(content)) => assert_eq!(as_json(&content), expected, "{}", path.display()),
            Ok(Link::Sealed(envelope)) => {
                assert_eq!(envelope.rounds, expected["rounds"], "{}", path.display());
                assert_eq!(hex(&envelope.salt), expected["salt"], "{}", path.display());
                assert_eq!(hex(&envelope.iv), expected["iv"], "{}", path.display());
                assert_eq!(envelope.link().as_deref(), Ok(text.trim()), "{}", path.display());
            }
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}

#[test]
fn the_same_project_gives_the_same_link() {
    for (name, content) in projects() {
        let link = share::link(&content).unwrap();
        let path = folder().join(name).with_extension("link");
        if std::env::var_os("UPDATE_EXPECT").is_some() && !path.exists() {
            fs::write(&path, format!("{link}\n")).unwrap();
            let expected = serde_json::to_string_pretty(&as_json(&content)).unwrap();
            fs::write(path.with_extension("json"), expected + "\n").unwrap();
        }
        // The examples may change; the links of what they once were stay.
        let expected: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        if as_json(&content) == expected {
            assert_eq!(fs::read_to_string(&path).unwrap().trim(), link, "{name}");
        } else {
            assert!(name.starts_with("v1-example"), "{name}");
        }
    }
}
