//! AKP105: a number outside the API's range.

use super::{issues, refused};
use crate::lower::FieldIssueKind;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds numbers that are too small or too large for the API, mostly ports.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("must be between 1 and 65535"), see the CRDs in AKO's chart
    /// (`helm/ako/crds`) and the Kubernetes API reference.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   ports:
    ///   - port: 84430
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   ports:
    ///   - port: 8443
    /// ```
    pub static NUMBER_OUT_OF_RANGE = {
        code: "AKP105",
        name: "number-out-of-range",
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
        let FieldIssueKind::OutOfRange { value, least, most } = issue.kind else { continue };
        findings
            .at(object, issue.path.clone())
            .message(format!("`{}` cannot be {value}", issue.path))
            .effect(refused(object.kind))
            .help(format!("use a number from {least} to {most}"));
    }
}
