//! AKP601: ranges of two networks share addresses.

use super::{VipRange, same_family, vip_ranges};
use crate::ordered::sort_by_key;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs of two VIP networks, of AviInfraSettings or of AKO's values, that share addresses.
    ///
    /// ## Why it matters
    /// AKO compares nothing here. Two networks that hand out the same addresses give two VIPs one
    /// address; unless they are in different VRFs, one of them is not reachable (Avi documentation, IPAM;
    /// AKO 2.2.1 `internal/k8s/validator.go` checks each setting by itself).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-trf
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-trf-vip
    ///       cidr: 10.223.63.32/27
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
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-trf
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-trf-vip
    ///       cidr: 10.223.63.64/27
    /// ```
    pub static OVERLAPPING_CIDRS = {
        code: "AKP601",
        name: "overlapping-cidrs",
        severity: Warning,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        needs: VipNetworkCidr,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut ranges = vip_ranges(context);
    // CIDRs overlap only by one holding the other: sorted by start and size, the holders of a range are
    // those before it that have not ended yet.
    sort_by_key(&mut ranges, |range| {
        let network = range.cidr.network();
        (network.addr().is_ipv6(), network.network(), network.prefix_len(), range.object.order)
    });
    let mut open: Vec<&VipRange<'_>> = Vec::new();
    for range in &ranges {
        let holds =
            |outer: &VipRange<'_>| same_family(outer.cidr, range.cidr) && outer.cidr.contains_network(range.cidr);
        while open.last().is_some_and(|outer| !holds(outer)) {
            open.pop();
        }
        // The nearest one that is of another network; the same network may be used by several settings.
        let other = open.iter().rev().find(|outer| outer.network != range.network);
        if let Some(outer) = other {
            findings
                .at(range.object, range.path.as_str())
                .message(format!(
                    "`{}` on {} shares addresses with `{}` on {} of {}",
                    range.cidr,
                    named(range.network),
                    outer.cidr,
                    named(outer.network),
                    outer.owner
                ))
                .effect("AKO compares nothing; the Avi Controller may give one address twice")
                .help("use ranges apart from each other")
                .related(outer.object.place(outer.path.as_str()), "the other range");
        }
        // Of equal ranges on one network one is enough to be compared with.
        let is_same =
            |last: &VipRange<'_>| last.network == range.network && last.cidr.network() == range.cidr.network();
        if !open.last().is_some_and(|last| is_same(last)) {
            open.push(range);
        }
    }
}

/// A network in words; it may have neither name nor UUID yet.
fn named(network: &str) -> String {
    if network.is_empty() { "a network without name".to_owned() } else { format!("`{network}`") }
}
