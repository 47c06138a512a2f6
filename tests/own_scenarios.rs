//! Scenarios of our own: what the scenarios that the real AKO ran do not show, reasoned from its source.
//!
//! Each file of `tests/scenarios` begins with its title and the reasons for what is expected, written
//! down before the prediction was asked; sections and numbers in them are those of our notes on the
//! behaviour of AKO 2.2.1. Then come the files (`=== values.yaml`) and, after
//! `=== expect`, one expectation a line: a path with ` > ` between its steps, and `= JSON` for its value,
//! `has [names]` for its members, or `absent`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use akoplan::ako::predict_fully;
use akoplan::report::predict_json;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::Value;

struct Scenario {
    reasons: String,
    files: Vec<SourceFile>,
    expected: Vec<String>,
}

fn read(text: &str) -> Scenario {
    let mut parts = text.split("=== ");
    let reasons = parts.next().unwrap_or_default().to_owned();
    let (mut files, mut expected) = (Vec::new(), Vec::new());
    for part in parts {
        let (name, body) = part.split_once('\n').expect("a name stands on its line");
        match name {
            "expect" => expected.extend(body.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned)),
            name => files.push(SourceFile::new(name, body)),
        }
    }
    Scenario { reasons, files, expected }
}

/// The value at a path; null where there is none.
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split(" > ").filter(|step| !step.is_empty()).fold(value, |value, step| match value {
        Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)).unwrap_or(&Value::Null),
        value => value.get(step).unwrap_or(&Value::Null),
    })
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// What is otherwise than a line expects; nothing where it is as expected.
fn difference(prediction: &Value, line: &str) -> Option<String> {
    if let Some(path) = line.strip_suffix(" absent") {
        let found = at(prediction, path);
        return (!found.is_null()).then(|| format!("{path} is {found}, expected to be absent"));
    }
    if let Some((path, names)) = line.split_once(" has ").filter(|(path, _)| !path.contains(" = ")) {
        let wanted: Vec<String> = serde_json::from_str(names).unwrap_or_else(|error| panic!("{line}: {error}"));
        let found = at(prediction, path).as_object().map(|members| members.keys().cloned().collect());
        let (found, wanted) = (sorted(found.unwrap_or_default()), sorted(wanted));
        return (found != wanted).then(|| format!("{path} has {found:?}, expected {wanted:?}"));
    }
    let (path, wanted) = line.split_once(" = ").unwrap_or_else(|| panic!("no expectation: {line}"));
    let wanted: Value = serde_json::from_str(wanted).unwrap_or_else(|error| panic!("{line}: {error}"));
    let found = at(prediction, path);
    (*found != wanted).then(|| format!("{path} is {found}, expected {wanted}"))
}

#[test]
fn predictions_are_as_reasoned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 40, "{} scenarios", paths.len());
    let mut wrong = String::new();
    for path in paths {
        let scenario = read(&fs::read_to_string(&path).unwrap());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(scenario.reasons.lines().count() >= 3, "{name} gives no reasons");
        assert!(!scenario.expected.is_empty(), "{name} expects too little");
        let prediction = predict_json(&predict_fully(&Workspace::new(&scenario.files)));
        for line in &scenario.expected {
            if let Some(difference) = difference(&prediction, line) {
                let _ = writeln!(wrong, "{name}: {difference}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
