//! How the kit is applied, step by step: commands, what AKO says then, the way back.

use akoplan::export::kit::{Check, OpenError};
use akoplan::export::layout::Made;
use akoplan::export::{Since, Step};
use yew::prelude::*;

use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// So many answers of AKO are shown for a step; the kit's page has all.
const CHECKS: usize = 20;

/// The steps with their commands.
pub fn step_list(made: &Made) -> Html {
    if made.steps.is_empty() {
        return html! {};
    }
    html! {
        <section class="steps" aria-labelledby="apply-steps">
            <h3 id="apply-steps">{ "Steps" }</h3>
            { for made.steps.iter().enumerate().map(|(at, step)| step_card(at + 1, step, &made.errors)) }
        </section>
    }
}

fn step_card(number: usize, step: &Step, errors: &[OpenError]) -> Html {
    let errors = step.errors.iter().filter_map(|at| errors.get(*at));
    html! {
        <article class="card">
            <h4>{ format!("{number}. {}", step.about) }</h4>
            <p class="dim">{ sentence(step.why) }</p>
            { for step.since.iter().map(since_view) }
            { for errors.map(|error| html! {
                <p><span class="is-error">{ Icon::Error.svg() }</span>{ format!(" {}: ", error.code) }{ sentence(&error.message) }</p>
            }) }
            <CodeView title={format!("Commands of step {number}")} text={step.commands.join("\n")} plain=true />
            if !step.checks.is_empty() {
                <details>
                    <summary>{ "What AKO says then" }</summary>
                    { for step.checks.iter().take(CHECKS).map(check_view) }
                    if step.checks.len() > CHECKS { <p>{ format!("and {} more in APPLY.md", step.checks.len() - CHECKS) }</p> }
                </details>
            }
            { for step.notes.iter().map(|note| html! { <p>{ sentence(note) }</p> }) }
            if !step.back.is_empty() {
                <details>
                    <summary>{ "How to go back" }</summary>
                    <CodeView title={format!("Way back from step {number}")} text={step.back.join("\n")} plain=true />
                </details>
            }
        </article>
    }
}

/// A command, and what it must print.
fn check_view(check: &Check) -> Html {
    html! {
        <>
            <CodeView title={format!("Ask for {}", check.about)} text={check.command.clone()} plain=true />
            <CodeView title={format!("Answer for {}", check.about)} text={check.output.clone()} plain=true />
        </>
    }
}

/// What a step does to what is there.
fn since_view(since: &Since) -> Html {
    let outages =
        since.outages().into_iter().chain((!since.lagging.is_empty()).then_some(("Stays", since.lagging.as_slice())));
    html! {
        <>
            { for since.objects().iter().map(|line| html! { <p>{ sentence(line) }</p> }) }
            { for outages.map(|(head, notices)| html! {
                <>
                    <p><strong>{ head }</strong></p>
                    <ul>{ for notices.iter().map(|notice| html! { <li>{ sentence(&notice.line()) }</li> }) }</ul>
                </>
            }) }
        </>
    }
}
