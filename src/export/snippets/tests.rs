//! Snippets: each way, what follows the release, and odd names.

use expect_test::expect;

use super::*;
use crate::analysis::analyse;

fn of_text(text: &str) -> Vec<ChartSnippet> {
    let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
    snippets(&workspace, &analyse(&workspace))
}

fn print(snippets: &[ChartSnippet]) -> String {
    let print = |file: &SourceFile| format!("==> {}\n{}", file.name, file.text);
    files(snippets).iter().map(print).collect::<Vec<_>>().concat()
}

fn service(name: &str, metadata: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: red, {metadata}}}\n\
         spec: {{{spec}selector: {{app: a}}, ports: [{{port: 80}}]}}\n"
    )
}

fn gateway(namespace: &str, name: &str, metadata: &str) -> String {
    format!(
        "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\n\
         metadata: {{name: {name}, namespace: {namespace}, {metadata}}}\n\
         spec: {{gatewayClassName: c, listeners: [{{port: 80, protocol: TCP, routes: {{kind: Service, group: v1,\n  \
         selector: {{matchLabels: {{ako.vmware.com/gateway-name: {name}, \
         ako.vmware.com/gateway-namespace: {namespace}}}}}}}}}]}}\n"
    )
}

fn labels(namespace: &str, name: &str) -> String {
    format!("labels: {{ako.vmware.com/gateway-name: {name}, ako.vmware.com/gateway-namespace: {namespace}}}")
}

fn line<'a>(snippet: &'a ChartSnippet, part: usize, word: &str) -> &'a str {
    let lines = snippet.parts[part].text.lines();
    lines.filter(|line| !line.starts_with('#')).find(|line| line.contains(word)).unwrap_or_default().trim()
}

