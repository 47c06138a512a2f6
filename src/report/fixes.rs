//! The fixes that were applied and what they changed, for a terminal.

use std::fmt::Write;

use super::text::printable;
use crate::diagnostic::{Ask, Severity};
use crate::diff;
use crate::fix::Mended;
use crate::workspace::Workspace;

/// What the fixes change, as one unified diff.
#[must_use]
pub fn fixes_diff(before: &Workspace, mended: &Mended) -> String {
    diff::between(before, &mended.workspace).iter().map(diff::FileDiff::unified).collect()
}

/// Each fix in a line, in the order of their application; then what is left for want of answers.
#[must_use]
pub fn fixes_text(mended: &Mended) -> String {
    let mut text = String::new();
    for applied in &mended.applied {
        let (object, title) = (printable(&applied.object), printable(&applied.title));
        let _ = writeln!(text, "fixed: {} {object}: {title}", applied.code);
    }
    text.push_str(&asks_text(mended));
    if !mended.is_stable {
        text.push_str("warning: there is more to fix than is done at once; call it again\n");
    }
    text
}

/// What errors are left because their fixes ask, once for each thing that is asked.
fn asks_text(mended: &Mended) -> String {
    let mut told: Vec<&Ask> = Vec::new();
    let mut text = String::new();
    for finding in mended.analysis.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        for ask in &finding.asks {
            if told.contains(&ask) {
                continue;
            }
            told.push(ask);
            let Ask::DefineSetting(name) = ask;
            let (object, name) = (printable(finding.object.as_deref().unwrap_or_default()), printable(name));
            let _ = writeln!(
                text,
                "not fixed: {} {object}: define AviInfraSetting `{name}` by `--define {name}=SEGROUP,NETWORK,CIDR`",
                finding.code
            );
        }
    }
    text
}
