//! The kit's page: what hinders, the steps with their answers, the way back.

use std::fmt::Write;

use super::{Check, Kit, OpenError};
use crate::export::shell::{code, prose};
use crate::export::steps::{MISSING_NAMESPACES, has_values, missing_namespaces};
use crate::export::{LeftOut, Step, VALUES_FILE, provenance};
use crate::report::outlook_lines;
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
    add!(
        text,
        "Mend them first, and make the kit again. The steps that they touch are marked; nothing is expected of \
         objects that will not work.\n"
    );
    for error in &kit.errors {
        let (message, effect) = (sentence(&prose(&error.message)), sentence(&prose(&error.effect)));
        add!(text, "- {}, {}, line {}: {message}. {effect}.", error.code, code(&error.file), error.line);
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
    let mut touching = step.errors.iter().filter_map(|at| errors.get(*at)).peekable();
    if touching.peek().is_some() {
        add!(text, "\n**Not complete**, errors are open here:\n");
    }
    for error in touching {
        let object = error.object.as_ref().map(|object| format!("{}: ", code(object))).unwrap_or_default();
        add!(text, "- {}, {object}{}.", error.code, prose(&error.message));
    }
    add!(text, "\n```sh\n{}\n```", step.commands.join("\n"));
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
    let mut lines = outlook_lines(&kit.prediction).into_iter().peekable();
    if lines.peek().is_some() {
        add!(text, "\n## What comes out otherwise\n\nAll at once: where the steps are not followed.\n");
    }
    for it in lines {
        add!(text, "- {}", sentence(&prose(&it)));
    }
}

fn back(text: &mut String, kit: &Kit) {
    if kit.steps.iter().all(|step| step.back.is_empty()) {
        return;
    }
    add!(
        text,
        "\n## Back\n\nThe last step first: what uses a setting goes before the setting. So for objects that were new; \
         where the kit changed objects that were there, apply the earlier manifests in the order of the steps instead."
    );
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