#[test]
fn the_clean_example_s_snippets() {
    let workspace = Workspace::new(&crate::examples::clean());
    let all = snippets(&workspace, &analyse(&workspace));
    let names: Vec<&str> = all.iter().map(|snippet| snippet.service.as_str()).collect();
    expect![
        "sctp-service-sigtran snmp-service-oam traffic-service-trf web-redirect-service-oam web-statefulset-service-oam"
    ]
    .assert_eq(&names.join(" "));
    expect!["On an address of its own: tkg-wkld-sigtran-vip 10.223.65.0/26 (SE group tkgvsphere-tkgworkload-group12)"]
        .assert_eq(&all[0].purpose);
    expect![[r#"
        ==> snippets/default/sctp-service-sigtran/service.yaml
        # Into the template of the Service `sctp-service-sigtran`: where `labels`, `annotations` or `type`
        # stand already, put the lines below them or in their place.
        metadata:
          annotations:
            aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-sigtran
        spec:
          type: LoadBalancer
        ==> snippets/default/sctp-service-sigtran/values.yaml
        # Into the chart's `values.yaml`, at the left margin: values for the Service `sctp-service-sigtran`.
        aviSctpServiceSigtran:
          # AviInfraSetting, of the platform.
          infraSetting: aviinfrasetting-tkg-wkld-sigtran
          # Type of the Service.
          type: LoadBalancer
        ==> snippets/default/sctp-service-sigtran/template.yaml
        # Into the template of the Service `sctp-service-sigtran`, with `aviSctpServiceSigtran` in
        # `values.yaml` and instead of the lines without values: where `labels`, `annotations` or `type` stand
        # already, put the lines below them or in their place.
        metadata:
          annotations:
            aviinfrasetting.ako.vmware.com/name: {{ .Values.aviSctpServiceSigtran.infraSetting | quote }}
        spec:
          type: {{ .Values.aviSctpServiceSigtran.type | quote }}
        ==> snippets/default/snmp-service-oam/service.yaml
        # Into the template of the Service `snmp-service-oam`: where `labels`, `annotations` or `type` stand
        # already, put the lines below them or in their place.
        metadata:
          labels:
            ako.vmware.com/gateway-name: app-gateway-admin-0
            ako.vmware.com/gateway-namespace: {{ .Release.Namespace | quote }}
        spec:
          type: ClusterIP
        ==> snippets/default/snmp-service-oam/values.yaml
        # Into the chart's `values.yaml`, at the left margin: values for the Service `snmp-service-oam`.
        aviSnmpServiceOam:
          # Name of the Gateway.
          gateway: app-gateway-admin-0
          # Namespace of the Gateway; empty: that of the release.
          gatewayNamespace: ""
          # Type of the Service.
          type: ClusterIP
        ==> snippets/default/snmp-service-oam/template.yaml
        # Into the template of the Service `snmp-service-oam`, with `aviSnmpServiceOam` in `values.yaml` and
        # instead of the lines without values: where `labels`, `annotations` or `type` stand already, put the
        # lines below them or in their place.
        metadata:
          labels:
            ako.vmware.com/gateway-name: {{ .Values.aviSnmpServiceOam.gateway | quote }}
            ako.vmware.com/gateway-namespace: {{ .Values.aviSnmpServiceOam.gatewayNamespace | default .Release.Namespace | quote }}
        spec:
          type: {{ .Values.aviSnmpServiceOam.type | quote }}
    "#]].assert_eq(&print(&all[..2]));
}

#[test]
fn the_namespace_follows_the_release_where_the_gateway_stands_beside_the_service() {
    let own = of_text(&(gateway("red", "gw", "") + &service("web", &labels("red", "gw"), "")));
    assert_eq!(
        line(&own[0], 0, "gateway-namespace"),
        "ako.vmware.com/gateway-namespace: {{ .Release.Namespace | quote }}"
    );
    assert_eq!(line(&own[0], 1, "gatewayNamespace"), "gatewayNamespace: \"\"");
    assert_eq!(
        line(&own[0], 2, "gateway-namespace"),
        "ako.vmware.com/gateway-namespace: {{ .Values.aviWeb.gatewayNamespace | default .Release.Namespace | quote }}"
    );
    let other = of_text(&(gateway("blue", "gw", "") + &service("web", &labels("blue", "gw"), "")));
    assert_eq!(line(&other[0], 0, "gateway-namespace"), "ako.vmware.com/gateway-namespace: blue");
    assert_eq!(line(&other[0], 1, "gatewayNamespace"), "gatewayNamespace: blue");
    assert_eq!(
        line(&other[0], 2, "gateway-namespace"),
        "ako.vmware.com/gateway-namespace: {{ .Values.aviWeb.gatewayNamespace | quote }}"
    );
}

#[test]
fn names_follow_the_release_that_gave_them() {
    const INSTANCE: &str = "labels: {app.kubernetes.io/instance: shop}";
    let marked = labels("red", "shop-gw").replace('}', ", app.kubernetes.io/instance: shop}");
    let own = of_text(&(gateway("red", "shop-gw", INSTANCE) + &service("shop-web", &marked, "")));
    assert_eq!(
        line(&own[0], 0, "gateway-name:"),
        "ako.vmware.com/gateway-name: {{ (printf \"%s%s\" .Release.Name \"-gw\") | quote }}"
    );
    assert_eq!(line(&own[0], 1, "gateway:"), "gateway: \"\"");
    // The Gateway is not the release's, or does not bear its name.
    let foreign = of_text(&(gateway("red", "shop-gw", "") + &service("shop-web", &marked, "")));
    assert_eq!(line(&foreign[0], 0, "gateway-name:"), "ako.vmware.com/gateway-name: shop-gw");
    let marked = marked.replace("shop-gw", "shopping");
    let named = of_text(&(gateway("red", "shopping", INSTANCE) + &service("shop-web", &marked, "")));
    assert_eq!(line(&named[0], 0, "gateway-name:"), "ako.vmware.com/gateway-name: shopping");
    let shared = "labels: {app.kubernetes.io/instance: shop}, annotations: {ako.vmware.com/enable-shared-vip: shop}";
    let shared = of_text(&service("shop-dns", shared, "type: LoadBalancer, "));
    assert_eq!(line(&shared[0], 0, "shared-vip"), "ako.vmware.com/enable-shared-vip: {{ .Release.Name | quote }}");
}

#[test]
fn what_is_written_stays_and_braces_are_no_template() {
    let text = service(
        "web.a",
        "annotations: {ako.vmware.com/enable-shared-vip: '{{ k }}', \
         ako.vmware.com/load-balancer-ip: 10.0.0.1, ako.vmware.com/l4rule: '0123', \
         external-dns.alpha.kubernetes.io/hostname: a.example.com}",
        "type: LoadBalancer, loadBalancerClass: ako.vmware.com/avi-lb, ",
    );
    expect![[r#"
        ==> snippets/red/web.a/service.yaml
        # Into the template of the Service `web.a`: where `labels`, `annotations` or `type` stand already, put
        # the lines below them or in their place.
        metadata:
          annotations:
            ako.vmware.com/enable-shared-vip: "{{ "{{" }} k }}"
            ako.vmware.com/l4rule: "0123"
            ako.vmware.com/load-balancer-ip: "10.0.0.1"
            external-dns.alpha.kubernetes.io/hostname: a.example.com
        spec:
          loadBalancerClass: ako.vmware.com/avi-lb
          type: LoadBalancer
        ==> snippets/red/web.a/values.yaml
        # Into the chart's `values.yaml`, at the left margin: values for the Service `web.a`.
        aviWebA:
          # Key of the shared address: the same in all Services that share it.
          sharedVip: "{{ k }}"
          # Wanted address.
          address: "10.0.0.1"
          # Host name, which AKO takes in place of its own.
          host: a.example.com
          # Type of the Service.
          type: LoadBalancer
        ==> snippets/red/web.a/template.yaml
        # Into the template of the Service `web.a`, with `aviWebA` in `values.yaml` and instead of the lines
        # without values: where `labels`, `annotations` or `type` stand already, put the lines below them or in
        # their place.
        metadata:
          annotations:
            ako.vmware.com/enable-shared-vip: {{ .Values.aviWebA.sharedVip | quote }}
            ako.vmware.com/l4rule: "0123"
            ako.vmware.com/load-balancer-ip: {{ .Values.aviWebA.address | quote }}
            external-dns.alpha.kubernetes.io/hostname: {{ .Values.aviWebA.host | quote }}
        spec:
          loadBalancerClass: ako.vmware.com/avi-lb
          type: {{ .Values.aviWebA.type | quote }}
    "#]]
    .assert_eq(&print(&of_text(&text)));
}

#[test]
fn services_of_one_name_have_values_of_their_own() {
    let text = service("a-b", "annotations: {}", "type: LoadBalancer, ")
        + &service("a.b", "annotations: {}", "type: LoadBalancer, ");
    let keys: Vec<String> = of_text(&text).iter().map(|snippet| line(snippet, 1, "avi").to_owned()).collect();
    assert_eq!(keys, ["aviAB:", "aviAB_2:"]);
    assert_eq!(of_text(&service("plain", "annotations: {}", "")), [], "nobody asks AKO for it");
}
