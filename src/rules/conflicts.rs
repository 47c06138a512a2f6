//! Conflicts: objects that cannot both be as written.

pub mod duplicate_listener;
pub mod duplicate_object;
pub mod labelled_load_balancer;
pub mod services_share_listener;
