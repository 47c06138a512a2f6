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

/// Pauses once for so many calls: for loops whose single rounds are short.
#[derive(Debug)]
pub(crate) struct Rest {
    every: usize,
    count: usize,
}

impl Rest {
    /// A pause at every so many calls.
    pub const fn every(every: usize) -> Self {
        Self { every, count: 0 }
    }

    /// A round of the loop is over.
    pub async fn round(&mut self) {
        self.count += 1;
        if self.count >= self.every {
            self.count = 0;
            pause().await;
        }
    }
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

/// A computation whose code is there once. That of an async function comes with whoever awaits it: once with the core,
/// which runs it to its end, and once with the page, which runs it in steps. The large ones are handed out boxed.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A computation that is run step by step.
pub struct Steps<T>(Boxed<'static, T>);

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

    /// Goes on from pause to pause until it is at its end, or `is_over` says that it is time to rest.
    pub fn run_until(&mut self, mut is_over: impl FnMut() -> bool) -> Option<T> {
        loop {
            let value = self.step();
            if value.is_some() || is_over() {
                return value;
            }
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

impl Measure {
    /// How far it is, of a hundred, as far as that can be said: reading takes most of the time, then the rules.
    #[must_use]
    pub fn percent(self) -> usize {
        const READING: usize = 60;
        const RULES: usize = 25;
        if !self.predicting {
            return READING * self.read / self.documents.max(1);
        }
        let rules = crate::rules::ALL.len().max(1);
        let predicted = if self.checked > 0 { 100 - RULES } else { READING };
        (predicted + RULES * self.checked / rules).min(100)
    }

    /// What is being done, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self { predicting: true, checked: 0, .. } => "predicting what AKO does".to_owned(),
            Self { predicting: true, checked, .. } => format!("{checked} of {} rules checked", crate::rules::ALL.len()),
            Self { documents: 0, .. } => "looking at it".to_owned(),
            Self { read, documents, .. } => format!("{read} of {documents} documents read"),
        }
    }
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

    #[test]
    fn what_is_measured_is_put_into_words() {
        let mut measure = Measure::default();
        assert_eq!((measure.percent(), measure.words().as_str()), (0, "looking at it"));
        measure = Measure { read: 5, documents: 20, ..measure };
        assert_eq!((measure.percent(), measure.words().as_str()), (15, "5 of 20 documents read"));
        measure.predicting = true;
        assert_eq!((measure.percent(), measure.words().as_str()), (60, "predicting what AKO does"));
        measure.checked = crate::rules::ALL.len();
        assert_eq!(measure.percent(), 100);
    }

    #[test]
    fn a_run_rests_at_the_first_pause_after_its_time_is_over() {
        let mut steps = Steps::new(count(5));
        let mut left = 2;
        let over = || {
            left -= 1;
            left == 0
        };
        assert_eq!(steps.run_until(over), None);
        assert_eq!(steps.run_until(|| false), Some(5));
    }
}
