//! What the AviInfraSetting of a new segment says.

use std::rc::Rc;

use akoplan::avi_side;
use akoplan::capacity::{Asked, Family, Whose, look};
use akoplan::segment::{self, Draft, NetworkRef};
use yew::prelude::*;

use super::state::{NewSegmentState, Trial, problems};
use crate::ui::draft::{Change, put};
use crate::ui::forms::avi_offer::{AviItem, AviOffer};
use crate::ui::forms::bound_more::{flag_options, tell_of_overlap};
use crate::ui::store::use_store;
use crate::ui::widgets::cidr_notes::CidrNotes;
use crate::ui::widgets::field::{SelectField, TextField};
use crate::ui::widgets::list_field::ListField;

/// Properties of the parts of the form.
#[derive(Clone, PartialEq, Properties)]
pub struct PartProps {
    /// What is typed.
    pub state: NewSegmentState,
    /// What the rules say of it.
    pub trial: Rc<Option<Trial>>,
    /// A change.
    pub onchange: Callback<Change<NewSegmentState>>,
}

impl PartProps {
    /// A callback that puts a value into the draft.
    pub fn put<T: 'static>(&self, set: impl Fn(&mut Draft, T) + Clone + 'static) -> Callback<T> {
        put(&self.onchange, move |state: &mut NewSegmentState, value| set(&mut state.draft, value))
    }

    /// What the rules say of a field.
    pub fn problems(&self, path: &str) -> Vec<AttrValue> {
        problems((*self.trial).as_ref(), path)
    }
}

/// The fields.
#[component]
pub fn Fields(props: &PartProps) -> Html {
    html! {
        <>
            <div class="form-row">
                <Name ..props.clone() />
                <Group ..props.clone() />
            </div>
            <div class="network-row">
                <NetworkKind ..props.clone() />
                <Network ..props.clone() />
            </div>
            <div class="form-row">
                <Cidr4 ..props.clone() />
                <Cidr6 ..props.clone() />
            </div>
            <div class="form-row narrow-fields">
                <Rhi ..props.clone() />
                <Peers ..props.clone() />
                <ShardSize ..props.clone() />
            </div>
        </>
    }
}

#[component]
fn Name(props: &PartProps) -> Html {
    let store = use_store();
    let draft = &props.state.draft;
    let tell = props.state.tried || !draft.segment.trim().is_empty();
    let obstacle = segment::obstacle(store.workspace(), draft).filter(|_| tell).map(AttrValue::from);
    let mut problems: Vec<AttrValue> = obstacle.into_iter().collect();
    problems.extend(props.problems("metadata.name"));
    html! {
        <TextField id="new-segment-name" label="Segment" value={draft.segment.clone()} placeholder="oam" {problems}
            help="Short name; it stands for `{segment}` in the names of the objects."
            oninput={props.put(|draft, text| draft.segment = text)} />
    }
}

#[component]
fn Group(props: &PartProps) -> Html {
    let store = use_store();
    let value = props.state.draft.se_group.clone();
    let options: Vec<AttrValue> =
        avi_side::se_group_names(store.workspace()).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <TextField id="new-segment-group" label="SE group" value={value.clone()} {options} mono=true
                problems={props.problems("spec.seGroup")} placeholder="AKO's own"
                help="Service Engine group on the Avi Controller: `spec.seGroup.name`. Left empty, AKO's own is used."
                oninput={props.put(|draft, text| draft.se_group = text)} />
            <AviOffer item={AviItem::SeGroup} name={value} />
        </div>
    }
}

#[component]
fn NetworkKind(props: &PartProps) -> Html {
    let options: Vec<(AttrValue, AttrValue)> = vec![("name".into(), "name".into()), ("uuid".into(), "UUID".into())];
    let onchange = props.put(|draft, kind: String| {
        let (NetworkRef::Name(text) | NetworkRef::Uuid(text)) = draft.network.clone();
        draft.network = if kind == "uuid" { NetworkRef::Uuid(text) } else { NetworkRef::Name(text) };
    });
    html! {
        <SelectField id="new-segment-network-kind" label="Network by" value={if props.state.by_uuid() { "uuid" } else { "name" }}
            {options} help="UUID: since AKO 1.10.3." {onchange} />
    }
}

#[component]
fn Network(props: &PartProps) -> Html {
    let store = use_store();
    let by_uuid = props.state.by_uuid();
    let options: Vec<AttrValue> =
        avi_side::network_names(store.workspace(), by_uuid).into_iter().map(AttrValue::from).collect();
    let (label, field) = if by_uuid { ("VIP network UUID", "networkUUID") } else { ("VIP network", "networkName") };
    let path = format!("spec.network.vipNetworks[0].{field}");
    html! {
        <div class="field-with-offer">
            <TextField id="new-segment-network" {label} value={props.state.network().to_owned()} {options} mono=true
                problems={props.problems(&path)} placeholder="AKO's global network"
                help={format!("Network on the Avi Controller that VIPs are taken from: `spec.network.vipNetworks[].{field}`.")}
                oninput={props.put(move |draft, text| {
                    draft.network = if by_uuid { NetworkRef::Uuid(text) } else { NetworkRef::Name(text) };
                })} />
            if !by_uuid { <AviOffer item={AviItem::Network} name={props.state.network().to_owned()} /> }
        </div>
    }
}

