//! `docs/pipelines.md` and the hooks for pre-commit say what akoplan does.

use std::fs;
use std::path::Path;
use std::process::Command;

use akoplan::analysis::IgnoreNote;
use akoplan::check::Config;
use akoplan::rules;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced blocks of a language under a heading; under all where none is named.
fn blocks(page: &str, heading: Option<&str>, language: &str) -> Vec<String> {
    let sections = page.split("\n## ").filter(|section| heading.is_none_or(|heading| section.starts_with(heading)));
    let fence = format!("```{language}\n");
    let blocks = sections.flat_map(|section| section.split(&fence).skip(1).map(str::to_owned).collect::<Vec<_>>());
    blocks.filter_map(|rest| rest.split_once("\n```").map(|(block, _)| block.to_owned() + "\n")).collect()
}

fn help() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_akoplan")).args(["check", "--help"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_block_of_yaml_can_be_read() {
    let page = read("docs/pipelines.md");
    let mut texts = blocks(&page, None, "yaml");
    assert!(texts.len() >= 6, "{texts:#?}");
    texts.push(read(".pre-commit-hooks.yaml"));
    for text in texts {
        let workspace = Workspace::new(&[SourceFile::new("block.yaml", text.as_str())]);
        let documents = workspace.files().iter().flat_map(|file| &file.documents);
        assert!(documents.into_iter().all(|document| document.parsed.tree.issues.is_empty()), "{text}");
    }
}

#[test]
fn the_config_of_the_page_is_one() {
    let page = read("docs/pipelines.md");
    let config = Config::read("page.yaml", &blocks(&page, Some("Config"), "yaml")[0]).unwrap();
    assert!(config.ako_version.is_some() && config.fail_on.is_some() && config.baseline.is_some());
    assert!(config.levels.len() == 2 && config.ignores.len() == 1);
}

#[test]
fn the_annotation_of_the_page_ignores_a_rule_that_there_is() {
    let page = read("docs/pipelines.md");
    let block = &blocks(&page, Some("Ignore one object's findings"), "yaml")[0];
    let note = IgnoreNote::read(block.split('"').nth(1).unwrap());
    assert!(note.codes.len() == 1 && rules::find(note.codes[0]).is_some() && !note.reason.is_empty(), "{note:?}");
}

#[test]
fn every_option_is_described() {
    let (page, readme) = (read("docs/pipelines.md"), read("README.md"));
    let help = help();
    let options = help
        .split_whitespace()
        .filter(|word| word.starts_with("--"))
        .map(|word| word.trim_end_matches(|last: char| !last.is_ascii_lowercase()));
    let options: Vec<&str> = options.filter(|option| !["--help"].contains(option)).collect();
    assert!(options.len() >= 5, "{help}");
    for option in options {
        assert!(page.contains(option), "docs/pipelines.md does not name {option}");
        assert!(readme.contains(option), "README.md does not name {option}");
    }
    for format in ["text", "json", "sarif", "github", "junit"] {
        assert!(help.contains(&format!("- {format}:")) && page.contains(&format!("| `{format}` |")), "{format}");
    }
}
