//! Conflicts: objects that cannot both be as written.

pub mod cluster_twice;
pub mod clusters_share_name;
pub mod duplicate_listener;
pub mod duplicate_object;
pub mod gateway_api_host_twice;
pub mod labelled_load_balancer;
pub mod namespaces_share_virtual_service;
pub mod services_share_listener;
pub mod shared_vip_disagreement;
pub mod shared_vip_passed_over;
pub mod values_twice;
pub mod virtual_service_name_twice;
