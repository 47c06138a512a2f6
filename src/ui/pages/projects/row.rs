//! A project in the list: open, copy, rename, take along, delete.

use akoplan::projects::Head;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::project_actions::Projects;
use crate::ui::store::use_store;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::icon::Icon;

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
pub struct RowProps {
    /// The project.
    pub head: Head,
}

/// The row.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let store = use_store();
    let head = &props.head;
    // The name while it is typed.
    let renaming = use_state(|| None::<String>);
    let is_open = head.id == store.project.head.id;
    let on = |action: fn(&Projects, &Head)| {
        let (projects, head) = (Projects::of(&store), head.clone());
        Callback::from(move |_: MouseEvent| action(&projects, &head))
    };
    let rename = {
        let (renaming, name, id) = (renaming.clone(), head.name.clone(), format!("name-{}", head.id));
        Callback::from(move |_: MouseEvent| {
            renaming.set(Some(name.clone()));
            browser::focus_later(&format!("[id='{id}']"));
        })
    };
    html! {
        <tr class={is_open.then_some("selected")}>
            <th scope="row">
                if let Some(typed) = &*renaming {
                    { rename_form(head, typed, &renaming, Projects::of(&store)) }
                } else if is_open {
                    <span class="mono">{ &head.name }</span><span class="help">{ " open" }</span>
                } else {
                    <button type="button" class="link mono" aria-label={format!("Open {}", head.name)} onclick={on(|it, head| it.open(&head.id))}>
                        { &head.name }</button>
                }
            </th>
            <td>{ head.objects }<span class="count-word">{ if head.objects == 1 { " object" } else { " objects" } }</span></td>
            <td>{ browser::moment(head.saved) }</td>
            <td>
                <span class="row-actions">
                    { button("Rename", None, &head.name, rename) }
                    { button("Duplicate", Some(Icon::Copy), &head.name, on(Projects::duplicate)) }
                    { button("Download", Some(Icon::Import), &head.name, on(Projects::download)) }
                    { button("Delete", Some(Icon::Trash), &head.name, on(Projects::delete)) }
                </span>
            </td>
        </tr>
    }
}

/// A button of a row; its name says which row's.
fn button(words: &str, icon: Option<Icon>, name: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="small" aria-label={format!("{words} {name}")} {onclick}>
            if let Some(icon) = icon { { icon.svg() } }
            { words }
        </button>
    }
}

fn rename_form(head: &Head, typed: &str, renaming: &UseStateHandle<Option<String>>, projects: Projects) -> Html {
    let oninput = {
        let renaming = renaming.setter();
        Callback::from(move |text: String| renaming.set(Some(text)))
    };
    let onsubmit = {
        let (renaming, id, typed) = (renaming.setter(), head.id.clone(), typed.to_owned());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            projects.rename(&id, &typed);
            renaming.set(None);
        })
    };
    let onkeydown = {
        let renaming = renaming.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                renaming.set(None);
            }
        })
    };
    html! {
        <form class="rename" {onsubmit} {onkeydown}>
            <TextField id={format!("name-{}", head.id)} label={format!("New name of {}", head.name)} hide_label=true mono=true value={typed.to_owned()}
                help="Empty: as AKO's `clusterName`" {oninput} />
            <button type="submit" class="small">{ "Save the name" }</button>
        </form>
    }
}
