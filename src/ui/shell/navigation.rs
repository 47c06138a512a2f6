//! The navigation: places with counts and their worst state.

use akoplan::diagnostic::Severity;
use akoplan::model::{AviInfraSetting, Gateway, Ingress, Kind, Service};
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::Store;
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::icon::Icon;

/// Links to all places.
pub fn navigation(store: &Store, current: Section) -> Html {
    html! {
        <nav class="navigation" aria-label="Places">
            <ul>
                { for Section::ALL.into_iter().map(|section| {
                    let current = (section == current).then_some("page");
                    let (count, worst) = count_of(section, store);
                    html! {
                        <li key={section.name()}>
                            <a href={Route::to(section).hash()} aria-current={current}>
                                { icon_of(section).svg() }
                                <span class="navigation-name">{ section.name() }</span>
                                if let Some(count) = count { <span class="count">{ count }</span> }
                                if let Some(worst) = worst { { severity_mark(worst, false) } }
                            </a>
                        </li>
                    }
                }) }
            </ul>
        </nav>
    }
}

fn count_of(section: Section, store: &Store) -> (Option<usize>, Option<Severity>) {
    let workspace = store.workspace();
    let (count, kind) = match section {
        Section::Segments => (workspace.every::<AviInfraSetting>().count(), Kind::AviInfraSetting),
        Section::Gateways => (workspace.every::<Gateway>().count(), Kind::Gateway),
        Section::Services => (workspace.every::<Service>().count(), Kind::Service),
        Section::Ingresses => (workspace.every::<Ingress>().count(), Kind::Ingress),
        Section::Findings => {
            let worst = store.analysis.findings.iter().map(|finding| finding.severity).min();
            return (Some(store.analysis.findings.len()), worst);
        }
        _ => return (None, None),
    };
    (Some(count), store.analysis.worst_of_kind(kind))
}

fn icon_of(section: Section) -> Icon {
    match section {
        Section::Overview => Icon::Overview,
        Section::Segments => Icon::Segments,
        Section::Gateways => Icon::Gateway,
        Section::Services => Icon::Service,
        Section::Ingresses => Icon::Ingress,
        Section::Findings => Icon::Warning,
        Section::Yaml => Icon::Code,
        Section::Import => Icon::Import,
        Section::Export => Icon::Export,
        Section::Settings => Icon::Settings,
        Section::Rules => Icon::Book,
    }
}
