//! A line that adds to a list: Enter adds what is typed, a paste of several lines adds them all.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement};
use yew::prelude::*;

use super::icon::Icon;
use super::typing::use_typed;
use super::words::sentence;

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
    let input = use_node_ref();
    let (value, typed) = use_typed(&props.value);
    let oninput = {
        let (typed, oninput) = (typed.clone(), props.oninput.clone());
        Callback::from(move |event: InputEvent| {
            typed.emit(event.target_unchecked_into::<HtmlInputElement>().value(), &oninput);
        })
    };
    let add = {
        let (onadd, input) = (props.onadd.clone(), input.clone());
        move || {
            // The field itself knows the last letter; the properties may be older.
            let text = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            if !text.trim().is_empty() {
                typed.forget();
                onadd.emit(text);
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
                <input ref={input} id={props.id.clone()} class="mono" type="text" {value} placeholder={props.placeholder.clone()}
                    autocomplete="off" spellcheck="false" autocapitalize="off" aria-invalid={wrong.then_some("true")}
                    aria-describedby={if wrong { format!("{problem} {help}") } else { help.clone() }} {oninput} {onkeydown} {onpaste} />
                <button type="button" {onclick}>{ Icon::Plus.svg() }{ "Add" }</button>
            </span>
            if wrong { <ul id={problem} class="field-problems"><li role="alert">{ sentence(&props.problem) }</li></ul> }
            <p id={help} class="help">{ sentence(&props.help) }</p>
        </div>
    }
}
