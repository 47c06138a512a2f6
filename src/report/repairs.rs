//! Repairs of a damaged paste, line by line, for a terminal.

use std::fmt::Write;

use super::text::printable;
use crate::repair::Repairs;
use crate::text::{LineIndex, SourceFile};

/// Each repair with its lines before and after, then what was noticed; nothing for a text that is well.
#[must_use]
pub fn repairs_text(file: &SourceFile, repairs: &Repairs) -> String {
    let lines = LineIndex::new(&file.text);
    let mut text = String::new();
    for repair in &repairs.repairs {
        let changes = repair.changes(&file.text, &lines);
        let line = changes.first().map_or(1, |change| change.line);
        let _ = writeln!(text, "{}:{line}: {}: {}", file.name, repair.kind.name(), printable(&repair.reason));
        for change in changes {
            let mut side = |sign: &str, own: Option<String>| {
                if let Some(own) = own {
                    let _ = writeln!(text, "  {sign} {}", printable(&own));
                }
            };
            side("-", change.before);
            side("+", change.after);
        }
    }
    for note in &repairs.notes {
        let _ = writeln!(text, "{}:{}: note: {}", file.name, note.line, printable(&note.message));
    }
    text
}
