//! `docs/json.md` names every member that `--format json` prints, over all scenarios and examples.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use akoplan::ako::predict_fully;
use akoplan::analysis::analyse;
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
        members(&check_json(&workspace, &analyse(&workspace)), false, &mut found);
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
