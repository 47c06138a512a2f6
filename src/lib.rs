//! akoplan's core.
#![forbid(unsafe_code)]
pub mod ako;
pub mod analysis;
pub mod canonical;
pub mod command;
pub mod diagnostic;
pub mod edit;
pub mod history;
pub mod lower;
pub mod model;
pub mod project;
pub mod rules;
pub mod segment;
pub mod syntax;
pub mod text;
pub mod version;
pub mod workspace;
