//! AKP702: an AviInfraSetting of the old version.

use super::ako;
use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings of `ako.vmware.com/v1alpha1`. If the settings name an AKO since 1.11.1 it is
    /// a warning, with an older one nothing is reported.
    ///
    /// ## Why it matters
    /// Since AKO 1.11.1 the version is `v1beta1`; `v1alpha1` is still served, without the columns that
    /// show whether AKO accepted the setting (AKO 2.2.1
    /// `helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml`). Both have the same fields, so the fix
    /// changes nothing else.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1alpha1
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
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   seGroup:
    ///     name: tkgvsphere-tkgworkload-group10
    /// ```
    pub static INFRA_SETTING_V1ALPHA1 = {
        code: "AKP702",
        name: "infra-setting-v1alpha1",
        severity: Info,
        reads: [AviInfraSetting, AkoplanSettings],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let version = ako(context);
    if version.is_some_and(|version| version < since(Capability::InfraSettingV1beta1)) {
        return;
    }
    let severity = if version.is_some() { Severity::Warning } else { Severity::Info };
    for (object, _) in context.every::<AviInfraSetting>().filter(|(object, _)| object.version == "v1alpha1") {
        findings
            .at(object, "apiVersion")
            .severity(severity)
            .message("`ako.vmware.com/v1alpha1` is the old version of AviInfraSetting")
            .effect("AKO reads it as before; `kubectl get` does not show whether AKO accepted it")
            .help("use `ako.vmware.com/v1beta1`, which AKO has since 1.11.1")
            .safe_fix(
                "write `ako.vmware.com/v1beta1`",
                Command::set(&object.address, "apiVersion", "ako.vmware.com/v1beta1"),
            );
    }
}
