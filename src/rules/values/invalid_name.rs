//! AKP208: a name that Kubernetes does not take.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::model::{
    AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1, HttpRoute, Ingress, IngressClass, Kind,
    Namespace, Service,
};
use crate::rename::{Rename, is_namespace};
use crate::rule;
use crate::rules::yaml::helm_template::is_template;
use crate::rules::{Context, Findings};
use crate::workspace::{Object, Workspace};

rule! {
    /// ## What it does
    /// Finds names of objects and namespaces out of Kubernetes' limits: lower-case letters, digits and
    /// hyphens, beginning and ending with a letter or digit; dots too in most kinds. Services begin with
    /// a letter. Services and namespaces have at most 63 characters, the others 253.
    ///
    /// ## Why it matters
    /// The API server refuses the object (Kubernetes documentation, *Object Names and IDs*: DNS-1123
    /// subdomain, DNS-1123 label, DNS-1035 label for Services).
    ///
    /// The fix puts small letters and hyphens for what is not allowed, and calls the object so wherever it is
    /// named; it is offered where this is a name, and one that nothing else has.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting_tkg_wkld_oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ```
    pub static INVALID_NAME = {
        code: "AKP208",
        name: "invalid-name",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = Names { workspace: context.workspace(), namespaces: BTreeMap::new() };
    let known = context.objects().iter().filter(|object| object.kind != Kind::Foreign && object.kind.is_applied());
    for object in known {
        let (form, label) = match object.kind {
            Kind::Service => (Form::Label1035, "a Service's name"),
            Kind::Namespace => (Form::Label, "a Namespace's name"),
            _ => (Form::Subdomain, "a name"),
        };
        let name = Some(("metadata.name", object.name(), form, label));
        let written = object.value.metadata().and_then(|metadata| metadata.namespace.as_deref());
        let written = written.filter(|_| object.kind.is_namespaced());
        let namespace = written.map(|namespace| ("metadata.namespace", namespace, Form::Label, "a namespace"));
        for (path, text, form, what) in name.into_iter().chain(namespace) {
            let Some(reason) = form.mistake(text).filter(|_| !text.is_empty() && !is_template(text)) else { continue };
            findings
                .at(object, path)
                .message(format!("`{text}` cannot be {what}: {reason}"))
                .effect("the API server refuses the object")
                .help("use lower-case letters, digits and hyphens")
                .maybe_fix(form.mended(text).and_then(|name| names.rename(object, path, name)));
        }
    }
}

/// The names that are used.
struct Names<'a> {
    workspace: &'a Workspace,
    /// Namespaces that were asked for.
    namespaces: BTreeMap<String, bool>,
}

impl Names<'_> {
    /// Gives the object or its namespace the name, with all that refers to it, if it is free.
    fn rename(&mut self, object: &Object, path: &str, name: String) -> Option<(String, Command)> {
        let is_of_namespace = path == "metadata.namespace" || object.kind == Kind::Namespace;
        let is_taken = if is_of_namespace {
            *self.namespaces.entry(name.clone()).or_insert_with(|| is_namespace(self.workspace, &name))
        } else {
            is_taken(self.workspace, object, &name)
        };
        let title = format!("call it `{name}`, and wherever it is named");
        let rename = match (is_of_namespace, path) {
            (true, "metadata.name") => Rename::Namespace { from: object.name().to_owned(), to: name },
            (true, _) => Rename::Namespace { from: object.namespace().to_owned(), to: name },
            (false, _) => Rename::Object { at: object.address.clone(), name },
        };
        (!is_taken).then_some((title, Command::Rename(rename)))
    }
}

/// Whether another object of the kind has a name.
pub fn is_taken(workspace: &Workspace, object: &Object, name: &str) -> bool {
    let namespace = object.namespace();
    match object.kind {
        Kind::AviInfraSetting => workspace.get::<AviInfraSetting>("", name).is_some(),
        Kind::GatewayClass => workspace.get::<GatewayClass>("", name).is_some(),
        Kind::GatewayClassV1 => workspace.get::<GatewayClassV1>("", name).is_some(),
        Kind::IngressClass => workspace.get::<IngressClass>("", name).is_some(),
        Kind::Namespace => workspace.get::<Namespace>("", name).is_some(),
        Kind::Gateway => workspace.get::<Gateway>(namespace, name).is_some(),
        Kind::GatewayV1 => workspace.get::<GatewayV1>(namespace, name).is_some(),
        Kind::Service => workspace.get::<Service>(namespace, name).is_some(),
        Kind::Ingress => workspace.get::<Ingress>(namespace, name).is_some(),
        Kind::HttpRoute => workspace.get::<HttpRoute>(namespace, name).is_some(),
        Kind::AkoValues | Kind::AkoConfigMap | Kind::AkoplanSettings | Kind::Foreign => true,
    }
}

/// The forms that Kubernetes has for names.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Labels with dots between, 253 in all.
    Subdomain,
    /// RFC 1123.
    Label,
    /// RFC 1035: begins with a letter.
    Label1035,
}

