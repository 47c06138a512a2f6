//! kustomize takes the plain bundle and gives its objects.

use std::fmt::Write as _;

use akoplan::text::SourceFile;

use crate::interop::Folder;
use crate::tools::{assert_same, tools};
use crate::{projects, read, write};

#[test]
fn kustomize_takes_the_plain_bundle() {
    let Some(tools) = tools() else { return };
    let projects = projects();
    let folder = Folder::with("kustomize-plain", &[]);
    let rendered = Folder::with("kustomize-rendered", &[]);
    for project in &projects {
        let manifests = project.manifests();
        let mut kustomization = "resources:\n".to_owned();
        for file in &manifests {
            let _ = writeln!(kustomization, "- {}", serde_json::to_string(&file.name).unwrap());
        }
        let at = folder.0.join(&project.name);
        for file in manifests.iter().chain([&SourceFile::new("kustomization.yaml", kustomization)]) {
            write(&at.join(&file.name), &file.text);
        }
        let made = tools.kustomize(&at);
        if project.objects().values().any(|twins| twins.len() > 1) {
            // The published example defines a class twice.
            assert!(made.is_err_and(|problem| problem.contains("already registered id")), "{}", project.name);
        } else {
            let text = made.unwrap_or_else(|problem| panic!("{}: {problem}", project.name));
            write(&rendered.0.join(&project.name).join("all.yaml"), &text);
        }
        std::fs::remove_file(at.join("kustomization.yaml")).unwrap();
    }
    let (Some(plain), Some(rendered)) = (read(&folder), read(&rendered)) else { return };
    for project in &projects {
        let wanted = project.objects();
        assert_same(&format!("{}, plain", project.name), &wanted, &plain[&project.name]);
        if let Some(rendered) = rendered.get(&project.name) {
            assert_same(&format!("{}, kustomize", project.name), &wanted, rendered);
        }
    }
    assert_eq!(rendered.len(), projects.len() - 1);
}
