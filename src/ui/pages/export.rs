//! The place `Export`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Export() -> Html {
    html! { <h2>{ "Export" }</h2> }
}
