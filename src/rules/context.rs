//! What a rule sees, and where it puts its findings.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::Rule;
use crate::ako::Prediction;
use crate::ako::versions::{AkoVersion, Capability, since};
use crate::command::Command;
use crate::diagnostic::{Ask, Finding, Fix, Related, Severity};
use crate::model::{AkoValues, AkoplanSettings, Kind};
use crate::syntax::FieldPath;
use crate::text::Span;
use crate::version::Version;
use crate::workspace::{File, Object, OfKind, Place, Workspace};

/// The world of a rule: the workspace and the prediction, and a record of the kinds it read.
pub struct Context<'a> {
    workspace: &'a Workspace,
    prediction: &'a Prediction,
    version: AkoVersion,
    /// The objects to judge, by their places.
    window: Range<usize>,
    read: RefCell<BTreeSet<Kind>>,
    asked_prediction: Cell<bool>,
}

impl<'a> Context<'a> {
    /// The world for one rule.
    #[must_use]
    pub fn new(workspace: &'a Workspace, prediction: &'a Prediction) -> Self {
        Self {
            workspace,
            prediction,
            version: AkoVersion::of(workspace),
            window: 0..workspace.objects().len(),
            read: RefCell::default(),
            asked_prediction: Cell::default(),
        }
    }

    /// The same, to go through some objects only: for rules that judge each by itself ([`Rule::by_object`]).
    #[must_use]
    pub fn within(mut self, window: Range<usize>) -> Self {
        self.window = window;
        self
    }

    fn reading(&self, kind: Kind) -> &'a Workspace {
        self.read.borrow_mut().insert(kind);
        self.workspace
    }

    /// Whether the AKO that is predicted for can do something. Like the prediction, it stands for no kind.
    #[must_use]
    pub fn has(&self, capability: Capability) -> bool {
        self.version().has(capability)
    }

    /// The AKO that is predicted for.
    #[must_use]
    pub const fn version(&self) -> AkoVersion {
        self.version
    }

    /// The version of an AKO that cannot do something yet.
    #[must_use]
    pub fn too_old_for(&self, capability: Capability) -> Option<Version> {
        self.version().written().filter(|version| *version < since(capability))
    }

    /// The kinds that were asked for so far.
    #[must_use]
    pub fn read_kinds(&self) -> BTreeSet<Kind> {
        self.read.borrow().clone()
    }

    /// Objects of a type as the cluster would hold them, see [`Workspace::all`].
    pub fn all<T: OfKind + 'a>(&self) -> impl Iterator<Item = (&'a Object, &'a T)> + use<'a, T> {
        self.reading(T::KIND).all_within::<T>(self.window.clone())
    }

    /// Objects of a type, duplicates included, see [`Workspace::every`].
    pub fn every<T: OfKind + 'a>(&self) -> impl Iterator<Item = (&'a Object, &'a T)> + use<'a, T> {
        self.reading(T::KIND).every_within::<T>(self.window.clone())
    }

    /// One object, see [`Workspace::get`].
    #[must_use]
    pub fn get<T: OfKind + 'a>(&self, namespace: &str, name: &str) -> Option<(&'a Object, &'a T)> {
        self.reading(T::KIND).get::<T>(namespace, name)
    }

    /// Every object whatever its kind, for rules about all kinds (their `reads` is empty).
    #[must_use]
    pub fn objects(&self) -> &'a [Object] {
        self.workspace.objects().get(self.window.clone()).unwrap_or_default()
    }

    /// The object of a place in the order of all, whether it is one to judge or not.
    #[must_use]
    pub fn object(&self, order: usize) -> Option<&'a Object> {
        self.workspace.objects().get(order)
    }

    /// The files, for rules about text.
    #[must_use]
    pub fn files(&self) -> &'a [Rc<File>] {
        self.workspace.files()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &'a AkoplanSettings {
        self.reading(Kind::AkoplanSettings).settings()
    }

    /// AKO's values, where a file gives them.
    #[must_use]
    pub fn values(&self) -> Option<(&'a Object, &'a AkoValues)> {
        self.reading(Kind::AkoValues).values()
    }

    /// AKO's `values.yaml`, for what no ConfigMap says.
    #[must_use]
    pub fn values_file(&self) -> Option<(&'a Object, &'a AkoValues)> {
        self.reading(Kind::AkoValues).values_file()
    }

    /// What AKO would do.
    #[must_use]
    pub fn prediction(&self) -> &'a Prediction {
        self.asked_prediction.set(true);
        self.prediction
    }

    /// Whether the prediction was asked for so far: it may have looked at any kind.
    #[must_use]
    pub fn asked_prediction(&self) -> bool {
        self.asked_prediction.get()
    }

    /// Whether an object of this kind is known to exist: here or by the settings' word.
    #[must_use]
    pub fn exists<T: OfKind + 'a>(&self, namespace: &str, name: &str) -> bool {
        self.get::<T>(namespace, name).is_some() || self.workspace.is_external(T::KIND.name(), namespace, name)
    }

    /// The printed key of an object.
    #[must_use]
    pub fn key(&self, object: &Object) -> String {
        self.workspace.key(object)
    }

    /// The whole workspace, for what has no method of its own here.
    #[must_use]
    pub const fn workspace(&self) -> &'a Workspace {
        self.workspace
    }
}

