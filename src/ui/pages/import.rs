//! Import: paste or files, taken in as they are.

mod files;
mod paste;

use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, Dispatch, Notice, Store};
use files::file_import;
use paste::Paste;

/// The place.
pub fn import(store: &Store) -> Html {
    html! {
        <>
            <header class="place-head"><h2>{ "Import" }</h2></header>
            <p>{ "Kubernetes manifests of any kind, several documents in one, JSON, AKO's values.yaml, a saved akoplan project. \
                  Every byte is kept; what akoplan does not know stays as it is." }</p>
            <Paste />
            { file_import(store) }
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
