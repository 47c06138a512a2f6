//! What nobody can predict before helm has rendered a chart's templates: the prediction says so.

use std::collections::HashSet;

use super::Prediction;
use super::landing::{HopState, Landing, Outcome};
use crate::workspace::{Unknown, Workspace};

/// Takes out of a prediction what a chart's values decide: statuses of templates, landings on their way.
pub fn settle(workspace: &Workspace, prediction: &mut Prediction) {
    let unknown = workspace.unknown();
    if unknown.is_empty() {
        return;
    }
    let open = workspace.objects().iter().filter(|object| unknown.has(object));
    let open: HashSet<String> = open.map(|object| workspace.key(object)).collect();
    prediction.objects.retain(|key, _| !open.contains(key));
    let values = workspace.values().filter(|(object, _)| unknown.has(object)).map(|(object, _)| object);
    let values = values.map(|object| format!("AKO's values in `{}`", object.address.file));
    let mut gone: HashSet<String> = HashSet::new();
    let mut kept: HashSet<String> = HashSet::new();
    for landing in &mut prediction.landings {
        let Some(cause) = cause(landing, unknown, &open).or_else(|| values.clone()) else {
            if let Outcome::Lands(target) = &landing.outcome {
                kept.insert(target.virtual_service.clone());
            }
            continue;
        };
        let reason = format!("it depends on the chart's values: {cause} is a template that helm has yet to render");
        let outcome = std::mem::replace(&mut landing.outcome, Outcome::DependsOnValues { reason });
        if let Outcome::Lands(target) = outcome {
            gone.insert(target.virtual_service);
        }
    }
    let is_gone = |name: &String| gone.contains(name) && !kept.contains(name);
    prediction.virtual_services.retain(|name, _| !is_gone(name));
    prediction.sent.virtual_services.retain(|name, _| !is_gone(name));
    prediction.sent.vs_vips.retain(|name, _| !is_gone(name));
}

/// The first template on the way of a landing, or one that may become what is missing there.
fn cause(landing: &Landing, unknown: &Unknown, open: &HashSet<String>) -> Option<String> {
    if open.contains(&landing.subject.object) {
        return Some(format!("`{}`", landing.subject.object));
    }
    for hop in &landing.hops {
        if open.contains(&hop.at) {
            return Some(format!("`{}`", hop.at));
        }
        if hop.state == HopState::Broken && unknown.may_exist_by_key(&hop.at) {
            return Some(format!("what may become `{}`", hop.at));
        }
    }
    None
}
