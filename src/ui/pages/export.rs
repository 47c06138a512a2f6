//! The place `Export`: the ways out as choices, and of the one in hand what it makes, file by file.

mod choices;
mod clusters;
mod files;
mod output;
mod preview;
mod snippets;
mod step_list;

use akoplan::export::layout::{Choice, Layout, Made, making_beside};
use akoplan::pace::Progress;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::computed::{Project, computing, use_computed};
use crate::ui::route::{Route, Section, use_route};
use crate::ui::shared::Shared;
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::icon::Icon;
use choices::choices;
use output::Output;

/// Where the browser keeps the last choice.
const KEPT: &str = "akoplan.export";

/// The place.
#[component]
pub fn Export() -> Html {
    let store = use_store();
    let route = use_route();
    let kept = use_state_eq(|| Choice::parse(&browser::local(KEPT).unwrap_or_default()));
    let (layout, file) = Layout::in_hand(route.item.as_deref().unwrap_or_default());
    let choice = Choice { layout: layout.unwrap_or(kept.layout), ..*kept };
    {
        let kept = kept.setter();
        use_effect_with(choice, move |choice| {
            browser::set_local(KEPT, &choice.to_string());
            kept.set(*choice);
        });
    }
    let made = use_made(&store, choice);
    let onchange = {
        let kept = kept.setter();
        Callback::from(move |choice: Choice| kept.set(choice))
    };
    html! {
        <div class="export">
            <div class="place-head"><h2>{ "Export" }</h2></div>
            if store.workspace().files().is_empty() {
                { empty_place() }
            } else {
                <div class="export-body">
                    { choices(choice.layout) }
                    <div class="layout-made">
                        if let Some(made) = made {
                            <Output {made} file={file.map(ToOwned::to_owned)} {onchange} />
                        } else {
                            { computing() }
                        }
                    </div>
                </div>
            }
        </div>
    }
}

/// What the choice makes of the project; nothing of another layout in its place.
#[hook]
fn use_made(store: &Store, choice: Choice) -> Option<Shared<Made>> {
    let history = (choice.layout == Layout::Kit && choice.since_import).then(|| store.history.clone());
    let made = use_computed(store, (Project::of(store), choice, history), |(project, choice, history)| async move {
        let earlier = match history.as_ref().and_then(|history| history.baseline()) {
            Some(files) => Some(project.workspace.clone().reading(files.to_vec(), Progress::default()).await),
            None => None,
        };
        let page = browser::share_address("");
        making_beside(&project.workspace, &project.analysis, choice, &page, earlier.as_ref()).await
    });
    made.latest().filter(|made| made.choice.layout == choice.layout).cloned()
}

/// Properties of parts that show what was made.
#[derive(PartialEq, Properties)]
pub struct MadeProps {
    /// What was made.
    pub made: Shared<Made>,
    /// The file in hand.
    #[prop_or_default]
    pub file: Option<String>,
    /// Another choice.
    #[prop_or_default]
    pub onchange: Callback<Choice>,
}

/// Nothing to download yet.
fn empty_place() -> Html {
    html! {
        <div class="empty">
            <p>{ "Plain manifests, charts and what else is made of the project stand here, to copy or to download. There is no object yet." }</p>
            <div class="actions">
                <a class="button primary" href={Route::with(Section::Segments, "new").hash()}>{ Icon::Plus.svg() }{ "New segment" }</a>
                <a class="button" href={Route::to(Section::Import).hash()}>{ "Import what you have" }</a>
            </div>
        </div>
    }
}
