//! Landings: where every Service port and host lands, the fall-backs on top, each with its chain.

use akoplan::segment::short_name;
use akoplan::view::landing::LandingState;
use akoplan::view::landings::{Filter, LandingRow, STATES, Table, row};
use yew::prelude::*;

use crate::ui::computed::{Project, use_computed, use_gradually};
use crate::ui::object_findings::form_route;
use crate::ui::object_landings::{chain, crash_notice};
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button};
use crate::ui::route::{Route, Section, address_text, use_route};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::field::{SelectField, TextField};
use crate::ui::widgets::landing_view::landing_mark;
use crate::ui::widgets::words::sentence;

/// The place.
#[component]
pub fn Landings() -> Html {
    let store = use_store();
    let route = use_route();
    let filter = use_state(Filter::default);
    let limit = use_state(|| ROWS);
    let table = use_memo(store.analysis.clone(), |analysis| Table::of(analysis));
    let shown = use_computed(&store, (Project::of(&store), (*filter).clone()), {
        let table = table.clone();
        |(it, filter)| async move { table.searching(&it.workspace, &it.analysis, &filter).await }
    });
    let shown = shown.latest().cloned().unwrap_or_default();
    let drawn = use_gradually(shown.len().min(*limit), ROWS_AT_ONCE);
    let of_row = |index: &usize| table_row(&store, *index, route.item.as_deref());
    html! {
        <>
            <header class="place-head"><h2>{ "Landings" }</h2></header>
            { crash_notice(&store) }
            if table.order.is_empty() {
                <div class="empty">
                    <p>{ "Nothing lands yet. Each port of a Service and each host of an Ingress or HTTPRoute is a row here, with the network that its address comes from." }</p>
                    <a class="button primary" href={Route::with(Section::Services, "expose").hash()}>{ "Expose a service" }</a>
                </div>
            } else {
                { filter_fields(&store, &table, &filter) }
                <p class="dim" role="status">{ format!("{} of {}", shown.len(), table.order.len()) }</p>
                <div class="table-wrap"><table class="stack rows landings">
                    <thead><tr>
                        <th scope="col">{ "State" }</th><th scope="col">{ "What" }</th><th scope="col" class="extra">{ "Way" }</th>
                        <th scope="col">{ "Meant for" }</th><th scope="col">{ "Where it lands" }</th>
                    </tr></thead>
                    <tbody>{ for shown.iter().take(drawn).map(of_row) }</tbody>
                </table></div>
                { more_button(shown.len(), &limit) }
            }
        </>
    }
}

/// Words, state, segment.
fn filter_fields(store: &Store, table: &Table, filter: &UseStateHandle<Filter>) -> Html {
    let change = |change: fn(&mut Filter, String)| {
        let filter = filter.clone();
        Callback::from(move |text: String| {
            let mut next = (*filter).clone();
            change(&mut next, text);
            filter.set(next);
        })
    };
    let all = || (AttrValue::Static(""), AttrValue::Static("all"));
    let state =
        |(state, count): (LandingState, usize)| (state.word().into(), format!("{} ({count})", state.word()).into());
    let states = [all()].into_iter().chain(table.counts.iter().copied().map(state)).collect::<Vec<_>>();
    let segment = |name: String| {
        let short = AttrValue::from(short_name(store.workspace(), &name).to_owned());
        (AttrValue::from(name), short)
    };
    let segments = [all()].into_iter().chain(table.segments.iter().cloned().map(segment)).collect::<Vec<_>>();
    html! {
        <div class="form-row">
            <TextField id="landing-search" label="Search" value={filter.text.clone()} placeholder="words of any column"
                oninput={change(|filter, text| filter.text = text)} />
            <SelectField id="landing-state" label="State" value={filter.state.map_or("", LandingState::word)} options={states}
                onchange={change(|filter, word| filter.state = STATES.into_iter().find(|state| state.word() == word))} />
            <SelectField id="landing-segment" label="Segment" value={filter.segment.clone().unwrap_or_default()} options={segments}
                onchange={change(|filter, name| filter.segment = Some(name).filter(|name| !name.is_empty()))} />
        </div>
    }
}

/// A row, and below it the chain where it is open.
fn table_row(store: &Store, index: usize, current: Option<&str>) -> Html {
    let Some(row) = row(store.workspace(), &store.analysis, index) else { return html! {} };
    let id = format!("{};{}", address_text(&row.address), row.path);
    let open = current == Some(id.as_str());
    let route = if open { Route::to(Section::Landings) } else { Route::with(Section::Landings, id) };
    let href = route.hash();
    let onclick = Callback::from(move |event: MouseEvent| {
        // The link in the row goes there by itself.
        event.prevent_default();
        route.go();
    });
    html! {
        <>
            <tr key={format!("row-{index}")} class={open.then_some("selected")} {onclick}>
                <td data-label="State">{ landing_mark(row.state) }</td>
                <th scope="row"><a class="mono" {href} aria-expanded={open.to_string()}>{ &row.subject }</a></th>
                <td data-label="Way" class="extra">{ row.way }</td>
                <td data-label="Meant for">{ if row.intended.is_empty() { "–" } else { &row.intended } }</td>
                <td data-label="Lands">
                    if row.state.is_somewhere() { <span class="dim">{ "→ " }</span> }
                    { sentence(&row.text) }
                </td>
            </tr>
            if open { { opened(store, &row) } }
        </>
    }
}

/// The hops of the row above, and the way to the object's form.
fn opened(store: &Store, row: &LandingRow) -> Html {
    let workspace = store.workspace();
    let Some(landing) = store.analysis.prediction.landings.get(row.index) else { return html! {} };
    let form = form_route(workspace, &row.address);
    html! {
        <tr class="row-chain" key={format!("chain-{}", row.index)}>
            <td colspan="5"><div class="traces">
                { chain(workspace, landing) }
                if let Some(form) = form { <a href={form.hash()}>{ format!("Open {}", landing.subject.object) }</a> }
            </div></td>
        </tr>
    }
}
