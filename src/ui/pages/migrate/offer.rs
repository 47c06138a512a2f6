//! One migration: which objects, the questions, the report, the text, and then as one step.

use akoplan::diff;
use akoplan::migrate::{Decision, Offer, Plan, plan};
use akoplan::view::migrate::{Draft, obstacle, step};
use yew::prelude::*;

use super::report::report;
use crate::ui::draft::{Change, put, use_draft, use_settled};
use crate::ui::shared::Shared;
use crate::ui::store::{Notice, use_store};
use crate::ui::widgets::choice_field::ChoiceField;
use crate::ui::widgets::diff_view::diff_view;
use crate::ui::widgets::field::{CheckField, SelectField, TextField};
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::words::sentence;

/// Properties of [`OfferInHand`].
#[derive(PartialEq, Properties)]
pub struct OfferInHandProps {
    /// The migration.
    pub offer: Shared<Offer>,
    /// The form goes.
    pub onclose: Callback<()>,
}

/// The form.
#[component]
pub fn OfferInHand(props: &OfferInHandProps) -> Html {
    let store = use_store();
    let draft = use_draft(Draft::default);
    let tried = use_state(|| false);
    // Every plan is a prediction of its own: not one for each letter of an answer.
    let settled = use_settled(&*draft);
    let plan_of = {
        let (store, offer) = (store.clone(), props.offer.clone());
        move |draft: &Draft| {
            let offer = draft.offer(&offer)?;
            Some(Shared::new(plan(store.workspace(), &offer, &draft.answers)))
        }
    };
    let planned = use_memo((store.history.clone(), settled.clone()), |(_, settled)| plan_of(settled));
    let onsubmit = {
        let (tried, dispatch, onclose) = (tried.setter(), store.dispatch(), props.onclose.clone());
        let (planned, draft, offer) = (planned.clone(), (*draft).clone(), draft.offer(&props.offer));
        let is_settled = settled == draft;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let planned = if is_settled { (*planned).clone() } else { plan_of(&draft) };
            let command = planned.and_then(|plan| plan.command.clone());
            if let (Some(command), Some(offer)) = (command, &offer) {
                dispatch.edit(step(offer), command);
                dispatch.say(Notice::undoable(step(offer)));
                onclose.emit(());
            }
        })
    };
    let onchange = draft.onchange();
    let title = format!("{} to {}", props.offer.title, props.offer.migration.words().replace('`', ""));
    html! {
        <FormPanel id="migration" {title} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit}>
                { objects(&props.offer, &draft, &onchange) }
                if let Some(plan) = &*planned {
                    { decisions(plan, &draft, &onchange) }
                    { report(&store, plan) }
                    { apply(plan, *tried) }
                    { text(&store, plan) }
                } else {
                    <p class="is-error" role="alert">{ "No object is chosen." }</p>
                }
            </form>
        </FormPanel>
    }
}

/// Which objects; nothing where there is one, or where they stay together.
fn objects(offer: &Offer, draft: &Draft, onchange: &Callback<Change<Draft>>) -> Html {
    if !offer.is_divisible() {
        return html! {};
    }
    html! {
        <fieldset>
            <legend>{ "Which" }</legend>
            { for offer.objects.iter().enumerate().map(|(at, key)| {
                let own = key.clone();
                let onchange = put(onchange, move |draft: &mut Draft, is_in: bool| draft.take(&own, is_in));
                html! { <CheckField id={format!("migrate-object-{at}")} label={key.clone()} checked={!draft.left_out.contains(key)} {onchange} /> }
            }) }
        </fieldset>
    }
}

/// The questions as fields.
fn decisions(plan: &Plan, draft: &Draft, onchange: &Callback<Change<Draft>>) -> Html {
    if plan.decisions.is_empty() {
        return html! {};
    }
    html! {
        <fieldset>
            <legend>{ "To be decided" }</legend>
            { for plan.decisions.iter().map(|decision| decision_field(decision, draft, onchange)) }
        </fieldset>
    }
}

fn decision_field(decision: &Decision, draft: &Draft, onchange: &Callback<Change<Draft>>) -> Html {
    let key = decision.key;
    let onchange = put(onchange, move |draft: &mut Draft, answer: String| {
        draft.answers.insert(key.to_owned(), answer);
    });
    let id = format!("migrate-{key}");
    let label = decision.question.replace('`', "");
    let answer = draft.answers.get(key).or(decision.answer.as_ref());
    let value = answer.or(decision.default.as_ref()).cloned().unwrap_or_default();
    let problems: Vec<AttrValue> = decision.problem.iter().cloned().map(AttrValue::from).collect();
    let words = |(value, words): &(String, String)| {
        (AttrValue::from(value.clone()), AttrValue::from(format!("{value}: {words}")))
    };
    let mut options: Vec<(AttrValue, AttrValue)> = decision.choices.iter().map(words).collect();
    if options.is_empty() {
        return html! { <TextField {id} {label} {value} {problems} mono=true oninput={onchange} /> };
    }
    if decision.is_free {
        return html! { <ChoiceField {id} {label} {value} {options} {problems} {onchange} /> };
    }
    if value.is_empty() {
        options.insert(0, (AttrValue::Static(""), AttrValue::Static("choose one")));
    }
    html! { <SelectField {id} {label} {value} {options} {problems} {onchange} /> }
}

/// The button; what is in the way is said when it is pressed, and before where nothing can be done about it.
fn apply(plan: &Plan, tried: bool) -> Html {
    let obstacle = obstacle(plan).filter(|_| tried);
    html! {
        <>
            if let Some(obstacle) = obstacle { <p class="is-error" role="alert">{ sentence(&obstacle) }</p> }
            if plan.obstacles.is_empty() {
                <div class="actions"><button type="submit" class="primary">{ "Migrate" }</button></div>
            }
        </>
    }
}

/// What is written, as far as it could be made.
fn text(store: &crate::ui::store::Store, plan: &Plan) -> Html {
    let diff = diff::between(store.workspace(), &plan.after);
    if diff.is_empty() || !plan.obstacles.is_empty() {
        return html! {};
    }
    html! {
        <section class="review-part" aria-label="Text">
            <h4 class="group-title">{ "Text" }</h4>
            { diff_view(&diff) }
        </section>
    }
}
