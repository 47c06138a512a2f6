//! Values: what one object says by itself that cannot work.

pub mod address_ignored;
pub mod address_not_an_ip;
pub mod bgp_labels_without_rhi;
pub mod cidr_host_bits;
pub mod cidr_malformed;
pub mod cluster_folder;
pub mod cluster_value;
pub mod gateway_api_address;
pub mod gateway_api_protocol;
pub mod gateway_name_too_long;
pub mod https_without_certificate;
pub mod ingress_class_without_api_group;
pub mod ingress_resource_backend;
pub mod invalid_cidr;
pub mod invalid_label;
pub mod invalid_name;
pub mod listener_protocol;
pub mod listeners_without_ssl;
pub mod namespace_annotation_crash;
pub mod network_name_or_uuid;
mod range;
pub mod route_part_ignored;
pub mod route_rewrite_refused;
pub mod route_rule_name_twice;
pub mod service_ports;
pub mod v6cidr_without_mask;
pub mod values_refused;

use super::Context;
use crate::ako::versions::Capability;
use crate::model::AviInfraSetting;
use crate::workspace::Object;

/// A CIDR of an AviInfraSetting.
struct Written<'a> {
    object: &'a Object,
    /// `cidr` or `v6cidr`.
    field: &'static str,
    path: String,
    text: &'a str,
}

/// Every CIDR that the settings write for their VIP networks and that AKO knows; empty ones count as none
/// with AKO.
fn written_cidrs<'a>(context: &Context<'a>) -> impl Iterator<Item = Written<'a>> + use<'a> {
    let (v4, v6) = (context.has(Capability::VipNetworkCidr), context.has(Capability::Ipv6));
    context.every::<AviInfraSetting>().flat_map(move |(object, setting)| {
        let networks = setting.spec.network.iter().flat_map(|network| &network.vip_networks).enumerate();
        networks.flat_map(move |(at, network)| {
            let both = [("cidr", network.cidr.as_deref(), v4), ("v6cidr", network.v6cidr.as_deref(), v6)];
            both.into_iter().filter_map(move |(field, text, is_known)| {
                let text = text.filter(|text| is_known && !text.is_empty())?;
                Some(Written { object, field, path: format!("spec.network.vipNetworks[{at}].{field}"), text })
            })
        })
    })
}
