//! The navigation: places with counts and their worst state; on a narrow screen the rest is behind *More*.

use akoplan::diagnostic::Severity;
use akoplan::model::{AviInfraSetting, Gateway, GatewayV1, HttpRoute, Ingress, Kind, Service};
use akoplan::view::landings;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::icon::Icon;

/// The places that a narrow screen has room for.
const FIRST: [Section; 5] =
    [Section::Overview, Section::Segments, Section::Services, Section::Landings, Section::Findings];

/// Properties of [`Navigation`].
#[derive(PartialEq, Properties)]
pub struct NavigationProps {
    /// The place that is shown.
    pub current: Section,
}

/// Links to all places.
#[component]
pub fn Navigation(props: &NavigationProps) -> Html {
    let store = use_store();
    let open = use_state(|| false);
    let current = props.current;
    let counts = use_memo((store.history.clone(), store.analysis.clone()), |_| {
        Section::ALL.map(|section| count_of(section, &store))
    });
    use_effect_with(current, {
        let open = open.setter();
        move |_| open.set(false)
    });
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <nav class={classes!("navigation", open.then_some("navigation-open"))} aria-label="Places">
            <ul>
                { for Section::ALL.into_iter().zip(&*counts).map(|(section, counts)| link(section, *counts, section == current)) }
            </ul>
            <button type="button" class={classes!("quiet", "navigation-more", (!FIRST.contains(&current)).then_some("navigation-here"))}
                aria-expanded={open.to_string()} {onclick}>{ Icon::More.svg() }{ "More" }</button>
        </nav>
    }
}

fn link(section: Section, (count, worst): (Option<usize>, Option<Severity>), is_current: bool) -> Html {
    html! {
        <li key={section.name()} class={(!FIRST.contains(&section)).then_some("navigation-rest")}>
            <a href={Route::to(section).hash()} aria-current={is_current.then_some("page")}>
                { icon_of(section).svg() }
                <span class="navigation-name">{ section.name() }</span>
                if let Some(count) = count { <span class="count">{ count }</span> }
                if let Some(worst) = worst { { severity_mark(worst, false) } }
            </a>
        </li>
    }
}

fn count_of(section: Section, store: &Store) -> (Option<usize>, Option<Severity>) {
    let workspace = store.workspace();
    let (count, kind) = match section {
        Section::Segments => (workspace.every::<AviInfraSetting>().count(), Kind::AviInfraSetting),
        Section::Gateways => {
            (workspace.every::<Gateway>().count() + workspace.every::<GatewayV1>().count(), Kind::Gateway)
        }
        Section::Services => (workspace.every::<Service>().count(), Kind::Service),
        Section::Ingresses => {
            let count = workspace.every::<Ingress>().count() + workspace.every::<HttpRoute>().count();
            let worst =
                [Kind::Ingress, Kind::HttpRoute].into_iter().filter_map(|kind| store.analysis.worst_of_kind(kind));
            return (Some(count), worst.min());
        }
        Section::Landings => {
            let (asked, wrong) = landings::summary(&store.analysis);
            return (Some(asked), wrong.then_some(Severity::Error));
        }
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
        Section::Landings => Icon::Landing,
        Section::Findings => Icon::Warning,
        Section::Yaml => Icon::Code,
        Section::Import => Icon::Import,
        Section::Review => Icon::Review,
        Section::Migrate => Icon::Migrate,
        Section::Export => Icon::Export,
        Section::Settings => Icon::Settings,
        Section::Rules => Icon::Book,
        Section::Projects => Icon::Copy,
        Section::Share => Icon::Share,
    }
}
