//! AKP201: AKO refuses a CIDR.

use std::net::IpAddr;

use super::written_cidrs;
use crate::ako::cidr_pattern::{takes_v4, takes_v6};
use crate::command::Command;
use crate::model::Cidr;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds CIDRs of VIP networks that AKO refuses.
    ///
    /// ## Why it matters
    /// AKO sets the whole AviInfraSetting to `Rejected` ("invalid CIDR configuration"). What refers to
    /// it falls back to the global network (Gateways, Services) or is not programmed at all (Ingresses).
    /// AKO compares with a pattern of its own: a slash is needed, `/08` and `::/0` are refused
    /// (AKO 2.2.1 `internal/k8s/validator.go`, `validateAviInfraSetting`; `internal/lib/constants.go`,
    /// `IPCIDRRegex`, `IPV6CIDRRegex`).
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
    ///       cidr: 10.223.63.0/33
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
    pub static INVALID_CIDR = {
        code: "AKP201",
        name: "invalid-cidr",
        severity: Error,
        reads: [AviInfraSetting],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for cidr in written_cidrs(context) {
        let (is_accepted, example) = match cidr.field {
            "cidr" => (takes_v4(cidr.text), "10.223.63.0/26"),
            _ => (takes_v6(cidr.text), "2001:db8:63::/64"),
        };
        if is_accepted {
            continue;
        }
        // Only a blank or a zero too many can be mended without knowing what was meant.
        let trimmed = Cidr::parse(cidr.text.trim()).map(|parsed| parsed.to_string());
        let usable = trimmed.filter(|text| match cidr.field {
            "cidr" => takes_v4(text),
            _ => takes_v6(text) && text.contains(':'),
        });
        let fix = usable
            .map(|text| (format!("write `{text}`"), Command::set(&cidr.object.address, cidr.path.as_str(), text)));
        findings
            .at(cidr.object, cidr.path.as_str())
            .message(format!("AKO refuses `{}` as `{}`: {}", cidr.text, cidr.field, reason(cidr.text, cidr.field)))
            .effect("AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed")
            .help(format!("write network address, slash and prefix length, as in `{example}`"))
            .maybe_fix(fix);
    }
}

/// Why AKO refuses a text as a range.
pub(super) fn reason(text: &str, field: &str) -> &'static str {
    let Some((address, length)) = text.trim().split_once('/') else {
        return "the prefix length is missing";
    };
    let most = if field == "cidr" { 32 } else { 128 };
    match (address.parse::<IpAddr>(), length.parse::<u32>()) {
        (Ok(IpAddr::V4(_)), _) if field == "v6cidr" => "an IPv4 network belongs into `cidr`",
        (Ok(IpAddr::V6(_)), _) if field == "cidr" => "an IPv6 network belongs into `v6cidr`",
        (Ok(_), Ok(length)) if length > most => "the prefix length is too large",
        (Ok(_), Ok(0)) => "the prefix length 0 is not taken",
        (Ok(_), Ok(_)) if text.trim() != text => "there are blanks around it",
        (Ok(_), Ok(_)) => "it is not in the form that AKO knows",
        (Ok(_), Err(_)) => "the prefix length is no number",
        (Err(_), _) => "the address is none",
    }
}
