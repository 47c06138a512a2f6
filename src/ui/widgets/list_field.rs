//! A field that holds a list, written with commas between.

use yew::prelude::*;

use super::field::TextField;

/// Properties of [`ListField`].
#[derive(PartialEq, Properties)]
pub struct ListFieldProps {
    /// Id of the control.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The list.
    pub items: Vec<AttrValue>,
    /// Help.
    #[prop_or_default]
    pub help: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Example.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The label is spoken but not shown.
    #[prop_or_default]
    pub hide_label: bool,
    /// Each change.
    pub oninput: Callback<Vec<String>>,
    /// The field is left.
    #[prop_or_default]
    pub onleave: Callback<()>,
}

/// The list as a line of text. While one types, the line stays as typed, trailing comma and all.
#[component]
pub fn ListField(props: &ListFieldProps) -> Html {
    let typed = use_state(|| None::<String>);
    let items: Vec<&str> = props.items.iter().map(AttrValue::as_str).collect();
    let value = match &*typed {
        Some(text) if split(text) == items => text.clone(),
        _ => items.join(", "),
    };
    let oninput = {
        let (typed, oninput) = (typed.setter(), props.oninput.clone());
        Callback::from(move |text: String| {
            oninput.emit(split(&text).into_iter().map(str::to_owned).collect());
            typed.set(Some(text));
        })
    };
    let onleave = {
        let (typed, onleave) = (typed.setter(), props.onleave.clone());
        Callback::from(move |()| {
            typed.set(None);
            onleave.emit(());
        })
    };
    html! {
        <TextField id={props.id.clone()} label={props.label.clone()} {value} help={props.help.clone()} problems={props.problems.clone()}
            placeholder={props.placeholder.clone()} mono=true hide_label={props.hide_label} {oninput} {onleave} />
    }
}

fn split(text: &str) -> Vec<&str> {
    text.split(|letter: char| letter == ',' || letter.is_whitespace()).filter(|item| !item.is_empty()).collect()
}
