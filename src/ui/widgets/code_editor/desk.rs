//! Between the page and the editor's script: what is typed goes one way, what the project says the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use akoplan::text::{Edit, Span};
use akoplan::view::editor::findings::{self, FindingMark};
use akoplan::view::editor::{Change, EditorText, LineColumn, wire};
use akoplan::view::folds::{self, Fold};
use akoplan::view::matches::{self, Search};
use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::Callback;

use super::Typed;
use crate::ui::browser::Editor;

/// Whom the page wants to hear of what.
#[derive(Clone, Default)]
pub struct Out {
    /// The text has changed.
    pub change: Callback<Typed>,
    /// The editor is left.
    pub leave: Callback<()>,
    /// The cursor is on another line.
    pub cursor: Callback<usize>,
    /// The findings of the line are asked for.
    pub fixes: Callback<()>,
    /// The search bar is asked for, by the id of its field.
    pub bar: Callback<&'static str>,
    /// The search bar is to be closed.
    pub close: Callback<()>,
    /// The selection has moved.
    pub moved: Callback<()>,
}

/// The editor's text, its script, and what is selected.
pub struct Desk {
    text: RefCell<EditorText>,
    editor: RefCell<Option<Editor>>,
    selection: Cell<(LineColumn, LineColumn)>,
    marks: RefCell<Vec<FindingMark>>,
    out: RefCell<Out>,
    begins_step: Cell<bool>,
    searching: Cell<bool>,
    soon: RefCell<Option<Timeout>>,
}

/// A longer text is handed to the project when one pauses, not at each letter.
const LONG: usize = 200_000;
const PAUSE_MS: u32 = 400;

impl Desk {
    /// A desk with a text and no script yet.
    pub fn new(text: &Arc<str>) -> Rc<Self> {
        Rc::new(Self {
            text: RefCell::new(EditorText::new(text)),
            editor: RefCell::default(),
            selection: Cell::default(),
            marks: RefCell::default(),
            out: RefCell::default(),
            begins_step: Cell::new(true),
            searching: Cell::default(),
            soon: RefCell::default(),
        })
    }

    /// Sets whom to tell from now on.
    pub fn set_out(&self, out: Out) {
        *self.out.borrow_mut() = out;
    }

    fn out(&self) -> Out {
        self.out.borrow().clone()
    }

    /// Starts the script's editor.
    pub fn open(self: &Rc<Self>, host: &Element, label: &str, folded: &[Fold]) {
        let desk = Rc::downgrade(self);
        let ask = move |what: &str, json: &str| desk.upgrade().map(|desk| desk.answer(what, json)).unwrap_or_default();
        *self.editor.borrow_mut() = Editor::new(host, label, ask);
        let folds = wire::folds(self.text.borrow().lines(), folded);
        self.tell("fold", &folds);
    }

    /// Ends it; what was typed last is not lost.
    pub fn close(&self) {
        self.send();
        drop(self.editor.take());
    }

    /// Tells the script something.
    pub fn tell(&self, what: &str, json: &str) {
        if let Some(editor) = &*self.editor.borrow() {
            editor.tell(what, json);
        }
    }

    fn answer(self: &Rc<Self>, what: &str, json: &str) -> String {
        match what {
            "text" => return self.text.borrow().shown(),
            "colours" => {
                if let [first, last] = wire::numbers(json)[..] {
                    return wire::stretches(&mut self.text.borrow_mut(), first..last + 1);
                }
            }
            "fold" => {
                let text = self.text.borrow();
                let line = wire::numbers(json).first().copied().unwrap_or_default();
                return folds::at(text.text(), text.lines(), line).unwrap_or_default().to_string();
            }
            "typed" => {
                let goes_on = self.text.borrow_mut().typed(&wire::changes(json));
                self.begins_step.set(self.begins_step.get() || !goes_on);
            }
            "send" => self.send_soon(),
            "sent" => self.send(),
            "left" => {
                self.send();
                self.out().leave.emit(());
            }
            "escape" if self.searching.get() => {
                self.out().close.emit(());
                return "true".to_owned();
            }
            "escape" => {}
            "cursor" => self.cursor(json),
            _ => self.command(json),
        }
        String::new()
    }

