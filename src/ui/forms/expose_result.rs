//! The last parts of "Expose a service": where it lands, what to paste, what is written.

use akoplan::ako::Landing;
use akoplan::diff::FileDiff;
use yew::prelude::*;

use crate::ui::object_landings::chains;
use crate::ui::store::use_store;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::diff_view::DiffView;

/// Properties of [`ExposeLandings`].
#[derive(PartialEq, Properties)]
pub struct ExposeLandingsProps {
    /// Where it would land.
    pub landings: Vec<Landing>,
}

/// Where it lands, once it is done.
#[component]
pub fn ExposeLandings(props: &ExposeLandingsProps) -> Html {
    let store = use_store();
    let landings: Vec<&Landing> = props.landings.iter().collect();
    html! {
        <section class="traces" aria-labelledby="expose-landings">
            <h4 id="expose-landings">{ "Where it lands" }</h4>
            if props.landings.is_empty() { <p class="dim">{ "AKO does nothing with it." }</p> }
            { chains(store.workspace(), &landings) }
        </section>
    }
}

/// Properties of [`ExposeTexts`].
#[derive(PartialEq, Properties)]
pub struct ExposeTextsProps {
    /// What to put into a chart.
    pub snippet: String,
    /// What is written.
    pub diff: Vec<FileDiff>,
}

/// The snippet and the changes side by side.
#[component]
pub fn ExposeTexts(props: &ExposeTextsProps) -> Html {
    html! {
        <div class="columns">
            <section aria-labelledby="expose-snippet">
                <h4 id="expose-snippet">{ "What to paste into a chart" }</h4>
                <CodeView title="Part of the Service" text={props.snippet.clone()} />
            </section>
            <section aria-labelledby="expose-diff">
                <h4 id="expose-diff">{ "What is written here" }</h4>
                <DiffView diff={props.diff.clone()} />
            </section>
        </div>
    }
}
