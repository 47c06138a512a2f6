//! Keys that work everywhere: undo, redo, next and previous finding.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::ui::browser;
use crate::ui::route::{Route, Section, use_route};
use crate::ui::store::{Action, use_dispatch, use_store};

/// Listens on the window while the page is there.
#[hook]
pub fn use_shortcuts() {
    let dispatch = use_dispatch();
    let store = use_store();
    let route = use_route();
    let findings = store.analysis.findings.len();
    use_effect_with((findings, route), move |(findings, route)| {
        let (findings, route) = (*findings, route.clone());
        // The browser's own undo would change an input behind the project's back.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&browser::window(), "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let command = event.ctrl_key() || event.meta_key();
            let action = match (event.key().to_lowercase().as_str(), command, event.shift_key()) {
                ("z", true, false) => Action::Undo,
                ("z", true, true) | ("y", true, false) => Action::Redo,
                ("f8", false, shift) => {
                    event.prevent_default();
                    go_to_finding(&route, findings, shift);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            dispatch.send(action);
        });
        move || drop(listener)
    });
}

fn go_to_finding(route: &Route, findings: usize, backwards: bool) {
    if findings == 0 {
        return;
    }
    let current = match route.section {
        Section::Findings => route.item.as_ref().and_then(|item| item.parse::<usize>().ok()),
        _ => None,
    };
    let next = match (current, backwards) {
        (None, false) => 0,
        (None, true) => findings - 1,
        (Some(at), false) => (at + 1) % findings,
        (Some(at), true) => (at + findings - 1) % findings,
    };
    Route::with(Section::Findings, next.to_string()).go();
}
