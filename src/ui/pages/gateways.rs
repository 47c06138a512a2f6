//! The place `Gateways`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Gateways() -> Html {
    html! { <h2>{ "Gateways" }</h2> }
}
