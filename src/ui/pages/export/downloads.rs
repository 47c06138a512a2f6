//! The ways to take the bundle along.

use akoplan::export::{self, Bundle, VALUES_FILE};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Made;
use crate::ui::browser::{self, pacing};
use crate::ui::shared::Shared;
use crate::ui::store::{Notice, Store};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// As a folder, as one file, by the clipboard; AKO's values apart; the project's own files.
pub fn downloads(store: &Store, made: &Shared<Made>, has_manifests: bool) -> Html {
    let dispatch = store.dispatch();
    let name = export::base_name(&made.exported);
    let anyway = if made.bundle.open_errors > 0 { " anyway" } else { "" };
    let onzip = {
        let (name, made) = (format!("{name}.zip"), made.clone());
        Callback::from(move |_: MouseEvent| {
            let (name, made) = (name.clone(), made.clone());
            spawn_local(async move {
                let archive = pacing::run(async move { export::zipping(&made.bundle.files).await }).await;
                browser::download(&name, &archive, "application/zip");
            });
        })
    };
    let onsingle = {
        let (name, made) = (format!("{name}.yaml"), made.clone());
        Callback::from(move |_: MouseEvent| {
            let (name, made) = (name.clone(), made.clone());
            spawn_local(async move {
                let text = pacing::run(async move { export::joining(&made.exported).await }).await;
                browser::download(&name, text.as_bytes(), "application/yaml");
            });
        })
    };
    let oncopy = {
        let made = made.clone();
        Callback::from(move |_: MouseEvent| {
            let dispatch = dispatch.clone();
            // At once: browsers let a text onto the clipboard only while they see the click.
            browser::copy(&export::single(&made.exported), move |worked| {
                dispatch.say(if worked {
                    Notice::done("All manifests are on the clipboard")
                } else {
                    Notice::error("The browser did not let the text onto the clipboard; download it instead")
                });
            });
        })
    };
    let onfiles = {
        let (name, made) = (format!("{name}-files.zip"), made.clone());
        Callback::from(move |_: MouseEvent| {
            let (name, files) = (name.clone(), export::files_as_they_are(&made.exported));
            spawn_local(async move {
                let archive = pacing::run(async move { export::zipping(&files).await }).await;
                browser::download(&name, &archive, "application/zip");
            });
        })
    };
    html! {
        <ul class="downloads">
            if has_manifests {
                { download_choice(Icon::Import, &format!("Download zip{anyway}"), "All files below in their folders, with a README: to unpack into a repository or to split between owners.", true, &onzip) }
                { download_choice(Icon::Import, "Download as one YAML", "All manifests as one file in apply order: to review, or for one `kubectl apply -f`.", false, &onsingle) }
                { download_choice(Icon::Copy, "Copy all", "The same text onto the clipboard.", false, &oncopy) }
            }
            { values_choice(&made.bundle) }
            { download_choice(Icon::Import, "Download your files", "The project's files under their own names: what was not changed here is byte for byte as it came.", false, &onfiles) }
        </ul>
    }
}

fn values_choice(bundle: &Bundle) -> Html {
    let Some(values) = bundle.files.iter().find(|file| file.name == VALUES_FILE).cloned() else {
        return html! {};
    };
    let onclick = Callback::from(move |_: MouseEvent| {
        browser::download(VALUES_FILE, values.text.as_bytes(), "application/yaml");
    });
    download_choice(
        Icon::Settings,
        "Download values.yaml",
        "Values for AKO's own Helm chart: `helm upgrade … -f values.yaml`. Never applied with kubectl.",
        false,
        &onclick,
    )
}

/// A button and what it is for.
fn download_choice(icon: Icon, words: &str, what: &str, primary: bool, onclick: &Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button type="button" class={primary.then_some("primary")} onclick={onclick.clone()}>
                { icon.svg() }{ words }
            </button>
            <p class="help">{ sentence(what) }</p>
        </li>
    }
}
