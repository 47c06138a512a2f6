//! Bundles: places, order, texts, what is left out.

use expect_test::expect;

use super::*;
use crate::analysis::analyse;

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let files: Vec<SourceFile> = files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Workspace::new(&files)
}

fn printed(workspace: &Workspace) -> String {
    print(&bundle(workspace, &analyse(workspace)).files)
}

fn print(files: &[SourceFile]) -> String {
    let print = |file: &SourceFile| format!("==> {}\n{}", file.name, file.text.replace('\r', "␍"));
    files.iter().map(print).collect::<Vec<_>>().concat()
}

#[test]
fn objects_go_to_their_folders_in_apply_order() {
    let workspace = workspace(&[
        (
            "apps/red.yaml",
            "# Copyright\n---\n# the web\napiVersion: v1\nkind: Service # s\nmetadata: {name: web, namespace: red}\n--- # gw\n\
             apiVersion: networking.x-k8s.io/v1alpha1\r\nkind: Gateway\r\nmetadata: {name: gw}\r\n",
        ),
        (
            "platform/oam.yaml",
            "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n---\n\
             apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: avi-ingress-class-oam}",
        ),
        ("akoplan.yaml", "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {defaultNamespace: blue}\n"),
        ("values.yaml", "# AKO\nAKOSettings: {clusterName: a}\n"),
        ("broken.yaml", "kind: [\n---\na: 1\n"),
    ]);
    expect![[r#"
        ==> README.md
        # Bundle

        Made by akoplan 0.1.0 for AKO 2.2.1.

        **3 errors were open** when it was made. All findings; `akoplan check` lists them:

        - AKP001 (error)
        - AKP103 (error)
        - AKP504 (error)
        - AKP010 (warning)
        - AKP901 (info)

        ## Apply

        Namespaces that the project does not have, where they are not there yet; nothing can be applied into one that is missing:

        ```
        kubectl create namespace blue
        kubectl create namespace red
        ```

        AviInfraSettings. AKO uses a setting only once it has accepted it: what comes earlier begins on the global network, and loses its range when AKO moves it.

        ```
        kubectl apply -f platform/10-aviinfrasetting-oam.yaml
        kubectl wait aviinfrasetting/oam --for=jsonpath='{.status.status}'=Accepted --timeout=60s
        ```

        Classes. An Ingress that comes before its class is dropped until somebody edits it, and a Gateway says `InvalidGatewayClass` for ever.

        ```
        kubectl apply -f platform/30-avi-ingress-class-oam.yaml
        ```

        Gateways. Their virtual services are there before the Services that they serve.

        ```
        kubectl apply -n blue -f apps/blue/40-gateway-gw.yaml
        ```

        Services. Their Gateways and settings are there.

        ```
        kubectl apply -f apps/red/60-service-web.yaml
        ```

        The numbers in the names are the order within each folder: what is referred to comes first.

        `values.yaml` is no manifest: it is for AKO's own chart (`helm upgrade … --reuse-values -f values.yaml`).

        ## Taken for granted

        No file of the project says it, so see whether it is so:

        - `spec.avi`: Every SE group and network that is named exists on the Avi Controller (vCenter cloud).

        ## Not in it

        - akoplan's own settings
        - `broken.yaml`, line 1: it cannot be read as YAML
        - `broken.yaml`, line 3: it is no Kubernetes object
        ==> platform/10-aviinfrasetting-oam.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata: {name: oam}
        ==> platform/30-avi-ingress-class-oam.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: avi-ingress-class-oam}
        ==> apps/blue/40-gateway-gw.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # akoplan: Open here: AKP103 (error).
        # gw
        apiVersion: networking.x-k8s.io/v1alpha1␍
        kind: Gateway␍
        metadata: {name: gw}␍
        ==> apps/red/60-service-web.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # Copyright
        # the web
        apiVersion: v1
        kind: Service # s
        metadata: {name: web, namespace: red}
        ==> values.yaml
        # AKO
        AKOSettings: {clusterName: a}
    "#]]
    .assert_eq(&printed(&workspace));
    expect![[r#"
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # akoplan: All objects in apply order: cluster-scoped first.
        # akoplan: Left out: broken.yaml, line 1: it cannot be read as YAML.
        # akoplan: Left out: broken.yaml, line 3: it is no Kubernetes object.
        apiVersion: ako.vmware.com/v1beta1
        kind: AviInfraSetting
        metadata: {name: oam}
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: avi-ingress-class-oam}
        ---
        # gw
        apiVersion: networking.x-k8s.io/v1alpha1␍
        kind: Gateway␍
        metadata: {name: gw}␍
        ---
        # Copyright
        # the web
        apiVersion: v1
        kind: Service # s
        metadata: {name: web, namespace: red}
    "#]]
    .assert_eq(&single(&workspace).replace('\r', "␍"));
}

#[test]
fn lists_are_taken_apart() {
    let list = "apiVersion: v1\nkind: List\nitems:\n  # first\n  - apiVersion: v1\n    kind: Service\n    metadata:\n      \
                name: a # short\n    text: |\n      one\n\n      two\n  # second\n  - {apiVersion: v1, kind: Service, metadata: \
                {name: b}}\n";
    let workspace = workspace(&[("list.yaml", list)]);
    let files = bundle(&workspace, &Analysis::default()).files;
    expect![[r#"
        ==> apps/default/60-service-a.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # first
        apiVersion: v1
        kind: Service
        metadata:
          name: a # short
        text: |
          one

          two
        ==> apps/default/60-service-b.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        apiVersion: v1
        kind: Service
        metadata:
          name: b
    "#]]
    .assert_eq(&print(&files[1..]));
}

#[test]
fn what_kubectl_does_not_read_is_written_anew() {
    let text = "%YAML 1.1\n---\n# kept by nobody\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n...\n--- {apiVersion: v1, kind: \
                Service, metadata: {name: b}}\n";
    let workspace = workspace(&[("a.yaml", text)]);
    expect![[r#"
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # akoplan: All objects in apply order: cluster-scoped first.
        apiVersion: v1
        kind: Service
        metadata:
          name: a
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: b
    "#]]
    .assert_eq(&single(&workspace).replace('\r', "␍"));
}

#[test]
fn objects_of_one_identity_stay_in_order() {
    let class = |controller: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: trf}}\nspec: {{controller: {controller}}}\n"
        )
    };
    let workspace = workspace(&[("b.yaml", &class("first")), ("a.yaml", &class("last"))]);
    let files = bundle(&workspace, &Analysis::default()).files;
    assert_eq!(files.len(), 2);
    assert_eq!(files[1].name, "platform/30-ingressclass-trf.yaml");
    let header = "# akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.\n";
    assert_eq!(*files[1].text, format!("{header}{}---\n{}", class("first"), class("last")));
}

#[test]
fn long_names_make_file_names_that_can_be_written() {
    let name = "é".repeat(200);
    let text = format!("apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {name}}}\n");
    let files = bundle(&workspace(&[("a.yaml", &text)]), &Analysis::default()).files;
    let manifest = &files[1];
    assert!(manifest.text.contains(&name));
    assert!(manifest.name.split('/').all(|part| part.len() <= 255), "{}", manifest.name);
}
