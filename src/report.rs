//! What the command line prints: findings and predictions as text and as JSON. No input or output here.

mod colour;
mod fingerprint;
mod fixes;
mod github;
mod json;
mod junit;
mod migrate;
mod notes;
mod outlook;
mod place;
mod repairs;
mod review;
mod sarif;
mod template;
mod text;

pub use colour::Colours;
pub use fingerprint::fingerprints;
pub use fixes::{fixes_diff, fixes_text};
pub use github::check_github;
pub use json::{check_json, diff_json, predict_json};
pub use junit::check_junit;
pub use migrate::{offers_text, plan_text};
pub use notes::check_notes;
pub use outlook::{AT_ONCE, not_as_wanted, outlook_lines, vip_text};
pub use repairs::repairs_text;
pub use review::diff_text;
pub use sarif::check_sarif;
pub(crate) use template::template_of;
pub use text::{check_text, explain_text, predict_text, readings_text, rules_text};

/// Version of the JSON shapes; goes up when a member changes its meaning or goes away.
const JSON_VERSION: u32 = 1;

#[cfg(test)]
mod tests;
