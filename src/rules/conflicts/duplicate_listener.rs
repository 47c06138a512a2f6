//! AKP403: a Gateway has a listener twice.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::model::Gateway;
use crate::rule;
use crate::rules::links::{item_path, listener_key};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways with two listeners of the same protocol and port.
    ///
    /// ## Why it matters
    /// AKO passes both on to the virtual service. Two host names on one port do not tell Services apart
    /// on layer 4: both names point at the same pool (AKO 2.2.1
    /// `internal/nodes/avi_model_advl4_translator.go`; seen by running AKO).
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
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
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
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ```
    pub static DUPLICATE_LISTENER = {
        code: "AKP403",
        name: "duplicate-listener",
        severity: Warning,
        reads: [Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, gateway) in context.all::<Gateway>() {
        let mut first_of = BTreeMap::new();
        for (at, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some(key) = listener_key(listener) else { continue };
            let first = *first_of.entry(key).or_insert(at);
            if first == at {
                continue;
            }
            let path = item_path("spec.listeners", at);
            findings
                .at(object, path.key("port"))
                .message(format!("the listener {}/{} is there twice", key.0, key.1))
                .effect("AKO passes both on; the Avi Controller may refuse the virtual service")
                .help("keep one of them")
                .fix("remove this one", Command::remove(&object.address, path))
                .related(object.place(item_path("spec.listeners", first).key("port")), "the first one");
        }
    }
}
