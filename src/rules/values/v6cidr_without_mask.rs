//! AKP204: a `v6cidr` without prefix length crashes AKO.

use std::collections::BTreeSet;

use super::written_cidrs;
use crate::ako::cidr_pattern::takes_v6;
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{GatewayClass, INFRA_SETTING_ANNOTATION, IngressClass, Namespace, Service};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds `v6cidr` values without a prefix length. As long as nothing refers to the setting it is a
    /// warning.
    ///
    /// ## Why it matters
    /// AKO accepts the setting and its process dies when it builds the first VIP from it, again and
    /// again: no load balancer of the cluster is configured any more (AKO 2.2.1
    /// `internal/rest/avi_obj_vsvip.go:230`; seen by running AKO).
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
    ///       v6cidr: "2001:db8:63::"
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
    ///       v6cidr: "2001:db8:63::/64"
    /// ```
    pub static V6CIDR_WITHOUT_MASK = {
        code: "AKP204",
        name: "v6cidr-without-mask",
        severity: Error,
        reads: [AviInfraSetting, GatewayClass, IngressClass, Service, Namespace],
        since: "0.1.0",
        needs: Ipv6,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut used: Option<BTreeSet<&str>> = None;
    for cidr in written_cidrs(context) {
        if cidr.field != "v6cidr" || cidr.text.contains('/') || !takes_v6(cidr.text) {
            continue;
        }
        let is_used = used.get_or_insert_with(|| referred_to(context)).contains(cidr.object.name());
        let (severity, effect) = if is_used {
            (
                Severity::Error,
                "AKO accepts the setting and crashes, again after each restart, when it builds a VIP from it",
            )
        } else {
            (Severity::Warning, "AKO accepts the setting and will crash as soon as anything refers to it")
        };
        let fixed = format!("{}/64", cidr.text);
        findings
            .at(cidr.object, cidr.path.as_str())
            .severity(severity)
            .message(format!("the prefix length of `{}` is missing", cidr.text))
            .effect(effect)
            .help("add the prefix length of the subnet, mostly `/64`")
            .fix(format!("write `{fixed}`"), Command::set(&cidr.object.address, cidr.path.as_str(), fixed.clone()));
    }
}

/// Names of the settings that anything refers to.
fn referred_to<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let gateway_classes = context.all::<GatewayClass>().filter_map(|(_, class)| segment::of_gateway_class(class));
    let ingress_classes = context.all::<IngressClass>().filter_map(|(_, class)| segment::of_ingress_class(class));
    let services = context.all::<Service>().filter_map(|(object, _)| object.annotation(INFRA_SETTING_ANNOTATION));
    let namespaces = context.all::<Namespace>().filter_map(|(object, _)| object.annotation(INFRA_SETTING_ANNOTATION));
    gateway_classes.chain(ingress_classes).chain(services).chain(namespaces).into_set()
}
