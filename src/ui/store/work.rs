//! What takes time: reading and analysing a large project, step by step, beside all else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use akoplan::analysis::{Analysis, analysing};
use akoplan::history::History;
use akoplan::import;
use akoplan::pace::{Progress, Steps};
use akoplan::text::SourceFile;
use akoplan::workspace::{Workspace, is_large};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Action, Dispatch, Notice, State};
use crate::ui::browser::pacing;
use crate::ui::shared::Shared;

/// What a work does with the state at its end.
pub struct Done(Box<dyn FnOnce(&mut State)>);

impl Done {
    fn new(done: impl FnOnce(&mut State) + 'static) -> Self {
        Self(Box::new(done))
    }
}

/// A work as it is ordered: what it is called, and what it does once it is told how to show its progress.
pub struct Order {
    label: String,
    /// Whether it is about a large project.
    is_large: bool,
    begin: Box<dyn FnOnce(Progress) -> Steps<Done>>,
}

impl Order {
    /// A computation, and what is done with its value; it can be broken off until then.
    pub fn new<T: 'static>(
        label: impl Into<String>,
        is_large: bool,
        computation: impl Future<Output = T> + 'static,
        then: impl FnOnce(T) + 'static,
    ) -> Self {
        Self::telling(label, is_large, move |_| computation, then)
    }

    /// [`Order::new`] of a computation that tells how far it is.
    pub fn telling<T: 'static, F: Future<Output = T> + 'static>(
        label: impl Into<String>,
        is_large: bool,
        computation: impl FnOnce(Progress) -> F + 'static,
        then: impl FnOnce(T) + 'static,
    ) -> Self {
        let begin = move |progress| {
            Steps::new(async move {
                let value = computation(progress).await;
                // Not before the state is free: what is done may change it.
                Done::new(move |_| spawn_local(async move { then(value) }))
            })
        };
        Self { label: label.into(), is_large, begin: Box::new(begin) }
    }
}

/// What takes time.
pub struct Work {
    /// What is done, in words.
    pub label: AttrValue,
    /// How far it is.
    pub progress: Progress,
    /// Whether it can be broken off: the analysis of a change that was made cannot.
    pub can_cancel: bool,
    steps: RefCell<Steps<Done>>,
}

impl Work {
    fn new(label: impl Into<AttrValue>, progress: Progress, can_cancel: bool, steps: Steps<Done>) -> Self {
        Self { label: label.into(), progress, can_cancel, steps: RefCell::new(steps) }
    }
}

/// An import: what it reads, and what it has read.
struct Import {
    label: String,
    files: Vec<SourceFile>,
    /// Whether the files come beside those that are there.
    beside: bool,
    /// The project that it began with.
    base: Workspace,
}

impl State {
    /// Whether the analysis is of an earlier project: the work in hand will change that.
    pub fn is_stale(&self) -> bool {
        !self.analysed.is_same(self.workspace())
    }

    /// Begins something; where that takes a moment only, it is done at once.
    fn begin(&mut self, work: Work, is_large: bool) {
        let done = pacing::begin(&mut work.steps.borrow_mut(), is_large);
        match done {
            Some(done) => self.finish(done),
            None => self.work = Some(Shared::new(work)),
        }
    }

    fn finish(&mut self, done: Done) {
        self.work = None;
        (done.0)(self);
        if self.work.is_none() && self.is_stale() {
            self.analyse();
        }
    }

    /// A work has ended; one that was given up meanwhile changes nothing.
    pub(super) fn done(&mut self, work: &Shared<Work>, done: Done) {
        if self.work.as_ref() == Some(work) {
            self.finish(done);
        }
    }

    /// Gives up what can be given up.
    pub(super) fn cancel(&mut self) {
        if self.is_interruptible() {
            self.work = None;
            self.notice = Some(Notice::done("Cancelled: the project is as it was"));
            self.analyse();
        }
    }

