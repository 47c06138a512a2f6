//! Forms: they show an object as the text has it, and change it by commands.

pub mod asking_fix;
pub mod avi_offer;
pub mod bound;
pub mod bound_choice;
pub mod bound_more;
pub mod expose;
pub mod expose_result;
pub mod expose_service;
pub mod expose_ways;
pub mod gateway;
pub mod gateway_api;
pub mod gateway_new;
pub mod ingress;
pub mod ingress_new;
pub mod ingress_rules;
pub mod ingress_tls;
pub mod listeners;
pub mod object_head;
mod object_status;
pub mod renaming;
pub mod row_problems;
pub mod segment_edit;
pub mod segment_new;
pub mod service;
pub mod service_ports;
pub mod single;
