//! A fix that asks: its questions as a small form, the change as it is typed, and `Apply this fix`.

use std::rc::Rc;

use akoplan::capacity::{Asked, Family, Look, Whose, look};
use akoplan::diagnostic::Ask;
use akoplan::diff;
use akoplan::fix::ask::{Answered, Question};
use web_sys::Element;
use yew::prelude::*;

use super::avi_offer::{AviItem, avi_offer};
use super::bound_more::tell_of_overlap;
use crate::ui::browser;
use crate::ui::browser::successor::focus_successor_later;
use crate::ui::draft::{Change, Draft, put, use_draft};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::cidr_notes::cidr_notes;
use crate::ui::widgets::diff_view::diff_view;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::words::sentence;

/// Properties of [`AskingFix`].
#[derive(PartialEq, Properties)]
pub struct AskingFixProps {
    /// What it does and asks.
    pub ask: Ask,
    /// The finding's place in the analysis.
    pub index: usize,
}

/// What is typed.
#[derive(Clone, Default, PartialEq)]
struct Answers {
    /// By question.
    texts: Vec<String>,
    /// How often it was tried in vain to apply them: from the first time on, what is missing is told.
    tries: usize,
}

/// The fix.
#[component]
pub fn AskingFix(props: &AskingFixProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let answers = use_draft(|| Answers { texts: vec![String::new(); props.ask.questions().len()], tries: 0 });
    let answered = use_memo((answers.texts.clone(), store.history.clone()), |(texts, history)| {
        props.ask.answered(history.workspace(), texts)
    });
    let id = format!("ask-{}", props.index);
    let onsubmit = {
        let (answered, ask, id) = (Rc::clone(&answered), props.ask.clone(), id.clone());
        let onchange = answers.onchange();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(command) = &answered.command {
                dispatch.edit(ask.title(), command.clone());
                focus_successor_later(".finding", &event);
            } else {
                onchange.emit(Change::new(|answers: &mut Answers| answers.tries += 1));
                let first = answered.problems.iter().find_map(|(question, _)| *question);
                let at = ask.questions().iter().position(|question| Some(*question) == first).unwrap_or_default();
                browser::focus_later(&format!("#{id}-{at}"));
            }
        })
    };
    let ontoggle = {
        let id = id.clone();
        Callback::from(move |event: Event| {
            if event.target_unchecked_into::<Element>().has_attribute("open") {
                browser::focus_inside_later(&id);
            }
        })
    };
    // The focus stays where it is until the button is released: problems that appear as a field is left would move it.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <details class="fix" {ontoggle}>
            <summary>{ "Fix: " }{ sentence(&props.ask.title()) }{ "…" }</summary>
            <form id={id.clone()} class="form" aria-label={props.ask.title()} {onsubmit}>
                <div class="form-row">
                    { for props.ask.questions().iter().enumerate().map(|(at, question)| {
                        field(&store, (format!("{id}-{at}"), at, *question), &answers, &answered)
                    }) }
                </div>
                { for told(&answered, None).into_iter().map(|problem| html! { <p class="is-error">{ sentence(&problem) }</p> }) }
                { preview(&store, &answered) }
                <div class="actions"><button type="submit" class="primary small" {onmousedown}>{ "Apply this fix" }</button></div>
            </form>
        </details>
    }
}

/// What is said of a question, or of all answers together.
fn told(answered: &Answered, about: Option<Question>) -> Vec<AttrValue> {
    let own = answered.problems.iter().filter(|(question, _)| *question == about);
    own.map(|(_, text)| AttrValue::from(text.clone())).collect()
}

/// The field of a question, with what the project knows about the answer.
fn field(store: &Store, asked: (String, usize, Question), answers: &Draft<Answers>, answered: &Answered) -> Html {
    let (id, at, question) = asked;
    let value = answers.texts.get(at).cloned().unwrap_or_default();
    // What is missing is told when it is to be applied, not before.
    let problems = if answers.tries > 0 || !value.is_empty() { told(answered, Some(question)) } else { Vec::new() };
    let options: Vec<AttrValue> = question.suggestions(store.workspace()).into_iter().map(AttrValue::from).collect();
    let oninput = put(&answers.onchange(), move |answers: &mut Answers, text: String| {
        if let Some(own) = answers.texts.get_mut(at) {
            *own = text;
        }
    });
    let notes = match question {
        Question::SeGroup => avi_offer(store, AviItem::SeGroup, &value),
        Question::Network => avi_offer(store, AviItem::Network, &value),
        Question::Cidr => {
            let network = answers.texts.get(at.wrapping_sub(1)).map_or("", String::as_str);
            let look: Look =
                look(store.workspace(), Asked { text: &value, family: Family::V4, whose: Whose::New, network });
            cidr_notes(&look, None, tell_of_overlap(&problems), &oninput)
        }
    };
    html! {
        // A new field after each try: one that is typed in keeps its problems to itself.
        <div class="field-with-offer" key={format!("{at} {}", answers.tries)}>
            <TextField {id} label={question.label()} {value} {options} {problems} mono=true
                placeholder={question.placeholder()} help={question.help()} {oninput} />
            { notes }
        </div>
    }
}

/// What would be written.
fn preview(store: &Store, answered: &Answered) -> Html {
    match &answered.command {
        Some(command) => diff_view(&diff::of_command(store.workspace(), command).unwrap_or_default()),
        None => html! { <p class="dim">{ "The change stands here as soon as it can be made." }</p> },
    }
}
