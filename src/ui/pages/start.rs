//! The first visit: three doors.

use akoplan::examples;
use akoplan::text::SourceFile;
use yew::prelude::*;

use crate::ui::route::{Route, Section};
use crate::ui::store::{Action, use_dispatch};
use crate::ui::widgets::icon::{Icon, IconName};

/// Import, an example, or a new segment.
#[component]
pub fn Start() -> Html {
    html! {
        <div class="start">
            <h2>{ "See what AKO will do with your segments, before you apply them" }</h2>
            <p>{ "akoplan runs in this browser alone: nothing you enter leaves this machine. The project is plain Kubernetes YAML." }</p>
            <ul class="doors">
                <li class="card">
                    <h3><Icon name={IconName::Import} />{ "Import what you have" }</h3>
                    <p>{ "Manifests, rendered charts, kubectl output, AKO's values.yaml: pasted or as files. Every byte is kept." }</p>
                    <a class="button primary" href={Route::to(Section::Import).hash()}>{ "Import" }</a>
                </li>
                <li class="card">
                    <h3><Icon name={IconName::Book} />{ "Load an example" }</h3>
                    <p>{ "Three segments of one cluster, oam, trf and sigtran: once right, and once with the mistakes that are published for it." }</p>
                    <div class="actions">
                        <ExampleButton words="Load the example" load={Callback::from(|()| examples::clean())} />
                        <ExampleButton words="Load the example with mistakes" load={Callback::from(|()| examples::mistakes())} />
                    </div>
                </li>
                <li class="card">
                    <h3><Icon name={IconName::Plus} />{ "New segment" }</h3>
                    <p>{ "Start from an SE group, a VIP network and its CIDR. akoplan writes the AviInfraSetting and the classes that lead to it." }</p>
                    <a class="button" href={Route::with(Section::Segments, "new").hash()}>{ "New segment" }</a>
                </li>
            </ul>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ExampleButtonProps {
    words: AttrValue,
    load: Callback<(), Vec<SourceFile>>,
}

#[component]
fn ExampleButton(props: &ExampleButtonProps) -> Html {
    let dispatch = use_dispatch();
    let (load, words) = (props.load.clone(), props.words.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.send(Action::Open { label: words.to_string(), files: load.emit(()) });
    });
    html! { <button type="button" {onclick}>{ &props.words }</button> }
}
