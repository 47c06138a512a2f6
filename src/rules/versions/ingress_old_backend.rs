//! AKP705: an Ingress of v1 with a backend of v1beta1.

use super::convert::offer_v1;
use crate::model::Ingress;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Ingresses of `networking.k8s.io/v1` whose backends have `serviceName` and `servicePort`.
    ///
    /// ## Why it matters
    /// Version v1 has `backend.service` instead: the API server refuses the object ("unknown field",
    /// "pathType: Required value"; Kubernetes documentation, *Deprecated API Migration Guide*). Only the
    /// `apiVersion` was brought up to date. The fix brings the rest. It is not called safe where a comment
    /// stands in a backend, which the fix writes anew, or where it moves the class from the annotation
    /// `kubernetes.io/ingress.class` to `ingressClassName`.
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
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web-service-1
    ///             port:
    ///               number: 443
    /// ```
    pub static INGRESS_OLD_BACKEND = {
        code: "AKP705",
        name: "ingress-old-backend",
        severity: Error,
        reads: [Ingress],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, ingress) in context.every::<Ingress>().filter(|(object, _)| object.version == "v1") {
        let paths = ingress.spec.rules.iter().enumerate().flat_map(|(rule_at, rule)| {
            let paths = rule.http.iter().flat_map(|http| &http.paths).enumerate();
            paths.map(move |(path_at, path)| {
                (format!("spec.rules[{rule_at}].http.paths[{path_at}].backend.serviceName"), &path.backend)
            })
        });
        let default = ingress.spec.backend.iter().map(|backend| ("spec.backend.serviceName".to_owned(), backend));
        let old = default.chain(paths).find(|(_, backend)| backend.service_name.is_some());
        let Some((path, _)) = old else { continue };
        let report = findings
            .at_key(object, path.as_str())
            .message("`serviceName` and `servicePort` are of `v1beta1`, but the Ingress is of `v1`")
            .effect("the API server refuses the object")
            .help("use `backend.service.name` and `backend.service.port`, and give each path a `pathType`");
        offer_v1(context, report, "convert the backends to `v1`", object, ingress);
    }
}
