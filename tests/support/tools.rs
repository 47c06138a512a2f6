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
    /// What `helm lint --strict` has to say against charts, in these folders.
    pub fn lint(&self, charts: &[PathBuf]) -> Vec<String> {
        let arguments = ["lint", "--strict", "--quiet"].into_iter().map(OsStr::new);
        let arguments: Vec<&OsStr> = arguments.chain(charts.iter().map(|chart| chart.as_os_str())).collect();
        let (Ok(said) | Err(said)) = run(&self.helm, &arguments);
        let is_complaint = |line: &&str| line.starts_with("[WARNING]") || line.starts_with("[ERROR]");
        let complaints: Vec<String> = said.lines().filter(is_complaint).map(str::to_owned).collect();
        // Each word against a chart is one of the two.
        assert_eq!(complaints.is_empty(), !said.contains("failed"), "{said}");
        complaints
    }

    /// What `helm template` makes of a chart.
    pub fn template(&self, release: &str, chart: &Path, namespace: &str) -> Result<String, String> {
        let namespace = OsStr::new(namespace);
        let arguments =
            [OsStr::new("template"), OsStr::new(release), chart.as_os_str(), OsStr::new("--namespace"), namespace];
        run(&self.helm, &arguments)
    }

    /// The same with a value that is set.
    pub fn template_with(&self, release: &str, chart: &Path, set: &str) -> Result<String, String> {
        let of = OsStr::new;
        run(&self.helm, &[of("template"), of(release), chart.as_os_str(), of("--set-json"), of(set)])
    }

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

/// Objects by API version, kind, namespace and name, those of one identity in one list; the items of a `List` are
/// objects of their own.
pub type Objects = BTreeMap<String, Vec<Value>>;

/// Sorts documents by what they are.
pub fn by_identity<'a>(documents: impl IntoIterator<Item = &'a Value>) -> Objects {
    let mut objects = Objects::new();
    let mut open: Vec<&Value> = documents.into_iter().collect();
    open.reverse();
    while let Some(value) = open.pop() {
        if value["kind"] == "List" {
            open.extend(value["items"].as_array().into_iter().flatten().rev());
            continue;
        }
        if value.is_null() {
            continue;
        }
        let of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let metadata = &value["metadata"];
        let identity = [&value["apiVersion"], &value["kind"], &metadata["namespace"], &metadata["name"]].map(of);
        objects.entry(identity.join(" ")).or_default().push(value.clone());
    }
    objects
}

/// Fails where objects differ, with the first difference.
pub fn assert_same(what: &str, wanted: &Objects, got: &Objects) {
    let identities = |objects: &Objects| objects.iter().map(|(key, all)| (key.clone(), all.len())).collect::<Vec<_>>();
    assert_eq!(identities(wanted), identities(got), "{what}");
    for (identity, wanted) in wanted {
        for (wanted, got) in wanted.iter().zip(&got[identity]) {
            assert!(same(wanted, got), "{what}: {identity}\nwanted {wanted:#}\ngot {got:#}");
        }
    }
}
