//! AKP803: an AviInfraSetting comes after what uses it on layer 4.

use super::{Mends, early};
use crate::ako::moment::Need;
use crate::model::{AviInfraSetting, Gateway, Service};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways and Services of type LoadBalancer that come before their AviInfraSetting, in the
    /// same file or in a file of the same folder whose name sorts first, where this ends in another VIP.
    ///
    /// ## Why it matters
    /// A setting that is not there yet means the global network: AKO makes the VIP there. When the
    /// setting comes, AKO moves the VIP without its subnet; with `bgpPeerLabels` it refuses to move it
    /// ("must advertise vips via BGP. Please recreate the VS"); and with `servicesAPI: true`, or on a
    /// shared VIP, it does not look at the Service again at all (AKO 2.2.1 `internal/rest/avi_obj_vsvip.go` `AviVsVipBuild`,
    /// `internal/nodes/dequeue_ingestion.go` `DequeueIngestion`; seen by running AKO).
    ///
    /// The fix puts the setting before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: sigtran
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: sigtran-vip
    ///       cidr: 10.223.65.0/26
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: sigtran
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: sigtran-vip
    ///       cidr: 10.223.65.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    pub static SETTING_LATE = {
        code: "AKP803",
        name: "setting-late",
        severity: Warning,
        reads: [AviInfraSetting, Gateway, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let uses = context.all::<Gateway>().next().is_some() || context.all::<Service>().next().is_some();
    if !uses || context.all::<AviInfraSetting>().next().is_none() {
        return;
    }
    let pairs = early(context, Need::Setting);
    let mut mends = Mends::new(context, &pairs);
    for (user, setting) in pairs {
        let (name, kind) = (setting.name(), user.kind.name());
        let report = findings
            .at(user, "metadata.name")
            .message(format!("the {kind} comes before the AviInfraSetting `{name}` that applies to it"))
            .effect("AKO makes its VIP on the global network, and does not move it as it should")
            .help("put the setting first, and wait until AKO has accepted it; the export has it first")
            .related(setting.place("metadata.name"), "the setting comes here");
        mends.offer(report, setting, true);
    }
}
