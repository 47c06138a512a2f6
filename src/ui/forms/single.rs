//! Fields of the documents of which a project has one; the first field that is filled in makes the document.

use akoplan::edit::Value;
use akoplan::singleton::Singleton;
use akoplan::view;
use yew::prelude::*;

use super::bound::field_id;
use super::bound_more::{flag_options, flag_value, problems};
use crate::ui::store::{Action, Dispatch, Store, use_dispatch, use_store};
use crate::ui::widgets::field::{SelectField, TextField};
use crate::ui::widgets::list_field::ListField;

/// Properties of these fields.
#[derive(Clone, PartialEq, Properties)]
pub struct SingleProps {
    /// The document.
    pub of: Singleton,
    /// The field, as in `spec.akoVersion`.
    pub path: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Help: a sentence that names the field.
    #[prop_or_default]
    pub help: AttrValue,
    /// What to choose from.
    #[prop_or_default]
    pub options: Vec<AttrValue>,
    /// What stands in the empty field.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Names and addresses.
    #[prop_or_default]
    pub mono: bool,
    /// In tables, whose head says the label.
    #[prop_or_default]
    pub hide_label: bool,
}

impl SingleProps {
    fn id(&self, store: &Store) -> String {
        field_id(&self.of.home(store.workspace()), &self.path)
    }

    fn problems(&self, store: &Store) -> Vec<AttrValue> {
        problems(store, &self.of.home(store.workspace()), &self.path)
    }

    fn write(&self, store: &Store, dispatch: &Dispatch, value: Option<Value>) {
        let command = self.of.set(store.workspace(), &self.path, value);
        let merge_key = Some(format!("{:?} {}", self.of, self.path));
        dispatch.send(Action::Edit { label: format!("change {}", self.label), merge_key, command });
    }
}

/// A line of text. Emptying it takes the field away.
#[component]
pub fn SingleText(props: &SingleProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let value = props.of.text(store.workspace(), &props.path);
    let (id, problems) = (props.id(&store), props.problems(&store));
    let oninput = {
        let (props, dispatch) = (props.clone(), dispatch.clone());
        Callback::from(move |text: String| props.write(&store, &dispatch, view::written_value(&text, false)))
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <TextField {id} label={props.label.clone()} {value} help={props.help.clone()} {problems} options={props.options.clone()}
            placeholder={props.placeholder.clone()} mono={props.mono} hide_label={props.hide_label} {oninput} {onleave} />
    }
}

/// A list of texts. Emptying it takes the field away.
#[component]
pub fn SingleList(props: &SingleProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let items: Vec<AttrValue> =
        props.of.items(store.workspace(), &props.path).into_iter().map(AttrValue::from).collect();
    let (id, problems) = (props.id(&store), props.problems(&store));
    let oninput = {
        let (props, dispatch) = (props.clone(), dispatch.clone());
        Callback::from(move |items: Vec<String>| {
            props.write(&store, &dispatch, (!items.is_empty()).then(|| Value::from(items)));
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <ListField {id} label={props.label.clone()} {items} help={props.help.clone()} {problems}
            placeholder={props.placeholder.clone()} hide_label={props.hide_label} {oninput} {onleave} />
    }
}

/// One of the options, or unset as `placeholder` says.
#[component]
pub fn SingleSelect(props: &SingleProps) -> Html {
    let store = use_store();
    let named = props.options.iter().map(|option| (option.clone(), option.clone()));
    let options = std::iter::once((AttrValue::default(), props.placeholder.clone())).chain(named).collect::<Vec<_>>();
    single_choice(&store, props, options, false)
}

/// Yes, no, or unset as `placeholder` says.
#[component]
pub fn SingleFlag(props: &SingleProps) -> Html {
    let store = use_store();
    single_choice(&store, props, flag_options(&props.placeholder), true)
}

fn single_choice(store: &Store, props: &SingleProps, options: Vec<(AttrValue, AttrValue)>, is_flag: bool) -> Html {
    let dispatch = store.dispatch();
    let value = props.of.text(store.workspace(), &props.path);
    let (id, problems) = (props.id(store), props.problems(store));
    let onchange = {
        let (store, props) = (store.clone(), props.clone());
        Callback::from(move |text: String| {
            let value = if is_flag { flag_value(&text) } else { view::written_value(&text, false) };
            props.write(&store, &dispatch, value);
            dispatch.send(Action::Seal);
        })
    };
    html! {
        <SelectField {id} label={props.label.clone()} {value} help={props.help.clone()} {problems}
            {options} hide_label={props.hide_label} {onchange} />
    }
}
