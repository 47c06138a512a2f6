//! The place `Services`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Services() -> Html {
    html! { <h2>{ "Services" }</h2> }
}
