//! AKP104: a value outside the API's list.

use super::{issues, refused};
use crate::command::Command;
use crate::lower::{FieldIssueKind, closest};
use crate::model::Kind;
use crate::rule;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds values that are not among those that the API takes.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("Unsupported value"); upper and lower case count. In AKO's
    /// `values.yaml` nobody checks: an unknown shard size counts as one shard, an unknown `serviceType` as
    /// `ClusterIP` (AKO 2.2.1 `internal/lib/lib.go`, `GetshardSize`). `autoFQDN` may be anything: all but
    /// `default` and `flat` switch it off.
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
        by_object: true,
        needs_known: Nothing,
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
            .effect(effect(object.kind, &issue.path.to_string()))
            .help(format!("use one of {}", list.join(", ")))
            .maybe_fix(fix);
    }
}

/// What an unknown value does; AKO's values have no API server that would refuse it.
fn effect(kind: Kind, path: &str) -> &'static str {
    let values = kind.holds_values();
    match path {
        "L7Settings.shardVSSize" | "L7Settings.passthroughShardSize" if values => {
            "AKO counts an unknown size as one shard, so all hosts share one virtual service"
        }
        "L7Settings.serviceType" if values => "AKO works as with `ClusterIP`",
        "L7Settings.fqdnReusePolicy" if values => "AKO works as with `InterNamespaceAllowed`",
        _ => refused(kind),
    }
}
