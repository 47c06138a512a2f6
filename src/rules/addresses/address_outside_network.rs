//! AKP603: a preferred address outside the network where it lands.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::subnets;
use crate::ako::{Landing, Outcome, Target, Via};
use crate::model::{Cidr, Gateway, GatewayV1, LOAD_BALANCER_IP_ANNOTATION, Service};
use crate::rule;
use crate::rules::links::{annotation_path, gateway_of, item_path};
use crate::rules::values::address_not_an_ip::remove_address;
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds preferred addresses of Gateways and LoadBalancer Services that are not in the range of the
    /// network where they land.
    ///
    /// ## Why it matters
    /// AKO passes the address on unchecked (seen by running AKO 2.2.1;
    /// `internal/nodes/avi_model_l4_translator.go`). Whether it can be given on that network the Avi
    /// Controller decides.
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    ///     ako.vmware.com/load-balancer-ip: 10.223.64.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static ADDRESS_OUTSIDE_NETWORK = {
        code: "AKP603",
        name: "address-outside-network",
        severity: Warning,
        reads: [Gateway, GatewayV1, Service, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let subnets = subnets(context);
    let mut said = BTreeSet::new();
    for landing in &context.prediction().landings {
        let Outcome::Lands(target) = &landing.outcome else { continue };
        let Some(address) = target.static_ip.as_deref().and_then(|text| text.parse::<IpAddr>().ok()) else { continue };
        let Some(network) = target.networks.first() else { continue };
        let ranges = ranges(target, subnets.get(network.network.as_str()).map_or(&[][..], Vec::as_slice));
        if ranges.is_empty() || ranges.iter().any(|range| range.contains(address)) {
            continue;
        }
        let Some((object, path)) = field(context, landing) else { continue };
        if !said.insert((object.order, path.clone())) {
            continue;
        }
        let list: Vec<String> = ranges.iter().map(|range| format!("`{}`", range.network())).collect();
        findings
            .at(object, path.clone())
            .message(format!("`{address}` is not in `{}`, where it lands, with {}", network.network, list.join(", ")))
            .effect(
                "AKO sends the address unchecked; the Avi Controller decides whether it can be given on this network",
            )
            .help("use an address of this network, or leave it out")
            .fix("leave the address out: Avi then chooses", remove_address(object, &path));
    }
}

/// What the VIP's address may be of: the ranges sent, else the network's subnets.
fn ranges(target: &Target, subnets: &[Cidr]) -> Vec<Cidr> {
    let sent = target.networks.iter().flat_map(|network| [&network.cidr, &network.v6cidr]).flatten();
    let sent: Vec<Cidr> = sent.filter_map(|text| Cidr::parse(text)).collect();
    if sent.is_empty() { subnets.to_vec() } else { sent }
}

/// The field that asks for the address.
pub fn field<'a>(context: &Context<'a>, landing: &Landing) -> Option<(&'a Object, FieldPath)> {
    let subject = &landing.subject;
    if landing.via == Via::GatewayApi {
        let mut at = landing.hops.first()?.at.splitn(3, '/').skip(1);
        let (gateway, _) = context.get::<GatewayV1>(at.next()?, at.next()?)?;
        return Some((gateway, item_path("spec.addresses", 0).key("value")));
    }
    let (service, value) = context.get::<Service>(&subject.namespace, &subject.name)?;
    if landing.via == Via::Gateway {
        let (namespace, name) = gateway_of(service)?;
        let (gateway, _) = context.get::<Gateway>(namespace, name)?;
        return Some((gateway, item_path("spec.addresses", 0).key("value")));
    }
    let in_spec = value.spec.load_balancer_ip.as_deref().is_some_and(|text| !text.is_empty());
    let path = if in_spec { "spec.loadBalancerIP".into() } else { annotation_path(LOAD_BALANCER_IP_ANNOTATION) };
    Some((service, path))
}