    fn is_interruptible(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.can_cancel)
    }

    /// Analyses the project anew; the end of a work that can be broken off does so by itself.
    pub(super) fn analyse(&mut self) {
        if self.is_interruptible() {
            return;
        }
        self.work = None;
        if !self.is_stale() {
            return;
        }
        let (workspace, progress) = (self.workspace().clone(), Progress::default());
        let told = progress.clone();
        let steps = Steps::new(async move {
            let analysis = analysing(workspace.clone(), told).await;
            Done::new(move |state| state.analysed(workspace, analysis))
        });
        let is_large = self.workspace().is_large();
        self.begin(Work::new("Checking the project", progress, false, steps), is_large);
    }

    fn analysed(&mut self, workspace: Workspace, analysis: Analysis) {
        self.analysis = Shared::new(analysis);
        self.analysed = workspace;
    }

    /// Begins what was ordered, unless something is in hand that the user has to end first.
    pub(super) fn order(&mut self, order: Order) {
        if self.is_interruptible() {
            self.notice = Some(Notice::error("Something is being read already: wait until it ends, or cancel it."));
            return;
        }
        let progress = Progress::default();
        let steps = (order.begin)(progress.clone());
        self.begin(Work::new(order.label, progress, true, steps), order.is_large);
    }

    /// Reads files, beside those that are there or in place of all.
    pub(super) fn import(&mut self, label: String, files: Vec<SourceFile>, beside: bool, read: Option<Workspace>) {
        let base = self.workspace().clone();
        let known = read.unwrap_or_else(|| base.clone());
        let words = label.clone();
        let is_large = known.is_large() || is_large(files.iter());
        let import = Import { label, files, beside, base };
        self.order(Order { label: words, is_large, begin: Box::new(move |progress| import.steps(known, progress)) });
    }

    fn imported(&mut self, import: Import, workspace: Workspace, analysis: Analysis) {
        if !self.workspace().is_same(&import.base) {
            // Something was changed meanwhile. What was read is known and need not be read again.
            let (label, base) = (import.label.clone(), self.workspace().clone());
            let import = Import { base, ..import };
            self.order(Order {
                label,
                is_large: true,
                begin: Box::new(move |progress| import.steps(workspace, progress)),
            });
            return;
        }
        let mut history = (*self.history).clone();
        history.import(&import.label, workspace.clone());
        // Where the files are those that were there, the project stays as it is.
        if history.workspace().is_same(&workspace) {
            self.analysed(workspace, analysis);
        }
        self.history = Shared::new(history);
        self.notice = Some(Notice::undoable(import.label));
    }

    /// Takes the last step back, or makes it again.
    pub(super) fn travel(&mut self, back: bool) {
        if self.is_interruptible() {
            self.cancel();
            return;
        }
        let (before, progress) = (self.history.clone(), Progress::default());
        let (history, told) = ((*before).clone(), progress.clone());
        let steps = Steps::new(async move {
            let (history, label) = history.travelling(back, told).await;
            Done::new(move |state| state.travelled(&before, history, label, back))
        });
        let label = if back { "Undo" } else { "Redo" };
        // What is there again is not known to be small.
        let is_large = self.history.is_large();
        self.begin(Work::new(label, progress, true, steps), is_large);
    }

    fn travelled(&mut self, before: &Shared<History>, history: History, label: Option<String>, back: bool) {
        if let Some(label) = label.filter(|_| self.history == *before) {
            self.set(history);
            let word = if back { "Undone" } else { "Done again" };
            self.notice = Some(Notice::done(format!("{word}: {label}")));
        }
    }
}

impl Import {
    fn steps(self, known: Workspace, progress: Progress) -> Steps<Done> {
        Steps::new(async move {
            let mut all = self.files.clone();
            if self.beside {
                let added = import::naming(&self.base, all).await.0;
                all = self.base.sources();
                // Reading takes time: what was free when it began may be taken now.
                all.extend(added.into_iter().filter(|file| self.base.file(&file.name).is_none()));
            }
            let workspace = known.reading(all, progress.clone()).await;
            let analysis = analysing(workspace.clone(), progress).await;
            Done::new(move |state| state.imported(self, workspace, analysis))
        })
    }
}

/// Goes on with the work in hand between the browser's own tasks.
#[hook]
pub fn use_work(state: &UseReducerHandle<State>, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with(state.work.clone(), move |work| {
        let is_wanted = Rc::new(Cell::new(true));
        if let Some(work) = work.clone() {
            let is_wanted = Rc::clone(&is_wanted);
            spawn_local(async move {
                loop {
                    pacing::next_task().await;
                    if !is_wanted.get() {
                        return;
                    }
                    let done = pacing::slice(&mut work.steps.borrow_mut());
                    if let Some(done) = done {
                        // What comes of it is drawn at once, which is enough for one task.
                        pacing::next_task().await;
                        dispatch.send(Action::Done(work, done));
                        return;
                    }
                }
            });
        }
        move || is_wanted.set(false)
    });
}
