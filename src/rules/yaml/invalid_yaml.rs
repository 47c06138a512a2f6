//! AKP001: a document is no YAML.

use super::{UNREAD, issues, text_of};
use crate::repair::quotes;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;

rule! {
    /// ## What it does
    /// Finds documents that the YAML parser cannot read to the end.
    ///
    /// ## Why it matters
    /// `kubectl apply` stops at such a document, and so does helm. Usually the indentation of one line
    /// does not fit its neighbours, a quote or bracket is not closed, or a value that contains `: ` or
    /// begins with one of `*&!%@` and a backtick needs quotes (YAML 1.2.2, chapters 6 and 7).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///    labels: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   labels: {}
    /// ```
    pub static INVALID_YAML = {
        code: "AKP001",
        name: "invalid-yaml",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, document, issue, span) in issues(context) {
        let SyntaxIssueKind::Invalid { message } = &issue.kind else { continue };
        if quotes::mend(text_of(file, document)).is_some() {
            continue; // AKP013 says it better.
        }
        let line = file.position(span.start).line;
        findings
            .in_file(file, span)
            .message(format!("this document does not parse at line {line}: {message}"))
            .effect(UNREAD)
            .help("mend the line, or the one before it: indentation, quotes, brackets, `: ` inside a value");
    }
}
