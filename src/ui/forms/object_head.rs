//! What stands in the head of an object's form: the state with the way to its findings, and removal.

use akoplan::command::Command;
use akoplan::view::findings;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::field_id;
use crate::ui::browser;
use crate::ui::object_findings::object_findings;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::icon::Icon;

/// The state and the button.
pub fn object_head(store: &Store, at: &Address, section: Section) -> Html {
    html! {
        <>
            { findings_mark(store, at) }
            { remove_button(store, at, section) }
        </>
    }
}

/// How many findings there are, as a way to them; nothing where there are none.
fn findings_mark(store: &Store, at: &Address) -> Html {
    let indexes = findings::of_object(store.workspace(), &store.analysis, at);
    let Some(severity) = indexes.iter().filter_map(|at| Some(store.analysis.findings.get(*at)?.severity)).min() else {
        return html! {};
    };
    let onclick = {
        let target = format!("#{}", field_id(at, "findings"));
        Callback::from(move |_: MouseEvent| browser::focus_later(&target))
    };
    let words = if indexes.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", indexes.len()) };
    html! { <button type="button" class="small" {onclick}>{ severity_mark(severity, false) }{ words }</button> }
}

/// The findings, below the fields: above them they would push a field away from the one who types in it.
pub fn form_findings(store: &Store, at: &Address) -> Html {
    html! { <div id={field_id(at, "findings")} class="form-findings" tabindex="-1">{ object_findings(store, at) }</div> }
}

/// Takes an object away; undo brings it back.
fn remove_button(store: &Store, at: &Address, section: Section) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let what = object.identity.to_string();
    let onclick = {
        let (at, section, what) = (at.clone(), section, what.clone());
        Callback::from(move |_: MouseEvent| {
            Route::to(section).go();
            dispatch.edit(format!("remove {what}"), Command::RemoveObject { at: at.clone() });
        })
    };
    html! {
        <button type="button" class="small danger" aria-label={format!("Remove {what}")} {onclick}>
            { Icon::Trash.svg() }{ "Remove" }
        </button>
    }
}
