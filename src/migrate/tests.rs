//! Tests of migrations: what each report says, and what each change writes.

use expect_test::{Expect, expect};

use super::*;
use crate::diff;
use crate::report::plan_text;
use crate::text::SourceFile;

const SETTING: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: oam}
spec: {seGroup: {name: group10}, network: {vipNetworks: [{networkName: oam-vip, cidr: 10.0.0.0/24}]}}
";
const VALUES: &str = "\
AKOSettings: {clusterName: c, servicesAPI: true}
NetworkSettings: {vipNetworkList: [{networkName: global-net, cidr: 10.1.0.0/24}]}
";

fn workspace(manifests: &str, values: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", manifests), SourceFile::new("values.yaml", values)])
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn planned(workspace: &Workspace, migration: Migration, pairs: &[(&str, &str)]) -> (Offer, Plan) {
    let offer = offers(workspace).into_iter().find(|offer| offer.migration == migration).expect("an offer");
    let plan = plan(workspace, &offer, &answers(pairs));
    (offer, plan)
}

/// The report, and the diff where the change can be made.
fn told(workspace: &Workspace, migration: Migration, pairs: &[(&str, &str)], expected: &Expect) {
    let (offer, plan) = planned(workspace, migration, pairs);
    let mut text = plan_text(&offer, &plan);
    if let Some(command) = &plan.command {
        let files = diff::of_command(workspace, command).unwrap();
        text.extend(files.iter().map(diff::FileDiff::unified));
    }
    expected.assert_eq(&text);
}

#[test]
fn an_infra_setting_of_ako_1_4() {
    let text = "\
# ours
apiVersion: ako.vmware.com/v1alpha1
kind: AviInfraSetting
metadata: {name: oam} # kept
spec:
  network:
    names: # the old list
    - oam-vip
    subnetIP: 10.0.0.0
    subnetPrefix: 24
    enableRhi: true
";
    told(
        &workspace(text, ""),
        Migration::InfraSetting,
        &[],
        &expect![[r#"
        AviInfraSetting/oam: to AviInfraSetting `ako.vmware.com/v1beta1`
        kept:
          AviInfraSetting/oam: apiVersion: ako.vmware.com/v1alpha1 → apiVersion: ako.vmware.com/v1beta1, the same fields
          AviInfraSetting/oam: spec.network.names: oam-vip → spec.network.vipNetworks: networkName: oam-vip, cidr: 10.0.0.0/24
        lost:
          AviInfraSetting/oam: comments at `spec.network.names` go
            because they stand at a field that is removed
        --- a.yaml
        +++ a.yaml
        @@ -1,11 +1,10 @@
         # ours
        -apiVersion: ako.vmware.com/v1alpha1
        +apiVersion: ako.vmware.com/v1beta1
         kind: AviInfraSetting
         metadata: {name: oam} # kept
         spec:
           network:
        -    names: # the old list
        -    - oam-vip
        -    subnetIP: 10.0.0.0
        -    subnetPrefix: 24
             enableRhi: true
        +    vipNetworks:
        +    - networkName: oam-vip
        +      cidr: 10.0.0.0/24
    "#]],
    );
}

#[test]
fn values_of_ako_1_3() {
    let values = "AKOSettings: {clusterName: c}\nNetworkSettings:\n  networkName: vip\n  subnetIP: 10.1.0.0\n  subnetPrefix: \"24\" # ours\n";
    told(
        &workspace(SETTING, values),
        Migration::Values,
        &[],
        &expect![[r#"
        values.yaml: to AKO's values with the keys of today
        kept:
          values.yaml: NetworkSettings.networkName: vip → NetworkSettings.vipNetworkList[0].networkName: vip, cidr: 10.1.0.0/24
        lost:
          values.yaml: comments at `NetworkSettings.subnetPrefix` go
            because they stand at a field that is removed
        --- values.yaml
        +++ values.yaml
        @@ -1,5 +1,5 @@
         AKOSettings: {clusterName: c}
         NetworkSettings:
        -  networkName: vip
        -  subnetIP: 10.1.0.0
        -  subnetPrefix: "24" # ours
        +  vipNetworkList:
        +  - networkName: vip
        +    cidr: 10.1.0.0/24
    "#]],
    );
}

#[test]
fn an_ingress_of_v1beta1() {
    let text = "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: avi-oam}
spec: {controller: ako.vmware.com/avi-lb}
---
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata:
  name: web
  namespace: red
  annotations:
    kubernetes.io/ingress.class: avi
spec:
  rules:
  - host: web.example.com
    http:
      paths:
      - path: /
        backend:
          serviceName: web # ours
          servicePort: 80
";
    told(
        &workspace(text, VALUES),
        Migration::Ingress,
        &[],
        &expect![[r#"
        Ingress/red/web: to Ingress `networking.k8s.io/v1`
        decisions:
          The annotation `kubernetes.io/ingress.class` names `avi`, and no IngressClass of that name is here. Which class is meant?
            --answer ingress-class=avi-oam: an IngressClass of AKO's
            --answer ingress-class=keep: the name in the annotation: an IngressClass of that name has to exist
            open: it has to be answered
    "#]],
    );
    told(
        &workspace(text, VALUES),
        Migration::Ingress,
        &[("ingress-class", "avi-oam")],
        &expect![[r#"
        Ingress/red/web: to Ingress `networking.k8s.io/v1`
        kept:
          Ingress/red/web: apiVersion: networking.k8s.io/v1beta1 → apiVersion: networking.k8s.io/v1
          Ingress/red/web: backend.serviceName, backend.servicePort → backend.service.name, backend.service.port
          Ingress/red/web: paths without pathType → pathType: ImplementationSpecific, which AKO takes as a prefix
          Ingress/red/web: kubernetes.io/ingress.class: avi → spec.ingressClassName: AKO does not read the annotation
        lost:
          Ingress/red/web: comments in backends go: those lines are written anew
            because `serviceName` and `servicePort` become one `service`
            (Kubernetes documentation, Deprecated API Migration Guide, Ingress v1.22)
        decisions:
          The annotation `kubernetes.io/ingress.class` names `avi`, and no IngressClass of that name is here. Which class is meant?
            --answer ingress-class=avi-oam: an IngressClass of AKO's
            --answer ingress-class=keep: the name in the annotation: an IngressClass of that name has to exist
            answered: avi-oam
        landings:
          red/web web.example.com: new
            from not served: AKO reads Ingresses of `networking.k8s.io/v1` only, and Kubernetes has had no `networking.k8s.io/v1beta1` since 1.22
            to   global global-net 10.1.0.0/24 (SE group Default-Group)
        findings that come with it:
          warning[AKP316]: no Service is called `web` in `red`
        --- a.yaml
        +++ a.yaml
        @@ -4,11 +4,9 @@
         spec: {controller: ako.vmware.com/avi-lb}
         ---
        -apiVersion: networking.k8s.io/v1beta1
        +apiVersion: networking.k8s.io/v1
         kind: Ingress
         metadata:
           name: web
           namespace: red
        -  annotations:
        -    kubernetes.io/ingress.class: avi
         spec:
           rules:
        @@ -18,4 +16,8 @@
               - path: /
                 backend:
        -          serviceName: web # ours
        -          servicePort: 80
        +          service:
        +            name: web
        +            port:
        +              number: 80
        +        pathType: ImplementationSpecific
        +  ingressClassName: avi-oam
    "#]],
    );
}

fn balanced(name: &str, annotations: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: red\n  annotations:\n{annotations}\nspec:\n  type: LoadBalancer # ours\n  {spec}\n"
    )
}

#[test]
fn a_shared_vip_to_a_gateway() {
    let on_vip = "    ako.vmware.com/enable-shared-vip: edge\n    aviinfrasetting.ako.vmware.com/name: oam\n    ako.vmware.com/load-balancer-ip: 10.0.0.5\n    ako.vmware.com/l4rule: fast";
    let text = [
        SETTING.to_owned(),
        balanced("snmp", on_vip, "ports: [{port: 161, protocol: UDP}]"),
        balanced(
            "web",
            &format!("{on_vip}\n    team: oam"),
            "externalTrafficPolicy: Local\n  ports: [{port: 443, nodePort: 30443}]",
        ),
    ];
    told(
        &workspace(&text.concat(), VALUES),
        Migration::Gateway,
        &[],
        &expect![[r#"
            shared VIP red/edge: to Gateway of the services API, by labels
            kept:
              Service/red/snmp: ako.vmware.com/enable-shared-vip: edge → the labels of Gateway `red/oam-gateway`
              Service/red/snmp: the AviInfraSetting `oam` → spec.parametersRef of the GatewayClass
              Service/red/web: ako.vmware.com/enable-shared-vip: edge → the labels of Gateway `red/oam-gateway`
              Service/red/web: the AviInfraSetting `oam` → spec.parametersRef of the GatewayClass
              shared VIP red/edge: the ports UDP/161, TCP/443 → listeners of Gateway `oam-gateway`
              shared VIP red/edge: the address 10.0.0.5 → spec.addresses[0] of the Gateway
            lost:
              Service/red/snmp: the L4Rule applies no longer
                because AKO reads `ako.vmware.com/l4rule` of Services of type LoadBalancer only
                (AKO 2.2.1 internal/nodes/avi_model_l4_translator.go getL4Rule)
              Service/red/web: the L4Rule applies no longer
                because AKO reads `ako.vmware.com/l4rule` of Services of type LoadBalancer only
                (AKO 2.2.1 internal/nodes/avi_model_l4_translator.go getL4Rule)
              Service/red/web: the policy for traffic from outside goes
                because the API server refuses `spec.externalTrafficPolicy` on a Service of type ClusterIP
                (Kubernetes pkg/apis/core/validation ValidateService)
              Service/red/web: its ports on the nodes go
                because the API server refuses `nodePort` on a Service of type ClusterIP
                (Kubernetes pkg/apis/core/validation ValidateService)
            decisions:
              What is the Gateway in `red` called?
                --answer gateway=…
                without an answer: oam-gateway
              Which GatewayClass leads to `oam`?
                --answer gateway-class=avigatewayclass-c-oam: a new one
                without an answer: avigatewayclass-c-oam
              Which address does the Gateway ask for?
                --answer address=10.0.0.5: it moves to the Gateway
                --answer address=none: Avi gives the Gateway an address
                without an answer: 10.0.0.5
            landings:
              red/snmp UDP/161: stays on oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.5
              red/web TCP/443: stays on oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.5
            interruptions:
              admin/c--red-edge: AKO deletes this virtual service; what it serves is down
              red/snmp UDP/161, red/web TCP/443: goes to a VIP that is made anew with 10.0.0.5: down in between, and until the old VIP has given the address back
            --- a.yaml
            +++ a.yaml
            @@ -10,10 +10,10 @@
               namespace: red
               annotations:
            -    ako.vmware.com/enable-shared-vip: edge
            -    aviinfrasetting.ako.vmware.com/name: oam
            -    ako.vmware.com/load-balancer-ip: 10.0.0.5
                 ako.vmware.com/l4rule: fast
            +  labels:
            +    ako.vmware.com/gateway-name: oam-gateway
            +    ako.vmware.com/gateway-namespace: red
             spec:
            -  type: LoadBalancer # ours
            +  type: ClusterIP # ours
               ports: [{port: 161, protocol: UDP}]
             ---
            @@ -24,11 +24,51 @@
               namespace: red
               annotations:
            -    ako.vmware.com/enable-shared-vip: edge
            -    aviinfrasetting.ako.vmware.com/name: oam
            -    ako.vmware.com/load-balancer-ip: 10.0.0.5
                 ako.vmware.com/l4rule: fast
                 team: oam
            +  labels:
            +    ako.vmware.com/gateway-name: oam-gateway
            +    ako.vmware.com/gateway-namespace: red
             spec:
            -  type: LoadBalancer # ours
            -  externalTrafficPolicy: Local
            -  ports: [{port: 443, nodePort: 30443}]
            +  type: ClusterIP # ours
            +  ports: [{port: 443}]
            +---
            +apiVersion: networking.x-k8s.io/v1alpha1
            +kind: GatewayClass
            +metadata:
            +  name: avigatewayclass-c-oam
            +spec:
            +  controller: ako.vmware.com/avi-lb
            +  parametersRef:
            +    group: ako.vmware.com
            +    kind: AviInfraSetting
            +    name: oam
            +---
            +apiVersion: networking.x-k8s.io/v1alpha1
            +kind: Gateway
            +metadata:
            +  name: oam-gateway
            +  namespace: red
            +spec:
            +  gatewayClassName: avigatewayclass-c-oam
            +  listeners:
            +  - port: 161
            +    protocol: UDP
            +    routes:
            +      group: v1
            +      kind: Service
            +      selector:
            +        matchLabels:
            +          ako.vmware.com/gateway-name: oam-gateway
            +          ako.vmware.com/gateway-namespace: red
            +  - port: 443
            +    protocol: TCP
            +    routes:
            +      group: v1
            +      kind: Service
            +      selector:
            +        matchLabels:
            +          ako.vmware.com/gateway-name: oam-gateway
            +          ako.vmware.com/gateway-namespace: red
            +  addresses:
            +  - type: IPAddress
            +    value: "10.0.0.5"
        "#]],
    );
}

#[test]
fn addresses_are_never_chosen_silently() {
    let of = |address: &str| {
        format!("    aviinfrasetting.ako.vmware.com/name: oam\n    ako.vmware.com/load-balancer-ip: {address}")
    };
    let text = [
        SETTING.to_owned(),
        balanced("a", &of("10.0.0.5"), "ports: [{port: 80}]"),
        balanced("b", &of("10.0.0.6"), "ports: [{port: 443}]"),
    ];
    let workspace = workspace(&text.concat(), VALUES);
    let (_, open) = planned(&workspace, Migration::SharedVip, &[]);
    assert!(open.command.is_none());
    assert_eq!(open.open().map(|decision| decision.key).collect::<Vec<_>>(), ["address"]);
    let (_, wrong) = planned(&workspace, Migration::SharedVip, &[("address", "10.0.0.7")]);
    assert!(wrong.command.is_none());
    told(
        &workspace,
        Migration::SharedVip,
        &[("address", "10.0.0.6")],
        &expect![[r#"
        2 LoadBalancer Services in red: to shared VIP, by annotation
        kept:
          Service/red/a: spec.type: LoadBalancer, by itself → spec.type: LoadBalancer, and ako.vmware.com/enable-shared-vip: oam
          Service/red/a: the address 10.0.0.6 → the address that the Service asks for
          Service/red/b: spec.type: LoadBalancer, by itself → spec.type: LoadBalancer, and ako.vmware.com/enable-shared-vip: oam
          Service/red/b: the address 10.0.0.6 → the address that the Service asks for
        lost:
          2 LoadBalancer Services in red: the Services have one address together, and not one each
            because that is what a shared VIP is
            (AKO 2.2.1 internal/nodes/dequeue_ingestion.go handleL4SharedVipService)
          red/a TCP/80: does not ask for the address 10.0.0.5 any more
            because it asks for 10.0.0.6
        decisions:
          What is the key of the shared VIP?
            --answer key=…
            without an answer: oam
          Which address does the shared VIP ask for?
            --answer address=10.0.0.5: all of the Services ask for it
            --answer address=10.0.0.6: all of the Services ask for it
            --answer address=none: Avi gives the VIP an address
            answered: 10.0.0.6
        landings:
          red/a TCP/80: stays on oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.6
          red/b TCP/443: stays on oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.6
        interruptions:
          admin/c--red-a: AKO deletes this virtual service; what it serves is down
          admin/c--red-b: AKO deletes this virtual service; what it serves is down
          red/a TCP/80, red/b TCP/443: goes to a VIP that is made anew with 10.0.0.6: down in between, and until the old VIP has given the address back
        --- a.yaml
        +++ a.yaml
        @@ -11,5 +11,6 @@
           annotations:
             aviinfrasetting.ako.vmware.com/name: oam
        -    ako.vmware.com/load-balancer-ip: 10.0.0.5
        +    ako.vmware.com/load-balancer-ip: "10.0.0.6"
        +    ako.vmware.com/enable-shared-vip: oam
         spec:
           type: LoadBalancer # ours
        @@ -24,4 +25,5 @@
             aviinfrasetting.ako.vmware.com/name: oam
             ako.vmware.com/load-balancer-ip: 10.0.0.6
        +    ako.vmware.com/enable-shared-vip: oam
         spec:
           type: LoadBalancer # ours
    "#]],
    );
}

const GATEWAY: &str = "\
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: avi-oam}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oam}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: avi-oam
  addresses: [{type: IPAddress, value: 10.0.0.5}]
  listeners:
  - {protocol: UDP, port: 161, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
  - {protocol: TCP, port: 443, hostname: web.example.com, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
  - {protocol: TCP, port: 80, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
";

fn labelled(name: &str, namespace: &str, ports: &str) -> String {
    format!(
        "---\n# {name}\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}, ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}\nspec: {{ports: [{ports}]}}\n"
    )
}

#[test]
fn a_gateway_to_shared_vips() {
    let text = [
        SETTING.to_owned(),
        GATEWAY.to_owned(),
        labelled("snmp", "red", "{name: a, port: 161, protocol: UDP}, {name: b, port: 9100}"),
        labelled("web", "blue", "{port: 443}"),
    ];
    told(
        &workspace(&text.concat(), VALUES),
        Migration::SharedVip,
        &[],
        &expect![[r#"
        Gateway red/gw: to shared VIP, by annotation
        kept:
          Service/red/snmp: the labels of the Gateway → spec.type: LoadBalancer, and ako.vmware.com/enable-shared-vip: oam
          Service/red/snmp: the AviInfraSetting `oam`, by the GatewayClass → aviinfrasetting.ako.vmware.com/name: oam
          Service/red/snmp: the address 10.0.0.5 → the address that the Service asks for
          Service/blue/web: the labels of the Gateway → spec.type: LoadBalancer, and ako.vmware.com/enable-shared-vip: oam
          Service/blue/web: the AviInfraSetting `oam`, by the GatewayClass → aviinfrasetting.ako.vmware.com/name: oam
          Service/blue/web: the listener's host web.example.com → external-dns.alpha.kubernetes.io/hostname: web.example.com
        lost:
          Gateway red/gw: the Services of the namespaces red, blue share no address any more
            because a shared VIP is for the Services of one namespace
            (AKO 2.2.1 internal/nodes/dequeue_ingestion.go handleL4SharedVipService)
          Gateway/red/gw: the listener TCP/80 goes: the port was open, and nothing answered
            because no Service has its protocol and port
            (AKO 2.2.1 internal/nodes/ingress_model_rel.go ParseL4ServiceForGateway)
          red/snmp TCP/9100: was closed to the outside, and will be open
            because a Service of type LoadBalancer opens all of its ports; the Gateway had no listener for this one
            (AKO 2.2.1 internal/nodes/ingress_model_rel.go ParseL4ServiceForGateway)
          blue/web TCP/443: does not ask for the address 10.0.0.5 any more
            because Avi gives it an address
        decisions:
          What is the key of the shared VIP?
            --answer key=…
            without an answer: oam
          Which address does the shared VIP ask for?
            --answer address=10.0.0.5: all of the Services ask for it
            --answer address=none: Avi gives the VIP an address
            without an answer: 10.0.0.5
        landings:
          blue/web TCP/443: stays on oam-vip 10.0.0.0/24 (SE group group10)
          red/snmp TCP/9100: new
            from not served: no listener of Gateway `red/gw` has TCP/9100 (it has UDP/161, TCP/443, TCP/80); AKO compares protocol and port of the Service
            to   oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.5
          red/snmp UDP/161: stays on oam-vip 10.0.0.0/24 (SE group group10), asking for 10.0.0.5
        interruptions:
          admin/c--red-gw: AKO deletes this virtual service; what it serves is down
          blue/web TCP/443: goes to a VIP that is made anew: down in between, and Avi may give another address
          red/snmp TCP/9100, red/snmp UDP/161: goes to a VIP that is made anew with 10.0.0.5: down in between, and until the old VIP has given the address back
        in the cluster:
          `kubectl delete gateways.networking.x-k8s.io gw -n red` before the rest is applied: applying deletes nothing, and `Gateway/red/gw` keeps its address until then
        --- a.yaml
        +++ a.yaml
        @@ -9,24 +9,13 @@
         spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oam}}
         ---
        -apiVersion: networking.x-k8s.io/v1alpha1
        -kind: Gateway
        -metadata: {name: gw, namespace: red}
        -spec:
        -  gatewayClassName: avi-oam
        -  addresses: [{type: IPAddress, value: 10.0.0.5}]
        -  listeners:
        -  - {protocol: UDP, port: 161, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
        -  - {protocol: TCP, port: 443, hostname: web.example.com, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
        -  - {protocol: TCP, port: 80, routes: {kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
        ----
         # snmp
         apiVersion: v1
         kind: Service
        -metadata: {name: snmp, namespace: red, labels: {app: snmp, ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}
        -spec: {ports: [{name: a, port: 161, protocol: UDP}, {name: b, port: 9100}]}
        +metadata: {name: snmp, namespace: red, labels: {app: snmp}, annotations: {ako.vmware.com/enable-shared-vip: oam, aviinfrasetting.ako.vmware.com/name: oam, ako.vmware.com/load-balancer-ip: "10.0.0.5"}}
        +spec: {ports: [{name: a, port: 161, protocol: UDP}, {name: b, port: 9100}], type: LoadBalancer}
         ---
         # web
         apiVersion: v1
         kind: Service
        -metadata: {name: web, namespace: blue, labels: {app: web, ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}
        -spec: {ports: [{port: 443}]}
        +metadata: {name: web, namespace: blue, labels: {app: web}, annotations: {ako.vmware.com/enable-shared-vip: oam, aviinfrasetting.ako.vmware.com/name: oam, external-dns.alpha.kubernetes.io/hostname: web.example.com}}
        +spec: {ports: [{port: 443}], type: LoadBalancer}
    "#]],
    );
}

#[test]
fn two_services_on_a_listener_stand_against_it() {
    let text = [
        SETTING.to_owned(),
        GATEWAY.to_owned(),
        labelled("a", "red", "{port: 443}"),
        labelled("b", "red", "{port: 443}"),
    ];
    let (_, plan) = planned(&workspace(&text.concat(), VALUES), Migration::LoadBalancer, &[]);
    assert_eq!(
        plan.obstacles,
        ["`red/a` and `red/b` both have TCP/443: AKO serves neither. Decide between them first."]
    );
    assert!(plan.command.is_none());
}

#[test]
fn layer_4_has_no_gateway_api_v1() {
    let text = [SETTING.to_owned(), GATEWAY.to_owned(), labelled("web", "red", "{port: 443}")];
    told(
        &workspace(&text.concat(), VALUES),
        Migration::GatewayApi,
        &[],
        &expect![[r#"
        Gateway red/gw: to Gateway API v1: Gateway and HTTPRoute
        not possible:
          AKO has no layer 4 in Gateway API v1. Of `Gateway/red/gw` it would serve none of UDP/161, TCP/443, TCP/80.
        lost:
          red/gw UDP/161: is served no more
            because in Gateway API v1 AKO takes HTTP and HTTPS only (`UnsupportedProtocol`), and reads no TCPRoute, UDPRoute or TLSRoute
            (AKO 2.2.1 ako-gateway-api/k8s/validator.go isValidListener)
          red/gw TCP/443: is served no more
            because in Gateway API v1 AKO takes HTTP and HTTPS only (`UnsupportedProtocol`), and reads no TCPRoute, UDPRoute or TLSRoute
            (AKO 2.2.1 ako-gateway-api/k8s/validator.go isValidListener)
          red/gw TCP/80: is served no more
            because in Gateway API v1 AKO takes HTTP and HTTPS only (`UnsupportedProtocol`), and reads no TCPRoute, UDPRoute or TLSRoute
            (AKO 2.2.1 ako-gateway-api/k8s/validator.go isValidListener)
          Gateway/red/gw: the class no longer leads to `oam`
            because in Gateway API v1 AKO reads no `parametersRef`; of the setting that the Namespace names it takes the SE group and the Tier-1 router, nothing else
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          Gateway/red/gw: AKO ignores the VIP networks: VIPs are on the global network
            because AKO does not read it for a Gateway of v1
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
        instead:
          Stay with `networking.x-k8s.io/v1alpha1`: AKO 2.2.1 still serves it and ships its CRDs; it is AKO's only Gateway for layer 4.
          --to shared-vip: A shared VIP keeps one address for the Services of a namespace, any mix of protocols, and the segment; it needs no Gateway API.
    "#]],
    );
}

const INGRESS: &str = "\
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: avi-oam}
spec: {controller: ako.vmware.com/avi-lb, parameters: {apiGroup: ako.vmware.com, kind: AviInfraSetting, name: oam}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
spec: {ports: [{name: http, port: 80}, {name: https, port: 443}]}
---
apiVersion: v1
kind: Secret
metadata: {name: cert, namespace: red}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: red
  labels: {team: oam}
spec:
  ingressClassName: avi-oam
  tls:
  - hosts: [shop.example.com]
    secretName: cert
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /cart, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 443}}}}
  - host: old.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: ako.vmware.com/v1beta1
kind: HostRule
metadata: {name: shop, namespace: red}
spec: {virtualhost: {fqdn: shop.example.com}}
";

#[test]
fn an_ingress_to_gateway_api_v1_says_what_is_lost_and_waits() {
    let values = VALUES.replace("servicesAPI: true", "servicesAPI: false");
    let workspace = workspace(&(SETTING.to_owned() + INGRESS), &values);
    told(
        &workspace,
        Migration::GatewayApi,
        &[],
        &expect![[r#"
        Ingress/red/shop: to Gateway API v1: Gateway and HTTPRoute
        kept:
          Namespace/red: the SE group, by the IngressClass → the SE group, by the Namespace's annotation
          Ingress/red/shop: spec.tls: cert → certificateRefs of the HTTPS listeners
          Ingress/red/shop: spec.rules: hosts, paths, backends → hostnames, matches, backendRefs of HTTPRoute `shop`, HTTPRoute `shop-2`
        lost:
          AviInfraSetting/oam: the class no longer leads to `oam`
            because in Gateway API v1 AKO reads no `parametersRef`; of the setting that the Namespace names it takes the SE group and the Tier-1 router, nothing else
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          AviInfraSetting/oam: AKO ignores the VIP networks: VIPs are on the global network
            because AKO does not read it for a Gateway of v1
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          shop.example.com: HTTP on port 80 is no longer redirected to HTTPS, and not served
            because AKO adds that redirect for Ingresses only, and a redirect of an HTTPRoute always leads to HTTP
            (AKO 2.2.1 internal/nodes/validator.go ParseHostPathForIngress; ako-gateway-api/nodes/avi_model_l7_translator.go BuildHTTPPolicySetHTTPRequestRedirectRules)
          shop.example.com: `HostRule/red/shop` no longer applies to it
            because AKO applies it to hosts of Ingresses; an HTTPRoute refers to an L7Rule instead
            (AKO 2.2.1 ako-gateway-api/nodes/route_validator.go validateHTTPRouteRules)
          red/shop old.example.com: lands on global global-net 10.1.0.0/24 (SE group group10), not on oam-vip 10.0.0.0/24 (SE group group10) any more
            because AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          red/shop shop.example.com: lands on global global-net 10.1.0.0/24 (SE group group10), not on oam-vip 10.0.0.0/24 (SE group group10) any more
            because AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
        decisions:
          AKO's values do not have `featureGates.GatewayAPI: true`. Without it AKO reads no object of Gateway API v1. Shall they get it?
            --answer gateway-api=yes: write it to the values; AKO reads it when it starts again
            --answer gateway-api=no: leave everything as it is
            open: it has to be answered
          What is the Gateway in `red` called?
            --answer gateway=…
            without an answer: oam-gateway
          Which GatewayClass does the Gateway have?
            --answer gateway-class=avi-lb: the class that AKO's chart makes
            without an answer: avi-lb
          Shall the Namespace `red` name the AviInfraSetting `oam`?
            --answer namespace-setting=yes: AKO takes the SE group and the Tier-1 router from there; whatever else in the namespace names no setting gets it, too
            --answer namespace-setting=no: the Gateway is in the SE group of AKO's values
            without an answer: yes
          2 landings are lost or go to another network or SE group. Do it all the same?
            --answer accept-loss=no: leave everything as it is
            --answer accept-loss=yes: migrate, and lose it
            open: it has to be answered
        landings:
          red/shop old.example.com: moves
            from oam-vip 10.0.0.0/24 (SE group group10)
            to   global global-net 10.1.0.0/24 (SE group group10)
          red/shop shop.example.com: moves
            from oam-vip 10.0.0.0/24 (SE group group10)
            to   global global-net 10.1.0.0/24 (SE group group10)
        interruptions:
          red/shop old.example.com, red/shop shop.example.com: goes to a VIP that is made anew: down in between, and Avi may give another address
        findings that come with it:
          error[AKP501]: `shop.example.com` is meant for `oam` and lands on the global network: AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
          error[AKP501]: `old.example.com` is meant for `oam` and lands on the global network: AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
        in the cluster:
          The cluster needs the CRDs of Gateway API, which are not in AKO's chart
          `kubectl delete ingress shop -n red`: applying deletes nothing, and until then its hosts have two VIPs
        instead:
          Stay with Ingress and the IngressClass `avi-oam`: AKO serves it as before, with the whole AviInfraSetting: VIP network, SE group, RHI, ports.
    "#]],
    );
    let (_, refused) = planned(&workspace, Migration::GatewayApi, &[("gateway-api", "yes"), ("accept-loss", "no")]);
    assert!(refused.command.is_none());
    told(
        &workspace,
        Migration::GatewayApi,
        &[("gateway-api", "yes"), ("accept-loss", "yes")],
        &expect![[r#"
        Ingress/red/shop: to Gateway API v1: Gateway and HTTPRoute
        kept:
          Namespace/red: the SE group, by the IngressClass → the SE group, by the Namespace's annotation
          Ingress/red/shop: spec.tls: cert → certificateRefs of the HTTPS listeners
          Ingress/red/shop: spec.rules: hosts, paths, backends → hostnames, matches, backendRefs of HTTPRoute `shop`, HTTPRoute `shop-2`
        lost:
          AviInfraSetting/oam: the class no longer leads to `oam`
            because in Gateway API v1 AKO reads no `parametersRef`; of the setting that the Namespace names it takes the SE group and the Tier-1 router, nothing else
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          AviInfraSetting/oam: AKO ignores the VIP networks: VIPs are on the global network
            because AKO does not read it for a Gateway of v1
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          shop.example.com: HTTP on port 80 is no longer redirected to HTTPS, and not served
            because AKO adds that redirect for Ingresses only, and a redirect of an HTTPRoute always leads to HTTP
            (AKO 2.2.1 internal/nodes/validator.go ParseHostPathForIngress; ako-gateway-api/nodes/avi_model_l7_translator.go BuildHTTPPolicySetHTTPRequestRedirectRules)
          shop.example.com: `HostRule/red/shop` no longer applies to it
            because AKO applies it to hosts of Ingresses; an HTTPRoute refers to an L7Rule instead
            (AKO 2.2.1 ako-gateway-api/nodes/route_validator.go validateHTTPRouteRules)
          red/shop old.example.com: lands on global global-net 10.1.0.0/24 (SE group group10), not on oam-vip 10.0.0.0/24 (SE group group10) any more
            because AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
          red/shop shop.example.com: lands on global global-net 10.1.0.0/24 (SE group group10), not on oam-vip 10.0.0.0/24 (SE group group10) any more
            because AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
            (AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent)
        decisions:
          AKO's values do not have `featureGates.GatewayAPI: true`. Without it AKO reads no object of Gateway API v1. Shall they get it?
            --answer gateway-api=yes: write it to the values; AKO reads it when it starts again
            --answer gateway-api=no: leave everything as it is
            answered: yes
          What is the Gateway in `red` called?
            --answer gateway=…
            without an answer: oam-gateway
          Which GatewayClass does the Gateway have?
            --answer gateway-class=avi-lb: the class that AKO's chart makes
            without an answer: avi-lb
          Shall the Namespace `red` name the AviInfraSetting `oam`?
            --answer namespace-setting=yes: AKO takes the SE group and the Tier-1 router from there; whatever else in the namespace names no setting gets it, too
            --answer namespace-setting=no: the Gateway is in the SE group of AKO's values
            without an answer: yes
          2 landings are lost or go to another network or SE group. Do it all the same?
            --answer accept-loss=no: leave everything as it is
            --answer accept-loss=yes: migrate, and lose it
            answered: yes
        landings:
          red/shop old.example.com: moves
            from oam-vip 10.0.0.0/24 (SE group group10)
            to   global global-net 10.1.0.0/24 (SE group group10)
          red/shop shop.example.com: moves
            from oam-vip 10.0.0.0/24 (SE group group10)
            to   global global-net 10.1.0.0/24 (SE group group10)
        interruptions:
          red/shop old.example.com, red/shop shop.example.com: goes to a VIP that is made anew: down in between, and Avi may give another address
        findings that come with it:
          error[AKP501]: `shop.example.com` is meant for `oam` and lands on the global network: AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
          error[AKP501]: `old.example.com` is meant for `oam` and lands on the global network: AKO takes the SE group of `oam` for a Gateway of Gateway API v1, but never its VIP networks
        in the cluster:
          The cluster needs the CRDs of Gateway API, which are not in AKO's chart
          `kubectl delete ingress shop -n red`: applying deletes nothing, and until then its hosts have two VIPs
        instead:
          Stay with Ingress and the IngressClass `avi-oam`: AKO serves it as before, with the whole AviInfraSetting: VIP network, SE group, RHI, ports.
        --- a.yaml
        +++ a.yaml
        @@ -18,28 +18,82 @@
         metadata: {name: cert, namespace: red}
         ---
        -apiVersion: networking.k8s.io/v1
        -kind: Ingress
        -metadata:
        -  name: shop
        -  namespace: red
        -  labels: {team: oam}
        -spec:
        -  ingressClassName: avi-oam
        -  tls:
        -  - hosts: [shop.example.com]
        -    secretName: cert
        -  rules:
        -  - host: shop.example.com
        -    http:
        -      paths:
        -      - {path: /cart, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}
        -      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 443}}}}
        -  - host: old.example.com
        -    http:
        -      paths:
        -      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
        ----
         apiVersion: ako.vmware.com/v1beta1
         kind: HostRule
         metadata: {name: shop, namespace: red}
         spec: {virtualhost: {fqdn: shop.example.com}}
        +---
        +apiVersion: v1
        +kind: Namespace
        +metadata:
        +  name: red
        +  annotations:
        +    aviinfrasetting.ako.vmware.com/name: oam
        +---
        +apiVersion: gateway.networking.k8s.io/v1
        +kind: Gateway
        +metadata:
        +  name: oam-gateway
        +  namespace: red
        +spec:
        +  gatewayClassName: avi-lb
        +  listeners:
        +  - name: https-1
        +    hostname: shop.example.com
        +    port: 443
        +    protocol: HTTPS
        +    tls:
        +      certificateRefs:
        +      - name: cert
        +  - name: http-2
        +    hostname: old.example.com
        +    port: 80
        +    protocol: HTTP
        +---
        +apiVersion: gateway.networking.k8s.io/v1
        +kind: HTTPRoute
        +metadata:
        +  name: shop
        +  namespace: red
        +  labels:
        +    team: oam
        +spec:
        +  parentRefs:
        +  - name: oam-gateway
        +  hostnames:
        +  - shop.example.com
        +  rules:
        +  - matches:
        +    - path:
        +        type: Exact
        +        value: /cart
        +    backendRefs:
        +    - name: web
        +      port: 80
        +  - matches:
        +    - path:
        +        type: PathPrefix
        +        value: /
        +    backendRefs:
        +    - name: web
        +      port: 443
        +---
        +apiVersion: gateway.networking.k8s.io/v1
        +kind: HTTPRoute
        +metadata:
        +  name: shop-2
        +  namespace: red
        +  labels:
        +    team: oam
        +spec:
        +  parentRefs:
        +  - name: oam-gateway
        +  hostnames:
        +  - old.example.com
        +  rules:
        +  - matches:
        +    - path:
        +        type: PathPrefix
        +        value: /
        +    backendRefs:
        +    - name: web
        +      port: 80
        --- values.yaml
        +++ values.yaml
        @@ -1,2 +1,4 @@
         AKOSettings: {clusterName: c, servicesAPI: false}
         NetworkSettings: {vipNetworkList: [{networkName: global-net, cidr: 10.1.0.0/24}]}
        +featureGates:
        +  GatewayAPI: true
    "#]],
    );
}

#[test]
fn a_setting_of_an_se_group_alone_is_kept_by_the_namespace() {
    let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec: {seGroup: {name: group10}}\n";
    let values = VALUES.replace("servicesAPI: true", "servicesAPI: false") + "featureGates: {GatewayAPI: true}\n";
    let workspace = workspace(&(setting.to_owned() + INGRESS), &values);
    let (_, plan) = planned(&workspace, Migration::GatewayApi, &[]);
    let states: Vec<_> = plan.landings.iter().map(|it| (it.subject.as_str(), it.state)).collect();
    assert_eq!(
        states,
        [("red/shop old.example.com", LandingState::Stays), ("red/shop shop.example.com", LandingState::Stays)]
    );
    assert!(plan.command.is_some(), "{:?}", plan.decisions);
}

#[test]
fn offers_can_be_narrowed() {
    let of = "    aviinfrasetting.ako.vmware.com/name: oam";
    let text = [
        SETTING.to_owned(),
        balanced("a", of, "ports: [{port: 80}]"),
        balanced("b", of, "ports: [{port: 443}]"),
        balanced("c", of, "ports: [{port: 443}]"),
    ];
    let all: Vec<String> = offers(&workspace(&text.concat(), VALUES))
        .into_iter()
        .map(|offer| format!("{} {}", offer.migration.name(), offer.title))
        .collect();
    assert_eq!(
        all,
        [
            "gateway 2 LoadBalancer Services in red",
            "gateway Service red/c",
            "shared-vip 2 LoadBalancer Services in red",
            "shared-vip Service red/c"
        ],
        "what has the same port cannot share a VIP"
    );
    let offer = offers(&workspace(&text.concat(), VALUES)).remove(0);
    let narrowed = offer.narrowed(&["red/b".to_owned()]).unwrap();
    assert_eq!(narrowed.objects, ["Service/red/b"]);
    assert_eq!(offer.narrowed(&["red/x".to_owned()]), None);
    assert!(is_called("Gateway.networking.x-k8s.io/red/gw", "Gateway/red/gw") && is_called("Gateway/red/gw", "red/gw"));
    assert!(!is_called("Gateway/red/gw", "Service/red/gw") && is_called("values.yaml", "values.yaml"));
}
