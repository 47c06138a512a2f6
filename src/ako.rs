//! What AKO does with a workspace: statuses, virtual services, and where everything lands.
//!
//! This stage predicts and never judges: rules read the result. Every hop of a landing names the
//! field that decided, AKO's rule in a sentence, and its source.

pub mod landing;
pub mod status;
pub mod virtual_service;

use std::collections::BTreeMap;

pub use landing::{Hop, HopState, Intended, Landing, Outcome, Subject, Target, TargetNetwork, Via};
pub use status::{Condition, ObjectStatus};
pub use virtual_service::VirtualService;

use crate::workspace::{Place, Workspace};

/// All that AKO would do, as JSON in the shape of `tests/conformance/README.md`.
#[derive(Clone, Debug, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Prediction {
    /// Where AKO's process dies on this input, instead of all the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crash: Option<Crash>,
    /// What AKO writes to objects, by `Kind/namespace/name`.
    pub objects: BTreeMap<String, ObjectStatus>,
    /// What AKO wants on the load balancer, by `tenant/name`.
    pub virtual_services: BTreeMap<String, VirtualService>,
    /// Where each Service port and Ingress host lands, in the order of the objects.
    pub landings: Vec<Landing>,
    /// What was taken for granted because no file says it.
    pub assumptions: Vec<Assumption>,
}

/// Input on which AKO's process dies.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Crash {
    /// What happens, in a sentence.
    pub reason: String,
    /// The place in AKO's code.
    pub source: String,
    /// The object that does it, as `Kind/namespace/name`.
    pub object: String,
    /// The field that does it.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// Something that the prediction takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assumption {
    /// What is assumed, as in `AKOSettings.servicesAPI`.
    pub about: String,
    /// In a sentence.
    pub sentence: String,
}

/// Predicts what AKO does with a workspace; total, deterministic.
#[must_use]
pub fn predict(workspace: &Workspace) -> Prediction {
    let _ = workspace;
    Prediction::default()
}
