//! AKP701: an Ingress or IngressClass of a version that is gone.

use super::convert::offer_v1;
use super::{ako, kubernetes};
use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::model::{Ingress, IngressClass};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::version::Version;

rule! {
    /// ## What it does
    /// Finds Ingresses and IngressClasses of `networking.k8s.io/v1beta1` (or `extensions/v1beta1`). With an
    /// AKO before 1.6.1 in the settings they are right.
    ///
    /// ## Why it matters
    /// Kubernetes 1.22 removed that version: `kubectl apply` says "no matches for kind". AKO since 1.6.1
    /// reads `networking.k8s.io/v1` only (Kubernetes documentation, *Deprecated API Migration Guide*; AKO
    /// 1.6.1 release notes). The fix writes the same in the form of v1. It is not
    /// called safe where a comment stands in a backend, which the fix writes anew, or where it moves the
    /// class from the annotation `kubernetes.io/ingress.class` to `ingressClassName`: with the annotation
    /// alone the Ingress of v1 would be nobody's, but an IngressClass of that name has to exist.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-service-1
    ///   namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: Ingress
    /// metadata:
    ///   name: my-ingress
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-lb
    ///   rules:
    ///   - host: my-website.my-domain.com
    ///     http:
    ///       paths:
    ///       - path: /foo
    ///         backend:
    ///           serviceName: web-service-1
    ///           servicePort: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-service-1
    ///   namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: my-ingress
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-lb
    ///   rules:
    ///   - host: my-website.my-domain.com
    ///     http:
    ///       paths:
    ///       - path: /foo
    ///         backend:
    ///           service:
    ///             name: web-service-1
    ///             port:
    ///               number: 443
    ///         pathType: ImplementationSpecific
    /// ```
    pub static INGRESS_V1BETA1 = {
        code: "AKP701",
        name: "ingress-v1beta1",
        severity: Error,
        reads: [Ingress, IngressClass, AkoplanSettings],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let is_old_ako = ako(context).is_some_and(|version| version < since(Capability::IngressV1));
    if is_old_ako && kubernetes(context).is_none_or(|version| version < Version(1, 22, 0)) {
        return;
    }
    let effect = "Kubernetes since 1.22 refuses the object, and AKO since 1.6.1 reads `networking.k8s.io/v1` only";
    for (object, ingress) in context.every::<Ingress>().filter(|(object, _)| object.version == "v1beta1") {
        let report = findings
            .at(object, "apiVersion")
            .message(format!("the version `{}` of Ingress does not exist any more", written(object)))
            .effect(effect)
            .help("use `networking.k8s.io/v1`, with `backend.service` and a `pathType`");
        offer_v1(context, report, "convert it to `networking.k8s.io/v1`", object, ingress);
    }
    for (object, _) in context.every::<IngressClass>().filter(|(object, _)| object.version == "v1beta1") {
        let command = Command::set(&object.address, "apiVersion", "networking.k8s.io/v1");
        findings
            .at(object, "apiVersion")
            .message(format!("the version `{}` of IngressClass does not exist any more", written(object)))
            .effect(effect)
            .help("use `networking.k8s.io/v1`")
            .safe_fix("write `networking.k8s.io/v1`", command);
    }
}

fn written(object: &crate::workspace::Object) -> &str {
    object.text("apiVersion").unwrap_or_default()
}
