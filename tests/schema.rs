//! The bundle as others read it: PyYAML, the schemas of AKO's CRDs, zip tools.
//!
//! Where Python's modules are missing the tests say so and pass; in continuous integration (`CI` is
//! set) they fail instead.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

#[path = "support/interop.rs"]
mod interop;

use akoplan::analysis::analyse;
use akoplan::edit::{same, value_of};
use akoplan::examples;
use akoplan::export::{README_FILE, bundle, zip};
use akoplan::expose::{self, Port, Way, Wish};
use akoplan::segment::{self, Draft, NetworkRef};
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use interop::{Folder, interop};
use serde_json::Value;

fn clean() -> Vec<SourceFile> {
    let workspace = Workspace::new(&examples::clean());
    bundle(&workspace, &analyse(&workspace)).files
}

/// A workspace made by forms alone, with everything they offer.
fn by_forms() -> Vec<SourceFile> {
    let mut workspace = Workspace::new(&[SourceFile::new("values.yaml", "AKOSettings: {servicesAPI: true}\n")]);
    let draft = Draft {
        segment: "oam".to_owned(),
        se_group: "group10".to_owned(),
        network: NetworkRef::Uuid("dvportgroup-1".to_owned()),
        cidr: "10.223.63.0/26".to_owned(),
        v6cidr: "2001:db8::/64".to_owned(),
        enable_rhi: Some(true),
        bgp_peer_labels: vec!["on".to_owned(), "1e3".to_owned()],
        shard_size: "DEDICATED".to_owned(),
        ..Draft::default()
    };
    workspace = segment::create(&workspace, &draft).apply(&workspace).unwrap();
    let port = |protocol: &str, port| Port { protocol: protocol.to_owned(), port, target: None };
    let wish = |service: &str| Wish {
        namespace: "on".to_owned(),
        service: service.to_owned(),
        setting: segment::names(&workspace, "oam").infra_setting,
        ports: vec![port("TCP", 53), port("UDP", 53)],
        host: "dns.example.com".to_owned(),
        ..Wish::default()
    };
    let gateway = Way::Gateway { namespace: "on".to_owned(), name: "null".to_owned() };
    let ways = [
        ("yes", gateway),
        ("1", Way::LoadBalancer),
        ("0x1f", Way::SharedVip { key: "~".to_owned() }),
        ("web", Way::Ingress),
    ];
    let wishes = ways.map(|(service, way)| (wish(service), way));
    for (wish, way) in wishes {
        workspace = expose::apply(&workspace, &wish, &way).apply(&workspace).unwrap();
    }
    bundle(&workspace, &analyse(&workspace)).files
}

#[test]
fn py_yaml_reads_what_we_read() {
    for (name, files) in [("values-clean", clean()), ("values-forms", by_forms())] {
        let folder = Folder::with(name, &files);
        let Some(theirs) = interop(&[Path::new("values"), &folder.0]) else { return };
        let mut ours: BTreeMap<String, Value> = BTreeMap::new();
        let workspace = Workspace::new(&files);
        for file in workspace.files().iter().filter(|file| file.source.name != README_FILE) {
            let values = file.documents.iter().map(|document| {
                let tree = &document.parsed.tree;
                tree.root.and_then(|root| value_of(tree, root)).unwrap_or_default()
            });
            ours.insert(file.source.name.clone(), values.collect());
        }
        let ours = serde_json::to_value(&ours).unwrap();
        assert!(same(&ours, &theirs), "ours: {ours:#}\ntheirs: {theirs:#}");
    }
}

#[test]
fn bundles_fit_the_schemas_of_ako() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/crds/ako-master-2.2.1");
    if !schemas.is_dir() {
        eprintln!("skipped: the CRD schemas are not beside this folder (../shared/crds/ako-master-2.2.1)");
        return;
    }
    for (name, files, least) in [("schema-clean", clean(), 5), ("schema-forms", by_forms(), 3)] {
        let folder = Folder::with(name, &files);
        let Some(answer) = interop(&[Path::new("validate"), &folder.0, &schemas]) else { return };
        assert_eq!(answer["wrong"], serde_json::json!([]));
        assert!(answer["validated"].as_u64() >= Some(least), "{answer}");
    }
    // The check itself finds what is wrong.
    let text = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: a}\n\
                spec: {network: {vipNetworks: [{cidr: 1}], enableRHI: true}, l7Settings: {shardSize: TINY}}\n";
    let folder = Folder::with("schema-wrong", &[SourceFile::new("a.yaml", text)]);
    let Some(answer) = interop(&[Path::new("validate"), &folder.0, &schemas]) else { return };
    assert_eq!(answer["wrong"].as_array().map(Vec::len), Some(4), "{answer:#}");
}

#[test]
fn zip_tools_read_the_zip() {
    let files = clean();
    let folder = Folder::with("zip", &[]);
    let path = folder.0.join("bundle.zip");
    std::fs::write(&path, zip(&files)).unwrap();
    let Ok(tested) = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&path).output() else {
        assert!(std::env::var_os("CI").is_none(), "Python is missing");
        eprintln!("skipped: no python3");
        return;
    };
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
    let out = folder.0.join("out");
    let unpacked = Command::new("python3").args(["-m", "zipfile", "-e"]).args([&path, &out]).status().unwrap();
    assert!(unpacked.success());
    for file in &files {
        assert_eq!(std::fs::read_to_string(out.join(&file.name)).unwrap(), *file.text, "{}", file.name);
    }
    // Info-ZIP is stricter; it is not everywhere.
    if let Ok(tested) = Command::new("unzip").arg("-tqq").arg(&path).output() {
        assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stdout));
    }
}
