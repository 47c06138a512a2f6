//! The table of Gateways.

use akoplan::view::gateways::GatewayRow;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button, open, row_id, use_reveal};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::{severity_mark, state_mark};
use crate::ui::widgets::landing_view::landing_lines;

/// Properties of [`GatewayTable`].
#[derive(PartialEq, Properties)]
pub struct GatewayTableProps {
    /// All rows.
    pub rows: Shared<Vec<GatewayRow>>,
    /// The places of those to show.
    pub shown: Shared<Vec<usize>>,
    /// The one whose form is open.
    pub current: Option<Address>,
    /// Low, as a form stands below.
    pub compact: bool,
}

/// The table.
#[component]
pub fn GatewayTable(props: &GatewayTableProps) -> Html {
    let limit = use_state(|| ROWS);
    let drawn = use_gradually(props.shown.len().min(*limit), ROWS_AT_ONCE);
    html! {
        <>
            <div class={classes!("table-wrap", props.compact.then_some("table-compact"))}><table class="stack rows">
                <thead><tr>
                    <th scope="col">{ "Namespace" }</th><th scope="col">{ "Name" }</th><th scope="col" class="extra">{ "Class" }</th>
                    <th scope="col" class="extra">{ "Segment" }</th><th scope="col">{ "Listeners" }</th>
                    <th scope="col">{ "Lands" }</th><th scope="col">{ "State" }</th>
                </tr></thead>
                <tbody>
                    { for props.shown.iter().take(drawn).filter_map(|at| props.rows.get(*at)).map(|row| html! {
                        <Row key={row_id(&row.address)} row={row.clone()} selected={props.current.as_ref() == Some(&row.address)} />
                    }) }
                </tbody>
            </table></div>
            { more_button(props.shown.len(), &limit) }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct RowProps {
    row: GatewayRow,
    selected: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let row = &props.row;
    use_reveal(&row.address, props.selected);
    let route = Route::object(Section::Gateways, &row.address);
    let name = if row.name.is_empty() { "(no name)" } else { &row.name };
    html! {
        <tr class={props.selected.then_some("selected")} onclick={open(Section::Gateways, &row.address)}>
            <td data-label="Namespace" class="mono">{ &row.namespace }</td>
            <th scope="row"><a id={row_id(&row.address)} class="mono" href={route.hash()} aria-current={props.selected.then_some("true")}>{ name.to_owned() }</a>
                if !row.api.is_empty() { <span class="tag">{ row.api }</span> }
            </th>
            <td data-label="Class" class="mono extra">{ &row.class }</td>
            <td data-label="Segment" class="extra">{ &row.reach }</td>
            <td data-label="Listeners">{ listener_count(row.listeners, row.served) }</td>
            <td data-label="Lands">
                { landing_lines(&Vec::from_iter(row.landing.clone())) }
                if !row.addresses.is_empty() { <span class="mono dim extra">{ row.addresses.join(", ") }</span> }
            </td>
            <td data-label="State">{ state_mark(row.worst, "good") }</td>
        </tr>
    }
}

/// How many there are, and how many of them nobody serves.
fn listener_count(listeners: usize, served: usize) -> Html {
    let open = listeners - served;
    html! {
        <>
            { listeners }
            if open > 0 { <span class="unserved">{ severity_mark(akoplan::diagnostic::Severity::Warning, false) }{ format!("{open} unserved") }</span> }
        </>
    }
}
