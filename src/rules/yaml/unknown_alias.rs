//! AKP006: an alias without an anchor.

use super::{UNREAD, issues};
use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::SyntaxIssueKind;
use crate::text::Edit;

rule! {
    /// ## What it does
    /// Finds aliases (`*name`) without an anchor (`&name`) before them in the same document.
    ///
    /// ## Why it matters
    /// An alias stands for the value that its anchor marks (YAML 1.2.2 §7.1), and anchors do not reach
    /// over `---`. `kubectl apply` stops with "unknown anchor". A value that begins with `*`, such as a
    /// wildcard host, needs quotes.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: *segment
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   labels:
    ///     segment: &segment oam
    ///   name: *segment
    /// ```
    pub static UNKNOWN_ALIAS = {
        code: "AKP006",
        name: "unknown-alias",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (file, _, issue, span) in issues(context) {
        let SyntaxIssueKind::UnknownAlias { name } = &issue.kind else { continue };
        let fix = is_wildcard(name).then(|| {
            let edit = Edit::replace(span, format!("\"*{name}\""));
            let command = Command::EditText { file: file.source.name.clone(), edits: vec![edit] };
            (format!("write `\"*{name}\"`"), command)
        });
        findings
            .in_file(file, span)
            .message(format!("no anchor `&{name}` stands before the alias `*{name}` in this document"))
            .effect(UNREAD)
            .help("write the value out, or put quotes around it if the asterisk is part of it")
            .maybe_fix(fix);
    }
}

/// Whether what follows an asterisk makes it a host with a wildcard.
fn is_wildcard(name: &str) -> bool {
    let is_usual = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    name.len() > 1 && name.starts_with('.') && name.chars().all(is_usual)
}
