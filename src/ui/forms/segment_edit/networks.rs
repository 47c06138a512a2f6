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
use crate::ui::forms::avi_offer::{AviItem, AviOffer};
use crate::ui::forms::bound::{BoundText, field_id};
use crate::ui::forms::bound_more::{problems, tell_of_overlap};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::cidr_notes::CidrNotes;
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::icon::{Icon, IconName};

const ADD: &str = "add-vip-network";
const LIST: &str = "spec.network.vipNetworks";

/// Properties of [`VipNetworks`].
#[derive(PartialEq, Properties)]
pub struct VipNetworksProps {
    /// The setting.
    pub at: Address,
    /// Its name.
    pub setting: AttrValue,
}

/// The rows, and one more on demand.
#[component]
pub fn VipNetworks(props: &VipNetworksProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let count = rows(&store, &props.at);
    let onadd = {
        let at = props.at.clone();
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
            { for (0..count).map(|index| html! {
                <VipNetwork key={index} at={props.at.clone()} setting={props.setting.clone()} {index} />
            }) }
            <div class="actions">
                <button id={ADD} type="button" class="small" onclick={onadd}><Icon name={IconName::Plus} />{ "Add VIP network" }</button>
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

#[derive(Clone, PartialEq, Properties)]
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

#[component]
fn VipNetwork(props: &VipNetworkProps) -> Html {
    let store = use_store();
    let by_uuid = props.has(&store, "networkUUID");
    let network = props.text(&store, if by_uuid { "networkUUID" } else { "networkName" });
    html! {
        <div class="vip-network" role="group" aria-label={format!("VIP network {}", props.index + 1)}>
            <div class="network-row">
                <NetworkKind ..props.clone() />
                <NetworkName ..props.clone() />
                <RemoveRow at={props.at.clone()} path={format!("{LIST}[{}]", props.index)} add_id={ADD} what={format!("VIP network {}", props.index + 1)} />
            </div>
            <div class="form-row">
                <CidrField row={props.clone()} v6=false network={network.clone()} />
                <CidrField row={props.clone()} v6=true {network} />
            </div>
        </div>
    }
}

/// By name or by UUID: the value goes from one key to the other.
#[component]
fn NetworkKind(props: &VipNetworkProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let by_uuid = props.has(&store, "networkUUID");
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

#[component]
fn NetworkName(props: &VipNetworkProps) -> Html {
    let store = use_store();
    let by_uuid = props.has(&store, "networkUUID");
    let (label, field) = if by_uuid { ("VIP network UUID", "networkUUID") } else { ("VIP network", "networkName") };
    let options: Vec<AttrValue> =
        avi_side::network_names(store.workspace(), by_uuid).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <BoundText at={props.at.clone()} path={props.path(field)} {label} {options} mono=true
                help={format!("Network on the Avi Controller that VIPs are taken from: `{LIST}[].{field}`.")} />
            if !by_uuid { <AviOffer item={AviItem::Network} name={props.text(&store, field)} /> }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct CidrFieldProps {
    row: VipNetworkProps,
    v6: bool,
    network: AttrValue,
}

/// A CIDR with what it holds.
#[component]
fn CidrField(props: &CidrFieldProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let VipNetworkProps { at, setting, index } = &props.row;
    let (family, field, label, placeholder) = if props.v6 {
        (Family::V6, "v6cidr", "IPv6 CIDR", "2001:db8:40::/64")
    } else {
        (Family::V4, "cidr", "CIDR", "10.223.63.0/26")
    };
    let (path, text) = (props.row.path(field), props.row.text(&store, field));
    let look =
        look(store.workspace(), Asked { text: &text, family, whose: Whose::Setting(setting), network: &props.network });
    let findings_tell = tell_of_overlap(&problems(&store, at, &path));
    let used = (*index == 0 && !props.v6).then(|| capacity::used(&store.analysis.prediction, setting));
    let onuse = {
        let (at, path) = (at.clone(), path.clone());
        Callback::from(move |cidr: String| dispatch.edit(format!("use {cidr}"), Command::set(&at, path.as_str(), cidr)))
    };
    html! {
        <div class="field-with-offer">
            <BoundText at={at.clone()} path={path.clone()} {label} mono=true {placeholder}
                help={format!("Range that VIPs are taken from: `{LIST}[].{field}`.")} />
            <CidrNotes {look} {used} {findings_tell} {onuse} />
        </div>
    }
}

/// Properties of [`RemoveRow`].
#[derive(PartialEq, Properties)]
pub struct RemoveRowProps {
    /// The object.
    pub at: Address,
    /// The item.
    pub path: AttrValue,
    /// What it is, for the button's name and for undo.
    pub what: AttrValue,
    /// Id of the button that adds a row: it gets the focus, since this one is gone.
    pub add_id: AttrValue,
}

/// Takes an item of a list away.
#[component]
pub fn RemoveRow(props: &RemoveRowProps) -> Html {
    let dispatch = use_dispatch();
    let onclick = {
        let (at, path, what, add_id) = (props.at.clone(), props.path.clone(), props.what.clone(), props.add_id.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(format!("remove {what}"), Command::remove(&at, &*path));
            browser::focus_later(&format!("#{add_id}"));
        })
    };
    html! {
        <button type="button" class="icon-button small row-remove" aria-label={format!("Remove {}", props.what)}
            title={format!("Remove {}", props.what)} {onclick}><Icon name={IconName::Trash} /></button>
    }
}
