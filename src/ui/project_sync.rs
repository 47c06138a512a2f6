//! Keeps the open project and the storage together: the start, saving, what other tabs do.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::project_actions::Projects;
use super::store::{Action, Dispatch, ProjectEvent, Saved, State};
use super::{browser, storage};

/// How long after a change it is saved, in milliseconds.
const MOMENT: u32 = 300;

/// Everything between the open project and the storage.
#[hook]
pub fn use_projects(state: &UseReducerHandle<State>, dispatch: &Dispatch) {
    use_start(dispatch);
    use_autosave(state, dispatch);
    use_other_tabs(state, dispatch);
    use_guard(state);
}

/// Opens the last project, and begins to hear what other tabs do.
#[hook]
fn use_start(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let send = {
            let dispatch = dispatch.clone();
            move |event| dispatch.send(Action::Project(event))
        };
        let list = move || {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                if let Ok(heads) = storage::heads().await {
                    dispatch.send(Action::Project(ProjectEvent::Listed(heads)));
                }
            });
        };
        {
            let (send, list) = (send.clone(), list.clone());
            storage::listen(move |head| {
                if let Some(head) = head {
                    send(ProjectEvent::Changed(head.clone()));
                    send(ProjectEvent::Heard(head));
                }
                list();
            });
        }
        spawn_local(async move {
            send(ProjectEvent::Restored(storage::restore().await));
            list();
        });
    });
}

/// Saves a moment after each change, and hands the texts to the panic page.
#[hook]
fn use_autosave(state: &UseReducerHandle<State>, dispatch: &Dispatch) {
    let (now, dispatch) = ((**state).clone(), dispatch.clone());
    let rests = state.project.elsewhere.is_some() || !state.is_unsaved();
    use_effect_with((state.history.clone(), state.ready, rests), move |(history, ready, rests)| {
        let mut timer = None;
        if *ready {
            browser::remember_for_panic_page(&history.workspace().sources());
            if !*rests {
                timer = Some(Timeout::new(MOMENT, move || Projects::new(now, dispatch).save()));
            }
        }
        move || drop(timer)
    });
    use_effect_with((state.project.head.id.clone(), state.project.head.revision > 0), |(id, is_stored)| {
        if *is_stored {
            storage::remember(id);
        }
    });
}

/// Where nothing is unsaved here, what another tab saved is simply shown.
#[hook]
fn use_other_tabs(state: &UseReducerHandle<State>, dispatch: &Dispatch) {
    let (now, dispatch) = ((**state).clone(), dispatch.clone());
    let revision = state.project.elsewhere.as_ref().map(|head| head.revision);
    use_effect_with((revision, state.is_unsaved()), move |(revision, is_unsaved)| {
        if revision.is_some() && !is_unsaved {
            Projects::new(now, dispatch).take_over();
        }
    });
}

/// Asks before the page is left with something that could not be saved.
#[hook]
fn use_guard(state: &UseReducerHandle<State>) {
    let failed = matches!(state.project.saved, Saved::Failed(_)) || state.project.elsewhere.is_some();
    use_effect_with(failed && state.is_unsaved(), |guards| {
        let listener = guards.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&browser::window(), "beforeunload", options, Event::prevent_default)
        });
        move || drop(listener)
    });
}
