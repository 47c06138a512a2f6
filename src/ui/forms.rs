//! Forms: they show an object as the text has it, and change it by commands.

pub mod avi_offer;
pub mod bound;
pub mod bound_more;
pub mod segment_edit;
pub mod segment_new;
