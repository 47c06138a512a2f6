//! AKP306: an Ingress names an IngressClass that is not there.

use super::elsewhere;
use crate::model::{CHART_INGRESS_CLASS, Ingress, IngressClass};
use crate::rule;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Ingresses whose `spec.ingressClassName` is no IngressClass of this project. The class
    /// `avi-lb` is known: AKO's chart installs it.
    /// In a project without any IngressClass it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// AKO drops such an Ingress: no status, no event. A class that is added later does not bring it
    /// back; only an edit of the Ingress or a restart of AKO does (AKO 2.2.1 `internal/lib/lib.go`,
    /// `ValidateIngressForClass`; `internal/k8s/controller.go`).
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
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: my-ingress
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-ingress-class-oma
    ///   rules:
    ///   - host: my-website.my-domain.com
    ///     http:
    ///       paths:
    ///       - path: /foo
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web-service-1
    ///             port:
    ///               number: 443
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
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web-service-1
    ///             port:
    ///               number: 443
    /// ```
    pub static INGRESS_CLASS_NOT_FOUND = {
        code: "AKP306",
        name: "ingress-class-not-found",
        severity: Error,
        reads: [Ingress, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = Suggest::new(context.all::<IngressClass>().map(|(object, _)| object.name()));
    for (object, ingress) in context.all::<Ingress>() {
        let Some(class) = ingress.spec.ingress_class_name.as_deref() else { continue };
        if class == CHART_INGRESS_CLASS || context.exists::<IngressClass>("", class) {
            continue;
        }
        let report = findings
            .at(object, "spec.ingressClassName")
            .message(format!("no IngressClass is called `{class}`{}", did_you_mean(names.get(class))))
            .effect("AKO drops the Ingress without a word, and does not come back to it when the class is added")
            .help("name an existing IngressClass, or define this one")
            .maybe_fix(names.fix(object, "spec.ingressClassName", class));
        elsewhere::<IngressClass>(context, report);
    }
}
