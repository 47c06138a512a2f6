//! The files in their folders, and the text of the one in hand.

use akoplan::export::Folder;
use akoplan::export::layout::Made;
use akoplan::text::SourceFile;
use yew::prelude::*;

use super::MadeProps;
use super::preview::Preview;
use crate::ui::browser;
use crate::ui::computed::use_gradually;
use crate::ui::pages::places::{ROWS, ROWS_AT_ONCE, more_button};
use crate::ui::route::{Route, Section};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// Folders on the left where there are several files, the text on the right.
#[component]
pub fn Files(props: &MadeProps) -> Html {
    let limit = use_state(|| ROWS);
    use_effect_with(props.file.clone(), |file| {
        // There the text stands below the list, out of sight.
        if file.is_some() && browser::is_narrow() {
            browser::focus_later(".bundle-text pre");
        }
    });
    let made = &props.made;
    let files = &made.files;
    let drawn = use_gradually(files.len().min(*limit), ROWS_AT_ONCE);
    let at = made.in_hand(props.file.as_deref());
    let Some(shown) = files.get(at) else { return html! {} };
    html! {
        <div class={classes!("bundle", (files.len() > 1).then_some("bundle-several"))}>
            if files.len() > 1 {
                <nav class="bundle-tree" aria-label="Files">
                    { for first(&made.folders, drawn).iter().map(|folder| folder_view(made, folder, &shown.name)) }
                    { more_button(files.len(), &limit) }
                </nav>
            }
            <div class="bundle-text"><Preview key={shown.name.clone()} made={made.clone()} {at} /></div>
        </div>
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
fn folder_view(made: &Made, folder: &Folder, shown: &str) -> Html {
    let Folder { name, purpose, files } = folder;
    let line = |file: &SourceFile| {
        let item = format!("{}/{}", made.choice.layout.about().id, file.name);
        file_line(file, &Route::with(Section::Export, item), file.name == shown)
    };
    html! {
        <div class="bundle-folder">
            if !name.is_empty() { <p class="mono folder-name">{ name }</p> }
            <ul>{ for files.iter().filter_map(|at| made.files.get(*at)).map(line) }</ul>
            if !purpose.is_empty() { <p class="help">{ sentence(purpose) }</p> }
        </div>
    }
}

/// A file: shown by a click, downloaded by the button.
fn file_line(file: &SourceFile, route: &Route, is_shown: bool) -> Html {
    let name = file.name.rsplit('/').next().unwrap_or_default().to_owned();
    let ondownload = {
        let (name, text) = (name.clone(), file.text.clone());
        Callback::from(move |_: MouseEvent| browser::download_text(&name, &text))
    };
    let label = format!("Download {}", file.name);
    html! {
        <li key={file.name.clone()}>
            <a class="mono" href={route.hash()} aria-current={is_shown.then_some("true")}>{ &name }</a>
            <button type="button" class="icon-button small" aria-label={label.clone()} title={label} onclick={ondownload}>
                { Icon::Import.svg() }
            </button>
        </li>
    }
}
