//! Patches: only what differs, whatever the source, and what the manifests need.

use expect_test::expect;

use super::*;
use crate::analysis::analyse;

fn patch(files: &[(&str, &str)]) -> String {
    let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    let workspace = Workspace::new(&files);
    values_patch(&workspace, &analyse(&workspace)).text.to_string()
}

const GATEWAY: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: gw}\n";

#[test]
fn only_what_differs_with_a_comment_on_each() {
    let values = "featureGates: {GatewayAPI: false}\nAKOSettings:\n  clusterName: \"0123\"\n  servicesAPI: true\n  deleteConfig: \
                  false\n  namespaceSelector: {labelKey: a, labelValue: \"on\"}\nNetworkSettings:\n  enableRHI: false\n  \
                  vipNetworkList:\n  - {networkName: net, cidr: 10.0.0.0/24}\n  bgpPeerLabels: []\nL7Settings: {shardVSSize: \
                  LARGE}\nimage: {tag: \"{{ x }}\"}\navicredentials: {password: secret}\n";
    let made = patch(&[("values.yaml", values)]);
    expect![[r#"
        # Values of AKO's own chart that differ from its defaults (AKO 2.2.1). Made by akoplan.
        # helm upgrade the release with `--reuse-values -f ako-values.yaml`; AKO reads them when it starts.
        # The credentials are left out: they belong into a Secret.
        AKOSettings:
          # all names on the Avi Controller begin with it; unique for each cluster
          clusterName: "0123"
          # Gateways of networking.x-k8s.io are read
          servicesAPI: true
          namespaceSelector:
            # only namespaces with this label are read
            labelKey: a
            # the label's value
            labelValue: "on"
        NetworkSettings:
          # the global network: what no AviInfraSetting applies to lands there
          vipNetworkList:
          - networkName: net
            cidr: 10.0.0.0/24
        image:
          # akoplan knows no default of it: taken over as it stands
          tag: "{{ x }}"
    "#]]
    .assert_eq(&made);
    assert_eq!(
        patch(&[("values.yaml", &made)]).replace("# The credentials are left out: they belong into a Secret.\n", ""),
        made.replace("# The credentials are left out: they belong into a Secret.\n", ""),
        "a patch of a patch is the same"
    );
}

#[test]
fn what_the_manifests_need_is_added_and_what_nobody_knows_is_named() {
    expect![[r#"
        # Values of AKO's own chart that differ from its defaults (AKO 2.2.1). Made by akoplan.
        # helm upgrade the release with `--reuse-values -f ako-values.yaml`; AKO reads them when it starts.
        # Not known here: `AKOSettings.clusterName`; it must be another one for each cluster, and is `my-cluster` else.
        # Not known here: `NetworkSettings.vipNetworkList`; AKO does not start without it.
        AKOSettings:
          # needed here: without it AKO reads no Gateway of networking.x-k8s.io
          servicesAPI: true
    "#]]
    .assert_eq(&patch(&[("gw.yaml", GATEWAY)]));
    let off =
        "AKOSettings: {clusterName: a, servicesAPI: false}\nNetworkSettings: {vipNetworkList: [{networkName: n}]}\n";
    assert!(
        patch(&[("gw.yaml", GATEWAY), ("values.yaml", off)])
            .contains("AKO reads no Gateway of networking.x-k8s.io\n  servicesAPI: true\n")
    );
}

#[test]
fn the_config_map_is_what_ako_runs_with() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: avi-k8s-config, namespace: avi-system}\ndata:\n  clusterName: \
               running\n  servicesAPI: \"true\"\n  enableRHI: \"false\"\n  logLevel: WARN\n  vipNetworkList: |-\n    \
               [{\"networkName\":\"net\",\"cidr\":\"10.0.0.0/24\"}]\n";
    let values = "AKOSettings: {clusterName: written}\nfeatureGates: {GatewayAPI: true}\n";
    expect![[r#"
        # Values of AKO's own chart that differ from its defaults (AKO 2.2.1). Made by akoplan.
        # helm upgrade the release with `--reuse-values -f ako-values.yaml`; AKO reads them when it starts.
        AKOSettings:
          # all names on the Avi Controller begin with it; unique for each cluster
          clusterName: running
          # Gateways of networking.x-k8s.io are read
          servicesAPI: true
        featureGates:
          # the container for Gateway API v1 (HTTP and HTTPS only)
          GatewayAPI: true
        NetworkSettings:
          # the global network: what no AviInfraSetting applies to lands there
          vipNetworkList:
          - networkName: net
            cidr: 10.0.0.0/24
    "#]]
    .assert_eq(&patch(&[("values.yaml", values), ("map.yaml", map)]));
}

#[test]
fn nothing_differs() {
    assert!(patch(&[]).ends_with("{}\n"));
}
