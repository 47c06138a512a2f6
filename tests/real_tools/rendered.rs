//! What helm has rendered is no template, whatever braces are in it; and helm takes the names that are printed.

use akoplan::export::helm::{Charts, charts};
use akoplan::text::SourceFile;

use crate::Project;
use crate::interop::Folder;
use crate::tools::tools;

/// Renders each chart under the name that the page prints.
fn rendered(project: &Project) -> Option<(Charts, String)> {
    let tools = tools()?;
    let made = charts(&project.workspace, &project.analysis);
    let folder = Folder::with(&format!("helm-{}", project.name), &made.files);
    let mut stream = String::new();
    for chart in &made.charts {
        let namespace = chart.namespace.as_deref().unwrap_or("avi-system");
        let path = folder.0.join("charts").join(&chart.name);
        stream += &tools.template(&chart.release(), &path, namespace).unwrap();
    }
    Some((made, stream))
}

fn service(namespace: &str, label: &str) -> SourceFile {
    let text = format!(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: {namespace}\n  labels:\n    app: {label}\n\
         spec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n"
    );
    SourceFile::new("web.yaml", text)
}

#[test]
fn quoted_braces_come_back_as_text() {
    let project = Project::new("braces".to_owned(), &[service("red", "\"{{web}}\"")]);
    let codes = |project: &Project| project.analysis.findings.iter().map(|it| it.code).collect::<Vec<_>>();
    assert!(codes(&project).contains(&"AKP004"));
    let Some((_, stream)) = rendered(&project) else { return };
    assert!(stream.contains("# Source: red-gateways/templates/") && stream.contains("{{web}}"), "{stream}");
    let again = Project::new("again".to_owned(), &[SourceFile::new("<stdin>", stream)]);
    assert!(!codes(&again).contains(&"AKP004"), "{:?}", codes(&again));
    let plain = Project::new("plain".to_owned(), &[service("red", "web")]);
    let landings =
        |project: &Project| project.analysis.prediction.landings.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(landings(&again), landings(&plain));
    assert_eq!(landings(&again).len(), 1);
    // And on into charts, once more.
    let Some((_, twice)) = rendered(&again) else { return };
    assert_eq!(Project::new("twice".to_owned(), &[SourceFile::new("<stdin>", twice)]).objects(), again.objects());
}

#[test]
fn helm_takes_the_release_of_the_longest_namespace() {
    let namespace = "n".repeat(63);
    let project = Project::new("long".to_owned(), &[service(&namespace, "web")]);
    let Some((made, stream)) = rendered(&project) else { return };
    assert!(stream.contains("name: web"), "{stream}");
    let [chart] = made.charts.as_slice() else { panic!("{:?}", made.charts) };
    assert_ne!(chart.release(), chart.name);
    let page = &made.files.iter().find(|file| file.name == "charts/README.md").unwrap().text;
    for command in ["helm upgrade --install", "helm uninstall"] {
        assert!(page.contains(&format!("{command} {} ", chart.release())), "{page}");
    }
    let Some(tools) = tools() else { return };
    let folder = Folder::with("helm-too-long", &made.files);
    let path = folder.0.join("charts").join(&chart.name);
    assert!(tools.template(&chart.name, &path, &namespace).is_err(), "helm would take the whole name");
}
