//! What the layout in hand makes: what is open, the options, the download, the files, the commands.

use akoplan::export::layout::{Choice, Layout, Made};
use akoplan::export::zipping;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::MadeProps;
use super::clusters::Clusters;
use super::files::Files;
use super::snippets::Snippets;
use super::step_list::step_list;
use crate::ui::browser::{self, pacing};
use crate::ui::pages::places::ROWS;
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::use_store;
use crate::ui::widgets::field::CheckField;
use crate::ui::widgets::icon::Icon;

/// All of it.
#[component]
pub fn Output(props: &MadeProps) -> Html {
    let MadeProps { made, file, onchange } = props;
    html! {
        <>
            { open_errors(made.open_errors) }
            { server_fields(made, onchange) }
            { with_link(made, onchange) }
            if made.choice.layout == Layout::Kit { <SinceImport made={made.clone()} onchange={onchange.clone()} /> }
            if made.choice.layout == Layout::Kustomize { <Clusters /> }
            <section class="layout-files" aria-labelledby="layout-files">
                <div class="place-head">
                    <h3 id="layout-files">{ heading(made) }</h3>
                    { download(made) }
                </div>
                if made.choice.layout == Layout::Snippets {
                    <Snippets made={made.clone()} />
                } else {
                    <Files made={made.clone()} file={file.clone()} />
                }
            </section>
            { left_out(made) }
            { step_list(made) }
            if made.choice.layout == Layout::Manifests {
                <p>{ "In which order to apply them, what AKO says then and how to go back: " }
                    <a href={Route::with(Section::Export, Layout::Kit.about().id).hash()}>{ Layout::Kit.about().title }</a>{ "." }</p>
            }
        </>
    }
}

fn heading(made: &Made) -> String {
    let title = made.choice.layout.about().title;
    match made.files.len() {
        0 => format!("{title}: there is nothing for it in the project"),
        1 => title.to_owned(),
        count => format!("{title}: {count} files"),
    }
}

/// The one file, or all in a zip.
fn download(made: &Shared<Made>) -> Html {
    let anyway = if made.open_errors > 0 { " anyway" } else { "" };
    let what = match made.files.as_slice() {
        [] => return html! {},
        [one] => one.name.clone(),
        _ => "zip".to_owned(),
    };
    let onclick = {
        let made = made.clone();
        Callback::from(move |_: MouseEvent| {
            if let [one] = made.files.as_slice() {
                browser::download_text(&one.name, &one.text);
                return;
            }
            let made = made.clone();
            spawn_local(async move {
                let name = format!("{}.zip", made.name);
                let archive = pacing::run(async move { zipping(&made.files).await }).await;
                browser::download(&name, &archive, "application/zip");
            });
        })
    };
    html! { <button type="button" class="primary" {onclick}>{ Icon::Import.svg() }{ format!("Download {what}{anyway}") }</button> }
}

/// The choice to leave out what the server wrote, where there is such a thing.
fn server_fields(made: &Made, onchange: &Callback<Choice>) -> Html {
    if !made.has_server_fields {
        return html! {};
    }
    let choice = made.choice;
    let onchange = onchange.reform(move |checked| Choice { without_server_fields: checked, ..choice });
    html! {
        <CheckField
            id="without-server-fields"
            label="Leave out what the server wrote"
            checked={choice.without_server_fields}
            help="`status`, `managedFields`, `uid` and the like, as `kubectl get -o yaml` prints them. The project keeps them."
            {onchange}
        />
    }
}

/// The choice to have a link in it that brings the project back, where there is a place for one.
fn with_link(made: &Made, onchange: &Callback<Choice>) -> Html {
    let choice = made.choice;
    if !choice.layout.takes_link() {
        return html! {};
    }
    let onchange = onchange.reform(move |checked| Choice { with_link: checked, ..choice });
    let problems = made.no_link.iter().chain(&made.in_link);
    let problems: Vec<AttrValue> = problems.cloned().map(AttrValue::from).collect();
    html! {
        <CheckField id="with-link" label="With a link that brings the project back" checked={choice.with_link} {problems}
            help="Whoever has it can open the whole project; it stands in the README, or at the top of the one YAML." {onchange} />
    }
}

/// The choice to make the kit for a cluster that runs with what was imported last, where there is such a thing.
#[component]
fn SinceImport(props: &MadeProps) -> Html {
    let store = use_store();
    if store.history.baseline().is_none() {
        return html! {};
    }
    let choice = props.made.choice;
    let onchange = props.onchange.reform(move |checked| Choice { since_import: checked, ..choice });
    html! {
        <CheckField id="since-import" label="For a cluster that runs with what was imported last" checked={choice.since_import}
            help="Steps tell what is new, what goes down or moves, and delete what is gone." {onchange} />
    }
}

/// Errors come first; they hinder nobody.
fn open_errors(count: usize) -> Html {
    let words = match count {
        0 => return html! {},
        1 => "1 error is open".to_owned(),
        count => format!("{count} errors are open"),
    };
    html! {
        <section class="banner banner-error" aria-labelledby="open-errors">
            <h3 id="open-errors">{ Icon::Error.svg() }{ " " }{ words }</h3>
            <p>{ "AKO or Kubernetes would refuse something, or something would land elsewhere than meant. " }
                <a href={Route::to(Section::Findings).hash()}>{ "Show the findings" }</a>
                { ". All can be taken along all the same." }</p>
        </section>
    }
}

/// Documents that are not in it.
fn left_out(made: &Made) -> Html {
    let left_out = &made.left_out;
    if left_out.is_empty() {
        return html! {};
    }
    html! {
        <section class="banner" aria-labelledby="left-out">
            <h3 id="left-out"><span class="is-warning">{ Icon::Warning.svg() }</span>{ " Left out" }</h3>
            <ul>
                { for left_out.iter().take(ROWS).map(|it| html! {
                    <li><a class="mono" href={Route::with(Section::Yaml, format!("{}:{}", it.file, it.line)).hash()}>
                        { format!("{}, line {}", it.file, it.line) }</a>{ ": " }{ it.reason }</li>
                }) }
                if left_out.len() > ROWS { <li>{ format!("and {} more", left_out.len() - ROWS) }</li> }
            </ul>
        </section>
    }
}
