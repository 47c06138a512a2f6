//! Exposing: verdicts, documents, snippets.

use expect_test::{Expect, expect};

use super::*;
use crate::text::SourceFile;

const SETTING: &str = "aviinfrasetting-tkg-wkld-oam";

const PLATFORM: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: aviinfrasetting-tkg-wkld-oam}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: avigatewayclass-tkg-wkld-oam}
spec:
  controller: ako.vmware.com/avi-lb
  parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-tkg-wkld-oam}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: avi-ingress-class-oam}
spec:
  controller: ako.vmware.com/avi-lb
  parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-tkg-wkld-oam}
";

const GATEWAY: &str = "\
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: app-gateway-admin-0, namespace: default}
spec:
  gatewayClassName: avigatewayclass-tkg-wkld-oam
  listeners:
  - protocol: UDP
    port: 53
";

fn workspace(files: &[&str]) -> Workspace {
    let files = files.iter().enumerate();
    let files: Vec<SourceFile> = files.map(|(at, text)| SourceFile::new(format!("{at}.yaml"), *text)).collect();
    Workspace::new(&files)
}

fn wish(ports: &[(&str, i64)]) -> Wish {
    let port = |(protocol, port): &(&str, i64)| Port { protocol: (*protocol).to_owned(), port: *port, target: None };
    Wish {
        namespace: "default".to_owned(),
        service: "dns".to_owned(),
        setting: SETTING.to_owned(),
        ports: ports.iter().map(port).collect(),
        ..Wish::default()
    }
}

fn print(files: &[SourceFile]) -> String {
    let print = |file: &SourceFile| format!("--- # {}\n{}", file.name, file.text);
    files.iter().map(print).collect::<Vec<_>>().concat()
}

fn gateway_way() -> Way {
    Way::Gateway { namespace: "default".to_owned(), name: "app-gateway-admin-0".to_owned() }
}

fn check(workspace: &Workspace, wish: &Wish, expected: &Expect) {
    let line = |choice: Choice| {
        let way = match choice.way {
            Way::Gateway { namespace, name } => format!("gateway {namespace}/{name}"),
            Way::LoadBalancer => "load balancer".to_owned(),
            Way::SharedVip { key } => format!("shared VIP {key}"),
            Way::Ingress => "ingress".to_owned(),
        };
        let can = if choice.possible { "can" } else { "cannot" };
        format!("{way}: {can}: {}\n", choice.reason)
    };
    expected.assert_eq(&options(workspace, wish).into_iter().map(line).collect::<String>());
}

