//! The rules of an Ingress: a host each, with paths that lead to ports of Services.

use akoplan::command::Command;
use akoplan::model::Ingress;
use akoplan::syntax::FieldPath;
use akoplan::view;
use akoplan::view::choices::services;
use akoplan::view::ingresses::{add_path, add_rule, port_text, set_port};
use akoplan::workspace::{Address, OfKind};
use yew::prelude::*;

use super::bound::{BoundSelect, BoundText, field_id};
use super::bound_choice::BoundChoice;
use super::row_problems::row_problems;
use crate::ui::store::{Action, Store};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::row_buttons::RowButtons;

/// All rules, and a button for one more.
pub fn ingress_rules(store: &Store, at: &Address) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let Some(ingress) = Ingress::of(&object.value) else { return html! {} };
    let count = ingress.spec.rules.len();
    let onadd = {
        let command = add_rule(object, ingress, "");
        Callback::from(move |_: MouseEvent| dispatch.edit("add a rule", command.clone()))
    };
    html! {
        <fieldset>
            <legend>{ "Rules" }</legend>
            if count == 0 { <p class="dim">{ "Without a rule AKO does nothing with an Ingress." }</p> }
            { for ingress.spec.rules.iter().enumerate().map(|(index, rule)| {
                let paths = rule.http.as_ref().map_or(0, |http| http.paths.len());
                rule_box(store, at, index, count, paths)
            }) }
            <div class="actions"><button type="button" onclick={onadd}>{ Icon::Plus.svg() }{ "Add a rule" }</button></div>
        </fieldset>
    }
}

/// A host with its paths.
fn rule_box(store: &Store, at: &Address, index: usize, count: usize, paths: usize) -> Html {
    let dispatch = store.dispatch();
    let number = index + 1;
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let onadd = {
        let command = Ingress::of(&object.value).map(|ingress| add_path(object, ingress, index));
        let (dispatch, command) = (dispatch.clone(), command.unwrap_or(Command::Batch(Vec::new())));
        Callback::from(move |_: MouseEvent| dispatch.edit("add a path", command.clone()))
    };
    let onremove = {
        let at = at.clone();
        Callback::from(move |index: usize| {
            dispatch.edit(
                format!("remove rule {}", index + 1),
                Command::remove(&at, FieldPath::from("spec.rules").index(index)),
            );
        })
    };
    html! {
        <div class="rule">
            <div class="rule-head">
                <BoundText at={at.clone()} path={format!("spec.rules[{index}].host")} label={format!("Host of rule {number}")} mono=true placeholder="made by AKO"
                    help="`spec.rules[].host`: must end in a DNS sub-domain of the cloud." />
                <RowButtons list={field_id(at, "spec.rules")} what={format!("rule {number}")} index={index} count={count} {onremove} />
            </div>
            if paths > 0 {
                <div class="table-wrap"><table class="stack listener-table">
                    <thead><tr>
                        <th scope="col">{ "Path" }</th><th scope="col">{ "Match" }</th><th scope="col">{ "Service" }</th><th scope="col">{ "Port" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Remove" }</span></th>
                    </tr></thead>
                    <tbody>{ for (0..paths).map(|path| path_line(store, at, index, path, paths)) }</tbody>
                </table></div>
            }
            <div class="actions"><button type="button" class="small" aria-label={format!("Add a path to rule {number}")} onclick={onadd}>{ Icon::Plus.svg() }{ "Add a path" }</button></div>
        </div>
    }
}

/// One path.
fn path_line(store: &Store, at: &Address, rule: usize, index: usize, count: usize) -> Html {
    let dispatch = store.dispatch();
    let list = format!("spec.rules[{rule}].http.paths");
    let path = format!("{list}[{index}]");
    let namespace = store.workspace().at(at).map(|object| object.namespace().to_owned()).unwrap_or_default();
    let words = |field: &str| format!("{field} of path {} of rule {}", index + 1, rule + 1);
    let types = ["Prefix", "Exact", "ImplementationSpecific"].map(AttrValue::Static).to_vec();
    let onremove = {
        let (at, list) = (at.clone(), list.clone());
        Callback::from(move |index: usize| {
            dispatch
                .edit(format!("remove path {}", index + 1), Command::remove(&at, FieldPath::parse(&list).index(index)));
        })
    };
    html! {
        <>
        <tr>
            <td data-label="Path"><BoundText at={at.clone()} path={format!("{path}.path")} label={words("Path")} mono=true hide_label=true placeholder="/" /></td>
            <td data-label="Match"><BoundSelect at={at.clone()} path={format!("{path}.pathType")} label={words("Match")} options={types} hide_label=true /></td>
            <td data-label="Service"><BoundChoice at={at.clone()} path={format!("{path}.backend.service.name")} label={words("Service")}
                choices={services(store.workspace(), &namespace)} hide_label=true /></td>
            <td data-label="Port">{ backend_port(store, at, &format!("{path}.backend"), &words("Port")) }</td>
            <td class="row-buttons"><RowButtons list={field_id(at, &list)} what={format!("path {} of rule {}", index + 1, rule + 1)} index={index} count={count} {onremove} /></td>
        </tr>
        { row_problems(store, at, &path, 5) }
        </>
    }
}

/// A port by number or name: two fields of the object, one of the form.
fn backend_port(store: &Store, at: &Address, backend: &str, label: &str) -> Html {
    let dispatch = store.dispatch();
    let Some(object) = store.workspace().at(at) else { return html! {} };
    let path = format!("{backend}.service.port");
    let problems = view::problems(&store.analysis, store.workspace(), at, &path);
    let oninput = {
        let (dispatch, store, at, backend, label) =
            (dispatch.clone(), store.clone(), at.clone(), backend.to_owned(), label.to_owned());
        Callback::from(move |text: String| {
            if let Some(object) = store.workspace().at(&at) {
                let merge_key = Some(field_id(&at, &backend));
                let command = set_port(object, &backend, text.trim());
                dispatch.send(Action::Edit { label: format!("change {label}"), merge_key, command });
            }
        })
    };
    let onleave = Callback::from(move |()| dispatch.send(Action::Seal));
    html! {
        <TextField id={field_id(at, &path)} label={label.to_owned()} value={port_text(object, backend)} mono=true narrow=true hide_label=true placeholder="80 or http"
            problems={problems.into_iter().map(AttrValue::from).collect::<Vec<_>>()} {oninput} {onleave} />
    }
}
