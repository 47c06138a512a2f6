//! akoplan's core.
#![forbid(unsafe_code)]
pub mod syntax;
pub mod text;
