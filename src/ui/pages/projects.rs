//! The place of all projects in this browser.

use akoplan::import;
use akoplan::projects::{self, Head};
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::project_actions::Projects;
use crate::ui::store::{Notice, Store, use_store};
use crate::ui::widgets::icon::Icon;

mod row;
use row::Row;

/// The place.
pub fn projects_place(store: &Store) -> Html {
    let heads = &store.project.heads;
    let listed = projects::listed(heads);
    let deleted = projects::deleted(heads);
    html! {
        <div class="projects">
            <header class="place-head">
                <h2>{ "Projects" }</h2>
                { action(store, Icon::Plus, "New project", Projects::begin) }
                { action(store, Icon::Export, "Export all", Projects::export_all) }
            </header>
            <p>{ "Kept in this browser and nowhere else. Whoever clears the browser's data clears them too: export what you cannot lose." }</p>
            if listed.is_empty() {
                <p class="empty">{ "No project is saved yet. The first one is saved with its first change." }</p>
            } else {
                <div class="table-wrap">
                    <table>
                        <thead><tr><th>{ "Name" }</th><th>{ "Objects" }</th><th>{ "Saved" }</th><th>{ "Actions" }</th></tr></thead>
                        <tbody>{ for listed.iter().map(|head| html! { <Row key={head.id.clone()} head={head.clone()} /> }) }</tbody>
                    </table>
                </div>
            }
            <ImportAll />
            { deleted_projects(store, &deleted) }
        </div>
    }
}

/// Files with projects are added to those that are there.
#[component]
fn ImportAll() -> Html {
    let store = use_store();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let Some(list): Option<FileList> = input.files() else { return };
        let (projects, dispatch) = (Projects::of(&store), store.dispatch());
        browser::read_files(browser::chosen_files(&list), move |incoming, mut skipped| {
            let read = import::read(incoming);
            skipped.extend(read.skipped);
            if let Some(first) = skipped.first() {
                dispatch.say(Notice::error(format!("Not imported: {}: {}", first.name, first.why)));
            }
            for file in read.files {
                projects.import_all(file.text.to_string());
            }
        });
        // The same file can be chosen again.
        input.set_value("");
    });
    html! {
        <div class="card">
            <div class="field">
                <label for="import-projects">{ "Import projects" }</label>
                <input id="import-projects" type="file" accept=".json" {onchange} aria-describedby="import-projects-help" />
                <p class="help" id="import-projects-help">{ "A file of “Export all”, or of one project. Nothing that is here is changed." }</p>
            </div>
        </div>
    }
}

fn deleted_projects(store: &Store, deleted: &[Head]) -> Html {
    if deleted.is_empty() {
        return html! {};
    }
    let ids: Vec<String> = deleted.iter().map(|head| head.id.clone()).collect();
    html! {
        <section class="card" aria-labelledby="deleted-projects">
            <h3 id="deleted-projects">{ "Deleted" }</h3>
            <p class="help">{ "Kept for a week; they take room until then." }</p>
            <ul class="deleted-projects">
                { for deleted.iter().map(|head| {
                    let (id, projects) = (head.id.clone(), Projects::of(store));
                    let onclick = Callback::from(move |_: MouseEvent| projects.restore(&id));
                    html! {
                        <li key={head.id.clone()}>
                            <span class="mono">{ &head.name }</span>
                            <span class="help">{ "deleted " }{ browser::moment(head.deleted.unwrap_or_default()) }</span>
                            <button type="button" class="small" aria-label={format!("Restore {}", head.name)} {onclick}>{ "Restore" }</button>
                        </li>
                    }
                }) }
            </ul>
            <div class="actions">{ action(store, Icon::Trash, "Remove these for good", move |projects| projects.remove(ids.clone())) }</div>
        </section>
    }
}

fn action(store: &Store, icon: Icon, words: &'static str, action: impl Fn(&Projects) + 'static) -> Html {
    let projects = Projects::of(store);
    let onclick = Callback::from(move |_: MouseEvent| action(&projects));
    html! { <button type="button" {onclick}>{ icon.svg() }{ words }</button> }
}
