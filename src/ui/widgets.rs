//! Small parts that know no store: they take what they show and say what was done.

pub mod badge;
pub mod code_view;
pub mod copy_button;
pub mod field;
pub mod icon;
pub mod words;
