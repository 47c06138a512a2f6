//! From Services with a VIP of their own or a shared one.

use expect_test::expect;

use super::*;

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
