//! The project's name at the top left, and behind it the other projects.

use akoplan::projects;
use web_sys::{FocusEvent, Node};
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::project_actions::Projects;
use crate::ui::route::{Route, Section};
use crate::ui::store::{Store, use_store};
use crate::ui::widgets::icon::Icon;

/// More are on the place of all projects.
const MOST: usize = 8;

/// The button with the list that it opens.
#[component]
pub fn ProjectMenu() -> Html {
    let store = use_store();
    let is_open = use_state(|| false);
    let frame = use_node_ref();
    let close = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close.emit(());
                browser::focus_later("#project-button");
            }
        })
    };
    let onfocusout = {
        let (close, frame) = (close.clone(), frame.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| wasm_bindgen::JsCast::dyn_into::<Node>(to).ok());
            let frame = frame.get();
            // No target is a click on nothing, or on a button where buttons take no focus.
            if to.is_some_and(|to| frame.is_some_and(|frame| !frame.contains(Some(&to)))) {
                close.emit(());
            }
        })
    };
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let name = projects::unsaved_name(&store.project.head, store.workspace());
    html! {
        <div class="project-menu" ref={frame} {onkeydown} {onfocusout}>
            <button type="button" id="project-button" class="quiet" aria-expanded={(*is_open).to_string()} aria-controls="project-list"
                aria-label={format!("Project {name}")} title="Projects in this browser" onclick={toggle}>
                <span class="project-name mono">{ name }</span>{ Icon::Chevron.svg() }
            </button>
            if *is_open {
                <div class="menu-backdrop" onclick={close.reform(|_: MouseEvent| ())}></div>
                { list(&store, &close) }
            }
        </div>
    }
}

fn list(store: &Store, close: &Callback<()>) -> Html {
    let then = |action: Box<dyn Fn(Projects)>| {
        let (close, projects) = (close.clone(), Projects::of(store));
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            action(projects.clone());
        })
    };
    let heads = projects::listed(&store.project.heads);
    let others: Vec<_> = heads.into_iter().filter(|head| head.id != store.project.head.id).collect();
    html! {
        <div id="project-list" class="project-list">
            if !others.is_empty() {
                <p class="help">{ "Switch to" }</p>
                <ul>
                    { for others.iter().take(MOST).map(|head| {
                        let id = head.id.clone();
                        let onclick = then(Box::new(move |projects| projects.open(&id)));
                        html! {
                            <li key={head.id.clone()}>
                                <button type="button" class="quiet" {onclick}>
                                    <span class="mono">{ &head.name }</span><span class="help">{ browser::moment(head.saved) }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            }
            <ul>
                <li><button type="button" class="quiet" onclick={then(Box::new(|projects| projects.begin()))}>{ "New project" }</button></li>
                <li><a class="button quiet" href={Route::to(Section::Projects).hash()} onclick={close.reform(|_: MouseEvent| ())}>{ "All projects" }</a></li>
            </ul>
        </div>
    }
}
