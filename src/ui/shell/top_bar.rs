//! The bar on top: workspace, when it was saved, undo and redo, versions, findings, export, theme.

use akoplan::diagnostic::Severity;
use akoplan::model::settings::NEWEST_AKO;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, Saved, use_dispatch, use_store};
use crate::ui::widgets::badge::SeverityMark;
use crate::ui::widgets::icon::{Icon, IconName};

/// The bar.
#[component]
pub fn TopBar() -> Html {
    let store = use_store();
    let settings = &store.workspace().settings().spec;
    let cluster = store.workspace().values().and_then(|(_, values)| values.ako_settings.cluster_name.clone());
    html! {
        <header class="top-bar">
            <h1 class="brand"><a href={Route::to(Section::Overview).hash()}><Icon name={IconName::Logo} />{ "akoplan" }</a></h1>
            if let Some(cluster) = cluster { <span class="workspace-name mono">{ cluster }</span> }
            <SavedMark saved={store.saved.clone()} />
            <HistoryButtons />
            <span class="top-bar-gap"></span>
            <a class="versions" href={Route::to(Section::Settings).hash()}>
                { "AKO " }{ settings.ako_version.as_deref().unwrap_or(NEWEST_AKO) }
                if let Some(version) = &settings.kubernetes_version { { " · K8s " }{ version } }
            </a>
            <FindingCounts />
            <a class="button primary" href={Route::to(Section::Export).hash()}>{ "Export" }</a>
            <ThemeButton />
        </header>
    }
}

/// Properties of [`SavedMark`].
#[derive(PartialEq, Properties)]
struct SavedMarkProps {
    saved: Saved,
}

#[component]
fn SavedMark(props: &SavedMarkProps) -> Html {
    match &props.saved {
        Saved::Never => html! {},
        Saved::At(time) => html! { <span class="saved" title="Kept in this browser">{ "saved " }{ time }</span> },
        Saved::Failed(reason) => {
            html! { <span class="saved saved-failed" role="alert" title={reason}>{ "not saved: " }{ reason }</span> }
        }
    }
}

#[component]
fn HistoryButtons() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let button = |icon, word: &str, keys: &str, label: Option<&str>, action: fn() -> Action| {
        let title = match label {
            Some(label) => format!("{word}: {label} ({keys})"),
            None => format!("Nothing to {}", word.to_lowercase()),
        };
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.send(action()));
        html! {
            <button type="button" class="icon-button" title={title.clone()} aria-label={title} disabled={label.is_none()} {onclick}>
                <Icon name={icon} />
            </button>
        }
    };
    html! {
        <span class="history-buttons">
            { button(IconName::Undo, "Undo", "Ctrl+Z", store.history.undo_label(), || Action::Undo) }
            { button(IconName::Redo, "Redo", "Ctrl+Shift+Z", store.history.redo_label(), || Action::Redo) }
        </span>
    }
}

#[component]
fn FindingCounts() -> Html {
    let store = use_store();
    let counts =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity, store.analysis.count(severity)));
    html! {
        <a class="finding-counts" href={Route::to(Section::Findings).hash()}>
            <span class="visually-hidden">{ "Findings: " }</span>
            { for counts.into_iter().filter(|(_, count)| *count > 0).map(|(severity, count)| html! {
                <span><SeverityMark {severity} />{ count }</span>
            }) }
            if counts.iter().all(|(_, count)| *count == 0) { <span class="all-good"><Icon name={IconName::Check} />{ "no finding" }</span> }
        </a>
    }
}

#[component]
fn ThemeButton() -> Html {
    let theme = use_state(|| browser::local("akoplan.theme").unwrap_or_else(|| "auto".to_owned()));
    use_effect_with((*theme).clone(), |theme| browser::set_theme(theme));
    let next = match theme.as_str() {
        "auto" => "light",
        "light" => "dark",
        _ => "auto",
    };
    let label = format!("Theme: {}. Change to {next}", *theme);
    let onclick = Callback::from(move |_: MouseEvent| theme.set(next.to_owned()));
    html! { <button type="button" class="icon-button" title={label.clone()} aria-label={label} {onclick}><Icon name={IconName::Theme} /></button> }
}
