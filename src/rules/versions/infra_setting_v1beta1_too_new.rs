//! AKP706: an AviInfraSetting of a version that this AKO does not have.

use super::ako;
use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings of `ako.vmware.com/v1beta1` while `spec.akoVersion` in `akoplan.yaml` is
    /// older than 1.11.1.
    ///
    /// ## Why it matters
    /// The CRD of that AKO has `v1alpha1` only: `kubectl apply` says "no matches for kind" (AKO 1.10.5
    /// `helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.10.3
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.10.3
    /// ---
    /// apiVersion: ako.vmware.com/v1alpha1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ```
    pub static INFRA_SETTING_V1BETA1_TOO_NEW = {
        code: "AKP706",
        name: "infra-setting-v1beta1-too-new",
        severity: Error,
        reads: [AviInfraSetting, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(version) = ako(context).filter(|version| *version < since(Capability::InfraSettingV1beta1)) else {
        return;
    };
    if version < since(Capability::ServicesApi) {
        for (object, _) in context.every::<AviInfraSetting>() {
            findings
                .at(object, "apiVersion")
                .message(format!("AKO {version} has no AviInfraSetting"))
                .effect("kubectl refuses the object: no matches for kind")
                .help(format!("use AKO {} or later", since(Capability::ServicesApi)));
        }
        return;
    }
    for (object, _) in context.every::<AviInfraSetting>().filter(|(object, _)| object.version == "v1beta1") {
        findings
            .at(object, "apiVersion")
            .message(format!("AKO {version} has no `ako.vmware.com/v1beta1`"))
            .effect("kubectl refuses the object: no matches for kind")
            .help("use `ako.vmware.com/v1alpha1` until AKO is at 1.11.1")
            .fix(
                "write `ako.vmware.com/v1alpha1`",
                Command::set(&object.address, "apiVersion", "ako.vmware.com/v1alpha1"),
            );
    }
}
