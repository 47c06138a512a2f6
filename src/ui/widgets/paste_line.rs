//! A line that adds to a list: Enter adds what is typed, a paste of several lines adds them all.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement};
use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::words::Words;

/// Properties of [`PasteLine`].
#[derive(PartialEq, Properties)]
pub struct PasteLineProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Example.
    pub placeholder: AttrValue,
    /// Help.
    pub help: AttrValue,
    /// What is typed and not yet added.
    pub value: AttrValue,
    /// What could not be added, in a sentence.
    #[prop_or_default]
    pub problem: AttrValue,
    /// Each change of what is typed.
    pub oninput: Callback<String>,
    /// The text to add.
    pub onadd: Callback<String>,
}

/// The line with its button.
#[component]
pub fn PasteLine(props: &PasteLineProps) -> Html {
    let oninput = props.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let add = {
        let (onadd, value) = (props.onadd.clone(), props.value.clone());
        move || {
            if !value.trim().is_empty() {
                onadd.emit(value.to_string());
            }
        }
    };
    let onkeydown = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                add();
            }
        })
    };
    let onclick = Callback::from(move |_: MouseEvent| add());
    let onpaste = {
        let onadd = props.onadd.clone();
        Callback::from(move |event: Event| {
            let text = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            let text = text.and_then(|data| data.get_data("text").ok()).unwrap_or_default();
            // An input would join the lines; one line is pasted as everywhere.
            if text.trim().contains('\n') {
                event.prevent_default();
                onadd.emit(text);
            }
        })
    };
    let (help, problem) = (format!("{}-help", props.id), format!("{}-problems", props.id));
    let wrong = !props.problem.is_empty();
    html! {
        <div class="field paste-line">
            <label for={props.id.clone()}>{ &props.label }</label>
            <span class="paste-line-row">
                <input id={props.id.clone()} class="mono" type="text" value={props.value.clone()} placeholder={props.placeholder.clone()}
                    autocomplete="off" spellcheck="false" autocapitalize="off" aria-invalid={wrong.then_some("true")}
                    aria-describedby={if wrong { format!("{problem} {help}") } else { help.clone() }} {oninput} {onkeydown} {onpaste} />
                <button type="button" {onclick}><Icon name={IconName::Plus} />{ "Add" }</button>
            </span>
            if wrong { <ul id={problem} class="field-problems"><li role="alert"><Words text={props.problem.clone()} /></li></ul> }
            <p id={help} class="help"><Words text={props.help.clone()} /></p>
        </div>
    }
}
