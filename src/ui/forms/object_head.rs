//! What stands in the head of an object's form: the state with the way to its findings, and removal.

use akoplan::command::Command;
use akoplan::view::findings;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::field_id;
use crate::ui::browser;
use crate::ui::object_findings::ObjectFindings;
use crate::ui::route::{Route, Section};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::badge::SeverityMark;
use crate::ui::widgets::icon::{Icon, IconName};

/// Properties of [`ObjectHead`].
#[derive(PartialEq, Properties)]
pub struct ObjectHeadProps {
    /// The object.
    pub at: Address,
    /// Where to be once it is removed.
    pub section: Section,
}

/// The state and the button.
#[component]
pub fn ObjectHead(props: &ObjectHeadProps) -> Html {
    html! {
        <>
            <FindingsMark at={props.at.clone()} />
            <RemoveButton at={props.at.clone()} section={props.section} />
        </>
    }
}

/// Properties of the parts that need the object alone.
#[derive(PartialEq, Properties)]
pub struct AtProps {
    /// The object.
    pub at: Address,
}

/// How many findings there are, as a way to them; nothing where there are none.
#[component]
fn FindingsMark(props: &AtProps) -> Html {
    let store = use_store();
    let indexes = findings::of_object(store.workspace(), &store.analysis, &props.at);
    let Some(severity) = indexes.iter().filter_map(|at| Some(store.analysis.findings.get(*at)?.severity)).min() else {
        return html! {};
    };
    let onclick = {
        let target = format!("#{}", field_id(&props.at, "findings"));
        Callback::from(move |_: MouseEvent| browser::focus_later(&target))
    };
    let words = if indexes.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", indexes.len()) };
    html! { <button type="button" class="small" {onclick}><SeverityMark {severity} />{ words }</button> }
}

/// The findings, below the fields: above them they would push a field away from the one who types in it.
#[component]
pub fn FormFindings(props: &AtProps) -> Html {
    html! { <div id={field_id(&props.at, "findings")} class="form-findings" tabindex="-1"><ObjectFindings at={props.at.clone()} /></div> }
}

/// Takes an object away; undo brings it back.
#[component]
fn RemoveButton(props: &ObjectHeadProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let Some(object) = store.workspace().at(&props.at) else { return html! {} };
    let what = object.identity.to_string();
    let onclick = {
        let (at, section, what) = (props.at.clone(), props.section, what.clone());
        Callback::from(move |_: MouseEvent| {
            Route::to(section).go();
            dispatch.edit(format!("remove {what}"), Command::RemoveObject { at: at.clone() });
        })
    };
    html! {
        <button type="button" class="small danger" aria-label={format!("Remove {what}")} {onclick}>
            <Icon name={IconName::Trash} />{ "Remove" }
        </button>
    }
}
