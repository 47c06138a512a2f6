//! The one state of the page, and all that can happen to it.

mod project;
mod work;

use std::ops::Deref;
use std::rc::Rc;

use akoplan::analysis::Analysis;
use akoplan::command::Command;
use akoplan::history::History;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use yew::prelude::*;

use super::shared::Shared;
use super::storage::StorageError;
pub use project::{OpenProject, ProjectEvent};
pub use work::{Done, Order, Work, use_work};

/// What the page knows.
#[derive(Clone, Default)]
pub struct State {
    /// The project and its past.
    pub history: Shared<History>,
    /// Prediction and findings of the project as it is; of a large one that was just changed as it was before,
    /// until the work in hand is done.
    pub analysis: Shared<Analysis>,
    /// What the analysis is of.
    analysed: Workspace,
    /// What takes time and goes on beside all else.
    pub work: Option<Shared<Work>>,
    /// Whether the browser's storage has answered.
    pub ready: bool,
    /// The open project among those that are stored.
    pub project: OpenProject,
    /// A message to the user.
    pub notice: Option<Notice>,
}

/// How the last save went.
#[derive(Clone, Default, PartialEq)]
pub enum Saved {
    /// Nothing to save yet.
    #[default]
    Never,
    /// Saved at this time of day.
    At(AttrValue),
    /// Not saved.
    Failed(StorageError),
}

/// A message to the user.
#[derive(Clone, Default, PartialEq)]
pub struct Notice {
    /// The words.
    pub text: AttrValue,
    /// Whether something went wrong.
    pub is_error: bool,
    /// Whether to offer undo.
    pub undo: bool,
    /// The project that undo would restore.
    pub restores: Option<AttrValue>,
}

/// What can happen.
pub enum Action {
    /// A change by a form, a fix, the text view.
    Edit {
        /// What undo says.
        label: String,
        /// Changes with the same key are one step.
        merge_key: Option<String>,
        /// The change.
        command: Command,
    },
    /// The end of typing in a field.
    Seal,
    /// Other files in place of all: an example, an import.
    Open {
        /// What undo says.
        label: String,
        /// The files.
        files: Vec<SourceFile>,
        /// What was read of them already.
        read: Option<Workspace>,
    },
    /// Files beside those that are there; another text of the same name gets a name of its own.
    Add {
        /// What undo says.
        label: String,
        /// The files.
        files: Vec<SourceFile>,
        /// What was read of them already.
        read: Option<Workspace>,
    },
    /// The project as it is counts as imported: reviews compare with it.
    TakeAsBaseline,
    /// Takes the last step back.
    Undo,
    /// Makes it again.
    Redo,
    /// Something that takes time.
    Begin(Order),
    /// A work has come to its end.
    Done(Shared<Work>, Done),
    /// Breaks the work in hand off; the project stays as it is.
    Cancel,
    /// Something about projects.
    Project(ProjectEvent),
    /// Says something.
    Say(Notice),
    /// The message was read.
    Dismiss,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = (*self).clone();
        match action {
            Action::Edit { label, merge_key, command } => {
                let removes = matches!(command, Command::RemoveObject { .. } | Command::RemoveFile { .. });
                let mut history = (*state.history).clone();
                match history.edit(&label, merge_key.as_deref(), &command) {
                    Ok(()) => {
                        state.set(history);
                        state.notice = removes.then(|| Notice::undoable(label));
                    }
                    Err(error) => state.notice = Some(Notice::error(error.to_string())),
                }
            }
            // A seal of nothing would be saved as if it were a change.
            Action::Seal if !state.history.is_open_step() => return self,
            Action::Seal => {
                let mut history = (*state.history).clone();
                history.seal();
                state.history = Shared::new(history);
            }
            Action::Open { label, files, read } => state.import(label, files, false, read),
            Action::Add { label, files, read } => state.import(label, files, true, read),
            Action::TakeAsBaseline => {
                let mut history = (*state.history).clone();
                history.take_as_baseline();
                state.history = Shared::new(history);
                state.notice = Some(Notice::done("Reviews compare with the project as it is now"));
            }
            Action::Undo => state.travel(true),
            Action::Redo => state.travel(false),
            Action::Begin(order) => state.order(order),
            Action::Done(work, done) => state.done(&work, done),
            Action::Cancel => state.cancel(),
            Action::Project(event) => state.project_event(event),
            Action::Say(notice) => state.notice = Some(notice),
            Action::Dismiss => state.notice = None,
        }
        Rc::new(state)
    }
}

impl State {
    /// The project as it is.
    pub fn workspace(&self) -> &Workspace {
        self.history.workspace()
    }

    /// Another project, which may need some time until it is analysed.
    fn set(&mut self, history: History) {
        self.history = Shared::new(history);
        self.analyse();
    }
}

impl PartialEq for State {
    /// The analysis tells what it is of.
    fn eq(&self, other: &Self) -> bool {
        self.history == other.history
            && self.analysis == other.analysis
            && self.work == other.work
            && self.ready == other.ready
            && self.project == other.project
            && self.notice == other.notice
    }
}

impl Notice {
    /// A message that something went wrong.
    pub fn error(text: impl Into<AttrValue>) -> Self {
        Self { text: text.into(), is_error: true, ..Self::default() }
    }

    /// A message that something was done.
    pub fn done(text: impl Into<AttrValue>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// That something was done which can be undone.
    pub fn undoable(text: impl Into<AttrValue>) -> Self {
        Self { text: text.into(), undo: true, ..Self::default() }
    }
}

/// The state, for components that show it.
#[derive(Clone, PartialEq)]
pub struct Store(pub UseReducerHandle<State>);

impl Deref for Store {
    type Target = State;
    fn deref(&self) -> &State {
        &self.0
    }
}

impl Store {
    /// The dispatcher.
    pub fn dispatch(&self) -> Dispatch {
        Dispatch(self.0.dispatcher())
    }
}

/// Sends actions; never changes, so it re-renders nobody.
#[derive(Clone, PartialEq)]
pub struct Dispatch(pub UseReducerDispatcher<State>);

impl Dispatch {
    /// Sends an action.
    pub fn send(&self, action: Action) {
        self.0.dispatch(action);
    }

    /// Makes a change that is one step of its own.
    pub fn edit(&self, label: impl Into<String>, command: Command) {
        self.send(Action::Edit { label: label.into(), merge_key: None, command });
    }

    /// Says something.
    pub fn say(&self, notice: Notice) {
        self.send(Action::Say(notice));
    }
}

/// The state; re-renders at each change.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("App provides the store")
}

/// The dispatcher.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("App provides the dispatcher")
}
