//! What comes out otherwise: once AKO restarts, and where everything is applied at once.
//!
//! Both are the same prediction with another [`Timing`], so a path that asks the cluster when AKO sees
//! an object ([`Cluster::seen`]) takes part without doing anything more.

use std::collections::BTreeMap;

use super::cluster::Cluster;
use super::moment::Timing;
use super::{Crash, ObjectStatus, Prediction, Sent, VirtualService, crash_place, running};

/// Why AKO does not start, as its log has it.
const BOOT_ERROR: &str = "sync is disabled because of configmap unavailability during bootup";

/// The members of a prediction that come out otherwise, whole.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// Where AKO's process dies.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crash_place")]
    pub crash: Option<Crash>,
    /// Why AKO does not start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boot_error: Option<String>,
    /// What AKO writes to objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objects: Option<BTreeMap<String, ObjectStatus>>,
    /// What AKO wants on the load balancer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_services: Option<BTreeMap<String, VirtualService>>,
    /// What AKO sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

impl Difference {
    /// What differs, if anything does.
    fn between(now: &Prediction, then: Prediction) -> Option<Self> {
        let mut difference = Self::default();
        if then.crash.is_some() {
            difference.crash = then.crash;
            return Some(difference);
        }
        difference.objects = (now.objects != then.objects).then_some(then.objects);
        difference.virtual_services = (now.virtual_services != then.virtual_services).then_some(then.virtual_services);
        difference.sent = (now.sent != then.sent).then_some(then.sent);
        (difference != Self::default()).then_some(difference)
    }
}

/// What differs once AKO restarts with all objects in place.
pub(super) async fn after_restart(cluster: &mut Cluster<'_>, now: &Prediction) -> Option<Difference> {
    if now.fatal().is_some() {
        // It dies again.
        return None;
    }
    if refuses_to_start(cluster) {
        return Some(Difference { boot_error: Some(BOOT_ERROR.to_owned()), ..Difference::default() });
    }
    cluster.timing = Timing::AtStart;
    Difference::between(now, running(cluster).await.prediction)
}

/// What differs where all documents are applied at once.
pub(super) async fn all_at_once(cluster: &mut Cluster<'_>, now: &Prediction) -> Option<Difference> {
    if now.fatal().is_some() {
        return None;
    }
    cluster.timing = Timing::AtOnce;
    Difference::between(now, running(cluster).await.prediction)
}

/// An accepted setting names an SE group that is labelled for another cluster
/// (AKO 2.2.1 `internal/k8s/ako_init.go` `InitController`, `internal/cache` `ValidateUserInput`;
/// "Labels do not match with cluster name").
fn refuses_to_start(cluster: &Cluster<'_>) -> bool {
    if cluster.values.static_route_sync_off {
        return false;
    }
    let Some(avi) = &cluster.workspace.settings().spec.avi else { return false };
    let foreign = |name: &str| {
        let group = avi.se_groups.iter().find(|group| group.name.as_deref() == Some(name));
        let label = group.and_then(|group| group.cluster_label.as_deref());
        label.is_some_and(|label| label != cluster.values.cluster_name)
    };
    let accepted = cluster.settings.values().filter(|setting| setting.verdict.is_ok());
    let mut groups = accepted.filter_map(|setting| setting.value.spec.se_group.as_ref()?.name.as_deref());
    groups.any(foreign)
}
