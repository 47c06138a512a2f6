//! Compares the prediction with what the real AKO did, scenario by scenario and member by member.
//!
//! `tests/conformance/agreed.txt` names what agrees, a scenario and its members a line; none of them
//! may fall back. `tests/conformance/reasoned.txt` names what cannot be told from manifests alone, each
//! with its reason. `UPDATE_EXPECT=1 cargo test --test conformance` writes the first list anew;
//! `SHOW=003` prints where matching scenarios differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use akoplan::ako::{Prediction, predict_change, predict_fully};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::{Map, Value};

/// Members of the state; `bootError` and `crash` stand in place of the others.
const STATE: [&str; 5] = ["bootError", "crash", "objects", "virtualServices", "sent"];
/// Members that hold a state of their own: what differs from the first one.
const OUTLOOK: [&str; 2] = ["afterRestart", "allAtOnce"];
/// The reasoned list may hold so many of a hundred scenarios.
const MOST_REASONED: usize = 2;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

struct Scenario {
    name: String,
    group: String,
    files: Vec<SourceFile>,
    /// The manifests before, where the scenario is a change.
    from: Option<SourceFile>,
    expected: Value,
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder().join("scenarios")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// A scenario that counts: a stable one.
fn scenario(folder: &Path) -> Option<Scenario> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let expected: Value = serde_json::from_str(&read("expected.json")).unwrap();
    let group = expected["group"].as_str().unwrap().to_owned();
    if expected.get("unstable").is_some() {
        return None;
    }
    let files = ["akoplan.yaml", "values.yaml", "manifests.yaml"].map(|name| SourceFile::new(name, read(name))).into();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let before = "manifests-old.yaml";
    let from = folder.join(before).exists().then(|| SourceFile::new(before, read(before)));
    Some(Scenario { name, group, files, from, expected })
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

/// The members that count for a scenario: `allAtOnce` was tried on a few only, and where it is absent
/// nobody knows whether it was tried.
fn members(expected: &Value, predicted: &Value) -> Vec<(&'static str, Value, Value)> {
    let state = STATE.map(|name| (name, expected["state"].get(name).cloned(), predicted.get(name).cloned()));
    let outlook = OUTLOOK.map(|name| (name, expected.get(name).cloned(), predicted.get(name).cloned()));
    let known = |(name, expected, _): &(&str, Option<Value>, Option<Value>)| *name != "allAtOnce" || expected.is_some();
    let all = state.into_iter().chain(outlook).filter(known);
    let values = all.map(|(name, left, right)| (name, left.unwrap_or_default(), right.unwrap_or_default()));
    let values = values.map(|(name, left, right)| (name, comparable(left), comparable(right)));
    values.filter(|(_, left, right)| !(is_empty(left) && is_empty(right))).collect()
}

#[derive(Default)]
struct Report {
    table: BTreeMap<(String, &'static str), (usize, usize)>,
    agreed: BTreeSet<String>,
    differing: BTreeSet<String>,
}

impl Report {
    fn count(&mut self, group: &str, member: &'static str, agrees: bool) {
        let cell = self.table.entry((group.to_owned(), member)).or_default();
        cell.0 += usize::from(agrees);
        cell.1 += 1;
    }

