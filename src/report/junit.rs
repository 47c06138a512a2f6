//! Findings as JUnit XML, the report that every CI server can show: a suite for each file, a case for each finding.

use std::collections::HashMap;
use std::fmt::Write;

use super::Colours;
use super::place::shown;
use super::text::finding_text;
use crate::check::{Checked, FailOn, Hidden, Marked, counts};
use crate::diagnostic::Finding;
use crate::workspace::Workspace;

/// `akoplan check --format junit`: findings that fail the check are failures, milder ones pass and carry their text,
/// hidden ones are skipped with the reason. A file without any has one case that passes.
#[must_use]
pub fn check_junit(workspace: &Workspace, checked: &Checked, fail_on: FailOn) -> String {
    let mut of_file: HashMap<&str, Vec<Case>> = HashMap::new();
    for Marked { finding, .. } in &checked.open {
        let end = if counts(workspace, finding, fail_on) { End::Failed } else { End::Passed };
        of_file.entry(&finding.file).or_default().push(Case { finding, end });
    }
    for Hidden { marked, by, reason } in &checked.hidden {
        let reason = if reason.is_empty() { by.name().to_owned() } else { format!("{}: {reason}", by.name()) };
        of_file
            .entry(&marked.finding.file)
            .or_default()
            .push(Case { finding: &marked.finding, end: End::Hidden(reason) });
    }
    let mut suites = String::new();
    let mut total = Counts::default();
    for file in workspace.files() {
        let name = file.source.name.as_str();
        let cases = of_file.remove(name).unwrap_or_default();
        suite(workspace, name, &cases, &mut total, &mut suites);
    }
    let total = total.attributes();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"akoplan check\"{total}>\n{suites}</testsuites>\n"
    )
}

/// A finding, and what became of it.
struct Case<'a> {
    finding: &'a Finding,
    end: End,
}

enum End {
    Failed,
    Passed,
    /// By what, and why.
    Hidden(String),
}

#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Counts {
    fn attributes(self) -> String {
        let Self { tests, failures, skipped } = self;
        format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"")
    }
}

fn suite(workspace: &Workspace, file: &str, cases: &[Case<'_>], total: &mut Counts, text: &mut String) {
    let mut own = Counts { tests: cases.len().max(1), ..Counts::default() };
    let mut body = String::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    if cases.is_empty() {
        let _ = writeln!(body, "    <testcase name=\"no findings\" classname=\"{}\"/>", escaped(file));
    }
    for case in cases {
        // Servers take two cases of one name for one.
        let name = name(case.finding);
        let count: &mut usize = names.entry(name.clone()).or_default();
        *count += 1;
        let unique = if *count == 1 { name } else { format!("{name} ({count})") };
        testcase(workspace, case, &unique, &mut body);
        match case.end {
            End::Failed => own.failures += 1,
            End::Hidden(_) => own.skipped += 1,
            End::Passed => {}
        }
    }
    let _ = writeln!(text, "  <testsuite name=\"{}\"{}>\n{body}  </testsuite>", escaped(file), own.attributes());
    total.tests += own.tests;
    total.failures += own.failures;
    total.skipped += own.skipped;
}

/// `AKP301 Gateway/red/gw spec.gatewayClassName`.
fn name(finding: &Finding) -> String {
    let path = finding.path.to_string();
    let parts = [finding.code, finding.object.as_deref().unwrap_or_default(), &path];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn testcase(workspace: &Workspace, case: &Case<'_>, name: &str, text: &mut String) {
    let finding = case.finding;
    let shown = shown(workspace, &finding.file, finding.span);
    let line = shown.lines.map(|(start, _)| format!(" line=\"{}\"", start.line)).unwrap_or_default();
    let (name, class, file) = (escaped(name), escaped(&finding.file), escaped(shown.file));
    let _ = writeln!(text, "    <testcase name=\"{name}\" classname=\"{class}\" file=\"{file}\"{line}>");
    let mut body = String::new();
    finding_text(workspace, finding, Colours::Without, &mut body);
    match &case.end {
        End::Hidden(reason) => {
            let _ = writeln!(text, "      <skipped message=\"{}\"/>", escaped(reason));
        }
        End::Failed => {
            let (kind, message) = (finding.severity.name(), escaped(&finding.message));
            let _ = writeln!(
                text,
                "      <failure type=\"{kind}\" message=\"{message}\">{}</failure>",
                escaped_body(body.trim_end())
            );
        }
        End::Passed => {
            let _ = writeln!(text, "      <system-out>{}</system-out>", escaped_body(body.trim_end()));
        }
    }
    text.push_str("    </testcase>\n");
}

/// Text of an attribute: line breaks would be read as blanks.
fn escaped(text: &str) -> String {
    escaped_body(text).replace('"', "&quot;").replace('\t', "&#9;").replace('\n', "&#10;")
}

/// Text of an element. Characters that XML 1.0 has no writing for are replaced (XML 1.0, 2.2 *Characters*).
fn escaped_body(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => escaped.push(character),
            _ => escaped.push('\u{FFFD}'),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_the_rest_is_escaped() {
        assert_eq!(
            escaped("a\u{0}\u{1b}\u{FFFF}\u{FFFD}<&>\"\r\n\t😀"),
            "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}&lt;&amp;&gt;&quot;&#13;&#10;&#9;😀"
        );
        assert_eq!(escaped_body("]]>\n"), "]]&gt;\n");
    }
}
