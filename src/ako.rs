//! What AKO does with a workspace: statuses, virtual services, and where everything lands.
//!
//! This stage predicts and never judges: rules read the result. Every hop of a landing names the
//! field that decided, AKO's rule in a sentence, and its source.

pub mod change;
pub mod cidr_pattern;
mod cluster;
mod collision;
mod crash;
mod gateway_api;
pub mod infra_setting;
mod ingress;
pub mod landing;
mod layer4;
mod load_balancer;
pub mod messages;
pub mod moment;
pub mod names;
mod outlook;
mod output;
pub mod sent;
mod servers;
mod services_api;
mod shared_vip;
pub mod startup;
pub mod status;
mod templates;
mod trace;
pub mod values;
pub mod versions;
pub mod virtual_service;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use change::{predict_change, predicting_change};
pub use collision::{Collision, Owner};
pub use gateway_api::virtual_service_name as gateway_api_virtual_service;
pub use ingress::Contested;
pub use landing::{Hop, HopState, Intended, Landing, Outcome, Subject, Target, TargetNetwork, Via};
pub(crate) use layer4::EXTERNAL_DNS_ANNOTATION;
pub use outlook::Difference;
pub use sent::Sent;
pub use servers::{NoServers, WithoutServers};
pub use shared_vip::{About, Disagreement};
pub use status::{Condition, ObjectStatus, ParentStatus};
pub use virtual_service::VirtualService;

use crate::model::Kind;
use crate::pace::{Boxed, finish, pause};
use crate::syntax::FieldPath;
use crate::workspace::{Place, Workspace};
use cluster::Cluster;
use moment::{Late, Timing};
use output::{Memory, Output};

/// All that AKO would do, as JSON in the shape of `tests/conformance/README.md`.
#[derive(Clone, Debug, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Prediction {
    /// Where AKO's process dies on this input, instead of all the rest.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crash_place")]
    pub crash: Option<Crash>,
    /// Why AKO does not start with its values, instead of all the rest; what it sent before stays as it is.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "boot_message")]
    pub boot_error: Option<Crash>,
    /// Where it dies when it starts the next time with these objects in place, if not before.
    #[serde(skip)]
    pub crash_at_restart: Option<Crash>,
    /// What AKO writes to objects, by `Kind/namespace/name`.
    pub objects: BTreeMap<String, ObjectStatus>,
    /// What AKO wants on the load balancer, by `tenant/name`.
    pub virtual_services: BTreeMap<String, VirtualService>,
    /// What AKO last sent to the Avi Controller, which is not always what it wants.
    pub sent: Sent,
    /// What is otherwise once AKO restarts, the worse where its order decides; only [`predict_fully`] and its
    /// like look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_restart: Option<Difference>,
    /// What is otherwise where all documents are applied at once; only [`predict_fully`] looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_at_once: Option<Difference>,
    /// Where each Service port and Ingress host lands, in the order of the objects.
    pub landings: Vec<Landing>,
    /// Objects of Gateway API v1 that come out otherwise than in the safe order, by their own order.
    #[serde(skip)]
    pub order_decides: Vec<usize>,
    /// Virtual services of Ingresses on which the settings of namespaces differ.
    #[serde(skip)]
    pub contested: Vec<Contested>,
    /// What members of shared VIPs do not agree about.
    #[serde(skip)]
    pub disagreements: Vec<Disagreement>,
    /// Virtual services of layer 4 that several have as theirs.
    #[serde(skip)]
    pub collisions: Vec<Collision>,
    /// Backends whose pools get no servers.
    #[serde(skip)]
    pub without_servers: Vec<WithoutServers>,
    /// What comes too late for what needs it.
    #[serde(skip)]
    pub late: Vec<Late>,
    /// The field for which AKO rejects an AviInfraSetting, by object key.
    #[serde(skip)]
    pub rejections: BTreeMap<String, FieldPath>,
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

