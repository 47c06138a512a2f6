//! AKP208: a name that Kubernetes does not take.

use crate::model::Kind;
use crate::rule;
use crate::rules::yaml::helm_template::is_template;
use crate::rules::{Context, Findings};

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
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
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
                .help("use lower-case letters, digits and hyphens");
        }
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
