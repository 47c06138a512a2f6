//! Namespace and name of an object; what refers to it goes along, once the field is left.

use akoplan::rename::rename;
use akoplan::view;
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::field_id;
use crate::ui::draft::{put, use_draft};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::field::TextField;

/// Properties of [`NameFields`].
#[derive(PartialEq, Properties)]
pub struct NameFieldsProps {
    /// The object.
    pub at: Address,
}

/// Both fields. A half typed name could be another object's, so nothing is written while one types.
#[component]
pub fn NameFields(props: &NameFieldsProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let draft = use_draft(|| None::<(String, String)>);
    let Some(object) = store.workspace().at(&props.at) else { return html! {} };
    let current = (object.namespace().to_owned(), object.name().to_owned());
    let (namespace, name) = (*draft).clone().unwrap_or_else(|| current.clone());
    let renaming = (namespace.clone(), name.clone()) != current;
    let renaming = renaming.then(|| rename(store.workspace(), &props.at, namespace.trim(), name.trim()));
    let along = renaming.as_ref().map(|renaming| renaming.along.join(", ")).filter(|along| !along.is_empty());
    let commit = {
        let (store, draft, at, current) = (store.clone(), draft.clone(), props.at.clone(), current.clone());
        let label = format!("rename {} {}/{}", object.identity.kind, current.0, current.1);
        Callback::from(move |()| {
            let typed = (*draft).clone().filter(|typed| *typed != current);
            if let Some((namespace, name)) = typed {
                dispatch.edit(label.clone(), rename(store.workspace(), &at, namespace.trim(), name.trim()).command);
            }
            draft.set(None);
        })
    };
    let problems = |path: &str| -> Vec<AttrValue> {
        view::problems(&store.analysis, store.workspace(), &props.at, path).into_iter().map(AttrValue::from).collect()
    };
    let on_namespace = {
        let current = current.clone();
        put(&draft.onchange(), move |draft: &mut Option<(String, String)>, text| {
            draft.get_or_insert_with(|| current.clone()).0 = text;
        })
    };
    let on_name = put(&draft.onchange(), move |draft: &mut Option<(String, String)>, text| {
        draft.get_or_insert_with(|| current.clone()).1 = text;
    });
    let namespaces: Vec<AttrValue> = store.workspace().namespaces().into_iter().map(AttrValue::from).collect();
    let help = match along {
        Some(along) => format!("`metadata.name`. Changes along: {along}."),
        None => "`metadata.name`. What refers to it is changed along.".to_owned(),
    };
    html! {
        <>
            <TextField id={field_id(&props.at, "metadata.name")} label="Name" value={name} mono=true {help}
                problems={problems("metadata.name")} oninput={on_name} onleave={commit.clone()} onenter={commit.clone()} />
            <TextField id={field_id(&props.at, "metadata.namespace")} label="Namespace" value={namespace} mono=true
                help="`metadata.namespace`" options={namespaces} problems={problems("metadata.namespace")}
                oninput={on_namespace} onleave={commit.clone()} onenter={commit} />
        </>
    }
}
