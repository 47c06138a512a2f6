//! The ways to take the bundle along.

use std::rc::Rc;

use akoplan::export::{self, Bundle, VALUES_FILE};
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::store::{Notice, Store};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::words::sentence;

/// As a folder, as one file, by the clipboard; AKO's values apart; the project's own files.
pub fn downloads(store: &Store, exported: &Rc<Workspace>, bundle: &Rc<Bundle>, has_manifests: bool) -> Html {
    let dispatch = store.dispatch();
    let name = export::base_name(exported);
    let anyway = if bundle.open_errors > 0 { " anyway" } else { "" };
    let onzip = {
        let (name, bundle) = (format!("{name}.zip"), bundle.clone());
        Callback::from(move |_: MouseEvent| {
            browser::download(&name, &export::zip(&bundle.files), "application/zip");
        })
    };
    let onsingle = {
        let (name, exported) = (format!("{name}.yaml"), exported.clone());
        Callback::from(move |_: MouseEvent| {
            browser::download(&name, export::single(&exported).as_bytes(), "application/yaml");
        })
    };
    let oncopy = {
        let exported = exported.clone();
        Callback::from(move |_: MouseEvent| {
            let dispatch = dispatch.clone();
            browser::copy(&export::single(&exported), move |worked| {
                dispatch.say(if worked {
                    Notice::done("All manifests are on the clipboard")
                } else {
                    Notice::error("The browser did not let the text onto the clipboard; download it instead")
                });
            });
        })
    };
    let onfiles = {
        let (name, exported) = (format!("{name}-files.zip"), exported.clone());
        Callback::from(move |_: MouseEvent| {
            browser::download(&name, &export::zip(&export::files_as_they_are(&exported)), "application/zip");
        })
    };
    html! {
        <ul class="downloads">
            if has_manifests {
                { download_choice(Icon::Import, &format!("Download zip{anyway}"), "All files below in their folders, with a README: to unpack into a repository or to split between owners.", true, &onzip) }
                { download_choice(Icon::Import, "Download as one YAML", "All manifests as one file in apply order: to review, or for one `kubectl apply -f`.", false, &onsingle) }
                { download_choice(Icon::Copy, "Copy all", "The same text onto the clipboard.", false, &oncopy) }
            }
            { values_choice(bundle) }
            { download_choice(Icon::Import, "Download your files", "The project's files under their own names: what was not changed here is byte for byte as it came.", false, &onfiles) }
        </ul>
    }
}

fn values_choice(bundle: &Rc<Bundle>) -> Html {
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
