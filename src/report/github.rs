//! Findings as workflow commands of GitHub Actions: annotations beside the changed lines.

use std::fmt::Write;

use super::place::shown;
use super::text::{printable, summary};
use crate::check::{Checked, STANDARD_INPUT};
use crate::diagnostic::{Finding, Severity};
use crate::workspace::Workspace;

/// `akoplan check --format github`: a command for each open finding, then a summary for the log.
#[must_use]
pub fn check_github(workspace: &Workspace, checked: &Checked) -> String {
    let mut text = String::new();
    for finding in checked.findings() {
        let _ = writeln!(text, "{}", command(workspace, finding));
    }
    if !text.is_empty() {
        let _ = writeln!(text, "{}", summary(checked));
    }
    text
}

fn command(workspace: &Workspace, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let shown = shown(workspace, &finding.file, finding.span);
    let mut properties = Vec::new();
    let mut note = shown.note;
    if shown.file == STANDARD_INPUT {
        // There is no file to show it in.
        note = shown.lines.map(|(start, _)| format!(" (line {}, column {})", start.line, start.column)).unwrap_or(note);
    } else {
        properties.push(format!("file={}", property(shown.file)));
        if let Some((start, end)) = shown.lines {
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns are for places within one line (GitHub REST documentation, *Check runs*, `start_column`).
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
    }
    properties.push(format!("title={}", property(&format!("akoplan {}", finding.code))));
    let mut message = format!("{}{note}", finding.message);
    for (label, sentence) in [("effect", &finding.effect), ("help", &finding.help)] {
        if !sentence.is_empty() {
            let _ = write!(message, "\n{label}: {sentence}");
        }
    }
    format!("::{level} {}::{}", properties.join(","), data(&message))
}

/// Text behind the last `::`: a line break would end the command, so it and the sign of the escape are escaped
/// (`actions/toolkit`, `packages/core/src/command.ts`, `escapeData`).
fn data(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable_but_returns).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value: what ends a property is escaped, too (`escapeProperty`, there).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn printable_but_returns(line: &str) -> String {
    line.split('\r').map(printable).collect::<Vec<_>>().join("\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50% a\r\nb, c: d\u{1b}[0m"), "50%25 a%0D%0Ab, c: d\u{FFFD}[0m");
        assert_eq!(property("a,b:c%\n::error::x"), "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax");
    }
}
