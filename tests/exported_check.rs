//! What `akoplan check` says of an exported folder: nothing that it did not say of the project.

use std::collections::BTreeSet;

use akoplan::analysis::analyse;
use akoplan::examples;
use akoplan::export::layout::{Choice, Layout, make};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;

/// A finding by code, object and, where it has none, file.
type Found = (&'static str, String, String);

/// What is found in the files that the command line reads in a folder.
fn found(files: &[SourceFile]) -> BTreeSet<Found> {
    let is_read = |file: &&SourceFile| [".yaml", ".yml", ".json"].iter().any(|ending| file.name.ends_with(ending));
    let mut read: Vec<SourceFile> = files.iter().filter(is_read).cloned().collect();
    let pieces = akoplan::import::kustomize::pieces(&read);
    read.retain(|file| !pieces.contains_key(&file.name));
    let findings = analyse(&Workspace::new(&read)).findings;
    let of = |finding: &akoplan::diagnostic::Finding| {
        // A chart's objects have the release's namespace, as helm calls it.
        let object =
            finding.object.as_deref().map(|object| object.replace("{{ .Release.Namespace | quote }}", "default"));
        let file = if object.is_none() { finding.file.to_string() } else { String::new() };
        (finding.code, object.unwrap_or_default(), file)
    };
    findings.iter().map(of).collect()
}

/// Whether a finding is of what a layout is, and not of what stands in it.
///
/// A chart's own files and pieces of charts are no manifests, which is said: helm makes manifests of them, and akoplan is
/// asked about those (`helm template … | akoplan check -`, which `tests/real_tools.rs` does). One file is applied at once.
fn is_of_layout(layout: Layout, (code, _, file): &Found) -> bool {
    let last = file.rsplit('/').next().unwrap_or_default();
    match (layout, *code) {
        (Layout::Charts, "AKP010") => ["Chart.yaml", "values.yaml", "values.schema.json"].contains(&last),
        (Layout::Charts, "AKP004") => file.contains("/templates/"),
        (Layout::Snippets, "AKP004" | "AKP010") => ["service.yaml", "template.yaml", "values.yaml"].contains(&last),
        (Layout::Single, "AKP805") => true,
        _ => false,
    }
}

#[test]
fn an_exported_folder_has_no_finding_that_the_project_had_not() {
    let mut told = 0;
    for files in [examples::clean(), examples::mistakes()] {
        let workspace = Workspace::new(&files);
        let analysis = analyse(&workspace);
        let before: BTreeSet<(&str, String)> =
            found(&files).into_iter().map(|(code, object, _)| (code, object)).collect();
        for layout in Layout::ALL {
            let mut made = make(&workspace, &analysis, Choice::of(layout), "").files;
            // One file for `kubectl apply` cannot hold AKO's values: a pipeline gives them beside it.
            if layout == Layout::Single {
                made.extend(files.iter().filter(|file| file.name == "values.yaml").cloned());
            }
            let new: Vec<Found> = found(&made)
                .into_iter()
                .filter(|it| !before.contains(&(it.0, it.1.clone())) && !is_of_layout(layout, it))
                .collect();
            assert!(new.is_empty(), "{layout:?}: {new:?}");
            told += made.len();
        }
    }
    assert!(told > 150, "only {told} files");
}

#[test]
fn the_folder_for_several_clusters_is_as_clean_as_the_project_and_so_is_each_part() {
    let mut files = examples::clean();
    let settings = files.iter_mut().find(|file| file.name == "akoplan.yaml").unwrap();
    let cluster = |name: &str, range: &str| {
        format!(
            "  - name: {name}\n    ako: {{clusterName: {name}}}\n    settings:\n    - name: \
             aviinfrasetting-tkg-wkld-oam\n      networks: [{{cidr: {range}}}]\n"
        )
    };
    let clusters = format!("  clusters:\n{}{}", cluster("green", "10.8.0.0/26"), cluster("blue", "10.8.1.0/26"));
    settings.text = format!("{}{clusters}", settings.text).into();
    let workspace = Workspace::new(&files);
    let analysis = analyse(&workspace);
    assert!(analysis.findings.is_empty(), "{:?}", analysis.findings);
    let made = make(&workspace, &analysis, Choice::of(Layout::Kustomize), "").files;
    let all = workspace.objects().iter().filter(|object| object.kind.is_applied()).count();
    for (folder, count) in [("", all), ("base/", all), ("overlays/green/", 0), ("overlays/blue/", 0)] {
        let own: Vec<SourceFile> = made.iter().filter(|file| file.name.starts_with(folder)).cloned().collect();
        let patches = own.iter().filter(|file| file.text.contains("10.8.")).count();
        assert_eq!(patches > 0, folder != "base/", "{folder}");
        assert_eq!(found(&own), BTreeSet::new(), "{folder}");
        // What is left out are pieces of overlays, and nothing else.
        let pieces = akoplan::import::kustomize::pieces(&own);
        let is_manifest =
            |file: &&SourceFile| !pieces.contains_key(&file.name) && file.name.rsplit('.').next() == Some("yaml");
        let read = Workspace::new(&own.iter().filter(is_manifest).cloned().collect::<Vec<_>>());
        let is_object =
            |object: &&akoplan::workspace::Object| object.kind.is_applied() && object.identity.kind != "Kustomization";
        assert_eq!(read.objects().iter().filter(is_object).count(), count, "{folder}");
        assert!(pieces.keys().all(|name| name.starts_with("overlays/")), "{pieces:?}");
    }
}
