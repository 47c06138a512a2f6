//! The kinds of values that stand in a field: how each is read, and when there is nothing to write.

use std::collections::BTreeMap;

use super::shape::Shape;
use super::{Fields, ReadField, ReadObject};
use crate::ordered::IntoOrdered;
use crate::syntax::{NodeKind, Plain};

impl ReadField for Option<String> {
    const SHAPE: Shape = Shape::Scalar;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        fields.text_at(fields.value(name)?, &fields.trail.key(name))
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl ReadField for Option<bool> {
    const SHAPE: Shape = Shape::Bool;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let node = fields.value(name)?;
        if let Some(Plain::Bool(value)) = fields.tree.value(node) {
            return Some(value);
        }
        fields.wrong_type(node, &fields.trail.key(name), "true or false");
        fields.tree.scalar(node)?.parse().ok()
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl ReadField for Option<i64> {
    const SHAPE: Shape = Shape::Number;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let node = fields.value(name)?;
        if let Some(Plain::Int(value)) = fields.tree.value(node) {
            return Some(value);
        }
        fields.wrong_type(node, &fields.trail.key(name), "a whole number");
        fields.tree.scalar(node)?.trim().parse().ok()
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// A part that is read as empty where it is absent.
impl<T: ReadObject + Default + PartialEq> ReadField for T {
    const SHAPE: Shape = Shape::Object(&T::SHAPE);

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        fields.value(name).map(|node| fields.object_at(node, fields.trail.key(name))).unwrap_or_default()
    }
    fn is_absent(&self) -> bool {
        *self == Self::default()
    }
}

impl<T: ReadObject> ReadField for Option<T> {
    const SHAPE: Shape = Shape::Object(&T::SHAPE);

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        Some(fields.object_at(fields.value(name)?, fields.trail.key(name)))
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: ReadObject> ReadField for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let list = fields.trail.key(name);
        let items = fields.items(name).into_iter().enumerate();
        items.map(|(index, node)| fields.object_at(node, list.index(index))).collect()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl ReadField for Vec<String> {
    const SHAPE: Shape = Shape::Scalars;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let list = fields.trail.key(name);
        let items = fields.items(name).into_iter().enumerate();
        items.map(|(index, node)| fields.text_at(node, &list.index(index)).unwrap_or_default()).collect()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl ReadField for BTreeMap<String, String> {
    const SHAPE: Shape = Shape::StringMap;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let Some(node) = fields.value(name) else { return Self::new() };
        let trail = fields.trail.key(name);
        if !matches!(fields.tree.kind(node), NodeKind::Mapping { .. }) {
            fields.wrong_type(node, &trail, "an object");
            return Self::new();
        }
        let entries = fields.tree.merged_entries(node).into_iter();
        entries
            .filter_map(|entry| {
                let key = fields.tree.scalar(entry.key)?;
                // A null value is the empty string for the API server.
                let value = if fields.tree.is_null(entry.value) {
                    Some(String::new())
                } else {
                    fields.text_at(entry.value, &trail.key(key))
                };
                Some((key.to_owned(), value?))
            })
            .into_map()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// A number or a name: a `targetPort`, an old Ingress' `servicePort`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum IntOrString {
    /// A port number.
    Int(i64),
    /// A port name.
    String(String),
}

impl ReadField for Option<IntOrString> {
    const SHAPE: Shape = Shape::Scalar;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let node = fields.value(name)?;
        match fields.tree.value(node) {
            Some(Plain::Int(value)) => Some(IntOrString::Int(value)),
            Some(Plain::String) => fields.tree.scalar(node).map(|text| IntOrString::String(text.to_owned())),
            _ => {
                fields.wrong_type(node, &fields.trail.key(name), "a number or a name");
                None
            }
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// A boolean that AKO's chart also takes as a string: `"true"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LooseBool(pub bool);

impl ReadField for Option<LooseBool> {
    const SHAPE: Shape = Shape::Bool;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        let node = fields.value(name)?;
        match (fields.tree.value(node), fields.tree.scalar(node)) {
            (Some(Plain::Bool(value)), _) => Some(LooseBool(value)),
            (Some(Plain::String), Some(text)) => {
                // An empty text is how the chart leaves a value open.
                if !matches!(text, "" | "true" | "false") {
                    fields.wrong_type(node, &fields.trail.key(name), "true or false");
                }
                Some(LooseBool(text == "true"))
            }
            _ => {
                fields.wrong_type(node, &fields.trail.key(name), "true or false");
                None
            }
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// A part of an object that is not modelled: kept in the text, not looked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Unread;

impl ReadField for Option<Unread> {
    const SHAPE: Shape = Shape::Unread;

    fn read_field(fields: &Fields<'_>, name: &'static str) -> Self {
        fields.value(name).map(|_| Unread)
    }
    fn is_absent(&self) -> bool {
        true
    }
}
