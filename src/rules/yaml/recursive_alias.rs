//! AKP007: an anchor that holds itself.

use super::{UNREAD, issues};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;

rule! {
    /// ## What it does
    /// Finds aliases inside the very value that their anchor marks.
    ///
    /// ## Why it matters
    /// Such a value has no end. `kubectl apply` stops with "anchor contains itself"
    /// (go-yaml `decode.go`, which `sigs.k8s.io/yaml` uses).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: &metadata
    ///   name: signaling
    ///   labels: *metadata
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static RECURSIVE_ALIAS = {
        code: "AKP007",
        name: "recursive-alias",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, _, issue, span) in issues(context) {
        if issue.kind == SyntaxIssueKind::RecursiveAlias {
            findings
                .in_file(file, span)
                .message("this alias stands inside the value that it refers to")
                .effect(UNREAD)
                .help("write the value out");
        }
    }
}
