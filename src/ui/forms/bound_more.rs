//! More bound fields: lists with commas between, and flags that can be left unset.

use akoplan::edit::Value;
use akoplan::syntax::FieldPath;
use akoplan::view;
use akoplan::workspace::{Address, Object};
use yew::prelude::*;

use super::bound::{BoundProps, field_id, write};
use crate::ui::store::{Action, Store, use_dispatch, use_store};
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::list_field::ListField;

/// The findings of a field, for its control.
pub fn problems(store: &Store, at: &Address, path: &str) -> Vec<AttrValue> {
    view::problems(&store.analysis, store.workspace(), at, path).into_iter().map(AttrValue::from).collect()
}

/// Whether the findings of a CIDR field tell where it overlaps or lies (AKP601 to AKP604), so that the live notes need not.
pub fn tell_of_overlap(problems: &[AttrValue]) -> bool {
    problems.iter().any(|problem| problem.starts_with("AKP60"))
}

/// The items of a list field as written.
fn items(object: &Object, path: &str) -> Vec<AttrValue> {
    let tree = object.tree();
    let list = tree.find(object.node(), &FieldPath::parse(path)).map(|list| tree.items(list).to_vec());
    let texts = list.unwrap_or_default().into_iter().map(|item| tree.scalar(item).unwrap_or_default().to_owned());
    texts.map(AttrValue::from).collect()
}

/// A list of texts. Emptying it takes the field away.
#[component]
pub fn BoundList(props: &BoundProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let items = store.workspace().at(&props.at).map(|object| items(object, &props.path)).unwrap_or_default();
    let problems = problems(&store, &props.at, &props.path);
    let oninput = {
        let (dispatch, at, path, label) = (dispatch.clone(), props.at.clone(), props.path.clone(), props.label.clone());
        Callback::from(move |items: Vec<String>| {
            let value = (!items.is_empty()).then(|| Value::from(items));
            write(&store, &dispatch, &at, &path, &label, value);
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <ListField id={field_id(&props.at, &props.path)} label={props.label.clone()} {items} help={props.help.clone()} {problems}
            placeholder={props.placeholder.clone()} hide_label={props.hide_label} {oninput} {onleave} />
    }
}

/// Yes, no, or left to what `placeholder` says.
#[component]
pub fn BoundFlag(props: &BoundProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let value = store.workspace().at(&props.at).and_then(|object| object.text(&*props.path)).unwrap_or_default();
    let value = value.to_owned();
    let problems = problems(&store, &props.at, &props.path);
    let onchange = {
        let (at, path, label) = (props.at.clone(), props.path.clone(), props.label.clone());
        Callback::from(move |text: String| {
            write(&store, &dispatch, &at, &path, &label, flag_value(&text));
            dispatch.send(Action::Seal);
        })
    };
    html! {
        <SelectField id={field_id(&props.at, &props.path)} label={props.label.clone()} {value} help={props.help.clone()} {problems}
            options={flag_options(&props.placeholder)} hide_label={props.hide_label} {onchange} />
    }
}

/// What a flag's select has to choose from.
pub fn flag_options(unset: &AttrValue) -> Vec<(AttrValue, AttrValue)> {
    let option = |value: &'static str, words: &'static str| (AttrValue::from(value), AttrValue::from(words));
    vec![(AttrValue::default(), unset.clone()), option("true", "yes: true"), option("false", "no: false")]
}

/// What is written for a choice of [`flag_options`].
pub fn flag_value(text: &str) -> Option<Value> {
    match text {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        other => view::written_value(other, false),
    }
}
