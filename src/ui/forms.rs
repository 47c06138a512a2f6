//! Forms: they show an object as the text has it, and change it by commands.

pub mod bound;
