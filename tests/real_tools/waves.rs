//! kustomize takes the manifests for Argo CD: the project's objects with waves; and the apply kit has the bundle's bytes.

use std::fmt::Write as _;

use akoplan::export::argo::WAVE_ANNOTATION;
use akoplan::export::{kit, waves};
use akoplan::text::SourceFile;
use serde_json::Value;

use crate::interop::Folder;
use crate::tools::{Objects, assert_same, tools};
use crate::{Project, projects, read, write};

/// The manifests among an export's files.
fn manifests(files: Vec<SourceFile>) -> Vec<SourceFile> {
    let is_manifest = |file: &SourceFile| file.name.starts_with("platform/") || file.name.starts_with("apps/");
    files.into_iter().filter(is_manifest).collect()
}

/// Takes the waves out again, and counts them; annotations that had nothing else are as they were.
fn take_waves(objects: &mut Objects, before: &Objects) -> usize {
    let mut count = 0;
    for (identity, twins) in objects {
        for (at, object) in twins.iter_mut().enumerate() {
            let own = before.get(identity).and_then(|twins| twins[at]["metadata"].get("annotations"));
            let Some(metadata) = object["metadata"].as_object_mut() else { continue };
            let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) else { continue };
            let wave = annotations.remove(WAVE_ANNOTATION);
            count += usize::from(wave.as_ref().is_some_and(Value::is_string));
            if wave.is_some() && annotations.is_empty() {
                match own {
                    Some(own) => metadata.insert("annotations".to_owned(), own.clone()),
                    None => metadata.remove("annotations"),
                };
            }
        }
    }
    count
}

#[test]
fn kustomize_takes_the_manifests_with_waves() {
    let Some(tools) = tools() else { return };
    // The published example defines a class twice, which kustomize does not take.
    let is_taken = |project: &Project| project.objects().values().all(|twins| twins.len() == 1);
    let projects: Vec<Project> = projects().into_iter().filter(is_taken).collect();
    assert!(projects.len() > 50);
    let folder = Folder::with("argo-waves", &[]);
    let rendered = Folder::with("argo-rendered", &[]);
    for project in &projects {
        let at = folder.0.join(&project.name);
        let mut kustomization = "resources:\n".to_owned();
        for file in manifests(waves(&project.workspace, &project.analysis)) {
            let _ = writeln!(kustomization, "- {}", serde_json::to_string(&file.name).unwrap());
            write(&at.join(&file.name), &file.text);
        }
        write(&at.join("kustomization.yaml"), &kustomization);
        let text = tools.kustomize(&at).unwrap_or_else(|problem| panic!("{}: {problem}", project.name));
        write(&rendered.0.join(&project.name).join("all.yaml"), &text);
    }
    let Some(rendered) = read(&rendered) else { return };
    for project in &projects {
        let wanted = project.objects();
        let mut got = rendered[&project.name].clone();
        let count = take_waves(&mut got, &wanted);
        assert!(count > 0, "{}", project.name);
        assert_same(&project.name, &wanted, &got);
    }
}

#[test]
fn the_apply_kit_has_the_manifests_of_the_bundle() {
    for project in projects() {
        assert_eq!(
            manifests(kit(&project.workspace, &project.analysis).files),
            project.manifests(),
            "{}",
            project.name
        );
    }
}
