//! Small parts that know no store: they take what they show and say what was done.

pub mod area_field;
pub mod badge;
pub mod choice_field;
pub mod cidr_notes;
pub mod code_editor;
pub mod code_view;
pub mod copy_button;
pub mod dialog;
pub mod diff_view;
pub mod field;
pub mod finding_card;
pub mod form_panel;
pub mod icon;
pub mod landing_view;
pub mod list_field;
pub mod paste_line;
pub mod row_buttons;
pub mod text_editor;
mod typing;
pub mod words;
