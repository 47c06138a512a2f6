//! AKP103: a field that the API requires is not there.

use serde_json::{Value, json};

use super::{issues, refused};
use crate::canonical::gateway_labels;
use crate::command::Command;
use crate::lower::FieldIssueKind;
use crate::model::{AKO_GROUP, AVI_CONTROLLER, Ingress, Kind, Service, Typed};
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
        let fix = only_value(object, &parent, field).map(|value| {
            let title = match &value {
                Value::String(text) => format!("add `{field}: {text}`"),
                _ => format!("add `{field}`"),
            };
            (title, Command::set(&object.address, path.as_str(), value))
        });
        findings
            .at(object, path.as_str())
            .message(format!("{place} needs the field `{field}`"))
            .effect(refused(object.kind))
            .help(format!("add `{field}`"))
            .maybe_fix(fix);
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

/// The value of a field where AKO knows one only, or the fields beside it say it.
fn only_value(object: &Object, parent: &str, field: &str) -> Option<Value> {
    let (tree, beside) = object.find(&parent.into())?;
    let last = parent.rsplit('.').next().unwrap_or_default();
    let text = |key: &str| tree.scalar(tree.get(beside, key)?);
    let value = match (object.kind, field) {
        // Other kinds without it are not known as what they are.
        (Kind::Service | Kind::Namespace, "apiVersion") => "v1".into(),
        (Kind::GatewayClass, "controller") | (Kind::GatewayClassV1, "controllerName") => AVI_CONTROLLER.into(),
        (Kind::GatewayClass, "group") => AKO_GROUP.into(),
        (Kind::GatewayClass | Kind::IngressClass, "kind") => Kind::AviInfraSetting.name().into(),
        // What `v1beta1` had when nothing was said.
        (Kind::Ingress, "pathType") => "ImplementationSpecific".into(),
        (Kind::Gateway, "kind") if last == "routes" => Kind::Service.name().into(),
        (Kind::Gateway, "routes") if !object.name().is_empty() => {
            let labels = gateway_labels(object.namespace(), object.name());
            json!({ "kind": Kind::Service.name(), "selector": { "matchLabels": labels } })
        }
        (Kind::Service, "name") if parent.starts_with("spec.ports") => {
            port_name(object, text("protocol").unwrap_or("TCP"), text("port")?)?.into()
        }
        (Kind::GatewayV1, "name") if parent.starts_with("spec.listeners") => {
            port_name(object, text("protocol")?, text("port")?)?.into()
        }
        (Kind::HttpRoute, "type") if last == "path" => {
            let of_key = [("replaceFullPath", "ReplaceFullPath"), ("replacePrefixMatch", "ReplacePrefixMatch")];
            only(of_key.into_iter().filter(|(key, _)| tree.get(beside, key).is_some()))?.1.into()
        }
        (Kind::HttpRoute, "type") => {
            only(FILTERS.into_iter().filter(|(key, _)| tree.get(beside, key).is_some()))?.1.into()
        }
        _ => return None,
    };
    Some(value)
}

/// The filters of HTTPRoutes: the field of each, and its type.
const FILTERS: [(&str, &str); 6] = [
    ("requestHeaderModifier", "RequestHeaderModifier"),
    ("responseHeaderModifier", "ResponseHeaderModifier"),
    ("requestMirror", "RequestMirror"),
    ("requestRedirect", "RequestRedirect"),
    ("urlRewrite", "URLRewrite"),
    ("extensionRef", "ExtensionRef"),
];

/// The item, where there is only one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// A name that a port or listener gets of what it is, unless another one has it: `tcp-443`.
fn port_name(object: &Object, protocol: &str, port: &str) -> Option<String> {
    let name = format!("{}-{}", protocol.to_lowercase(), port.parse::<u16>().ok()?);
    let is_taken = match &object.value {
        Typed::Service(service) => service.spec.ports.iter().any(|port| port.name.as_ref() == Some(&name)),
        Typed::GatewayV1(gateway) => gateway.spec.listeners.iter().any(|other| other.name.as_ref() == Some(&name)),
        _ => true,
    };
    (!is_taken && name.is_ascii()).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    /// The fixes' titles for an object.
    fn offers(text: &str) -> Vec<String> {
        let findings = analyse(&Workspace::new(&[SourceFile::new("a.yaml", text)])).findings;
        let own = findings.into_iter().filter(|finding| finding.code == "AKP103");
        own.flat_map(|finding| finding.fixes).map(|fix| fix.title).collect()
    }

    #[test]
    fn what_can_be_one_thing_only_is_offered() {
        let head = |version: &str, kind: &str, spec: &str| {
            format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a, namespace: red}}\nspec: {spec}\n")
        };
        let service = head(
            "v1",
            "Service",
            "{ports: [{port: 80, name: tcp-53}, {port: 443}, {port: 53}, {port: 53, protocol: UDP}]}",
        );
        assert_eq!(offers(&service), ["add `name: tcp-443`", "add `name: udp-53`"]);
        let gateway = head(
            "networking.x-k8s.io/v1alpha1",
            "Gateway",
            "{gatewayClassName: a, listeners: [{port: 80, protocol: TCP}, {port: 81, protocol: TCP, routes: {}}]}",
        );
        assert_eq!(offers(&gateway), ["add `routes`", "add `kind: Service`"]);
        let class = head("networking.x-k8s.io/v1alpha1", "GatewayClass", "{parametersRef: {name: a}}");
        assert_eq!(
            offers(&class),
            ["add `controller: ako.vmware.com/avi-lb`", "add `group: ako.vmware.com`", "add `kind: AviInfraSetting`"]
        );
        let route = head(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "{rules: [{filters: [{urlRewrite: {path: {replaceFullPath: /a}}}, {}]}]}",
        );
        assert_eq!(offers(&route), ["add `type: URLRewrite`", "add `type: ReplaceFullPath`"]);
        assert_eq!(offers("kind: Namespace\nmetadata: {}\n"), ["add `apiVersion: v1`"]);
    }
}
