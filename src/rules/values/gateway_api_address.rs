//! AKP221: an address of a Gateway of Gateway API v1 that AKO does not take.

use std::net::IpAddr;

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::GatewayV1;
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Gateways of `gateway.networking.k8s.io` with more than one address or with an address of another
    /// type than `IPAddress`, where the class is AKO's or not in this project. A value that is no IP address
    /// is a warning.
    ///
    /// ## Why it matters
    /// AKO refuses the whole Gateway, with `More than one address is not supported` or `Only IPAddress as
    /// AddressType is supported`. A value that is no IP address it passes over without a word, and Avi
    /// chooses (AKO 2.2.1 `ako-gateway-api/k8s/validator.go` `IsValidGateway`,
    /// `ako-gateway-api/nodes/gateway_model.go` `BuildVsVipNodeForGateway`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    ///   addresses:
    ///   - type: Hostname
    ///     value: shop.example.com
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    ///   addresses:
    ///   - type: IPAddress
    ///     value: 10.10.0.50
    /// ```
    pub static GATEWAY_API_ADDRESS = {
        code: "AKP221",
        name: "gateway-api-address",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

/// Leaves the first of several addresses.
fn only_first(object: &Object, count: usize) -> Command {
    let rest = (1..count).rev().map(|at| Command::remove(&object.address, item_path("spec.addresses", at)));
    Command::Batch(rest.collect())
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        let addresses = &gateway.spec.addresses;
        let Some(address) = addresses.first() else { continue };
        let address_type = address.address_type.as_deref().unwrap_or("IPAddress");
        let value = address.value.as_deref().unwrap_or_default();
        let path = item_path("spec.addresses", 0);
        if addresses.len() > 1 {
            findings
                .at(object, "spec.addresses")
                .message(format!("the Gateway wants {} addresses", addresses.len()))
                .effect("AKO refuses the Gateway: `More than one address is not supported`")
                .help("leave one address, or none: Avi then chooses")
                .fix("leave the first address alone", only_first(object, addresses.len()));
        } else if address_type != "IPAddress" {
            findings
                .at(object, path.key("type"))
                .message(format!("the address is of type `{address_type}`"))
                .effect("AKO refuses the Gateway: `Only IPAddress as AddressType is supported`")
                .help("use an address of type `IPAddress`, or none: Avi then chooses")
                .fix("take the address away", Command::remove(&object.address, "spec.addresses"));
        } else if !value.is_empty() && value.parse::<IpAddr>().is_err() {
            findings
                .at(object, path.key("value"))
                .message(format!("`{value}` is no IP address"))
                .severity(Severity::Warning)
                .effect("AKO passes over it without a word, and Avi chooses the address")
                .help("write an IP address, or leave it out")
                .fix("leave the address out", Command::remove(&object.address, "spec.addresses"));
        }
    }
}
