//! The Avi side: what exists on the Avi Controller.

use akoplan::singleton::Singleton;
use yew::prelude::*;

use super::networks::networks_part;
use super::se_groups::se_groups_part;
use super::settings_part;
use crate::ui::browser;
use crate::ui::forms::single::SingleList;
use crate::ui::store::Store;
use crate::ui::widgets::icon::Icon;

pub const OF: Singleton = Singleton::Settings;

/// SE groups, networks, DNS sub-domains.
pub fn avi_part(store: &Store) -> Html {
    settings_part(
        store,
        "settings-avi",
        "The Avi side",
        OF,
        &html! { <>
            <p class="dim">{ "What exists on the Avi Controller. Segments choose from it, and names that are not listed are reported. \
                              Without it nothing is reported as missing." }</p>
            { se_groups_part(store) }
            { networks_part(store) }
            <SingleList of={OF} path="spec.avi.subDomains" label="DNS sub-domains" placeholder="my-domain.com"
                help="Sub-domains of the cloud, with commas between: `spec.avi.subDomains`." />
        </> },
    )
}

/// Takes a row away.
pub fn remove_item(store: &Store, list: &str, index: usize, what: &str, add_id: &str) -> Html {
    let dispatch = store.dispatch();
    let label = format!("Remove {what}");
    let onclick = {
        let (store, list, label) = (store.clone(), list.to_owned(), format!("remove {what}"));
        let add_id = add_id.to_owned();
        Callback::from(move |_: MouseEvent| {
            dispatch.edit(label.clone(), OF.remove_item(store.workspace(), &list, index));
            browser::focus_later(&format!("#{add_id}"));
        })
    };
    html! {
        <button type="button" class="icon-button small" aria-label={label.clone()} title={label} {onclick}>{ Icon::Trash.svg() }</button>
    }
}
