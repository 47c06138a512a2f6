//! The place `Overview`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Overview() -> Html {
    html! { <h2>{ "Overview" }</h2> }
}
