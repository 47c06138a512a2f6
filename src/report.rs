//! What the command line prints: findings and predictions as text and as JSON. No input or output here.

mod fixes;
mod json;
mod migrate;
mod outlook;
mod repairs;
mod review;
mod text;

pub use fixes::{fixes_diff, fixes_text};
pub use json::{check_json, diff_json, predict_json};
pub use migrate::{offers_text, plan_text};
pub use outlook::{not_as_wanted, outlook_lines, vip_text};
pub use repairs::repairs_text;
pub use review::diff_text;
pub use text::{check_text, explain_text, predict_text, readings_text, rules_text, summary};

use crate::diagnostic::Finding;

/// Version of the JSON shapes; goes up when a member changes its meaning or goes away.
const JSON_VERSION: u32 = 1;

/// Findings with a mark that stays the same when lines move: for baselines and code review tools.
///
/// It is made of code, object (the file where there is none), field and message. Of equal ones the
/// later have their number at the end. FNV-1a is enough: 64 bits keep a project's findings apart, and
/// nobody gains by forging one; it needs no crate and gives the same on every machine.
pub(crate) fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let fingerprint = |finding: &Finding| {
        let object = finding.object.as_deref().unwrap_or(&finding.file);
        let path = finding.path.to_string();
        let hash = fnv1a([finding.code, object, &path, &finding.message]);
        let count = seen.entry(hash).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{count}") }
    };
    findings.iter().map(fingerprint).collect()
}

/// FNV-1a of texts, a zero byte after each.
fn fnv1a<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = texts.into_iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
