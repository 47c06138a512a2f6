//! AKP318: a Service Engine group that is labelled for another cluster.

use std::collections::BTreeMap;

use crate::model::AviInfraSetting;
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings whose SE group carries the label of another cluster on the Avi Controller,
    /// as `akoplan.yaml` says in `spec.avi.seGroups[].clusterLabel`.
    ///
    /// ## Why it matters
    /// Without `disableStaticRouteSync` a group serves one cluster. AKO accepts the setting, and at its
    /// next restart it refuses to start ("Labels do not match with cluster name"): no load balancer of
    /// the cluster is configured any more (AKO 2.2.1 `internal/k8s/crdcontroller.go`,
    /// `addSeGroupLabel`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     seGroups:
    ///     - name: tkgvsphere-tkgworkload-group10
    ///       clusterLabel: tkg-mgmt
    /// ---
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     seGroups:
    ///     - name: tkgvsphere-tkgworkload-group10
    ///       clusterLabel: tkg-wkld
    /// ---
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    pub static SE_GROUP_OF_ANOTHER_CLUSTER = {
        code: "AKP318",
        name: "se-group-of-another-cluster",
        severity: Error,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((_, values)) = context.values() else { return };
    let Some(cluster) = values.ako_settings.cluster_name.as_deref() else { return };
    if values.ako_settings.disable_static_route_sync.is_some_and(|off| off.0) {
        return;
    }
    let groups = context.settings().spec.avi.iter().flat_map(|avi| &avi.se_groups);
    let labels: BTreeMap<&str, &str> =
        groups.filter_map(|group| Some((group.name.as_deref()?, group.cluster_label.as_deref()?))).into_map();
    for (object, setting) in context.every::<AviInfraSetting>() {
        let name = setting.spec.se_group.as_ref().and_then(|group| group.name.as_deref()).unwrap_or_default();
        let Some(label) = labels.get(name).filter(|label| **label != cluster) else { continue };
        findings
            .at(object, "spec.seGroup.name")
            .message(format!("the SE group `{name}` belongs to the cluster `{label}`, not to `{cluster}`"))
            .effect("AKO accepts the setting and refuses to start at its next restart")
            .help("use an SE group of this cluster, or turn static route sync off");
    }
}
