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
        cluster `blue`, network 2 of `oam`: it needs either a name or a UUID"#]]
    .assert_eq(&drawn(&now));
    // What is written fits the schema of the settings: what is left is the values themselves.
    assert!(crate::analysis::analyse(&now).findings.iter().all(|finding| finding.code == "AKP226"));
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
    for name in ["", "..", "a/b", "-a", "é", "blue", "Blue"] {
        assert!(add_cluster(&now, name).is_err(), "{name}");
    }
    assert!(rename_cluster(&now, 0, "blue").is_ok(), "its own name is no other's");
}

#[test]
fn what_clusters_say_of_nothing_is_told() {
    let now = workspace(
        "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  clusters:\n  - {name: a, settings: [{name: trf}]}\n  - \
         {name: a}\n  - {name: A}\n  - {name: ../x}\n",
    );
    assert_eq!(
        table(&now).problems,
        [
            "cluster `a` names the AviInfraSetting `trf`, which this project does not have",
            "two clusters are called `a`; the first counts",
            "the clusters `a` and `A` are one folder where capitals do not count; the first counts",
            "`../x`: a name is a folder: letters, digits, `-`, `_` and `.`, at most 63, and not `.` or `-` first",
        ]
    );
}

/// A project in which everything is wrong that can be with clusters, and how many problems that are.
const WRONG: (&str, usize) = (
    "\
apiVersion: akoplan/v1alpha1
kind: AkoplanSettings
spec:
  clusters:
  - name: blue
    ako: {clusterName: tkg, networks: [{cidr: 10.0.0/8}]}
    settings:
    - {name: oam, networks: [{cidr: 10.2.0.9/24}, {cidr: 10.3.0.0/24}]}
    - {name: oam, seGroup: group2}
    - {name: aom}
  - name: green
    ako: {clusterName: tkg}
    settings:
    - {name: oam, networks: [{networkName: a, networkUUID: b, v6cidr: '2001:db8::'}]}
  - {name: Blue}
  - {name: a/b}
  - name: red
    ako: {clusterName: t.k}
",
    11,
);

#[test]
fn the_table_and_the_rules_tell_the_same_problems() {
    let (settings, count) = WRONG;
    let now = workspace(settings);
    let findings = crate::analysis::analyse(&now).findings;
    let line =
        |finding: &crate::diagnostic::Finding| now.file(&finding.file).unwrap().position(finding.span.start).line;
    let found: Vec<String> =
        findings.iter().map(|it| format!("{} {} {} {}\n", it.code, line(it), it.path, it.fixes.len())).collect();
    expect![[r#"
        AKP226 6 spec.clusters[0].ako.networks[0].cidr 0
        AKP226 8 spec.clusters[0].settings[0].networks[0].cidr 1
        AKP226 8 spec.clusters[0].settings[0].networks[1] 0
        AKP411 9 spec.clusters[0].settings[1].name 1
        AKP334 10 spec.clusters[0].settings[2].name 1
        AKP412 12 spec.clusters[1].ako.clusterName 1
        AKP226 14 spec.clusters[1].settings[0].networks[0] 1
        AKP226 14 spec.clusters[1].settings[0].networks[0].v6cidr 1
        AKP411 15 spec.clusters[2].name 1
        AKP227 16 spec.clusters[3].name 1
        AKP226 18 spec.clusters[4].ako.clusterName 1
    "#]]
    .assert_eq(&found.concat());
    let table = table(&now);
    let of_cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.problem.is_some()).count();
    assert_eq!((findings.len(), table.problems.len() + of_cells), (count, count), "{:#?}", table.problems);
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
