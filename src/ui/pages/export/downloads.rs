//! The ways to take the bundle along.

use std::rc::Rc;

use akoplan::export::{self, Bundle, VALUES_FILE};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::store::{Notice, use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};
use crate::ui::widgets::words::Words;

/// Properties of [`Downloads`].
#[derive(PartialEq, Properties)]
pub struct DownloadsProps {
    /// The bundle.
    pub bundle: Rc<Bundle>,
    /// Whether there is something to apply.
    pub has_manifests: bool,
}

/// As a folder, as one file, by the clipboard; AKO's values apart.
#[component]
pub fn Downloads(props: &DownloadsProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let name = export::base_name(store.workspace());
    let anyway = if props.bundle.open_errors > 0 { " anyway" } else { "" };
    let onzip = {
        let (name, bundle) = (format!("{name}.zip"), props.bundle.clone());
        Callback::from(move |_: MouseEvent| {
            browser::download(&name, &export::zip(&bundle.files), "application/zip");
        })
    };
    let onsingle = {
        let (name, store) = (format!("{name}.yaml"), store.clone());
        Callback::from(move |_: MouseEvent| {
            browser::download(&name, export::single(store.workspace()).as_bytes(), "application/yaml");
        })
    };
    let oncopy = Callback::from(move |_: MouseEvent| {
        let dispatch = dispatch.clone();
        browser::copy(&export::single(store.workspace()), move |worked| {
            dispatch.say(if worked {
                Notice::done("All manifests are on the clipboard")
            } else {
                Notice::error("The browser did not let the text onto the clipboard; download it instead")
            });
        });
    });
    html! {
        <ul class="downloads">
            if props.has_manifests {
                <Choice primary=true icon={IconName::Import} words={format!("Download zip{anyway}")} onclick={onzip}
                    what="All files below in their folders, with a README: to unpack into a repository or to split between owners." />
                <Choice icon={IconName::Import} words={"Download as one YAML"} onclick={onsingle}
                    what="All manifests as one file in apply order: to review, or for one `kubectl apply -f`." />
                <Choice icon={IconName::Copy} words="Copy all" onclick={oncopy} what="The same text onto the clipboard." />
            }
            <ValuesChoice bundle={props.bundle.clone()} />
        </ul>
    }
}

#[derive(PartialEq, Properties)]
struct ValuesChoiceProps {
    bundle: Rc<Bundle>,
}

#[component]
fn ValuesChoice(props: &ValuesChoiceProps) -> Html {
    let Some(values) = props.bundle.files.iter().find(|file| file.name == VALUES_FILE).cloned() else {
        return html! {};
    };
    let onclick = Callback::from(move |_: MouseEvent| {
        browser::download(VALUES_FILE, values.text.as_bytes(), "application/yaml");
    });
    html! {
        <Choice icon={IconName::Settings} words="Download values.yaml" {onclick}
            what="Values for AKO's own Helm chart: `helm upgrade … -f values.yaml`. Never applied with kubectl." />
    }
}

#[derive(PartialEq, Properties)]
struct ChoiceProps {
    icon: IconName,
    words: AttrValue,
    what: AttrValue,
    #[prop_or_default]
    primary: bool,
    onclick: Callback<MouseEvent>,
}

/// A button and what it is for.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    html! {
        <li>
            <button type="button" class={props.primary.then_some("primary")} onclick={props.onclick.clone()}>
                <Icon name={props.icon} />{ &props.words }
            </button>
            <p class="help"><Words text={props.what.clone()} /></p>
        </li>
    }
}
