//! The ports of a Service: rows to edit and to remove, and a line that adds.

use akoplan::command::Command;
use akoplan::expose::parse_listeners;
use akoplan::listeners::PROTOCOLS;
use akoplan::model::Service;
use akoplan::syntax::FieldPath;
use akoplan::view::services::add_ports;
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundSelect, BoundText, field_id};
use super::row_problems::row_problems;
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::paste_line::PasteLine;
use crate::ui::widgets::row_buttons::RowButtons;
use crate::ui::widgets::words::sentence;

/// Properties of [`ServicePorts`].
#[derive(PartialEq, Properties)]
pub struct ServicePortsProps {
    /// The Service.
    pub at: Address,
}

/// The table and the line.
pub fn service_ports(store: &Store, at: &Address) -> Html {
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let count = Service::of(&object.value).map_or(0, |service| service.spec.ports.len());
    html! {
        <fieldset>
            <legend>{ "Ports" }</legend>
            if count > 0 {
                <div class="table-wrap"><table class="stack listener-table">
                    <thead><tr>
                        <th scope="col">{ "Protocol" }</th><th scope="col">{ "Port" }</th><th scope="col">{ "Target port" }</th><th scope="col">{ "Name" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Remove" }</span></th>
                    </tr></thead>
                    <tbody>{ for (0..count).map(|index| port_line(store, at, index, count)) }</tbody>
                </table></div>
                <p class="help">{ sentence("`spec.ports[]`: clients and the listeners of a Gateway know `port`; `targetPort` is the port of the pods.") }</p>
            } else {
                <p class="dim">{ "A Service needs a port to be reached." }</p>
            }
            <AddPorts at={at.clone()} />
        </fieldset>
    }
}

/// One port.
fn port_line(store: &Store, at: &Address, index: usize, count: usize) -> Html {
    let dispatch = store.dispatch();
    let number = index + 1;
    let field = |name: &str| AttrValue::from(format!("spec.ports[{index}].{name}"));
    let mut protocols: Vec<AttrValue> = PROTOCOLS.iter().map(|protocol| AttrValue::Static(protocol)).collect();
    protocols.insert(0, AttrValue::Static(""));
    let onremove = {
        let at = at.clone();
        Callback::from(move |index: usize| {
            dispatch.edit(
                format!("remove port {}", index + 1),
                Command::remove(&at, FieldPath::from("spec.ports").index(index)),
            );
        })
    };
    html! {
        <>
        <tr>
            <td data-label="Protocol"><BoundSelect at={at.clone()} path={field("protocol")} label={format!("Protocol of port {number}")} options={protocols} placeholder="TCP (default)" hide_label=true /></td>
            <td data-label="Port"><BoundText at={at.clone()} path={field("port")} label={format!("Port {number}")} number=true hide_label=true /></td>
            <td data-label="Target port"><BoundText at={at.clone()} path={field("targetPort")} label={format!("Target port of port {number}")} number=true hide_label=true placeholder="the same" /></td>
            <td data-label="Name"><BoundText at={at.clone()} path={field("name")} label={format!("Name of port {number}")} mono=true hide_label=true placeholder="none" /></td>
            <td class="row-buttons"><RowButtons list={field_id(at, "spec.ports")} what={format!("port {number}")} index={index} count={count} {onremove} /></td>
        </tr>
        { row_problems(store, at, &format!("spec.ports[{index}]"), 5) }
        </>
    }
}

/// The line at the end of the table.
#[component]
fn AddPorts(props: &ServicePortsProps) -> Html {
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
            let pasted = parse_listeners(&text);
            let object = store.workspace().at(&at);
            if let Some((object, service)) = object.and_then(|object| Some((object, Service::of(&object.value)?)))
                && !pasted.listeners.is_empty()
            {
                let names: Vec<String> =
                    pasted.listeners.iter().map(|it| format!("{}/{}", it.protocol, it.port)).collect();
                dispatch.edit(format!("add port {}", names.join(", ")), add_ports(object, service, &pasted.listeners));
            }
            let rejected = pasted.rejected.join(", ");
            problem.set(if rejected.is_empty() {
                String::new()
            } else {
                format!("`{rejected}`: no protocol and port from 1 to 65535.")
            });
            typed.set(rejected);
        })
    };
    html! {
        <PasteLine id={field_id(&props.at, "add-port")} label="Add ports" placeholder="TCP 80"
            help="`TCP 80`; several with commas, or several pasted lines. With a second port each gets a name, as the API server wants."
            value={(*typed).clone()} problem={(*problem).clone()} {oninput} {onadd} />
    }
}
