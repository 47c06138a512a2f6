//! The place `Settings`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Settings() -> Html {
    html! { <h2>{ "Settings" }</h2> }
}
