//! The table of Service Engine groups.

use akoplan::avi_side;
use yew::prelude::*;

use super::avi::{OF, remove_item};
use crate::ui::browser;
use crate::ui::draft::{put, use_draft};
use crate::ui::forms::single::SingleText;
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;

const LIST: &str = "spec.avi.seGroups";

/// The groups, and a line to add one.
pub fn se_groups_part(store: &Store) -> Html {
    let names: Vec<String> = (0..OF.items(store.workspace(), LIST).len())
        .map(|index| OF.text(store.workspace(), &format!("{LIST}[{index}].name")))
        .collect();
    html! {
        <fieldset>
            <legend>{ "SE groups" }</legend>
            if !names.is_empty() {
                <div class="table-wrap">
                    <table class="edit-table">
                        <thead><tr>
                            <th scope="col">{ "Name" }</th>
                            <th scope="col" title="Label clustername of the group: it belongs to this cluster">{ "Cluster label" }</th>
                            <th scope="col"><span class="visually-hidden">{ "Remove" }</span></th>
                        </tr></thead>
                        <tbody>
                            { for names.into_iter().enumerate().map(|(index, name)| se_group(store, index, &name)) }
                        </tbody>
                    </table>
                </div>
            }
            <AddGroup />
        </fieldset>
    }
}

fn se_group(store: &Store, index: usize, name: &str) -> Html {
    let path = |field: &str| format!("{LIST}[{index}].{field}");
    let label = |field: &str| format!("{field} of SE group {}", index + 1);
    html! {
        <tr>
            <td><SingleText of={OF} path={path("name")} label={label("Name")} hide_label=true mono=true /></td>
            <td><SingleText of={OF} path={path("clusterLabel")} label={label("Cluster label")} hide_label=true mono=true placeholder="none" /></td>
            <td class="row-action">{ remove_item(store, LIST, index, &format!("SE group {name}"), "add-se-group") }</td>
        </tr>
    }
}

/// A name and `Add`; Enter adds, and the field is ready for the next.
#[component]
fn AddGroup() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let typed = use_draft(String::new);
    let onsubmit = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let label = format!("add SE group {}", typed.trim());
            dispatch.edit(label, avi_side::add_se_group(store.workspace(), &typed));
            typed.set(String::new());
            browser::focus_later("#add-se-group");
        })
    };
    html! {
        <form class="add-line" {onsubmit}>
            <TextField id="add-se-group" label="New SE group" value={(*typed).clone()} mono=true placeholder="tkgvsphere-tkgworkload-group10"
                help="Its name on the Avi Controller: `spec.avi.seGroups[].name`." oninput={put(&typed.onchange(), |typed: &mut String, text| *typed = text)} />
            <button type="submit" disabled={typed.trim().is_empty()}>{ Icon::Plus.svg() }{ "Add SE group" }</button>
        </form>
    }
}
