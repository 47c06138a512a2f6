//! Fields of a setting that are rarely used, folded away unless one of them is set or wrong.

use akoplan::command::Command;
use akoplan::syntax::FieldPath;
use akoplan::workspace::Address;
use serde_json::json;
use yew::prelude::*;

use super::networks::remove_row;
use crate::ui::browser;
use crate::ui::forms::bound::{BoundText, field_id};
use crate::ui::forms::bound_more::{BoundFlag, BoundList};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// The paths of all these fields.
const FIELDS: [&str; 4] =
    ["spec.network.enablePublicIP", "spec.network.nodeNetworks", "spec.network.listeners", "spec.nsxSettings"];

/// Properties of [`Rare`].
#[derive(PartialEq, Properties)]
pub struct RareProps {
    /// The setting.
    pub at: Address,
}

/// The folded fields.
#[component]
pub fn Rare(props: &RareProps) -> Html {
    let store = use_store();
    let is_used = use_memo(props.at.clone(), |at| {
        store.workspace().at(at).is_some_and(|object| FIELDS.iter().any(|field| object.has(*field)))
    });
    html! {
        <details class="rare" open={*is_used}>
            <summary>{ "Rarely used: public addresses, NSX-T, node networks, ports of Ingresses" }</summary>
            <div class="form">
                <div class="form-row">
                    <BoundFlag at={props.at.clone()} path="spec.network.enablePublicIP" label="Public IP" placeholder="not set: no"
                        help="A public address too, on AWS, Azure and GCP: `spec.network.enablePublicIP`." />
                    <BoundText at={props.at.clone()} path="spec.nsxSettings.t1lr" label="NSX-T Tier-1 router" mono=true
                        help="Path of the Tier-1 logical router on NSX-T: `spec.nsxSettings.t1lr`." />
                </div>
                { row_list(&store, &props.at, "spec.network.nodeNetworks", "Node networks", "node network", "Networks of the nodes, for pools: `spec.network.nodeNetworks`.", true) }
                { row_list(&store, &props.at, "spec.network.listeners", "Ports of Ingresses", "port", "Ports that virtual services of Ingresses listen on beside 80 and 443; one must have TLS: `spec.network.listeners`.", false) }
            </div>
        </details>
    }
}

/// A list of rows with one button to add another.
fn row_list(store: &Store, at: &Address, list: &str, legend: &str, row: &str, help: &str, is_node: bool) -> Html {
    let dispatch = store.dispatch();
    let object = store.workspace().at(at);
    let written = object.and_then(|object| object.tree().find(object.node(), &FieldPath::parse(list)));
    let count = written.and_then(|node| Some(object?.tree().items(node).len())).unwrap_or_default();
    let add_id = format!("add-{}", row.replace(' ', "-"));
    let onadd = {
        let (at, list, row, is_node) = (at.clone(), list.to_owned(), row.to_owned(), is_node);
        let new = if is_node { json!({ "networkName": "" }) } else { json!({ "port": 443, "enableSSL": true }) };
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("add {row}"), Command::insert(&at, &*list, count, new.clone()));
            let first = if is_node { "networkName" } else { "port" };
            browser::focus_later(&format!("#{}", field_id(&at, &format!("{list}[{count}].{first}"))));
        })
    };
    html! {
        <fieldset>
            <legend>{ legend }</legend>
            <p class="help">{ sentence(help) }</p>
            { for (0..count).map(|index| {
                let path = format!("{list}[{index}]");
                let what = format!("{row} {}", index + 1);
                html! {
                    <div class="list-row" key={index} role="group" aria-label={what.clone()}>
                        if is_node { { node_network(at, &path) } }
                        else { { port_row(at, &path) } }
                        { remove_row(store, at, &path, &what, &add_id) }
                    </div>
                }
            }) }
            <div class="actions">
                <button id={add_id.clone()} type="button" class="small" onclick={onadd}>{ Icon::Plus.svg() }{ "Add " }{ row }</button>
            </div>
        </fieldset>
    }
}

fn node_network(at: &Address, path: &str) -> Html {
    html! {
        <div class="form-row">
            <BoundText at={at.clone()} path={format!("{path}.networkName")} label="Network" mono=true
                help="`networkName`; or `networkUUID` in the YAML." />
            <BoundList at={at.clone()} path={format!("{path}.cidrs")} label="CIDRs" placeholder="10.0.0.0/24"
                help="Ranges of the nodes, with commas between: `cidrs`." />
        </div>
    }
}

fn port_row(at: &Address, path: &str) -> Html {
    html! {
        <div class="form-row">
            <BoundText at={at.clone()} path={format!("{path}.port")} label="Port" number=true help="`port`, 1 to 65535." />
            <BoundFlag at={at.clone()} path={format!("{path}.enableSSL")} label="TLS" placeholder="not set: no" help="`enableSSL`." />
            <BoundFlag at={at.clone()} path={format!("{path}.enableHTTP2")} label="HTTP/2" placeholder="not set: no" help="`enableHTTP2`." />
        </div>
    }
}
