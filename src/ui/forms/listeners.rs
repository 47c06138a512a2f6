//! The listeners of a Gateway: rows to edit, to move and to remove, and a line that adds.

use akoplan::command::Command;
use akoplan::expose::{Listener, add_listener, add_listeners, parse_listeners};
use akoplan::listeners::{Labelled, ListenerRow, ListenerState, PROTOCOLS, StrayPort, label_all};
use akoplan::model::Gateway;
use akoplan::syntax::FieldPath;
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundSelect, BoundText, field_id};
use super::row_problems::row_problems;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::paste_line::PasteLine;
use crate::ui::widgets::row_buttons::RowButtons;
use crate::ui::widgets::words::sentence;

/// Properties of the parts of this form.
#[derive(PartialEq, Properties)]
pub struct ListenersProps {
    /// The Gateway.
    pub at: Address,
}

/// The table, the Services that miss it, the line that adds.
pub fn listener_fields(store: &Store, at: &Address) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let Some(gateway) = Gateway::of(&object.value) else { return html! {} };
    let labelled = Labelled::of(store.workspace());
    let rows = labelled.rows(object, gateway);
    let count = rows.len();
    html! {
        <fieldset>
            <legend>{ "Listeners" }</legend>
            if rows.is_empty() {
                <p class="dim">{ "A Gateway needs at least one listener: protocol and port." }</p>
            } else {
                <div class="table-wrap"><table class="stack listener-table">
                    <thead><tr>
                        <th scope="col">{ "Protocol" }</th><th scope="col">{ "Port" }</th><th scope="col">{ "Hostname" }</th>
                        <th scope="col">{ "Served by" }</th><th scope="col">{ "State" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Order" }</span></th>
                    </tr></thead>
                    <tbody>
                        { for rows.into_iter().enumerate().map(|(index, row)| listener_line(store, at, index, count, &row)) }
                    </tbody>
                </table></div>
                <p class="help">{ sentence("`spec.listeners[]`: a Service is served where protocol and `port` (not `targetPort`) are the same.") }</p>
            }
            { for labelled.strays(object, gateway).into_iter().map(|stray| stray_port(store, at, &stray)) }
            <AddListeners at={at.clone()} />
        </fieldset>
    }
}

/// One listener.
fn listener_line(store: &Store, at: &Address, index: usize, count: usize, row: &ListenerRow) -> Html {
    let dispatch = store.dispatch();
    let number = index + 1;
    let field = |name: &str| AttrValue::from(format!("{}.{name}", row.path));
    let protocols: Vec<AttrValue> = PROTOCOLS.iter().map(|protocol| AttrValue::Static(protocol)).collect();
    let onmove = {
        let (dispatch, at, name) = (dispatch.clone(), at.clone(), row.name.clone());
        Callback::from(move |(from, to): (usize, usize)| {
            let command = Command::Move { at: at.clone(), path: FieldPath::from("spec.listeners"), from, to };
            dispatch.edit(format!("move listener {name}"), command);
        })
    };
    let onremove = {
        let (at, name) = (at.clone(), row.name.clone());
        Callback::from(move |index: usize| {
            let path = FieldPath::from("spec.listeners").index(index);
            dispatch.edit(format!("remove listener {name}"), Command::remove(&at, path));
        })
    };
    html! {
        <>
        <tr>
            <td data-label="Protocol"><BoundSelect at={at.clone()} path={field("protocol")} label={format!("Protocol of listener {number}")} options={protocols} hide_label=true /></td>
            <td data-label="Port"><BoundText at={at.clone()} path={field("port")} label={format!("Port of listener {number}")} number=true hide_label=true /></td>
            <td data-label="Hostname"><BoundText at={at.clone()} path={field("hostname")} label={format!("Hostname of listener {number}")} mono=true hide_label=true placeholder="none" /></td>
            <td data-label="Served by">{ served_by(row) }</td>
            <td data-label="State">{ listener_mark(store, at, &row.state) }</td>
            <td class="row-buttons"><RowButtons list={field_id(at, "spec.listeners")} what={format!("listener {}", row.name)} index={index} count={count} {onmove} {onremove} /></td>
        </tr>
        { row_problems(store, at, &row.path, 6) }
        </>
    }
}

