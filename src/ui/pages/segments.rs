//! The place `Segments`: all segments in a table, the form of the one in hand below it.

mod empty;
mod table;

use akoplan::segment::{self, Row};
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::{Project, computing, use_computed, use_gradually};
use crate::ui::draft::{Change, use_draft};
use crate::ui::forms::segment_edit::SegmentEdit;
use crate::ui::forms::segment_new::{NewSegment, NewSegmentState};
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, migrate_link};
use crate::ui::route::{Route, Section, address_text, use_route};
use crate::ui::store::use_store;
use crate::ui::widgets::icon::Icon;
use empty::empty_place;
use table::segment_table;

/// Item of the route for a new segment; `new/NAME` defines the setting of that name.
const NEW: &str = "new";

/// The place.
#[component]
pub fn Segments() -> Html {
    let store = use_store();
    let route = use_route();
    let rows = use_computed(&store, Project::of(&store), |it| async move {
        segment::rows_in_steps(&it.workspace, &it.analysis).await
    });
    let is_computing = rows.latest().is_none();
    let rows = rows.latest().cloned().unwrap_or_default();
    let limit = use_state(|| ROWS);
    let drawn = use_gradually(rows.len().min(*limit), ROWS_AT_ONCE);
    use_focus_back(&route, &rows);
    let item = route.item.clone().unwrap_or_default();
    let onkeydown = {
        let is_open = route.item.is_some();
        Callback::from(move |event: KeyboardEvent| {
            if is_open && event.key() == "Escape" && !event.default_prevented() {
                Route::to(Section::Segments).go();
            }
        })
    };
    html! {
        <div class="segments" {onkeydown}>
            <div class="place-head">
                <h2>{ "Segments" }</h2>
                <button id="new-segment" type="button" class="primary" onclick={go(Route::with(Section::Segments, NEW))}>
                    { Icon::Plus.svg() }{ "New segment" }
                </button>
                { migrate_link() }
            </div>
            if is_computing { { computing() } }
            else if rows.is_empty() && item.is_empty() { { empty_place() } }
            if !rows.is_empty() { { segment_table(&rows, &item, drawn, &limit) } }
            <InHand {item} />
        </div>
    }
}

/// The route's item of the form that defines a setting.
fn define(setting: &str) -> Route {
    Route::with(Section::Segments, format!("{NEW}/{setting}"))
}

fn go(route: Route) -> Callback<MouseEvent> {
    Callback::from(move |_: MouseEvent| route.go())
}

/// When a form closes, the focus goes back to where it was opened.
#[hook]
fn use_focus_back(route: &Route, rows: &[Row]) {
    let before = use_mut_ref(|| None::<String>);
    let ids: Vec<(String, String)> = rows.iter().map(|row| (item_of(row), row_id(row))).collect();
    use_effect_with(route.item.clone(), move |item| {
        let closed = before.replace(item.clone()).filter(|_| item.is_none());
        if let Some(closed) = closed {
            let row = ids.into_iter().find(|(item, _)| *item == closed).map(|(_, id)| id);
            browser::focus_later(&format!("#{}", row.unwrap_or_else(|| "new-segment".to_owned())));
        }
    });
}

/// The route's item that a row opens.
fn item_of(row: &Row) -> String {
    row.address.as_ref().map_or_else(|| format!("{NEW}/{}", row.setting), address_text)
}

/// Id of the link in a row.
fn row_id(row: &Row) -> String {
    let safe = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("segment-{}", row.setting.chars().map(safe).collect::<String>())
}

#[derive(PartialEq, Properties)]
struct InHandProps {
    item: String,
}

/// The form of what is in hand.
#[component]
fn InHand(props: &InHandProps) -> Html {
    let store = use_store();
    // Kept here, so that leaving the form and coming back finds what was typed.
    let kept = use_draft(|| None::<(String, NewSegmentState)>);
    let item = props.item.as_str();
    if item.is_empty() {
        return html! {};
    }
    if let Some(setting) = new_setting(item) {
        let first = NewSegmentState::of(store.workspace(), setting);
        let current = {
            let (item, kept, first) = (item.to_owned(), kept.clone(), first.clone());
            Callback::from(move |()| of_item(kept.as_ref(), &item).unwrap_or_else(|| first.clone()))
        };
        let onchange = {
            let item = item.to_owned();
            kept.onchange().reform(move |change: Change<NewSegmentState>| {
                let (item, first) = (item.clone(), first.clone());
                Change::new(move |kept: &mut Option<(String, NewSegmentState)>| {
                    let mut state = of_item(kept.as_ref(), &item).unwrap_or(first);
                    change.make(&mut state);
                    *kept = Some((item, state));
                })
            })
        };
        let ondone = Callback::from(move |()| kept.set(None));
        return html! { <NewSegment key={item} state={current.emit(())} {current} {onchange} {ondone} /> };
    }
    match segment_at(store.workspace(), item) {
        Some(segment) => html! { <SegmentEdit key={item} {segment} /> },
        None => html! {
            <p class="empty" role="status">{ "There is no segment at this place any more. " }
                <a href={Route::to(Section::Segments).hash()}>{ "Back to all segments" }</a></p>
        },
    }
}

/// What was typed for an item.
fn of_item(kept: Option<&(String, NewSegmentState)>, item: &str) -> Option<NewSegmentState> {
    kept.filter(|(of, _)| of == item).map(|(_, state)| state.clone())
}

/// The setting's name in `new/NAME`, empty in `new`.
fn new_setting(item: &str) -> Option<&str> {
    item.strip_prefix(NEW)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .map(|rest| rest.trim_start_matches('/'))
}

fn segment_at(workspace: &Workspace, item: &str) -> Option<segment::Segment> {
    let address = Route::with(Section::Segments, item).address()?;
    segment::list(workspace).into_iter().find(|segment| segment.defined.as_ref() == Some(&address))
}