/// Takes the findings of one rule.
pub struct Findings<'a> {
    rule: &'static Rule,
    workspace: &'a Workspace,
    found: &'a mut Vec<Finding>,
}

impl<'a> Findings<'a> {
    /// For one rule, into a common list.
    pub fn new(rule: &'static Rule, workspace: &'a Workspace, found: &'a mut Vec<Finding>) -> Self {
        Self { rule, workspace, found }
    }

    /// What the rules before this one found: those with lower codes, since that is the order of the rules.
    #[must_use]
    pub fn so_far(&self) -> &[Finding] {
        self.found
    }

    /// Begins a finding at a field of an object (its value, else its key, else its parent).
    pub fn at(&mut self, object: &Object, path: impl Into<FieldPath>) -> Report<'_> {
        let path = path.into();
        let place = object.place(path.clone());
        let key = self.workspace.key(object);
        self.begin(place, Some(key), path)
    }

    /// Begins a finding at the key of a field.
    pub fn at_key(&mut self, object: &Object, path: impl Into<FieldPath>) -> Report<'_> {
        let path = path.into();
        let place = Place { file: Rc::clone(&object.address.file), span: object.key_span(path.clone()) };
        let key = self.workspace.key(object);
        self.begin(place, Some(key), path)
    }

    /// Begins a finding at a place that belongs to no object.
    pub fn in_file(&mut self, file: &File, span: Span) -> Report<'_> {
        self.begin(Place { file: file.source.name.as_str().into(), span }, None, FieldPath::root())
    }

    fn begin(&mut self, place: Place, object: Option<String>, path: FieldPath) -> Report<'_> {
        let finding = Finding {
            code: self.rule.code,
            severity: self.rule.severity,
            file: place.file,
            span: place.span,
            object,
            path,
            message: String::new(),
            effect: String::new(),
            help: String::new(),
            fixes: Vec::new(),
            asks: Vec::new(),
            related: Vec::new(),
        };
        Report { found: self.found, finding: Some(finding) }
    }
}

/// A finding while it is written; it is filed when it goes out of scope.
pub struct Report<'a> {
    found: &'a mut Vec<Finding>,
    finding: Option<Finding>,
}

#[allow(
    clippy::return_self_not_must_use,
    clippy::must_use_candidate,
    reason = "a report files itself when it is dropped"
)]
impl Report<'_> {
    fn set(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        if let Some(finding) = &mut self.finding {
            change(finding);
        }
        self
    }

    /// Another severity than the rule's; its page says when.
    pub fn severity(self, severity: Severity) -> Self {
        self.set(|finding| finding.severity = severity)
    }

    /// What is wrong, in a sentence.
    pub fn message(self, message: impl Into<String>) -> Self {
        self.set(|finding| finding.message = message.into())
    }

    /// What AKO or the API server does with it, in a sentence.
    pub fn effect(self, effect: impl Into<String>) -> Self {
        self.set(|finding| finding.effect = effect.into())
    }

    /// What to do, in a sentence.
    #[allow(
        clippy::return_self_not_must_use,
        clippy::must_use_candidate,
        reason = "it is the last word of most findings, which then end"
    )]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.set(|finding| finding.help = help.into())
    }

    /// A mend that changes nothing that works.
    pub fn safe_fix(self, title: impl Into<String>, command: Command) -> Self {
        self.set(|finding| finding.fixes.push(Fix { title: title.into(), safe: true, command }))
    }

    /// A mend that people have to decide.
    pub fn fix(self, title: impl Into<String>, command: Command) -> Self {
        self.set(|finding| finding.fixes.push(Fix { title: title.into(), safe: false, command }))
    }

    /// A mend, where there is one.
    pub fn maybe_fix(self, fix: Option<(String, Command)>) -> Self {
        match fix {
            Some((title, command)) => self.fix(title, command),
            None => self,
        }
    }

    /// A mend that needs answers of people.
    pub fn ask(self, ask: Ask) -> Self {
        self.set(|finding| finding.asks.push(ask))
    }

    /// Another place that belongs to it.
    pub fn related(self, place: Place, message: impl Into<String>) -> Self {
        self.set(|finding| {
            finding.related.push(Related { file: place.file, span: place.span, message: message.into() });
        })
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        self.found.extend(self.finding.take());
    }
}
