//! From node tree to typed objects: reads the fields of a model and says what does not fit it.
//!
//! A model type is declared with [`object!`](crate::object): the names it asks for are its field
//! table, so an unknown field is found by what is left over. A value of the wrong type is an issue,
//! and is still read where its meaning is plain (`port: "443"`), so that the prediction goes on.

pub mod shape;
mod values;

pub use values::{IntOrString, LooseBool, Unread};

use std::cell::RefCell;
use std::ops::RangeInclusive;

use self::shape::{ObjectShape, Shape};

use crate::ordered::sort_by_key;
use crate::syntax::{FieldPath, NodeId, NodeKind, Plain, Step, Tree};
use crate::text::Span;

/// What does not fit the model, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldIssue {
    /// What it is.
    pub kind: FieldIssueKind,
    /// The field, from the object's root.
    pub path: FieldPath,
    /// Where, from the start of the document.
    pub span: Span,
}

/// The ways in which a field does not fit its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldIssueKind {
    /// No such field: the API server drops it or refuses the object.
    Unknown {
        /// The field as written.
        field: String,
        /// The known field it resembles most, if any does.
        suggestion: Option<&'static str>,
    },
    /// Another type than the API has.
    WrongType {
        /// As in "a string", "a list".
        expected: &'static str,
        /// As in "the number `443`".
        found: String,
    },
    /// A field that the API requires is not there.
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// A value outside the API's list.
    NotOneOf {
        /// As written.
        value: String,
        /// What the API takes.
        allowed: &'static [&'static str],
    },
    /// A number outside the API's range.
    OutOfRange {
        /// As written.
        value: i64,
        /// Smallest number that the API takes.
        least: i64,
        /// Largest number that the API takes.
        most: i64,
    },
}

/// The fields of one mapping while it is read.
pub struct Fields<'a> {
    tree: &'a Tree,
    node: Option<NodeId>,
    trail: Trail<'a>,
    issues: &'a RefCell<Vec<FieldIssue>>,
}

/// The way to where the reader is, as a chain of the callers' steps: a path is made of it only for an
/// issue, since nearly all fields have none.
#[derive(Clone, Copy)]
struct Trail<'a>(Option<(&'a Trail<'a>, TrailStep<'a>)>);

#[derive(Clone, Copy)]
enum TrailStep<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    const fn key(&'a self, key: &'a str) -> Self {
        Self(Some((self, TrailStep::Key(key))))
    }

    const fn index(&'a self, index: usize) -> Self {
        Self(Some((self, TrailStep::Index(index))))
    }

    fn path(&self) -> FieldPath {
        let Some((parent, step)) = self.0 else { return FieldPath::root() };
        let mut path = parent.path();
        path.push(match step {
            TrailStep::Key(key) => Step::key(key),
            TrailStep::Index(index) => Step::Index(index),
        });
        path
    }
}

/// A model type that is read from a mapping.
pub trait ReadObject: Sized {
    /// Its fields.
    const SHAPE: ObjectShape;

    /// Reads the fields; reports what does not fit.
    fn read(fields: &Fields<'_>) -> Self;
}

/// A model type that stands in one field.
pub trait ReadField: Sized {
    /// What stands there.
    const SHAPE: Shape;

    /// Reads the field `name`; absent and null are the same.
    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self;
    /// Whether there is nothing to write.
    fn is_absent(&self) -> bool;
}

/// Reads an object at a node of a document; the path is the object's own, so it starts empty.
#[must_use]
pub fn lower<T: ReadObject>(tree: &Tree, node: NodeId) -> (T, Vec<FieldIssue>) {
    let issues = RefCell::new(Vec::new());
    let object = T::read(&Fields { tree, node: Some(node), trail: Trail(None), issues: &issues });
    let mut issues = issues.into_inner();
    sort_by_key(&mut issues, |issue| issue.span);
    (object, issues)
}

impl Fields<'_> {
    /// The value of a field, unless it is absent or null.
    fn value(&self, name: &str) -> Option<NodeId> {
        let node = self.tree.get(self.node?, name)?;
        (!self.tree.is_null(node)).then_some(node)
    }

    fn report(&self, kind: FieldIssueKind, trail: &Trail<'_>, span: Span) {
        self.issues.borrow_mut().push(FieldIssue { kind, path: trail.path(), span });
    }

    fn wrong_type(&self, node: NodeId, trail: &Trail<'_>, expected: &'static str) {
        let found = describe(self.tree, node);
        let span = self.tree.node(node).span;
        self.report(FieldIssueKind::WrongType { expected, found }, trail, span);
    }

    /// Reads the object at a node; the trail ends with its own step.
    fn object_at<T: ReadObject>(&self, node: NodeId, trail: Trail<'_>) -> T {
        let is_object = matches!(self.tree.kind(node), NodeKind::Mapping { .. });
        if !is_object {
            self.wrong_type(node, &trail, "an object");
        }
        // What is no object is read as an empty one, whose required fields are nobody's concern.
        let unheard = RefCell::new(Vec::new());
        let issues = if is_object { self.issues } else { &unheard };
        T::read(&Fields { tree: self.tree, node: is_object.then_some(node), trail, issues })
    }

