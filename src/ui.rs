//! The page. It shows what the core says and sends commands; it decides nothing.
//!
//! `store` holds the one state in a reducer, `route` the place in the address bar, `browser` and
//! `storage` every call to the browser. `pages` are the places, `forms` edit objects, `widgets` know
//! no store and take narrow properties.

pub mod browser;
mod computed;
mod draft;
mod forms;
mod object_findings;
mod object_landings;
mod pages;
mod project_actions;
mod project_sync;
mod route;
mod shared;
mod shell;
mod storage;
mod store;
mod widgets;

use yew::prelude::*;

use project_sync::use_projects;
use route::RouteProvider;
use shell::Shell;
use store::{Dispatch, State, Store, use_work};

/// The whole page: state, storage, shell.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::default);
    let dispatch = Dispatch(state.dispatcher());
    use_projects(&state, &dispatch);
    use_work(&state, &dispatch);
    if !state.ready {
        return html! { <main class="boot"><h1>{ "akoplan" }</h1><p role="status">{ "Loading…" }</p></main> };
    }
    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            <ContextProvider<Store> context={Store(state.clone())}>
                <RouteProvider><Shell /></RouteProvider>
            </ContextProvider<Store>>
        </ContextProvider<Dispatch>>
    }
}
