//! A new Ingress: one host, one path, one Service; written in one step.

use akoplan::command::Command;
use akoplan::model::Ingress;
use akoplan::view::choices::{ingress_class_reach, ingress_classes, services};
use akoplan::view::ingresses::{IngressDraft, create, obstacle};
use akoplan::workspace::Workspace;
use yew::prelude::*;

use super::bound_choice::options;
use crate::ui::draft::{Change, put, use_draft};
use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::choice_field::ChoiceField;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::words::sentence;

/// Properties of [`NewIngress`].
#[derive(PartialEq, Properties)]
pub struct NewIngressProps {
    /// The form goes.
    pub onclose: Callback<()>,
}

fn first(workspace: &Workspace) -> IngressDraft {
    let default = workspace.settings().spec.default_namespace.clone();
    IngressDraft {
        namespace: default
            .or_else(|| workspace.namespaces().into_iter().next())
            .unwrap_or_else(|| "default".to_owned()),
        class: ingress_classes(workspace).into_iter().next().map(|choice| choice.value).unwrap_or_default(),
        ..IngressDraft::default()
    }
}

/// The form.
#[component]
pub fn NewIngress(props: &NewIngressProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let draft = use_draft(|| first(store.workspace()));
    let tried = use_state(|| false);
    let command = create(&draft);
    let obstacle = obstacle(store.workspace(), &draft);
    let onsubmit = {
        let (draft, tried, store) = (draft.clone(), tried.setter(), store.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let (namespace, name) = (draft.namespace.trim(), draft.name.trim());
            let command = create(&draft);
            if self::obstacle(store.workspace(), &draft).is_none()
                && let Ok(after) = command.apply(store.workspace())
                && let Some((object, _)) = after.get::<Ingress>(namespace, name)
            {
                dispatch.edit(format!("new Ingress {namespace}/{name}"), command);
                Route::object(Section::Ingresses, &object.address).go();
            }
        })
    };
    let shown = obstacle.filter(|_| *tried || !draft.name.is_empty());
    let text = match command {
        Command::AddDocument { text, .. } => text,
        _ => String::new(),
    };
    html! {
        <FormPanel id="new-ingress" title="New ingress" onclose={props.onclose.clone()}>
            <form class="form" {onsubmit}>
                { draft_fields(&store, &draft, &draft.onchange()) }
                if let Some(obstacle) = shown { <p class="is-error" role="alert">{ sentence(&obstacle) }</p> }
                <div class="actions"><button type="submit" class="primary">{ "Create the Ingress" }</button></div>
                <CodeView title="What is written" {text} />
            </form>
        </FormPanel>
    }
}

/// The fields.
fn draft_fields(store: &Store, draft: &IngressDraft, onchange: &Callback<Change<IngressDraft>>) -> Html {
    let workspace = store.workspace();
    let set = |change: fn(&mut IngressDraft, String)| put(onchange, change);
    let namespaces: Vec<AttrValue> = workspace.namespaces().into_iter().map(AttrValue::from).collect();
    let class_help = match draft.class.as_str() {
        "" => "`spec.ingressClassName`".to_owned(),
        class => format!("`spec.ingressClassName`: reaches {}.", ingress_class_reach(workspace, class)),
    };
    html! {
        <div class="form-row">
            <TextField id="new-ingress-name" label="Name" value={draft.name.clone()} mono=true placeholder="my-ingress" help="`metadata.name`" oninput={set(|draft, text| draft.name = text)} />
            <TextField id="new-ingress-namespace" label="Namespace" value={draft.namespace.clone()} mono=true options={namespaces}
                help="`metadata.namespace`, the same as the Service's" oninput={set(|draft, text| draft.namespace = text)} />
            <ChoiceField id="new-ingress-class" label="Class" value={draft.class.clone()} options={options(&ingress_classes(workspace))} none="the default class"
                help={class_help} onchange={set(|draft, text| draft.class = text)} />
            <TextField id="new-ingress-host" label="Host" value={draft.host.clone()} mono=true placeholder="www.example.com"
                help="`spec.rules[].host`: must end in a DNS sub-domain of the cloud." oninput={set(|draft, text| draft.host = text)} />
            <TextField id="new-ingress-path" label="Path" value={draft.path.clone()} mono=true placeholder="/" help="`spec.rules[].http.paths[].path`" oninput={set(|draft, text| draft.path = text)} />
            <ChoiceField id="new-ingress-service" label="Service" value={draft.service.clone()} options={options(&services(workspace, draft.namespace.trim()))}
                help="`backend.service.name`" onchange={set(|draft, text| draft.service = text)} />
            <TextField id="new-ingress-port" label="Port" value={draft.port.clone()} mono=true placeholder="80 or http" help="`backend.service.port`: a number or a name" oninput={set(|draft, text| draft.port = text)} />
        </div>
    }
}
