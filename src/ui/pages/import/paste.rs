//! A text pasted.

use akoplan::text::SourceFile;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`Paste`].
#[derive(PartialEq, Properties)]
pub struct PasteProps {
    /// Takes the text, as a file without a name.
    pub take: Callback<Vec<SourceFile>>,
}

/// A text pasted.
#[component]
pub fn Paste(props: &PasteProps) -> Html {
    let text = use_state(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let onsubmit = {
        let (text, take) = (text.clone(), props.take.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !text.trim().is_empty() {
                take.emit(vec![SourceFile::new("", text.as_str())]);
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
