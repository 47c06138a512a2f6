//! The shape of a model type: its fields and what stands in them, for whoever has no tree to read yet.

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any single value.
    Scalar,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A list of single values.
    Scalars,
    /// Keys and values that people choose: labels, annotations, selectors.
    StringMap,
    /// An object.
    Object(&'static ObjectShape),
    /// A list of objects.
    List(&'static ObjectShape),
    /// Not modelled.
    Unread,
}

/// The fields of an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectShape {
    /// Fields that are read, in the order of the model.
    pub fields: &'static [(&'static str, Shape)],
    /// Further fields that the API has.
    pub known: &'static [&'static str],
    /// Fields that the API requires.
    pub required: &'static [&'static str],
    /// Values that the API takes.
    pub one_of: &'static [(&'static str, &'static [&'static str])],
}
