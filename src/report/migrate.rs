//! Offered and planned migrations as text for a terminal.

use std::fmt::Write;

use super::text::printable;
use crate::migrate::{Decision, LandingChange, LandingState, Offer, Plan};

/// The offers, each in a line with the word that chooses it; a sentence where there is none.
#[must_use]
pub fn offers_text(offers: &[Offer]) -> String {
    if offers.is_empty() {
        return "nothing here can be migrated\n".to_owned();
    }
    let widest = offers.iter().map(|offer| offer.migration.name().len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut last = None;
    for offer in offers {
        if last != Some(offer.migration) {
            let _ = writeln!(text, "--to {:<widest$}  {}", offer.migration.name(), offer.migration.words());
            last = Some(offer.migration);
        }
        let _ = writeln!(text, "     {:<widest$}    {}", "", printable(&offer.title));
    }
    text
}

/// The report of a planned migration.
#[must_use]
pub fn plan_text(offer: &Offer, plan: &Plan) -> String {
    let mut text = format!("{}: to {}\n", printable(&offer.title), offer.migration.words());
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "{title}:");
            for line in lines {
                let _ = writeln!(text, "  {}", printable(&line));
            }
        }
    };
    section("not possible", plan.obstacles.clone());
    section("kept", plan.kept.iter().map(|it| format!("{}: {} → {}", it.object, it.from, it.to)).collect());
    let lost = plan.lost.iter().flat_map(|it| {
        let reason = if it.reason.is_empty() { String::new() } else { format!("  because {}", it.reason) };
        let source = if it.source.is_empty() { String::new() } else { format!("  ({})", it.source) };
        [format!("{}: {}", it.about, it.what), reason, source].into_iter().filter(|line| !line.is_empty())
    });
    section("lost", lost.collect());
    section("decisions", plan.decisions.iter().flat_map(decision).collect());
    section("landings", plan.landings.iter().flat_map(landing).collect());
    section("interruptions", plan.interruptions.iter().map(|it| format!("{}: {}", it.about, it.sentence)).collect());
    let finding = |it: &crate::diagnostic::Finding| format!("{}[{}]: {}", it.severity.name(), it.code, it.message);
    section("findings that come with it", plan.introduced.iter().map(finding).collect());
    section("in the cluster", plan.steps.clone());
    let alternatives = plan.alternatives.iter().map(|it| match it.migration {
        Some(migration) => format!("--to {}: {}", migration.name(), it.words),
        None => it.words.clone(),
    });
    section("instead", alternatives.collect());
    text
}

fn decision(decision: &Decision) -> Vec<String> {
    let mut lines = vec![decision.question.clone()];
    for (value, words) in &decision.choices {
        lines.push(format!("  --answer {}={value}: {words}", decision.key));
    }
    if decision.choices.is_empty() {
        lines.push(format!("  --answer {}=…", decision.key));
    }
    lines.push(match (&decision.problem, decision.chosen()) {
        (Some(problem), _) => format!("  open: {problem}"),
        (None, Some(chosen)) if decision.answer.is_some() => format!("  answered: {chosen}"),
        (None, Some(chosen)) => format!("  without an answer: {chosen}"),
        (None, None) => "  open: it has to be answered".to_owned(),
    });
    lines
}

fn landing(change: &LandingChange) -> Vec<String> {
    let nothing = || "nothing".to_owned();
    let (from, to) = (change.from.clone().unwrap_or_else(nothing), change.to.clone().unwrap_or_else(nothing));
    let address = change.address.as_ref().map_or_else(String::new, |address| format!(", asking for {address}"));
    if change.state == LandingState::Stays {
        return vec![format!("{}: stays on {to}{address}", change.subject)];
    }
    vec![
        format!("{}: {}", change.subject, change.state.word()),
        format!("  from {from}"),
        format!("  to   {to}{address}"),
    ]
}
