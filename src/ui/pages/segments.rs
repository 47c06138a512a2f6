//! The place `Segments`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Segments() -> Html {
    html! { <h2>{ "Segments" }</h2> }
}
