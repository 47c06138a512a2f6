//! Files chosen or dropped.

use akoplan::text::SourceFile;
use web_sys::{DragEvent, FileList, HtmlInputElement};
use yew::prelude::*;

use crate::ui::browser;

/// Files chosen or dropped.
pub fn file_import(take: &Callback<Vec<SourceFile>>) -> Html {
    let take = take.clone();
    let take = Callback::from(move |list: FileList| {
        let files = (0..list.length()).filter_map(|at| list.get(at)).collect();
        let take = take.clone();
        browser::read_files(files, move |read| take.emit(read));
    });
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
