//! The last part of "Expose a service": where it lands, what to paste, what is written.

use akoplan::ako::Landing;
use akoplan::diff::FileDiff;
use yew::prelude::*;

use crate::ui::object_landings::chain;
use crate::ui::store::use_store;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::diff_view::DiffView;

/// Properties of [`ExposeResult`].
#[derive(PartialEq, Properties)]
pub struct ExposeResultProps {
    /// What to put into a chart.
    pub snippet: String,
    /// What is written.
    pub diff: Vec<FileDiff>,
    /// Where it would land.
    pub landings: Vec<Landing>,
}

/// What comes of it.
#[component]
pub fn ExposeResult(props: &ExposeResultProps) -> Html {
    let store = use_store();
    html! {
        <>
            <section class="landings" aria-labelledby="expose-landings">
                <h4 id="expose-landings">{ "Where it lands" }</h4>
                if props.landings.is_empty() { <p class="dim">{ "AKO does nothing with it." }</p> }
                { for props.landings.iter().map(|landing| chain(store.workspace(), landing)) }
            </section>
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
        </>
    }
}
