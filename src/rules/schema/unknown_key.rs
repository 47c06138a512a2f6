//! AKP106: a key that AKO's values or akoplan's settings do not have.

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
    /// Finds misspelt keys in AKO's `values.yaml`, and unknown ones in `akoplan.yaml`. In values only
    /// keys that resemble a known one are reported: charts differ by version.
    ///
    /// ## Why it matters
    /// Helm takes any key without a word, and the chart's default holds (AKO `helm/ako/values.yaml`).
    /// `serviceAPI: true` leaves all gateways without AKO.
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   serviceAPI: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    /// ```
    pub static UNKNOWN_KEY = {
        code: "AKP106",
        name: "unknown-key",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, issue) in issues(context) {
        let FieldIssueKind::Unknown { field, suggestion } = &issue.kind else { continue };
        let effect = match (object.kind, suggestion) {
            (Kind::AkoValues, Some(_)) => "helm takes it without a word, and the chart's default holds",
            (Kind::AkoConfigMap, Some(_)) => "the API server takes it without a word, and AKO does not read it",
            (Kind::AkoplanSettings, _) => "akoplan does not read it",
            _ => continue,
        };
        let parent = issue.path.split_last().map(|(parent, _)| parent).unwrap_or_default();
        let rename = suggestion.filter(|name| !object.has(parent.key(name))).map(|name| {
            let edit = Edit::replace(span_of(object, issue), name);
            let command = Command::EditText { file: object.address.file.to_string(), edits: vec![edit] };
            (format!("rename it to `{name}`"), command)
        });
        findings
            .at_key(object, issue.path.clone())
            .message(format!("there is no key `{}`{}", issue.path, did_you_mean(*suggestion)))
            .effect(effect)
            .help(format!("use a key that is read instead of `{field}`, or remove it"))
            .maybe_fix(rename);
    }
}
