//! AKP990: an annotation that ignores findings and does not say why.

use super::{ignore_notes, ignore_path};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds annotations `akoplan/ignore` with codes and without a reason behind them.
    ///
    /// ## Why it matters
    /// The annotation hides findings for as long as it stands there. Without the reason nobody can tell
    /// later whether it still holds (akoplan's own rule; AKO does not read the annotation).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     akoplan/ignore: AKP901
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     akoplan/ignore: AKP901 helm puts it into the release's namespace
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static IGNORE_WITHOUT_REASON = {
        code: "AKP990",
        name: "ignore-without-reason",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, note) in ignore_notes(context).filter(|(_, note)| !note.codes.is_empty() && note.reason.is_empty()) {
        findings
            .at(object, ignore_path())
            .message(format!("`{}` is ignored here without a reason", note.codes.join(" ")))
            .effect("akoplan hides the findings all the same, and nobody can tell later whether that still holds")
            .help("write the reason behind the codes");
    }
}
