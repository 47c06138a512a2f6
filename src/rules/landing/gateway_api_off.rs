//! AKP506: Gateways of Gateway API v1 while AKO does not look at them.

use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::model::{AkoValues, GatewayV1};
use crate::rule;
use crate::rules::links::is_akos_gateway_v1;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds values of AKO without `featureGates.GatewayAPI: true` in projects with Gateways of
    /// `gateway.networking.k8s.io` that are AKO's.
    ///
    /// ## Why it matters
    /// AKO then runs without the container that reads Gateways and HTTPRoutes of this API: no virtual
    /// service, no status. The chart's default is false (AKO 2.2.1 `helm/ako/values.yaml`,
    /// `featureGates.GatewayAPI`).
    ///
    /// ## Example
    /// ```yaml
    /// featureGates:
    ///   GatewayAPI: false
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
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
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// featureGates:
    ///   GatewayAPI: true
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
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
    /// ```
    pub static GATEWAY_API_OFF = {
        code: "AKP506",
        name: "gateway-api-off",
        severity: Error,
        reads: [AkoValues, GatewayV1, GatewayClassV1],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut gateways = context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway));
    let Some((first, _)) = gateways.next() else { return };
    if let Some(version) = context.too_old_for(Capability::GatewayApi) {
        findings
            .at(first, "apiVersion")
            .message(format!("AKO {version} reads no Gateway of `gateway.networking.k8s.io`"))
            .effect("AKO does not look at it: no virtual service, no status")
            .help(format!("use AKO {} or later", since(Capability::GatewayApi)));
        return;
    }
    let is_on = |values: &AkoValues| values.feature_gates.gateway_api.is_some_and(|on| on.0);
    let Some((object, _)) = context.values_file().filter(|(_, values)| !is_on(values)) else { return };
    let path = "featureGates.GatewayAPI";
    findings
        .at(object, path)
        .message("`GatewayAPI` is not true, but there are Gateways of Gateway API v1")
        .effect("AKO does not look at them: no virtual service, no status")
        .help("set `featureGates.GatewayAPI` to true")
        .fix("set `GatewayAPI: true`", Command::set(&object.address, path, true))
        .related(first.place("metadata.name"), "the first of them");
}
