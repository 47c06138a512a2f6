//! What a place shows of the project: computed once for each project, step by step where that takes time, and drawn
//! part by part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use akoplan::analysis::Analysis;
use akoplan::pace::Steps;
use akoplan::workspace::Workspace;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::browser::pacing;
use super::shared::Shared;
use super::store::Store;

/// The project and its analysis, to compute from.
#[derive(Clone)]
pub struct Project {
    /// The project.
    pub workspace: Workspace,
    /// Its analysis.
    pub analysis: Shared<Analysis>,
}

impl Project {
    /// As the store has it.
    pub fn of(store: &Store) -> Self {
        Self { workspace: store.workspace().clone(), analysis: store.analysis.clone() }
    }
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        self.workspace.is_same(&other.workspace) && self.analysis == other.analysis
    }
}

/// A value that may not be there yet.
pub struct Computed<T> {
    value: Option<Shared<T>>,
    is_current: bool,
}

impl<T> Computed<T> {
    /// The value, or while a new one is computed the one before.
    pub fn latest(&self) -> Option<&Shared<T>> {
        self.value.as_ref()
    }

    /// The value for what is asked now.
    pub fn current(&self) -> Option<&Shared<T>> {
        self.value.as_ref().filter(|_| self.is_current)
    }
}

/// What is computed, and for what.
struct Held<From, T> {
    from: From,
    value: Option<Shared<T>>,
    pending: Option<Rc<RefCell<Steps<T>>>>,
}

/// What a computation makes of `from`: of a large project later, and the page answers meanwhile.
#[hook]
pub fn use_computed<From, T, Computation>(
    store: &Store,
    from: From,
    begin: impl FnOnce(From) -> Computation,
) -> Computed<T>
where
    From: Clone + PartialEq + 'static,
    T: 'static,
    Computation: Future<Output = T> + 'static,
{
    let held = use_mut_ref(|| None::<Held<From, T>>);
    let redraw = use_force_update();
    let is_new = held.borrow().as_ref().is_none_or(|held| held.from != from);
    if is_new {
        let mut steps = Steps::new(begin(from.clone()));
        let value = pacing::begin(&mut steps, store.workspace().is_large()).map(Shared::new);
        let pending = value.is_none().then(|| Rc::new(RefCell::new(steps)));
        let before = held.take().and_then(|held| held.value);
        *held.borrow_mut() = Some(Held { from: from.clone(), value: value.or(before), pending });
    }
    {
        let held = Rc::clone(&held);
        use_effect_with(from, move |_| {
            let is_wanted = Rc::new(Cell::new(true));
            let pending = held.borrow().as_ref().and_then(|held| held.pending.clone());
            if let Some(pending) = pending {
                let is_wanted = Rc::clone(&is_wanted);
                spawn_local(async move {
                    let value = loop {
                        pacing::next_task().await;
                        if !is_wanted.get() {
                            return;
                        }
                        let value = pacing::slice(&mut pending.borrow_mut());
                        if let Some(value) = value {
                            break value;
                        }
                    };
                    // It is drawn at once, which is enough for one task.
                    pacing::next_task().await;
                    if !is_wanted.get() {
                        return;
                    }
                    if let Some(held) = &mut *held.borrow_mut() {
                        held.value = Some(Shared::new(value));
                        held.pending = None;
                    }
                    redraw.force_update();
                });
            }
            move || is_wanted.set(false)
        });
    }
    let held = held.borrow();
    let held = held.as_ref();
    Computed {
        value: held.and_then(|held| held.value.clone()),
        is_current: held.is_some_and(|held| held.pending.is_none()),
    }
}

/// How many of so many parts to draw by now: some at once, some more with each task of the browser.
#[hook]
pub fn use_gradually(total: usize, step: usize) -> usize {
    let drawn = use_state(|| step);
    let setter = drawn.setter();
    use_effect_with((*drawn, total), move |(drawn, total)| {
        let is_wanted = Rc::new(Cell::new(true));
        if drawn < total {
            let (next, is_wanted) = (drawn + step, Rc::clone(&is_wanted));
            spawn_local(async move {
                pacing::next_task().await;
                if is_wanted.get() {
                    setter.set(next);
                }
            });
        }
        move || is_wanted.set(false)
    });
    total.min(*drawn)
}

/// What stands in the place of what is not there yet.
pub fn computing() -> Html {
    html! { <p class="empty" role="status">{ "Computing…" }</p> }
}
