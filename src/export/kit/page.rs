//! The kit's page: what hinders, the steps with their answers, the way back.

use std::fmt::Write;

use super::{Change, Check, Kit, OpenError};
use crate::export::shell::{code, prose};
use crate::export::steps::{MISSING_NAMESPACES, Since, has_values, keys, missing_namespaces};
use crate::export::{LeftOut, Step, VALUES_FILE, provenance};
use crate::report::{AT_ONCE, outlook_lines};
use crate::view::sentence;
use crate::workspace::Workspace;

/// Writing to a String cannot fail.
macro_rules! add {
    ($text:expr, $($arguments:tt)*) => {
        let _ = writeln!($text, $($arguments)*);
    };
}

pub(super) fn page(workspace: &Workspace, kit: &Kit) -> String {
    let made_by = provenance::made_by(workspace);
    let mut text = format!(
        "# Apply kit\n\n{made_by} Commands are for a POSIX shell in this folder, with kubectl 1.23 or newer.\n"
    );
    refusal(&mut text, kit);
    if let Some(change) = &kit.change {
        what_changes(&mut text, change, &kit.steps);
    }
    before(&mut text, workspace, kit);
    for (at, step) in kit.steps.iter().enumerate() {
        of_step(&mut text, at + 1, step, &kit.errors);
    }
    landings(&mut text, kit);
    outlook(&mut text, kit);
    back(&mut text, kit);
    closing(&mut text, kit);
    text
}

/// Errors come first: with them the kit does not lead where it should.
fn refusal(text: &mut String, kit: &Kit) {
    if let Some((words, crash)) = kit.prediction.fatal() {
        add!(
            text,
            "\n**{words} with these objects: do not apply them.** {}: {}.",
            code(&crash.object),
            prose(&crash.reason)
        );
    }
    let count = match kit.errors.len() {
        0 => return,
        1 => "1 error is open".to_owned(),
        count => format!("{count} errors are open"),
    };
    add!(text, "\n## Not complete: {count}\n");
    let mend = match kit.errors.len() {
        1 => "Mend it first, and make the kit again. The step that it touches is marked",
        _ => "Mend them first, and make the kit again. The steps that they touch are marked",
    };
    add!(text, "{mend}; nothing is expected of objects that will not work.\n");
    for error in &kit.errors {
        let (message, effect) = (sentence(&prose(&error.message)), sentence(&prose(&error.effect)));
        add!(text, "- {}, {}, line {}: {message}. {effect}.", error.code, code(&error.file), error.line);
    }
}

/// What it does to what is there, in whole.
fn what_changes(text: &mut String, change: &Change, steps: &[Step]) {
    let Change { added, changed, unchanged, gone, left, missing, has_other_values } = change;
    let all_gone = gone.len() + left.len() + missing.len();
    add!(text, "\n## What changes\n");
    if *added + *changed + all_gone == 0 && !has_other_values {
        add!(text, "Nothing: the manifests say what they said before.");
        return;
    }
    add!(
        text,
        "Beside the earlier state, as its own kit applies it: new {added}, changed {changed}, as before {unchanged}, gone {all_gone}."
    );
    let numbers = |is_so: fn(&Since) -> bool| {
        let steps = steps.iter().enumerate().filter(|(_, step)| step.since.as_ref().is_some_and(is_so));
        steps.map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>().join(", ")
    };
    let outages = numbers(|since| !since.refused.is_empty() || !since.interrupted.is_empty());
    let lagging = numbers(|since| !since.lagging.is_empty());
    let words = match outages.as_str() {
        "" => "No step takes anything down or moves an address.".to_owned(),
        steps => format!("**Outages, or addresses that move: step {steps}.**"),
    };
    add!(text, "\n{words}");
    if !lagging.is_empty() {
        add!(
            text,
            "\nNot everything follows by itself: step {lagging} makes it again, which is an outage at a time of your own."
        );
    }
    if *has_other_values {
        add!(text, "\nAKO's own values are others than before: AKO reads them when it starts.");
    }
    if !missing.is_empty() {
        add!(
            text,
            "\nNothing is deleted: documents of the project are not in the kit (see at its end), and what is missing may stand \
             there: {}.",
            keys(missing)
        );
    }
    if !left.is_empty() {
        add!(
            text,
            "\nGone, and deleted by no step, since what stands in them or is of them would go along, or no command can name \
             them: {}.",
            keys(left)
        );
    }
}

/// What a step does to what is there, before its commands.
fn of_since(text: &mut String, since: &Since) {
    for line in since.objects() {
        add!(text, "\n{line}");
    }
    for (head, notices) in since.outages() {
        add!(text, "\n**{head}:**\n");
        for notice in notices {
            add!(text, "- {}", prose(&notice.line()));
        }
    }
}

