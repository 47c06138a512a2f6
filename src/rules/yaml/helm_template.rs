//! AKP004: a helm template that is not rendered yet.

use super::issues;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{NodeKind, SyntaxIssueKind};
use crate::text::Span;
use crate::workspace::File;

rule! {
    /// ## What it does
    /// Finds helm template expressions, `{{ … }}`.
    ///
    /// ## Why it matters
    /// A template is no YAML until helm has rendered it, so akoplan cannot say what AKO would do with
    /// it. It leaves the document untouched and reads the others (Helm documentation, *helm template*).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: {{ .Release.Namespace }}
    /// ```
    ///
    /// ## Use instead
    /// The output of `helm template RELEASE CHART --values FILE`:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static HELM_TEMPLATE = {
        code: "AKP004",
        name: "helm-template",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut report = |file: &File, within: Span| {
        findings
            .in_file(file, expression(file, within))
            .message("this document is a helm template, not yet YAML")
            .effect("akoplan leaves the document as it is and predicts nothing from it")
            .help("render it first with `helm template RELEASE CHART --values FILE` and bring the output here");
    };
    for (file, document, issue, _) in issues(context) {
        if issue.kind == SyntaxIssueKind::HelmTemplate {
            // The reader stumbles somewhere behind the first expression.
            report(file, document.span);
        }
    }
    for file in context.files().iter().filter(|file| file.source.text.contains("{{")) {
        for document in &file.documents {
            // In quotes a template is readable YAML, but its names are none.
            let tree = &document.parsed.tree;
            let objects = document.parsed.objects.iter().filter(|object| object.kind.is_applied());
            let name = objects.filter_map(|object| {
                let metadata = tree.get(object.node, "metadata")?;
                tree.get(metadata, "name")
                    .filter(|name| matches!(tree.kind(*name), NodeKind::Scalar { value, .. } if is_template(value)))
            });
            if let (Some(name), true) = (name.into_iter().next(), tree.is_readable()) {
                report(file, tree.node(name).span.shifted(document.span.start));
            }
        }
    }
}

/// The first template expression within a span, outside of comment lines; the span where there is none.
fn expression(file: &File, within: Span) -> Span {
    let mut start = within.start;
    for line in within.slice(&file.source.text).split_inclusive('\n') {
        if let (Some(at), false) = (line.find("{{"), line.trim_start().starts_with('#')) {
            let end = line[at..].find("}}").map_or(line.trim_end().len(), |end| at + end + 2);
            return Span::new(start + at, start + end);
        }
        start += line.len();
    }
    within
}

/// Whether a text holds a template expression.
pub fn is_template(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}