    fn items(&self, name: &'static str) -> Vec<NodeId> {
        let Some(node) = self.value(name) else { return Vec::new() };
        if let NodeKind::Sequence { items, .. } = self.tree.kind(node) {
            return items.clone();
        }
        self.wrong_type(node, &self.trail.key(name), "a list");
        Vec::new()
    }

    /// A scalar's text, and an issue where it is no string for Kubernetes.
    fn text_at(&self, node: NodeId, trail: &Trail<'_>) -> Option<String> {
        let text = self.tree.scalar(node);
        if text.is_none() || self.tree.value(node) != Some(Plain::String) {
            self.wrong_type(node, trail, "a string");
        }
        text.map(str::to_owned)
    }

    /// Reports fields that are neither in `known` nor asked for.
    pub fn close(&self, known: &[&'static str]) {
        let Some(node) = self.node else { return };
        for entry in self.tree.entries(node) {
            let Some(field) = self.tree.scalar(entry.key) else { continue };
            if known.contains(&field) || self.tree.is_merge_key(entry.key) {
                continue;
            }
            let suggestion = closest(field, known);
            let kind = FieldIssueKind::Unknown { field: field.to_owned(), suggestion };
            self.report(kind, &self.trail.key(field), self.tree.node(entry.key).span);
        }
    }

    /// Reports a required field that is absent.
    pub fn require(&self, field: &'static str) {
        let Some(node) = self.node else { return };
        if self.value(field).is_none() {
            let span = self.tree.place(node, &FieldPath::root());
            self.report(FieldIssueKind::Missing { field }, &self.trail.key(field), span);
        }
    }

    /// Reports a text outside a list.
    pub fn one_of(&self, name: &'static str, allowed: &'static [&'static str]) {
        let Some(node) = self.value(name) else { return };
        let Some(value) = self.tree.scalar(node) else { return };
        if !allowed.contains(&value) {
            let kind = FieldIssueKind::NotOneOf { value: value.to_owned(), allowed };
            self.report(kind, &self.trail.key(name), self.tree.node(node).span);
        }
    }

    /// Reports a number outside a range.
    pub fn in_range(&self, name: &'static str, range: RangeInclusive<i64>) {
        let Some(node) = self.value(name) else { return };
        let Some(Plain::Int(value)) = self.tree.value(node) else { return };
        if !range.contains(&value) {
            let kind = FieldIssueKind::OutOfRange { value, least: *range.start(), most: *range.end() };
            self.report(kind, &self.trail.key(name), self.tree.node(node).span);
        }
    }
}

/// The known name that a misspelt one was most likely meant to be.
#[must_use]
pub fn closest<'k>(field: &str, known: &[&'k str]) -> Option<&'k str> {
    const LEAST_ALIKE: f64 = 0.7;
    let lower = field.to_lowercase();
    known
        .iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|(alike, _)| *alike >= LEAST_ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// What stands at a node, in words: "the number `443`".
pub(crate) fn describe(tree: &Tree, node: NodeId) -> String {
    let text = tree.scalar(node).unwrap_or_default();
    match (tree.kind(node), tree.value(node)) {
        (NodeKind::Mapping { .. }, _) => "an object".to_owned(),
        (NodeKind::Sequence { .. }, _) => "a list".to_owned(),
        (_, Some(Plain::Bool(_))) => format!("the boolean `{text}`"),
        (_, Some(Plain::Int(_) | Plain::Float(_))) => format!("the number `{text}`"),
        (_, Some(Plain::String)) => format!("the string `{text}`"),
        _ => "nothing".to_owned(),
    }
}

/// Declares a model type: a struct whose fields say under which key they stand.
///
/// `known` lists further keys that the API has and that are not looked into; `required`, `one_of`
/// and `range` are the API's own checks on single fields.
#[macro_export]
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident: $type:ty = $key:literal, )*
        }
        $( known [ $($known:literal),* $(,)? ] )?
        $( required [ $($required:literal),* $(,)? ] )?
        $( one_of { $($choice:literal: [ $($allowed:literal),* $(,)? ]),* $(,)? } )?
        $( range { $($number:literal: $range:expr),* $(,)? } )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(rename = $key, skip_serializing_if = "crate::lower::ReadField::is_absent")]
                pub $field: $type,
            )*
        }

        impl $crate::lower::ReadObject for $name {
            const SHAPE: $crate::lower::shape::ObjectShape = $crate::lower::shape::ObjectShape {
                fields: &[ $( ($key, <$type as $crate::lower::ReadField>::SHAPE), )* ],
                known: &[ $($($known),*)? ],
                required: &[ $($($required),*)? ],
                one_of: &[ $($( ($choice, &[ $($allowed),* ]) ),*)? ],
            };

            fn read(fields: &$crate::lower::Fields<'_>) -> Self {
                fields.close(&[ $($key,)* $($($known,)*)? ]);
                $( $( fields.require($required); )* )?
                $( $( fields.one_of($choice, &[ $($allowed),* ]); )* )?
                $( $( fields.in_range($number, $range); )* )?
                Self { $( $field: $crate::lower::ReadField::read_field(fields, $key), )* }
            }
        }
    };
}
