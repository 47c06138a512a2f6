//! Advice: what works and could be clearer, or works only under a condition.

pub mod cluster_ip_with_node_port;
pub mod namespace_missing;
