//! Gateways: all of them in a table, one in a form below it.

mod table;

use akoplan::model::Kind;
use akoplan::view::gateways::{listing, matching};
use yew::prelude::*;

use crate::ui::computed::computing;
use crate::ui::forms::gateway::gateway_form;
use crate::ui::forms::gateway_api::gateway_panel;
use crate::ui::forms::gateway_new::NewGateway;
use crate::ui::pages::listed::{Listed, use_listed};
use crate::ui::pages::places::{filter_line, use_close};
use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::use_store;
use crate::ui::widgets::icon::Icon;
use table::GatewayTable;

/// The place.
#[component]
pub fn Gateways() -> Html {
    let store = use_store();
    let route = use_route();
    let Listed { rows, search, onsearch, at } = use_listed(listing, matching, |row| &row.address);
    let is_new = route.item.as_deref() == Some("new");
    let onclose = use_close(Section::Gateways, at.as_ref(), "#new-gateway-button");
    let Some((rows, shown)) = rows else { return computing() };
    html! {
        <>
            <header class="place-head">
                <h2>{ "Gateways" }</h2>
                <a id="new-gateway-button" class="button" href={Route::with(Section::Gateways, "new").hash()}>{ Icon::Plus.svg() }{ "New gateway" }</a>
            </header>
            if rows.is_empty() {
                if !is_new {
                    <div class="empty">
                        <p>{ "A Gateway is one address on a segment with listeners: protocol and port. Services reach it by two labels." }</p>
                        <a class="button primary" href={Route::with(Section::Gateways, "new").hash()}>{ "New gateway" }</a>
                    </div>
                }
            } else {
                { filter_line("gateway-search", rows.len(), shown.len(), &search, &onsearch) }
                <GatewayTable {rows} {shown} current={at.clone()} compact={at.is_some() || is_new} />
            }
            if is_new { <NewGateway onclose={onclose.clone()} /> }
            if let Some(at) = at {
                if store.workspace().at(&at).is_some_and(|object| object.kind == Kind::GatewayV1) {
                    { gateway_panel(&store, &at, &onclose) }
                } else {
                    { gateway_form(&store, &at, &onclose) }
                }
            }
        </>
    }
}
