//! AKP203: a CIDR whose address is not the network's.

use super::written_cidrs;
use crate::ako::cidr_pattern::{takes_v4, takes_v6};
use crate::command::Command;
use crate::model::Cidr;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs with bits behind the prefix, such as `10.223.63.5/26`.
    ///
    /// ## Why it matters
    /// AKO accepts them and sends the address as the subnet, as it is (seen by running AKO 2.2.1): a subnet
    /// that the Avi network does not have. The fix writes the same network in its canonical form.
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
    ///       cidr: 10.223.63.5/26
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
    /// ```
    pub static CIDR_HOST_BITS = {
        code: "AKP203",
        name: "cidr-host-bits",
        severity: Warning,
        reads: [AviInfraSetting],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for cidr in written_cidrs(context) {
        let is_accepted = match cidr.field {
            "cidr" => takes_v4(cidr.text),
            _ => takes_v6(cidr.text),
        };
        let Some(parsed) = Cidr::parse(cidr.text).filter(|parsed| is_accepted && !parsed.is_canonical()) else {
            continue;
        };
        let canonical = parsed.network().to_string();
        findings
            .at(cidr.object, cidr.path.as_str())
            .message(format!("`{}` is an address inside the network `{canonical}`", cidr.text))
            .effect("AKO accepts it and sends this address as the subnet, which the Avi network does not have")
            .help(format!("write the network: `{canonical}`"))
            .safe_fix(
                format!("write `{canonical}`"),
                Command::set(&cidr.object.address, cidr.path.as_str(), canonical.clone()),
            );
    }
}