    fn send_soon(self: &Rc<Self>) {
        if self.text.borrow().text().len() < LONG {
            self.send();
        } else {
            let desk = Rc::clone(self);
            *self.soon.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || desk.send()));
        }
    }

    fn send(&self) {
        let text = self.text.borrow_mut().send();
        if let Some(text) = text {
            self.out().change.emit(Typed { text, begins_step: self.begins_step.replace(false) });
        }
    }

    fn cursor(&self, json: &str) {
        let [line, column, last, end] = wire::numbers(json)[..] else { return };
        let before = self.selection.replace((LineColumn { line, column }, LineColumn { line: last, column: end }));
        if before.0.line != line {
            self.out().cursor.emit(line);
        }
        if self.searching.get() {
            self.out().moved.emit(());
        }
    }

    fn command(&self, name: &str) {
        match name {
            "find" => self.out().bar.emit("editor-find"),
            "replace" => self.out().bar.emit("editor-replace"),
            "line" => self.out().bar.emit("editor-line"),
            "next" => self.go_to_match(false),
            "previous" => self.go_to_match(true),
            "fixes" => self.out().fixes.emit(()),
            name => self.go_to_finding(name == "previous-finding"),
        }
    }

    /// The project says this is the text.
    pub fn answered(&self, text: &Arc<str>) {
        let changes = self.text.borrow_mut().answered(text);
        if !changes.is_empty() {
            self.begins_step.set(true);
            self.tell("change", &wire::write_changes(&changes));
        }
    }

    /// Draws findings.
    pub fn set_marks(&self, marks: &[FindingMark]) {
        *self.marks.borrow_mut() = marks.to_vec();
        self.tell("findings", &wire::findings(marks));
    }

    /// Draws which lines have changed.
    pub fn set_changed(&self, lines: &[(usize, usize)]) {
        self.tell("changed", &wire::pairs(lines));
    }

    fn select(&self, span: Span, focus: bool) {
        let place = wire::selection(&self.text.borrow(), span, focus);
        self.tell("select", &place);
    }

    /// Selects a line and brings it into view.
    pub fn go_to_line(&self, line: usize) {
        let span = {
            let text = self.text.borrow();
            text.lines().line_span(text.text(), line.clamp(1, text.lines().line_count()))
        };
        self.select(span, true);
    }

    fn go_to_finding(&self, backwards: bool) {
        let line = self.selection.get().0.line;
        let span = findings::next(&self.marks.borrow(), line, backwards).map(|mark| {
            let text = self.text.borrow();
            Span::new(text.offset(mark.from), text.offset(mark.to))
        });
        if let Some(span) = span {
            self.select(span, true);
        }
    }

    fn selected(&self) -> Span {
        let (from, to) = self.selection.get();
        let text = self.text.borrow();
        Span::new(text.offset(from), text.offset(to))
    }

    /// The text that is selected, if it lies on one line.
    pub fn selected_text(&self) -> Option<String> {
        let span = self.selected();
        let text = self.text.borrow();
        let selected = span.slice(text.text());
        (!selected.is_empty() && !selected.contains('\n')).then(|| selected.to_owned())
    }

    /// Looks for something from now on.
    pub fn search(&self, search: Search) {
        self.searching.set(true);
        self.text.borrow_mut().search(search);
        self.tell("redraw", "null");
    }

    /// Ends the search; the focus goes back to the text.
    pub fn close_search(&self) {
        self.search(Search::default());
        self.searching.set(false);
        self.tell("focus", "null");
    }

    /// How many places were found and which one is selected.
    pub fn count(&self) -> String {
        let selected = self.selected();
        matches::count(self.text.borrow_mut().found(), selected)
    }

    /// Selects the next place that was found, or the one before.
    pub fn go_to_match(&self, backwards: bool) {
        let selected = self.selected();
        let span = {
            let mut text = self.text.borrow_mut();
            let found = text.found();
            matches::next(found, selected, backwards).map(|at| found[at])
        };
        if let Some(span) = span {
            self.select(span, false);
        }
    }

    /// Replaces the selected place and goes to the next; selects one first where none is.
    pub fn replace(&self, with: &str) {
        let selected = self.selected();
        let is_found = matches::current(self.text.borrow_mut().found(), selected).is_some();
        if is_found {
            self.change(&[Edit::replace(selected, with)]);
        }
        self.go_to_match(false);
    }

    /// Replaces all that was found, as one step.
    pub fn replace_all(&self, with: &str) {
        let edits = matches::replace_all(self.text.borrow_mut().found(), with);
        self.begins_step.set(true);
        self.change(&edits);
    }

    fn change(&self, edits: &[Edit]) {
        let changes: Vec<Change> = {
            let text = self.text.borrow();
            let change = |edit: &Edit| Change {
                from: text.place(edit.span.start),
                to: text.place(edit.span.end),
                insert: edit.replacement.clone(),
            };
            edits.iter().map(change).collect()
        };
        self.tell("replace", &wire::write_changes(&changes));
        self.send();
    }
}
