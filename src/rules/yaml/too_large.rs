//! AKP009: more than is read.

use super::{UNREAD, issues};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;

rule! {
    /// ## What it does
    /// Finds documents with more values or deeper nesting than akoplan reads.
    ///
    /// ## Why it matters
    /// No Kubernetes object is that large: etcd takes 1.5 MB at most, and go-yaml stops at 10,000
    /// levels. Most likely the file is something else.
    ///
    /// ## Example
    /// ```yaml
    /// deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    ///   [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    ///   [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    ///   [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static TOO_LARGE = {
        code: "AKP009",
        name: "too-large",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, _, issue, span) in issues(context) {
        let SyntaxIssueKind::TooLarge { message } = &issue.kind else { continue };
        findings
            .in_file(file, span)
            .message(format!("this document is too large: {message}"))
            .effect(UNREAD)
            .help("split it, or take the file out if it is no manifest");
    }
}
