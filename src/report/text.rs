//! Findings, predictions and rules as text for a terminal.
//!
//! Hand-written rather than by a crate: it also has to shorten lines of any length and to take the
//! control bytes out of what is somebody else's text.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Colours, outlook_lines, template};
use crate::ako::Prediction;
use crate::ako::messages::Reading;
use crate::check::Checked;
use crate::diagnostic::{Finding, Severity};
use crate::rules::Rule;
use crate::text::Span;
use crate::workspace::{File, Workspace};

/// More characters of a line than this are not shown.
const WIDEST_EXCERPT: usize = 120;
/// What stays visible in front of a place far to the right.
const LEFT_OF_PLACE: usize = 40;

/// All open findings with the lines they are about, and a summary; nothing where there is none.
#[must_use]
pub fn check_text(workspace: &Workspace, checked: &Checked, colours: Colours) -> String {
    let mut text = String::new();
    for finding in checked.findings() {
        finding_text(workspace, finding, colours, &mut text);
        text.push('\n');
    }
    if !text.is_empty() {
        let _ = writeln!(text, "{}", summary(checked));
    }
    text
}

/// `2 errors, 1 warning`.
pub(super) fn summary(checked: &Checked) -> String {
    let counted = |severity: Severity, many: &str| match checked
        .findings()
        .filter(|finding| finding.severity == severity)
        .count()
    {
        0 => None,
        1 => Some(format!("1 {}", severity.name())),
        count => Some(format!("{count} {many}")),
    };
    let parts =
        [counted(Severity::Error, "errors"), counted(Severity::Warning, "warnings"), counted(Severity::Info, "infos")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// A finding like a compiler's: what, where with the line, what follows from it, what to do.
pub(super) fn finding_text(workspace: &Workspace, finding: &Finding, colours: Colours, text: &mut String) {
    let kind = format!("{}[{}]", finding.severity.name(), finding.code);
    let message = format!(": {}", printable(&finding.message));
    let _ = writeln!(text, "{}{}", colours.severity(finding.severity, &kind), colours.bold(&message));
    let mut width = 1;
    if let Some(file) = workspace.file(&finding.file) {
        width = file.position(finding.span.start).line.to_string().len();
        let frame = Frame { width, arrow: "-->", marks: finding.severity, colours };
        frame.excerpt(file, finding.span, text);
    }
    let indent = " ".repeat(width);
    let note = |text: &mut String, label: &str, sentence: &str| {
        if !sentence.is_empty() {
            let (bar, label) = (format!("{indent} ="), format!("{label}:"));
            let _ = writeln!(text, "{} {} {}", colours.frame(&bar), colours.bold(&label), printable(sentence));
        }
    };
    note(text, "effect", &finding.effect);
    note(text, "help", &finding.help);
    for fix in &finding.fixes {
        note(text, if fix.safe { "safe fix" } else { "fix" }, &fix.title);
    }
    for ask in &finding.asks {
        let labels: Vec<&str> = ask.questions().iter().map(|question| question.label()).collect();
        note(text, "fix", &format!("{} (asks for {})", ask.title(), labels.join(", ")));
    }
    for related in &finding.related {
        note(text, "see also", &related.message);
        if let Some(file) = workspace.file(&related.file) {
            let frame = Frame { width, arrow: ":::", marks: Severity::Info, colours };
            frame.excerpt(file, related.span, text);
        }
    }
}

/// What stands around an excerpt.
struct Frame {
    /// Of the line numbers.
    width: usize,
    arrow: &'static str,
    /// What colour the carets have.
    marks: Severity,
    colours: Colours,
}

impl Frame {
    /// The first line of a span with carets under it.
    fn excerpt(&self, file: &File, span: Span, text: &mut String) {
        let Self { width, arrow, marks, colours } = *self;
        let start = file.position(span.start);
        let indent = " ".repeat(width);
        let name = printable(&file.source.name);
        let template = template::in_file(file, span.start);
        let template = template.map(|name| format!(" (from {})", printable(name))).unwrap_or_default();
        let arrow = format!("{indent}{arrow}");
        let _ = writeln!(text, "{} {name}:{}:{}{template}", colours.frame(&arrow), start.line, start.column);
        let line = file.lines.line_span(&file.source.text, start.line);
        let before = Span::new(line.start, span.start.min(line.end)).slice(&file.source.text);
        let under = Span::new(span.start.min(line.end), span.end.min(line.end).max(span.start.min(line.end)));
        let marked = under.slice(&file.source.text);
        let after = Span::new(under.end, line.end).slice(&file.source.text);
        // Only as much is touched as is shown: a line can have megabytes.
        let (before, skipped) = last_characters(before, LEFT_OF_PLACE, WIDEST_EXCERPT);
        let room = WIDEST_EXCERPT.saturating_sub(before.chars().count()).max(1);
        let (marked, cut) = first_characters(marked, room);
        let (after, cut_after) = first_characters(after, if cut { 0 } else { room - marked.chars().count() });
        let before = format!("{}{}", if skipped { "…" } else { "" }, expanded(before));
        let marked = expanded(marked);
        let rest = if cut || cut_after { "…" } else { "" };
        let carets = "^".repeat(marked.chars().count().max(1));
        let blank = " ".repeat(before.chars().count());
        let bar = format!("{indent} |");
        let number = format!("{:>width$} |", start.line);
        let shown = format!("{before}{marked}{}{rest}", expanded(after));
        let _ = writeln!(text, "{}", colours.frame(&bar));
        let _ = writeln!(text, "{} {}", colours.frame(&number), shown.trim_end());
        let _ = writeln!(text, "{} {blank}{}", colours.frame(&bar), colours.severity(marks, &carets));
    }
}

/// The first characters of a text, and whether that is not all.
fn first_characters(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// The whole text if it has no more than `limit` characters, else its last `kept`, and whether that
/// is not all.
fn last_characters(text: &str, kept: usize, limit: usize) -> (&str, bool) {
    if text.char_indices().rev().nth(limit - kept).is_none() {
        return (text, false);
    }
    match text.char_indices().rev().nth(kept.saturating_sub(1)) {
        Some((start, _)) => (&text[start..], true),
        None => (text, false),
    }
}

/// Tabs as blanks, control characters made visible.
fn expanded(text: &str) -> String {
    printable(&text.replace('\t', "    ")).into_owned()
}

/// Somebody's text without what could steer a terminal.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| {
        character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(is_control) { Cow::Owned(text.replace(is_control, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

/// Where everything lands, one line each, what comes out otherwise later, and what was assumed.
#[must_use]
pub fn predict_text(prediction: &Prediction) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&printable(&line));
        text.push('\n');
    };
    if let Some((words, crash)) = prediction.fatal() {
        line(format!("{words}: {} ({}, {})", crash.reason, crash.object, crash.source));
    }
    for landing in &prediction.landings {
        line(landing.to_string());
    }
    for own in outlook_lines(prediction) {
        line(own);
    }
    for assumption in &prediction.assumptions {
        line(format!("assumed: {}: {}", assumption.about, assumption.sentence));
    }
    text
}

/// A rule's page.
#[must_use]
pub fn explain_text(rule: &Rule) -> String {
    format!("# {} {} ({})\n\n{}\n", rule.code, rule.name, rule.severity.name(), rule.page().trim())
}

/// What messages of AKO mean, as they stand in a pasted text.
#[must_use]
pub fn readings_text(readings: &[Reading]) -> String {
    let mut text = String::new();
    for Reading { message, values, .. } in readings {
        if !text.is_empty() {
            text.push('\n');
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let words = if values.is_empty() { message.template.replace("{}", "…") } else { message.with(&values) };
        let _ = writeln!(text, "{}", printable(&words));
        let reason = if message.reason.is_empty() { String::new() } else { format!(", reason {}", message.reason) };
        let mut note = |label: &str, sentence: &str| {
            if !sentence.is_empty() {
                let _ = writeln!(text, "  = {label}: {sentence}");
            }
        };
        note("where", &format!("{}{reason}", message.at));
        note("means", message.means);
        note("field", message.field);
        note("fix", message.fix);
        note("rule", &message.rules.join(", "));
        note("source", &format!("AKO 2.2.1 {}", message.source));
    }
    text
}

/// All rules, one line each.
#[must_use]
pub fn rules_text(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for rule in rules {
        let (severity, summary) = (rule.severity.name(), rule.summary());
        let _ = writeln!(text, "{}  {severity:7}  {:width$}  {summary}", rule.code, rule.name);
    }
    text
}
