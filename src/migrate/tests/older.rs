//! From older versions: AviInfraSetting `v1alpha1`, AKO's old values, Ingress `v1beta1`.

use expect_test::expect;

use super::*;

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
