//! AKP008: aliases of aliases that unfold without measure.

use super::{UNREAD, issues};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;

rule! {
    /// ## What it does
    /// Finds documents whose aliases would unfold to far more than what is written.
    ///
    /// ## Why it matters
    /// A few lines of aliases of aliases fill any memory ("billion laughs"). `kubectl apply` stops
    /// with "document contains excessive aliasing" (go-yaml `decode.go`; CVE-2019-11253).
    ///
    /// ## Example
    /// ```yaml
    /// a: &a [x, x, x, x, x, x, x, x, x, x]
    /// b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    /// c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    /// d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
    /// e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
    /// f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static EXCESSIVE_ALIASES = {
        code: "AKP008",
        name: "excessive-aliases",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, _, issue, span) in issues(context) {
        if issue.kind == SyntaxIssueKind::ExcessiveAliasing {
            findings
                .in_file(file, span)
                .message("the aliases of this document unfold to more than a hundred thousand values")
                .effect(UNREAD)
                .help("write the values out, or split the document");
        }
    }
}
