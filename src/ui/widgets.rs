//! Small parts that know no store: they take what they show and say what was done.

pub mod badge;
pub mod cidr_notes;
pub mod code_view;
pub mod copy_button;
pub mod diff_view;
pub mod field;
pub mod finding_card;
pub mod icon;
pub mod list_field;
pub mod text_editor;
pub mod words;
