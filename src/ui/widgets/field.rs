//! Form fields: a label, the control, a sentence of help, and what is wrong with it.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::typing::use_typed;
use super::words::sentence;

/// Properties of [`TextField`].
#[derive(PartialEq, Properties)]
pub struct TextFieldProps {
    /// Id of the control, unique on the page.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// What stands in it.
    pub value: AttrValue,
    /// Help: a sentence that names the field.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong, one sentence each.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// What to choose from; free entry is always allowed.
    #[prop_or_default]
    pub options: Vec<AttrValue>,
    /// Example in the empty field.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Names and addresses are monospaced.
    #[prop_or_default]
    pub mono: bool,
    /// Narrow, for ports.
    #[prop_or_default]
    pub narrow: bool,
    /// The label is spoken but not shown: in tables, whose head says it.
    #[prop_or_default]
    pub hide_label: bool,
    /// Each change, as one types.
    pub oninput: Callback<String>,
    /// The field is left.
    #[prop_or_default]
    pub onleave: Callback<()>,
    /// Enter was pressed.
    #[prop_or_default]
    pub onenter: Option<Callback<()>>,
}

/// A line of text. Problems are shown once the field has been left, so nobody is corrected mid-word.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let typing = use_state(|| false);
    let (value, typed) = use_typed(&props.value);
    let oninput = {
        let (typing, typed, oninput) = (typing.setter(), typed.clone(), props.oninput.clone());
        Callback::from(move |event: InputEvent| {
            typing.set(true);
            typed.emit(event.target_unchecked_into::<HtmlInputElement>().value(), &oninput);
        })
    };
    let onblur = {
        let (typing, typed, onleave) = (typing.setter(), typed.clone(), props.onleave.clone());
        Callback::from(move |_: FocusEvent| {
            typing.set(false);
            typed.forget();
            onleave.emit(());
        })
    };
    let onkeydown = props.onenter.clone().map(|onenter| {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                typed.forget();
                onenter.emit(());
            }
        })
    });
    let problems: &[AttrValue] = if *typing { &[] } else { &props.problems };
    let list = (!props.options.is_empty()).then(|| format!("{}-options", props.id));
    html! {
        <div class={classes!("field", props.narrow.then_some("field-narrow"))}>
            <label for={props.id.clone()} class={props.hide_label.then_some("visually-hidden")}>{ &props.label }</label>
            <input id={props.id.clone()} class={props.mono.then_some("mono")} type="text" {value}
                placeholder={props.placeholder.clone()} list={list.clone()} autocomplete="off" spellcheck="false" autocapitalize="off"
                aria-describedby={described_by(&props.id, !props.help.is_empty(), !problems.is_empty())}
                aria-invalid={(!problems.is_empty()).then_some("true")} {oninput} {onblur} {onkeydown} />
            if let Some(list) = list {
                <datalist id={list}>{ for props.options.iter().map(|option| html! { <option value={option.clone()} /> }) }</datalist>
            }
            { notes_below(&props.id, &props.help, problems) }
        </div>
    }
}

/// Properties of [`CheckField`].
#[derive(PartialEq, Properties)]
pub struct CheckFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Whether it is on.
    pub checked: bool,
    /// Help.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// A change.
    pub onchange: Callback<bool>,
}

/// A yes or no.
#[component]
pub fn CheckField(props: &CheckFieldProps) -> Html {
    let onchange = {
        let onchange = props.onchange.clone();
        Callback::from(move |event: Event| onchange.emit(event.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    html! {
        <div class="field field-check">
            <span class="check">
                <input id={props.id.clone()} type="checkbox" checked={props.checked} {onchange}
                    aria-describedby={described_by(&props.id, !props.help.is_empty(), !props.problems.is_empty())} />
                <label for={props.id.clone()}>{ &props.label }</label>
            </span>
            { notes_below(&props.id, &props.help, &props.problems) }
        </div>
    }
}

/// Properties of [`SelectField`].
#[derive(PartialEq, Properties)]
pub struct SelectFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The chosen value.
    pub value: AttrValue,
    /// Values with the words for them.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Help.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// The label is spoken but not shown.
    #[prop_or_default]
    pub hide_label: bool,
    /// A choice.
    pub onchange: Callback<String>,
}

/// One of several; a value that is not among them is kept and shown as it is.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let onchange = {
        let onchange = props.onchange.clone();
        Callback::from(move |event: Event| onchange.emit(event.target_unchecked_into::<HtmlSelectElement>().value()))
    };
    let foreign = !props.options.iter().any(|(value, _)| *value == props.value);
    html! {
        <div class="field">
            <label for={props.id.clone()} class={props.hide_label.then_some("visually-hidden")}>{ &props.label }</label>
            <select id={props.id.clone()} {onchange}
                aria-describedby={described_by(&props.id, !props.help.is_empty(), !props.problems.is_empty())}>
                if foreign { <option value={props.value.clone()} selected=true>{ &props.value }</option> }
                { for props.options.iter().map(|(value, words)| html! {
                    <option value={value.clone()} selected={*value == props.value}>{ words }</option>
                }) }
            </select>
            { notes_below(&props.id, &props.help, &props.problems) }
        </div>
    }
}

fn described_by(id: &str, help: bool, problems: bool) -> Option<String> {
    match (help, problems) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-help")),
        (false, true) => Some(format!("{id}-problems")),
        (true, true) => Some(format!("{id}-problems {id}-help")),
    }
}

/// What stands under a control.
fn notes_below(id: &str, help: &str, problems: &[AttrValue]) -> Html {
    html! {
        <>
            if !problems.is_empty() {
                <ul id={format!("{id}-problems")} class="field-problems">
                    { for problems.iter().map(|problem| html! { <li>{ sentence(problem) }</li> }) }
                </ul>
            }
            if !help.is_empty() { <p id={format!("{id}-help")} class="help">{ sentence(help) }</p> }
        </>
    }
}
