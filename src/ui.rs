//! The page. It shows what the core says and sends commands; it decides nothing.
//!
//! `store` holds the one state in a reducer, `route` the place in the address bar, `browser` and
//! `storage` every call to the browser. `pages` are the places, `forms` edit objects, `widgets` know
//! no store and take narrow properties.

pub mod browser;
mod draft;
mod forms;
mod object_findings;
mod object_landings;
mod pages;
mod route;
mod shared;
mod shell;
mod storage;
mod store;
mod widgets;

use yew::prelude::*;

use route::RouteProvider;
use shell::Shell;
use store::{Action, Dispatch, State, Store};

/// The whole page: state, storage, shell.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::default);
    let dispatch = Dispatch(state.dispatcher());
    {
        let dispatch = dispatch.clone();
        use_effect_with((), move |()| {
            storage::restore(move |restored| dispatch.send(Action::Restored(restored)));
        });
    }
    use_autosave(&state, &dispatch);
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

/// Saves a moment after each change, and hands the texts to the panic page.
#[hook]
fn use_autosave(state: &UseReducerHandle<State>, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((state.history.clone(), state.ready), move |(history, ready)| {
        let mut timer = None;
        if *ready {
            browser::remember_for_panic_page(&history.workspace().sources());
            let history = history.clone();
            timer = Some(gloo::timers::callback::Timeout::new(300, move || {
                storage::save(&history, move |result| dispatch.send(Action::Saved(result)));
            }));
        }
        move || drop(timer)
    });
}
