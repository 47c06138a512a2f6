//! A second import, only to compare with: nothing of it comes into the project.

use akoplan::import;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::store::{Notice, use_dispatch};

/// Properties of [`SecondImport`].
#[derive(PartialEq, Properties)]
pub struct SecondImportProps {
    /// What was pasted or chosen.
    pub onfiles: Callback<Vec<SourceFile>>,
}

/// A text area and a file field.
#[component]
pub fn SecondImport(props: &SecondImportProps) -> Html {
    let dispatch = use_dispatch();
    let text = use_state(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let onsubmit = {
        let (text, onfiles) = (text.clone(), props.onfiles.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onfiles.emit(import::pasted(&Workspace::default(), &text));
        })
    };
    let onchange = {
        let onfiles = props.onfiles.clone();
        Callback::from(move |event: Event| {
            let Some(list) = event.target_unchecked_into::<HtmlInputElement>().files() else { return };
            let (onfiles, dispatch) = (onfiles.clone(), dispatch.clone());
            browser::read_files(browser::chosen_files(&list), move |incoming, mut skipped| {
                let read = import::read(incoming);
                skipped.extend(read.skipped);
                // What is missing counts as removed, so it must not be missing without a word.
                if let Some(first) = skipped.iter().find(|skipped| !skipped.why.is_usual()) {
                    dispatch.say(Notice::error(format!("Not compared: {}: {}", first.name, first.why)));
                }
                onfiles.emit(import::files(&Workspace::default(), read.files));
            });
        })
    };
    html! {
        <form class="form card" {onsubmit}>
            <div class="field">
                <label for="review-text">{ "Manifests" }</label>
                <textarea id="review-text" rows="6" spellcheck="false" autocomplete="off"
                    value={(*text).clone()} {oninput} aria-describedby="review-text-help" />
                <p class="help" id="review-text-help">{ "All of them, AKO's values.yaml included: what is missing counts as removed. The project stays as it is." }</p>
            </div>
            <div class="field">
                <label for="review-files">{ "Or files" }</label>
                <input id="review-files" type="file" multiple=true accept=".yaml,.yml,.json,.txt,.zip" {onchange} />
            </div>
            <div class="actions"><button type="submit" class="primary" disabled={text.trim().is_empty()}>{ "Compare" }</button></div>
        </form>
    }
}
