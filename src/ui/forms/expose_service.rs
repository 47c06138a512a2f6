//! The first part of "Expose a service": an existing Service or a new one.

use akoplan::model::Service;
use akoplan::view::expose::Draft;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use super::expose::{ExposePartProps, change, service_options};
use crate::ui::draft::Change;
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::area_field::AreaField;
use crate::ui::widgets::field::{SelectField, TextField};

/// More Services than this are no list to choose from: one types, and some that fit are offered.
const MOST_OPTIONS: usize = 500;
/// So many are offered.
const MOST_OFFERED: usize = 20;

/// Which Service.
#[component]
pub fn ExposeService(props: &ExposePartProps) -> Html {
    let store = use_store();
    let draft = &props.draft;
    // A name that is being typed may become another Service's: the form then says so and stays open.
    let is_new = use_state(|| !draft.exists(store.workspace()));
    let typed = use_state(|| None::<String>);
    let value = if *is_new { String::new() } else { format!("{}/{}", draft.namespace, draft.name) };
    let onchoose = {
        let (store, onchange, is_new) = (store.clone(), props.onchange.clone(), is_new.setter());
        Callback::from(move |service: String| {
            is_new.set(service.is_empty());
            let store = store.clone();
            onchange.emit(Change::new(move |draft: &mut Draft| match service.split_once('/') {
                Some((namespace, name)) => draft.choose(store.workspace(), namespace, name),
                None => draft.begin(store.workspace()),
            }));
        })
    };
    let ontype = {
        let (store, typed, onchoose) = (store.clone(), typed.setter(), onchoose.clone());
        Callback::from(move |text: String| {
            let is_there = text
                .split_once('/')
                .is_some_and(|(namespace, name)| store.workspace().get::<Service>(namespace, name).is_some());
            if is_there || text.is_empty() {
                onchoose.emit(text.clone());
            }
            typed.set(Some(text));
        })
    };
    html! {
        <fieldset>
            <legend>{ "1 · Which Service" }</legend>
            if store.workspace().all::<Service>().nth(MOST_OPTIONS).is_some() {
                <TextField id="expose-service" label="Service" value={(*typed).clone().unwrap_or(value)} mono=true placeholder="namespace/name"
                    options={fitting(store.workspace(), typed.as_deref().unwrap_or_default())} help="Empty: a new one." oninput={ontype} />
            } else {
                <SelectField id="expose-service" label="Service" {value} options={service_options(store.workspace())} onchange={onchoose} />
            }
            if *is_new { { new_service(&store, draft, &props.onchange) } }
        </fieldset>
    }
}

/// Some of the Services whose names hold a text.
fn fitting(workspace: &Workspace, text: &str) -> Vec<AttrValue> {
    let names = workspace.all::<Service>().map(|(object, _)| format!("{}/{}", object.namespace(), object.name()));
    names.filter(|name| name.contains(text)).take(MOST_OFFERED).map(AttrValue::from).collect()
}

/// The fields of a new Service.
fn new_service(store: &Store, draft: &Draft, onchange: &Callback<Change<Draft>>) -> Html {
    let namespaces: Vec<AttrValue> = store.workspace().namespaces().into_iter().map(AttrValue::from).collect();
    let pasted = draft.pasted();
    let rejected: Vec<AttrValue> =
        pasted.rejected.iter().map(|piece| format!("`{piece}`: no protocol and port").into()).collect();
    let read: Vec<String> = pasted.listeners.iter().map(|it| format!("`{}/{}`", it.protocol, it.port)).collect();
    let ports_help = if read.is_empty() {
        "`spec.ports[]`: one per line, `TCP 53` or `UDP 53`.".to_owned()
    } else {
        format!("`spec.ports[]`: {}", read.join(", "))
    };
    let taken = draft.exists(store.workspace()).then(|| {
        AttrValue::from(format!(
            "There is a Service `{}/{}`: it is changed, its ports stay.",
            draft.namespace, draft.name
        ))
    });
    html! {
        <>
            <div class="form-row">
                <TextField id="expose-name" label="Name" value={draft.name.clone()} mono=true placeholder="dns" problems={taken.into_iter().collect::<Vec<_>>()}
                    help="`metadata.name`" oninput={change(onchange, |draft, text| draft.name = text)} />
                <TextField id="expose-namespace" label="Namespace" value={draft.namespace.clone()} mono=true options={namespaces}
                    help="`metadata.namespace`" oninput={change(onchange, |draft, text| draft.namespace = text)} />
                <TextField id="expose-selector" label="Pods" value={draft.selector.clone()} mono=true placeholder="app=nginx"
                    help="`spec.selector`: the labels of the pods." oninput={change(onchange, |draft, text| draft.selector = text)} />
            </div>
            <AreaField id="expose-ports" label="Ports" value={draft.ports.clone()} rows=2 placeholder={"TCP 53\nUDP 53"} help={ports_help}
                problems={rejected} oninput={change(onchange, |draft, text| draft.ports = text)} />
        </>
    }
}
