//! AKP802: an Ingress comes before its IngressClass.

use super::{Mends, early};
use crate::ako::moment::Need;
use crate::model::{Ingress, IngressClass};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Ingresses that come before their IngressClass: in the same file, or in a file of the same
    /// folder whose name sorts first.
    ///
    /// ## Why it matters
    /// AKO passes over an Ingress whose class it does not know, and keeps nothing of it: when the class
    /// comes, the Ingress is not looked at again. It has no virtual service until it is edited or AKO
    /// restarts (AKO 2.2.1 `internal/k8s/controller.go`, the handler of added Ingresses; seen by running
    /// AKO). The export writes classes first.
    ///
    /// The fix puts the class before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-ingress-class-oam
    ///   rules:
    ///   - host: web.example.com
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
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   ports:
    ///   - port: 80
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-ingress-class-oam
    ///   rules:
    ///   - host: web.example.com
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
    ///   namespace: default
    /// spec:
    ///   ports:
    ///   - port: 80
    /// ```
    pub static INGRESS_BEFORE_CLASS = {
        code: "AKP802",
        name: "ingress-before-class",
        severity: Warning,
        reads: [Ingress, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<Ingress>().next().is_none() || context.all::<IngressClass>().next().is_none() {
        return;
    }
    let pairs = early(context, Need::IngressClass);
    let mut mends = Mends::new(context, &pairs);
    for (ingress, class) in pairs {
        let report = findings
            .at(ingress, "spec.ingressClassName")
            .message(format!("the Ingress comes before its IngressClass `{}`", class.name()))
            .effect("AKO passes over it for good: it has no virtual service until it is edited or AKO restarts")
            .help("put the class first; the export does")
            .related(class.place("metadata.name"), "the class comes here");
        mends.offer(report, class, false);
    }
}
