//! In passing: puts a Service Engine group or network on the Avi side that was typed in a form.

use akoplan::avi_side;
use akoplan::command::Command;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::store::Store;
use crate::ui::widgets::icon::Icon;

/// What is offered.
#[derive(Clone, Copy, PartialEq)]
pub enum AviItem {
    /// A Service Engine group.
    SeGroup,
    /// A network by name.
    Network,
}

impl AviItem {
    const fn words(self) -> &'static str {
        match self {
            Self::SeGroup => "SE group",
            Self::Network => "network",
        }
    }

    fn is_lacking(self, workspace: &Workspace, name: &str) -> bool {
        match self {
            Self::SeGroup => avi_side::lacks_se_group(workspace, name),
            Self::Network => avi_side::lacks_network(workspace, name),
        }
    }

    fn add(self, workspace: &Workspace, name: &str) -> Command {
        match self {
            Self::SeGroup => avi_side::add_se_group(workspace, name),
            Self::Network => avi_side::add_network(workspace, name, "", &[]),
        }
    }
}

/// The offer; nothing where the name is listed or no Avi side is known.
pub fn avi_offer(store: &Store, item: AviItem, name: &str) -> Html {
    let dispatch = store.dispatch();
    if !item.is_lacking(store.workspace(), name) {
        return html! {};
    }
    let onclick = {
        let (store, name) = (store.clone(), name.to_owned());
        Callback::from(move |_: MouseEvent| {
            let label = format!("add {} {} to the Avi side", item.words(), name.trim());
            dispatch.edit(label, item.add(store.workspace(), &name));
        })
    };
    html! {
        <p class="offer">
            <button type="button" class="small" {onclick}>{ Icon::Plus.svg() }{ "Add to the Avi side" }</button>
            <span>{ format!("no {} of this name is listed there", item.words()) }</span>
        </p>
    }
}
