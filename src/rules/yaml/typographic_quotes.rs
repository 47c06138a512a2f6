//! AKP014: typographic quotes that became part of a value.

use crate::command::Command;
use crate::repair::quotes;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{NodeKind, ScalarStyle};
use crate::text::Edit;

rule! {
    /// ## What it does
    /// Finds keys and values in typographic quotes (`“x”`), or with one at an end.
    ///
    /// ## Why it matters
    /// To YAML these are letters like any other (YAML 1.2.2 §7.3): the quotes become part of the name.
    /// AKO then looks for `”aviinfrasetting-oam”`, does not find it, and a Service lands on the global
    /// network without a word.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: “tkgvsphere-tkgworkload-group10”
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: "tkgvsphere-tkgworkload-group10"
    /// ```
    pub static TYPOGRAPHIC_QUOTES = {
        code: "AKP014",
        name: "typographic-quotes",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for file in context.files() {
        let documents = file.documents.iter().filter(|document| document.parsed.tree.is_readable());
        for document in documents.filter(|document| quotes::may_hold(document.span.slice(&file.source.text))) {
            for node in document.parsed.tree.nodes() {
                let NodeKind::Scalar { value, style: ScalarStyle::Plain } = &node.kind else { continue };
                // Words with blanks are prose, where such quotes are at home.
                let Some(inner) = quotes::without(value).filter(|inner| !inner.contains(' ')) else { continue };
                let span = node.span.shifted(document.span.start);
                let edit = Edit::replace(span, format!("\"{inner}\""));
                findings
                    .in_file(file, span)
                    .message(format!("the typographic quotes are part of the value `{value}`"))
                    .effect("names with them do not match anything, and AKO falls back without a word")
                    .help("use straight quotes, or none")
                    .fix(
                        "make the quotes straight",
                        Command::EditText { file: file.source.name.clone(), edits: vec![edit] },
                    );
            }
        }
    }
}
