//! AKP101: a field that the kind does not have.

use super::{issues, span_of};
use crate::command::Command;
use crate::lower::FieldIssueKind;
use crate::model::Kind;
use crate::rule;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::text::Edit;

rule! {
    /// ## What it does
    /// Finds fields that the object's API does not have, with the field that was most likely meant.
    ///
    /// ## Why it matters
    /// `kubectl apply` refuses the object ("strict decoding error: unknown field"); tools without strict
    /// validation have the API server drop the field, and AKO never sees it (Kubernetes documentation,
    /// *Field validation* and *Field pruning*). A misspelt `enableRhi` is a segment without routes.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     enableRHI: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     enableRhi: true
    /// ```
    pub static UNKNOWN_FIELD = {
        code: "AKP101",
        name: "unknown-field",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

/// Whether the API server knows all fields: of the data of a ConfigMap it knows none, see AKP106.
fn has_schema(kind: Kind) -> bool {
    kind.is_applied() && kind != Kind::AkoConfigMap
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, issue) in issues(context).filter(|(object, _)| has_schema(object.kind)) {
        let FieldIssueKind::Unknown { field, suggestion } = &issue.kind else { continue };
        let parent = issue.path.split_last().map(|(parent, _)| parent).unwrap_or_default();
        // Where the right field is there too, a rename would only make a duplicate.
        let rename = suggestion.filter(|name| !object.has(parent.key(name))).map(|name| {
            let edit = Edit::replace(span_of(object, issue), name);
            let command = Command::EditText { file: object.address.file.to_string(), edits: vec![edit] };
            (format!("rename it to `{name}`"), command)
        });
        let place = if parent.is_root() { object.identity.kind.clone() } else { format!("`{parent}`") };
        findings
            .at_key(object, issue.path.clone())
            .message(format!("{place} has no field `{field}`{}", did_you_mean(*suggestion)))
            .effect("kubectl refuses the object, or the API server drops the field and AKO never sees it")
            .help("use the field that the API has, or remove this one")
            .maybe_fix(rename);
    }
}
