//! A button that copies a text and says so.

use yew::prelude::*;

use super::icon::Icon;
use crate::ui::browser;

/// Properties of [`CopyButton`].
#[derive(PartialEq, Properties)]
pub struct CopyButtonProps {
    /// What is copied.
    pub text: AttrValue,
    /// What it is, for the button's name.
    pub what: AttrValue,
}

/// The button; its word changes for a moment once the text is on the clipboard.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let state = use_state(|| "Copy");
    let onclick = {
        let state = state.clone();
        let text = props.text.clone();
        Callback::from(move |_: MouseEvent| {
            let state = state.clone();
            browser::copy(&text, move |worked| {
                state.set(if worked { "Copied" } else { "Not copied" });
                gloo::timers::callback::Timeout::new(2000, move || state.set("Copy")).forget();
            });
        })
    };
    html! {
        <button type="button" class="small" aria-label={format!("{} {}", *state, props.what)} {onclick}>
            { Icon::Copy.svg() }{ *state }
        </button>
    }
}
