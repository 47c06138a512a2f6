//! Ingresses: all of them in a table, one in a form below it.

mod table;

use akoplan::model::Kind;
use akoplan::view::ingresses::{listing, matching};
use yew::prelude::*;

use crate::ui::computed::computing;
use crate::ui::forms::gateway_api::route_panel;
use crate::ui::forms::ingress::ingress_form;
use crate::ui::forms::ingress_new::NewIngress;
use crate::ui::pages::listed::{Listed, use_listed};
use crate::ui::pages::places::{filter_line, migrate_link, use_close};
use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::use_store;
use crate::ui::widgets::icon::Icon;
use table::IngressTable;

/// The place.
#[component]
pub fn Ingresses() -> Html {
    let store = use_store();
    let route = use_route();
    let Listed { rows, search, onsearch, at } = use_listed(listing, matching, |row| &row.address);
    let is_new = route.item.as_deref() == Some("new");
    let onclose = use_close(Section::Ingresses, at.as_ref(), "#new-ingress-button");
    let Some((rows, shown)) = rows else { return computing() };
    html! {
        <>
            <header class="place-head">
                <h2>{ "Ingresses" }</h2>
                <a id="new-ingress-button" class="button" href={Route::with(Section::Ingresses, "new").hash()}>{ Icon::Plus.svg() }{ "New ingress" }</a>
                { migrate_link() }
            </header>
            if is_new {
                <NewIngress onclose={onclose.clone()} />
            } else if rows.is_empty() {
                <div class="empty">
                    <p>{ "An Ingress serves HTTP and HTTPS by host and path; its class decides which segment the address comes from. HTTPRoutes of Gateway API v1 are listed here, too." }</p>
                    <a class="button primary" href={Route::with(Section::Ingresses, "new").hash()}>{ "New ingress" }</a>
                </div>
            } else {
                { filter_line("ingress-search", rows.len(), shown.len(), &search, &onsearch) }
                <IngressTable {rows} {shown} current={at.clone()} compact={at.is_some()} />
            }
            if let Some(at) = at {
                if store.workspace().at(&at).is_some_and(|object| object.kind == Kind::HttpRoute) {
                    { route_panel(&store, &at, &onclose) }
                } else {
                    { ingress_form(&store, &at, &onclose) }
                }
            }
        </>
    }
}
