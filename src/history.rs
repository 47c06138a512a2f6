//! Undo and redo: the project as it is, what led here, and what was taken back.
//!
//! A step remembers the files before it. Files share their texts, so a step costs what it changed.
//! Beside them stand the files as they were imported last: what a review compares with.

use std::rc::Rc;

use crate::command::{Command, CommandError};
use crate::pace::{Progress, finish};
use crate::text::SourceFile;
use crate::workspace::{Workspace, is_large};

/// A step that can be taken back or made again.
#[derive(Clone, Debug)]
struct Step {
    label: String,
    /// Typing in one field is one step: consecutive changes with the same key are merged.
    merge_key: Option<String>,
    files: Vec<SourceFile>,
    baseline: Baseline,
}

/// The files as they were after the last import.
type Baseline = Option<Rc<Vec<SourceFile>>>;

impl Step {
    fn snapshot(&self) -> Snapshot {
        Snapshot { label: self.label.clone(), files: self.files.clone() }
    }
}

/// The project with its history.
#[derive(Clone, Debug, Default)]
pub struct History {
    workspace: Workspace,
    baseline: Baseline,
    past: Vec<Step>,
    future: Vec<Step>,
}

/// A step to be stored: what it was called, and the files that taking it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// As in "change CIDR".
    pub label: String,
    /// All files.
    pub files: Vec<SourceFile>,
}

/// More steps than this are forgotten, the oldest first.
const MOST_STEPS: usize = 500;

impl History {
    /// A history that begins with a workspace.
    #[must_use]
    pub fn new(workspace: Workspace) -> Self {
        Self { workspace, ..Self::default() }
    }

    /// A history that goes on where a stored one ended; steps are in the order of [`History::past`].
    #[must_use]
    pub fn restored(workspace: Workspace, past: Vec<Snapshot>, future: Vec<Snapshot>) -> Self {
        let steps = |snapshots: Vec<Snapshot>| {
            let step = |Snapshot { label, files }| Step { label, merge_key: None, files, baseline: None };
            snapshots.into_iter().map(step).collect()
        };
        Self { workspace, baseline: None, past: steps(past), future: steps(future) }
    }

    /// The same with the files of the last import, which all its steps then share.
    #[must_use]
    pub fn with_baseline(mut self, files: Vec<SourceFile>) -> Self {
        let baseline = Some(Rc::new(files));
        for step in self.past.iter_mut().chain(&mut self.future) {
            step.baseline.clone_from(&baseline);
        }
        self.baseline = baseline;
        self
    }

    /// The files as they were after the last import; `None` where nothing was imported.
    #[must_use]
    pub fn baseline(&self) -> Option<&[SourceFile]> {
        self.baseline.as_ref().map(|files| files.as_slice())
    }

    /// From now on the project as it is counts as imported.
    pub fn take_as_baseline(&mut self) {
        self.baseline = Some(Rc::new(self.workspace.sources()));
    }

    /// Puts an import in place, as one step; undo brings the earlier baseline back.
    pub fn import(&mut self, label: &str, after: Workspace) {
        self.replace(label, None, after);
        self.take_as_baseline();
    }

    /// The same with one step more, which undo answers with these files: they were here before this
    /// history took their place.
    #[must_use]
    pub fn in_place_of(mut self, label: &str, files: Vec<SourceFile>) -> Self {
        if files != self.workspace.sources() {
            let baseline = self.baseline.clone();
            self.past.push(Step { label: label.to_owned(), merge_key: None, files, baseline });
        }
        self
    }

    /// The steps that can be undone, the next one last.
    #[must_use]
    pub fn past(&self) -> Vec<Snapshot> {
        self.past.iter().map(Step::snapshot).collect()
    }

    /// The steps that can be done again, the next one last.
    #[must_use]
    pub fn future(&self) -> Vec<Snapshot> {
        self.future.iter().map(Step::snapshot).collect()
    }

    /// Whether the project is large, or was before the last steps, or will be after those that were taken back.
    #[must_use]
    pub fn is_large(&self) -> bool {
        let near = self.past.last().into_iter().chain(self.future.last());
        self.workspace.is_large() || near.map(|step| step.files.iter()).any(is_large)
    }

    /// The project as it is.
    #[must_use]
    pub const fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Makes a change; one that changes no byte is no step.
    ///
    /// # Errors
    /// If the command does not fit; the project is then as before.
    pub fn edit(&mut self, label: &str, merge_key: Option<&str>, command: &Command) -> Result<(), CommandError> {
        let after = command.apply(&self.workspace)?;
        self.replace(label, merge_key, after);
        Ok(())
    }

    /// Puts another workspace in place, as one step: an import, an example.
    pub fn replace(&mut self, label: &str, merge_key: Option<&str>, after: Workspace) {
        let files = self.workspace.sources();
        if after.sources() == files {
            return;
        }
        self.future.clear();
        let merged = merge_key.is_some() && self.past.last().is_some_and(|step| step.merge_key.as_deref() == merge_key);
        if !merged {
            let merge_key = merge_key.map(str::to_owned);
            let baseline = self.baseline.clone();
            self.past.push(Step { label: label.to_owned(), merge_key, files, baseline });
        }
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
        self.workspace = after;
    }

