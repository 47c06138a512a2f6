//! The real helm and kubectl, as `scripts/setup.sh core` installs them.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use akoplan::edit::same;
use serde_json::Value;

/// Both tools.
pub struct Tools {
    helm: PathBuf,
    kubectl: PathBuf,
}

/// The tools; `None` where they are missing, which fails in continuous integration (`CI` is set).
pub fn tools() -> Option<Tools> {
    // As in scripts/env.sh.
    let folder = match std::env::var_os("AKOPLAN_TOOLS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&std::env::var_os("HOME")?).join(".cache/akoplan/tools"),
    };
    let tools = Tools { helm: folder.join("bin/helm"), kubectl: folder.join("bin/kubectl") };
    let missing: Vec<_> = [&tools.helm, &tools.kubectl].into_iter().filter(|tool| !tool.is_file()).collect();
    if missing.is_empty() {
        return Some(tools);
    }
    assert!(std::env::var_os("CI").is_none(), "missing: {missing:?}");
    eprintln!("skipped: {missing:?} are missing (scripts/setup.sh core)");
    None
}

impl Tools {
    /// What `kubectl kustomize` makes of a folder, or what it says against it.
    pub fn kustomize(&self, folder: &Path) -> Result<String, String> {
        run(&self.kubectl, &[OsStr::new("kustomize"), folder.as_os_str()])
    }
}

fn run(tool: &Path, arguments: &[&OsStr]) -> Result<String, String> {
    let output = Command::new(tool).args(arguments).output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }
}

/// Objects by API version, kind, namespace and name; the items of a `List` are objects of their own.
pub fn by_identity<'a>(documents: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, Value> {
    let mut objects = BTreeMap::new();
    let mut open: Vec<&Value> = documents.into_iter().collect();
    while let Some(value) = open.pop() {
        if value["kind"] == "List" {
            open.extend(value["items"].as_array().into_iter().flatten());
            continue;
        }
        if value.is_null() {
            continue;
        }
        let of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let metadata = &value["metadata"];
        let identity = [&value["apiVersion"], &value["kind"], &metadata["namespace"], &metadata["name"]].map(of);
        let before = objects.insert(identity.join(" "), value.clone());
        assert!(before.is_none(), "twice: {identity:?}");
    }
    objects
}

/// Fails where objects differ, with the first difference.
pub fn assert_same(what: &str, wanted: &BTreeMap<String, Value>, got: &BTreeMap<String, Value>) {
    let identities = |objects: &BTreeMap<String, Value>| objects.keys().cloned().collect::<Vec<_>>();
    assert_eq!(identities(wanted), identities(got), "{what}");
    for (identity, wanted) in wanted {
        let got = &got[identity];
        assert!(same(wanted, got), "{what}: {identity}\nwanted {wanted:#}\ngot {got:#}");
    }
}
