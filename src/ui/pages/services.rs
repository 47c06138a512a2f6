//! Services: all of them in a table, one in a form below it, and the way to expose one.

mod table;

use akoplan::view::services::{listing, matching};
use yew::prelude::*;

use crate::ui::computed::computing;
use crate::ui::forms::expose::Expose;
use crate::ui::forms::service::service_form;
use crate::ui::pages::listed::{Listed, use_listed};
use crate::ui::pages::places::{filter_line, migrate_link, use_close};
use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::use_store;
use crate::ui::widgets::icon::Icon;
use table::ServiceTable;

/// The place.
#[component]
pub fn Services() -> Html {
    let store = use_store();
    let route = use_route();
    let Listed { rows, search, onsearch, at } = use_listed(listing, matching, |row| &row.address);
    let exposed = route.item.as_deref().and_then(|item| item.strip_prefix("expose")).map(str::to_owned);
    let onclose = use_close(Section::Services, at.as_ref(), "#expose-button");
    let Some((rows, shown)) = rows else { return computing() };
    html! {
        <>
            <header class="place-head">
                <h2>{ "Services" }</h2>
                <a id="expose-button" class="button" href={Route::with(Section::Services, "expose").hash()}>{ Icon::Plus.svg() }{ "Expose a service" }</a>
                { migrate_link() }
            </header>
            if let Some(service) = exposed {
                <Expose key={service.clone()} service={service.trim_start_matches('/').to_owned()} {onclose} />
            } else if rows.is_empty() {
                <div class="empty">
                    <p>{ "Services of your applications. Exposing one puts it on a segment: by the labels of a Gateway, as a LoadBalancer, or through an Ingress." }</p>
                    <a class="button primary" href={Route::with(Section::Services, "expose").hash()}>{ "Expose a service" }</a>
                </div>
            } else {
                { filter_line("service-search", rows.len(), shown.len(), &search, &onsearch) }
                <ServiceTable {rows} {shown} current={at.clone()} compact={at.is_some()} />
                if let Some(at) = at { { service_form(&store, &at, &onclose) } }
            }
        </>
    }
}
