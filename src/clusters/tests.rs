//! The table of clusters, and what its commands write.

use expect_test::expect;

use super::*;
use crate::text::SourceFile;

const BASE: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec:\n  seGroup: {name: \
                    group1}\n  network:\n    vipNetworks:\n    - networkUUID: network-1\n      cidr: 10.1.0.0/24\n";

fn workspace(settings: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("platform/oam.yaml", BASE), SourceFile::new("akoplan.yaml", settings)])
}

fn settings(workspace: &Workspace) -> String {
    workspace.file("akoplan.yaml").map(|file| file.source.text.to_string()).unwrap_or_default()
}

fn place(setting: Option<&str>, field: ClusterField) -> RowPlace {
    RowPlace { setting: setting.map(str::to_owned), field }
}

fn drawn(workspace: &Workspace) -> String {
    let table = table(workspace);
    let row = |row: &ClusterRow| {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| format!("{}{}", cell.own, if cell.problem.is_some() { " (!)" } else { "" }))
            .collect();
        let of = row.place.setting.as_deref().unwrap_or("AKO");
        format!("{of} {}: {} | {}\n", row.label, row.base, cells.join(" | "))
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!("{}\n{rows}{}", table.clusters.join(" | "), table.problems.join("\n"))
}

#[test]
fn cells_are_written_one_by_one_and_taken_back() {
    let mut now = workspace("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings # ours\n");
    let apply = |now: &mut Workspace, command: Command| *now = command.apply(now).unwrap();
    for name in ["blue", "green"] {
        let command = add_cluster(&now, name).unwrap();
        apply(&mut now, command);
    }
    for (cluster, place, text) in [
        (1, place(Some("oam"), ClusterField::Cidr(0)), "10.2.0.0/24"),
        (1, place(Some("oam"), ClusterField::SeGroup), " on "),
        (1, place(Some("oam"), ClusterField::Network(0)), "network-2"),
        (0, place(None, ClusterField::ClusterName), "0123"),
        (0, place(None, ClusterField::Cidr(0)), "10.0.0/8"),
        (0, place(Some("oam"), ClusterField::V6Cidr(1)), "2001:db8::/64"),
    ] {
        let command = set_cell(&now, cluster, &place, text);
        apply(&mut now, command);
    }
    expect![[r#"
        apiVersion: akoplan/v1alpha1
        kind: AkoplanSettings # ours
        spec:
          clusters:
          - name: blue
            ako:
              clusterName: "0123"
              networks:
              - cidr: 10.0.0/8
            settings:
            - name: oam
              networks:
              - {}
              - v6cidr: 2001:db8::/64
          - name: green
            settings:
            - name: oam
              networks:
              - cidr: 10.2.0.0/24
                networkUUID: network-2
              seGroup: "on"
    "#]]
    .assert_eq(&settings(&now));
    expect![[r#"
        blue | green
        AKO cluster name:  | 0123 | 
        AKO SE group:  |  | 
        AKO network:  |  | 
        AKO IPv4 range:  | 10.0.0/8 (!) | 
        oam SE group: group1 |  | on
        oam network UUID: network-1 |  | network-2
        oam IPv4 range: 10.1.0.0/24 |  | 10.2.0.0/24
        oam network 2:  |  | 
        oam IPv4 range 2:  |  | 
        oam IPv6 range 2:  | 2001:db8::/64 | 
    "#]]
    .assert_eq(&drawn(&now));
    // The typed settings have no finding of a schema.
    assert!(crate::analysis::analyse(&now).findings.iter().all(|finding| finding.file.as_ref() != "akoplan.yaml"));
    let command = set_cell(&now, 1, &place(Some("oam"), ClusterField::SeGroup), "");
    apply(&mut now, command);
    assert!(!settings(&now).contains("seGroup"));
    let command = remove_cluster(&now, 0);
    apply(&mut now, command);
    let command = rename_cluster(&now, 0, "red").unwrap();
    apply(&mut now, command);
    assert_eq!(table(&now).clusters, ["red"]);
    let command = remove_cluster(&now, 0);
    apply(&mut now, command);
    assert_eq!(table(&now).clusters.len(), 0);
}

#[test]
fn a_project_without_settings_gets_them_with_its_first_cluster() {
    let empty = Workspace::new(&[SourceFile::new("platform/oam.yaml", BASE)]);
    let now = add_cluster(&empty, "blue").unwrap().apply(&empty).unwrap();
    assert_eq!(table(&now).clusters, ["blue"]);
}

#[test]
fn names_are_folders_and_taken_once() {
    let now = workspace("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {clusters: [{name: blue}]}\n");
    for name in ["", "..", "a/b", "-a", "é", "blue"] {
        assert!(add_cluster(&now, name).is_err(), "{name}");
    }
    assert!(rename_cluster(&now, 0, "blue").is_ok(), "its own name is no other's");
}

#[test]
fn what_clusters_say_of_nothing_is_told() {
    let now = workspace(
        "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  clusters:\n  - {name: a, settings: [{name: trf}]}\n  - \
         {name: a}\n  - {name: ../x}\n",
    );
    assert_eq!(
        table(&now).problems,
        [
            "cluster `a` names the AviInfraSetting `trf`, which this project does not have",
            "two clusters are called `a`; the first counts",
            "`../x`: a name is a folder: letters, digits, `-`, `_` and `.`, at most 63, and not `.` or `-` first",
        ]
    );
}

#[test]
fn networks_are_merged_item_by_item() {
    let network = |name: Option<&str>, cidr: Option<&str>| VipNetwork {
        network_name: name.map(str::to_owned),
        cidr: cidr.map(str::to_owned),
        ..VipNetwork::default()
    };
    let base = [network(Some("a"), Some("10.0.0.0/8")), network(Some("b"), None)];
    assert_eq!(merged(&base, &[]), base);
    let own = [network(None, Some("11.0.0.0/8")), network(Some("c"), None), network(Some("d"), None)];
    let expected = [network(Some("a"), Some("11.0.0.0/8")), network(Some("c"), None), network(Some("d"), None)];
    assert_eq!(merged(&base, &own), expected);
}
