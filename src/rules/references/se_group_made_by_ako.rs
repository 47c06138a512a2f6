//! AKP319: a Service Engine group that AKO made itself.

use crate::model::AviInfraSetting;
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings whose SE group was made by AKO of this very cluster, as `akoplan.yaml` says
    /// in `spec.avi.seGroups[].createdBy`.
    ///
    /// ## Why it matters
    /// AKO sets the setting to `Rejected` ("Invalid operation, object referred is created by current AKO
    /// instance"), and everything that refers to it falls back to the global network or is not
    /// programmed (AKO 2.2.1 `internal/k8s/crdcontroller.go`, `checkRefsOnController`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     seGroups:
    ///     - name: tkgvsphere-tkgworkload-group10
    ///       createdBy: ako-tkg-wkld
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
    pub static SE_GROUP_MADE_BY_AKO = {
        code: "AKP319",
        name: "se-group-made-by-ako",
        severity: Error,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((_, values)) = context.values() else { return };
    let own = format!("ako-{}", values.ako_settings.cluster_name.as_deref().unwrap_or("my-cluster"));
    let groups = context.settings().spec.avi.iter().flat_map(|avi| &avi.se_groups);
    let made = groups
        .filter(|group| group.created_by.as_deref() == Some(own.as_str()))
        .filter_map(|group| group.name.as_deref())
        .into_set();
    for (object, setting) in context.every::<AviInfraSetting>() {
        let name = setting.spec.se_group.as_ref().and_then(|group| group.name.as_deref()).unwrap_or_default();
        if made.contains(name) {
            findings
                .at(object, "spec.seGroup.name")
                .message(format!("the SE group `{name}` was made by AKO of this cluster"))
                .effect("AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed")
                .help("use an SE group that the Avi administrators made");
        }
    }
}
