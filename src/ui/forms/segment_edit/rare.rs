//! Fields of a setting that are rarely used, folded away unless one of them is set or wrong.

use akoplan::command::Command;
use akoplan::syntax::FieldPath;
use akoplan::workspace::Address;
use serde_json::json;
use yew::prelude::*;

use super::AtProps;
use super::networks::RemoveRow;
use crate::ui::browser;
use crate::ui::forms::bound::{BoundText, field_id};
use crate::ui::forms::bound_more::{BoundFlag, BoundList};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};
use crate::ui::widgets::words::Words;

/// The paths of all these fields.
const FIELDS: [&str; 4] =
    ["spec.network.enablePublicIP", "spec.network.nodeNetworks", "spec.network.listeners", "spec.nsxSettings"];

/// The folded fields.
#[component]
pub fn Rare(props: &AtProps) -> Html {
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
                <Rows at={props.at.clone()} list="spec.network.nodeNetworks" legend="Node networks" row="node network"
                    help="Networks of the nodes, for pools: `spec.network.nodeNetworks`." is_node=true />
                <Rows at={props.at.clone()} list="spec.network.listeners" legend="Ports of Ingresses" row="port"
                    help="Ports that virtual services of Ingresses listen on beside 80 and 443; one must have TLS: `spec.network.listeners`."
                    is_node=false />
            </div>
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct RowsProps {
    at: Address,
    list: AttrValue,
    legend: AttrValue,
    row: AttrValue,
    help: AttrValue,
    is_node: bool,
}

/// A list of rows with one button to add another.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let object = store.workspace().at(&props.at);
    let list = object.and_then(|object| object.tree().find(object.node(), &FieldPath::parse(&props.list)));
    let count = list.and_then(|list| Some(object?.tree().items(list).len())).unwrap_or_default();
    let add_id = format!("add-{}", props.row.replace(' ', "-"));
    let onadd = {
        let (at, list, row, is_node) = (props.at.clone(), props.list.clone(), props.row.clone(), props.is_node);
        let new = if is_node { json!({ "networkName": "" }) } else { json!({ "port": 443, "enableSSL": true }) };
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("add {row}"), Command::insert(&at, &*list, count, new.clone()));
            let first = if is_node { "networkName" } else { "port" };
            browser::focus_later(&format!("#{}", field_id(&at, &format!("{list}[{count}].{first}"))));
        })
    };
    html! {
        <fieldset>
            <legend>{ &props.legend }</legend>
            <p class="help"><Words text={props.help.clone()} /></p>
            { for (0..count).map(|index| {
                let path = format!("{}[{index}]", props.list);
                let what = format!("{} {}", props.row, index + 1);
                html! {
                    <div class="list-row" key={index} role="group" aria-label={what.clone()}>
                        if props.is_node { <NodeNetwork at={props.at.clone()} path={path.clone()} /> }
                        else { <Port at={props.at.clone()} path={path.clone()} /> }
                        <RemoveRow at={props.at.clone()} {path} {what} add_id={add_id.clone()} />
                    </div>
                }
            }) }
            <div class="actions">
                <button id={add_id.clone()} type="button" class="small" onclick={onadd}><Icon name={IconName::Plus} />{ "Add " }{ &props.row }</button>
            </div>
        </fieldset>
    }
}

#[derive(PartialEq, Properties)]
struct RowProps {
    at: Address,
    path: AttrValue,
}

#[component]
fn NodeNetwork(props: &RowProps) -> Html {
    let RowProps { at, path } = props;
    html! {
        <div class="form-row">
            <BoundText at={at.clone()} path={format!("{path}.networkName")} label="Network" mono=true
                help="`networkName`; or `networkUUID` in the YAML." />
            <BoundList at={at.clone()} path={format!("{path}.cidrs")} label="CIDRs" placeholder="10.0.0.0/24"
                help="Ranges of the nodes, with commas between: `cidrs`." />
        </div>
    }
}

#[component]
fn Port(props: &RowProps) -> Html {
    let RowProps { at, path } = props;
    html! {
        <div class="form-row">
            <BoundText at={at.clone()} path={format!("{path}.port")} label="Port" number=true help="`port`, 1 to 65535." />
            <BoundFlag at={at.clone()} path={format!("{path}.enableSSL")} label="TLS" placeholder="not set: no" help="`enableSSL`." />
            <BoundFlag at={at.clone()} path={format!("{path}.enableHTTP2")} label="HTTP/2" placeholder="not set: no" help="`enableHTTP2`." />
        </div>
    }
}
