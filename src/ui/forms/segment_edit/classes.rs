//! The classes that lead to a setting; the missing ones can be added.

use akoplan::command::Command;
use akoplan::segment;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::SegmentEditProps;
use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::badge::StateMark;
use crate::ui::widgets::icon::{Icon, IconName};

/// Both kinds of classes.
#[component]
pub fn Classes(props: &SegmentEditProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let segment = &props.segment;
    let add = |kind: &'static str, add: fn(&akoplan::workspace::Workspace, &str) -> Command| {
        let (store, dispatch, segment) = (store.clone(), dispatch.clone(), segment.clone());
        Callback::from(move |_: MouseEvent| {
            let label = format!("add {kind} for segment {}", segment.name);
            dispatch.edit(label, add(store.workspace(), &segment.setting));
        })
    };
    html! {
        <div class="segment-part">
            <h4>{ "Classes that lead here" }</h4>
            <ClassList kind="GatewayClass" what="Gateways of it land here" addresses={segment.gateway_classes.clone()}
                onadd={add("GatewayClass", segment::add_gateway_class)} />
            <ClassList kind="IngressClass" what="Ingresses of it land here" addresses={segment.ingress_classes.clone()}
                onadd={add("IngressClass", segment::add_ingress_class)} />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ClassListProps {
    kind: AttrValue,
    what: AttrValue,
    addresses: Vec<Address>,
    onadd: Callback<MouseEvent>,
}

/// The classes of one kind.
#[component]
fn ClassList(props: &ClassListProps) -> Html {
    html! {
        <div class="class-list">
            <span class="class-kind" title={props.what.clone()}>{ &props.kind }</span>
            <ul>
                { for props.addresses.iter().map(|at| html! { <ClassLine at={at.clone()} kind={props.kind.clone()} /> }) }
                if props.addresses.is_empty() {
                    <li>
                        <span class="dim">{ "none" }</span>
                        <button id={format!("add-{}", props.kind)} type="button" class="small" onclick={props.onadd.clone()}>
                            <Icon name={IconName::Plus} />{ "Add " }{ &props.kind }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ClassLineProps {
    at: Address,
    kind: AttrValue,
}

/// A class: its text, its state, its end.
#[component]
fn ClassLine(props: &ClassLineProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let Some(object) = store.workspace().at(&props.at) else { return html! {} };
    let name = object.name().to_owned();
    let worst = store.analysis.worst_of(&store.workspace().key(object));
    let line = store.workspace().file(&props.at.file).map_or(1, |file| file.position(object.whole().start).line);
    let onremove = {
        let (at, kind, label) = (props.at.clone(), props.kind.clone(), format!("remove {} {name}", props.kind));
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(label.clone(), Command::RemoveObject { at: at.clone() });
            browser::focus_later(&format!("#add-{kind}"));
        })
    };
    html! {
        <li>
            <a class="mono" href={Route::with(Section::Yaml, format!("{}:{line}", props.at.file)).hash()}>{ &name }</a>
            <StateMark {worst} />
            <button type="button" class="icon-button small" aria-label={format!("Remove {} {name}", props.kind)} onclick={onremove}>
                <Icon name={IconName::Trash} />
            </button>
        </li>
    }
}
