//! The table of segments.

use akoplan::segment::Row;
use yew::prelude::*;

use super::{define, item_of, row_id};
use crate::ui::pages::places::more_button;
use crate::ui::route::{Route, Section};
use crate::ui::widgets::badge::state_mark;
use crate::ui::widgets::icon::Icon;

/// The first of all segments, and the one in hand.
pub fn segment_table(rows: &[Row], selected: &str, drawn: usize, limit: &UseStateHandle<usize>) -> Html {
    html! {
        <>
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
                    { for rows.iter().enumerate().filter_map(|(at, row)| {
                        let is_selected = item_of(row) == selected;
                        (at < drawn || is_selected).then(|| segment_row(row, is_selected))
                    }) }
                </tbody>
            </table>
        </div>
        { more_button(rows.len(), limit) }
        </>
    }
}

fn segment_row(row: &Row, is_selected: bool) -> Html {
    let route = Route::with(Section::Segments, item_of(row));
    let href = route.hash();
    html! {
        <tr key={row.setting.clone()} class={classes!("row-link", is_selected.then_some("selected"))} onclick={super::go(route)}>
            <th scope="row">
                <a id={row_id(row)} {href} aria-current={is_selected.then_some("true")}>{ &row.name }</a>
                if row.setting != row.name { <span class="dim mono setting-name">{ &row.setting }</span> }
            </th>
            if row.address.is_some() { { defined_row(row) } } else { { undefined_row(row) } }
        </tr>
    }
}

/// The cells of a segment that is here.
fn defined_row(row: &Row) -> Html {
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
            <td class="middle">{ usage_cells(row) }</td>
            <td class="widest">{ class_names(row) }</td>
            <td>{ state_mark(row.worst, "good") }</td>
        </>
    }
}

/// VIPs in use of those there can be.
fn usage_cells(row: &Row) -> Html {
    let Row { used, usable, .. } = row;
    if usable.is_empty() {
        return html! { <span>{ used }</span> };
    }
    html! { <span class="usage">{ used }<span class="dim">{ " of " }{ usable }</span></span> }
}

/// Which classes lead to the segment.
fn class_names(row: &Row) -> Html {
    let of = |kind: &str, names: &[String]| {
        html! {
            <>
            if names.is_empty() { <div class="dim">{ "no " }{ kind }</div> }
            { for names.iter().map(|name| html! { <div class="mono class-name" title={format!("{kind} {name}")}>{ name }</div> }) }
            </>
        }
    };
    html! { <>{ of("GatewayClass", &row.gateway_classes) }{ of("IngressClass", &row.ingress_classes) }</> }
}

/// The cells of a segment that something refers to and that is not here.
fn undefined_row(row: &Row) -> Html {
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
                    <span class="mark is-error">{ Icon::Error.svg() }<span>{ "not defined" }</span></span>
                }
                <button type="button" class="small" onclick={define}>
                    { Icon::Plus.svg() }{ "Define " }{ &row.name }
                </button>
                <span class="dim referred">{ "referred to by " }{ referred }</span>
            </div>
        </td>
    }
}
