//! AKP602: a range that its Avi network does not have.

use super::{same_family, subnets, vip_ranges};
use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs of VIP networks that lie outside of the subnets that `akoplan.yaml` lists for the
    /// network in `spec.avi.networks[].subnets`.
    ///
    /// ## Why it matters
    /// AKO accepts the setting without comparing and sends the range as it is (seen by running AKO 2.2.1).
    /// What becomes of it the Avi Controller decides: it gives addresses from the subnets of its network.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     networks:
    ///     - name: tkg-wkld-oam-vip
    ///       subnets:
    ///       - 10.223.63.0/26
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.36.0/26
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     networks:
    ///     - name: tkg-wkld-oam-vip
    ///       subnets:
    ///       - 10.223.63.0/26
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
    pub static CIDR_OUTSIDE_NETWORK = {
        code: "AKP602",
        name: "cidr-outside-network",
        severity: Warning,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        needs: VipNetworkCidr,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let subnets = subnets(context);
    for range in vip_ranges(context) {
        let known = subnets.get(range.network).into_iter().flatten();
        let known: Vec<_> = known.filter(|subnet| same_family(**subnet, range.cidr)).collect();
        if known.is_empty() || known.iter().any(|subnet| subnet.contains_network(range.cidr)) {
            continue;
        }
        let list: Vec<String> = known.iter().map(|subnet| format!("`{}`", subnet.network())).collect();
        let fix = match known.as_slice() {
            [only] => {
                let text = only.network().to_string();
                let command = Command::set(&range.object.address, range.path.as_str(), text.clone());
                Some((format!("write `{text}`"), command))
            }
            _ => None,
        };
        findings
            .at(range.object, range.path.as_str())
            .message(format!(
                "`{}` is not in the network `{}`, which has {}",
                range.cidr,
                range.network,
                list.join(", ")
            ))
            .effect("AKO sends it unchecked; the Avi Controller decides, and its network has no such subnet")
            .help("use a subnet of the network, or name the network that has this one")
            .maybe_fix(fix);
    }
}
