//! Files and folders chosen or dropped.

use akoplan::import::{self, Read};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use crate::ui::browser::{self, Offered, pacing};

/// Files and folders chosen or dropped.
pub fn file_import(take: &Callback<Read>) -> Html {
    let take = take.clone();
    let read = Callback::from(move |files: Offered| {
        let take = take.clone();
        browser::read_files(files, move |incoming, skipped| {
            spawn_local(async move {
                let mut read = import::read(incoming);
                read.skipped.extend(skipped);
                pacing::next_task().await;
                take.emit(read);
            });
        });
    });
    let onchange = {
        let read = read.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(list) = input.files() {
                read.emit(browser::chosen_files(&list));
            }
            // The same file chosen again is a change again.
            input.set_value("");
        })
    };
    let ondrop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        if let Some(data) = event.data_transfer() {
            let read = read.clone();
            browser::dropped_files(&data, move |files| read.emit(files));
        }
    });
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="card drop" {ondrop} {ondragover}>
            <div class="field">
                <label for="import-files">{ "Files" }</label>
                <input id="import-files" type="file" multiple=true accept=".yaml,.yml,.json,.txt,.zip" onchange={onchange.clone()}
                    aria-describedby="import-files-help" />
                <p class="help" id="import-files-help">{ "Choose several at once, a .zip too, or drop files and folders here." }</p>
            </div>
            <div class="field">
                <label for="import-folder">{ "Folder" }</label>
                <input id="import-folder" type="file" webkitdirectory=true {onchange} aria-describedby="import-folder-help" />
                <p class="help" id="import-folder-help">{ "All .yaml, .yml and .json files in it; names keep their folders." }</p>
            </div>
        </div>
    }
}
