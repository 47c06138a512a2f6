//! The VIP networks of a setting, a row each.

use akoplan::avi_side;
use akoplan::capacity::{self, Asked, Family, Whose, look};
use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::syntax::FieldPath;
use akoplan::workspace::Address;
use serde_json::json;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::forms::avi_offer::{AviItem, avi_offer};
use crate::ui::forms::bound::{BoundText, field_id};
use crate::ui::forms::bound_more::{problems, tell_of_overlap};
use crate::ui::store::Store;
use crate::ui::widgets::cidr_notes::cidr_notes;
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::icon::Icon;

const ADD: &str = "add-vip-network";
const LIST: &str = "spec.network.vipNetworks";

/// The rows, and one more on demand.
pub fn vip_networks(store: &Store, at: &Address, setting: &str) -> Html {
    let dispatch = store.dispatch();
    let count = rows(store, at);
    let onadd = {
        let at = at.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.edit("add VIP network", Command::insert(&at, LIST, count, json!({ "networkName": "" })));
            browser::focus_later(&format!("#{}", field_id(&at, &format!("{LIST}[{count}].networkName"))));
        })
    };
    html! {
        <fieldset>
            <legend>{ "VIP networks" }</legend>
            if count == 0 {
                <p class="dim">{ "None: VIPs are taken from AKO's global network." }</p>
            }
            { for (0..count).map(|index| vip_network(store, &VipNetworkProps { at: at.clone(), setting: setting.to_owned().into(), index })) }
            <div class="actions">
                <button id={ADD} type="button" class="small" onclick={onadd}>{ Icon::Plus.svg() }{ "Add VIP network" }</button>
                if count > 0 { <span class="help">{ "AKO uses more than the first one only on AWS." }</span> }
            </div>
        </fieldset>
    }
}

fn rows(store: &Store, at: &Address) -> usize {
    let Some(object) = store.workspace().at(at) else { return 0 };
    let list = object.tree().find(object.node(), &FieldPath::parse(LIST));
    list.map_or(0, |list| object.tree().items(list).len())
}

#[derive(Clone, PartialEq)]
struct VipNetworkProps {
    at: Address,
    setting: AttrValue,
    index: usize,
}

impl VipNetworkProps {
    fn path(&self, field: &str) -> String {
        format!("{LIST}[{}].{field}", self.index)
    }

    fn text(&self, store: &Store, field: &str) -> String {
        let object = store.workspace().at(&self.at);
        object.and_then(|object| object.text(self.path(field).as_str())).unwrap_or_default().to_owned()
    }

    fn has(&self, store: &Store, field: &str) -> bool {
        store.workspace().at(&self.at).is_some_and(|object| object.has(self.path(field).as_str()))
    }
}

fn vip_network(store: &Store, props: &VipNetworkProps) -> Html {
    let by_uuid = props.has(store, "networkUUID");
    let network = props.text(store, if by_uuid { "networkUUID" } else { "networkName" });
    html! {
        <div class="vip-network" role="group" aria-label={format!("VIP network {}", props.index + 1)}>
            <div class="network-row">
                { network_kind(store, props) }
                { network_name(store, props) }
                { remove_row(store, &props.at, &format!("{LIST}[{}]", props.index), &format!("VIP network {}", props.index + 1), ADD) }
            </div>
            <div class="form-row">
                { cidr_field(store, props, false, &network) }
                { cidr_field(store, props, true, &network) }
            </div>
        </div>
    }
}

/// By name or by UUID: the value goes from one key to the other.
fn network_kind(store: &Store, props: &VipNetworkProps) -> Html {
    let dispatch = store.dispatch();
    let by_uuid = props.has(store, "networkUUID");
    let onchange = {
        let (store, props) = (store.clone(), props.clone());
        Callback::from(move |kind: String| {
            let (from, to) =
                if kind == "uuid" { ("networkName", "networkUUID") } else { ("networkUUID", "networkName") };
            let value = Value::from(props.text(&store, from));
            let remove = Command::remove(&props.at, props.path(from).as_str());
            let set = Command::set(&props.at, props.path(to).as_str(), value);
            dispatch.edit(format!("name the network by {kind}"), Command::Batch(vec![set, remove]));
        })
    };
    let options: Vec<(AttrValue, AttrValue)> = vec![("name".into(), "name".into()), ("uuid".into(), "UUID".into())];
    html! {
        <SelectField id={format!("segment-network-kind-{}", props.index)} label="Network by"
            value={if by_uuid { "uuid" } else { "name" }} {options} {onchange}
            help="UUID: since AKO 1.10.3." />
    }
}

fn network_name(store: &Store, props: &VipNetworkProps) -> Html {
    let by_uuid = props.has(store, "networkUUID");
    let (label, field) = if by_uuid { ("VIP network UUID", "networkUUID") } else { ("VIP network", "networkName") };
    let options: Vec<AttrValue> =
        avi_side::network_names(store.workspace(), by_uuid).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <BoundText at={props.at.clone()} path={props.path(field)} {label} {options} mono=true
                help={format!("Network on the Avi Controller that VIPs are taken from: `{LIST}[].{field}`.")} />
            if !by_uuid { { avi_offer(store, AviItem::Network, &props.text(store, field)) } }
        </div>
    }
}

/// A CIDR with what it holds.
fn cidr_field(store: &Store, row: &VipNetworkProps, v6: bool, network: &str) -> Html {
    let dispatch = store.dispatch();
    let VipNetworkProps { at, setting, index } = row;
    let (family, field, label, placeholder) = if v6 {
        (Family::V6, "v6cidr", "IPv6 CIDR", "2001:db8:40::/64")
    } else {
        (Family::V4, "cidr", "CIDR", "10.223.63.0/26")
    };
    let (path, text) = (row.path(field), row.text(store, field));
    let look = look(store.workspace(), Asked { text: &text, family, whose: Whose::Setting(setting), network });
    let findings_tell = tell_of_overlap(&problems(store, at, &path));
    let used = (*index == 0 && !v6).then(|| capacity::used(&store.analysis.prediction, setting));
    let onuse = {
        let (at, path) = (at.clone(), path.clone());
        Callback::from(move |cidr: String| dispatch.edit(format!("use {cidr}"), Command::set(&at, path.as_str(), cidr)))
    };
    html! {
        <div class="field-with-offer">
            <BoundText at={at.clone()} path={path.clone()} {label} mono=true {placeholder}
                help={format!("Range that VIPs are taken from: `{LIST}[].{field}`.")} />
            { cidr_notes(&look, used, findings_tell, &onuse) }
        </div>
    }
}

/// Takes an item of a list away.
pub fn remove_row(store: &Store, at: &Address, path: &str, what: &str, add_id: &str) -> Html {
    let dispatch = store.dispatch();
    let onclick = {
        let (at, path, what, add_id) = (at.clone(), path.to_owned(), what.to_owned(), add_id.to_owned());
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("remove {what}"), Command::remove(&at, &*path));
            browser::focus_later(&format!("#{add_id}"));
        })
    };
    html! {
        <button type="button" class="icon-button small row-remove" aria-label={format!("Remove {what}")}
            title={format!("Remove {what}")} {onclick}>{ Icon::Trash.svg() }</button>
    }
}
