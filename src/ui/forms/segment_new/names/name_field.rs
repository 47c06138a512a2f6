//! A name that follows its template until it is changed.

use yew::prelude::*;

use crate::ui::widgets::field::TextField;

/// Properties of [`NameField`].
#[derive(PartialEq, Properties)]
pub struct NameFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The label is spoken but not shown.
    #[prop_or_default]
    pub hide_label: bool,
    /// The name, by template or its own.
    pub value: AttrValue,
    /// Its own name; empty: by template.
    pub oninput: Callback<String>,
}

/// The field; emptied, it stays empty until it is left, then the template's name is back.
#[component]
pub fn NameField(props: &NameFieldProps) -> Html {
    let is_emptied = use_state(|| false);
    let oninput = {
        let (is_emptied, oninput) = (is_emptied.setter(), props.oninput.clone());
        Callback::from(move |text: String| {
            is_emptied.set(text.is_empty());
            oninput.emit(text);
        })
    };
    let onleave = {
        let is_emptied = is_emptied.setter();
        Callback::from(move |()| is_emptied.set(false))
    };
    let value = if *is_emptied { AttrValue::default() } else { props.value.clone() };
    html! {
        <TextField id={props.id.clone()} label={props.label.clone()} hide_label={props.hide_label} {value} mono=true {oninput} {onleave} />
    }
}
