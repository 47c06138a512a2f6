//! The navigation: places with counts and their worst state.

use akoplan::diagnostic::Severity;
use akoplan::model::{AviInfraSetting, Gateway, Ingress, Kind, Service};
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::badge::SeverityMark;
use crate::ui::widgets::icon::{Icon, IconName};

/// Properties of [`Navigation`].
#[derive(PartialEq, Properties)]
pub struct NavigationProps {
    /// The place that is open.
    pub current: Section,
}

/// Links to all places.
#[component]
pub fn Navigation(props: &NavigationProps) -> Html {
    let store = use_store();
    html! {
        <nav class="navigation" aria-label="Places">
            <ul>
                { for Section::ALL.into_iter().map(|section| {
                    let current = (section == props.current).then_some("page");
                    let (count, worst) = count_of(section, &store);
                    html! {
                        <li key={section.name()}>
                            <a href={Route::to(section).hash()} aria-current={current}>
                                <Icon name={icon_of(section)} />
                                <span class="navigation-name">{ section.name() }</span>
                                if let Some(count) = count { <span class="count">{ count }</span> }
                                if let Some(worst) = worst { <SeverityMark severity={worst} /> }
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

fn icon_of(section: Section) -> IconName {
    match section {
        Section::Overview => IconName::Overview,
        Section::Segments => IconName::Segments,
        Section::Gateways => IconName::Gateway,
        Section::Services => IconName::Service,
        Section::Ingresses => IconName::Ingress,
        Section::Findings => IconName::Warning,
        Section::Yaml => IconName::Code,
        Section::Import => IconName::Import,
        Section::Export => IconName::Export,
        Section::Settings => IconName::Settings,
        Section::Rules => IconName::Book,
    }
}
