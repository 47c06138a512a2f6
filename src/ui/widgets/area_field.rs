//! Several lines of text with a label, help and what is wrong.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::typing::use_typed;
use super::words::sentence;

/// Properties of [`AreaField`].
#[derive(PartialEq, Properties)]
pub struct AreaFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// Help.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Example in the empty field.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Lines shown.
    #[prop_or(3)]
    pub rows: u32,
    /// Each change.
    pub oninput: Callback<String>,
}

/// The text.
#[component]
pub fn AreaField(props: &AreaFieldProps) -> Html {
    let (value, typed) = use_typed(&props.value);
    let onblur = {
        let typed = typed.clone();
        Callback::from(move |_: FocusEvent| typed.forget())
    };
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            typed.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value(), &oninput);
        })
    };
    let wrong = !props.problems.is_empty();
    let (help, problems) = (format!("{}-help", props.id), format!("{}-problems", props.id));
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ &props.label }</label>
            <textarea id={props.id.clone()} rows={props.rows.to_string()} {value} placeholder={props.placeholder.clone()}
                spellcheck="false" autocomplete="off" autocapitalize="off" aria-invalid={wrong.then_some("true")}
                aria-describedby={if wrong { format!("{problems} {help}") } else { help.clone() }} {oninput} {onblur} />
            if wrong {
                <ul id={problems} class="field-problems">{ for props.problems.iter().map(|problem| html! { <li>{ sentence(problem) }</li> }) }</ul>
            }
            <p id={help} class="help">{ sentence(&props.help) }</p>
        </div>
    }
}
