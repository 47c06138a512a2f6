//! What lands on a segment, and what is meant for it and lands elsewhere.

use crate::ako::{Landing, Outcome, Prediction};

/// The landings that concern a segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landed<'a> {
    /// What lands on it.
    pub here: Vec<&'a Landing>,
    /// What is meant for it and lands elsewhere or nowhere.
    pub elsewhere: Vec<&'a Landing>,
}

/// The landings that concern the segment of a setting.
#[must_use]
pub fn landed<'a>(prediction: &'a Prediction, setting: &str) -> Landed<'a> {
    let mut landed = Landed::default();
    for landing in &prediction.landings {
        let is_meant = landing.intended.as_ref().is_some_and(|intended| intended.segment == setting);
        match &landing.outcome {
            Outcome::Lands(target) if target.segment.as_deref() == Some(setting) => landed.here.push(landing),
            _ if is_meant && landing.as_intended() == Some(false) => landed.elsewhere.push(landing),
            _ => {}
        }
    }
    landed
}