fn before(text: &mut String, workspace: &Workspace, kit: &Kit) {
    let assumptions = &kit.prediction.assumptions;
    let namespaces = missing_namespaces(workspace);
    if kit.before.is_none() && assumptions.is_empty() && !has_values(&kit.files) && namespaces.is_empty() {
        return;
    }
    add!(text, "\n## Before");
    if !namespaces.is_empty() {
        add!(text, "\n{MISSING_NAMESPACES}\n\n```sh\n{}\n```", namespaces.join("\n"));
    }
    if has_values(&kit.files) {
        add!(
            text,
            "\n`{VALUES_FILE}` is for AKO's own chart: `helm upgrade` its release with `--reuse-values -f {VALUES_FILE}` \
             where AKO does not run with these values yet. AKO reads them when it starts."
        );
    }
    if let Some(check) = &kit.before {
        let place =
            if workspace.values_file().is_some() { " They stand in its ConfigMap" } else { " So says its ConfigMap" };
        add!(text, "\nSee whether AKO runs with these values.{place}:");
        of_check(text, check);
    }
    if !assumptions.is_empty() {
        add!(text, "\nTaken for granted, since no file of the project says it:\n");
    }
    for assumption in assumptions {
        add!(text, "- `{}`: {}.", assumption.about, sentence(&prose(&assumption.sentence)));
    }
}

fn of_step(text: &mut String, number: usize, step: &Step, errors: &[OpenError]) {
    add!(text, "\n## {number}. {}\n\n{}", step.about, step.why);
    if let Some(since) = &step.since {
        of_since(text, since);
    }
    match step.errors.len() {
        0 => (),
        1 => {
            add!(text, "\n**Not complete**, an error is open here:\n");
        }
        _ => {
            add!(text, "\n**Not complete**, errors are open here:\n");
        }
    }
    for error in step.errors.iter().filter_map(|at| errors.get(*at)) {
        let object = error.object.as_ref().map(|object| format!("{}: ", code(object))).unwrap_or_default();
        add!(text, "- {}, {object}{}.", error.code, prose(&error.message));
    }
    let lagging = step.since.as_ref().map_or(&[][..], |since| &since.lagging);
    for notice in lagging {
        add!(text, "\n- {}", prose(&notice.line()));
        if !notice.commands.is_empty() {
            add!(text, "\n```sh\n{}\n```", notice.commands.join("\n"));
        }
    }
    if lagging.is_empty() {
        add!(text, "\n```sh\n{}\n```", step.commands.join("\n"));
    }
    if !step.checks.is_empty() {
        add!(text, "\nThen AKO says:");
    }
    step.checks.iter().for_each(|check| of_check(text, check));
    if !step.notes.is_empty() {
        add!(text, "\nMind:\n");
    }
    for note in &step.notes {
        add!(text, "- {note}");
    }
}

fn of_check(text: &mut String, check: &Check) {
    add!(text, "\n```sh\n{}\n```\n\n```text\n{}```", check.command, check.output);
}

fn landings(text: &mut String, kit: &Kit) {
    let mut landings = kit.prediction.landings.iter().peekable();
    if landings.peek().is_some() {
        add!(text, "\n## Where everything lands\n");
    }
    for landing in landings {
        add!(text, "- {}", prose(&landing.to_string()));
    }
}

/// What the order of the steps is good for, and what the next restart of AKO changes.
fn outlook(text: &mut String, kit: &Kit) {
    let lines = outlook_lines(&kit.prediction);
    if lines.is_empty() {
        return;
    }
    add!(text, "\n## What comes out otherwise");
    let at_once: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix(AT_ONCE)).collect();
    let others: Vec<&str> = lines.iter().filter(|line| !line.starts_with(AT_ONCE)).map(String::as_str).collect();
    let parts = [
        ("With the steps, and after a restart of AKO:", others),
        ("Where the steps are not followed, and all is applied at once:", at_once),
    ];
    for (head, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        add!(text, "\n{head}\n");
        for line in lines {
            add!(text, "- {}", sentence(&prose(line)));
        }
    }
}

fn back(text: &mut String, kit: &Kit) {
    let has_none = kit.steps.iter().all(|step| step.back.is_empty());
    if has_none && kit.change.is_none() {
        return;
    }
    add!(text, "\n## Back\n");
    if kit.change.is_none() {
        add!(
            text,
            "The last step first: what uses a setting goes before the setting. So for objects that were new; where the kit \
             changed objects that were there, apply the earlier manifests in the order of the steps instead."
        );
    } else {
        let new = if has_none { "Apply" } else { "What was new goes, the last step first. Then apply" };
        add!(
            text,
            "{new} the earlier manifests in the order of their own steps: they bring back what was changed and what \
             is gone."
        );
    }
    for (at, step) in kit.steps.iter().enumerate().rev().filter(|(_, step)| !step.back.is_empty()) {
        add!(text, "\nTakes back step {}, {}:\n\n```sh\n{}\n```", at + 1, step.about, step.back.join("\n"));
    }
}

fn closing(text: &mut String, kit: &Kit) {
    if !kit.left_out.is_empty() {
        add!(text, "\n## Not in it\n");
    }
    for LeftOut { file, line: number, reason } in &kit.left_out {
        add!(text, "- {}, line {number}: {reason}", code(file));
    }
}
