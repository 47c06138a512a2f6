//! Migrate: what can be moved to another form, and the one in hand with its report.

mod offer;
mod report;

use akoplan::migrate::Offer;
use akoplan::view::migrate::{Group, find, grouping, item};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::{computing, use_computed};
use crate::ui::pages::places::ROWS;
use crate::ui::route::{Route, Section, use_route};
use crate::ui::shared::Shared;
use crate::ui::store::use_store;
use crate::ui::widgets::words::sentence;
use offer::OfferInHand;

/// The place.
#[component]
pub fn Migrate() -> Html {
    let store = use_store();
    let route = use_route();
    let groups =
        use_computed(&store, store.history.clone(), |history| async move { grouping(history.workspace()).await });
    let is_computing = groups.latest().is_none();
    let groups = groups.latest().cloned().unwrap_or_default();
    let wanted = route.item.clone().unwrap_or_default();
    let offer =
        use_memo((groups.clone(), wanted.clone()), |(groups, wanted)| find(groups, wanted).cloned().map(Shared::new));
    let onclose = use_callback(wanted.clone(), |(), wanted| {
        Route::to(Section::Migrate).go();
        browser::focus_later(&format!("#{}", link_id(wanted)));
    });
    html! {
        <>
            <header class="place-head"><h2>{ "Migrate" }</h2></header>
            if let Some(offer) = &*offer {
                <OfferInHand key={wanted} offer={offer.clone()} {onclose} />
            } else {
                if !wanted.is_empty() && !is_computing { <p class="empty" role="status">{ "This migration is not offered any more: its objects have the form already, or are not there." }</p> }
                if is_computing { { computing() } } else { { list(&groups) } }
            }
        </>
    }
}

/// All offers, by where they lead.
fn list(groups: &[Group]) -> Html {
    if groups.is_empty() {
        return html! { <p class="empty">{ "Nothing here can be migrated: no AviInfraSetting, Ingress or values of an old form, and no Service that AKO exposes." }</p> };
    }
    html! {
        <>
            <p class="dim">{ "Each says what is kept, what is lost and where everything lands before anything is written." }</p>
            { for groups.iter().map(|group| html! {
                <section class="review-part" key={group.migration.name()} aria-label={group.migration.words()}>
                    <h3 class="group-title">{ "To " }{ sentence(group.migration.words()) }<span class="count">{ group.offers.len() }</span></h3>
                    <ul class="review-lines">{ for group.offers.iter().take(ROWS).map(link) }</ul>
                    if group.offers.len() > ROWS { <p class="dim">{ format!("{} more; the command akoplan migrate lists all", group.offers.len() - ROWS) }</p> }
                </section>
            }) }
        </>
    }
}

fn link(offer: &Offer) -> Html {
    let item = item(offer);
    html! { <li><a id={link_id(&item)} href={Route::with(Section::Migrate, item).hash()}>{ &offer.title }</a></li> }
}

/// An id that a selector can name.
fn link_id(item: &str) -> String {
    let usual = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("migrate-{}", item.chars().map(usual).collect::<String>())
}
