//! What a link brought: shown first, and taken in only where one says so.

use akoplan::import;
use akoplan::share::{self, Content, Envelope, Link, Unreadable};
use akoplan::view::shared::inside;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::browser::{self, cipher};
use crate::ui::project_actions::Projects;
use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::{Action, Store, use_store};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;

/// How far a link is opened.
#[derive(Clone, PartialEq)]
enum Opened {
    /// It needs a passphrase.
    Sealed(Envelope),
    /// Readable.
    Content(Content),
    /// Not readable.
    Failed(Unreadable),
}

/// The place.
#[component]
pub fn SharedPlace() -> Html {
    let store = use_store();
    let route = use_route();
    let opened = use_state(|| None::<Opened>);
    {
        let opened = opened.setter();
        use_effect_with(route.item, move |item| {
            let Some(item) = item else { return };
            opened.set(Some(match share::read(item) {
                Ok(Link::Plain(content)) => Opened::Content(content),
                Ok(Link::Sealed(envelope)) => Opened::Sealed(envelope),
                Err(why) => Opened::Failed(why),
            }));
            // Out of the address bar and the browser's history: neither screenshots nor bookmarks show it.
            browser::replace_hash(&Route::to(Section::Share).hash());
        });
    }
    let oncontent = {
        let opened = opened.setter();
        Callback::from(move |content: Content| opened.set(Some(Opened::Content(content))))
    };
    html! {
        <div class="shared">
            <header class="place-head"><h2>{ "A shared project" }</h2></header>
            { match &*opened {
                None => nothing(),
                Some(Opened::Failed(why)) => failed(why),
                Some(Opened::Sealed(envelope)) => html! { <Unsealing envelope={envelope.clone()} {oncontent} /> },
                Some(Opened::Content(content)) => html! { <Offer content={content.clone()} store={store.clone()} /> },
            } }
        </div>
    }
}

fn nothing() -> Html {
    html! { <p class="empty">{ "Open a link that was shared with you: what is in it stands here before anything is taken in." }</p> }
}

fn failed(why: &Unreadable) -> Html {
    html! {
        <>
            <p class="banner banner-error" role="alert"><span class="is-error">{ Icon::Error.svg() }</span>{ format!(" Not opened: {why}.") }</p>
            <p>{ "Your own project is as it was." }</p>
            <div class="actions"><a class="button" href={Route::to(Section::Overview).hash()}>{ "Back to my project" }</a></div>
        </>
    }
}

/// Properties of [`Unsealing`].
#[derive(PartialEq, Properties)]
struct UnsealingProps {
    /// What is sealed.
    envelope: Envelope,
    /// It is open.
    oncontent: Callback<Content>,
}

/// Asks for the passphrase.
#[component]
fn Unsealing(props: &UnsealingProps) -> Html {
    let passphrase = use_state(String::new);
    let problem = use_state(|| None::<AttrValue>);
    let is_busy = use_state(|| false);
    use_effect_with((), |()| browser::focus_later("#passphrase"));
    if !cipher::can_seal() {
        return html! {
            <p class="banner" role="alert">{ "This link is sealed with a passphrase. Browsers open such links on pages over https or on this machine \
                only, and this page is neither: open the link where akoplan is served over https." }</p>
        };
    }
    let onsubmit = {
        let (envelope, oncontent) = (props.envelope.clone(), props.oncontent.clone());
        let (passphrase, problem, is_busy) = (passphrase.clone(), problem.setter(), is_busy.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (envelope, oncontent) = (envelope.clone(), oncontent.clone());
            let (passphrase, problem, is_busy) = ((*passphrase).clone(), problem.clone(), is_busy.clone());
            is_busy.set(true);
            spawn_local(async move {
                let result = cipher::open(&envelope, &passphrase).await;
                is_busy.set(false);
                match result {
                    Ok(content) => oncontent.emit(content),
                    Err(why) => problem.set(Some(why.to_string().into())),
                }
            });
        })
    };
    let oninput = {
        let (passphrase, problem) = (passphrase.setter(), problem.setter());
        Callback::from(move |text: String| {
            passphrase.set(text);
            problem.set(None);
        })
    };
    html! {
        <form class="form card" {onsubmit}>
            <TextField id="passphrase" label="Passphrase" value={(*passphrase).clone()} {oninput}
                help="The link is sealed. Whoever sent it knows the passphrase; akoplan does not." />
            if let Some(problem) = &*problem { <p class="field-problems" role="alert">{ format!("Not opened: {problem}.") }</p> }
            <div class="actions">
                <button type="submit" class="primary" disabled={passphrase.is_empty() || *is_busy}>{ if *is_busy { "Opening…" } else { "Open the link" } }</button>
                <a class="button" href={Route::to(Section::Overview).hash()}>{ "Cancel" }</a>
            </div>
        </form>
    }
}

/// Properties of [`Offer`].
#[derive(PartialEq, Properties)]
struct OfferProps {
    /// What the link brought.
    content: Content,
    /// The open project.
    store: Store,
}

/// What is inside, and what can become of it.
#[component]
fn Offer(props: &OfferProps) -> Html {
    let OfferProps { content, store } = props;
    let inside = use_memo(content.clone(), inside);
    use_effect_with((), |()| browser::focus_later("#open-shared"));
    let begin = {
        let (content, projects) = (content.clone(), Projects::of(store));
        Callback::from(move |_: MouseEvent| projects.begin_from(&content))
    };
    let add = {
        let (content, store) = (content.clone(), store.clone());
        Callback::from(move |_: MouseEvent| {
            let files = import::files(store.workspace(), content.files.clone());
            store.dispatch().send(Action::Add { label: "Add the files of a link".to_owned(), files, read: None });
            Route::to(Section::Yaml).go();
        })
    };
    let name = if content.project.is_empty() { "Without a name" } else { &content.project };
    html! {
        <>
            <section class="card" aria-labelledby="shared-name">
                <h3 id="shared-name" class="mono">{ name }</h3>
                <p>{ &inside.words }</p>
                { file_list(&inside.files) }
            </section>
            <div class="actions">
                <button type="button" id="open-shared" class="primary" onclick={begin}>{ "Open as a new project" }</button>
                if !store.workspace().files().is_empty() {
                    <button type="button" onclick={add}>{ "Add to my open project" }</button>
                }
                <a class="button" href={Route::to(Section::Overview).hash()}>{ "Cancel" }</a>
            </div>
            <p class="help">{ "Nothing is taken in before you choose. A new project stands beside yours; added files never replace one of yours, and undo takes them out again." }</p>
        </>
    }
}

/// Files with their sizes.
pub fn file_list(files: &[(String, String)]) -> Html {
    if files.is_empty() {
        return html! {};
    }
    html! {
        <ul class="share-files" tabindex="0" aria-label="Files in the link">
            { for files.iter().map(|(name, size)| html! { <li key={name.clone()}><span class="mono">{ name }</span><span>{ size }</span></li> }) }
        </ul>
    }
}
