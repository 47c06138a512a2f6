//! helm takes the charts and gives the project's objects, and what it gives passes the check as before.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use akoplan::analysis::{Analysis, analyse};
use akoplan::edit::value_of;
use akoplan::examples;
use akoplan::export::helm::{Chart, charts};
use akoplan::model::Kind;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

use crate::interop::Folder;
use crate::tools::{Objects, assert_same, tools};
use crate::{Project, projects, read, write};

/// Findings by code and object, each with how often it is there.
fn findings(workspace: &Workspace, analysis: &Analysis) -> BTreeMap<(String, String), usize> {
    let mut found = BTreeMap::new();
    for finding in &analysis.findings {
        let object = finding.object.clone().unwrap_or_default();
        *found.entry((finding.code.to_owned(), object)).or_default() += 1;
    }
    assert!(!workspace.objects().is_empty());
    found
}

#[test]
fn helm_takes_the_charts_and_renders_the_projects_objects() {
    let Some(tools) = tools() else { return };
    let projects = projects();
    let folder = Folder::with("helm-charts", &[]);
    let rendered = Folder::with("helm-rendered", &[]);
    let (mut all, mut outdated): (Vec<PathBuf>, Vec<PathBuf>) = Default::default();
    let mut streams: BTreeMap<&str, String> = BTreeMap::new();
    for project in &projects {
        let made = charts(&project.workspace, &project.analysis);
        let at = folder.0.join(&project.name);
        for file in &made.files {
            write(&at.join(&file.name), &file.text);
        }
        for chart in &made.charts {
            let path = at.join("charts").join(&chart.name);
            let namespace = chart.namespace.as_deref().unwrap_or("avi-system");
            let text = tools.template(&chart.release(), &path, namespace);
            let text = text.unwrap_or_else(|problem| panic!("{}, {}: {problem}", project.name, chart.name));
            write(&rendered.0.join(&project.name).join(&chart.name).join("all.yaml"), &text);
            streams.entry(&project.name).or_default().push_str(&text);
            if project.name == "mistakes" && chart.namespace.is_some() { &mut outdated } else { &mut all }.push(path);
        }
    }
    assert_eq!(tools.lint(&all), Vec::<String>::new());
    // The published example's Ingress is of a version that is no more: AKP701 says it, and so does helm.
    let said = tools.lint(&outdated);
    assert!(said.len() == 1 && said[0].contains("networking.k8s.io/v1beta1 Ingress is deprecated"), "{said:?}");
    for project in &projects {
        checks_as_before(project, &streams[project.name.as_str()]);
    }
    let Some(rendered) = read(&rendered) else { return };
    for project in &projects {
        assert_same(&project.name, &with_what_stays(project.objects()), &rendered[&project.name]);
    }
}

/// Objects as charts have them: the one thing that is added lets Namespaces and definitions stay when a release goes.
fn with_what_stays(mut objects: Objects) -> Objects {
    let stays = ["Namespace", "CustomResourceDefinition"];
    for object in objects.values_mut().flatten().filter(|object| stays.iter().any(|kind| object["kind"] == **kind)) {
        let annotations = &mut object["metadata"]["annotations"];
        if annotations.is_null() {
            *annotations = serde_json::json!({});
        }
        annotations.as_object_mut().unwrap().entry("helm.sh/resource-policy").or_insert_with(|| "keep".into());
    }
    objects
}

/// Namespaces and definitions in all ways of writing them, each with the annotation until a value takes it away.
#[test]
fn namespaces_and_definitions_stay_unless_a_value_says_otherwise() {
    let Some(tools) = tools() else { return };
    let text = "apiVersion: v1\nkind: Namespace\nmetadata: # block\n  # its name\n  name: a\n---\n\
                apiVersion: v1\nkind: Namespace\nmetadata:\n  name: b\n  annotations:\n    # mine\n    x: \"on\"\n---\n\
                {apiVersion: v1, kind: Namespace, metadata: {name: c}}\n---\n\
                {apiVersion: v1, kind: Namespace, metadata: {name: d, annotations: {}}}\n---\n\
                apiVersion: v1\nkind: Namespace\nmetadata:\n  name: e\n  annotations:\n---\n\
                apiVersion: v1\nkind: Namespace\nmetadata: {name: f, annotations: {x: z}}\n---\n\
                apiVersion: v1\nkind: Namespace\nmetadata:\n  name: g\n  \
                annotations: {helm.sh/resource-policy: keep}\n---\n\
                apiVersion: v1\nkind: Namespace\nmetadata: &m\n  name: h\nx: *m\n---\n\
                apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  \
                name: i.example.com\n";
    let project = Project::new("stay".to_owned(), &[SourceFile::new("a.yaml", text)]);
    let folder = Folder::with("helm-stay", &charts(&project.workspace, &project.analysis).files);
    let chart = folder.0.join("charts/segments");
    assert_eq!(tools.lint(std::slice::from_ref(&chart)), Vec::<String>::new());
    let rendered = Folder::with("helm-stay-rendered", &[]);
    let by_default = tools.template("release", &chart, "avi-system").unwrap();
    write(&rendered.0.join("default/all/all.yaml"), &by_default);
    assert_eq!(by_default.matches("helm.sh/resource-policy: keep").count(), 9, "{by_default}");
    let without = tools.template_with("release", &chart, "keepOnUninstall=false").unwrap();
    write(&rendered.0.join("without/all/all.yaml"), &without);
    let Some(rendered) = read(&rendered) else { return };
    assert_same("by default", &with_what_stays(project.objects()), &rendered["default"]);
    assert_same("without", &project.objects(), &rendered["without"]);
}

