//! AKP317: an Ingress names a port that its Service does not have.

use crate::command::Command;
use crate::lower::IntOrString;
use crate::model::{Ingress, Service};
use crate::rule;
use crate::rules::links::AkosClasses;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds backends of AKO's Ingresses whose port, by number or name, is none of the Service's ports.
    ///
    /// ## Why it matters
    /// A Service with one port is used all the same; with several the pool has no servers. Other
    /// controllers and the next port of the Service will see it differently (AKO 2.2.1
    /// `internal/nodes`; seen by running AKO).
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
    ///   - port: 8443
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
    ///   - port: 8443
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
    ///               number: 8443
    /// ```
    pub static INGRESS_BACKEND_PORT = {
        code: "AKP317",
        name: "ingress-backend-port",
        severity: Warning,
        reads: [Ingress, IngressClass, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let classes = AkosClasses::new(context);
    for (object, ingress) in context.all::<Ingress>().filter(|(_, ingress)| classes.takes(ingress)) {
        for (rule_at, rule) in ingress.spec.rules.iter().enumerate() {
            for (path_at, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                let Some((field, port)) = path.backend.port() else { continue };
                let service = path.backend.name().and_then(|name| context.get::<Service>(object.namespace(), name));
                let Some((service, value)) = service else { continue };
                let ports = &value.spec.ports;
                if ports.is_empty() || ports.iter().any(|own| own.is_named(&port)) {
                    continue;
                }
                let at = format!("spec.rules[{rule_at}].http.paths[{path_at}].backend.{field}");
                let is_number = matches!(port, IntOrString::Int(_));
                let fix = match ports.as_slice() {
                    [only] if is_number => only
                        .port
                        .map(|number| (format!("write {number}"), Command::set(&object.address, at.as_str(), number))),
                    _ => None,
                };
                let port = match &port {
                    IntOrString::Int(number) => number.to_string(),
                    IntOrString::String(name) => format!("`{name}`"),
                };
                findings
                    .at(object, at.as_str())
                    .message(format!("the Service `{}` has no port {port}", service.name()))
                    .effect("AKO takes the only port of a Service that has one, else it makes a pool without servers")
                    .help("name a port that the Service has")
                    .related(service.place("spec.ports"), "the ports of the Service")
                    .maybe_fix(fix);
            }
        }
    }
}
