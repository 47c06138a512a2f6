//! The table of Ingresses.

use akoplan::view::ingresses::IngressRow;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button, open, row_id, use_reveal};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::widgets::badge::state_mark;
use crate::ui::widgets::landing_view::landing_lines;

/// Properties of [`IngressTable`].
#[derive(PartialEq, Properties)]
pub struct IngressTableProps {
    /// All rows.
    pub rows: Shared<Vec<IngressRow>>,
    /// The places of those to show.
    pub shown: Shared<Vec<usize>>,
    /// The one whose form is open.
    pub current: Option<Address>,
    /// Low, as a form stands below.
    pub compact: bool,
}

/// The table.
#[component]
pub fn IngressTable(props: &IngressTableProps) -> Html {
    let limit = use_state(|| ROWS);
    let drawn = use_gradually(props.shown.len().min(*limit), ROWS_AT_ONCE);
    html! {
        <>
            <div class={classes!("table-wrap", props.compact.then_some("table-compact"))}><table class="stack rows">
                <thead><tr>
                    <th scope="col">{ "Namespace" }</th><th scope="col">{ "Name" }</th><th scope="col" class="extra">{ "Class or Gateway" }</th><th scope="col" class="spare">{ "Segment" }</th>
                    <th scope="col">{ "Hosts" }</th><th scope="col">{ "Lands" }</th><th scope="col">{ "State" }</th>
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
    row: IngressRow,
    selected: bool,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let row = &props.row;
    use_reveal(&row.address, props.selected);
    let route = Route::object(Section::Ingresses, &row.address);
    let name = if row.name.is_empty() { "(no name)" } else { &row.name };
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    html! {
        <tr class={props.selected.then_some("selected")} onclick={open(Section::Ingresses, &row.address)}>
            <td data-label="Namespace" class="mono">{ &row.namespace }</td>
            <th scope="row"><a id={row_id(&row.address)} class="mono" href={route.hash()} aria-current={props.selected.then_some("true")}>{ name.to_owned() }</a>
                if row.kind != "Ingress" { <span class="tag">{ row.kind }</span> }
            </th>
            <td data-label="Class" class="mono extra">{ or_dash(row.class.clone()) }</td>
            <td data-label="Segment" class="spare">{ or_dash(row.reach.clone()) }</td>
            <td data-label="Hosts" class="mono">{ or_dash(row.hosts.join(", ")) }</td>
            <td data-label="Lands">{ landing_lines(&row.landings) }</td>
            <td data-label="State">{ state_mark(row.worst, "good") }</td>
        </tr>
    }
}
