//! AKP103: a field that the API requires is not there.

use super::{issues, refused};
use crate::lower::FieldIssueKind;
use crate::model::{Ingress, Kind, Service};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds objects without a field that their API requires.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("Required value"), see the CRDs in AKO's chart
    /// (`helm/ako/crds`) and the Kubernetes API reference. `networking.k8s.io/v1` wants a `pathType` for
    /// each path of an Ingress, and a Service with several ports wants a name for each.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ```
    pub static REQUIRED_FIELD = {
        code: "AKP103",
        name: "required-field",
        severity: Error,
        reads: [Service, Ingress],
        since: "0.1.0",
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut report = |object: &Object, parent: String, field: &str| {
        let place = if parent.is_empty() { object.identity.kind.clone() } else { format!("`{parent}`") };
        let path = if parent.is_empty() { field.to_owned() } else { format!("{parent}.{field}") };
        findings
            .at(object, path.as_str())
            .message(format!("{place} needs the field `{field}`"))
            .effect(refused(object.kind))
            .help(format!("add `{field}`"));
    };
    for (object, issue) in issues(context) {
        let FieldIssueKind::Missing { field } = &issue.kind else { continue };
        let parent = issue.path.split_last().map(|(parent, _)| parent.to_string()).unwrap_or_default();
        report(object, parent, field);
    }
    let known = |object: &&Object| object.kind.is_applied() && object.kind != Kind::Foreign;
    for object in context.objects().iter().filter(known) {
        if object.tree().get(object.node(), "apiVersion").is_none() {
            report(object, String::new(), "apiVersion");
        }
        if object.name().is_empty() && !object.has("metadata.generateName") {
            report(object, "metadata".to_owned(), "name");
        }
    }
    for (object, service) in context.every::<Service>() {
        let ports = service.spec.ports.iter().enumerate();
        for (at, _) in ports.filter(|(_, port)| service.spec.ports.len() > 1 && port.name.is_none()) {
            report(object, format!("spec.ports[{at}]"), "name");
        }
    }
    for (object, ingress) in context.every::<Ingress>().filter(|(object, _)| object.version == "v1") {
        for (at, rule) in ingress.spec.rules.iter().enumerate() {
            let paths = rule.http.iter().flat_map(|http| &http.paths).enumerate();
            // With the old backend AKP705 converts the whole path.
            let untyped = paths.filter(|(_, path)| path.path_type.is_none() && path.backend.service_name.is_none());
            for (path_at, _) in untyped {
                report(object, format!("spec.rules[{at}].http.paths[{path_at}]"), "pathType");
            }
        }
    }
}
