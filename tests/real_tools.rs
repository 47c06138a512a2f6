//! What helm, kubectl and a YAML 1.1 parser make of our exports: the plain bundle's objects, value for value.
//!
//! The projects are both examples and fifty generated ones (`support/workspaces.rs`). Where the tools or Python's
//! modules are missing the tests say so and pass; in continuous integration (`CI` is set) they fail instead.

#[path = "real_tools/helm.rs"]
mod helm;
#[path = "support/interop.rs"]
mod interop;
#[path = "real_tools/kustomize.rs"]
mod kustomize;
#[path = "real_tools/overlays.rs"]
mod overlays;
#[path = "real_tools/rendered.rs"]
mod rendered;
#[path = "real_tools/snippets.rs"]
mod snippets;
#[path = "support/tools.rs"]
mod tools;
#[path = "real_tools/waves.rs"]
mod waves;
#[path = "support/workspaces.rs"]
mod workspaces;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use akoplan::analysis::{Analysis, analyse};
use akoplan::edit::value_of;
use akoplan::examples;
use akoplan::export::bundle;
use akoplan::model::Kind;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use interop::{Folder, interop};
use serde_json::Value;
use tools::{Objects, by_identity};

/// How many projects are generated.
const GENERATED: u64 = 50;

/// A project with what akoplan says of it.
struct Project {
    name: String,
    workspace: Workspace,
    analysis: Analysis,
}

impl Project {
    fn new(name: String, files: &[SourceFile]) -> Self {
        let workspace = Workspace::new(files);
        let analysis = analyse(&workspace);
        Self { name, workspace, analysis }
    }

    /// The objects that go to the cluster, as the core reads them in the user's own files.
    fn objects(&self) -> Objects {
        let applied = self.workspace.objects().iter().filter(|object| object.kind.is_exported());
        let values: Vec<Value> = applied.map(|object| value_of(object.tree(), object.node()).unwrap()).collect();
        by_identity(&values)
    }

    /// The manifests of the plain bundle.
    fn manifests(&self) -> Vec<SourceFile> {
        let bundle = bundle(&self.workspace, &self.analysis);
        // The published example has a Service that no reader takes, for its curly quote.
        let unread = usize::from(self.name == "mistakes");
        let of_ako = self.workspace.objects().iter().filter(|object| object.kind == Kind::AkoConfigMap).count();
        assert_eq!(bundle.left_out.len(), unread + of_ako, "{}: {:?}", self.name, bundle.left_out);
        bundle.files.into_iter().filter(|file| file.name.contains('/')).collect()
    }
}

/// The examples and the generated projects.
fn projects() -> Vec<Project> {
    let examples = [("clean", examples::clean()), ("mistakes", examples::mistakes())];
    let examples = examples.into_iter().map(|(name, files)| Project::new(name.to_owned(), &files));
    let generated = (0..GENERATED).map(|seed| Project::new(format!("generated-{seed}"), &workspaces::project(seed)));
    examples.chain(generated).collect()
}

/// The objects in the files of each folder that a test has filled, read as YAML 1.1.
fn read(folder: &Folder) -> Option<BTreeMap<String, Objects>> {
    let files = interop(&[Path::new("values"), &folder.0])?;
    let mut documents: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (path, values) in files.as_object().unwrap() {
        let project = path.split('/').next().unwrap_or_default();
        documents.entry(project.to_owned()).or_default().extend(values.as_array().unwrap().iter().cloned());
    }
    Some(documents.into_iter().map(|(project, values)| (project, by_identity(&values))).collect())
}

#[test]
fn generated_projects_are_whole_and_different() {
    let texts = (0..GENERATED).map(|seed| {
        let files = workspaces::project(seed);
        assert_eq!(files, workspaces::project(seed));
        let workspace = Workspace::new(&files);
        let kinds: BTreeMap<&str, usize> = workspace.objects().iter().fold(BTreeMap::new(), |mut kinds, object| {
            *kinds.entry(object.identity.kind.as_str()).or_default() += 1;
            kinds
        });
        for kind in ["AviInfraSetting", "GatewayClass", "IngressClass", "Gateway", "Service", "ConfigMap"] {
            assert!(kinds.contains_key(kind), "{seed}: {kinds:?}");
        }
        files.into_iter().map(|file| file.text.to_string()).collect::<String>()
    });
    let texts: BTreeSet<String> = texts.collect();
    assert_eq!(texts.len(), usize::try_from(GENERATED).unwrap());
    let all: String = texts.into_iter().collect();
    for odd in
        ["{{ .Values.x }}", "0123", "1e3", "2024-01-01", "'on'", "\"*\"", "😀", " lead", "\r\n", &"x".repeat(253)]
    {
        assert!(all.contains(odd), "{odd}");
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
