//! The classes that lead to a setting; the missing ones can be added.

use akoplan::command::Command;
use akoplan::segment::{self, Segment};
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::badge::state_mark;
use crate::ui::widgets::icon::Icon;

/// Both kinds of classes.
pub fn class_lists(store: &Store, segment: &Segment) -> Html {
    let dispatch = store.dispatch();
    let add = |kind: &'static str, add: fn(&akoplan::workspace::Workspace, &str) -> Command| {
        let (store, dispatch, segment) = (store.clone(), dispatch.clone(), segment.clone());
        Callback::from(move |_: MouseEvent| {
            let label = format!("add {kind} for segment {}", segment.name);
            dispatch.edit(label, add(store.workspace(), &segment.setting));
        })
    };
    html! {
        <div class="segment-part">
            <h4>{ "Classes that lead here" }</h4>
            { class_list(store, "GatewayClass", "Gateways of it land here", &segment.gateway_classes, &add("GatewayClass", segment::add_gateway_class)) }
            { class_list(store, "IngressClass", "Ingresses of it land here", &segment.ingress_classes, &add("IngressClass", segment::add_ingress_class)) }
        </div>
    }
}

/// The classes of one kind.
fn class_list(store: &Store, kind: &str, what: &str, addresses: &[Address], onadd: &Callback<MouseEvent>) -> Html {
    html! {
        <div class="class-list">
            <span class="class-kind" title={what.to_owned()}>{ kind }</span>
            <ul>
                { for addresses.iter().map(|at| class_line(store, at, kind)) }
                if addresses.is_empty() {
                    <li>
                        <span class="dim">{ "none" }</span>
                        <button id={format!("add-{kind}")} type="button" class="small" onclick={onadd.clone()}>
                            { Icon::Plus.svg() }{ "Add " }{ kind }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}

/// A class: its text, its state, its end.
fn class_line(store: &Store, at: &Address, kind: &str) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let name = object.name().to_owned();
    let worst = store.analysis.worst_of(&store.workspace().key(object));
    let line = store.workspace().file(&at.file).map_or(1, |file| file.position(object.whole().start).line);
    let onremove = {
        let (at, kind, label) = (at.clone(), kind.to_owned(), format!("remove {kind} {name}"));
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(label.clone(), Command::RemoveObject { at: at.clone() });
            browser::focus_later(&format!("#add-{kind}"));
        })
    };
    html! {
        <li>
            <a class="mono" href={Route::with(Section::Yaml, format!("{}:{line}", at.file)).hash()}>{ &name }</a>
            { state_mark(worst, "good") }
            <button type="button" class="icon-button small" aria-label={format!("Remove {kind} {name}")} onclick={onremove}>
                { Icon::Trash.svg() }
            </button>
        </li>
    }
}
