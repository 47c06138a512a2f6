//! Findings and predictions as JSON.

use serde_json::{Value, json};

use super::{JSON_VERSION, fingerprints, outlook_lines, template_of};
use crate::ako::Prediction;
use crate::check::{Checked, Hidden, Marked};
use crate::diagnostic::{Ask, Finding, Fix, Related};
use crate::fix::ask::Question;
use crate::review::Review;
use crate::text::{LineIndex, Position, Span};
use crate::workspace::Workspace;

/// `akoplan check --format json`: lines from 1, columns from 1 in Unicode scalars, bytes from 0.
#[must_use]
pub fn check_json(workspace: &Workspace, checked: &Checked) -> Value {
    let findings = checked.open.iter();
    let findings: Vec<Value> =
        findings.map(|marked| finding_json(workspace, &marked.finding, &marked.fingerprint)).collect();
    let hidden = checked.hidden.iter().map(|Hidden { marked, by, reason }| {
        let Marked { finding, fingerprint } = marked;
        json!({
            "code": finding.code,
            "severity": finding.severity,
            "file": &*finding.file,
            "object": finding.object,
            "path": finding.path.to_string(),
            "message": finding.message,
            "fingerprint": fingerprint,
            "by": by.name(),
            "reason": reason,
        })
    });
    json!({
        "version": JSON_VERSION,
        "findings": findings,
        "hidden": hidden.collect::<Vec<_>>(),
        "gone": checked.gone,
    })
}

/// `akoplan predict --format json`: the shape that `conformance/README.md` describes, and in `notices`
/// the lines about what is not sent as wanted or comes out otherwise later.
#[must_use]
pub fn predict_json(prediction: &Prediction) -> Value {
    let mut value = serde_json::to_value(prediction).unwrap_or_default();
    let notices = outlook_lines(prediction);
    if let Value::Object(members) = &mut value {
        members.insert("version".to_owned(), JSON_VERSION.into());
        if !notices.is_empty() {
            members.insert("notices".to_owned(), notices.into());
        }
    }
    value
}

/// `akoplan diff --format json`: what a change introduces, mends, moves and interrupts.
#[must_use]
pub fn diff_json(old: &Workspace, new: &Workspace, review: &Review) -> Value {
    let findings = |workspace: &Workspace, findings: &[Finding]| {
        let findings = findings.iter().zip(fingerprints(workspace, findings));
        findings.map(|(finding, fingerprint)| finding_json(workspace, finding, &fingerprint)).collect::<Vec<_>>()
    };
    let moves = review.moves.iter().map(|landing| {
        json!({
            "object": landing.object,
            "subject": landing.subject,
            "from": landing.from,
            "to": landing.to,
            "written": landing.written,
            "asIntended": landing.as_intended,
        })
    });
    json!({
        "version": JSON_VERSION,
        "introduced": findings(new, &review.introduced),
        "fixed": findings(old, &review.fixed),
        "unchanged": findings(new, &review.unchanged),
        "moves": moves.collect::<Vec<_>>(),
        "objects": review.objects,
        "interruptions": review.interruptions,
        "notices": review.notices,
        "files": review.files.iter().map(|file| json!({ "file": file.file, "diff": file.unified() })).collect::<Vec<_>>(),
    })
}

fn finding_json(workspace: &Workspace, finding: &Finding, fingerprint: &str) -> Value {
    let (start, end) = positions(workspace, &finding.file, finding.span);
    let fixes: Vec<Value> = finding.fixes.iter().filter_map(|fix| fix_json(workspace, fix)).collect();
    let related: Vec<Value> = finding.related.iter().map(|related| related_json(workspace, related)).collect();
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "file": &*finding.file,
        "start": start,
        "end": end,
        "template": template_of(workspace, &finding.file, finding.span),
        "object": finding.object,
        "path": finding.path.to_string(),
        "message": finding.message,
        "effect": finding.effect,
        "help": finding.help,
        "fixes": fixes,
        "asks": finding.asks.iter().map(ask_json).collect::<Vec<_>>(),
        "related": related,
        "fingerprint": fingerprint,
    })
}

/// A fix with its edits; `None` if it does not fit the text.
fn fix_json(workspace: &Workspace, fix: &Fix) -> Option<Value> {
    let files = fix.command.edits(workspace).ok()?;
    let mut edits = Vec::new();
    for (file, of_file) in &files {
        for edit in of_file {
            let (start, end) = positions(workspace, file, edit.span);
            edits.push(json!({ "file": file, "start": start, "end": end, "replacement": edit.replacement }));
        }
    }
    Some(json!({ "title": fix.title, "safe": fix.safe, "edits": edits }))
}

/// A fix that needs answers, with its questions.
fn ask_json(ask: &Ask) -> Value {
    let question = |question: &Question| json!({ "label": question.label(), "help": question.help() });
    let questions: Vec<Value> = ask.questions().iter().map(question).collect();
    json!({ "title": ask.title(), "questions": questions })
}

fn related_json(workspace: &Workspace, related: &Related) -> Value {
    let (start, end) = positions(workspace, &related.file, related.span);
    json!({ "file": &*related.file, "start": start, "end": end, "message": related.message })
}

/// Start and end of a span; of a file that is yet to be made, its first place.
fn positions(workspace: &Workspace, file: &str, span: Span) -> (Position, Position) {
    let Some(file) = workspace.file(file) else {
        let start = LineIndex::new("").position("", 0);
        return (start, start);
    };
    (file.position(span.start), file.position(span.end))
}
