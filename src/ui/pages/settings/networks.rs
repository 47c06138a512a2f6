//! The table of networks.

use akoplan::avi_side;
use yew::prelude::*;

use super::avi::{OF, remove_item};
use crate::ui::browser;
use crate::ui::draft::{put, use_draft};
use crate::ui::forms::single::{SingleList, SingleText};
use crate::ui::store::{Store, use_dispatch, use_store};
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::list_field::ListField;

const LIST: &str = "spec.avi.networks";

/// The networks, and a line to add one.
pub fn networks_part(store: &Store) -> Html {
    let names: Vec<String> = (0..OF.items(store.workspace(), LIST).len())
        .map(|index| OF.text(store.workspace(), &format!("{LIST}[{index}].name")))
        .collect();
    html! {
        <fieldset>
            <legend>{ "Networks" }</legend>
            if !names.is_empty() {
                <div class="table-wrap">
                    <table class="edit-table">
                        <thead><tr>
                            <th scope="col">{ "Name" }</th>
                            <th scope="col">{ "Subnets" }</th>
                            <th scope="col">{ "UUID" }</th>
                            <th scope="col"><span class="visually-hidden">{ "Remove" }</span></th>
                        </tr></thead>
                        <tbody>
                            { for names.into_iter().enumerate().map(|(index, name)| network_fields(store, index, &name)) }
                        </tbody>
                    </table>
                </div>
            }
            <AddNetwork />
        </fieldset>
    }
}

fn network_fields(store: &Store, index: usize, name: &str) -> Html {
    let path = |field: &str| format!("{LIST}[{index}].{field}");
    let label = |field: &str| format!("{field} of network {}", index + 1);
    html! {
        <tr>
            <td><SingleText of={OF} path={path("name")} label={label("Name")} placeholder="a network has a name" hide_label=true mono=true /></td>
            <td><SingleList of={OF} path={path("subnets")} label={label("Subnets")} hide_label=true placeholder="not known" /></td>
            <td><SingleText of={OF} path={path("uuid")} label={label("UUID")} hide_label=true mono=true placeholder="not known" /></td>
            <td class="row-action">{ remove_item(store, LIST, index, &format!("network {name}"), "add-network") }</td>
        </tr>
    }
}

/// What is typed for a new network.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    name: String,
    subnets: Vec<String>,
}

/// Name, subnets and `Add`; Enter adds, and the field is ready for the next.
#[component]
fn AddNetwork() -> Html {
    let store = use_store();
    let dispatch = use_dispatch();
    let typed = use_draft(Typed::default);
    let onsubmit = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let command = avi_side::add_network(store.workspace(), &typed.name, "", &typed.subnets);
            dispatch.edit(format!("add network {}", typed.name.trim()), command);
            typed.set(Typed::default());
            browser::focus_later("#add-network");
        })
    };
    let onname = put(&typed.onchange(), |typed: &mut Typed, name| typed.name = name);
    let onsubnets = put(&typed.onchange(), |typed: &mut Typed, subnets| typed.subnets = subnets);
    let items: Vec<AttrValue> = typed.subnets.iter().cloned().map(AttrValue::from).collect();
    html! {
        <form class="add-line" {onsubmit}>
            <TextField id="add-network" label="New network" value={typed.name.clone()} mono=true placeholder="tkg-wkld-oam-vip"
                help="Its name on the Avi Controller: `spec.avi.networks[].name`." oninput={onname} />
            <ListField id="add-network-subnets" label="Subnets of the new network" {items} placeholder="10.223.63.0/26"
                help="With commas between: `spec.avi.networks[].subnets`." oninput={onsubnets} />
            <button type="submit" disabled={typed.name.trim().is_empty()}>{ Icon::Plus.svg() }{ "Add network" }</button>
        </form>
    }
}
