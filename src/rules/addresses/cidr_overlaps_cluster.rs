//! AKP604: a VIP range shares addresses with the cluster's own.

use super::{same_family, vip_ranges};
use crate::model::Cidr;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs of VIP networks that share addresses with the ranges of pods or Services that
    /// `akoplan.yaml` lists in `spec.cluster.podCidrs` and `spec.cluster.serviceCidrs`.
    ///
    /// ## Why it matters
    /// Inside the cluster such addresses are routed to pods or rewritten by kube-proxy before they reach
    /// the VIP, and Service Engines have routes for the pods' ranges (Kubernetes documentation, *Virtual
    /// IPs and Service Proxies*; AKO documentation, static routes).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   cluster:
    ///     podCidrs:
    ///     - 10.223.0.0/16
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   cluster:
    ///     podCidrs:
    ///     - 10.244.0.0/16
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ```
    pub static CIDR_OVERLAPS_CLUSTER = {
        code: "AKP604",
        name: "cidr-overlaps-cluster",
        severity: Warning,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        needs: VipNetworkCidr,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let cluster = &context.settings().spec.cluster;
    let pods = cluster.pod_cidrs.iter().map(|text| ("the pods", text));
    let services = cluster.service_cidrs.iter().map(|text| ("Services", text));
    let own: Vec<(&str, Cidr)> =
        pods.chain(services).filter_map(|(what, text)| Some((what, Cidr::parse(text)?))).collect();
    if own.is_empty() {
        return;
    }
    for range in vip_ranges(context) {
        let shared = own.iter().find(|(_, cidr)| same_family(*cidr, range.cidr) && cidr.overlaps(range.cidr));
        if let Some((what, cidr)) = shared {
            findings
                .at(range.object, range.path.as_str())
                .message(format!("`{}` shares addresses with the range of {what}, `{cidr}`", range.cidr))
                .effect("from inside the cluster such an address may not reach the VIP")
                .help("use a range apart from the cluster's own");
        }
    }
}
