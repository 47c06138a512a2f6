//! AKP991: an annotation that ignores nothing.

use std::collections::BTreeSet;

use super::{ignore_notes, ignore_path};
use crate::command::Command;
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds annotations `akoplan/ignore` whose codes find nothing at their object, or that name no code.
    ///
    /// ## Why it matters
    /// What was ignored is mended, or the code is mistyped. The annotation would hide a finding of that code that
    /// comes later and that nobody has looked at (akoplan's own rule; AKO does not read the annotation).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: red
    ///   annotations:
    ///     akoplan/ignore: AKP501 until the segment moves
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: red
    /// ```
    pub static IGNORE_WITHOUT_EFFECT = {
        code: "AKP991",
        name: "ignore-without-effect",
        severity: Warning,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut notes = ignore_notes(context).peekable();
    if notes.peek().is_none() {
        return;
    }
    let found: BTreeSet<(String, &'static str)> =
        findings.so_far().iter().filter_map(|finding| Some((finding.object.clone()?, finding.code))).into_set();
    for (object, note) in notes {
        let key = context.key(object);
        let finds = |code: &str| found.iter().any(|(object, found)| *object == key && *found == code);
        let idle: Vec<&str> = note.codes.iter().copied().filter(|code| !finds(code)).collect();
        let message = match idle.as_slice() {
            [] if note.codes.is_empty() => "this annotation names no code and ignores nothing".to_owned(),
            [] => continue,
            idle => format!("`{}` is ignored here and finds nothing", idle.join(" ")),
        };
        let is_idle = idle.len() == note.codes.len();
        let fix =
            is_idle.then(|| ("remove the annotation".to_owned(), Command::remove(&object.address, ignore_path())));
        findings
            .at(object, ignore_path())
            .message(message)
            .effect("a finding that comes later would be hidden though nobody has looked at it")
            .help("take out what ignores nothing, or correct the code")
            .maybe_fix(fix);
    }
}
