//! Findings as SARIF 2.1.0, the exchange format of static analysis: for code scanning and for editors.

use serde_json::{Map, Value, json};

use super::place::shown;
use crate::check::{Checked, Marked, STANDARD_INPUT};
use crate::diagnostic::{Fix, Severity};
use crate::rules::{self, GROUPS, Rule};
use crate::text::{LineIndex, Position, Span};
use crate::workspace::Workspace;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What our fingerprints are called; goes up when they are made in another way.
const FINGERPRINT: &str = "akoplan/v1";

/// `akoplan check --format sarif`: one run with the open findings, and the rules that they are of.
#[must_use]
pub fn check_sarif(workspace: &Workspace, checked: &Checked) -> Value {
    let mut rules: Vec<&Rule> = checked.findings().filter_map(|finding| rules::find(finding.code)).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let results: Vec<Value> = checked.open.iter().map(|marked| result(workspace, marked, &rules)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "akoplan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    let group = GROUPS.iter().find(|(prefix, _)| rule.code.starts_with(prefix)).map(|(_, title)| *title);
    let page = rule.page();
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": group.into_iter().collect::<Vec<_>>(), "problem.severity": code_scanning(rule.severity) },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// GitHub's word for a severity (GitHub documentation, *SARIF support for code scanning*).
const fn code_scanning(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

fn result(workspace: &Workspace, marked: &Marked, rules: &[&Rule]) -> Value {
    let finding = &marked.finding;
    let (mut place, note) = location(workspace, &finding.file, finding.span);
    if let Some(object) = &finding.object {
        let path = finding.path.to_string();
        let name = if path.is_empty() { object.clone() } else { format!("{object} {path}") };
        place.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": name, "kind": "object" }]));
    }
    let related = finding.related.iter().enumerate().map(|(at, related)| {
        let (mut place, note) = location(workspace, &related.file, related.span);
        place.insert("id".to_owned(), at.into());
        place.insert("message".to_owned(), json!({ "text": format!("{}{note}", related.message) }));
        Value::Object(place)
    });
    let sentence = |label: &str, text: &str| if text.is_empty() { String::new() } else { format!("\n{label}: {text}") };
    let (effect, help) = (sentence("Effect", &finding.effect), sentence("Help", &finding.help));
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": format!("{}{note}{effect}{help}", finding.message) },
        "locations": [place],
        "partialFingerprints": { FINGERPRINT: marked.fingerprint },
    });
    let mut add = |name: &str, value: Value| {
        if let Value::Object(members) = &mut result {
            members.insert(name.to_owned(), value);
        }
    };
    if let Some(index) = rules.iter().position(|rule| rule.code == finding.code) {
        add("ruleIndex", index.into());
    }
    if !finding.related.is_empty() {
        add("relatedLocations", related.collect());
    }
    let fixes: Vec<Value> = finding.fixes.iter().filter_map(|made| fix(workspace, made)).collect();
    if !fixes.is_empty() {
        add("fixes", fixes.into());
    }
    result
}

/// A place, and what has to be said about it.
fn location(workspace: &Workspace, file: &str, span: Span) -> (Map<String, Value>, String) {
    let shown = shown(workspace, file, span);
    let mut physical = json!({ "artifactLocation": { "uri": uri(shown.file) } });
    if let (Some(lines), Value::Object(members)) = (shown.lines, &mut physical) {
        members.insert("region".to_owned(), region(lines));
    }
    (Map::from_iter([("physicalLocation".to_owned(), physical)]), shown.note)
}

fn region((start, end): (Position, Position)) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A fix with its edits; `None` if it does not fit the text, or changes what is no file.
fn fix(workspace: &Workspace, fix: &Fix) -> Option<Value> {
    let files = fix.command.edits(workspace).ok()?;
    let mut changes = Vec::new();
    for (name, edits) in &files {
        let place = |span: Span| match workspace.file(name) {
            // A file that is yet to be made begins at its first place.
            None => [LineIndex::new("").position("", 0); 2].into(),
            Some(file) => (file.position(span.start), file.position(span.end)),
        };
        if name == STANDARD_INPUT {
            return None;
        }
        let replacements = edits.iter().map(|edit| {
            json!({ "deletedRegion": region(place(edit.span)), "insertedContent": { "text": edit.replacement } })
        });
        changes.push(json!({
            "artifactLocation": { "uri": uri(name) },
            "replacements": replacements.collect::<Vec<_>>(),
        }));
    }
    let is_change = !changes.is_empty() && files.values().all(|edits| !edits.is_empty());
    is_change.then(|| json!({ "description": { "text": fix.title }, "artifactChanges": changes }))
}

/// A file's name as a URI reference (RFC 3986): relative ones stay relative, to the root of the repository.
fn uri(name: &str) -> String {
    let is_drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes().get(2) == Some(&b'/');
    let mut uri = match name.starts_with('/') {
        true => "file://".to_owned(),
        false if is_drive => "file:///".to_owned(),
        false => String::new(),
    };
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b':' if is_drive => uri.push(':'),
            _ => uri.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]),
        }
    }
    uri
}

fn hexadecimal(half: u8) -> char {
    char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_uris() {
        for (name, expected) in [
            ("apps/red/a.yaml", "apps/red/a.yaml"),
            ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
            ("C:/x.yaml", "file:///C:/x.yaml"),
            ("a:b/ü.yaml", "a%3Ab/%C3%BC.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }
}
