//! Objects that come and are here already: both places of each, and what becomes of it.

use akoplan::import::twins::{Choice, Spot, Twin, Twins, common};
use yew::prelude::*;

use crate::ui::shared::Shared;
use crate::ui::widgets::field::SelectField;

/// Properties of [`TwinChoices`].
#[derive(PartialEq, Properties)]
pub struct TwinChoicesProps {
    /// The objects.
    pub twins: Shared<Twins>,
    /// The choices, in the order of the objects; none to go back.
    pub ondone: Callback<Option<Vec<Choice>>>,
}

/// A choice for all, for each file, and for each object.
#[component]
pub fn TwinChoices(props: &TwinChoicesProps) -> Html {
    let twins = &props.twins;
    let choices = use_state(|| twins.defaults());
    let onsubmit = {
        let (choices, ondone) = (choices.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            ondone.emit(Some((*choices).clone()));
        })
    };
    let back = props.ondone.reform(|_: MouseEvent| None);
    let set = Callback::from({
        let choices = choices.clone();
        move |(places, choice): (Vec<usize>, Choice)| {
            let mut changed = (*choices).clone();
            for at in places {
                changed[at] = choice;
            }
            choices.set(changed);
        }
    });
    let chooser = |id: String, label: String, places: Vec<usize>| {
        let own: Vec<Choice> = places.iter().map(|at| choices[*at]).collect();
        let set = set.clone();
        let onchange = Callback::from(move |name: String| {
            if let Some(choice) = Choice::named(&name) {
                set.emit((places.clone(), choice));
            }
        });
        choice_field(id, label, common(&own), &onchange)
    };
    let (files, shown) = (twins.by_file(), twins.shown());
    let more = twins.list.len() - shown.len();
    html! {
        <form class="form card twins" {onsubmit} aria-labelledby="twins-head">
            <h3 id="twins-head" tabindex="-1">{ twins.heading() }</h3>
            <p>{ "Same kind, namespace and name. Where both stay, findings name both places; of AKO's values and akoplan's settings the \
                  last counts. The import can be undone." }</p>
            if twins.list.len() > 1 {
                { chooser("twins-all".to_owned(), "All of them".to_owned(), (0..twins.list.len()).collect()) }
            }
            if files.len() > 1 {
                { for files.into_iter().enumerate().map(|(at, (file, places))| {
                    chooser(format!("twins-file-{at}"), format!("All of {file}"), places.collect())
                }) }
            }
            <ul class="twin-list">
                { for shown.into_iter().map(|at| {
                    let twin = &twins.list[at];
                    html! {
                        <li key={at}>
                            { places(twin) }
                            { chooser(format!("twin-{at}"), format!("What becomes of {}", twin.object), vec![at]) }
                        </li>
                    }
                }) }
            </ul>
            if more > 0 { <p class="dim">{ format!("and {more} more") }</p> }
            <div class="actions">
                <button type="submit" class="primary">{ "Import" }</button>
                <button type="button" onclick={back}>{ "Back" }</button>
            </div>
        </form>
    }
}

fn places(twin: &Twin) -> Html {
    let place = |spot: &Spot| html! { <span class="mono">{ format!("{}:{}", spot.file, spot.line) }</span> };
    let old = if twin.within_import { "comes in " } else { "is in " };
    let says = if twin.is_same { "; both say the same" } else { "" };
    html! {
        <p><strong class="mono">{ &twin.object }</strong>{ " " }{ old }{ place(&twin.old) }{ " and comes in " }{ place(&twin.new) }{ says }</p>
    }
}

fn choice_field(id: String, label: String, chosen: Option<Choice>, onchange: &Callback<String>) -> Html {
    let option = |choice: Choice| (AttrValue::Static(choice.name()), AttrValue::Static(choice.words()));
    let mut options: Vec<(AttrValue, AttrValue)> = Choice::ALL.into_iter().map(option).collect();
    if chosen.is_none() {
        options.insert(0, (AttrValue::Static(""), AttrValue::Static("as chosen for each")));
    }
    let value = chosen.map_or("", Choice::name);
    html! { <SelectField {id} {label} {value} {options} onchange={onchange.clone()} /> }
}
