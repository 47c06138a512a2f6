//! The bar on top: workspace, when it was saved, undo and redo, versions, findings, export, theme.

use akoplan::diagnostic::Severity;
use akoplan::model::settings::NEWEST_AKO;
use yew::prelude::*;

use super::project_menu::ProjectMenu;
use super::share::ShareButton;
use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, Saved, Store};
use crate::ui::widgets::badge::severity_mark;
use crate::ui::widgets::icon::Icon;

/// The bar.
pub fn top_bar(store: &Store) -> Html {
    let settings = &store.workspace().settings().spec;
    html! {
        <header class="top-bar">
            <h1 class="brand"><a href={Route::to(Section::Overview).hash()}>{ Icon::Logo.svg() }{ "akoplan" }</a></h1>
            <ProjectMenu />
            { saved_mark(store) }
            { history_buttons(store) }
            <span class="top-bar-gap"></span>
            <a class="versions" href={Route::to(Section::Settings).hash()}>
                { "AKO " }{ settings.ako_version.as_deref().unwrap_or(NEWEST_AKO) }
                if let Some(version) = &settings.kubernetes_version { { " · K8s " }{ version } }
            </a>
            { finding_counts(store) }
            <ShareButton />
            <a class="button primary" href={Route::to(Section::Export).hash()}>{ "Export" }</a>
            <ThemeButton />
        </header>
    }
}

fn saved_mark(store: &Store) -> Html {
    let rests = store.project.elsewhere.is_some() && store.is_unsaved();
    let not_saved = html! { <span class="saved saved-failed">{ "not saved" }</span> };
    match &store.project.saved {
        // The bar below says why, and what to do.
        _ if rests => not_saved,
        Saved::Failed(_) => not_saved,
        Saved::Never => html! {},
        Saved::At(time) => html! { <span class="saved" title="Kept in this browser">{ "saved " }{ time }</span> },
    }
}

fn history_buttons(store: &Store) -> Html {
    let dispatch = store.dispatch();
    let button = |icon: Icon, word: &str, keys: &str, label: Option<&str>, action: fn() -> Action| {
        let title = match label {
            Some(label) => format!("{word}: {label} ({keys})"),
            None => format!("Nothing to {}", word.to_lowercase()),
        };
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.send(action()));
        html! {
            <button type="button" class="icon-button" title={title.clone()} aria-label={title} disabled={label.is_none()} {onclick}>
                { icon.svg() }
            </button>
        }
    };
    html! {
        <span class="history-buttons">
            { button(Icon::Undo, "Undo", "Ctrl+Z", store.history.undo_label(), || Action::Undo) }
            { button(Icon::Redo, "Redo", "Ctrl+Shift+Z", store.history.redo_label(), || Action::Redo) }
        </span>
    }
}

fn finding_counts(store: &Store) -> Html {
    if store.is_stale() {
        return html! { <a class="finding-counts" href={Route::to(Section::Findings).hash()}>{ "checking…" }</a> };
    }
    let counts =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity, store.analysis.count(severity)));
    html! {
        <a class="finding-counts" href={Route::to(Section::Findings).hash()}>
            <span class="visually-hidden">{ "Findings: " }</span>
            { for counts.into_iter().filter(|(_, count)| *count > 0).map(|(severity, count)| html! {
                <span>{ severity_mark(severity, false) }{ count }</span>
            }) }
            if counts.iter().all(|(_, count)| *count == 0) { <span class="all-good">{ Icon::Check.svg() }{ "no finding" }</span> }
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
    html! { <button type="button" class="icon-button" title={label.clone()} aria-label={label} {onclick}>{ Icon::Theme.svg() }</button> }
}
