//! The place `Export`: what is open, the downloads, the files, the steps to apply them.

mod downloads;
mod files;
mod step_list;

use akoplan::export::{
    Bundle, Folder, Step, bundling, folders, looking_for_server_fields, steps, without_server_fields,
};
use akoplan::pace::pause;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use super::places::ROWS;
use crate::ui::computed::{Project, computing, use_computed};
use crate::ui::route::{Route, Section};
use crate::ui::shared::Shared;
use crate::ui::store::use_store;
use crate::ui::widgets::field::CheckField;
use crate::ui::widgets::icon::Icon;
use downloads::downloads;
use files::Files;
use step_list::step_list;

/// The place.
#[component]
pub fn Export() -> Html {
    let store = use_store();
    let without_server = use_state(|| false);
    let made =
        use_computed(&store, (Project::of(&store), *without_server), |(it, without_server)| make(it, without_server));
    let Some(made) = made.latest().cloned() else { return computing() };
    let bundle = &made.bundle;
    let has_manifests = bundle.files.iter().any(|file| file.name.contains('/'));
    html! {
        <div class="export">
            <div class="place-head"><h2>{ "Export" }</h2></div>
            { open_errors(bundle.open_errors) }
            if has_manifests || bundle.files.len() > 1 {
                { server_fields(&made, &without_server) }
                { downloads(&store, &made, has_manifests) }
                { left_out(bundle) }
                <Files made={made.clone()} />
                { step_list(&made.steps) }
            } else {
                { empty_place() }
            }
        </div>
    }
}

/// What is made of the project.
pub struct Made {
    /// The project as it goes out.
    pub exported: Workspace,
    /// Its bundle.
    pub bundle: Bundle,
    /// Its folders.
    pub folders: Vec<Folder>,
    /// The steps to apply it.
    pub steps: Vec<Step>,
    /// Whether the project has what a server wrote.
    has_server_fields: bool,
}

async fn make(project: Project, without_server: bool) -> Made {
    let Project { workspace, analysis } = project;
    let has_server_fields = looking_for_server_fields(&workspace).await;
    let exported =
        if without_server && has_server_fields { without_server_fields(&workspace) } else { workspace.clone() };
    let bundle = bundling(&exported, &analysis).await;
    pause().await;
    let folders = folders(&bundle.files);
    pause().await;
    let steps = steps(&workspace, &bundle.files);
    Made { exported, bundle, folders, steps, has_server_fields }
}

/// Properties of parts that show the bundle.
#[derive(PartialEq, Properties)]
pub struct MadeProps {
    /// The bundle, with the project.
    pub made: Shared<Made>,
}

/// The choice to leave out what the server wrote, where there is such a thing.
fn server_fields(made: &Made, without: &UseStateHandle<bool>) -> Html {
    if !made.has_server_fields {
        return html! {};
    }
    let onchange = {
        let without = without.setter();
        Callback::from(move |checked| without.set(checked))
    };
    html! {
        <CheckField
            id="without-server-fields"
            label="Leave out what the server wrote"
            checked={**without}
            help="`status`, `managedFields`, `uid` and the like, as `kubectl get -o yaml` prints them. The project keeps them."
            {onchange}
        />
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
                { ". The bundle can be downloaded all the same; its README says that errors were open." }</p>
        </section>
    }
}

/// Documents that are not in the bundle.
fn left_out(bundle: &Bundle) -> Html {
    let left_out = &bundle.left_out;
    if left_out.is_empty() {
        return html! {};
    }
    html! {
        <section class="banner" aria-labelledby="left-out">
            <h3 id="left-out"><span class="is-warning">{ Icon::Warning.svg() }</span>{ " Not in the bundle" }</h3>
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

/// Nothing to download yet.
fn empty_place() -> Html {
    html! {
        <div class="empty">
            <p>{ "The bundle stands here: plain manifests in apply order, the platform's apart from each namespace's, to copy or to \
                  download. There is no object yet." }</p>
            <div class="actions">
                <a class="button primary" href={Route::with(Section::Segments, "new").hash()}>{ Icon::Plus.svg() }{ "New segment" }</a>
                <a class="button" href={Route::to(Section::Import).hash()}>{ "Import what you have" }</a>
            </div>
        </div>
    }
}
