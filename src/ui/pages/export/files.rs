//! The bundle's files in their folders, and the text of the one in hand.

use akoplan::export::{Bundle, Folder};
use akoplan::text::SourceFile;
use yew::prelude::*;

use super::MadeProps;
use crate::ui::browser;
use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button};
use crate::ui::route::{Route, Section, use_route};
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;

/// Folders on the left, the text on the right.
#[component]
pub fn Files(props: &MadeProps) -> Html {
    let route = use_route();
    let limit = use_state(|| ROWS);
    use_effect_with(route.item.clone(), |item| {
        // There the text stands below the list, out of sight.
        if item.is_some() && browser::is_narrow() {
            browser::focus_later(".bundle-text pre");
        }
    });
    let files = &props.made.bundle.files;
    let drawn = use_gradually(files.len().min(*limit), ROWS_AT_ONCE);
    let wanted = route.item.as_deref();
    // The README is what everything else says already; the first manifest is of more interest.
    let shown = files.iter().find(|file| Some(file.name.as_str()) == wanted).or(files.get(1)).or(files.first());
    let Some(shown) = shown.cloned() else { return html! {} };
    html! {
        <section class="bundle" aria-labelledby="bundle-files">
            <h3 id="bundle-files">{ format!("{} files, in apply order", files.len()) }</h3>
            <nav class="bundle-tree" aria-label="Files of the bundle">
                { for first(&props.made.folders, drawn).iter().map(|folder| folder_view(&props.made.bundle, folder, &shown.name)) }
                { more_button(files.len(), &limit) }
            </nav>
            <div class="bundle-text"><CodeView key={shown.name.clone()} title={shown.name.clone()} text={shown.text.to_string()} /></div>
        </section>
    }
}

/// The folders with so many of all their files, the first ones.
fn first(folders: &[Folder], most: usize) -> Vec<Folder> {
    let mut left = most;
    let shortened = folders.iter().map(|folder| {
        let files: Vec<usize> = folder.files.iter().take(left).copied().collect();
        left -= files.len();
        Folder { files, ..folder.clone() }
    });
    shortened.filter(|folder| !folder.files.is_empty()).collect()
}

/// A folder, what it is for, its files.
fn folder_view(bundle: &Bundle, folder: &Folder, shown: &str) -> Html {
    let Folder { name, purpose, files } = folder;
    html! {
        <div class="bundle-folder">
            if !name.is_empty() { <p class="mono folder-name">{ name }</p> }
            <ul>
                { for files.iter().filter_map(|at| bundle.files.get(*at)).map(|file| file_line(file, file.name == shown)) }
            </ul>
            <p class="help">{ *purpose }</p>
        </div>
    }
}

/// A file: shown by a click, downloaded by the button.
fn file_line(file: &SourceFile, is_shown: bool) -> Html {
    let name = file.name.rsplit('/').next().unwrap_or_default().to_owned();
    let ondownload = {
        let (name, text) = (name.clone(), file.text.clone());
        Callback::from(move |_: MouseEvent| browser::download(&name, text.as_bytes(), "text/plain"))
    };
    let label = format!("Download {}", file.name);
    html! {
        <li key={file.name.clone()}>
            <a class="mono" href={Route::with(Section::Export, file.name.clone()).hash()} aria-current={is_shown.then_some("true")}>
                { &name }
            </a>
            <button type="button" class="icon-button small" aria-label={label.clone()} title={label} onclick={ondownload}>
                { Icon::Import.svg() }
            </button>
        </li>
    }
}