    /// Whether the next change could be merged with the last one.
    #[must_use]
    pub fn is_open_step(&self) -> bool {
        self.past.last().is_some_and(|step| step.merge_key.is_some())
    }

    /// Ends a run of merged changes: the next change with the same key is a step of its own.
    pub fn seal(&mut self) {
        if let Some(step) = self.past.last_mut() {
            step.merge_key = None;
        }
    }

    /// What [`History::undo`] would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What [`History::redo`] would make again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Takes the last step back; gives its label.
    pub fn undo(&mut self) -> Option<String> {
        self.travel(true)
    }

    /// Makes the step again that was taken back last; gives its label.
    pub fn redo(&mut self) -> Option<String> {
        self.travel(false)
    }

    fn travel(&mut self, back: bool) -> Option<String> {
        let (there, label) = finish(std::mem::take(self).travelling(back, Progress::default()));
        *self = there;
        label
    }

    /// [`History::undo`], or else [`History::redo`], in steps: the files of a large project may have to be read anew.
    pub async fn travelling(mut self, back: bool, progress: Progress) -> (Self, Option<String>) {
        let Some(step) = (if back { self.past.pop() } else { self.future.pop() }) else { return (self, None) };
        let Step { label, files, baseline, .. } = step;
        let (here, own) = (self.workspace.sources(), std::mem::replace(&mut self.baseline, baseline));
        self.workspace = self.workspace.clone().reading(files, progress).await;
        let way_back = Step { label: label.clone(), merge_key: None, files: here, baseline: own };
        if back {
            self.future.push(way_back);
        } else {
            self.past.push(way_back);
        }
        (self, Some(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &str) -> Command {
        Command::SetFile { file: "a.yaml".into(), text: text.into() }
    }

    fn text(history: &History) -> String {
        history.workspace().file("a.yaml").map_or_else(String::new, |file| file.source.text.to_string())
    }

    #[test]
    fn undo_gives_the_bytes_back_and_redo_the_change() {
        let mut history = History::default();
        history.edit("Write", None, &write("a: 1\r\n")).unwrap();
        history.edit("Write", None, &write("a: 2\r\n")).unwrap();
        assert_eq!(history.undo().as_deref(), Some("Write"));
        assert_eq!(text(&history), "a: 1\r\n");
        history.undo();
        assert!(history.workspace().files().is_empty());
        assert_eq!(history.undo(), None);
        history.redo();
        history.redo();
        assert_eq!(text(&history), "a: 2\r\n");
    }

    #[test]
    fn typing_is_one_step_until_it_is_sealed() {
        let mut history = History::default();
        for typed in ["a: x", "a: xy", "a: xyz"] {
            history.edit("Change name", Some("name"), &write(typed)).unwrap();
        }
        assert!(history.is_open_step());
        history.seal();
        assert!(!history.is_open_step());
        history.edit("Change name", Some("name"), &write("a: 2")).unwrap();
        history.undo();
        assert_eq!(text(&history), "a: xyz");
        history.undo();
        assert_eq!(text(&history), "");
    }

    #[test]
    fn an_import_is_the_baseline_until_it_is_undone() {
        let mut history = History::default();
        assert_eq!(history.baseline(), None);
        history.import("Import", Workspace::new(&[SourceFile::new("a.yaml", "a: 1")]));
        history.edit("Write", None, &write("a: 2")).unwrap();
        let texts = |history: &History| history.baseline().map(|files| files[0].text.to_string());
        assert_eq!(texts(&history).as_deref(), Some("a: 1"));
        history.import("Import", Workspace::new(&[SourceFile::new("a.yaml", "a: 3")]));
        assert_eq!(texts(&history).as_deref(), Some("a: 3"));
        history.undo();
        assert_eq!((text(&history).as_str(), texts(&history).as_deref()), ("a: 2", Some("a: 1")));
        history.redo();
        assert_eq!(texts(&history).as_deref(), Some("a: 3"));
        history.edit("Write", None, &write("a: 4")).unwrap();
        history.take_as_baseline();
        assert_eq!(texts(&history).as_deref(), Some("a: 4"));
    }

    #[test]
    fn what_a_history_takes_the_place_of_comes_back_by_undo() {
        let mut theirs = History::default();
        theirs.import("Import", Workspace::new(&[SourceFile::new("a.yaml", "a: 1")]));
        let mut history = theirs.clone().in_place_of("Load", vec![SourceFile::new("a.yaml", "a: mine")]);
        assert_eq!((text(&history).as_str(), history.undo_label()), ("a: 1", Some("Load")));
        assert_eq!(history.baseline(), theirs.baseline());
        history.undo();
        assert_eq!(text(&history), "a: mine");
        history.redo();
        assert_eq!(text(&history), "a: 1");
        let same = theirs.workspace().sources();
        assert_eq!(theirs.in_place_of("Load", same).undo_label(), Some("Import"), "the same files are no step");
    }

    #[test]
    fn a_change_of_nothing_is_no_step() {
        let mut history = History::default();
        history.edit("Write", None, &write("a: 1")).unwrap();
        history.edit("Write", None, &write("a: 1")).unwrap();
        history.undo();
        assert_eq!(history.undo_label(), None);
    }
}
