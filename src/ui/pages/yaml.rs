//! The place `Yaml`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Yaml() -> Html {
    html! { <h2>{ "Yaml" }</h2> }
}
