//! AKP104: a value outside the API's list.

use super::{issues, refused};
use crate::command::Command;
use crate::lower::{FieldIssueKind, closest};
use crate::rule;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds values that are not among those that the API takes.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("Unsupported value"); upper and lower case count. In AKO's
    /// `values.yaml` an unknown value counts as the default, without a word.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   l7Settings:
    ///     shardSize: Small
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   l7Settings:
    ///     shardSize: SMALL
    /// ```
    pub static VALUE_NOT_ALLOWED = {
        code: "AKP104",
        name: "value-not-allowed",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, issue) in issues(context) {
        let FieldIssueKind::NotOneOf { value, allowed } = &issue.kind else { continue };
        let suggestion = closest(value, allowed);
        let fix =
            suggestion.map(|name| (format!("write `{name}`"), Command::set(&object.address, issue.path.clone(), name)));
        let list: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
        findings
            .at(object, issue.path.clone())
            .message(format!("`{}` cannot be `{value}`{}", issue.path, did_you_mean(suggestion)))
            .effect(refused(object.kind))
            .help(format!("use one of {}", list.join(", ")))
            .maybe_fix(fix);
    }
}
