//! `akoplan migrate`: offers migrations, reports on one, and writes it on wish.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use akoplan::diff;
use akoplan::migrate::{Answers, Migration, Offer, Plan, offers, plan};
use akoplan::report;
use akoplan::workspace::Workspace;

use crate::commands::{Result, unreadable};
use crate::fix::write_changes;
use crate::output::{complain, print};
use crate::{Outcome, input};

/// What is asked for.
pub struct Wish<'a> {
    /// Where to.
    pub to: Option<&'a str>,
    /// Only these objects; all where there is none.
    pub objects: &'a [String],
    /// Answers as `key=value`.
    pub answers: &'a [String],
    /// Write the files.
    pub write: bool,
}

/// `akoplan migrate`
pub fn migrate(paths: &[PathBuf], wish: &Wish<'_>) -> Result {
    if wish.write && paths.iter().any(|path| path == Path::new("-")) {
        return Err(vec!["--write needs files: standard input cannot be written to".to_owned()]);
    }
    let read = input::read(paths)?;
    if !read.undecoded.is_empty() {
        let message = |name: &String| format!("`{name}` is neither UTF-8 nor UTF-16: save it as UTF-8 first");
        return Err(read.undecoded.iter().map(message).collect());
    }
    let before = Workspace::new(&read.files);
    let Some(to) = wish.to else {
        print(&report::offers_text(&named(&before, None, wish.objects)))?;
        return Ok(if unreadable(&before).is_empty() { Outcome::Well } else { Outcome::Found });
    };
    let Some(migration) = Migration::of(to) else {
        let names: Vec<&str> = Migration::ALL.iter().map(|migration| migration.name()).collect();
        return Err(vec![format!("there is no migration `{to}`; there are {}", names.join(", "))]);
    };
    let wanted = named(&before, Some(migration), wish.objects);
    if wanted.is_empty() {
        let what = if wish.objects.is_empty() { "nothing here" } else { "none of the objects" };
        return Err(vec![format!("{what} can be migrated to {to}; without --to all offers are listed")]);
    }
    let (after, is_whole) = all(&before, &wanted, &answers(wish.answers)?)?;
    if wish.write && is_whole {
        write_changes(&before, &after)?;
    } else {
        print(&diff::between(&before, &after).iter().map(diff::FileDiff::unified).collect::<String>())?;
    }
    if wish.write && !is_whole {
        complain("warning: nothing was written, as not all of it can be done so");
    }
    Ok(if is_whole { Outcome::Well } else { Outcome::Found })
}

/// The offers of a kind for the named objects.
fn named(workspace: &Workspace, migration: Option<Migration>, objects: &[String]) -> Vec<Offer> {
    let all = offers(workspace).into_iter().filter(|offer| migration.is_none_or(|wanted| wanted == offer.migration));
    all.filter_map(|offer| offer.narrowed(objects)).collect()
}

fn answers(given: &[String]) -> std::result::Result<Answers, Vec<String>> {
    let pair = |text: &String| {
        let pair = text.split_once('=').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
        pair.ok_or_else(|| vec![format!("`{text}` is no answer: write --answer key=value")])
    };
    given.iter().map(pair).collect()
}

/// Plans one after the other, each on what the one before left, and reports on each; whether all can be done.
fn all(before: &Workspace, wanted: &[Offer], answers: &Answers) -> std::result::Result<(Workspace, bool), Vec<String>> {
    let mut after = before.clone();
    let (mut is_whole, mut asked) = (true, BTreeSet::new());
    for offer in wanted {
        let plan: Plan = plan(&after, offer, answers);
        asked.extend(plan.decisions.iter().map(|decision| decision.key));
        for line in report::plan_text(offer, &plan).lines() {
            complain(line);
        }
        match plan.command.as_ref().and_then(|command| command.apply(&after).ok()) {
            Some(next) => after = next,
            None => is_whole = false,
        }
    }
    // Where something stands against it, not all questions were asked.
    let surplus = answers.keys().filter(|key| is_whole && !asked.contains(key.as_str()));
    let surplus: Vec<String> = surplus.map(|key| format!("there is no question `{key}`")).collect();
    if surplus.is_empty() { Ok((after, is_whole)) } else { Err(surplus) }
}
