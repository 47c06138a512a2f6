//! AKP328: a host of Gateway API v1 outside the cloud's sub-domains.

use crate::diagnostic::Severity;
use crate::model::{GatewayV1, HttpRoute};
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds hosts of listeners of AKO's Gateways of `gateway.networking.k8s.io` that end in none of the DNS
    /// sub-domains which the settings give for the Avi cloud, and such hosts of their HTTPRoutes; the latter
    /// are a warning.
    ///
    /// ## Why it matters
    /// AKO refuses such a listener: `Didn't find match for hostname`. A route it accepts, and passes over the
    /// host (AKO 2.2.1 `ako-gateway-api/k8s/validator.go` `isValidListener`,
    /// `ako-gateway-api/nodes/gateway_model_rel.go` `parentRefGatewayMappings`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     subDomains:
    ///     - avi.internal
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
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     subDomains:
    ///     - example.com
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
    pub static GATEWAY_API_HOST_OUTSIDE = {
        code: "AKP328",
        name: "gateway-api-host-outside",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1, HttpRoute, AkoplanSettings],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let domains = context.settings().spec.avi.as_ref().map(|avi| avi.sub_domains.as_slice()).unwrap_or_default();
    // A cloud without DNS profile takes every host.
    if domains.is_empty() {
        return;
    }
    let is_outside = |host: &str| !matches!(host, "" | "*") && !domains.iter().any(|domain| host.ends_with(domain));
    let message = |host: &str| format!("`{host}` ends in none of the cloud's DNS sub-domains");
    let help = "use a host in one of them, or add the sub-domain to the cloud's DNS profile";
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some(host) = listener.hostname.as_deref().filter(|host| is_outside(host)) else { continue };
            findings
                .at(object, item_path("spec.listeners", index).key("hostname"))
                .message(message(host))
                .effect("AKO refuses the listener")
                .help(help);
        }
    }
    for (object, route) in context.all::<HttpRoute>() {
        let parents = route.spec.parent_refs.iter();
        let mut gateways = parents.filter_map(|parent| {
            let namespace = parent.namespace.as_deref().unwrap_or(object.namespace());
            Some(context.get::<GatewayV1>(namespace, parent.name.as_deref()?)?.1)
        });
        // Where the listeners have such hosts themselves, that is said there.
        let is_of_interest = gateways.any(|gateway| {
            let mut hosts =
                gateway.spec.listeners.iter().map(|listener| listener.hostname.as_deref().unwrap_or_default());
            is_akos_gateway_v1(context, gateway) && !hosts.any(is_outside)
        });
        for (index, host) in
            route.spec.hostnames.iter().enumerate().filter(|(_, host)| is_of_interest && is_outside(host))
        {
            findings
                .at(object, item_path("spec.hostnames", index))
                .message(message(host))
                .severity(Severity::Warning)
                .effect("AKO accepts the route, and passes over this host")
                .help(help);
        }
    }
}
