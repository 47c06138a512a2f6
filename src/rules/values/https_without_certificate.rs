//! AKP219: an HTTPS listener in plain text.

use crate::model::GatewayV1;
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners of Gateway API v1 with the protocol `HTTPS` and without `tls`, where the class is
    /// AKO's or not in this project.
    ///
    /// ## Why it matters
    /// AKO reports such a listener as valid and programmed, and opens its port without TLS: clients that
    /// speak TLS get no answer they understand, and what was meant to be secret is not (AKO 2.2.1
    /// `ako-gateway-api/nodes/gateway_model.go` `BuildPortProtocols`).
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
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: shop-tls
    ///   namespace: shop
    /// type: kubernetes.io/tls
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
    ///   - name: https
    ///     port: 443
    ///     protocol: HTTPS
    ///     hostname: shop.example.com
    ///     tls:
    ///       certificateRefs:
    ///       - name: shop-tls
    /// ```
    pub static HTTPS_WITHOUT_CERTIFICATE = {
        code: "AKP219",
        name: "https-without-certificate",
        severity: Warning,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, gateway) in context.all::<GatewayV1>().filter(|(_, gateway)| is_akos_gateway_v1(context, gateway)) {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            if listener.protocol.as_deref() != Some("HTTPS") || listener.tls.is_some() {
                continue;
            }
            findings
                .at(object, item_path("spec.listeners", index).key("protocol"))
                .message("the HTTPS listener has no certificate")
                .effect("AKO accepts it, and opens the port in plain text")
                .help("name a Secret of the Gateway's namespace in `tls.certificateRefs`, or use HTTP");
        }
    }
}
