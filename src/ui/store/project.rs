//! The open project among those that the browser keeps.

use akoplan::history::History;
use akoplan::projects::{Decision, Head};
use akoplan::workspace::Workspace;
use yew::AttrValue;

use super::{Notice, Saved, State};
use crate::ui::browser;
use crate::ui::shared::Shared;
use crate::ui::storage::{Restored, StorageError};

/// Which project is open, and how it stands to what is stored.
#[derive(Clone, Default, PartialEq)]
pub struct OpenProject {
    /// As it was opened or last saved.
    pub head: Head,
    /// What is stored of it, as far as this tab knows.
    pub stored: Shared<History>,
    /// What another tab has saved of it since; saving rests until that is settled.
    pub elsewhere: Option<Head>,
    /// All projects, those that were deleted among them.
    pub heads: Shared<Vec<Head>>,
    /// How the last save went.
    pub saved: Saved,
    /// A project that could not be read from storage: its text, for download.
    pub damaged: Option<AttrValue>,
}

/// What can happen to projects.
pub enum ProjectEvent {
    /// Storage has answered at the start.
    Restored(Restored),
    /// Another project is open.
    Opened(Head, Box<History>),
    /// Files that are no project of the store yet are open, as a new one.
    Begun(Head, Workspace),
    /// What another tab has saved is open; what was here is a step that undo gives back.
    TakenOver(Head, Box<History>),
    /// A save is done: what was to be saved, and what became of it.
    Saved(Shared<History>, Result<Decision, StorageError>),
    /// Another tab has stored something about a project.
    Heard(Head),
    /// The project's name and the like have changed.
    Changed(Head),
    /// The list has been read.
    Listed(Vec<Head>),
    /// The damaged project was taken care of.
    ForgetDamaged,
}

impl State {
    /// Whether there is something that is not stored.
    pub fn is_unsaved(&self) -> bool {
        self.history != self.project.stored
    }

    pub(super) fn project_event(&mut self, event: ProjectEvent) {
        match event {
            ProjectEvent::Restored(restored) => self.restore(restored),
            ProjectEvent::Opened(head, history) => self.open(head, *history),
            ProjectEvent::Begun(head, workspace) => {
                let is_empty = workspace.files().is_empty();
                let mut history = History::new(workspace);
                if !is_empty {
                    // A link is an import: reviews compare with what it brought.
                    history.take_as_baseline();
                }
                self.open(head, history);
                if !is_empty {
                    // Not stored yet, so that it is saved in a moment.
                    self.project.stored = Shared::default();
                }
            }
            ProjectEvent::TakenOver(head, history) => {
                let mut history = *history;
                if self.is_unsaved() {
                    history = history.in_place_of("Load what the other tab saved", self.workspace().sources());
                }
                self.open(head, history);
                self.notice = Some(Notice::done("This is what another tab saved last. Undo gives back what was here."));
            }
            ProjectEvent::Saved(history, result) => self.saved(history, result),
            ProjectEvent::Heard(head) => {
                if head.is_ahead_of(&self.project.head, &crate::ui::storage::writer()) {
                    self.project.elsewhere = Some(head);
                }
            }
            ProjectEvent::Changed(head) => {
                if head.id == self.project.head.id {
                    self.project.head.name = head.name;
                    self.project.head.is_named = head.is_named;
                }
            }
            ProjectEvent::Listed(heads) => self.project.heads = Shared::new(heads),
            ProjectEvent::ForgetDamaged => self.project.damaged = None,
        }
    }

    fn open(&mut self, head: Head, history: History) {
        // What was being read was for the project before.
        self.work = None;
        self.set(history);
        let saved = if head.saved == 0 { Saved::Never } else { Saved::At(browser::moment(head.saved).into()) };
        let heads = self.project.heads.clone();
        self.project = OpenProject { head, stored: self.history.clone(), heads, saved, ..OpenProject::default() };
    }

    fn saved(&mut self, history: Shared<History>, result: Result<Decision, StorageError>) {
        let project = &mut self.project;
        match result {
            // A project that was left meanwhile is none of this.
            Ok(Decision::Write(head)) if head.id == project.head.id => {
                project.saved = Saved::At(browser::moment(head.saved).into());
                project.head = head;
                project.stored = history;
            }
            Ok(Decision::Conflict(head)) if head.id == project.head.id => project.elsewhere = Some(head),
            Ok(_) => {}
            Err(error) => project.saved = Saved::Failed(error),
        }
    }

    fn restore(&mut self, restored: Restored) {
        self.ready = true;
        match restored {
            Restored::Nothing(head) => self.project.head = head,
            Restored::Project(head, history) => self.open(head, *history),
            Restored::Damaged { head, text, reason } => {
                self.project.head = head;
                self.project.damaged = Some(text.into());
                self.notice = Some(Notice::error(format!(
                    "The project stored in this browser cannot be read: {reason}. It is kept aside; you can download it."
                )));
            }
            Restored::Unavailable(head, words) => {
                self.project.head = head;
                self.project.saved = Saved::Failed(StorageError { words, is_full: false });
            }
        }
        if !matches!(self.project.saved, Saved::At(_)) {
            self.project.stored = self.history.clone();
        }
    }
}
