//! Bundles of the examples: nothing lost, nothing added, in a safe order.

use std::collections::BTreeMap;

use akoplan::analysis::analyse;
use akoplan::edit::{Value, value_of};
use akoplan::examples;
use akoplan::export::{Bundle, bundle, single};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::expect;

fn exported(workspace: &Workspace) -> Bundle {
    bundle(workspace, &analyse(workspace))
}

/// Every object that is applied, by key, in order.
fn objects(files: &[SourceFile]) -> BTreeMap<String, Vec<Value>> {
    let workspace = Workspace::new(files);
    let mut objects: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for object in workspace.objects().iter().filter(|object| object.kind.is_exported()) {
        let value = value_of(object.tree(), object.node()).unwrap();
        objects.entry(workspace.key(object)).or_default().push(value);
    }
    objects
}

#[test]
fn every_object_is_in_it_once_and_unchanged() {
    for files in [examples::clean(), examples::mistakes()] {
        let workspace = Workspace::new(&files);
        let made = exported(&workspace);
        assert_eq!(objects(&files), objects(&made.files));
        assert_eq!(objects(&files), objects(&[SourceFile::new("all.yaml", single(&workspace))]));
        // Exporting what was exported, for the same versions, gives the same manifests.
        let settings = files.iter().filter(|file| file.name == "akoplan.yaml");
        let again: Vec<SourceFile> = made.files.iter().chain(settings).cloned().collect();
        let again = exported(&Workspace::new(&again));
        let manifests = |bundle: &Bundle| {
            let files = bundle.files.iter().filter(|file| file.name.contains('/'));
            files.cloned().collect::<Vec<_>>()
        };
        assert_eq!(manifests(&made), manifests(&again));
    }
}

#[test]
fn files_are_in_a_safe_order() {
    for files in [examples::clean(), examples::mistakes()] {
        let made = exported(&Workspace::new(&files));
        for folder in ["platform/", "apps/default/"] {
            let folder: Vec<SourceFile> =
                made.files.iter().filter(|file| file.name.starts_with(folder)).cloned().collect();
            assert!(folder.is_sorted_by_key(|file| file.name.clone()), "kubectl applies a folder by name");
            let workspace = Workspace::new(&folder);
            let ranks: Vec<usize> = workspace.objects().iter().map(|object| object.kind.apply_rank()).collect();
            assert!(ranks.is_sorted(), "{ranks:?}");
        }
    }
}

#[test]
fn the_clean_example_s_files() {
    let made = exported(&Workspace::new(&examples::clean()));
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    expect![[r#"
        README.md
        platform/10-aviinfrasetting-tkg-wkld-oam.yaml
        platform/10-aviinfrasetting-tkg-wkld-sigtran.yaml
        platform/10-aviinfrasetting-tkg-wkld-trf.yaml
        platform/20-avigatewayclass-tkg-wkld-oam.yaml
        platform/30-avi-ingress-class-oam.yaml
        platform/30-avi-ingress-class-sigtran.yaml
        platform/30-avi-ingress-class-trf.yaml
        apps/default/40-app-gateway-admin-0.yaml
        apps/default/60-sctp-service-sigtran.yaml
        apps/default/60-snmp-service-oam.yaml
        apps/default/60-traffic-service-trf.yaml
        apps/default/60-web-redirect-service-oam.yaml
        apps/default/60-web-service-1.yaml
        apps/default/60-web-statefulset-service-oam.yaml
        apps/default/70-my-ingress.yaml
        values.yaml"#]]
    .assert_eq(&names.join("\n"));
    assert_eq!(made.open_errors, 0);
    assert!(made.left_out.is_empty());
}

#[test]
fn the_mistaken_example_says_what_is_open() {
    let workspace = Workspace::new(&examples::mistakes());
    let made = exported(&workspace);
    let left_out: Vec<String> =
        made.left_out.iter().map(|left| format!("{}:{}: {}", left.file, left.line, left.reason)).collect();
    expect!["apps/default/traffic-service-trf.yaml:1: it cannot be read as YAML"].assert_eq(&left_out.join("\n"));
    let readme = made.files.iter().find(|file| file.name == "README.md").unwrap();
    assert_eq!(readme.text.contains("open"), made.open_errors > 0);
}
