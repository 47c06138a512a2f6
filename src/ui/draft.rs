//! What is typed into a form: each change is made to what is there, not to what was last shown.

use std::ops::Deref;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// A change of a draft.
pub struct Change<T>(Box<dyn FnOnce(&mut T)>);

impl<T> Change<T> {
    /// A change as a function.
    pub fn new(change: impl FnOnce(&mut T) + 'static) -> Self {
        Self(Box::new(change))
    }

    /// Makes it.
    pub fn make(self, draft: &mut T) {
        (self.0)(draft);
    }
}

/// A draft in a reducer.
#[derive(PartialEq)]
pub struct Held<T>(T);

impl<T: Clone> Reducible for Held<T> {
    type Action = Change<T>;

    fn reduce(self: Rc<Self>, change: Change<T>) -> Rc<Self> {
        let mut draft = self.0.clone();
        change.make(&mut draft);
        Rc::new(Self(draft))
    }
}

/// A draft as it is now, even where the page has not shown it yet.
#[derive(Clone, PartialEq)]
pub struct Draft<T: Clone + PartialEq + 'static>(UseReducerHandle<Held<T>>);

impl<T: Clone + PartialEq + 'static> Deref for Draft<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: Clone + PartialEq + 'static> Draft<T> {
    /// A callback that takes changes.
    pub fn onchange(&self) -> Callback<Change<T>> {
        self.0.dispatcher().into()
    }

    /// Puts another in its place.
    pub fn set(&self, draft: T) {
        self.0.dispatch(Change::new(move |held| *held = draft));
    }
}

/// A draft that begins as `first`.
#[hook]
pub fn use_draft<T: Clone + PartialEq + 'static>(first: impl FnOnce() -> T) -> Draft<T> {
    Draft(use_reducer_eq(|| Held(first())))
}

/// A callback that puts a value into a draft.
pub fn put<T: 'static, V: 'static>(
    onchange: &Callback<Change<T>>,
    put: impl Fn(&mut T, V) + Clone + 'static,
) -> Callback<V> {
    onchange.reform(move |value: V| {
        let put = put.clone();
        Change::new(move |draft| put(draft, value))
    })
}

/// So long nothing is typed before a value counts as settled, in milliseconds.
const SETTLED_AFTER: u32 = 200;

/// The value once it has not changed for a moment: for what takes long to be made of it.
#[hook]
pub fn use_settled<T: Clone + PartialEq + 'static>(value: &T) -> T {
    let settled = use_state_eq(|| value.clone());
    let setter = settled.setter();
    use_effect_with(value.clone(), move |value| {
        let value = value.clone();
        let timer = Timeout::new(SETTLED_AFTER, move || setter.set(value));
        move || drop(timer)
    });
    (*settled).clone()
}
