//! Kustomizations: what stands where, and that overlays say only what differs.

use expect_test::expect;

use super::*;
use crate::analysis::analyse;

fn made(files: &[SourceFile]) -> Vec<SourceFile> {
    let workspace = Workspace::new(files);
    kustomization(&workspace, &analyse(&workspace))
}

fn text<'a>(files: &'a [SourceFile], name: &str) -> &'a str {
    files.iter().find(|file| file.name == name).map_or("", |file| &file.text)
}

/// The clean example, for two clusters.
fn for_two_clusters() -> Vec<SourceFile> {
    let mut files = crate::examples::clean();
    let settings = files.iter_mut().find(|file| file.name == "akoplan.yaml").unwrap();
    let clusters = "  clusters:\n  - name: blue\n  - name: green\n    ako: {clusterName: \"0123\", networks: [{cidr: \
                    10.9.0.0/26}]}\n    settings:\n    - name: aviinfrasetting-tkg-wkld-oam\n      seGroup: \"on\"\n      \
                    networks: [{cidr: 10.8.0.0/26}]\n    - name: aviinfrasetting-tkg-wkld-trf\n      networks: \
                    [{networkUUID: network-1}]\n";
    settings.text = format!("{}{clusters}", settings.text).into();
    files
}

#[test]
fn the_base_is_in_apply_order_and_overlays_say_what_differs() {
    let made = made(&for_two_clusters());
    let names: Vec<&str> =
        made.iter().map(|file| file.name.as_str()).filter(|name| !name.starts_with("base/")).collect();
    assert_eq!(
        names,
        [
            "README.md",
            "overlays/blue/kustomization.yaml",
            "overlays/blue/settings/kustomization.yaml",
            "overlays/blue/ako-values.yaml",
            "overlays/green/kustomization.yaml",
            "overlays/green/settings/kustomization.yaml",
            "overlays/green/settings/10-aviinfrasetting-tkg-wkld-oam.yaml",
            "overlays/green/settings/10-aviinfrasetting-tkg-wkld-trf.yaml",
            "overlays/green/ako-values.yaml",
        ]
    );
    expect![[r#"
        # All objects in apply order.
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        sortOptions:
          order: fifo
        resources:
        - settings
        - platform/20-avigatewayclass-tkg-wkld-oam.yaml
        - platform/30-avi-ingress-class-oam.yaml
        - platform/30-avi-ingress-class-sigtran.yaml
        - platform/30-avi-ingress-class-trf.yaml
        - apps/default/40-app-gateway-admin-0.yaml
        - apps/default/60-sctp-service-sigtran.yaml
        - apps/default/60-snmp-service-oam.yaml
        - apps/default/60-traffic-service-trf.yaml
        - apps/default/60-web-redirect-service-oam.yaml
        - apps/default/60-web-service-1.yaml
        - apps/default/60-web-statefulset-service-oam.yaml
        - apps/default/70-my-ingress.yaml
    "#]]
    .assert_eq(text(&made, "base/kustomization.yaml"));
    expect![[r#"
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata:
          name: aviinfrasetting-tkg-wkld-oam
        spec:
          seGroup:
            name: "on"
          network:
            vipNetworks:
            - networkName: tkg-wkld-oam-vip
              cidr: 10.8.0.0/26
    "#]]
    .assert_eq(text(&made, "overlays/green/settings/10-aviinfrasetting-tkg-wkld-oam.yaml"));
    expect![[r#"
        # Cluster green.
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        sortOptions:
          order: fifo
        resources:
        - ../../base
        patches:
        - path: settings/10-aviinfrasetting-tkg-wkld-oam.yaml
        - path: settings/10-aviinfrasetting-tkg-wkld-trf.yaml
    "#]]
    .assert_eq(text(&made, "overlays/green/kustomization.yaml"));
    let values = text(&made, "overlays/green/ako-values.yaml");
    assert!(values.contains("  clusterName: \"0123\"\n") && values.contains("    cidr: 10.9.0.0/26\n"), "{values}");
    assert!(text(&made, "overlays/blue/ako-values.yaml").contains("  clusterName: tkg-wkld\n"));
    expect![[r#"
        # For kustomize

        Made by akoplan 0.1.0 for AKO 2.2.1 and Kubernetes 1.33.

        `base/` has the manifests, `overlays/<cluster>/` what is otherwise in a cluster. Needs kubectl 1.27 or newer.

        ## Apply

        The settings first, and the rest once AKO has accepted them: what comes earlier begins on the global network.

        In cluster `blue`:

        ```sh
        kubectl apply -k overlays/blue/settings
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-oam --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-sigtran --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-trf --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        ```

        Once each of them has been met:

        ```sh
        kubectl apply -k overlays/blue
        ```

        In cluster `green`:

        ```sh
        kubectl apply -k overlays/green/settings
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-oam --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-sigtran --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        kubectl wait aviinfrasetting/aviinfrasetting-tkg-wkld-trf --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        ```

        Once each of them has been met:

        ```sh
        kubectl apply -k overlays/green
        ```

        `ako-values.yaml` is no manifest: it is for AKO's own chart, in each cluster its own.

        ## Check

        `akoplan check .` checks the base, and these what each cluster gets. They are one stream, which is not how it is applied: AKP805 is only about that.

        ```sh
        kubectl kustomize overlays/blue | akoplan check - overlays/blue/ako-values.yaml
        kubectl kustomize overlays/green | akoplan check - overlays/green/ako-values.yaml
        ```

        ## What differs

        Empty: as in the project.

        | of | value | project | `blue` | `green` |
        | --- | --- | --- | --- | --- |
        | AKO's values | cluster name | `tkg-wkld` |  | `0123` |
        | AKO's values | IPv4 range | `10.223.62.0/26` |  | `10.9.0.0/26` |
        | `aviinfrasetting-tkg-wkld-oam` | SE group | `tkgvsphere-tkgworkload-group10` |  | `on` |
        | `aviinfrasetting-tkg-wkld-oam` | IPv4 range | `10.223.63.0/26` |  | `10.8.0.0/26` |
        | `aviinfrasetting-tkg-wkld-trf` | network | `tkg-wkld-trf-vip` |  | `network-1` |
    "#]].assert_eq(text(&made, "README.md"));
}

#[test]
fn a_setting_may_be_called_as_kustomize_s_own_file() {
    let long = "a".repeat(253);
    let setting = |name: &str| {
        SourceFile::new(
            format!("{name:.20}.yaml"),
            format!("apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: {name}}}\n"),
        )
    };
    let settings = format!(
        "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {{clusters: [{{name: east, settings: [{{name: \
         kustomization, seGroup: a}}, {{name: {long}, seGroup: b}}]}}]}}\n"
    );
    let made = made(&[setting("kustomization"), setting(&long), SourceFile::new("akoplan.yaml", settings)]);
    let of_settings = made.iter().filter_map(|file| file.name.strip_prefix("overlays/east/settings/"));
    let names: Vec<&str> = of_settings.collect();
    let short = format!("10-aviinfrasetting-{}.yaml", &long[..224]);
    assert_eq!(names, ["kustomization.yaml", &short, "10-aviinfrasetting-kustomization.yaml"]);
    assert!(text(&made, "overlays/east/settings/kustomization.yaml").contains("kind: Kustomization\n"));
}

#[test]
fn nothing_stands_twice_and_nothing_without_a_name() {
    let class = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: trf}\nspec: {controller: ";
    let service = "apiVersion: v1\nkind: Service\nmetadata: {namespace: red}\n";
    let made = made(&[
        SourceFile::new("a.yaml", format!("{class}first}}\n---\n{class}last}}\n")),
        SourceFile::new("b.yaml", service),
    ]);
    assert_eq!(text(&made, "base/platform/30-ingressclass-trf.yaml"), format!("{class}last}}\n"));
    assert!(text(&made, "base/kustomization.yaml").ends_with("resources:\n- platform/30-ingressclass-trf.yaml\n"));
    let page = text(&made, "README.md");
    assert!(page.contains("- `IngressClass/trf`: it is defined twice, and the last counts\n"), "{page}");
    assert!(page.contains("- `Service/red/`: it has no name\n"), "{page}");
}
