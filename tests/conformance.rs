//! Compares the prediction with what the real AKO did, scenario by scenario.
//!
//! `tests/conformance/agreed.txt` names the scenarios that agree; none of them may fall back.
//! `UPDATE_EXPECT=1 cargo test --test conformance` writes the list anew; `SHOW=003` prints where
//! matching scenarios differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use akoplan::ako::predict;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::{Map, Value};

/// Members that are compared so far; the others of the README follow.
const MEMBERS: [&str; 4] = ["crash", "objects", "virtualServices", "sent"];
/// Groups that are not predicted yet: Gateway API v1, and changes.
const SKIPPED_GROUPS: [&str; 2] = ["F", "G"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

struct Scenario {
    name: String,
    group: String,
    files: Vec<SourceFile>,
    state: Value,
}

fn scenarios() -> Vec<Scenario> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder().join("scenarios")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().filter_map(|folder| scenario(&folder)).collect()
}

/// A scenario that counts: stable, and of a group that is predicted.
fn scenario(folder: &Path) -> Option<Scenario> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let mut expected: Value = serde_json::from_str(&read("expected.json")).unwrap();
    let group = expected["group"].as_str().unwrap().to_owned();
    if expected.get("unstable").is_some() || SKIPPED_GROUPS.contains(&group.as_str()) {
        return None;
    }
    let files = ["akoplan.yaml", "values.yaml", "manifests.yaml"].map(|name| SourceFile::new(name, read(name))).into();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    Some(Scenario { name, group, files, state: expected["state"].take() })
}

/// Order in lists carries no meaning, and an empty member equals an absent one.
fn comparable(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(comparable).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            let mut kept: Vec<(String, Value)> = members
                .into_iter()
                .map(|(name, value)| (name, comparable(value)))
                .filter(|(_, value)| !is_empty(value))
                .collect();
            kept.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(kept.into_iter().collect())
        }
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Where two values differ, one line each.
fn differences(path: &str, expected: &Value, predicted: &Value, lines: &mut Vec<String>) {
    if let (Value::Object(left), Value::Object(right)) = (expected, predicted) {
        let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        for name in names {
            let member = |members: &Map<String, Value>| members.get(name).cloned().unwrap_or_default();
            differences(&format!("{path}.{name}"), &member(left), &member(right), lines);
        }
    } else if expected != predicted {
        lines.push(format!("    {path}\n      AKO:     {expected}\n      akoplan: {predicted}"));
    }
}

#[test]
fn prediction_agrees_with_ako() {
    let shown = std::env::var("SHOW").ok();
    let mut table: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    let mut agreed = BTreeSet::new();
    for scenario in scenarios() {
        let prediction = serde_json::to_value(predict(&Workspace::new(&scenario.files))).unwrap();
        let mut lines = Vec::new();
        for member in MEMBERS {
            let of = |value: &Value| comparable(value.get(member).cloned().unwrap_or_default());
            let (expected, predicted) = (of(&scenario.state), of(&prediction));
            let before = lines.len();
            if !(is_empty(&expected) && is_empty(&predicted)) {
                differences(member, &expected, &predicted, &mut lines);
            }
            let cell = table.entry((scenario.group.clone(), member)).or_default();
            cell.0 += usize::from(lines.len() == before);
            cell.1 += 1;
        }
        if lines.is_empty() {
            agreed.insert(scenario.name.clone());
        } else if shown.as_ref().is_some_and(|shown| scenario.name.starts_with(shown.as_str())) {
            println!("{}\n{}", scenario.name, lines.join("\n"));
        }
        let cell = table.entry((scenario.group.clone(), "all")).or_default();
        cell.0 += usize::from(lines.is_empty());
        cell.1 += 1;
    }
    for ((group, member), (good, all)) in &table {
        println!("{group} {member:16} {good:3} of {all:3}");
    }
    check_list(&agreed);
}

/// The ratchet: what agreed once agrees for good.
fn check_list(agreed: &BTreeSet<String>) {
    let path = folder().join("agreed.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text: String = agreed.iter().flat_map(|name| [name, "\n"]).collect();
        fs::write(&path, text).unwrap();
        return;
    }
    let listed = fs::read_to_string(&path).unwrap();
    let lost: Vec<&str> = listed.lines().filter(|name| !agreed.contains(*name)).collect();
    assert!(lost.is_empty(), "no longer agree with AKO: {}", lost.join(", "));
}