/// Predicts what AKO does with a workspace, one document after the other; total, deterministic.
#[must_use]
pub fn predict(workspace: &Workspace) -> Prediction {
    finish(predicting(workspace))
}

/// [`predict`] in steps.
pub async fn predicting(workspace: &Workspace) -> Prediction {
    running(&Cluster::new(workspace, Timing::InOrder)).await.prediction
}

/// The same, with what comes out otherwise after a restart and where everything is applied at once.
#[must_use]
pub fn predict_fully(workspace: &Workspace) -> Prediction {
    finish(predicting_fully(workspace))
}

/// [`predict_fully`] in steps.
pub async fn predicting_fully(workspace: &Workspace) -> Prediction {
    let mut cluster = Cluster::new(workspace, Timing::InOrder);
    let mut prediction = running(&cluster).await.prediction;
    prediction.after_restart = outlook::after_restart(&mut cluster, &prediction).await;
    pause().await;
    prediction.all_at_once = outlook::all_at_once(&mut cluster, &prediction).await;
    prediction
}

/// A prediction with what a change would begin from.
struct Run {
    prediction: Prediction,
    memory: Memory,
}

/// What AKO does in a cluster.
fn running<'a>(cluster: &'a Cluster<'_>) -> Boxed<'a, Run> {
    Box::pin(run(cluster))
}

async fn run(cluster: &Cluster<'_>) -> Run {
    pause().await;
    let mut output = Output::default();
    for setting in cluster.settings.values() {
        let (status, error) = match &setting.verdict {
            Ok(_) => ("Accepted", String::new()),
            Err(rejection) => ("Rejected", rejection.error.clone()),
        };
        let key = cluster.workspace.key(setting.object);
        if let Err(rejection) = &setting.verdict {
            output.rejections.insert(key.clone(), rejection.path.as_str().into());
        }
        output.objects.insert(key, ObjectStatus::InfraSetting { status: status.to_owned(), error });
    }
    load_balancer::predict(cluster, &mut output).await;
    services_api::predict(cluster, &mut output).await;
    ingress::predict(cluster, &mut output).await;
    let kinds =
        [Kind::GatewayV1, Kind::GatewayClassV1, Kind::HttpRoute, Kind::Service, Kind::Foreign, Kind::AviInfraSetting];
    output.as_one_unit(cluster, &kinds, gateway_api::predict).await;
    crash::find(cluster, &mut output);
    pause().await;
    output.boot_error = startup::boot_error(cluster.workspace);
    pause().await;
    let mut run = output.finish(cluster).await;
    pause().await;
    run.prediction.assumptions = cluster.values.assumptions(cluster.workspace);
    run.prediction.assumptions.extend(shared_vip::assumption(&run.prediction.disagreements));
    pause().await;
    templates::settle(cluster.workspace, &mut run.prediction);
    run
}

/// What AKO says.
#[allow(clippy::ref_option, reason = "serde hands over references")]
fn boot_message<S: serde::Serializer>(error: &Option<Crash>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(error.as_ref().map_or("", |error| &error.reason))
}

impl Prediction {
    /// Why AKO does nothing at all, if it does nothing: with what is said of it in a few words.
    #[must_use]
    pub fn fatal(&self) -> Option<(&'static str, &Crash)> {
        let crash = self.crash.as_ref().map(|crash| ("AKO crashes", crash));
        crash.or_else(|| self.boot_error.as_ref().map(|error| ("AKO does not start", error)))
    }
}

/// As the conformance scenarios have it: only the place in AKO's code.
#[allow(clippy::ref_option, reason = "serde hands over references")]
fn crash_place<S: serde::Serializer>(crash: &Option<Crash>, serializer: S) -> Result<S::Ok, S::Error> {
    match crash {
        Some(crash) => serializer.serialize_str(&crash.source),
        None => serializer.serialize_none(),
    }
}