/// What the charts render goes back into the check, with AKO's values and the settings: it finds nothing new.
fn checks_as_before(project: &Project, stream: &str) {
    let is_beside = |file: &SourceFile| ["values.yaml", "akoplan.yaml"].contains(&&*file.name);
    let beside = project.workspace.sources().into_iter().filter(is_beside);
    // What AKO runs with is in the cluster, whatever file it stood in.
    let maps = project.workspace.objects().iter().filter(|object| object.kind == Kind::AkoConfigMap);
    let maps = maps.map(|map| SourceFile::new("ako.yaml", value_of(map.tree(), map.node()).unwrap().to_string()));
    let files: Vec<SourceFile> = beside.chain(maps).chain([SourceFile::new("<stdin>", stream)]).collect();
    let again = Project::new(project.name.clone(), &files);
    let before = findings(&project.workspace, &project.analysis);
    let mut new = Vec::new();
    for (finding, count) in findings(&again.workspace, &again.analysis) {
        let old = before.get(&finding).copied().unwrap_or_default();
        new.extend((old..count).map(|_| finding.0.clone()));
    }
    assert_eq!(new, Vec::<String>::new(), "{}\n{stream}", project.name);
}

#[test]
fn the_rendered_charts_of_the_clean_example_pass_the_check_from_standard_input() {
    let Some(tools) = tools() else { return };
    let project = Project::new("clean".to_owned(), &examples::clean());
    let made = charts(&project.workspace, &project.analysis);
    let folder = Folder::with("helm-check", &made.files);
    for name in ["values.yaml", "akoplan.yaml"] {
        let file = project.workspace.file(name).unwrap();
        write(&folder.0.join(name), &file.source.text);
    }
    let render = |chart: &Chart| {
        let namespace = chart.namespace.as_deref().unwrap_or("avi-system");
        tools.template(&chart.release(), &folder.0.join("charts").join(&chart.name), namespace).unwrap()
    };
    let stream: String = made.charts.iter().map(render).collect();
    // What AKO runs with, as `kubectl get configmap avi-k8s-config --output yaml` gives it.
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: avi-k8s-config, namespace: avi-system}\ndata:\n  \
               clusterName: tkg-wkld\n  servicesAPI: \"true\"\n  serviceType: ClusterIP\n";
    write(&folder.0.join("ako.yaml"), map);
    let check = |beside: &[&str]| {
        let mut check = Command::new(env!("CARGO_BIN_EXE_akoplan"));
        check.current_dir(&folder.0).args(["check", "--fail-on", "info", "-"]).args(beside);
        let mut check = check.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        check.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
        let output = check.wait_with_output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for beside in [&["values.yaml"][..], &["ako.yaml"], &["values.yaml", "akoplan.yaml"]] {
        let (passes, said) = check(beside);
        assert!(passes, "{beside:?}: {said}");
    }
    let (passes, said) = check(&[]);
    assert!(
        !passes && said.contains("info[AKP903]") && said.ends_with("\n1 info\n"),
        "nobody knows AKO's values: {said}"
    );
}

/// What AKP809 says of hooks is what helm does: it leaves an object out for one word that it does not know.
#[test]
fn helm_leaves_out_what_has_a_hook_that_it_does_not_know() {
    let Some(tools) = tools() else { return };
    let class = |at: usize, hook: &str| {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: class-{at}\n  annotations:\n    \
             helm.sh/hook: {hook:?}\nspec:\n  controller: ako.vmware.com/avi-lb\n"
        );
        SourceFile::new(format!("templates/{at}.yaml"), text)
    };
    let hooks =
        ["pre-install,Pre-Upgrade", "crd-install", "pre-install, bogus", "", "test-success", "post-rollback", "test"];
    let templates: Vec<SourceFile> = hooks.iter().enumerate().map(|(at, hook)| class(at, hook)).collect();
    let workspace = Workspace::new(&templates);
    let mut chart = templates;
    chart.push(SourceFile::new("Chart.yaml", "apiVersion: v2\nname: hooks\nversion: 0.1.0\n"));
    let folder = Folder::with("helm-hooks", &chart);
    let rendered = tools.template("release", &folder.0, "default").unwrap();
    let findings = analyse(&workspace).findings;
    let told: Vec<_> = findings.iter().filter(|finding| finding.code == "AKP809").collect();
    assert_eq!(told.len(), hooks.len());
    for finding in told {
        let name = finding.object.as_deref().unwrap().rsplit('/').next().unwrap();
        let is_rendered = rendered.contains(&format!("name: {name}\n"));
        assert_eq!(!is_rendered, finding.effect.contains("leaves the object out"), "{name}: {}", finding.effect);
    }
}