    fn add(&mut self, scenario: &Scenario, shown: Option<&str>) {
        let workspace = Workspace::new(&scenario.files);
        let prediction = match &scenario.from {
            Some(from) => predict_change(&Workspace::new(slice::from_ref(from)), &workspace),
            None => predict_fully(&workspace),
        };
        let prediction = serde_json::to_value(prediction).unwrap();
        let mut lines = Vec::new();
        for (member, expected, predicted) in members(&scenario.expected, &prediction) {
            let before = lines.len();
            differences(member, &expected, &predicted, &mut lines);
            let agrees = lines.len() == before;
            self.count(&scenario.group, member, agrees);
            let list = if agrees { &mut self.agreed } else { &mut self.differing };
            list.insert(format!("{} {member}", scenario.name));
        }
        self.count(&scenario.group, "all", lines.is_empty());
        if shown.is_some_and(|shown| !lines.is_empty() && scenario.name.starts_with(shown)) {
            println!("{}\n{}", scenario.name, lines.join("\n"));
        }
    }
}

#[test]
fn prediction_agrees_with_ako() {
    let shown = std::env::var("SHOW").ok();
    let mut report = Report::default();
    for scenario in folders().iter().filter_map(|folder| scenario(folder)) {
        report.add(&scenario, shown.as_deref());
    }
    for ((group, member), (good, all)) in &report.table {
        println!("{group} {member:16} {good:3} of {all:3}");
    }
    check_agreed(&report.agreed);
    check_reasoned(&report.differing);
}

/// A change from nothing is the first application, and a change to the same changes nothing.
#[test]
fn changes_from_nothing_and_to_the_same() {
    let mut differing = Vec::new();
    for scenario in folders().iter().filter_map(|folder| scenario(folder)) {
        let workspace = Workspace::new(&scenario.files);
        let state = |prediction: &Prediction| {
            let Prediction { objects, virtual_services, sent, .. } = prediction;
            comparable(serde_json::json!({ "objects": objects, "virtualServices": virtual_services, "sent": sent }))
        };
        let plain = predict_fully(&workspace);
        let cases = [("nothing", Workspace::default()), ("the same", Workspace::new(&scenario.files))];
        for (before, from) in cases.iter().filter(|_| plain.crash.is_none()) {
            let mut lines = Vec::new();
            differences("", &state(&plain), &state(&predict_change(from, &workspace)), &mut lines);
            if !lines.is_empty() {
                differing.push(format!("{} from {before}\n{}", scenario.name, lines.join("\n")));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The ratchet: what agreed once agrees for good.
fn check_agreed(agreed: &BTreeSet<String>) {
    let path = folder().join("agreed.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let mut by_scenario: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (scenario, member) in agreed.iter().filter_map(|entry| entry.split_once(' ')) {
            by_scenario.entry(scenario).or_default().push(member);
        }
        let lines = by_scenario.iter().map(|(scenario, members)| format!("{scenario} {}\n", members.join(" ")));
        fs::write(&path, lines.collect::<String>()).unwrap();
        return;
    }
    let listed = fs::read_to_string(&path).unwrap();
    let entries = listed.lines().flat_map(|line| {
        let mut words = line.split(' ');
        let scenario = words.next().unwrap_or_default();
        words.map(move |member| format!("{scenario} {member}"))
    });
    let lost: Vec<String> = entries.filter(|entry| !agreed.contains(entry)).collect();
    assert!(lost.is_empty(), "no longer agree with AKO: {}", lost.join(", "));
}

/// What cannot be told from manifests alone: `scenario member: reason; what akoplan says`.
fn check_reasoned(differing: &BTreeSet<String>) {
    let list = fs::read_to_string(folder().join("reasoned.txt")).unwrap();
    let reasoned: BTreeSet<&str> = list.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    for line in list.lines() {
        println!("reasoned: {line}");
    }
    let agreeing: Vec<&&str> = reasoned.iter().filter(|entry| !differing.contains(**entry)).collect();
    assert!(agreeing.is_empty(), "in reasoned.txt, and agree: {agreeing:?}");
    let open: Vec<&String> = differing.iter().filter(|entry| !reasoned.contains(entry.as_str())).collect();
    assert!(open.is_empty(), "differ from AKO without a reason: {open:?}");
    let scenarios: BTreeSet<&str> = reasoned.iter().filter_map(|entry| entry.split(' ').next()).collect();
    let count = scenarios.len();
    assert!(count * 100 <= folders().len() * MOST_REASONED, "too many in reasoned.txt: {count}");
}
