//! The place `Start`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Start() -> Html {
    html! { <h2>{ "Start" }</h2> }
}
