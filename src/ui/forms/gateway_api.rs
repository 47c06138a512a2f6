//! Gateways and HTTPRoutes of Gateway API v1 to read: parts, findings, where they land, status; changed as text.

use akoplan::view::gateway_api::{GatewayView, RouteView, gateway, route};
use akoplan::workspace::Address;
use yew::prelude::*;

use super::bound::field_id;
use super::gateway::where_it_lands;
use super::object_head::{form_findings, object_head};
use super::object_status::object_status;
use crate::ui::object_landings::object_landings;
use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::form_panel::FormPanel;

/// A Gateway.
pub fn gateway_panel(store: &Store, at: &Address, onclose: &Callback<()>) -> Html {
    let Some(view) = gateway(store.workspace(), &store.analysis, at) else { return html! {} };
    let landings = where_it_lands(store, at, "No HTTPRoute names this Gateway yet.");
    panel(store, at, Section::Gateways, onclose, &gateway_parts(&view), landings)
}

/// An HTTPRoute.
pub fn route_panel(store: &Store, at: &Address, onclose: &Callback<()>) -> Html {
    let Some(view) = route(store.workspace(), at) else { return html! {} };
    panel(store, at, Section::Ingresses, onclose, &route_parts(&view), object_landings(store, at))
}

fn panel(store: &Store, at: &Address, section: Section, onclose: &Callback<()>, parts: &Html, landings: Html) -> Html {
    let workspace = store.workspace();
    let Some(object) = workspace.at(at) else { return html! {} };
    let title = format!("{}/{}", object.namespace(), object.name());
    let line = workspace.file(&at.file).map_or(1, |file| file.position(object.whole().start).line);
    let text = Route::with(Section::Yaml, format!("{}:{line}", at.file));
    let actions = html! {
        <>
            <a class="button small" href={text.hash()}>{ "Edit as YAML" }</a>
            { object_head(store, at, section) }
        </>
    };
    html! {
        <FormPanel key={field_id(at, "form")} id={field_id(at, "form")} {title} mono=true {actions} onclose={onclose.clone()}>
            { parts.clone() }
            { form_findings(store, at) }
            { landings }
            { object_status(store, at) }
        </FormPanel>
    }
}

fn gateway_parts(view: &GatewayView) -> Html {
    html! {
        <>
            <dl class="facts">
                <dt>{ "Class" }</dt><dd><span class="mono">{ &view.class }</span>{ " · " }{ &view.controller }</dd>
                <dt>{ "Static address" }</dt><dd class="mono">{ or(&view.address, "given by Avi") }</dd>
            </dl>
            <div class="table-wrap"><table class="stack">
                <thead><tr>
                    <th scope="col">{ "Listener" }</th><th scope="col">{ "Port" }</th><th scope="col">{ "Host" }</th>
                    <th scope="col">{ "Routes from" }</th><th scope="col">{ "Secrets" }</th><th scope="col">{ "Routes" }</th>
                </tr></thead>
                <tbody>{ for view.listeners.iter().map(|listener| html! {
                    <tr>
                        <th scope="row" class="mono">{ &listener.name }</th>
                        <td data-label="Port" class="mono">{ &listener.port }</td>
                        <td data-label="Host" class="mono">{ or(&listener.host, "every host") }</td>
                        <td data-label="Routes from">{ &listener.routes_from }</td>
                        <td data-label="Secrets" class="mono">{ or(&listener.certificates, "–") }</td>
                        <td data-label="Routes">{ listener.attached.map_or_else(|| "–".to_owned(), |count| count.to_string()) }</td>
                    </tr>
                }) }</tbody>
            </table></div>
        </>
    }
}

fn route_parts(view: &RouteView) -> Html {
    let parent = |(name, address): &(String, Option<Address>)| match address {
        Some(address) => {
            html! { <li><a class="mono" href={Route::object(Section::Gateways, address).hash()}>{ name }</a></li> }
        }
        None => html! { <li class="mono">{ name }</li> },
    };
    html! {
        <>
            <dl class="facts">
                <dt>{ "Gateways" }</dt><dd><ul>{ for view.parents.iter().map(parent) }</ul></dd>
                <dt>{ "Hosts" }</dt><dd class="mono">{ or(&view.hosts, "those of the listeners") }</dd>
            </dl>
            <div class="table-wrap"><table class="stack">
                <thead><tr><th scope="col">{ "Requests" }</th><th scope="col">{ "Filters" }</th><th scope="col">{ "Go to" }</th></tr></thead>
                <tbody>{ for view.rules.iter().map(|rule| html! {
                    <tr>
                        <th scope="row" class="mono">{ if rule.matches.is_empty() { lines(&["every path".to_owned()]) } else { lines(&rule.matches) } }</th>
                        <td data-label="Filters">{ or(&rule.filters, "–") }</td>
                        <td data-label="Go to" class="mono">{ if rule.backends.is_empty() { lines(&["nowhere".to_owned()]) } else { lines(&rule.backends) } }</td>
                    </tr>
                }) }</tbody>
            </table></div>
        </>
    }
}

fn lines(texts: &[String]) -> Html {
    html! { <ul>{ for texts.iter().map(|text| html! { <li>{ text }</li> }) }</ul> }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}
