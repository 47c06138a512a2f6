//! Switches of AKO without which it does not look at what a project has.

use super::{is_on, known};
use crate::model::{GATEWAY_NAME_LABEL, Kind};
use crate::workspace::{Object, Workspace};

/// A switch that must be on, and is off in AKO's chart (AKO 2.2.1 `helm/ako/values.yaml`).
#[derive(Debug)]
pub(in crate::export) struct Switch {
    /// Path in AKO's values.
    pub path: &'static str,
    /// Why it is needed.
    pub why: &'static str,
    /// What else it takes, in a sentence.
    pub also: &'static str,
    /// The command that asks AKO's installation.
    pub command: &'static str,
    /// What the command prints where it is on.
    pub output: &'static str,
    /// Whether AKO looks at an object only with it.
    is_for: fn(&Object) -> bool,
}

/// The first goes from AKO's ConfigMap into the environment of its container: nothing starts the pod
/// anew when that changes. The second adds a container (AKO 2.2.1 `helm/ako/templates/statefulset.yaml`).
static SWITCHES: [Switch; 2] = [
    Switch {
        path: "AKOSettings.servicesAPI",
        why: "without it AKO reads no Gateway of networking.x-k8s.io",
        also: "AKO reads it when it starts, and helm does not start it again: after a change, \
               `kubectl rollout restart statefulset/ako` in AKO's namespace.",
        command: "kubectl get configmap --all-namespaces --field-selector metadata.name=avi-k8s-config \
                  -o jsonpath='{.items[*].data.servicesAPI}{\"\\n\"}'",
        output: "true",
        is_for: |object| match object.kind {
            Kind::Gateway => true,
            Kind::Service => object.label(GATEWAY_NAME_LABEL).is_some(),
            _ => false,
        },
    },
    Switch {
        path: "featureGates.GatewayAPI",
        why: "without it nobody reads gateway.networking.k8s.io",
        also: "It adds a container to AKO's pod, which starts anew. The definitions of Gateway API v1 are not in AKO's \
               chart: they must be there before.",
        command: "kubectl get statefulset --all-namespaces --field-selector metadata.name=ako \
                  -o jsonpath='{.items[*].spec.template.spec.containers[*].name}{\"\\n\"}'",
        output: "ako ako-gateway-api",
        is_for: |object| matches!(object.kind, Kind::GatewayV1 | Kind::HttpRoute),
    },
];

/// The switches that some objects need.
pub(in crate::export) fn needed<'a>(objects: &(impl Iterator<Item = &'a Object> + Clone)) -> Vec<&'static Switch> {
    SWITCHES.iter().filter(|switch| objects.clone().any(switch.is_for)).collect()
}

/// The switches that a workspace needs, and whether its values have them on; `None` where they do not say.
pub(in crate::export) fn of_workspace(workspace: &Workspace) -> Vec<(&'static Switch, Option<bool>)> {
    let values = known(workspace);
    let needed = needed(&workspace.objects().iter());
    needed.into_iter().map(|switch| (switch, is_on(&values, switch.path))).collect()
}
