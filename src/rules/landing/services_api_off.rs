//! AKP504: Gateways while AKO does not look at them.

use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::model::{AkoValues, Gateway};
use crate::rule;
use crate::rules::links::is_akos_gateway;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds values of AKO without `AKOSettings.servicesAPI: true` in projects with Gateways of
    /// `networking.x-k8s.io` that are AKO's, and such Gateways where `spec.akoVersion` is older than 1.4.1.
    ///
    /// ## Why it matters
    /// AKO then reads neither Gateways nor GatewayClasses: no virtual service, no status. The chart's
    /// default is false (AKO 2.2.1 `helm/ako/values.yaml`, `AKOSettings.servicesAPI`).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: false
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners: []
    /// ```
    pub static SERVICES_API_OFF = {
        code: "AKP504",
        name: "services-api-off",
        severity: Error,
        reads: [AkoValues, Gateway, GatewayClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut gateways = context.all::<Gateway>().filter(|(_, gateway)| is_akos_gateway(context, gateway));
    let Some((first, _)) = gateways.next() else { return };
    if let Some(version) = context.too_old_for(Capability::ServicesApi) {
        findings
            .at(first, "apiVersion")
            .message(format!("AKO {version} reads no Gateway of `networking.x-k8s.io`"))
            .effect("AKO does not look at it: no virtual service, no status")
            .help(format!("use AKO {} or later", since(Capability::ServicesApi)));
        return;
    }
    let Some((object, _)) = context.values().filter(|(_, values)| !is_on(values)) else { return };
    let path = "AKOSettings.servicesAPI";
    findings
        .at(object, path)
        .message("`servicesAPI` is not true, but there are Gateways")
        .effect("AKO does not look at them: no virtual service, no status")
        .help("set `AKOSettings.servicesAPI` to true")
        .fix("set `servicesAPI: true`", Command::set(&object.address, path, true))
        .related(first.place("metadata.name"), "the first of them");
}

fn is_on(values: &AkoValues) -> bool {
    values.ako_settings.services_api.is_some_and(|on| on.0)
}
