//! Sharing the open project: a button in the top bar, and the dialog with the link.

use akoplan::export;
use akoplan::projects;
use akoplan::share::{self, Content};
use akoplan::view::shared::to_send;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::browser::{self, cipher};
use crate::ui::pages::shared::file_list;
use crate::ui::project_actions::Projects;
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::copy_button::CopyButton;
use crate::ui::widgets::dialog::Dialog;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;

/// The button.
#[component]
pub fn ShareButton() -> Html {
    let is_open = use_state(|| false);
    let set = |open: bool| {
        let is_open = is_open.setter();
        move || {
            is_open.set(open);
            if !open {
                browser::focus_later("#share-button");
            }
        }
    };
    let (open, close) = (set(true), set(false));
    html! {
        <>
            <button type="button" id="share-button" onclick={Callback::from(move |_: MouseEvent| open())}>
                { Icon::Share.svg() }<span class="share-word">{ "Share" }</span></button>
            if *is_open { <ShareDialog onclose={Callback::from(move |()| close())} /> }
        </>
    }
}

/// Properties of [`ShareDialog`].
#[derive(PartialEq, Properties)]
struct ShareDialogProps {
    /// The dialog goes.
    onclose: Callback<()>,
}

/// What is sent, behind which passphrase, as which link.
#[component]
fn ShareDialog(props: &ShareDialogProps) -> Html {
    let store = use_store();
    let passphrase = use_state(String::new);
    // The passphrase that a link was sealed with, and the link.
    let sealed = use_state(|| None::<(String, Result<String, String>)>);
    let content = use_memo(store.history.clone(), |history| Content {
        project: projects::unsaved_name(&store.project.head, history.workspace()),
        files: history.workspace().sources(),
    });
    let plain = use_memo(store.history.clone(), |_| share::link(&content).map_err(|refusal| refusal.to_string()));
    let secrets = use_memo(store.history.clone(), |history| export::secrets(history.workspace()));
    let inside = to_send(store.workspace());
    let link = if passphrase.is_empty() {
        Some((*plain).clone())
    } else {
        sealed.as_ref().filter(|(of, _)| *of == *passphrase).map(|(_, link)| link.clone())
    };
    let seal = {
        let (sealed, passphrase) = (sealed.setter(), (*passphrase).clone());
        Callback::from(move |()| {
            let (sealed, passphrase, content) = (sealed.clone(), passphrase.clone(), content.clone());
            spawn_local(async move {
                let link = cipher::seal(&content, &passphrase).await;
                sealed.set(Some((passphrase, link)));
            });
        })
    };
    let oninput = {
        let passphrase = passphrase.setter();
        Callback::from(move |text: String| passphrase.set(text))
    };
    html! {
        <Dialog id="share" title="Share this project" onclose={props.onclose.clone()}>
            <div class="share">
                <p>{ "The link carries the project behind its " }<code>{ "#" }</code>
                    { ": browsers send that part to no server. Whoever has the link can read it, now and later; undo steps are not in it." }</p>
                <h3>{ format!("In it: {}", inside.words) }</h3>
                { file_list(&inside.files) }
                if let Some(secrets) = &*secrets {
                    <p><span class="is-warning">{ Icon::Warning.svg() }</span>{ format!(" Mind: {secrets}.") }</p>
                }
                if cipher::can_seal() {
                    <TextField id="share-passphrase" label="Passphrase (optional)" value={(*passphrase).clone()} {oninput} onenter={seal.clone()}
                        help="Send it another way than the link. Without it nobody can open the link, not even you." />
                } else {
                    <p class="help">{ "A passphrase is not offered: browsers seal on pages over https or on this machine only, and this page is neither." }</p>
                }
                { link_view(link, &seal) }
                <div class="actions">{ file_button(&store) }</div>
            </div>
        </Dialog>
    }
}

/// The link, or what is in its way.
fn link_view(link: Option<Result<String, String>>, seal: &Callback<()>) -> Html {
    match link {
        None => html! {
            <div class="actions">
                <button type="button" class="primary" onclick={seal.reform(|_: MouseEvent| ())}>{ "Seal with the passphrase" }</button>
            </div>
        },
        Some(Err(refusal)) => html! {
            <p class="banner" role="alert"><span class="is-warning">{ Icon::Warning.svg() }</span>
                { format!(" No link: {refusal}. Send the file instead.") }</p>
        },
        Some(Ok(link)) => {
            let address = browser::share_address(&link);
            html! {
                <div class="field">
                    <label for="share-link">{ "Link" }</label>
                    <textarea id="share-link" rows="4" readonly=true value={address.clone()} aria-describedby="share-length" />
                    <span class="actions">
                        <CopyButton text={address.clone()} what="the link" />
                        <span class="help" id="share-length">{ format!("{} characters", address.len()) }</span>
                    </span>
                </div>
            }
        }
    }
}

/// The way that takes any size; `Import` reads it.
fn file_button(store: &Store) -> Html {
    let projects = Projects::of(store);
    let onclick = Callback::from(move |_: MouseEvent| projects.download_open());
    html! {
        <>
            <button type="button" {onclick}>{ Icon::Import.svg() }{ "Download as file instead" }</button>
            <span class="help">{ "Any size, with the undo steps, without a passphrase." }</span>
        </>
    }
}
