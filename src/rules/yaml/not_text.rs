//! AKP005: a file that is no text.

use super::issues;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;

rule! {
    /// ## What it does
    /// Finds NUL and other control characters, which no text file has.
    ///
    /// ## Why it matters
    /// YAML allows printable characters only (YAML 1.2.2 §5.1). Such a file is an archive, a picture or
    /// text in another encoding; `kubectl apply` refuses it. In the example `␀` stands for
    /// a NUL.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1␀
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static NOT_TEXT = {
        code: "AKP005",
        name: "not-text",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut last = None;
    for (file, _, issue, span) in issues(context) {
        let name = Some(file.source.name.as_str());
        if issue.kind != SyntaxIssueKind::Binary || last == name {
            continue;
        }
        last = name;
        let character = span.slice(&file.source.text).chars().next().map_or(0, u32::from);
        findings
            .in_file(file, span)
            .message(format!("this is no text: it holds the control character U+{character:04X}"))
            .effect("kubectl refuses the file, and akoplan reads nothing from it")
            .help("take the file out, or save it as UTF-8 text");
    }
}
