//! A text pasted.

use akoplan::import;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::take_in;
use crate::ui::store::{use_dispatch, use_store};

/// A text pasted.
#[component]
pub fn Paste() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let text = use_state(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let onsubmit = {
        let text = text.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !text.trim().is_empty() {
                take_in(&dispatch, store.workspace(), import::pasted(store.workspace(), &text));
                text.set(String::new());
            }
        })
    };
    html! {
        <form class="form card" {onsubmit}>
            <div class="field">
                <label for="import-text">{ "Paste" }</label>
                <textarea id="import-text" class="import-text" rows="12" spellcheck="false" autocomplete="off"
                    value={(*text).clone()} {oninput} aria-describedby="import-text-help" />
                <p class="help" id="import-text-help">{ "For instance the output of kubectl get -o yaml, or of helm template." }</p>
            </div>
            <div class="actions"><button type="submit" class="primary" disabled={text.trim().is_empty()}>{ "Import the text" }</button></div>
        </form>
    }
}
