//! AKP314: a Service Engine group that the Avi side does not have.

use super::AviList;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds SE groups that are not among those that `akoplan.yaml` lists in `spec.avi.seGroups`. Without
    /// such a list nothing is reported.
    ///
    /// ## Why it matters
    /// AKO asks the Avi Controller for the group and sets the AviInfraSetting to `Rejected`
    /// ("serviceenginegroup … not found on controller"). What refers to it falls back to the global
    /// network or is not programmed. (AKO 2.2.1
    /// `internal/k8s/crdcontroller.go`, `checkRefsOnController`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     seGroups:
    ///     - name: tkgvsphere-tkgworkload-group10
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-grp10
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
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    pub static SE_GROUP_UNKNOWN = {
        code: "AKP314",
        name: "se-group-unknown",
        severity: Error,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let groups = context.settings().spec.avi.as_ref().map_or(&[][..], |avi| &avi.se_groups);
    if groups.is_empty() {
        return;
    }
    let settings = context.every::<AviInfraSetting>().filter_map(|(object, setting)| {
        let name = setting.spec.se_group.as_ref()?.name.as_deref()?;
        Some((object, "spec.seGroup.name", name))
    });
    let global = context.values().and_then(|(object, values)| {
        let name = values.controller_settings.service_engine_group_name.as_deref()?;
        Some((object, "ControllerSettings.serviceEngineGroupName", name))
    });
    let list = AviList::new(context, "spec.avi.seGroups", groups.len());
    let mut names = Suggest::new(groups.iter().filter_map(|group| group.name.as_deref()));
    for (object, path, name) in settings.chain(global) {
        if name.is_empty() || names.has(name) {
            continue;
        }
        let effect = if object.kind.holds_values() {
            "everything without a setting of its own is meant for it, and the Avi Controller does not have it"
        } else {
            "AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed"
        };
        findings
            .at(object, path)
            .message(format!("the Avi Controller has no SE group `{name}`{}", did_you_mean(names.get(name))))
            .effect(effect)
            .help("name an existing SE group, or add it to the Avi side in the settings")
            .maybe_fix(names.fix(object, path, name))
            .maybe_fix(list.add(name));
    }
}