#[test]
fn tcp_and_udp_on_one_address() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\n\
                    spec: {akoVersion: 1.9.3, kubernetesVersion: '1.23'}\n";
    check(
        &workspace(&[PLATFORM, GATEWAY, settings]),
        &wish(&[("TCP", 53), ("UDP", 53)]),
        &expect![[r#"
            gateway default/app-gateway-admin-0: can: Adds the listener TCP/53 to `app-gateway-admin-0`. Several Services share the address, with any mix of protocols. AKO's values must have `servicesAPI: true`.
            gateway default/tkg-wkld-oam-gateway: can: Makes a Gateway that listens on TCP/53, UDP/53. Several Services share the address, with any mix of protocols. AKO's values must have `servicesAPI: true`.
            load balancer: cannot: AKO 1.9.3 does not have it yet: several protocols in one Service of type `LoadBalancer` came with AKO 1.10.2.
            shared VIP tkg-wkld-oam: can: The first of the Services in `default` that will share an address.
            ingress: cannot: UDP/53 is not HTTP: an Ingress serves HTTP and HTTPS only.
        "#]],
    );
}

#[test]
fn with_ako_s_values() {
    let values = "AKOSettings: {servicesAPI: false}\nL4Settings: {defaultLBController: \"false\"}\n";
    check(
        &workspace(&[PLATFORM, GATEWAY, values]),
        &wish(&[("TCP", 80)]),
        &expect![[r#"
            gateway default/app-gateway-admin-0: cannot: AKO's values do not have `servicesAPI: true`: it does not look at Gateways.
            gateway default/tkg-wkld-oam-gateway: cannot: AKO's values do not have `servicesAPI: true`: it does not look at Gateways.
            load balancer: can: The Service has an address of its own. It gets `loadBalancerClass: ako.vmware.com/avi-lb`, as AKO is not the default.
            shared VIP tkg-wkld-oam: can: The first of the Services in `default` that will share an address.
            ingress: can: Serves HTTP on port 80, and HTTPS on 443 with a certificate, by the class `avi-ingress-class-oam`.
        "#]],
    );
}

#[test]
fn what_others_have_is_not_taken() {
    let other = "\
apiVersion: v1
kind: Service
metadata:
  name: other
  labels: {ako.vmware.com/gateway-name: app-gateway-admin-0, ako.vmware.com/gateway-namespace: default}
  annotations: {ako.vmware.com/enable-shared-vip: dns-vip}
spec: {ports: [{port: 53, protocol: UDP}]}
";
    check(
        &workspace(&[PLATFORM, GATEWAY, other]),
        &Wish { shares_address: true, ..wish(&[("UDP", 53)]) },
        &expect![[r#"
            gateway default/app-gateway-admin-0: cannot: UDP/53 is served by `default/other`; with two Services on a listener AKO serves neither.
            gateway default/tkg-wkld-oam-gateway: can: Makes a Gateway that listens on UDP/53. Several Services share the address, with any mix of protocols. AKO's values must have `servicesAPI: true`.
            load balancer: cannot: A Service of type `LoadBalancer` has an address of its own; a Gateway or a shared VIP has one for several Services.
            shared VIP dns-vip: cannot: `other` has this key and another AviInfraSetting: AKO would take the address from all of them.
            shared VIP tkg-wkld-oam: can: The first of the Services in `default` that will share an address.
            ingress: cannot: UDP/53 is not HTTP: an Ingress serves HTTP and HTTPS only.
        "#]],
    );
}

#[test]
fn a_missing_setting_speaks_against_all() {
    let wish = Wish { setting: "aviinfrasetting-sigtran".to_owned(), ..wish(&[("SCTP", 2905)]) };
    let choices = options(&workspace(&[PLATFORM]), &wish);
    assert!(choices.iter().all(|choice| !choice.possible));
    assert_eq!(choices[0].reason, "The AviInfraSetting `aviinfrasetting-sigtran` is not defined.");
}

#[test]
fn a_new_service_and_a_new_gateway() {
    let before = workspace(&[PLATFORM]);
    let wish = Wish {
        selector: BTreeMap::from([("app".to_owned(), "nginx".to_owned())]),
        ..wish(&[("TCP", 53), ("UDP", 53)])
    };
    let after = apply(&before, &wish, &gateway_way()).apply(&before).unwrap();
    let names: Vec<&str> = after.files().iter().map(|file| file.source.name.as_str()).collect();
    assert_eq!(names, ["0.yaml", "apps/default/dns.yaml", "apps/default/app-gateway-admin-0.yaml", "akoplan.yaml"]);
    expect![[r"
        --- # apps/default/dns.yaml
        apiVersion: v1
        kind: Service
        metadata:
          name: dns
          namespace: default
          labels:
            ako.vmware.com/gateway-name: app-gateway-admin-0
            ako.vmware.com/gateway-namespace: default
        spec:
          selector:
            app: nginx
          ports:
          - name: tcp-53
            protocol: TCP
            port: 53
          - name: udp-53
            protocol: UDP
            port: 53
          type: ClusterIP
        --- # apps/default/app-gateway-admin-0.yaml
        apiVersion: networking.x-k8s.io/v1alpha1
        kind: Gateway
        metadata:
          name: app-gateway-admin-0
          namespace: default
        spec:
          gatewayClassName: avigatewayclass-tkg-wkld-oam
          listeners:
          - port: 53
            protocol: TCP
            routes:
              group: v1
              kind: Service
              selector:
                matchLabels:
                  ako.vmware.com/gateway-name: app-gateway-admin-0
                  ako.vmware.com/gateway-namespace: default
          - port: 53
            protocol: UDP
            routes:
              group: v1
              kind: Service
              selector:
                matchLabels:
                  ako.vmware.com/gateway-name: app-gateway-admin-0
                  ako.vmware.com/gateway-namespace: default
        --- # akoplan.yaml
        apiVersion: akoplan/v1alpha1
        kind: AkoplanSettings
        spec:
          intents:
          - kind: Service
            namespace: default
            name: dns
            segment: aviinfrasetting-tkg-wkld-oam
    "]]
    .assert_eq(&print(&after.sources()[1..]));
}

#[test]
fn snippets_for_charts() {
    let workspace = workspace(&[PLATFORM]);
    let wish = Wish { host: "dns.example.com".to_owned(), ..wish(&[("TCP", 80)]) };
    let snippets = [gateway_way(), Way::LoadBalancer, Way::SharedVip { key: "oam".to_owned() }, Way::Ingress];
    let texts: Vec<String> = snippets.iter().map(|way| snippet(&workspace, &wish, way)).collect();
    expect![[r"
        metadata:
          labels:
            ako.vmware.com/gateway-name: app-gateway-admin-0
            ako.vmware.com/gateway-namespace: default
        spec:
          type: ClusterIP
        ---
        metadata:
          annotations:
            aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
        spec:
          type: LoadBalancer
        ---
        metadata:
          annotations:
            ako.vmware.com/enable-shared-vip: oam
            aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
        spec:
          type: LoadBalancer
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: dns
          namespace: default
        spec:
          ingressClassName: avi-ingress-class-oam
          rules:
          - host: dns.example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: dns
                    port:
                      number: 80
    "]]
    .assert_eq(&texts.join("---\n"));
}

#[test]
fn pasted_ports_are_read() {
    let pasted =
        parse_listeners("UDP 161\nTCP/80, 443;tcp:443\n161/udp\n\n- SCTP 2905 sig.example.com\nport 5\n99999\n0");
    let read: Vec<String> = pasted
        .listeners
        .iter()
        .map(|listener| format!("{}/{} {}", listener.protocol, listener.port, listener.hostname).trim().to_owned())
        .collect();
    assert_eq!(read, ["UDP/161", "TCP/80", "TCP/443", "SCTP/2905 sig.example.com"]);
    assert_eq!(pasted.rejected, ["port 5", "99999", "0"]);
}

const LOAD_BALANCER: &str = "\
# our DNS
apiVersion: v1
kind: Service
metadata:
  name: dns # short
  namespace: default
  annotations:
    aviinfrasetting.ako.vmware.com/name: other
spec:
  externalTrafficPolicy: Local
  ports:
  - {port: 53, protocol: UDP, nodePort: 30053}
  - name: t
    port: 53
    nodePort: 30054
  type: LoadBalancer # for now
";

#[test]
fn a_load_balancer_moves_to_a_gateway() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  akoVersion: 2.2.1\n";
    let before = workspace(&[PLATFORM, GATEWAY, LOAD_BALANCER, settings]);
    let wish = wish(&[]);
    let after = apply(&before, &wish, &gateway_way()).apply(&before).unwrap();
    expect![[r#"
        --- # 1.yaml
        apiVersion: networking.x-k8s.io/v1alpha1
        kind: Gateway
        metadata: {name: app-gateway-admin-0, namespace: default}
        spec:
          gatewayClassName: avigatewayclass-tkg-wkld-oam
          listeners:
          - protocol: UDP
            port: 53
          - port: 53
            protocol: TCP
            routes:
              group: v1
              kind: Service
              selector:
                matchLabels:
                  ako.vmware.com/gateway-name: app-gateway-admin-0
                  ako.vmware.com/gateway-namespace: default
        --- # 2.yaml
        # our DNS
        apiVersion: v1
        kind: Service
        metadata:
          name: dns # short
          namespace: default
          labels:
            ako.vmware.com/gateway-name: app-gateway-admin-0
            ako.vmware.com/gateway-namespace: default
        spec:
          ports:
          - {port: 53, protocol: UDP}
          - name: t
            port: 53
          type: ClusterIP # for now
        --- # 3.yaml
        apiVersion: akoplan/v1alpha1
        kind: AkoplanSettings
        spec:
          akoVersion: 2.2.1
          intents:
          - kind: Service
            namespace: default
            name: dns
            segment: aviinfrasetting-tkg-wkld-oam
    "#]]
    .assert_eq(&print(&after.sources()[1..]));
    let again = apply(&after, &wish, &gateway_way()).apply(&after).unwrap();
    assert_eq!(again.sources(), after.sources(), "a second time changes nothing");
}

#[test]
fn a_gateway_s_service_gets_an_address_of_its_own() {
    let labelled = "\
apiVersion: v1
kind: Service
metadata:
  name: dns
  labels:
    app: dns
    ako.vmware.com/gateway-name: app-gateway-admin-0
    ako.vmware.com/gateway-namespace: default
spec:
  ports:
  - port: 53
";
    let before = workspace(&[PLATFORM, GATEWAY, labelled]);
    let after = apply(&before, &wish(&[]), &Way::LoadBalancer).apply(&before).unwrap();
    expect![[r#"
        apiVersion: v1
        kind: Service
        metadata:
          name: dns
          labels:
            app: dns
          annotations:
            aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
        spec:
          ports:
          - port: 53
          type: LoadBalancer
    "#]]
    .assert_eq(&after.files()[2].source.text);
}
