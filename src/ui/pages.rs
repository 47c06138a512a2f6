//! The places of the page, one module each.

pub mod export;
pub mod findings;
pub mod gateways;
pub mod import;
pub mod ingresses;
pub mod landings;
mod listed;
pub mod migrate;
pub mod overview;
mod places;
pub mod projects;
pub mod review;
pub mod rules;
pub mod segments;
pub mod services;
pub mod settings;
pub mod shared;
pub mod start;
pub mod yaml;
