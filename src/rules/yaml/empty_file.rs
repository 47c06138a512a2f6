//! AKP011: a file with nothing in it.

use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Finds files without any document: empty, or blanks and comments only.
    ///
    /// ## Why it matters
    /// `kubectl apply` says "no objects passed to apply". Often an export or a copy went wrong.
    ///
    /// ## Example
    /// ```yaml
    /// # to be done
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static EMPTY_FILE = {
        code: "AKP011",
        name: "empty-file",
        severity: Info,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for file in context.files() {
        let has_content = file.documents.iter().any(|document| {
            let tree = &document.parsed.tree;
            tree.root.is_some() || !tree.issues.is_empty() || tree.is_read_around()
        });
        if has_content {
            continue;
        }
        findings
            .in_file(file, Span::default())
            .message("this file holds no object")
            .effect("kubectl says that there is nothing to apply")
            .help("fill it, or take it out")
            .fix("take the file out", Command::RemoveFile { file: file.source.name.clone() });
    }
}
