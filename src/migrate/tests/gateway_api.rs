//! From Ingresses to Gateway API v1.

use expect_test::expect;

use super::*;

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
