//! Long computations in steps: they say where they can pause, and who runs them decides how long.
//!
//! A reader or a prediction is a future that waits for nothing but [`pause`]. [`finish`] runs it to its
//! end at once; the page runs it step by step with [`Steps`], so that it stays responsive, shows
//! [`Progress`], and can give up: dropping a computation half way leaves nothing behind.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A point where a computation can rest: it goes on with the next step.
pub async fn pause() {
    Pause(false).await;
}

struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Runs a computation to its end; it must wait for nothing but [`pause`].
pub fn finish<T>(computation: impl Future<Output = T>) -> T {
    let mut computation = std::pin::pin!(computation);
    loop {
        if let Poll::Ready(value) = computation.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

/// A computation that is run step by step.
pub struct Steps<T>(Pin<Box<dyn Future<Output = T>>>);

impl<T> Steps<T> {
    /// A computation that has not begun.
    pub fn new(computation: impl Future<Output = T> + 'static) -> Self {
        Self(Box::pin(computation))
    }

    /// Goes on to the next pause; gives the value at the end, after which no step may follow.
    pub fn step(&mut self) -> Option<T> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }
}

/// How far a computation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Documents that were read.
    pub read: usize,
    /// Documents to read, as far as they are counted.
    pub documents: usize,
    /// Rules that were checked.
    pub checked: usize,
    /// Whether AKO's answer is being predicted, or is there.
    pub predicting: bool,
}

/// Where a computation tells how far it is; clones tell the same.
#[derive(Clone, Debug, Default)]
pub struct Progress(Rc<Cell<Measure>>);

impl Progress {
    /// How far the computation is.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.0.get()
    }

    pub(crate) fn update(&self, change: impl FnOnce(&mut Measure)) {
        let mut measure = self.0.get();
        change(&mut measure);
        self.0.set(measure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn count(to: usize) -> usize {
        for _ in 0..to {
            pause().await;
        }
        to
    }

    #[test]
    fn a_computation_takes_one_step_for_each_pause() {
        assert_eq!(finish(count(3)), 3);
        let mut steps = Steps::new(count(2));
        assert_eq!((steps.step(), steps.step(), steps.step()), (None, None, Some(2)));
    }
}