#[component]
fn Cidr4(props: &PartProps) -> Html {
    let put = props.put(|draft, text| draft.cidr = text);
    html! {
        <CidrField id="new-segment-cidr" label="CIDR" family_v6=false text={props.state.draft.cidr.clone()} state={props.state.clone()}
            problems={props.problems("spec.network.vipNetworks[0].cidr")} oninput={put} />
    }
}

#[component]
fn Cidr6(props: &PartProps) -> Html {
    let put = props.put(|draft, text| draft.v6cidr = text);
    html! {
        <CidrField id="new-segment-v6cidr" label="IPv6 CIDR" family_v6=true text={props.state.draft.v6cidr.clone()}
            state={props.state.clone()} problems={props.problems("spec.network.vipNetworks[0].v6cidr")} oninput={put} />
    }
}

#[derive(PartialEq, Properties)]
struct CidrFieldProps {
    id: AttrValue,
    label: AttrValue,
    family_v6: bool,
    text: AttrValue,
    state: NewSegmentState,
    problems: Vec<AttrValue>,
    oninput: Callback<String>,
}

/// A CIDR with what it holds.
#[component]
fn CidrField(props: &CidrFieldProps) -> Html {
    let store = use_store();
    let (family, field, placeholder) = if props.family_v6 {
        (Family::V6, "v6cidr", "2001:db8:40::/64")
    } else {
        (Family::V4, "cidr", "10.223.63.0/26")
    };
    let look =
        look(store.workspace(), Asked { text: &props.text, family, whose: Whose::New, network: props.state.network() });
    let mut problems = props.problems.clone();
    if let Some(wrong) = look.wrong.clone().filter(|_| problems.is_empty()) {
        problems.push(wrong.into());
    }
    html! {
        <div class="field-with-offer">
            <TextField id={props.id.clone()} label={props.label.clone()} value={props.text.clone()} mono=true {placeholder}
                {problems} oninput={props.oninput.clone()}
                help={format!("Range that VIPs are taken from: `spec.network.vipNetworks[].{field}`.")} />
            <CidrNotes {look} findings_tell={tell_of_overlap(&props.problems)} onuse={props.oninput.clone()} />
        </div>
    }
}

#[component]
fn Rhi(props: &PartProps) -> Html {
    let value = match props.state.draft.enable_rhi {
        None => "",
        Some(true) => "true",
        Some(false) => "false",
    };
    let onchange = props.put(|draft, text: String| draft.enable_rhi = text.parse().ok());
    html! {
        <SelectField id="new-segment-rhi" label="Route health injection" {value} options={flag_options(&"as in AKO's values".into())}
            problems={props.problems("spec.network.enableRhi")}
            help="Whether VIPs are announced by BGP: `spec.network.enableRhi`." {onchange} />
    }
}

#[component]
fn Peers(props: &PartProps) -> Html {
    let draft = &props.state.draft;
    let useless = draft.enable_rhi != Some(true) && !draft.bgp_peer_labels.is_empty();
    let mut problems = props.problems("spec.network.bgpPeerLabels");
    if useless && problems.is_empty() {
        problems.push("AKO refuses labels without `enableRhi: true` in the same object.".into());
    }
    let items: Vec<AttrValue> = draft.bgp_peer_labels.iter().cloned().map(AttrValue::from).collect();
    html! {
        <ListField id="new-segment-peers" label="BGP peer labels" {items} {problems} placeholder="peer1, peer2"
            help="Only with route health injection; commas between: `spec.network.bgpPeerLabels`."
            oninput={props.put(|draft, labels| draft.bgp_peer_labels = labels)} />
    }
}

#[component]
fn ShardSize(props: &PartProps) -> Html {
    let option = |size: &'static str| (AttrValue::from(size), AttrValue::from(size));
    let mut options = vec![(AttrValue::default(), AttrValue::from("as in AKO's values"))];
    options.extend(["SMALL", "MEDIUM", "LARGE", "DEDICATED"].map(option));
    html! {
        <SelectField id="new-segment-shard" label="Shard size" value={props.state.draft.shard_size.clone()} {options}
            problems={props.problems("spec.l7Settings")}
            help="How many virtual services Ingresses are spread over: `spec.l7Settings.shardSize`."
            onchange={props.put(|draft, size| draft.shard_size = size)} />
    }
}
