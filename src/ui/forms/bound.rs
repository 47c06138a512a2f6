//! Fields bound to a path of an object: they show what the text says there and write it back.

use akoplan::command::Command;
use akoplan::edit::Value;
use akoplan::syntax::FieldPath;
use akoplan::view;
use akoplan::workspace::Address;
use yew::prelude::*;

use crate::ui::route::address_text;
use crate::ui::store::{Action, Dispatch, Store, use_dispatch, use_store};
use crate::ui::widgets::field::{SelectField, TextField};

/// Properties of the bound fields.
#[derive(PartialEq, Properties)]
pub struct BoundProps {
    /// The object.
    pub at: Address,
    /// The field, as in `spec.network.enableRhi`.
    pub path: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Help: a sentence that names the field.
    #[prop_or_default]
    pub help: AttrValue,
    /// What to choose from.
    #[prop_or_default]
    pub options: Vec<AttrValue>,
    /// Example in the empty field.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Written as a number where it is one.
    #[prop_or_default]
    pub number: bool,
    /// Names and addresses.
    #[prop_or_default]
    pub mono: bool,
    /// In tables, whose head says the label.
    #[prop_or_default]
    pub hide_label: bool,
}

/// A line of text. Emptying it takes the field away; what was typed stays, right or wrong.
#[component]
pub fn BoundText(props: &BoundProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let value =
        store.workspace().at(&props.at).and_then(|object| object.text(&*props.path)).unwrap_or_default().to_owned();
    let problems = view::problems(&store.analysis, store.workspace(), &props.at, &props.path);
    let oninput = {
        let (store, dispatch, at, path, label, number) =
            (store.clone(), dispatch.clone(), props.at.clone(), props.path.clone(), props.label.clone(), props.number);
        Callback::from(move |text: String| {
            write(&store, &dispatch, &at, &path, &label, view::written_value(&text, number));
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <TextField id={field_id(&props.at, &props.path)} label={props.label.clone()} {value} help={props.help.clone()}
            problems={problems.into_iter().map(AttrValue::from).collect::<Vec<_>>()} options={props.options.clone()}
            placeholder={props.placeholder.clone()} mono={props.mono || props.number} narrow={props.number}
            hide_label={props.hide_label} {oninput} {onleave} />
    }
}

/// One of the options; the empty one takes the field away.
#[component]
pub fn BoundSelect(props: &BoundProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let value =
        store.workspace().at(&props.at).and_then(|object| object.text(&*props.path)).unwrap_or_default().to_owned();
    let problems = view::problems(&store.analysis, store.workspace(), &props.at, &props.path);
    let onchange = {
        let (store, at, path, label) = (store.clone(), props.at.clone(), props.path.clone(), props.label.clone());
        Callback::from(move |text: String| {
            write(&store, &dispatch, &at, &path, &label, view::written_value(&text, false));
            dispatch.send(Action::Seal);
        })
    };
    let options = props.options.iter().map(|option| {
        let words = if option.is_empty() { AttrValue::from(props.placeholder.to_string()) } else { option.clone() };
        (option.clone(), words)
    });
    html! {
        <SelectField id={field_id(&props.at, &props.path)} label={props.label.clone()} {value} help={props.help.clone()}
            options={options.collect::<Vec<_>>()} problems={problems.into_iter().map(AttrValue::from).collect::<Vec<_>>()}
            hide_label={props.hide_label} {onchange} />
    }
}

/// Id of the control of a field: findings jump to it.
pub fn field_id(at: &Address, path: &str) -> String {
    let safe = |text: &str| -> String {
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
    };
    format!("field-{}-{}", safe(&address_text(at)), safe(path))
}

/// Writes a field, or takes it away; typing in one field is one step.
pub fn write(store: &Store, dispatch: &Dispatch, at: &Address, path: &str, label: &str, value: Option<Value>) {
    let command = match value {
        Some(value) => Command::set(at, FieldPath::parse(path), value),
        None => Command::remove(at, view::emptied(store.workspace(), at, path)),
    };
    let merge_key = Some(format!("{} {path}", address_text(at)));
    dispatch.send(Action::Edit { label: format!("change {label}"), merge_key, command });
}
