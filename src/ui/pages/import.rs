//! Import: paste or files, taken in as they are.

use akoplan::import;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use web_sys::{DragEvent, FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, Dispatch, Notice, Store, use_dispatch, use_store};

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

/// A text pasted.
#[component]
fn Paste() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let text = use_state(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let onsubmit = {
        let text = text.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !text.trim().is_empty() {
                take_in(&dispatch, store.workspace(), import::pasted(store.workspace(), &text));
                text.set(String::new());
            }
        })
    };
    html! {
        <form class="form card" {onsubmit}>
            <div class="field">
                <label for="import-text">{ "Paste" }</label>
                <textarea id="import-text" class="import-text" rows="12" spellcheck="false" autocomplete="off"
                    value={(*text).clone()} {oninput} aria-describedby="import-text-help" />
                <p class="help" id="import-text-help">{ "For instance the output of kubectl get -o yaml, or of helm template." }</p>
            </div>
            <div class="actions"><button type="submit" class="primary" disabled={text.trim().is_empty()}>{ "Import the text" }</button></div>
        </form>
    }
}

/// Files chosen or dropped.
fn file_import(store: &Store) -> Html {
    let dispatch = store.dispatch();
    let take = {
        let store = store.clone();
        Callback::from(move |list: FileList| {
            let files = (0..list.length()).filter_map(|at| list.get(at)).collect();
            let (dispatch, store) = (dispatch.clone(), store.clone());
            browser::read_files(files, move |read| {
                take_in(&dispatch, store.workspace(), import::files(store.workspace(), read));
            });
        })
    };
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            if let Some(list) = event.target_unchecked_into::<HtmlInputElement>().files() {
                take.emit(list);
            }
        })
    };
    let ondrop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        if let Some(list) = event.data_transfer().and_then(|data| data.files()) {
            take.emit(list);
        }
    });
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="card drop" {ondrop} {ondragover}>
            <div class="field">
                <label for="import-files">{ "Files" }</label>
                <input id="import-files" type="file" multiple=true accept=".yaml,.yml,.json,.txt" {onchange} aria-describedby="import-files-help" />
                <p class="help" id="import-files-help">{ "Choose several at once, or drop them here." }</p>
            </div>
        </div>
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
