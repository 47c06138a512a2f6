//! YAML: the files as text, edited with live findings.

mod file_editor;

use std::collections::BTreeMap;

use akoplan::diagnostic::Severity;
use akoplan::view::text::place;
use yew::prelude::*;

use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::badge::severity_mark;
use file_editor::FileEditor;

/// The place: the files, and the text of one.
#[component]
pub fn Yaml() -> Html {
    let store = use_store();
    let route = use_route();
    let Some(place) = place(store.workspace(), route.item.as_deref()) else {
        return html! {
            <>
                <header class="place-head"><h2>{ "YAML" }</h2></header>
                <div class="empty"><p>{ "No file yet. Import what you have, or define a segment; the files are shown here as text." }</p>
                    <a class="button" href={Route::to(Section::Import).hash()}>{ "Import" }</a></div>
            </>
        };
    };
    html! {
        <>
            <header class="place-head"><h2>{ "YAML" }</h2></header>
            <div class="yaml-place">
                { file_list(&store, &place.file) }
                <FileEditor key={place.file.clone()} name={place.file.clone()} line={place.line} />
            </div>
        </>
    }
}

/// The files with their worst finding.
fn file_list(store: &Store, current: &str) -> Html {
    let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
    for finding in &store.analysis.findings {
        let own = worst.entry(&finding.file).or_insert(finding.severity);
        *own = finding.severity.min(*own);
    }
    html! {
        <nav class="file-list" aria-label="Files">
            <ul>{ for store.workspace().files().iter().map(|file| {
                let name = file.source.name.clone();
                let worst = worst.get(name.as_str()).copied();
                html! {
                    <li key={name.clone()}>
                        <a class="mono" href={Route::with(Section::Yaml, name.clone()).hash()}
                            aria-current={(name == current).then_some("page")}>
                            <span>{ &name }</span>
                            if let Some(severity) = worst { { severity_mark(severity, false) } }
                        </a>
                    </li>
                }
            }) }</ul>
        </nav>
    }
}
