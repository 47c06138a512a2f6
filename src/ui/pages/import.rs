//! Import: paste or files, taken in as they are; what is damaged is shown with its repairs first.

mod files;
mod paste;
mod repairs;

use akoplan::import as core;
use akoplan::text::SourceFile;
use akoplan::view::repair::Review;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::{Action, Dispatch, Notice, use_dispatch, use_store};
use files::file_import;
use paste::Paste;
use repairs::Repairs;

/// The place.
pub fn import() -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Import" }</h2></header>
            <p>{ "Kubernetes manifests of any kind, several documents in one, JSON, AKO's values.yaml, a saved akoplan project. \
                  Every byte is kept; what akoplan does not know stays as it is." }</p>
            <Doors />
        </>
    }
}

/// Paste and files; where what came is damaged, its repairs instead, until it is told what to do with them.
#[component]
fn Doors() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let review = use_state(|| None::<Shared<Review>>);
    let add = {
        let store = store.clone();
        move |files| take_in(&dispatch, store.workspace(), core::files(store.workspace(), files))
    };
    let take = {
        let (review, add) = (review.setter(), add.clone());
        Callback::from(move |files: Vec<SourceFile>| match Review::new(&files) {
            Some(found) => review.set(Some(Shared::new(found))),
            None => add(files),
        })
    };
    let ondone = {
        let review = review.setter();
        Callback::from(move |files: Option<Vec<SourceFile>>| match files {
            Some(files) => add(files),
            None => review.set(None),
        })
    };
    html! {
        <>
            if let Some(review) = &*review {
                <Repairs review={review.clone()} {ondone} />
            }
            <div class="import-doors" hidden={review.is_some()}>
                <Paste take={take.clone()} />
                { file_import(&take) }
            </div>
        </>
    }
}

/// Adds the files and goes to what they are.
fn take_in(dispatch: &Dispatch, workspace: &Workspace, files: Vec<SourceFile>) {
    if files.is_empty() {
        dispatch.say(Notice::error("There was nothing to read in these files."));
        return;
    }
    let first = workspace.files().is_empty();
    let label = match files.as_slice() {
        [file] => format!("Import {}", file.name),
        files => format!("Import {} files", files.len()),
    };
    dispatch.send(Action::Add { label, files });
    Route::to(if first { Section::Overview } else { Section::Yaml }).go();
}
