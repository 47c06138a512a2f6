//! From a Gateway of the services API.

use expect_test::expect;

use super::*;

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
