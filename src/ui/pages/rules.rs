//! The place `Rules`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Rules() -> Html {
    html! { <h2>{ "Rules" }</h2> }
}
