//! The form of a segment: its AviInfraSetting field by field, its classes, what lands on it.

mod classes;
mod findings;
mod landings;
mod networks;
mod rare;
mod status;

use akoplan::avi_side;
use akoplan::segment::{self, Segment};
use akoplan::workspace::Address;
use yew::prelude::*;

use super::avi_offer::{AviItem, AviOffer};
use super::bound::{BoundSelect, BoundText};
use super::bound_more::{BoundFlag, BoundList};
use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Notice, use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};
use classes::Classes;
use findings::Findings;
use landings::Landings;
use networks::VipNetworks;
use rare::Rare;
use status::Status;

/// Properties of [`SegmentEdit`] and its parts.
#[derive(Clone, PartialEq, Properties)]
pub struct SegmentEditProps {
    /// The segment; it is defined.
    pub segment: Segment,
}

/// Properties of parts that edit one object.
#[derive(Clone, PartialEq, Properties)]
pub struct AtProps {
    /// The object.
    pub at: Address,
}

/// The form.
#[component]
pub fn SegmentEdit(props: &SegmentEditProps) -> Html {
    use_effect_with((), |()| browser::focus_inside_later("segment-form"));
    let Some(at) = props.segment.defined.clone() else { return html! {} };
    html! {
        <section class="card segment-form" aria-labelledby="segment-title">
            <Head segment={props.segment.clone()} />
            <div id="segment-form" class="form">
                <Group at={at.clone()} />
                <VipNetworks at={at.clone()} setting={props.segment.setting.clone()} />
                <Routing at={at.clone()} />
                <Rare {at} />
            </div>
            <Findings segment={props.segment.clone()} />
            <Classes segment={props.segment.clone()} />
            <Landings setting={props.segment.setting.clone()} />
        </section>
    }
}

/// Name, what AKO says, delete, close.
#[component]
fn Head(props: &SegmentEditProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let segment = &props.segment;
    let ondelete = {
        let segment = segment.clone();
        Callback::from(move |_: MouseEvent| {
            let label = format!("delete segment {}", segment.name);
            dispatch.edit(label.clone(), segment::remove(store.workspace(), &segment));
            dispatch.say(Notice { text: label.into(), is_error: false, undo: true });
            Route::to(Section::Segments).go();
        })
    };
    html! {
        <header class="segment-head">
            <h3 id="segment-title">{ &segment.name }</h3>
            <span class="mono dim">{ &segment.setting }</span>
            <Status setting={segment.setting.clone()} />
            <span class="segment-head-actions">
            <button type="button" class="small danger" onclick={ondelete} title="The setting and its classes; undo brings them back">
                <Icon name={IconName::Trash} />{ "Delete" }
            </button>
            <button type="button" class="icon-button" aria-label="Close (Esc)" title="Close (Esc)"
                onclick={Callback::from(|_: MouseEvent| Route::to(Section::Segments).go())}>
                <Icon name={IconName::Close} />
            </button>
            </span>
        </header>
    }
}

#[component]
fn Group(props: &AtProps) -> Html {
    let store = use_store();
    let path = "spec.seGroup.name";
    let name = store.workspace().at(&props.at).and_then(|object| object.text(path)).unwrap_or_default().to_owned();
    let options: Vec<AttrValue> =
        avi_side::se_group_names(store.workspace()).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <BoundText at={props.at.clone()} {path} label="SE group" {options} mono=true placeholder="AKO's own"
                help="Service Engine group on the Avi Controller: `spec.seGroup.name`. Left empty, AKO's own is used." />
            <AviOffer item={AviItem::SeGroup} {name} />
        </div>
    }
}

/// How VIPs are announced, and how Ingresses are spread.
#[component]
fn Routing(props: &AtProps) -> Html {
    let sizes: Vec<AttrValue> = ["", "SMALL", "MEDIUM", "LARGE", "DEDICATED"].map(AttrValue::from).to_vec();
    html! {
        <div class="form-row narrow-fields">
            <BoundFlag at={props.at.clone()} path="spec.network.enableRhi" label="Route health injection" placeholder="as in AKO's values"
                help="Whether VIPs are announced by BGP: `spec.network.enableRhi`." />
            <BoundList at={props.at.clone()} path="spec.network.bgpPeerLabels" label="BGP peer labels" placeholder="peer1, peer2"
                help="Only with route health injection; commas between: `spec.network.bgpPeerLabels`." />
            <BoundSelect at={props.at.clone()} path="spec.l7Settings.shardSize" label="Shard size" options={sizes}
                placeholder="as in AKO's values" help="How many virtual services Ingresses are spread over: `spec.l7Settings.shardSize`." />
        </div>
    }
}
