//! AKP205: BGP peers without route health injection.

use crate::command::Command;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings with `bgpPeerLabels` whose own `enableRhi` is not true.
    ///
    /// ## Why it matters
    /// AKO sets the setting to `Rejected` (`BGPPeerLabels cannot be set if EnableRhi is false.`), and
    /// everything that refers to it falls back to the global network or is not programmed. AKO's
    /// documentation says that the global `enableRHI` is enough; its code wants it in the same object
    /// (AKO 2.2.1 `internal/k8s/validator.go`, `validateAviInfraSetting`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     enableRhi: false
    ///     bgpPeerLabels:
    ///     - peer-oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     enableRhi: true
    ///     bgpPeerLabels:
    ///     - peer-oam
    /// ```
    pub static BGP_LABELS_WITHOUT_RHI = {
        code: "AKP205",
        name: "bgp-labels-without-rhi",
        severity: Error,
        reads: [AviInfraSetting],
        since: "0.1.0",
        needs: VipNetworkCidr,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, setting) in context.every::<AviInfraSetting>() {
        let Some(network) = &setting.spec.network else { continue };
        if network.bgp_peer_labels.is_empty() || network.enable_rhi == Some(true) {
            continue;
        }
        findings
            .at(object, "spec.network.bgpPeerLabels")
            .message("`bgpPeerLabels` need `enableRhi: true` in the same object")
            .effect("AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed")
            .help("set `spec.network.enableRhi` to true, or remove the labels")
            .fix("set `enableRhi: true`", Command::set(&object.address, "spec.network.enableRhi", true))
            .fix("remove the labels", Command::remove(&object.address, "spec.network.bgpPeerLabels"));
    }
}
