//! Landings with the links of their hops wired to the places of the page.

use akoplan::ako::Landing;
use akoplan::model::Kind;
use akoplan::view::landing::{self, HopView, LandingView};
use akoplan::view::services;
use akoplan::workspace::{Address, Workspace};
use yew::prelude::*;

use super::object_findings::form_route;
use super::route::{Route, Section};
use super::store::Store;
use super::widgets::landing_view::{HopLinks, chain_view, landing_view};
use super::widgets::words::sentence;

/// Where a Service or Ingress lands: a chain for each port or host.
pub fn object_landings(store: &Store, at: &Address) -> Html {
    let (workspace, analysis) = (store.workspace(), &store.analysis);
    let landings: Vec<&Landing> = match workspace.at(at).map(|object| object.kind) {
        Some(Kind::Service) => services::landings_of(workspace, analysis, at),
        _ => landing::of_object(analysis, at).collect(),
    };
    html! {
        <section class="traces" aria-labelledby="landings-title">
            <h4 id="landings-title">{ "Where it lands" }</h4>
            { crash_notice(store) }
            if landings.is_empty() { <p class="dim">{ "AKO does nothing with it." }</p> }
            { chains(workspace, &landings) }
        </section>
    }
}

/// Landings of this workspace, or of one that is not made yet, as their chains; the first is open, and
/// all that do not go well.
pub fn chains(workspace: &Workspace, landings: &[&Landing]) -> Html {
    let chain = |(index, landing): (usize, &&Landing)| {
        let (view, links) = linked(workspace, landing);
        let open = index == 0 || landing.broken_hop().is_some();
        landing_view(&view, &links, open)
    };
    html! { { for landings.iter().enumerate().map(chain) } }
}

/// The chain of one landing, always open.
pub fn chain(workspace: &Workspace, landing: &Landing) -> Html {
    let (view, links) = linked(workspace, landing);
    chain_view(&view, &links)
}

fn linked(workspace: &Workspace, landing: &Landing) -> (LandingView, Vec<HopLinks>) {
    let view = landing::view(workspace, landing);
    let links = view.hops.iter().map(|hop| links(workspace, hop)).collect();
    (view, links)
}

/// Input on which AKO dies, or with which it does not start, lands nowhere.
pub fn crash_notice(store: &Store) -> Html {
    let Some((words, crash)) = store.analysis.prediction.fatal() else { return html! {} };
    html! { <p class="is-error">{ sentence(&format!("{words} on this project: {} ({})", crash.reason, crash.object)) }</p> }
}

/// An object leads to its form, else to its first line; a field to its line.
fn links(workspace: &Workspace, hop: &HopView) -> HopLinks {
    let line = |file: &str, line: usize| AttrValue::from(Route::with(Section::Yaml, format!("{file}:{line}")).hash());
    let object = hop.object.as_ref().and_then(|address| {
        let form = form_route(workspace, address).map(|route| AttrValue::from(route.hash()));
        let whole = workspace.at(address)?.whole();
        let first = workspace.file(&address.file)?.position(whole.start).line;
        Some(form.unwrap_or_else(|| line(&address.file, first)))
    });
    HopLinks { object, line: hop.line.as_ref().map(|(file, at)| line(file, *at)) }
}
