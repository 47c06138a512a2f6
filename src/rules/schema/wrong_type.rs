//! AKP102: a value of the wrong type.

use super::{issues, refused, span_of};
use crate::command::Command;
use crate::lower::{FieldIssue, FieldIssueKind};
use crate::model::Kind;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{NodeKind, Plain, ScalarStyle, resolve_plain};
use crate::text::Edit;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds values of another type than the API has, such as a number where a string is needed.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("cannot unmarshal number into Go value of type string").
    /// Without quotes `yes`, `on`, `1.10` and `0123` are no strings to Kubernetes' YAML reader
    /// (`sigs.k8s.io/yaml`, YAML 1.1). The fix adds or takes away quotes and changes nothing else.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     exposed: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     exposed: "true"
    /// ```
    pub static WRONG_TYPE = {
        code: "AKP102",
        name: "wrong-type",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, issue) in issues(context) {
        let FieldIssueKind::WrongType { expected, found } = &issue.kind else { continue };
        let node = object.find(&issue.path);
        // Helm and akoplan print what stands there: a version `22.1` is as good as `"22.1"`.
        let is_printed = !object.kind.is_applied() && matches!(*expected, "a string" | "a number or a name");
        if is_printed && node.is_some_and(|(tree, node)| tree.scalar(node).is_some()) {
            continue;
        }
        let report = findings
            .at(object, issue.path.clone())
            .message(format!("`{}` must be {expected}, here stands {found}", issue.path))
            .effect(effect(object.kind, expected))
            .help(format!("write {expected}"));
        if let Some(edit) = requote(object, issue, expected) {
            let title = if edit.replacement.starts_with('"') { "put quotes around it" } else { "take the quotes away" };
            let command = Command::EditText { file: object.address.file.to_string(), edits: vec![edit] };
            let _ = match object.kind {
                Kind::AkoplanSettings | Kind::AkoValues => report.fix(title, command),
                _ => report.safe_fix(title, command),
            };
        }
    }
}

/// What a value of another type does: the API server takes any text in a ConfigMap, but only texts.
fn effect(kind: Kind, expected: &str) -> &'static str {
    match kind {
        Kind::AkoConfigMap if expected != "a string" => {
            "the API server takes any text here, but AKO does not understand it"
        }
        kind => refused(kind),
    }
}

/// Adds quotes to a plain scalar, or takes them from a number or boolean.
fn requote(object: &Object, issue: &FieldIssue, expected: &str) -> Option<Edit> {
    let (tree, node) = object.find(&issue.path)?;
    let node = tree.node(node);
    let NodeKind::Scalar { value, style } = &node.kind else { return None };
    let fits = |plain: Plain| match expected {
        "true or false" => matches!(plain, Plain::Bool(_)),
        "a whole number" => matches!(plain, Plain::Int(_)),
        _ => false,
    };
    let replacement = match (*style, expected) {
        // A ConfigMap holds texts only.
        (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, _) if object.kind == Kind::AkoConfigMap => return None,
        (ScalarStyle::Plain, "a string") if node.tag.is_none() => format!("\"{value}\""),
        (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, _) if fits(resolve_plain(value)) => value.to_string(),
        _ => return None,
    };
    Some(Edit::replace(span_of(object, issue), replacement))
}
