//! AKP012: a byte-order mark in front of a file.

use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::text::{Edit, Span};

/// U+FEFF in UTF-8.
const MARK: char = '\u{feff}';

rule! {
    /// ## What it does
    /// Finds the invisible byte-order mark (U+FEFF) that some Windows editors put in front of a file.
    ///
    /// ## Why it matters
    /// YAML allows it (YAML 1.2.2 §5.2) and kubectl reads it, but helm, `grep` and scripts that join
    /// files stumble: in the middle of a joined file it becomes part of the first key. The fix removes
    /// it and changes nothing else. In the example `⟨BOM⟩` stands for it.
    ///
    /// ## Example
    /// ```yaml
    /// ⟨BOM⟩apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    /// ```
    pub static BYTE_ORDER_MARK = {
        code: "AKP012",
        name: "byte-order-mark",
        severity: Info,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for file in context.files().iter().filter(|file| file.source.text.starts_with(MARK)) {
        let span = Span::new(0, MARK.len_utf8());
        let command = Command::EditText { file: file.source.name.clone(), edits: vec![Edit::delete(span)] };
        findings
            .in_file(file, span)
            .message("this file begins with a byte-order mark")
            .effect("kubectl reads it; tools that join files make it part of a key")
            .help("save the file as UTF-8 without a mark")
            .safe_fix("remove the mark", command);
    }
}
