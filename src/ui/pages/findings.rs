//! The place `Findings`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Findings() -> Html {
    html! { <h2>{ "Findings" }</h2> }
}
