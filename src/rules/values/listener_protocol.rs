//! AKP211: a listener whose protocol no Service port can have.

use crate::command::Command;
use crate::model::Gateway;
use crate::rule;
use crate::rules::links::{is_layer4, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners whose protocol is none of `TCP`, `UDP` and `SCTP`: `HTTP`, `HTTPS`, `TLS`, `tcp`.
    ///
    /// ## Why it matters
    /// AKO compares a listener's protocol with that of the Service's port letter by letter, and a
    /// Service port is TCP, UDP or SCTP. Such a listener is `Ready`, its port is open, and no pool is
    /// ever behind it (AKO 2.2.1 `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`).
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
    ///   - protocol: HTTPS
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
    pub static LISTENER_PROTOCOL = {
        code: "AKP211",
        name: "listener-protocol",
        severity: Error,
        reads: [Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, gateway) in context.all::<Gateway>() {
        for (at, listener) in gateway.spec.listeners.iter().enumerate() {
            let Some(protocol) = listener.protocol.as_deref().filter(|protocol| !is_layer4(protocol)) else { continue };
            let upper = protocol.to_uppercase();
            let meant = if is_layer4(&upper) { upper.as_str() } else { "TCP" };
            let path = item_path("spec.listeners", at).key("protocol");
            let command = Command::set(&object.address, path.clone(), meant);
            findings
                .at(object, path)
                .message(format!("no Service port can have the protocol `{protocol}`"))
                .effect("AKO opens the port and says `Ready`, and no Service ever stands behind it")
                .help("use `TCP`, `UDP` or `SCTP`; for HTTP use an Ingress")
                .fix(format!("write `{meant}`"), command);
        }
    }
}
