//! AKO's ConfigMap `avi-k8s-config`: what AKO really runs with, read as the values that it was rendered from.
//!
//! Its `data` has the values as texts, lists as JSON in a text. They are read as a tree in the shape of
//! `values.yaml` whose spans are places in the ConfigMap, so that all that reads values reads them, too.
//! Keys and what they are rendered from: AKO 2.2.1 `helm/ako/templates/configmap.yaml`; which of them AKO
//! reads: `helm/ako/templates/statefulset.yaml`, whose environment is filled from them.

mod change;
mod grow;

pub use change::Change;

use crate::lower::{FieldIssue, FieldIssueKind, closest, describe, lower};
use crate::model::{AkoValues, ObjectMeta};
use crate::ordered::sort_by_key;
use crate::syntax::{FieldPath, NodeId, Plain, Step, Tree, key_text};
use crate::text::Span;
use grow::Growth;

/// The ConfigMap's name, whatever the namespace of AKO's release (AKO 2.2.1 `internal/lib/constants.go` `AviConfigMap`).
pub const CONFIG_MAP: &str = "avi-k8s-config";

/// The values that the ConfigMap holds.
#[derive(Clone, Debug)]
pub struct AkoConfigMap {
    /// Name, namespace and the like.
    pub metadata: ObjectMeta,
    /// What its data says, as values.
    pub values: AkoValues,
    /// The values as a tree; its spans count from the start of the document, as those of the ConfigMap's own tree.
    pub tree: Tree,
}

impl PartialEq for AkoConfigMap {
    fn eq(&self, other: &Self) -> bool {
        self.metadata == other.metadata && self.values == other.values
    }
}

/// Keys of `data`, and the value that each is rendered from.
const KEYS: [(&str, &str); 42] = [
    ("primaryInstance", "AKOSettings.primaryInstance"),
    ("clusterName", "AKOSettings.clusterName"),
    ("servicesAPI", "AKOSettings.servicesAPI"),
    ("layer7Only", "AKOSettings.layer7Only"),
    ("enableEVH", "AKOSettings.enableEVH"),
    ("vipPerNamespace", "AKOSettings.vipPerNamespace"),
    (BLOCKED_NAMESPACES, "AKOSettings.blockedNamespaceList"),
    ("nsSyncLabelKey", "AKOSettings.namespaceSelector.labelKey"),
    ("nsSyncLabelValue", "AKOSettings.namespaceSelector.labelValue"),
    ("ipFamily", "AKOSettings.ipFamily"),
    ("disableStaticRouteSync", "AKOSettings.disableStaticRouteSync"),
    ("vpcMode", "AKOSettings.vpcMode"),
    ("cniPlugin", "AKOSettings.cniPlugin"),
    ("deleteConfig", "AKOSettings.deleteConfig"),
    ("enableEvents", "AKOSettings.enableEvents"),
    ("logLevel", "AKOSettings.logLevel"),
    ("fullSyncFrequency", "AKOSettings.fullSyncFrequency"),
    ("apiServerPort", "AKOSettings.apiServerPort"),
    ("istioEnabled", "AKOSettings.istioEnabled"),
    ("useDefaultSecretsOnly", "AKOSettings.useDefaultSecretsOnly"),
    (VIP_NETWORKS, "NetworkSettings.vipNetworkList"),
    (NODE_NETWORKS, "NetworkSettings.nodeNetworkList"),
    ("enableRHI", "NetworkSettings.enableRHI"),
    (PEER_LABELS, "NetworkSettings.bgpPeerLabels"),
    ("nsxtT1LR", "NetworkSettings.nsxtT1LR"),
    // Of the two places in the values the newer one, which wins there.
    ("defaultDomain", "NetworkSettings.defaultDomain"),
    ("defaultIngController", "L7Settings.defaultIngController"),
    ("serviceType", "L7Settings.serviceType"),
    ("shardVSSize", "L7Settings.shardVSSize"),
    ("passthroughShardSize", "L7Settings.passthroughShardSize"),
    ("fqdnReusePolicy", "L7Settings.fqdnReusePolicy"),
    ("noPGForSNI", "L7Settings.noPGForSNI"),
    ("enableMCI", "L7Settings.enableMCI"),
    ("defaultLBController", "L4Settings.defaultLBController"),
    ("autoFQDN", "L4Settings.autoFQDN"),
    ("serviceEngineGroupName", "ControllerSettings.serviceEngineGroupName"),
    ("cloudName", "ControllerSettings.cloudName"),
    ("tenantName", "ControllerSettings.tenantName"),
    ("vrfName", "ControllerSettings.vrfName"),
    ("controllerVersion", "ControllerSettings.controllerVersion"),
    ("nodeKey", "nodePortSelector.key"),
    ("nodeValue", "nodePortSelector.value"),
];

/// Further keys, of values that are known and not read.
const MORE_KEYS: [(&str, &str); 3] = [
    ("controllerIP", "ControllerSettings.controllerHost"),
    ("enablePrometheus", "featureGates.EnablePrometheus"),
    ("enableEndpointSlice", "featureGates.EnableEndpointSlice"),
];

