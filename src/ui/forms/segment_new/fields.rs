//! What the AviInfraSetting of a new segment says.

use std::rc::Rc;

use akoplan::avi_side;
use akoplan::capacity::{Asked, Family, Whose, look};
use akoplan::segment::{self, Draft, NetworkRef};
use yew::prelude::*;

use super::state::{NewSegmentState, Trial, problems};
use crate::ui::draft::{Change, put};
use crate::ui::forms::avi_offer::{AviItem, avi_offer};
use crate::ui::forms::bound_more::{flag_options, tell_of_overlap};
use crate::ui::store::Store;
use crate::ui::widgets::cidr_notes::cidr_notes;
use crate::ui::widgets::field::{SelectField, TextField};
use crate::ui::widgets::list_field::ListField;

/// What is passed to the parts of the form.
#[derive(Clone, PartialEq)]
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
pub fn segment_fields(store: &Store, props: &PartProps) -> Html {
    html! {
        <>
            <div class="form-row">
                { name_field(store, props) }
                { group_field(store, props) }
            </div>
            <div class="network-row">
                { network_kind(props) }
                { network_field(store, props) }
            </div>
            <div class="form-row">
                { cidr_field(store, props, Family::V4) }
                { cidr_field(store, props, Family::V6) }
            </div>
            <div class="form-row narrow-fields">
                { rhi_flag(props) }
                { peer_labels(props) }
                { shard_size(props) }
            </div>
        </>
    }
}

fn name_field(store: &Store, props: &PartProps) -> Html {
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

fn group_field(store: &Store, props: &PartProps) -> Html {
    let value = props.state.draft.se_group.clone();
    let options: Vec<AttrValue> =
        avi_side::se_group_names(store.workspace()).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <TextField id="new-segment-group" label="SE group" value={value.clone()} {options} mono=true
                problems={props.problems("spec.seGroup")} placeholder="AKO's own"
                help="Service Engine group on the Avi Controller: `spec.seGroup.name`. Left empty, AKO's own is used."
                oninput={props.put(|draft, text| draft.se_group = text)} />
            { avi_offer(store, AviItem::SeGroup, &value) }
        </div>
    }
}

fn network_kind(props: &PartProps) -> Html {
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

fn network_field(store: &Store, props: &PartProps) -> Html {
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
            if !by_uuid { { avi_offer(store, AviItem::Network, props.state.network()) } }
        </div>
    }
}

/// A CIDR with what it holds.
fn cidr_field(store: &Store, props: &PartProps, family: Family) -> Html {
    let is_v6 = family == Family::V6;
    let draft = &props.state.draft;
    let (field, id, label, placeholder, text) = if is_v6 {
        ("v6cidr", "new-segment-v6cidr", "IPv6 CIDR", "2001:db8:40::/64", &draft.v6cidr)
    } else {
        ("cidr", "new-segment-cidr", "CIDR", "10.223.63.0/26", &draft.cidr)
    };
    let oninput = props.put(move |draft, text| *(if is_v6 { &mut draft.v6cidr } else { &mut draft.cidr }) = text);
    let look = look(store.workspace(), Asked { text, family, whose: Whose::New, network: props.state.network() });
    let mut problems = props.problems(&format!("spec.network.vipNetworks[0].{field}"));
    let findings_tell = tell_of_overlap(&problems);
    if let Some(wrong) = look.wrong.clone().filter(|_| problems.is_empty()) {
        problems.push(wrong.into());
    }
    html! {
        <div class="field-with-offer">
            <TextField {id} {label} value={text.clone()} mono=true {placeholder} {problems} oninput={oninput.clone()}
                help={format!("Range that VIPs are taken from: `spec.network.vipNetworks[].{field}`.")} />
            { cidr_notes(&look, None, findings_tell, &oninput) }
        </div>
    }
}

fn rhi_flag(props: &PartProps) -> Html {
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

fn peer_labels(props: &PartProps) -> Html {
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

fn shard_size(props: &PartProps) -> Html {
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
