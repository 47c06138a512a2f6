//! The table of Services.

use akoplan::view::services::ServiceRow;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button, open, row_id, use_reveal};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::state_mark;
use crate::ui::widgets::landing_view::landing_lines;

/// Properties of [`ServiceTable`].
#[derive(PartialEq, Properties)]
pub struct ServiceTableProps {
    /// All rows.
    pub rows: Shared<Vec<ServiceRow>>,
    /// The places of those to show.
    pub shown: Shared<Vec<usize>>,
    /// The one whose form is open.
    pub current: Option<Address>,
    /// Low, as a form stands below.
    pub compact: bool,
}

/// The table.
#[component]
pub fn ServiceTable(props: &ServiceTableProps) -> Html {
    let limit = use_state(|| ROWS);
    let drawn = use_gradually(props.shown.len().min(*limit), ROWS_AT_ONCE);
    html! {
        <>
            <div class={classes!("table-wrap", props.compact.then_some("table-compact"))}><table class="stack rows">
                <thead><tr>
                    <th scope="col">{ "Namespace" }</th><th scope="col">{ "Name" }</th><th scope="col" class="extra">{ "Type" }</th><th scope="col">{ "Ports" }</th>
                    <th scope="col" class="extra">{ "Exposed by" }</th><th scope="col">{ "Lands" }</th><th scope="col">{ "State" }</th>
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
    row: ServiceRow,
    selected: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let row = &props.row;
    use_reveal(&row.address, props.selected);
    let route = Route::object(Section::Services, &row.address);
    let name = if row.name.is_empty() { "(no name)" } else { &row.name };
    let ways = if row.ways.is_empty() { "–".to_owned() } else { row.ways.join(", ") };
    html! {
        <tr class={props.selected.then_some("selected")} onclick={open(Section::Services, &row.address)}>
            <td data-label="Namespace" class="mono">{ &row.namespace }</td>
            <th scope="row"><a id={row_id(&row.address)} class="mono" href={route.hash()} aria-current={props.selected.then_some("true")}>{ name.to_owned() }</a></th>
            <td data-label="Type" class="extra">{ &row.service_type }</td>
            <td data-label="Ports" class="mono">{ &row.ports }</td>
            <td data-label="Exposed by" class="extra">{ ways }</td>
            <td data-label="Lands">{ landing_lines(&row.landings) }</td>
            <td data-label="State">{ state_mark(row.worst, "good") }</td>
        </tr>
    }
}
