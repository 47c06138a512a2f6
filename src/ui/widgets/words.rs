//! A sentence in which names stand in backticks.

use yew::prelude::*;

/// Properties of [`Words`].
#[derive(PartialEq, Properties)]
pub struct WordsProps {
    /// The sentence.
    pub text: AttrValue,
}

/// The sentence with its names in `code`.
#[component]
pub fn Words(props: &WordsProps) -> Html {
    html! {
        { for props.text.split('`').enumerate().map(|(at, part)| match at % 2 {
            0 => html! { { part } },
            _ => html! { <code>{ part }</code> },
        }) }
    }
}
