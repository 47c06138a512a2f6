//! AKP202: AKO accepts a CIDR that is none.

use super::written_cidrs;
use crate::ako::cidr_pattern::{takes_v4, takes_v6};
use crate::command::Command;
use crate::model::Cidr;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs of VIP networks that AKO accepts although they are none: without digits after the
    /// slash, with leading zeros, with too many or too long groups.
    ///
    /// ## Why it matters
    /// AKO checks with a pattern that lets them through and sends them on: `10.223.63.0/` with prefix
    /// length 0, the others as they are. The setting says `Accepted`; the mistake shows only on the Avi
    /// Controller (AKO 2.2.1 `internal/lib/constants.go`, `IPCIDRRegex`, `IPV6CIDRRegex`;
    /// seen by running AKO). The fix writes the network where only leading zeros are in the way.
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
    ///       cidr: 10.223.63.0/
    /// ```
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 010.223.063.5/26
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
    pub static CIDR_MALFORMED = {
        code: "AKP202",
        name: "cidr-malformed",
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
            // Without a prefix length it is AKP204.
            _ => takes_v6(cidr.text) && cidr.text.contains('/'),
        };
        if !is_accepted || Cidr::parse(cidr.text).is_some() {
            continue;
        }
        let effect = if cidr.text.ends_with('/') {
            "AKO says `Accepted` and sends the network with prefix length 0"
        } else {
            "AKO says `Accepted` and sends it as it is; the mistake shows only on the Avi Controller"
        };
        let fix = without_zeros(cidr.text)
            .map(|text| (format!("write `{text}`"), Command::set(&cidr.object.address, cidr.path.as_str(), text)));
        findings
            .at(cidr.object, cidr.path.as_str())
            .message(format!("`{}` is no CIDR, although AKO accepts it", cidr.text))
            .effect(effect)
            .help("write network address, slash and prefix length, as in `10.223.63.0/26`")
            .maybe_fix(fix);
    }
}

/// The network of an IPv4 CIDR that only zeros in front of its numbers make none: they are read as decimal,
/// as they were meant.
pub(super) fn without_zeros(text: &str) -> Option<String> {
    let (address, length) = text.split_once('/')?;
    let octets: Option<Vec<String>> =
        address.split('.').map(|octet| Some(octet.parse::<u8>().ok()?.to_string())).collect();
    let network = Cidr::parse(&format!("{}/{length}", octets?.join(".")))?.network().to_string();
    takes_v4(&network).then_some(network)
}