/// Keys that old releases have and that say nothing to the values of today.
const OLD_KEYS: [&str; 8] = [
    "advancedL4",
    "syncNamespace",
    "l7ShardingScheme",
    "tenantsPerCluster",
    "logFile",
    "networkName",
    "subnetIP",
    "subnetPrefix",
];

const VIP_NETWORKS: &str = "vipNetworkList";
const NODE_NETWORKS: &str = "nodeNetworkList";
const PEER_LABELS: &str = "bgpPeerLabels";
const BLOCKED_NAMESPACES: &str = "blockedNamespaceList";

/// Keys whose text is a list in JSON.
const LISTS: [&str; 4] = [VIP_NETWORKS, NODE_NETWORKS, PEER_LABELS, BLOCKED_NAMESPACES];

fn keys() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    KEYS.iter().chain(&MORE_KEYS)
}

/// Keys of `data` that have a single value, with the value's path.
pub fn single_values() -> impl Iterator<Item = (&'static str, &'static str)> {
    KEYS.iter().copied().filter(|(key, _)| !LISTS.contains(key))
}

/// Whether an object is AKO's ConfigMap.
#[must_use]
pub fn is_config_map(group: &str, kind: &str, name: Option<&str>) -> bool {
    group.is_empty() && kind == "ConfigMap" && name == Some(CONFIG_MAP)
}

/// Whether a path is one of the values' and none of the ConfigMap itself.
#[must_use]
pub fn is_of_values(path: &FieldPath) -> bool {
    let Some(Step::Key(first)) = path.steps().first() else { return false };
    keys().any(|(_, value)| value.strip_prefix(&**first).is_some_and(|rest| rest.starts_with('.')))
}

/// The key that a field of the values stands in, and the way on below it; `None` where the ConfigMap has none.
fn key_of(path: &FieldPath) -> Option<(&'static str, FieldPath)> {
    keys().find_map(|(key, value)| {
        let value = FieldPath::parse(value);
        let mut below = FieldPath::root();
        path.starts_with(&value).then(|| {
            path.steps().iter().skip(value.steps().len()).for_each(|step| below.push(step.clone()));
            (*key, below)
        })
    })
}

/// Whether the ConfigMap has a key for a field of the values; the gate of Gateway API has none: AKO's
/// container for it is there or not (AKO 2.2.1 `helm/ako/templates/statefulset.yaml`).
#[must_use]
pub fn holds(path: &FieldPath) -> bool {
    key_of(path).is_some()
}

/// Reads the ConfigMap at a node of a document with this text; with what does not fit.
#[must_use]
pub fn read(text: &str, tree: &Tree, node: NodeId) -> (AkoConfigMap, Vec<FieldIssue>) {
    let mut issues = Vec::new();
    let metadata = tree.get(node, "metadata").map(|metadata| lower(tree, metadata).0).unwrap_or_default();
    let data = tree.entry(node, "data");
    let data_key = data.map_or(tree.node(node).span, |data| tree.node(data.key).span);
    let mut growth = Growth::new(tree.node(node).span, data_key);
    for entry in data.map(|data| tree.merged_entries(data.value)).unwrap_or_default() {
        let Some(key) = key_text(tree, entry.key) else { continue };
        let path = FieldPath::from("data").key(&key);
        let mut report = |kind, span: Span| issues.push(FieldIssue { kind, path: path.clone(), span });
        let span = tree.node(entry.value).span;
        let value = match (tree.scalar(entry.value), tree.is_null(entry.value)) {
            // The API server makes an empty text of it.
            (_, true) => "",
            (Some(value), _) => value,
            (None, _) => {
                let found = describe(tree, entry.value);
                report(FieldIssueKind::WrongType { expected: "a string", found }, span);
                continue;
            }
        };
        if !matches!(tree.value(entry.value), Some(Plain::String | Plain::Null)) {
            let found = describe(tree, entry.value);
            report(FieldIssueKind::WrongType { expected: "a string", found }, span);
        }
        let key_span = tree.node(entry.key).span;
        let Some((_, of_values)) = keys().find(|(own, _)| *own == key) else {
            if !OLD_KEYS.contains(&&*key) {
                let all: Vec<&str> = keys().map(|(key, _)| *key).collect();
                let kind = FieldIssueKind::Unknown { field: key.to_string(), suggestion: closest(&key, &all) };
                report(kind, key_span);
            }
            continue;
        };
        let of_values = FieldPath::parse(of_values);
        if !LISTS.contains(&&*key) {
            growth.text(&of_values, key_span, value, span);
        } else if !growth.list(&of_values, key_span, value, span, text) {
            let found = describe(tree, entry.value);
            report(FieldIssueKind::WrongType { expected: "a list in JSON", found }, span);
        }
    }
    let tree = growth.tree();
    let values = match tree.root {
        Some(root) => {
            let (values, of_values) = lower(&tree, root);
            issues.extend(of_values);
            values
        }
        None => AkoValues::default(),
    };
    sort_by_key(&mut issues, |issue| issue.span);
    (AkoConfigMap { metadata, values, tree }, issues)
}

#[cfg(test)]
mod tests;
