//! The listeners of a Gateway: rows to edit, to move and to remove, and a line that adds.

use akoplan::command::Command;
use akoplan::expose::{Listener, add_listener, add_listeners, parse_listeners};
use akoplan::listeners::{Labelled, ListenerRow, ListenerState, PROTOCOLS, StrayPort, label_all};
use akoplan::model::Gateway;
use akoplan::syntax::FieldPath;
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundSelect, BoundText, field_id};
use super::row_problems::RowProblems;
use crate::ui::route::{Route, Section};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};
use crate::ui::widgets::paste_line::PasteLine;
use crate::ui::widgets::row_buttons::RowButtons;
use crate::ui::widgets::words::Words;

/// Properties of the parts of this form.
#[derive(PartialEq, Properties)]
pub struct ListenersProps {
    /// The Gateway.
    pub at: Address,
}

/// The table, the Services that miss it, the line that adds.
#[component]
pub fn Listeners(props: &ListenersProps) -> Html {
    let store = use_store();
    let Some(object) = store.workspace().at(&props.at) else { return html! {} };
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
                        { for rows.into_iter().enumerate().map(|(index, row)| html! {
                            <ListenerLine key={index} at={props.at.clone()} {index} {count} {row} />
                        }) }
                    </tbody>
                </table></div>
                <p class="help"><Words text="`spec.listeners[]`: a Service is served where protocol and `port` (not `targetPort`) are the same." /></p>
            }
            { for labelled.strays(object, gateway).into_iter().map(|stray| html! { <Stray at={props.at.clone()} {stray} /> }) }
            <AddListeners at={props.at.clone()} />
        </fieldset>
    }
}

#[derive(PartialEq, Properties)]
struct ListenerLineProps {
    at: Address,
    index: usize,
    count: usize,
    row: ListenerRow,
}

/// One listener.
#[component]
fn ListenerLine(props: &ListenerLineProps) -> Html {
    let dispatch = use_dispatch();
    let ListenerLineProps { at, index, count, row } = props;
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
            <td data-label="Served by"><ServedBy row={row.clone()} /></td>
            <td data-label="State"><ListenerMark at={at.clone()} state={row.state.clone()} /></td>
            <td class="row-buttons"><RowButtons list={field_id(at, "spec.listeners")} what={format!("listener {}", row.name)} index={*index} count={*count} {onmove} {onremove} /></td>
        </tr>
        <RowProblems at={at.clone()} path={row.path.clone()} columns={6} />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct ServedByProps {
    row: ListenerRow,
}

/// The Services that have the listener's protocol and port.
#[component]
fn ServedBy(props: &ServedByProps) -> Html {
    if props.row.services.is_empty() {
        return html! { <span class="dim">{ "–" }</span> };
    }
    html! {
        <ul>{ for props.row.services.iter().map(|service| html! {
            <li><a class="mono" href={Route::object(Section::Services, &service.address).hash()}>{ &service.name }</a></li>
        }) }</ul>
    }
}

#[derive(PartialEq, Properties)]
struct ListenerMarkProps {
    at: Address,
    state: ListenerState,
}

/// The state by colour and icon and word; wrong labels can be mended on the spot.
#[component]
fn ListenerMark(props: &ListenerMarkProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let (icon, class, words) = match &props.state {
        ListenerState::Served => (IconName::Check, "is-good", "served".to_owned()),
        ListenerState::Unserved => (IconName::Warning, "is-warning", "no Service".to_owned()),
        ListenerState::Contested => (IconName::Error, "is-error", "several Services: AKO serves none".to_owned()),
        ListenerState::Unmatchable(reason) => (IconName::Error, "is-error", reason.clone()),
        ListenerState::WrongLabels => {
            (IconName::Error, "is-error", "`matchLabels` do not name this Gateway: AKO refuses all of it".to_owned())
        }
    };
    let mend = (props.state == ListenerState::WrongLabels).then(|| {
        let at = props.at.clone();
        Callback::from(move |_: MouseEvent| {
            let object = store.workspace().at(&at);
            if let Some((object, gateway)) = object.and_then(|object| Some((object, Gateway::of(&object.value)?))) {
                dispatch.edit("set the listeners' matchLabels", label_all(object, gateway));
            }
        })
    });
    html! {
        <>
            <span class={classes!("mark", "mark-wraps", class)}><Icon name={icon} /><span><Words text={words} /></span></span>
            if let Some(onclick) = mend { <button type="button" class="small" {onclick}>{ "Set the labels" }</button> }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct StrayProps {
    at: Address,
    stray: StrayPort,
}

/// A labelled Service whose port no listener has, with the listener it lacks.
#[component]
fn Stray(props: &StrayProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let StrayProps { at, stray } = props;
    let name = format!("{}/{}", stray.protocol, stray.port);
    let onclick = {
        let (at, stray, name) = (at.clone(), stray.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let listener = Listener::new(stray.protocol.clone(), stray.port);
            dispatch.edit(format!("add listener {name}"), add_listener(store.workspace(), &at, &listener));
        })
    };
    html! {
        <p class="stray">
            <span class="mark is-warning"><Icon name={IconName::Warning} /><span>{ "no listener" }</span></span>
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
