//! A reviewed change as text for a terminal.

use std::fmt::Write;

use super::Colours;
use super::text::{finding_text, printable};
use crate::review::{Change, Review};
use crate::workspace::Workspace;

/// What comes, goes and moves, what is interrupted, and the text; nothing where there is no difference.
#[must_use]
pub fn diff_text(new: &Workspace, review: &Review) -> String {
    let mut text = String::new();
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "{title}:");
            for line in lines {
                let _ = writeln!(text, "  {}", printable(&line));
            }
            text.push('\n');
        }
    };
    let sign = |change: Change| match change {
        Change::Added => '+',
        Change::Changed => '~',
        Change::Removed => '-',
    };
    let objects = review.objects.iter();
    section("objects", objects.map(|object| format!("{} {}", sign(object.change), object.object)).collect());
    let mut moves = Vec::new();
    for landing in &review.moves {
        let gone = || "nothing".to_owned();
        moves.push(landing.subject.clone());
        moves.push(format!("  from {}", landing.from.clone().unwrap_or_else(gone)));
        moves.push(format!("  to   {}", landing.to.clone().unwrap_or_else(gone)));
        if let Some(written) = &landing.written {
            moves.push(format!("  AKO does not follow the manifests, which lead to {written}"));
        }
    }
    section("landings that move", moves);
    let interruptions = review.interruptions.iter();
    section("interruptions", interruptions.map(|it| format!("{}: {}", it.about, it.sentence)).collect());
    section("comes out otherwise", review.notices.clone());
    let fixed = review.fixed.iter();
    let fixed = fixed.map(|it| format!("{}[{}]: {}", it.severity.name(), it.code, it.message)).collect();
    section("findings that are gone", fixed);
    if !review.introduced.is_empty() {
        text.push_str("findings that are new:\n");
        for finding in &review.introduced {
            finding_text(new, finding, Colours::Without, &mut text);
            text.push('\n');
        }
    }
    if !review.unchanged.is_empty() {
        let _ = writeln!(text, "findings that stay: {}\n", review.unchanged.len());
    }
    for file in &review.files {
        let lines = file.unified();
        text.extend(lines.lines().flat_map(|line| [printable(line).into_owned(), "\n".to_owned()]));
    }
    text
}
