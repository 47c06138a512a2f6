//! What the places with a table and a form have in common.

use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::forms::bound::field_id;
use crate::ui::route::{Route, Section};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;

/// Id of the link in an object's row: the focus comes back to it.
pub fn row_id(at: &Address) -> String {
    field_id(at, "row")
}

/// Goes to an object's form when its row is clicked.
pub fn open(section: Section, at: &Address) -> Callback<MouseEvent> {
    let route = Route::object(section, at);
    Callback::from(move |_: MouseEvent| route.go())
}

/// Brings the row of the open form into view: the table above it is low.
#[hook]
pub fn use_reveal(at: &Address, selected: bool) {
    use_effect_with((row_id(at), selected), |(id, selected)| {
        if *selected {
            browser::reveal(id);
        }
    });
}

/// Closes the form; the focus goes back to the row, or to the button that opened it.
#[hook]
pub fn use_close(section: Section, at: Option<&Address>, opener: &'static str) -> Callback<()> {
    let back = at.map_or_else(|| opener.to_owned(), |at| format!("#{}", row_id(at)));
    use_callback((section, back), |(), (section, back)| {
        Route::to(*section).go();
        browser::focus_later(back);
    })
}

/// The filter above a table; a short table needs none.
pub fn filter_line(id: &str, of: usize, shown: usize, search: &str, onsearch: &Callback<String>) -> Html {
    if of < 5 {
        return html! {};
    }
    html! {
        <div class="filter">
            <TextField id={id.to_owned()} label="Filter" hide_label=true value={search.to_owned()} placeholder="Filter: words of any column" oninput={onsearch.clone()} />
            <span class="dim" role="status">{ format!("{shown} of {of}") }</span>
        </div>
    }
}

/// The way to the migrations, in the head of a place.
pub fn migrate_link() -> Html {
    html! { <a class="button" href={Route::to(Section::Migrate).hash()}>{ Icon::Migrate.svg() }{ "Migrate" }</a> }
}

/// How many rows are drawn at first, and more at a time: browsers lay a table out as a whole at each change of it.
pub const ROWS: usize = 50;

/// So many of them are drawn before the browser may do something else.
pub const ROWS_AT_ONCE: usize = 25;

/// The button below a long table.
pub fn more_button(count: usize, limit: &UseStateHandle<usize>) -> Html {
    if count <= **limit {
        return html! {};
    }
    let onclick = {
        let limit = limit.clone();
        Callback::from(move |_: MouseEvent| limit.set(*limit + ROWS))
    };
    html! { <button type="button" {onclick}>{ format!("Show more: {} of {count} are shown", **limit) }</button> }
}
