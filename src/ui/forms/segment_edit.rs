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

use super::avi_offer::{AviItem, avi_offer};
use super::bound::{BoundSelect, BoundText};
use super::bound_more::{BoundFlag, BoundList};
use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Notice, Store, use_store};
use crate::ui::widgets::icon::Icon;
use classes::class_lists;
use findings::own_findings;
use landings::landing_list;
use networks::vip_networks;
use rare::Rare;
use status::status_marks;

/// Properties of [`SegmentEdit`] and its parts.
#[derive(Clone, PartialEq, Properties)]
pub struct SegmentEditProps {
    /// The segment; it is defined.
    pub segment: Segment,
}

/// The form.
#[component]
pub fn SegmentEdit(props: &SegmentEditProps) -> Html {
    let store = use_store();
    use_effect_with((), |()| browser::focus_inside_later("segment-form"));
    let Some(at) = props.segment.defined.clone() else { return html! {} };
    html! {
        <section class="card segment-form" aria-labelledby="segment-title">
            { segment_head(&store, &props.segment) }
            <div id="segment-form" class="form">
                { group_field(&store, &at) }
                { vip_networks(&store, &at, &props.segment.setting) }
                { routing(&at) }
                <Rare {at} />
            </div>
            { own_findings(&store, &props.segment) }
            { class_lists(&store, &props.segment) }
            { landing_list(&store, &props.segment.setting) }
        </section>
    }
}

/// Name, what AKO says, delete, close.
fn segment_head(store: &Store, segment: &Segment) -> Html {
    let dispatch = store.dispatch();
    let ondelete = {
        let (store, segment) = (store.clone(), segment.clone());
        Callback::from(move |_: MouseEvent| {
            let label = format!("delete segment {}", segment.name);
            dispatch.edit(label.clone(), segment::remove(store.workspace(), &segment));
            dispatch.say(Notice::undoable(label));
            Route::to(Section::Segments).go();
        })
    };
    html! {
        <header class="segment-head">
            <h3 id="segment-title">{ &segment.name }</h3>
            <span class="mono dim">{ &segment.setting }</span>
            { status_marks(store, &segment.setting) }
            <span class="segment-head-actions">
            <button type="button" class="small danger" onclick={ondelete} title="The setting and its classes; undo brings them back">
                { Icon::Trash.svg() }{ "Delete" }
            </button>
            <button type="button" class="icon-button" aria-label="Close (Esc)" title="Close (Esc)"
                onclick={Callback::from(|_: MouseEvent| Route::to(Section::Segments).go())}>
                { Icon::Close.svg() }
            </button>
            </span>
        </header>
    }
}

fn group_field(store: &Store, at: &Address) -> Html {
    let path = "spec.seGroup.name";
    let name = store.workspace().at(at).and_then(|object| object.text(path)).unwrap_or_default().to_owned();
    let options: Vec<AttrValue> =
        avi_side::se_group_names(store.workspace()).into_iter().map(AttrValue::from).collect();
    html! {
        <div class="field-with-offer">
            <BoundText at={at.clone()} {path} label="SE group" {options} mono=true placeholder="AKO's own"
                help="Service Engine group on the Avi Controller: `spec.seGroup.name`. Left empty, AKO's own is used." />
            { avi_offer(store, AviItem::SeGroup, &name) }
        </div>
    }
}

/// How VIPs are announced, and how Ingresses are spread.
fn routing(at: &Address) -> Html {
    let sizes: Vec<AttrValue> = ["", "SMALL", "MEDIUM", "LARGE", "DEDICATED"].map(AttrValue::from).to_vec();
    html! {
        <div class="form-row narrow-fields">
            <BoundFlag at={at.clone()} path="spec.network.enableRhi" label="Route health injection" placeholder="as in AKO's values"
                help="Whether VIPs are announced by BGP: `spec.network.enableRhi`." />
            <BoundList at={at.clone()} path="spec.network.bgpPeerLabels" label="BGP peer labels" placeholder="peer1, peer2"
                help="Only with route health injection; commas between: `spec.network.bgpPeerLabels`." />
            <BoundSelect at={at.clone()} path="spec.l7Settings.shardSize" label="Shard size" options={sizes}
                placeholder="as in AKO's values" help="How many virtual services Ingresses are spread over: `spec.l7Settings.shardSize`." />
        </div>
    }
}
