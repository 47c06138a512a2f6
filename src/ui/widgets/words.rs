//! A sentence in which names stand in backticks.

use yew::prelude::*;

/// The sentence with its names in `code`.
pub fn sentence(text: &str) -> Html {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => Html::from(part),
        _ => html! { <code>{ part }</code> },
    });
    parts.collect()
}
