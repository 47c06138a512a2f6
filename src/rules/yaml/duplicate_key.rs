//! AKP002: a key stands twice in one mapping.

use super::issues;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;
use crate::workspace::Place;

rule! {
    /// ## What it does
    /// Finds keys that stand twice in the same mapping.
    ///
    /// ## Why it matters
    /// YAML allows a key once only (YAML 1.2.2 §3.2.1.1). Tools differ: some refuse the document,
    /// others take the last value and drop the first without a word. `kubectl apply` with server-side
    /// field validation says "strict decoding error" (Kubernetes documentation, *Field validation*).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     tier: oam
    ///   labels:
    ///     tier: traffic
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels:
    ///     tier: traffic
    /// ```
    pub static DUPLICATE_KEY = {
        code: "AKP002",
        name: "duplicate-key",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, document, issue, span) in issues(context) {
        let SyntaxIssueKind::DuplicateKey { key, first } = &issue.kind else { continue };
        let first = Place { file: file.source.name.as_str().into(), span: first.shifted(document.span.start) };
        let line = file.position(first.span.start).line;
        findings
            .in_file(file, span)
            .message(format!("the key `{key}` stands in this mapping already, at line {line}"))
            .effect("some tools refuse the document, others use this value and drop the first one silently")
            .help("keep one of the two")
            .related(first, format!("`{key}` stands here first"));
    }
}
