//! AKP003: a tab where YAML wants blanks.

use super::{UNREAD, issues};
use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::{SyntaxIssueKind, parse};
use crate::text::{Edit, Span, apply_edits};
use crate::workspace::{Document, File};

rule! {
    /// ## What it does
    /// Finds tabs in the indentation.
    ///
    /// ## Why it matters
    /// YAML forbids tabs in indentation (YAML 1.2.2 §6.1): `kubectl apply` and helm stop with "found
    /// character that cannot start any token". The fix turns each tab into two blanks and is offered
    /// where the document can be read afterwards; look at the levels before you take it.
    /// In the example `⇥` stands for a tab.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    /// ⇥name: signaling
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static TAB_INDENTATION = {
        code: "AKP003",
        name: "tab-indentation",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, document, issue, span) in issues(context) {
        if issue.kind != SyntaxIssueKind::TabIndentation {
            continue;
        }
        findings
            .in_file(file, span)
            .message("a tab stands where YAML wants blanks")
            .effect(UNREAD)
            .help("indent with blanks, two for each level")
            .maybe_fix(blanks(file, document).map(|edits| {
                let command = Command::EditText { file: file.source.name.clone(), edits };
                ("replace each tab in the indentation by two blanks".to_owned(), command)
            }));
    }
}

/// The edits that make blanks of the document's leading tabs, if that makes it readable.
fn blanks(file: &File, document: &Document) -> Option<Vec<Edit>> {
    let text = document.span.slice(&file.source.text);
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        for (at, _) in line[..indentation].match_indices('\t') {
            edits.push(Edit::replace(Span::new(start + at, start + at + 1), "  "));
        }
        start += line.len();
    }
    let is_mended = parse(&apply_edits(text, &edits)).is_readable();
    let shift = |edit: Edit| Edit { span: edit.span.shifted(document.span.start), ..edit };
    is_mended.then(|| edits.into_iter().map(shift).collect())
}
