//! The YAML of what is in hand, live, beside its form.

use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Section, use_route};
use crate::ui::store::use_store;
use crate::ui::widgets::code_view::CodeView;
use crate::ui::widgets::icon::Icon;

/// The documents that belong to the object in hand; nothing where there is none.
#[component]
pub fn YamlPane() -> Html {
    let store = use_store();
    let route = use_route();
    let open = use_state(|| browser::local("akoplan.yaml-pane").as_deref() != Some("closed"));
    let Some(address) = route.address().filter(|_| route.section != Section::Yaml) else { return html! {} };
    let documents = akoplan::view::related_documents(store.workspace(), &store.analysis, &address);
    if documents.is_empty() {
        return html! {};
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            browser::set_local("akoplan.yaml-pane", if *open { "closed" } else { "open" });
            open.set(!*open);
        })
    };
    html! {
        <aside class={classes!("yaml-pane", (!*open).then_some("yaml-pane-closed"))} aria-label="YAML of what is in hand">
            <button type="button" class="yaml-pane-toggle" aria-expanded={open.to_string()} onclick={toggle}>
                { Icon::Code.svg() }{ "YAML" }
            </button>
            if *open {
                { for documents.into_iter().map(|document| {
                    let key = document.title.clone();
                    html! {
                        <CodeView {key} title={document.title} text={document.text}
                            first_line={document.first_line} marks={document.marks} />
                    }
                }) }
            }
        </aside>
    }
}
