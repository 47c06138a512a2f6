//! A choice among what exists, with words on each, that also takes what is not in the list.

use yew::prelude::*;

use super::field::{SelectField, TextField};

/// The option that leads to free entry; no name in Kubernetes looks like this.
const OTHER: &str = "\u{2026}";

/// Properties of [`ChoiceField`].
#[derive(PartialEq, Properties)]
pub struct ChoiceFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The value.
    pub value: AttrValue,
    /// Values with the words for them.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The words for no value; none: there must be one.
    #[prop_or_default]
    pub none: AttrValue,
    /// Help.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// The label is spoken but not shown.
    #[prop_or_default]
    pub hide_label: bool,
    /// A choice, or each change of the text.
    pub onchange: Callback<String>,
    /// The text is left.
    #[prop_or_default]
    pub onleave: Callback<()>,
    /// Enter was pressed in the text.
    #[prop_or_default]
    pub onenter: Option<Callback<()>>,
}

/// A list while the value is in it, a line of text otherwise.
#[component]
pub fn ChoiceField(props: &ChoiceFieldProps) -> Html {
    let free = use_state(|| false);
    let back = {
        let free = free.setter();
        Callback::from(move |_: MouseEvent| free.set(false))
    };
    if *free || props.options.is_empty() {
        return html! {
            <div class="choice">
                <TextField id={props.id.clone()} label={props.label.clone()} value={props.value.clone()} mono=true
                    help={props.help.clone()} problems={props.problems.clone()} hide_label={props.hide_label}
                    oninput={props.onchange.clone()} onleave={props.onleave.clone()} onenter={props.onenter.clone()} />
                if !props.options.is_empty() {
                    <button type="button" class="small quiet" onclick={back}>{ "Choose from the list" }</button>
                }
            </div>
        };
    }
    let onchange = {
        let (free, onchange, id) = (free.setter(), props.onchange.clone(), props.id.clone());
        Callback::from(move |value: String| {
            if value == OTHER {
                free.set(true);
                crate::ui::browser::focus_later(&format!("#{id}"));
            } else {
                onchange.emit(value);
            }
        })
    };
    let mut options = props.options.clone();
    let none = if props.none.is_empty() { AttrValue::Static("choose one") } else { props.none.clone() };
    if !props.none.is_empty() || props.value.is_empty() {
        options.insert(0, (AttrValue::Static(""), none));
    }
    options.push((AttrValue::Static(OTHER), AttrValue::Static("another…")));
    html! {
        <SelectField id={props.id.clone()} label={props.label.clone()} value={props.value.clone()} {options}
            help={props.help.clone()} problems={props.problems.clone()} hide_label={props.hide_label} {onchange} />
    }
}
