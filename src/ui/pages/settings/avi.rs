//! The Avi side: what exists on the Avi Controller.

use akoplan::singleton::Singleton;
use yew::prelude::*;

use super::Part;
use super::networks::Networks;
use super::se_groups::SeGroups;
use crate::ui::browser;
use crate::ui::forms::single::SingleList;
use crate::ui::store::{use_dispatch, use_store};
use crate::ui::widgets::icon::{Icon, IconName};

pub const OF: Singleton = Singleton::Settings;

/// SE groups, networks, DNS sub-domains.
#[component]
pub fn Avi() -> Html {
    html! {
        <Part id="settings-avi" title="The Avi side" of={OF}>
            <p class="dim">{ "What exists on the Avi Controller. Segments choose from it, and names that are not listed are reported. \
                              Without it nothing is reported as missing." }</p>
            <SeGroups />
            <Networks />
            <SingleList of={OF} path="spec.avi.subDomains" label="DNS sub-domains" placeholder="my-domain.com"
                help="Sub-domains of the cloud, with commas between: `spec.avi.subDomains`." />
        </Part>
    }
}

/// Properties of [`RemoveItem`].
#[derive(PartialEq, Properties)]
pub struct RemoveItemProps {
    /// The list.
    pub list: AttrValue,
    /// The item, from 0.
    pub index: usize,
    /// What it is, for the button's name and for undo.
    pub what: AttrValue,
    /// Id of the field that adds a row: it gets the focus, since this button is gone.
    pub add_id: AttrValue,
}

/// Takes a row away.
#[component]
pub fn RemoveItem(props: &RemoveItemProps) -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let label = format!("Remove {}", props.what);
    let onclick = {
        let (list, index, label) = (props.list.clone(), props.index, format!("remove {}", props.what));
        let add_id = props.add_id.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(label.clone(), OF.remove_item(store.workspace(), &list, index));
            browser::focus_later(&format!("#{add_id}"));
        })
    };
    html! {
        <button type="button" class="icon-button small" aria-label={label.clone()} title={label} {onclick}><Icon name={IconName::Trash} /></button>
    }
}
