//! AKP216: a Gateway's address that AKO does not look at.

use crate::command::Command;
use crate::model::Gateway;
use crate::rule;
use crate::rules::links::item_path;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds addresses of a Gateway after the first, and those of type `NamedAddress`.
    ///
    /// ## Why it matters
    /// AKO looks at the first address only, and only if its type is `IPAddress`; the others are ignored
    /// without a word (AKO 2.2.1 `internal/nodes/avi_model_advl4_translator.go`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
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
    ///   addresses:
    ///   - type: IPAddress
    ///     value: 10.223.63.10
    ///   - type: IPAddress
    ///     value: 10.223.63.11
    ///   listeners: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
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
    ///   addresses:
    ///   - type: IPAddress
    ///     value: 10.223.63.10
    ///   listeners: []
    /// ```
    pub static ADDRESS_IGNORED = {
        code: "AKP216",
        name: "address-ignored",
        severity: Warning,
        reads: [Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, gateway) in context.all::<Gateway>() {
        for (at, address) in gateway.spec.addresses.iter().enumerate() {
            let (reason, effect) = match (at, address.address_type.as_deref()) {
                (0, Some("NamedAddress")) => (
                    "an address of type `NamedAddress` is ignored",
                    "AKO ignores it and lets the Avi Controller choose",
                ),
                (0, _) => continue,
                _ => ("only the first address counts", "AKO looks at the first address only, whatever stands here"),
            };
            let path = item_path("spec.addresses", at);
            findings
                .at(object, path.clone())
                .message(reason)
                .effect(effect)
                .help("give one address of type `IPAddress`, or none")
                .fix("remove this address", Command::remove(&object.address, path));
        }
    }
}
