//! The ways out to choose from, each with what it is for.

use akoplan::export::layout::Layout;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::widgets::words::sentence;

/// All layouts; the one in hand stands in the address.
pub fn choices(chosen: Layout) -> Html {
    html! {
        <fieldset class="layouts">
            <legend>{ "What to take along" }</legend>
            { for Layout::ALL.into_iter().map(|layout| line(layout, layout == chosen)) }
        </fieldset>
    }
}

fn line(layout: Layout, is_chosen: bool) -> Html {
    let about = layout.about();
    let id = format!("layout-{}", about.id);
    let purpose_id = format!("{id}-purpose");
    let onchange = Callback::from(move |_: Event| Route::with(Section::Export, layout.about().id).go());
    html! {
        <div class={classes!("layout", is_chosen.then_some("layout-chosen"))}>
            <input type="radio" id={id.clone()} name="layout" checked={is_chosen} aria-describedby={purpose_id.clone()} {onchange} />
            <label for={id}>{ about.title }</label>
            <p id={purpose_id} class="help">{ sentence(about.purpose) }</p>
        </div>
    }
}
