//! The table of segments.

use akoplan::segment::Row;
use yew::prelude::*;

use super::{define, item_of, row_id};
use crate::ui::route::{Route, Section};
use crate::ui::widgets::badge::StateMark;
use crate::ui::widgets::icon::{Icon, IconName};

/// Properties of [`SegmentTable`].
#[derive(PartialEq, Properties)]
pub struct SegmentTableProps {
    /// The rows.
    pub rows: Vec<Row>,
    /// The route's item of the row that is open.
    pub selected: String,
}

/// All segments.
#[component]
pub fn SegmentTable(props: &SegmentTableProps) -> Html {
    html! {
        <div class="table-wrap">
            <table class="segment-table">
                <thead>
                    <tr>
                        <th scope="col">{ "Segment" }</th>
                        <th scope="col" class="wide">{ "SE group" }</th>
                        <th scope="col" class="wide">{ "VIP network" }</th>
                        <th scope="col">{ "CIDR" }</th>
                        <th scope="col" class="middle">{ "VIPs" }</th>
                        <th scope="col" class="widest">{ "Classes" }</th>
                        <th scope="col">{ "State" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for props.rows.iter().map(|row| {
                        let is_selected = item_of(row) == props.selected;
                        html! { <SegmentRow key={row.setting.clone()} row={row.clone()} {is_selected} /> }
                    }) }
                </tbody>
            </table>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct SegmentRowProps {
    row: Row,
    is_selected: bool,
}

#[component]
fn SegmentRow(props: &SegmentRowProps) -> Html {
    let row = &props.row;
    let route = Route::with(Section::Segments, item_of(row));
    let href = route.hash();
    html! {
        <tr class={classes!("row-link", props.is_selected.then_some("selected"))} onclick={super::go(route)}>
            <th scope="row">
                <a id={row_id(row)} {href} aria-current={props.is_selected.then_some("true")}>{ &row.name }</a>
                if row.setting != row.name { <span class="dim mono setting-name">{ &row.setting }</span> }
            </th>
            if row.address.is_some() { <Defined row={row.clone()} /> } else { <Undefined row={row.clone()} /> }
        </tr>
    }
}

#[derive(PartialEq, Properties)]
struct RowProps {
    row: Row,
}

/// The cells of a segment that is here.
#[component]
fn Defined(props: &RowProps) -> Html {
    let row = &props.row;
    let or_global = |text: String| {
        if text.is_empty() {
            html! { <span class="dim">{ "AKO's own" }</span> }
        } else {
            text.into()
        }
    };
    let lines = |texts: &[String]| html! { { for texts.iter().map(|text| html! { <div>{ text }</div> }) } };
    html! {
        <>
            <td class="mono wide">{ or_global(row.se_group.clone()) }</td>
            <td class="mono wide">{ if row.networks.is_empty() { or_global(String::new()) } else { lines(&row.networks) } }</td>
            <td class="mono cidr">{ if row.cidrs.is_empty() { html! { <span class="dim">{ "—" }</span> } } else { lines(&row.cidrs) } }</td>
            <td class="middle"><Usage row={row.clone()} /></td>
            <td class="widest"><Classes row={row.clone()} /></td>
            <td><StateMark worst={row.worst} /></td>
        </>
    }
}

/// VIPs in use of those there can be.
#[component]
fn Usage(props: &RowProps) -> Html {
    let Row { used, usable, .. } = &props.row;
    if usable.is_empty() {
        return html! { <span>{ used }</span> };
    }
    html! { <span class="usage">{ used }<span class="dim">{ " of " }{ usable }</span></span> }
}

/// Which classes lead to the segment.
#[component]
fn Classes(props: &RowProps) -> Html {
    let of = |kind: &str, names: &[String]| {
        html! {
            <>
            if names.is_empty() { <div class="dim">{ "no " }{ kind }</div> }
            { for names.iter().map(|name| html! { <div class="mono class-name" title={format!("{kind} {name}")}>{ name }</div> }) }
            </>
        }
    };
    html! { <>{ of("GatewayClass", &props.row.gateway_classes) }{ of("IngressClass", &props.row.ingress_classes) }</> }
}

/// The cells of a segment that something refers to and that is not here.
#[component]
fn Undefined(props: &RowProps) -> Html {
    let row = &props.row;
    let referred =
        if row.referred_by.is_empty() { "an intent in the settings".to_owned() } else { row.referred_by.join(", ") };
    let define = {
        let route = define(&row.setting);
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            route.go();
        })
    };
    html! {
        <td colspan="6">
            <div class="undefined">
                if row.external {
                    <span>{ "outside this project, as the settings say" }</span>
                } else {
                    <span class="mark is-error"><Icon name={IconName::Error} /><span>{ "not defined" }</span></span>
                }
                <button type="button" class="small" onclick={define}>
                    <Icon name={IconName::Plus} />{ "Define " }{ &row.name }
                </button>
                <span class="dim referred">{ "referred to by " }{ referred }</span>
            </div>
        </td>
    }
}
