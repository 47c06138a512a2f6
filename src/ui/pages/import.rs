//! The place `Import`.

use yew::prelude::*;

/// The place.
#[component]
pub fn Import() -> Html {
    html! { <h2>{ "Import" }</h2> }
}
