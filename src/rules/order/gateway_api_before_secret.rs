//! AKP807: a Gateway of Gateway API v1 comes before its certificate.

use std::collections::BTreeMap;

use super::{Mends, is_applied_together};
use crate::model::{GatewayV1, Kind};
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds listeners of AKO's Gateways of `gateway.networking.k8s.io` whose Secret comes after the Gateway:
    /// in the same file, or in a file of the same folder that comes later.
    ///
    /// ## Why it matters
    /// AKO refuses the listener when it first sees the Gateway. When the Secret comes, the status turns good,
    /// but the routes get no virtual service, and where the Gateway has other listeners the port is not
    /// opened, until AKO restarts or somebody edits the Gateway (AKO 2.2.1
    /// `ako-gateway-api/nodes/dequeue_ingestion.go` `DequeueIngestion`; seen by running AKO). The export
    /// writes Secrets first.
    ///
    /// The fix puts the Secret before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    ///     tls:
    ///       certificateRefs:
    ///       - name: shop-tls
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: shop-tls
    ///   namespace: shop
    /// type: kubernetes.io/tls
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: shop-tls
    ///   namespace: shop
    /// type: kubernetes.io/tls
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    ///     tls:
    ///       certificateRefs:
    ///       - name: shop-tls
    /// ```
    pub static GATEWAY_API_BEFORE_SECRET = {
        code: "AKP807",
        name: "gateway-api-before-secret",
        severity: Warning,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: ListenerByListener,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<GatewayV1>().next().is_none() {
        return;
    }
    let secrets = first_secrets(context);
    let mut late = Vec::new();
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        let own = late_secrets(&secrets, object, gateway);
        late.extend(own.into_iter().map(|(path, secret)| (object, secret, path)));
    }
    let pairs: Vec<(&Object, &Object)> = late.iter().map(|(object, secret, _)| (*object, *secret)).collect();
    let mut mends = Mends::new(context, &pairs);
    for (object, secret, path) in late {
        let report = findings
            .at(object, path)
            .message(format!("the Gateway comes before its Secret `{}`", secret.name()))
            .effect("AKO serves no route on the listener before AKO restarts, though its status turns good")
            .help("put the Secret first; the export does")
            .related(secret.place("metadata.name"), "the Secret comes here");
        mends.offer(report, secret, false);
    }
}

/// Of each Secret the first, by namespace and name.
pub fn first_secrets<'a>(context: &Context<'a>) -> BTreeMap<(&'a str, &'a str), &'a Object> {
    let is_secret = |object: &&Object| object.kind == Kind::Foreign && object.identity.kind == "Secret";
    let mut first: BTreeMap<(&str, &str), &Object> = BTreeMap::new();
    for secret in context.objects().iter().filter(is_secret) {
        first.entry((secret.namespace(), secret.name())).or_insert(secret);
    }
    first
}

/// The Secrets of a Gateway's listeners that come after it, with the fields that name them.
pub fn late_secrets<'a>(
    secrets: &BTreeMap<(&'a str, &'a str), &'a Object>,
    object: &Object,
    gateway: &GatewayV1,
) -> Vec<(FieldPath, &'a Object)> {
    let mut late = Vec::new();
    for (index, listener) in gateway.spec.listeners.iter().enumerate() {
        for (at, certificate) in listener.certificates().iter().enumerate() {
            let name = certificate.name.as_deref().unwrap_or_default();
            let Some(secret) = secrets.get(&(object.namespace(), name)) else { continue };
            if secret.order > object.order && is_applied_together(&object.address, &secret.address) {
                let path = item_path("spec.listeners", index).key("tls").key("certificateRefs").index(at).key("name");
                late.push((path, *secret));
            }
        }
    }
    late
}
