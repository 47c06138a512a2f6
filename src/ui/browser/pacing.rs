//! Long computations between the browser's own tasks: a slice at a time, so that the page answers.

use std::cell::RefCell;

use akoplan::pace::Steps;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessagePort, Performance};

use super::window;

/// So long a slice goes on, in milliseconds, before it looks for a pause: far less than what is felt as a delay,
/// since a page may be drawn in the same task.
const SLICE: f64 = 8.0;

/// Milliseconds since the page was opened, with their fractions.
fn clock() -> f64 {
    CLOCK.with(|clock| clock.as_ref().map_or_else(js_sys::Date::now, Performance::now))
}

/// Begins a computation; gives the value where it is at its end so soon. What is about no large project goes on to its
/// end at once: it takes a moment, and is there without a flicker.
pub fn begin<T>(steps: &mut Steps<T>, is_large: bool) -> Option<T> {
    run_for(steps, if is_large { SLICE } else { f64::INFINITY })
}

/// Goes on with a computation for one slice; gives the value at its end.
pub fn slice<T>(steps: &mut Steps<T>) -> Option<T> {
    run_for(steps, SLICE)
}

fn run_for<T>(steps: &mut Steps<T>, milliseconds: f64) -> Option<T> {
    let end = clock() + milliseconds;
    steps.run_until(|| clock() >= end)
}

/// Runs a computation to its end, slice by slice.
pub async fn run<T: 'static>(computation: impl Future<Output = T> + 'static) -> T {
    let mut steps = Steps::new(computation);
    loop {
        if let Some(value) = slice(&mut steps) {
            return value;
        }
        next_task().await;
    }
}

/// Lets the browser do what waits: input, drawing.
pub async fn next_task() {
    let promise = Promise::new(&mut |resolve, _| {
        let asked = TURNS.with(|turns| turns.as_ref().map(|turns| turns.ask(resolve.clone())));
        if asked.is_none() {
            // A timer does the same, only that browsers make it wait some milliseconds.
            let _ = window().set_timeout_with_callback(&resolve);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Messages to ourselves: each is a task of its own, and comes without the delay of a timer.
struct Turns {
    port: MessagePort,
    waiting: RefCell<Vec<js_sys::Function>>,
}

impl Turns {
    fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let listener = Closure::<dyn Fn()>::new(|| TURNS.with(|turns| turns.iter().for_each(Self::take)));
        channel.port1().set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
        Some(Self { port: channel.port2(), waiting: RefCell::default() })
    }

    fn ask(&self, resolve: js_sys::Function) {
        self.waiting.borrow_mut().push(resolve);
        let _ = self.port.post_message(&JsValue::NULL);
    }

    /// One of those that wait goes on: two computations never share a task.
    fn take(&self) {
        let first = {
            let mut waiting = self.waiting.borrow_mut();
            if waiting.is_empty() { None } else { Some(waiting.remove(0)) }
        };
        if let Some(resolve) = first {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

thread_local! {
    static TURNS: Option<Turns> = Turns::new();
    /// Asked at each pause, of which there are tens of thousands.
    static CLOCK: Option<Performance> = window().performance();
}
