//! Damaged texts before they are taken in: their repairs line by line, each to be taken or left.

use std::collections::BTreeSet;

use akoplan::repair::Change;
use akoplan::text::SourceFile;
use akoplan::view::repair::{RepairRow, Review};
use yew::prelude::*;

use crate::ui::shared::Shared;

/// Properties of [`Repairs`].
#[derive(PartialEq, Properties)]
pub struct RepairsProps {
    /// The texts and their repairs.
    pub review: Shared<Review>,
    /// The files to take in, repaired or not; none to go back.
    pub ondone: Callback<Option<Vec<SourceFile>>>,
}

/// The repairs, and the three ways on.
#[component]
pub fn Repairs(props: &RepairsProps) -> Html {
    let left = use_state(BTreeSet::<usize>::new);
    let (review, ondone) = (&props.review, &props.ondone);
    let onsubmit = {
        let (review, left, ondone) = (review.clone(), left.clone(), ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            ondone.emit(Some(review.repaired(&left)));
        })
    };
    let as_it_is = {
        let (review, ondone) = (review.clone(), ondone.clone());
        Callback::from(move |_| ondone.emit(Some(review.as_they_are())))
    };
    let back = ondone.reform(|_: MouseEvent| None);
    let toggle = Callback::from({
        let left = left.clone();
        move |at: usize| {
            let mut changed = (*left).clone();
            if !changed.remove(&at) {
                changed.insert(at);
            }
            left.set(changed);
        }
    });
    let taken = review.rows.len() - left.len();
    html! {
        <form class="form card repairs" {onsubmit} aria-labelledby="repairs-head">
            <h3 id="repairs-head" tabindex="-1">{ "This text is damaged" }</h3>
            <p>{ format!("{taken} of {} repairs are taken. Look at what each of them changes, and leave those that you do not want. \
                          The import can be undone.", review.rows.len()) }</p>
            <div class="actions">
                <button type="submit" class="primary">{ "Import repaired" }</button>
                <button type="button" onclick={as_it_is}>{ "Import as it is" }</button>
                <button type="button" onclick={back}>{ "Back" }</button>
            </div>
            if !review.notes.is_empty() {
                <ul class="repair-notes">
                    { for review.notes.iter().map(|note| html! {
                        <li key={format!("{}{}", note.line, note.message)}>{ format!("Line {}: {}", note.line, note.message) }</li>
                    }) }
                </ul>
            }
            <ol class="repair-list">
                { for review.rows.iter().enumerate().map(|(at, row)| repair(at, row, !left.contains(&at), &toggle)) }
            </ol>
        </form>
    }
}

fn repair(at: usize, row: &RepairRow, is_taken: bool, toggle: &Callback<usize>) -> Html {
    let onchange = toggle.reform(move |_: Event| at);
    let id = format!("repair-{at}");
    let place = if row.file.is_empty() { format!("line {}", row.line) } else { format!("{}:{}", row.file, row.line) };
    html! {
        <li class="repair" key={at}>
            <div class="repair-head">
                <input id={id.clone()} type="checkbox" checked={is_taken} {onchange} />
                <label for={id}><strong>{ row.title }</strong>{ format!(", {place}: {}", row.reason) }</label>
            </div>
            <figure class="code diff"><pre tabindex="0" aria-label={format!("Lines of {} at {place}", row.title)}><ol>
                { for row.changes.iter().map(change) }
            </ol></pre></figure>
            if row.more > 0 {
                <p class="dim">{ format!("and {} more lines", row.more) }</p>
            }
        </li>
    }
}

/// A line before and after.
fn change(change: &Change) -> Html {
    let side = |class: &'static str, sign: &'static str, spoken: &'static str, text: &Option<String>| {
        text.as_ref().map(|text| {
            html! {
                <li {class}>
                    <span class="line-number" aria-hidden="true">{ sign }</span>
                    <span class="line-text"><span class="visually-hidden">{ spoken }</span>{ text }</span>
                </li>
            }
        })
    };
    html! {
        <>
            { for side("diff-removed", "−", "before: ", &change.before) }
            { for side("diff-added", "+", "after: ", &change.after) }
        </>
    }
}
