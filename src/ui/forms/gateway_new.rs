//! A new Gateway: namespace, name, class, listeners; written in one step.

use akoplan::command::Command;
use akoplan::expose::{Pasted, new_gateway, parse_listeners};
use akoplan::model::Gateway;
use akoplan::view::choices::{class_reach, gateway_classes};
use akoplan::view::gateways::obstacle;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use super::bound_choice::options;
use crate::ui::draft::{put, use_draft};
use crate::ui::route::{Route, Section};
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::area_field::AreaField;
use crate::ui::widgets::choice_field::ChoiceField;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::form_panel::FormPanel;
use crate::ui::widgets::words::sentence;

/// Properties of [`NewGateway`].
#[derive(PartialEq, Properties)]
pub struct NewGatewayProps {
    /// The form goes.
    pub onclose: Callback<()>,
}

/// What is typed so far.
#[derive(Clone, PartialEq)]
struct Draft {
    namespace: String,
    name: String,
    class: String,
    listeners: String,
}

impl Draft {
    /// The first namespace and the first class are as good a start as any.
    fn new(workspace: &Workspace) -> Self {
        let default = workspace.settings().spec.default_namespace.clone();
        Self {
            namespace: default
                .or_else(|| workspace.namespaces().into_iter().next())
                .unwrap_or_else(|| "default".to_owned()),
            name: String::new(),
            class: gateway_classes(workspace).into_iter().next().map(|choice| choice.value).unwrap_or_default(),
            listeners: String::new(),
        }
    }

    fn command(&self, pasted: &Pasted) -> Command {
        new_gateway(self.namespace.trim(), self.name.trim(), self.class.trim(), &pasted.listeners)
    }
}

/// The form.
#[component]
pub fn NewGateway(props: &NewGatewayProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let draft = use_draft(|| Draft::new(store.workspace()));
    let tried = use_state(|| false);
    let workspace = store.workspace();
    let pasted = parse_listeners(&draft.listeners);
    let command = draft.command(&pasted);
    let obstacle = obstacle(workspace, draft.namespace.trim(), draft.name.trim());
    let onsubmit = {
        let (draft, tried, store) = (draft.clone(), tried.setter(), store.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let (namespace, name) = (draft.namespace.trim(), draft.name.trim());
            if self::obstacle(store.workspace(), namespace, name).is_some() {
                return;
            }
            let command = draft.command(&parse_listeners(&draft.listeners));
            if let Ok(after) = command.apply(store.workspace())
                && let Some((object, _)) = after.get::<Gateway>(namespace, name)
            {
                dispatch.edit(format!("new Gateway {namespace}/{name}"), command);
                Route::object(Section::Gateways, &object.address).go();
            }
        })
    };
    let set = |change: fn(&mut Draft, String)| put(&draft.onchange(), change);
    let namespaces: Vec<AttrValue> = workspace.namespaces().into_iter().map(AttrValue::from).collect();
    let rejected: Vec<AttrValue> =
        pasted.rejected.iter().map(|piece| format!("`{piece}`: no protocol and port").into()).collect();
    let read: Vec<String> = pasted.listeners.iter().map(|it| format!("`{}/{}`", it.protocol, it.port)).collect();
    let listeners_help = match read.as_slice() {
        [] => "`spec.listeners[]`: one per line, `UDP 161` or `TCP 443 www.example.com`.".to_owned(),
        read => format!("`spec.listeners[]`: {}", read.join(", ")),
    };
    let shown = obstacle.filter(|_| *tried || !draft.name.is_empty());
    let text = match &command {
        Command::AddDocument { text, .. } => text.clone(),
        _ => String::new(),
    };
    html! {
        <FormPanel id="new-gateway" title="New gateway" onclose={props.onclose.clone()}>
            <form class="form" {onsubmit}>
                <div class="form-row">
                    <TextField id="new-gateway-name" label="Name" value={draft.name.clone()} mono=true placeholder="app-gateway-admin-0"
                        help="`metadata.name`; the Services' labels repeat it." oninput={set(|draft, text| draft.name = text)} />
                    <TextField id="new-gateway-namespace" label="Namespace" value={draft.namespace.clone()} mono=true options={namespaces}
                        help="`metadata.namespace`; Services of any namespace can use the Gateway." oninput={set(|draft, text| draft.namespace = text)} />
                    <ChoiceField id="new-gateway-class" label="Class" value={draft.class.clone()} options={options(&gateway_classes(workspace))}
                        help={format!("`spec.gatewayClassName`: reaches {}.", class_reach(workspace, &draft.class))}
                        onchange={set(|draft, text| draft.class = text)} />
                </div>
                <AreaField id="new-gateway-listeners" label="Listeners" value={draft.listeners.clone()} rows=4 placeholder={"UDP 161\nTCP 80"}
                    help={listeners_help} problems={rejected} oninput={set(|draft, text| draft.listeners = text)} />
                if let Some(obstacle) = shown { <p class="is-error" role="alert">{ sentence(&obstacle) }</p> }
                <div class="actions"><button type="submit" class="primary">{ "Create the Gateway" }</button></div>
                <CodeView title="What is written" {text} />
            </form>
        </FormPanel>
    }
}
