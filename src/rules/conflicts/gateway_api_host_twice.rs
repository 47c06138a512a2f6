//! AKP405: two Gateways of Gateway API v1 with one host.

use std::collections::BTreeMap;

use crate::model::GatewayV1;
use crate::rule;
use crate::rules::links::{is_akos_gateway_v1, item_path};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds listeners of AKO's Gateways of `gateway.networking.k8s.io` whose host is written in exactly the
    /// same way in a listener of another Gateway of the namespace, of whatever class.
    ///
    /// ## Why it matters
    /// AKO refuses the listener of the Gateway that comes second: `Hostname is same as an existing gateway
    /// hostname`. After a restart it refuses both, and what was served is gone (AKO 2.2.1
    /// `ako-gateway-api/k8s/validator.go` `isValidListener`; seen by running AKO).
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
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: cart-gateway
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
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: cart-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: cart.example.com
    /// ```
    pub static GATEWAY_API_HOST_TWICE = {
        code: "AKP405",
        name: "gateway-api-host-twice",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<(&str, &str), (&Object, &GatewayV1, FieldPath)> = BTreeMap::new();
    for (object, gateway) in context.all::<GatewayV1>() {
        for (index, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some(host) = listener.hostname.as_deref() else { continue };
            let path = item_path("spec.listeners", index).key("hostname");
            let own = (object, gateway, path.clone());
            let (other, value, there) = first.entry((object.namespace(), host)).or_insert(own);
            let is_akos = is_akos_gateway_v1(context, gateway) || is_akos_gateway_v1(context, value);
            if other.order == object.order || !is_akos {
                continue;
            }
            findings
                .at(object, path)
                .message(format!("Gateway `{}` of the same namespace has the host `{host}`, too", other.name()))
                .effect("AKO refuses the listener of the one that comes second, and after a restart both")
                .help("give the host to one Gateway, or put the other into another namespace")
                .related(other.place(there.clone()), "here first");
        }
    }
}
