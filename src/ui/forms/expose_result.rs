//! The last parts of "Expose a service": where it lands, what to paste, what is written.

use akoplan::ako::Landing;
use akoplan::diff::FileDiff;
use yew::prelude::*;

use crate::ui::object_landings::chains;
use crate::ui::store::Store;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::diff_view::diff_view;

/// Where it lands, once it is done.
pub fn expose_landings(store: &Store, landings: &[Landing]) -> Html {
    let landings: Vec<&Landing> = landings.iter().collect();
    html! {
        <section class="traces" aria-labelledby="expose-landings">
            <h4 id="expose-landings">{ "Where it lands" }</h4>
            if landings.is_empty() { <p class="dim">{ "AKO does nothing with it." }</p> }
            { chains(store.workspace(), &landings) }
        </section>
    }
}

/// The snippet and the changes side by side.
pub fn expose_texts(snippet: &str, diff: &[FileDiff]) -> Html {
    html! {
        <div class="columns">
            <section aria-labelledby="expose-snippet">
                <h4 id="expose-snippet">{ "What to paste into a chart" }</h4>
                <CodeView title="Part of the Service" text={snippet.to_owned()} />
            </section>
            <section aria-labelledby="expose-diff">
                <h4 id="expose-diff">{ "What is written here" }</h4>
                { diff_view(diff) }
            </section>
        </div>
    }
}
