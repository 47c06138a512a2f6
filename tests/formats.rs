//! The formats of `akoplan check`: a golden case for each, and what their own schemas and readers say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use akoplan::analysis::analyse;
use akoplan::check::{Checked, FailOn};
use akoplan::report::{check_github, check_junit, check_sarif};
use akoplan::rules::ALL;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::expect_file;
use serde_json::json;

#[path = "support/interop.rs"]
mod interop;
use interop::{Folder, interop};

/// What `akoplan check` prints about the example with mistakes.
fn printed(format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_akoplan"))
        .args(["check", "static/examples/mistakes", "--format", format])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "the example has errors");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

fn sarif(files: &[SourceFile]) -> String {
    let workspace = Workspace::new(files);
    let checked = Checked::new(&workspace, &analyse(&workspace));
    serde_json::to_string_pretty(&check_sarif(&workspace, &checked)).unwrap()
}

#[test]
fn sarif_of_the_example() {
    expect_file!["golden/mistakes.sarif"].assert_eq(&printed("sarif"));
}

#[test]
fn sarif_fits_its_schema() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sarif-schema-2.1.0.json");
    let mut files = vec![
        SourceFile::new("mistakes.sarif", printed("sarif")),
        SourceFile::new("nothing.sarif", sarif(&[])),
        SourceFile::new("odd.sarif", sarif(&[SourceFile::new("/a b/[ü].yaml", "a: [\n---\n\u{0}\n---\nb: {{ x }}\n")])),
    ];
    for rule in ALL {
        let examples = rule.examples("Example").into_iter().enumerate();
        files.extend(examples.map(|(at, text)| {
            let text = sarif(&[SourceFile::new("<stdin>", format!("# Source: chart/templates/a.yaml\n{text}"))]);
            SourceFile::new(format!("{}-{at}.sarif", rule.code), text)
        }));
    }
    let folder = Folder::with("sarif", &files);
    let Some(answer) = interop(&[Path::new("sarif"), &folder.0, &schema]) else { return };
    assert_eq!(answer, json!({ "validated": files.len(), "wrong": [] }));
    // The check itself finds what is wrong.
    fs::write(folder.0.join("nothing.sarif"), sarif(&[]).replace("unicodeCodePoints", "characters")).unwrap();
    let Some(answer) = interop(&[Path::new("sarif"), &folder.0, &schema]) else { return };
    assert_eq!(answer["wrong"].as_array().map(Vec::len), Some(1), "{answer}");
}

#[test]
fn what_was_rendered_is_shown_at_its_template() {
    let text = "---\n# Source: chart/templates/gw.yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\n\
                metadata: {name: gw, namespace: red}\nspec: {gatewayClassName: none, listeners: []}\n";
    let of = |name: &str| {
        let value: serde_json::Value = serde_json::from_str(&sarif(&[SourceFile::new(name, text)])).unwrap();
        let result = &value["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"];
        let message = result["message"]["text"].as_str().unwrap().lines().next().unwrap().to_owned();
        (place["artifactLocation"]["uri"].as_str().unwrap().to_owned(), place["region"].clone(), message)
    };
    let (uri, region, message) = of("<stdin>");
    assert_eq!((uri.as_str(), region), ("chart/templates/gw.yaml", json!(null)));
    assert!(message.ends_with(" (line 6, column 26 of what was rendered)"), "{message}");
    let (uri, region, message) = of("rendered.yaml");
    assert_eq!((uri.as_str(), region["startLine"].as_u64()), ("rendered.yaml", Some(6)));
    assert!(message.ends_with(" (from chart/templates/gw.yaml)"), "{message}");
}

#[test]
fn github_commands_of_the_example() {
    let text = printed("github");
    expect_file!["golden/mistakes.github.txt"].assert_eq(&text);
    let summary = text.lines().last().unwrap();
    assert!(summary.contains(" errors, "), "{summary}");
    for line in text.lines().filter(|line| *line != summary) {
        let (command, message) = line.strip_prefix("::").and_then(|line| line.split_once("::")).unwrap();
        let (level, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level) && !message.is_empty(), "{line}");
        assert!(properties.split(',').all(|property| property.contains('=')), "{line}");
    }
}

#[test]
fn junit_of_the_example() {
    let text = printed("junit");
    expect_file!["golden/mistakes.junit.xml"].assert_eq(&text);
}

/// Texts that hold what each format has to escape.
fn nasty() -> Vec<SourceFile> {
    let manifest = "apiVersion: v1\nkind: Service\nmetadata: {name: \"a\\x1B\\0\\uFFFF]]>&<b>,::\\r\\n50%\", namespace: red}\n\
                    spec: {ports: [{port: 80, \"x\\x1B<&\\\"'\\uFFFE\": 1}]}\n";
    vec![
        SourceFile::new("a&<b>\"',:%.yaml", manifest),
        SourceFile::new("good.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: red}\n"),
        SourceFile::new("broken.yaml", "a: [\n"),
    ]
}

#[test]
fn junit_is_xml_with_a_suite_for_each_file() {
    let workspace = Workspace::new(&nasty());
    let checked = Checked::new(&workspace, &analyse(&workspace));
    let text = check_junit(&workspace, &checked, FailOn::Error);
    let folder =
        Folder::with("junit", &[SourceFile::new("nasty.xml", text), SourceFile::new("example.xml", printed("junit"))]);
    let Some(answer) = interop(&[Path::new("junit"), &folder.0]) else { return };
    let suites = answer["nasty.xml"].as_array().unwrap();
    let names: Vec<&str> = suites.iter().map(|suite| suite["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["a&<b>\"',:%.yaml", "good.yaml", "broken.yaml"]);
    assert_eq!(suites[1]["cases"].as_array().map(Vec::len), Some(1));
    assert_eq!((&suites[1]["failures"], &suites[2]["failures"]), (&json!(0), &json!(1)));
    for suite in answer.as_object().unwrap().values().flat_map(|suites| suites.as_array().unwrap()) {
        let cases = suite["cases"].as_array().unwrap();
        let failed = cases.iter().filter(|case| case["failure"] != json!(null)).count();
        assert_eq!(
            (suite["tests"].as_u64(), suite["failures"].as_u64()),
            (Some(cases.len() as u64), Some(failed as u64))
        );
        let unique: BTreeSet<&str> = cases.iter().map(|case| case["name"].as_str().unwrap()).collect();
        assert_eq!(unique.len(), cases.len(), "{suite:#}");
    }
}

#[test]
fn nothing_breaks_out_of_a_github_command() {
    let workspace = Workspace::new(&nasty());
    let checked = Checked::new(&workspace, &analyse(&workspace));
    let text = check_github(&workspace, &checked);
    assert_eq!(text.lines().count(), checked.open.len() + 1, "{text}");
    assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{text:?}");
    let first = text.lines().next().unwrap();
    assert!(first.contains(" file=a&<b>\"'%2C%3A%25.yaml,line="), "{first}");
}

#[test]
fn what_fails_the_check_is_a_failure() {
    let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 443}]}\n";
    let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
    let checked = Checked::new(&workspace, &analyse(&workspace));
    assert_eq!(checked.findings().map(|finding| finding.code).collect::<Vec<_>>(), ["AKP901"]);
    for (fail_on, fails) in FailOn::ALL.into_iter().zip([false, false, true, false]) {
        assert_eq!(checked.fails(&workspace, fail_on), fails, "{}", fail_on.name());
        assert_eq!(check_junit(&workspace, &checked, fail_on).contains("<failure "), fails, "{}", fail_on.name());
    }
}