impl Form {
    fn mistake(self, text: &str) -> Option<String> {
        let most = if self == Self::Subdomain { 253 } else { 63 };
        if text.len() > most {
            return Some(format!("it has {} characters, {most} are allowed", text.len()));
        }
        if self == Self::Subdomain {
            return text.split('.').find_map(mistake_in_label);
        }
        if self == Self::Label1035 && text.starts_with(|first: char| first.is_ascii_digit()) {
            return Some("it begins with a digit".to_owned());
        }
        mistake_in_label(text)
    }

    /// The same name with small letters, and hyphens for what is not allowed; `None` where that is no name either.
    fn mended(self, text: &str) -> Option<String> {
        let is_dot = |character: char| self == Self::Subdomain && character == '.';
        let letter = |character: char| match character.to_ascii_lowercase() {
            small if small.is_ascii_lowercase() || small.is_ascii_digit() || is_dot(small) => Some(small),
            // Another letter is not for us to write in ASCII.
            other => (!other.is_alphabetic()).then_some('-'),
        };
        let name: String = text.chars().map(letter).collect::<Option<_>>()?;
        let labels = name.split('.').map(|label| label.trim_matches('-')).filter(|label| !label.is_empty());
        let name = labels.collect::<Vec<_>>().join(".");
        (!name.is_empty() && self.mistake(&name).is_none()).then_some(name)
    }
}

fn mistake_in_label(label: &str) -> Option<String> {
    let is_allowed = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    if let Some(wrong) = label.chars().find(|character| !is_allowed(*character)) {
        let hint = if wrong.is_ascii_uppercase() { "the upper-case letter" } else { "the character" };
        return Some(format!("{hint} `{wrong}` is not allowed"));
    }
    if label.is_empty() {
        return Some("two dots, or a dot at an end".to_owned());
    }
    (label.starts_with('-') || label.ends_with('-')).then(|| "a hyphen is at an end".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;

    #[test]
    fn a_name_is_mended_where_its_letters_say_it() {
        assert_eq!(Form::Subdomain.mended("My_Setting.A "), Some("my-setting.a".to_owned()));
        assert_eq!(Form::Subdomain.mended("..-a-..b"), Some("a.b".to_owned()));
        assert_eq!(Form::Label.mended("a.b"), Some("a-b".to_owned()));
        assert_eq!(Form::Label1035.mended("1a"), None);
        assert_eq!(Form::Label.mended("büro"), None);
        assert_eq!(Form::Label.mended(&"a".repeat(64)), None);
        assert_eq!(Form::Label.mended("__"), None);
    }

    /// The text after the first fix.
    fn mended(text: &str) -> Option<String> {
        let before = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&before).findings;
        let finding = findings.iter().find(|finding| finding.code == "AKP208").unwrap();
        let after = finding.fixes.first()?.command.apply(&before).unwrap();
        Some(after.sources()[0].text.to_string())
    }

    #[test]
    fn what_refers_to_a_setting_or_a_class_goes_along() {
        let text = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: Oam_1} # ours\n---\n\
                    apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {name: oam}\nspec:\n  \
                    controller: ako.vmware.com/avi-lb\n  parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: Oam_1}\n---\n\
                    apiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n  annotations: {aviinfrasetting.ako.vmware.com/name: Oam_1}\n---\n\
                    apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {intents: [{kind: Service, namespace: red, name: a, segment: Oam_1}]}\n";
        assert_eq!(mended(text), Some(text.replace("Oam_1", "oam-1")));
        assert_eq!(
            mended(&text.replace("{name: oam}", "{name: oam-1}")),
            Some(text.replace("{name: oam}", "{name: oam-1}").replace("Oam_1", "oam-1"))
        );
        let taken = format!(
            "{text}---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: oam-1}}\n"
        );
        assert_eq!(mended(&taken), None);
        let class = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: Web}\nspec: {controller: ako.vmware.com/avi-lb}\n---\n\
                     apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: red}\nspec: {ingressClassName: Web}\n";
        assert_eq!(mended(class), Some(class.replace("Web", "web")));
    }

    #[test]
    fn a_namespace_is_renamed_with_all_that_is_in_it() {
        let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: Red}\n---\n\
                    apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: gw, namespace: Red}\nspec:\n  \
                    gatewayClassName: oam\n  listeners:\n  - {port: 80, protocol: TCP, routes: {kind: Service, selector: {matchLabels: \
                    {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: Red}}}}\n---\n\
                    apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: blue\n  labels: {ako.vmware.com/gateway-name: gw, \
                    ako.vmware.com/gateway-namespace: Red}\nspec: {ports: [{port: 80}]}\n---\n\
                    apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: Red}\n---\n\
                    apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: blue}\nspec:\n  \
                    parentRefs: [{name: gw, namespace: Red}]\n  rules: [{backendRefs: [{name: a, port: 80, namespace: Red}]}]\n---\n\
                    apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {external: [{kind: Service, namespace: Red, name: b}]}\n";
        assert_eq!(mended(text), Some(text.replace("Red", "red")));
        let taken = format!("{text}---\napiVersion: v1\nkind: Service\nmetadata: {{name: b, namespace: red}}\n");
        assert_eq!(mended(&taken), None);
    }
}