/// The Services that have the listener's protocol and port.
fn served_by(row: &ListenerRow) -> Html {
    if row.services.is_empty() {
        return html! { <span class="dim">{ "–" }</span> };
    }
    html! {
        <ul>{ for row.services.iter().map(|service| html! {
            <li><a class="mono" href={Route::object(Section::Services, &service.address).hash()}>{ &service.name }</a></li>
        }) }</ul>
    }
}

/// The state by colour and icon and word; wrong labels can be mended on the spot.
fn listener_mark(store: &Store, at: &Address, state: &ListenerState) -> Html {
    let dispatch = store.dispatch();
    let (icon, class, words) = match state {
        ListenerState::Served => (Icon::Check, "is-good", "served".to_owned()),
        ListenerState::Unserved => (Icon::Warning, "is-warning", "no Service".to_owned()),
        ListenerState::Contested => (Icon::Error, "is-error", "several Services: AKO serves none".to_owned()),
        ListenerState::Unmatchable(reason) => (Icon::Error, "is-error", reason.clone()),
        ListenerState::WrongLabels => {
            (Icon::Error, "is-error", "`matchLabels` do not name this Gateway: AKO refuses all of it".to_owned())
        }
    };
    let mend = (*state == ListenerState::WrongLabels).then(|| {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |_: MouseEvent| {
            let object = store.workspace().at(&at);
            if let Some((object, gateway)) = object.and_then(|object| Some((object, Gateway::of(&object.value)?))) {
                dispatch.edit("set the listeners' matchLabels", label_all(object, gateway));
            }
        })
    });
    html! {
        <>
            <span class={classes!("mark", "mark-wraps", class)}>{ icon.svg() }<span>{ sentence(&words) }</span></span>
            if let Some(onclick) = mend { <button type="button" class="small" {onclick}>{ "Set the labels" }</button> }
        </>
    }
}

/// A labelled Service whose port no listener has, with the listener it lacks.
fn stray_port(store: &Store, at: &Address, stray: &StrayPort) -> Html {
    let dispatch = store.dispatch();
    let name = format!("{}/{}", stray.protocol, stray.port);
    let onclick = {
        let (store, at, stray, name) = (store.clone(), at.clone(), stray.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let listener = Listener::new(stray.protocol.clone(), stray.port);
            dispatch.edit(format!("add listener {name}"), add_listener(store.workspace(), &at, &listener));
        })
    };
    html! {
        <p class="stray">
            <span class="mark is-warning">{ Icon::Warning.svg() }<span>{ "no listener" }</span></span>
            <span><a class="mono" href={Route::object(Section::Services, &stray.service.address).hash()}>{ &stray.service.name }</a>{ " has " }<code>{ &name }</code>{ ", which this Gateway does not listen on." }</span>
            <button type="button" class="small" {onclick}>{ format!("Add listener {name}") }</button>
        </p>
    }
}

/// The line at the end of the table.
#[component]
fn AddListeners(props: &ListenersProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let typed = use_state(String::new);
    let problem = use_state(String::new);
    let oninput = {
        let (typed, problem) = (typed.setter(), problem.setter());
        Callback::from(move |text: String| {
            typed.set(text);
            problem.set(String::new());
        })
    };
    let onadd = {
        let (at, typed, problem) = (props.at.clone(), typed.setter(), problem.setter());
        Callback::from(move |text: String| {
            let addition = akoplan::view::gateways::addition(store.workspace(), &at, &parse_listeners(&text));
            if !addition.listeners.is_empty() {
                let command = add_listeners(store.workspace(), &at, &addition.listeners);
                dispatch.edit(addition.label, command);
            }
            typed.set(addition.rest);
            problem.set(addition.problem);
        })
    };
    html! {
        <PasteLine id={field_id(&props.at, "add-listener")} label="Add listeners" placeholder="UDP 161"
            help="`UDP 161`, `TCP 443 www.example.com`; several with commas, or several pasted lines. The labels come by themselves."
            value={(*typed).clone()} problem={(*problem).clone()} {oninput} {onadd} />
    }
}
