//! AKP013: a typographic quote leaves a straight one open.

use super::{UNREAD, issues, text_of};
use crate::command::Command;
use crate::repair::quotes;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;
use crate::text::Edit;

rule! {
    /// ## What it does
    /// Finds documents that do not parse because a value begins with a straight quote and ends with a
    /// typographic one, or the other way round.
    ///
    /// ## Why it matters
    /// Word processors and web pages turn `"` into `“` and `”`. YAML knows straight quotes only (YAML
    /// 1.2.2 §7.3), so the value goes on to the next straight one or to the end of the file: the
    /// document, and everything that kubectl would apply after it, is lost.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: "signaling”
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: "signaling"
    /// ```
    pub static TYPOGRAPHIC_QUOTE_BREAKS = {
        code: "AKP013",
        name: "typographic-quote-breaks",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, document, issue, _) in issues(context) {
        if !matches!(issue.kind, SyntaxIssueKind::Invalid { .. }) {
            continue;
        }
        let text = text_of(file, document);
        let Some(edits) = quotes::mend(text) else { continue };
        let edits: Vec<Edit> =
            edits.into_iter().map(|edit| Edit { span: edit.span.shifted(document.span.start), ..edit }).collect();
        let Some(first) = edits.first() else { continue };
        let (typographic, straight) = (first.span.slice(&file.source.text), first.replacement.as_str());
        let message = match edits.len() {
            1 => format!("the quote {typographic} is typographic: it does not match the straight {straight}"),
            count => format!("{count} quotes like this {typographic} are typographic: they do not match straight ones"),
        };
        findings
            .in_file(file, first.span)
            .message(message)
            .effect(UNREAD)
            .help("use straight quotes at both ends")
            .fix("make the quotes straight", Command::EditText { file: file.source.name.clone(), edits });
    }
}
