//! AKP316: an Ingress sends traffic to a Service that is not there.

use std::collections::BTreeSet;

use super::{list_service, service_names};
use crate::model::{Ingress, Service};
use crate::rule;
use crate::rules::links::AkosClasses;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds backends of AKO's Ingresses whose Service is not in this project, in the namespace of the
    /// Ingress.
    ///
    /// ## Why it matters
    /// AKO makes a pool without servers and gives the Ingress its address all the same: clients get an
    /// error page. If the Service comes from elsewhere, list it in `akoplan.yaml` under `spec.external`
    /// (AKO 2.2.1 `internal/nodes`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
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
    pub static INGRESS_BACKEND_SERVICE = {
        code: "AKP316",
        name: "ingress-backend-service",
        severity: Warning,
        reads: [Ingress, IngressClass, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let classes = AkosClasses::new(context);
    let mut names = service_names(context);
    for (object, ingress) in context.all::<Ingress>().filter(|(_, ingress)| classes.takes(ingress)) {
        let mut said = BTreeSet::new();
        for (rule_at, rule) in ingress.spec.rules.iter().enumerate() {
            for (path_at, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                let Some(name) = path.backend.name() else { continue };
                if context.exists::<Service>(object.namespace(), name) || !said.insert(name) {
                    continue;
                }
                let field = if path.backend.service.is_some() { "service.name" } else { "serviceName" };
                let field = format!("spec.rules[{rule_at}].http.paths[{path_at}].backend.{field}");
                let names = names.get_mut(object.namespace());
                let (alike, fix) =
                    names.map(|names| (names.get(name), names.fix(object, field.as_str(), name))).unwrap_or_default();
                let (title, external) = list_service(context, object.namespace(), name);
                findings
                    .at(object, field.as_str())
                    .message(format!(
                        "no Service is called `{name}` in `{}`{}",
                        object.namespace(),
                        did_you_mean(alike)
                    ))
                    .effect("AKO makes a pool without servers: the address answers with an error")
                    .help("name an existing Service, add it, or list it as external in the settings")
                    .maybe_fix(fix)
                    .fix(title, external);
            }
        }
    }
}
