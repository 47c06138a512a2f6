//! AKP326: a listener whose certificate AKO does not find.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{GatewayV1, Kind};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds certificates of listeners of Gateway API v1 that AKO does not find or does not take: a Secret
    /// that is not in the Gateway's namespace, another kind, or `mode: Passthrough`. If the project has no
    /// Secret at all, a missing one is an info.
    ///
    /// ## Why it matters
    /// AKO looks for the Secret in the Gateway's namespace, whatever `namespace` the reference names and a
    /// ReferenceGrant allows, and refuses the listener: `Secret does not exist`. A Secret that comes later
    /// makes the listener valid, but not its port where the Gateway has others, and not the routes (AKO 2.2.1
    /// `ako-gateway-api/k8s/validator.go` `isValidListener`, `ValidateGatewayListenerWithSecret`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: shop-tls
    ///   namespace: certificates
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
    ///         namespace: certificates
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
    pub static LISTENER_SECRET = {
        code: "AKP326",
        name: "listener-secret",
        severity: Error,
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
    let is_secret = |object: &&Object| object.kind == Kind::Foreign && object.identity.kind == "Secret";
    let secrets = context.objects().iter().filter(is_secret);
    let secrets: BTreeSet<(&str, &str)> = secrets.map(|object| (object.namespace(), object.name())).into_set();
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (namespace, name) in &secrets {
        names.entry(namespace).or_default().push(name);
    }
    let mut names: BTreeMap<&str, Suggest<'_>> =
        names.into_iter().map(|(namespace, names)| (namespace, Suggest::new(names))).into_map();
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            let tls = item_path("spec.listeners", index).key("tls");
            let mode = listener.tls.as_ref().and_then(|tls| tls.mode.as_deref());
            if mode.is_some_and(|mode| mode != "Terminate") {
                let own = |name: &str| secrets.contains(&(object.namespace(), name));
                let certificates = listener.certificates();
                let is_complete =
                    !certificates.is_empty() && certificates.iter().all(|one| one.name.as_deref().is_some_and(own));
                let terminate = is_complete.then(|| {
                    ("write `Terminate`".to_owned(), Command::set(&object.address, tls.key("mode"), "Terminate"))
                });
                findings
                    .at(object, tls.key("mode"))
                    .message("AKO terminates TLS only")
                    .effect("AKO refuses the listener: `TLS mode or reference not valid`")
                    .help("use `mode: Terminate` with a certificate; for passthrough use an Ingress of AKO")
                    .maybe_fix(terminate);
                continue;
            }
            for (at, certificate) in listener.certificates().iter().enumerate() {
                let name = certificate.name.as_deref().unwrap_or_default();
                let own = (object.namespace(), name);
                let is_external = context.workspace().is_external("Secret", own.0, own.1);
                if name.is_empty() || secrets.contains(&own) || is_external {
                    continue;
                }
                let other = certificate.namespace.as_deref().filter(|namespace| *namespace != own.0);
                let path = tls.key("certificateRefs").index(at);
                let names = names.get_mut(own.0).filter(|_| other.is_none());
                let (alike, fix) =
                    names.map(|names| (names.get(name), names.fix(object, path.key("name"), name))).unwrap_or_default();
                let alike = did_you_mean(alike);
                let report = findings
                    .at(object, path.key(if other.is_some() { "namespace" } else { "name" }))
                    .message(format!("no Secret `{name}` is in the Gateway's namespace `{}`{alike}", own.0))
                    .effect("AKO refuses the listener: `Secret does not exist`")
                    .help(format!("put the Secret into `{}`, before the Gateway", own.0))
                    .maybe_fix(fix);
                if secrets.is_empty() && other.is_none() {
                    report.severity(Severity::Info).effect(
                        "no Secret is in this project, so akoplan cannot tell; without it AKO refuses the listener",
                    );
                }
            }
        }
    }
}
