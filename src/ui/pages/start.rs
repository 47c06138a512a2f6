//! The first visit: three doors.

use akoplan::examples;
use akoplan::text::SourceFile;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, Store};
use crate::ui::widgets::icon::Icon;

/// Import, an example, or a new segment.
pub fn start(store: &Store) -> Html {
    html! {
        <div class="start">
            <h2>{ "See what AKO will do with your segments, before you apply them" }</h2>
            <p>{ "akoplan runs in this browser alone: nothing you enter leaves this machine. The project is plain Kubernetes YAML." }</p>
            <ul class="doors">
                <li class="card">
                    <h3>{ Icon::Import.svg() }{ "Import what you have" }</h3>
                    <p>{ "Manifests, rendered charts, kubectl output, AKO's values.yaml: pasted or as files. Every byte is kept." }</p>
                    <a class="button primary" href={Route::to(Section::Import).hash()}>{ "Import" }</a>
                </li>
                <li class="card">
                    <h3>{ Icon::Book.svg() }{ "Load an example" }</h3>
                    <p>{ "Three segments of one cluster, oam, trf and sigtran: once right, and once with the mistakes that are published for it." }</p>
                    <div class="actions">
                        { example_button(store, "Load the example", examples::clean) }
                        { example_button(store, "Load the example with mistakes", examples::mistakes) }
                    </div>
                </li>
                <li class="card">
                    <h3>{ Icon::Plus.svg() }{ "New segment" }</h3>
                    <p>{ "Start from an SE group, a VIP network and its CIDR. akoplan writes the AviInfraSetting and the classes that lead to it." }</p>
                    <a class="button" href={Route::with(Section::Segments, "new").hash()}>{ "New segment" }</a>
                </li>
            </ul>
        </div>
    }
}

fn example_button(store: &Store, words: &'static str, load: fn() -> Vec<SourceFile>) -> Html {
    let dispatch = store.dispatch();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.send(Action::Open { label: words.to_owned(), files: load(), read: None });
    });
    html! { <button type="button" {onclick}>{ words }</button> }
}
