//! What stands between the open project and its place in the storage, told under the top bar with the ways out.

use yew::prelude::*;

use crate::ui::browser;
use crate::ui::project_actions::Projects;
use crate::ui::route::{Route, Section};
use crate::ui::storage::StorageError;
use crate::ui::store::{Saved, Store};
use crate::ui::widgets::icon::Icon;

/// The bar; nothing where all is well.
pub fn project_bar(store: &Store) -> Html {
    let project = &store.project;
    let content = match (&project.elsewhere, &project.saved) {
        (Some(head), _) if store.is_unsaved() => changed_elsewhere(store, head.saved),
        (None, Saved::Failed(error)) => not_saved(store, error),
        _ => return html! {},
    };
    html! { <div class="project-bar" role="alert">{ content }</div> }
}

fn changed_elsewhere(store: &Store, saved: u64) -> Html {
    html! {
        <>
            <p><span class="is-warning">{ Icon::Warning.svg() }</span>
                { format!(" Another tab changed this project at {}. What you change here is not saved until you choose; nothing is lost either way.", browser::moment(saved)) }</p>
            <span class="actions">
                { action(store, "Keep mine as a copy", Projects::keep_as_copy) }
                { action(store, "Load theirs", Projects::take_over) }
            </span>
        </>
    }
}

fn not_saved(store: &Store, error: &StorageError) -> Html {
    html! {
        <>
            <p><span class="is-error">{ Icon::Error.svg() }</span>{ format!(" Not saved: {}. ", error.words) }
                if error.is_full {
                    { "Everything is still here in this tab. Download it, or make room: delete " }
                    <a href={Route::to(Section::Projects).hash()}>{ "projects" }</a>{ " that you do not need, then try again." }
                } else {
                    { "Everything is still here in this tab; download it before you close it." }
                }</p>
            <span class="actions">
                { action(store, "Download the project", Projects::download_open) }
                { action(store, "Try again", Projects::save) }
            </span>
        </>
    }
}

fn action(store: &Store, words: &'static str, action: fn(&Projects)) -> Html {
    let projects = Projects::of(store);
    let onclick = Callback::from(move |_: MouseEvent| action(&projects));
    html! { <button type="button" {onclick}>{ words }</button> }
}
