//! What a check does not report, in sentences: nothing is hidden without a word.

use super::text::printable;
use crate::check::{Checked, HiddenBy, Known};

/// How many findings are hidden and by what, what of the config ignores nothing, and what of the baseline is gone.
#[must_use]
pub fn check_notes(checked: &Checked) -> Vec<String> {
    let mut notes = Vec::new();
    for by in [HiddenBy::Annotation, HiddenBy::Config, HiddenBy::Baseline] {
        let (one, many) = match by {
            HiddenBy::Annotation => ("is ignored by an annotation", "are ignored by annotations"),
            HiddenBy::Config => ("is ignored by the config", "are ignored by the config"),
            HiddenBy::Baseline => ("is hidden by the baseline", "are hidden by the baseline"),
        };
        match checked.hidden.iter().filter(|hidden| hidden.by == by).count() {
            0 => {}
            1 => notes.push(format!("1 finding {one}")),
            count => notes.push(format!("{count} findings {many}")),
        }
    }
    notes.extend(checked.idle.iter().cloned());
    for Known { fingerprint, code, object, path, message } in &checked.gone {
        let parts = [code.as_str(), object, path];
        let place = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        notes.push(format!("in the baseline and gone: {place}: {message} ({fingerprint})"));
    }
    notes.into_iter().map(|note| printable(&note).into_owned()).collect()
}
