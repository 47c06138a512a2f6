//! kustomize takes base and overlays: the base gives the project's objects, an overlay those with what differs there.

use akoplan::command::Command;
use akoplan::export::kustomization;
use serde_json::{Value, json};

use crate::interop::Folder;
use crate::tools::{Objects, assert_same, tools};
use crate::{Project, projects, read, write};

/// The cluster that each project gets an overlay for: in it the first setting has another SE group and range.
const CLUSTER: &str = "0123";
const GROUP: &str = "1e3";
const CIDR: &str = "10.77.0.0/26";

/// The project with a second cluster, and the name of the setting that differs there.
fn with_cluster(project: &Project) -> (Project, String) {
    let settings = project.workspace.objects().iter().filter(|object| object.identity.kind == "AviInfraSetting");
    let setting = settings.map(|object| object.name().to_owned()).next().unwrap();
    let cluster = json!([{
        "name": CLUSTER,
        "settings": [{"name": setting, "seGroup": GROUP, "networks": [{"cidr": CIDR}]}],
    }]);
    let own = project.workspace.objects().iter().find(|object| object.identity.kind == "AkoplanSettings").unwrap();
    let workspace = Command::set(&own.address, "spec.clusters", cluster).apply(&project.workspace).unwrap();
    (Project::new(project.name.clone(), &workspace.sources()), setting)
}

/// Of objects with one identity the last, as kustomize takes nothing twice.
fn last(mut objects: Objects) -> Objects {
    for twins in objects.values_mut() {
        twins.drain(..twins.len() - 1);
    }
    objects
}

/// What the overlay must give.
fn differing(mut objects: Objects, setting: &str) -> Objects {
    let is_own =
        |identity: &String| identity.contains(" AviInfraSetting ") && identity.ends_with(&format!(" {setting}"));
    for (_, twins) in objects.iter_mut().filter(|(identity, _)| is_own(identity)) {
        let spec: &mut Value = &mut twins[0]["spec"];
        spec["seGroup"] = json!({"name": GROUP});
        spec["network"]["vipNetworks"][0]["cidr"] = json!(CIDR);
    }
    objects
}

#[test]
fn kustomize_takes_base_and_overlays() {
    let Some(tools) = tools() else { return };
    let projects: Vec<(Project, String)> = projects().iter().map(with_cluster).collect();
    let folder = Folder::with("kustomize-export", &[]);
    let rendered = Folder::with("kustomize-export-rendered", &[]);
    for (project, _) in &projects {
        let at = folder.0.join(&project.name);
        for file in kustomization(&project.workspace, &project.analysis) {
            write(&at.join(&file.name), &file.text);
        }
        for (what, place) in [("base", "base".to_owned()), ("overlay", format!("overlays/{CLUSTER}"))] {
            let text = tools.kustomize(&at.join(place));
            let text = text.unwrap_or_else(|problem| panic!("{}, {what}: {problem}", project.name));
            write(&rendered.0.join(format!("{} {what}", project.name)).join("all.yaml"), &text);
        }
    }
    let Some(rendered) = read(&rendered) else { return };
    assert_eq!(projects.len() * 2, rendered.len());
    for (project, setting) in &projects {
        let base = last(project.objects());
        let of = |what: &str| &rendered[&format!("{} {what}", project.name)];
        assert_same(&format!("{}, base", project.name), &base, of("base"));
        assert_same(&format!("{}, overlay", project.name), &differing(base, setting), of("overlay"));
    }
}
