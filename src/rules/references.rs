//! References: what one object says about another that is not so.

pub mod gateway_class_not_found;
