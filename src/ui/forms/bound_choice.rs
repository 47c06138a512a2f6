//! A choice bound to a path of an object; it takes what is not in the list, too.

use akoplan::command::Command;
use akoplan::syntax::FieldPath;
use akoplan::view;
use akoplan::view::choices::Choice;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::field_id;
use crate::ui::store::{Action, use_dispatch, use_store};
use crate::ui::widgets::choice_field::ChoiceField;

/// Properties of [`BoundChoice`].
#[derive(PartialEq, Properties)]
pub struct BoundChoiceProps {
    /// The object.
    pub at: Address,
    /// The field.
    pub path: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Help: a sentence that names the field.
    #[prop_or_default]
    pub help: AttrValue,
    /// What to choose from.
    pub choices: Vec<Choice>,
    /// The words for no value.
    #[prop_or_default]
    pub none: AttrValue,
    /// The label is spoken but not shown.
    #[prop_or_default]
    pub hide_label: bool,
}

/// The choice; no value takes the field away.
#[component]
pub fn BoundChoice(props: &BoundChoiceProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let value =
        store.workspace().at(&props.at).and_then(|object| object.text(&*props.path)).unwrap_or_default().to_owned();
    let problems = view::problems(&store.analysis, store.workspace(), &props.at, &props.path);
    let onchange = {
        let (dispatch, at, path, label) = (dispatch.clone(), props.at.clone(), props.path.clone(), props.label.clone());
        let was_written = store.workspace().at(&at).is_some_and(|object| object.has(&*path));
        Callback::from(move |text: String| {
            let path = FieldPath::parse(&path);
            let merge_key = Some(format!("{} {}", field_id(&at, ""), path));
            let command = match view::written_value(&text, false) {
                Some(value) => Command::set(&at, path, value),
                None if was_written => Command::remove(&at, path),
                None => return,
            };
            dispatch.send(Action::Edit { label: format!("change {label}"), merge_key, command });
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <ChoiceField id={field_id(&props.at, &props.path)} label={props.label.clone()} {value} help={props.help.clone()}
            options={options(&props.choices)} none={props.none.clone()} hide_label={props.hide_label}
            problems={problems.into_iter().map(AttrValue::from).collect::<Vec<_>>()} {onchange} {onleave} />
    }
}

/// Choices as the widgets take them.
pub fn options(choices: &[Choice]) -> Vec<(AttrValue, AttrValue)> {
    choices.iter().map(|choice| (choice.value.clone().into(), choice.words.clone().into())).collect()
}
