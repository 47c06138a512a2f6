//! Snippets pasted into a chart that was there before render to what the prediction expects.

use std::collections::BTreeMap;
use std::path::Path;

use akoplan::analysis::Analysis;
use akoplan::examples;
use akoplan::export::snippets::{SnippetPart, snippets};
use akoplan::text::SourceFile;

use crate::Project;
use crate::interop::Folder;
use crate::tools::tools;

/// The clean example in a namespace.
fn clean_in(namespace: &str) -> Vec<SourceFile> {
    let moved = |file: SourceFile| {
        let text = file.text.replace("namespace: default", &format!("namespace: {namespace}"));
        SourceFile::new(
            file.name,
            text.replace("gateway-namespace: default", &format!("gateway-namespace: {namespace}")),
        )
    };
    examples::clean().into_iter().map(moved).collect()
}

/// Where the Services of a project land, and how they come there.
fn landings(analysis: &Analysis) -> BTreeMap<String, String> {
    let landings = analysis.prediction.landings.iter();
    landings.map(|landing| (landing.subject.to_string(), format!("{:?}: {}", landing.via, landing.outcome))).collect()
}

/// Puts a snippet's lines where its first comment says: below `labels` or `annotations` that are there already, in
/// place of a `type`, else below their parents.
fn paste(template: &str, snippet: &str) -> String {
    let mut lines: Vec<String> = template.lines().map(str::to_owned).collect();
    let (mut parent, mut group) = (String::new(), None);
    for line in snippet.lines().filter(|line| !line.starts_with('#')) {
        let key = line.split(':').next().unwrap().to_owned() + ":";
        let place = |lines: &[String], wanted: &str| lines.iter().position(|line| line.starts_with(wanted));
        if !line.starts_with(' ') {
            (parent, group) = (key, None);
        } else if let (Some(at), true) = (place(&lines, &key), parent == "spec:") {
            line.clone_into(&mut lines[at]);
        } else if line.starts_with("    ") {
            let at = place(&lines, group.as_deref().unwrap()).unwrap();
            lines.insert(at + 1, line.to_owned());
        } else {
            if place(&lines, &key).is_none() {
                let at = place(&lines, &parent).unwrap();
                lines.insert(at + 1, line.to_owned());
            }
            group = Some(key);
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn snippets_in_a_real_chart_render_to_what_the_prediction_expects() {
    let Some(tools) = tools() else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sample_chart");
    for (namespace, by_values) in [("default", false), ("default", true), ("blue", false), ("blue", true)] {
        let project = Project::new(format!("clean in {namespace}"), &clean_in(namespace));
        let made = snippets(&project.workspace, &project.analysis);
        let names = ["Chart.yaml", "values.yaml", "templates/statefulset.yaml"];
        let mut chart: BTreeMap<String, String> =
            names.map(|name| (name.to_owned(), std::fs::read_to_string(data.join(name)).unwrap())).into();
        let services = ["web-statefulset-service-oam", "traffic-service-trf"];
        for service in services {
            let snippet = made.iter().find(|snippet| snippet.service == service).unwrap();
            let part = |file: &str| {
                let part = snippet.parts.iter().find(|part| part.file == file);
                let SnippetPart { text, .. } = part.unwrap();
                text.as_str()
            };
            let name = format!("templates/{service}.yaml");
            let template = std::fs::read_to_string(data.join(&name)).unwrap();
            let lines = part(if by_values { "template.yaml" } else { "service.yaml" });
            chart.insert(name, paste(&template, lines));
            if by_values {
                *chart.get_mut("values.yaml").unwrap() += part("values.yaml");
            }
        }
        let chart: Vec<SourceFile> = chart.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
        let folder = Folder::with("helm-sample", &chart);
        assert_eq!(tools.lint(std::slice::from_ref(&folder.0)), Vec::<String>::new());
        let rendered = tools.template("web", &folder.0, namespace).unwrap();

        // The chart's own Services in place of the project's.
        let is_own =
            |file: &SourceFile| services.iter().any(|service| file.name.ends_with(&format!("/{service}.yaml")));
        let mut files: Vec<SourceFile> = clean_in(namespace).into_iter().filter(|file| !is_own(file)).collect();
        files.push(SourceFile::new("apps/rendered.yaml", rendered.as_str()));
        let again = Project::new(project.name.clone(), &files);
        assert_eq!(landings(&again.analysis), landings(&project.analysis), "{rendered}");
        let codes: Vec<&str> = again.analysis.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.is_empty(), "{codes:?}\n{rendered}");
        let web =
            landings(&again.analysis).into_iter().find(|(subject, _)| subject.contains("/web-statefulset-service-oam"));
        let (_, web) = web.unwrap();
        assert!(web.starts_with("Gateway: ") && web.contains("tkg-wkld-oam-vip"), "{web}");
    }
}
