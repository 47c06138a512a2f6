//! The place `Ingresses`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Ingresses() -> Html {
    html! { <h2>{ "Ingresses" }</h2> }
}
