//! kustomize takes the manifests for Argo CD: the project's objects with waves; and the apply kit has the bundle's bytes.

use std::fmt::Write as _;

use akoplan::analysis::analyse;
use akoplan::command::Command;
use akoplan::edit::value_of;
use akoplan::export::argo::WAVE_ANNOTATION;
use akoplan::export::{kit, waves};
use akoplan::syntax::FieldPath;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
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

/// The project with waves of people's own on some objects, which seldom agree with each other.
fn with_own_waves(project: &Project, seed: usize) -> Workspace {
    let path = FieldPath::parse("metadata.annotations").key(WAVE_ANNOTATION);
    let is_chosen = |(at, _): &(usize, _)| (at * 7 + seed).is_multiple_of(5);
    let applied = project.workspace.objects().iter().filter(|object| object.kind.is_exported());
    let commands = applied.enumerate().filter(is_chosen).map(|(at, object)| {
        let wave = ["-20", "-9", "-6", "-1", "0", "2", "5", "late"][(at + seed * 3) % 8];
        Command::set(&object.address, path.clone(), Value::from(wave))
    });
    // Some objects are written in ways into which no form writes an annotation.
    let commands = commands.filter(|command| command.apply(&project.workspace).is_ok());
    Command::Batch(commands.collect()).apply(&project.workspace).unwrap()
}

/// What an object names: group and kind of a setting or class, and its name.
fn named(object: &Value) -> Option<(&'static str, &'static str, &str)> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
    let group = text("/apiVersion")?.split('/').next()?;
    let setting = |name| ("ako.vmware.com", "AviInfraSetting", name);
    Some(match (group, text("/kind")?) {
        ("networking.x-k8s.io", "GatewayClass") => setting(text("/spec/parametersRef/name")?),
        ("networking.k8s.io", "IngressClass") => setting(text("/spec/parameters/name")?),
        ("v1", "Service") => setting(text("/metadata/annotations/aviinfrasetting.ako.vmware.com~1name")?),
        ("networking.x-k8s.io", "Gateway") => ("networking.x-k8s.io", "GatewayClass", text("/spec/gatewayClassName")?),
        ("networking.k8s.io", "Ingress") => ("networking.k8s.io", "IngressClass", text("/spec/ingressClassName")?),
        _ => return None,
    })
}

#[test]
fn users_come_after_settings_and_classes_whatever_waves_people_gave() {
    let (mut held, mut told) = (0, 0);
    for (seed, project) in projects().iter().enumerate() {
        let workspace = with_own_waves(project, seed);
        let made = waves(&workspace, &analyse(&workspace));
        let page = made[0].text.to_string();
        let read = Workspace::new(&manifests(made));
        let wave = |object: &akoplan::workspace::Object| -> i64 {
            object.annotation(WAVE_ANNOTATION).map_or(0, |text| text.parse().unwrap_or(0))
        };
        let has_own = |object: &akoplan::workspace::Object| {
            let own = workspace.objects().iter().filter(|own| own.identity == object.identity);
            own.filter_map(|own| own.annotation(WAVE_ANNOTATION)).count() > 0
        };
        for user in read.objects() {
            let value = value_of(user.tree(), user.node()).unwrap();
            let Some((group, kind, name)) = named(&value) else { continue };
            let is_used = |used: &&akoplan::workspace::Object| {
                let identity = &used.identity;
                identity.group == group && identity.kind == kind && identity.name == name
            };
            for used in read.objects().iter().filter(is_used) {
                if wave(user) > wave(used) {
                    held += 1;
                    continue;
                }
                assert!(has_own(user), "{}: {} before {}", project.name, read.key(user), read.key(used));
                let line = format!(
                    "- **`{}` is of wave {} and does not come after `{}`, wave {}",
                    read.key(user),
                    wave(user),
                    read.key(used),
                    wave(used)
                );
                assert!(page.contains(&line), "{}: no {line}", project.name);
                told += 1;
            }
        }
    }
    assert!(held > 500 && told > 10, "{held} held, {told} told");
}
