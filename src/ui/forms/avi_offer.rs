//! In passing: puts a Service Engine group or network on the Avi side that was typed in a form.

use akoplan::avi_side;
use akoplan::command::Command;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};

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

/// Properties of [`AviOffer`].
#[derive(PartialEq, Properties)]
pub struct AviOfferProps {
    /// What it is.
    pub item: AviItem,
    /// The name that was typed.
    pub name: AttrValue,
}

/// The offer; nothing where the name is listed or no Avi side is known.
#[component]
pub fn AviOffer(props: &AviOfferProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    if !props.item.is_lacking(store.workspace(), &props.name) {
        return html! {};
    }
    let onclick = {
        let (item, name) = (props.item, props.name.clone());
        Callback::from(move |_: MouseEvent| {
            let label = format!("add {} {} to the Avi side", item.words(), name.trim());
            dispatch.edit(label, item.add(store.workspace(), &name));
        })
    };
    html! {
        <p class="offer">
            <button type="button" class="small" {onclick}><Icon name={IconName::Plus} />{ "Add to the Avi side" }</button>
            <span>{ format!("no {} of this name is listed there", props.item.words()) }</span>
        </p>
    }
}
