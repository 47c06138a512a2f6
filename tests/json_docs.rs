//! `docs/json.md` names every member that `--format json` prints, over all scenarios and examples, and of
//! each command those members alone, each once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use akoplan::ako::predict_fully;
use akoplan::analysis::analyse;
use akoplan::check::Checked;
use akoplan::examples;
use akoplan::report::{check_json, diff_json, predict_json};
use akoplan::review::review;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use serde_json::Value;

/// Members whose own members are names of objects.
const BY_NAME: [&str; 7] = ["objects", "virtualServices", "vsVips", "pools", "poolGroups", "children", "parentRef"];

fn members(value: &Value, names: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| members(item, names, found)),
        Value::Object(of) => {
            for (name, value) in of {
                if !names {
                    found.insert(name.clone());
                }
                members(value, !names && BY_NAME.contains(&name.as_str()), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_member_is_described() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/json.md")).unwrap();
    let mut found = BTreeSet::new();
    let mut look = |files: &[SourceFile]| {
        let workspace = Workspace::new(files);
        members(&predict_json(&predict_fully(&workspace)), false, &mut found);
        members(&check_json(&workspace, &Checked::new(&workspace, &analyse(&workspace))), false, &mut found);
    };
    look(&examples::mistakes());
    for folder in fs::read_dir(root.join("tests/conformance/scenarios")).unwrap() {
        let folder = folder.unwrap().path();
        let read = |name: &str| SourceFile::new(name, fs::read_to_string(folder.join(name)).unwrap());
        look(&["akoplan.yaml", "values.yaml", "manifests.yaml"].map(read));
    }
    let (old, new) = (Workspace::new(&examples::mistakes()), Workspace::new(&examples::clean()));
    for (old, new) in [(&old, &new), (&new, &old)] {
        members(&diff_json(old, new, &review(old, new)), false, &mut found);
    }
    assert!(found.len() > 40, "{found:?}");
    let missing: Vec<&String> = found.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/json.md does not describe {missing:?}");
}

/// Commands whose whole answer is described, and what each prints over all scenarios and examples.
fn printed() -> BTreeMap<&'static str, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut printed: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let mut print = |command, value: &Value| {
        let members = value.as_object().into_iter().flat_map(|members| members.keys().cloned());
        printed.entry(command).or_default().extend(members);
    };
    let mut look = |files: &[SourceFile]| {
        let workspace = Workspace::new(files);
        print("predict", &predict_json(&predict_fully(&workspace)));
        print("check", &check_json(&workspace, &Checked::new(&workspace, &analyse(&workspace))));
    };
    look(&examples::mistakes());
    look(&[SourceFile::new("values.yaml", "AKOSettings: {clusterName: ''}\n")]);
    for folder in fs::read_dir(root.join("tests/conformance/scenarios")).unwrap() {
        let folder = folder.unwrap().path();
        let read = |name: &str| SourceFile::new(name, fs::read_to_string(folder.join(name)).unwrap());
        look(&["akoplan.yaml", "values.yaml", "manifests.yaml"].map(read));
    }
    let (old, new) = (Workspace::new(&examples::mistakes()), Workspace::new(&examples::clean()));
    print("diff", &diff_json(&old, &new, &review(&old, &new)));
    printed
}

/// The members in the first table of a command's section.
fn described(page: &str, command: &str) -> Vec<String> {
    let section = page.split("\n## ").find(|section| section.starts_with(&format!("`akoplan {command} ")));
    let lines = section.unwrap_or_else(|| panic!("no section about {command}")).lines();
    let table = lines.skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| line.starts_with('|'));
    let first_columns = table.filter_map(|line| line.split('|').nth(1));
    first_columns.flat_map(|names| names.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn each_command_is_described_with_its_own_members_each_once() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md")).unwrap();
    for (command, printed) in printed() {
        let described = described(&page, command);
        let once: BTreeSet<String> = described.iter().cloned().collect();
        assert_eq!(once.len(), described.len(), "{command}: a member stands twice in {described:?}");
        assert_eq!(once, printed, "{command}: described on the left, printed on the right");
    }
}
