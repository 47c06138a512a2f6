//! "Expose a service": which Service, which segment, how, and what comes of it, live.

use akoplan::model::Service;
use akoplan::view::choices::{network, segments};
use akoplan::view::expose::{Draft, Preview};
use yew::prelude::*;

use super::bound_choice::options;
use super::expose_result::{expose_landings, expose_texts};
use super::expose_service::ExposeService;
use super::expose_ways::expose_ways;
use crate::ui::computed::{computing, use_computed};
use crate::ui::draft::{Change, put, use_draft};
use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::field::SelectField;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::words::sentence;

/// Properties of [`Expose`].
#[derive(PartialEq, Properties)]
pub struct ExposeProps {
    /// The Service as `namespace/name`; empty: to be chosen.
    pub service: AttrValue,
    /// The form goes.
    pub onclose: Callback<()>,
}

/// The form.
#[component]
pub fn Expose(props: &ExposeProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let draft = use_draft(|| Draft::new(store.workspace(), &props.service));
    let tried = use_state(|| false);
    let workspace = store.workspace();
    let choices = draft.choices(workspace);
    let obstacle = draft.obstacle(workspace);
    let way = draft.way(workspace, &choices).cloned();
    let shown = use_computed(
        &store,
        (store.history.clone(), (*draft).clone(), way.clone()),
        |(history, draft, way)| async move { draft.previewing(history.workspace(), way.as_ref()).await },
    );
    let is_computing = shown.current().is_none();
    let shown = shown.current().and_then(|shown| (**shown).clone());
    let onchange = draft.onchange();
    let onsubmit = {
        let (store, draft, tried) = (store.clone(), draft.clone(), tried.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let workspace = store.workspace();
            let choices = draft.choices(workspace);
            let preview = draft.preview(workspace, draft.way(workspace, &choices));
            if let Some(Preview { command, service: Some(service), .. }) = preview {
                dispatch.edit(format!("expose {}/{}", draft.namespace.trim(), draft.name.trim()), command);
                Route::object(Section::Services, &service).go();
            }
        })
    };
    // Neither may be silent: nothing is possible yet, or not in this way.
    let refusal = way.as_ref().filter(|choice| !choice.possible).map(|choice| choice.reason.clone());
    let none = || "None of the ways can do it: each says why.".to_owned();
    let obstacle = obstacle.or_else(|| shown.is_none().then(|| refusal.unwrap_or_else(none)));
    let obstacle = obstacle.filter(|_| *tried && !is_computing);
    html! {
        <FormPanel id="expose" title="Expose a service" onclose={props.onclose.clone()}>
            <form class="form" {onsubmit}>
                <ExposeService draft={(*draft).clone()} onchange={onchange.clone()} />
                { expose_segment(&store, &draft, &onchange) }
                { expose_ways(&store, &draft, &choices, way.map(|choice| choice.way).as_ref(), &onchange) }
                if let Some(obstacle) = obstacle { <p class="is-error" role="alert">{ sentence(&obstacle) }</p> }
                if is_computing { { computing() } }
                if let Some(shown) = &shown { { expose_landings(&store, &shown.landings) } }
                <div class="actions"><button type="submit" class="primary">{ "Expose" }</button></div>
                if let Some(shown) = shown { { expose_texts(&shown.snippet, &shown.diff) } }
            </form>
        </FormPanel>
    }
}

/// Properties of the form's parts.
#[derive(PartialEq, Properties)]
pub struct ExposePartProps {
    /// What is typed so far.
    pub draft: Draft,
    /// A change of it.
    pub onchange: Callback<Change<Draft>>,
}

/// Which segment.
fn expose_segment(store: &Store, draft: &Draft, onchange: &Callback<Change<Draft>>) -> Html {
    let mut choices = options(&segments(store.workspace()));
    choices.push((AttrValue::Static(""), AttrValue::Static("no segment: AKO's global network")));
    let onchange = change(onchange, |draft, setting| draft.setting = setting);
    let network = network(store.workspace(), &draft.setting);
    let help = match (draft.setting.as_str(), network.as_str()) {
        ("", _) => "The address comes from AKO's own values.".to_owned(),
        (setting, "") => format!("AviInfraSetting `{setting}`"),
        (setting, network) => format!("AviInfraSetting `{setting}`: the address comes from `{network}`."),
    };
    html! {
        <fieldset>
            <legend>{ "2 · Which segment" }</legend>
            <SelectField id="expose-segment" label="Segment" value={draft.setting.clone()} options={choices} {help} {onchange} />
            <p class="help">{ "Not there yet: " }<a href={Route::with(Section::Segments, "new").hash()}>{ "New segment" }</a></p>
        </fieldset>
    }
}

/// A callback that changes the draft by a text; what was chosen before may no longer be possible.
pub fn change(onchange: &Callback<Change<Draft>>, set: fn(&mut Draft, String)) -> Callback<String> {
    put(onchange, set)
}

/// All Services as `namespace/name` with their ports, after "a new one".
pub fn service_options(workspace: &akoplan::workspace::Workspace) -> Vec<(AttrValue, AttrValue)> {
    let services = workspace.all::<Service>().map(|(object, service)| {
        let name = format!("{}/{}", object.namespace(), object.name());
        let words = format!("{name} · {}", akoplan::view::services::ports(service));
        (AttrValue::from(name), AttrValue::from(words))
    });
    std::iter::once((AttrValue::Static(""), AttrValue::Static("a new Service"))).chain(services).collect()
}
