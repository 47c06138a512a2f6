//! AKP406: namespaces with different settings share a virtual service of Ingresses.

use std::collections::BTreeSet;

use crate::model::{INFRA_SETTING_ANNOTATION, Namespace};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Namespaces that name an AviInfraSetting by annotation and whose Ingresses share a virtual
    /// service with those of a namespace that names another one, or none.
    ///
    /// ## Why it matters
    /// An annotation on a Namespace does not give its Ingresses virtual services of their own: hosts of all
    /// namespaces come to the same shards. AKO builds such a shard with the setting of the namespace whose
    /// event came last; the VIP, and the hosts of the other namespaces with it, move to its network, and
    /// which one that is, and whether the VIP keeps its subnet, is decided by the order in which things are
    /// applied (AKO 2.2.1 `internal/nodes/avi_model_l7_translator.go` `buildWithInfraSetting`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// L7Settings:
    ///   serviceType: ClusterIP
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: shop
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: shop-vip
    ///       cidr: 10.223.65.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: shop
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: news
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   ingressClassName: avi-web
    ///   rules:
    ///   - host: www.example.com
    ///     http:
    ///       paths:
    ///       - path: /
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web
    ///             port:
    ///               number: 80
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: news
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: news
    /// spec:
    ///   ingressClassName: avi-web
    ///   rules:
    ///   - host: www.example.com
    ///     http:
    ///       paths:
    ///       - path: /news
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web
    ///             port:
    ///               number: 80
    /// ```
    ///
    /// ## Use instead
    /// An IngressClass for the setting, whose hosts have virtual services of their own:
    /// ```yaml
    /// L7Settings:
    ///   serviceType: ClusterIP
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: shop
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: shop-vip
    ///       cidr: 10.223.65.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: news
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-shop
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: shop
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   ingressClassName: avi-shop
    ///   rules:
    ///   - host: shop.example.com
    ///     http:
    ///       paths:
    ///       - path: /
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web
    ///             port:
    ///               number: 80
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: news
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: news
    /// spec:
    ///   ingressClassName: avi-web
    ///   rules:
    ///   - host: news.example.com
    ///     http:
    ///       paths:
    ///       - path: /
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web
    ///             port:
    ///               number: 80
    /// ```
    pub static NAMESPACES_SHARE_VIRTUAL_SERVICE = {
        code: "AKP406",
        name: "namespaces-share-virtual-service",
        severity: Warning,
        reads: [Namespace],
        since: "0.1.0",
        needs: NamespaceSetting,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<Namespace>().next().is_none() {
        return;
    }
    let mut told = BTreeSet::new();
    for contested in &context.prediction().contested {
        let claims = || contested.claims.iter().filter_map(|(name, at)| Some((name, context.objects().get(*at)?)));
        for (setting, ingress) in claims() {
            let Some(setting) = setting else { continue };
            let Some((namespace, _)) = context.get::<Namespace>("", ingress.namespace()) else { continue };
            let Some((other, with)) = claims().find(|(name, _)| name.as_ref() != Some(setting)) else { continue };
            if !told.insert(namespace.order) {
                continue;
            }
            let other = other.as_ref().map_or_else(|| "no AviInfraSetting".to_owned(), |other| format!("`{other}`"));
            let name = contested.virtual_service.rsplit('/').next().unwrap_or_default();
            findings
                .at(namespace, annotation_path(INFRA_SETTING_ANNOTATION))
                .message(format!(
                    "the Ingresses of `{}` and of `{}`, which names {other}, share `{name}`",
                    namespace.name(),
                    with.namespace()
                ))
                .effect("AKO puts the VIP of all where the namespace says whose event comes last: the order of what is applied decides")
                .help(format!(
                    "give `{}` an IngressClass of its own with `{setting}` as its parameters: its hosts then have virtual services of their own",
                    namespace.name()
                ))
                .related(with.place("metadata.name"), "this Ingress shares the virtual service");
        }
    }
}
