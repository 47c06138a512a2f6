//! AKP309: a listener whose selector does not name its own Gateway.

use crate::command::Command;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway};
use crate::rule;
use crate::rules::links::{is_akos_gateway, item_path, selects_own};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners whose `routes.selector.matchLabels` do not hold the Gateway's own name and
    /// namespace in `ako.vmware.com/gateway-name` and `ako.vmware.com/gateway-namespace`.
    ///
    /// ## Why it matters
    /// One such listener makes AKO refuse the whole Gateway: no virtual service, also for the other
    /// listeners. The Gateway says `Scheduled: True` with the reason `InvalidMatchLabels` (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go`, `validateSvcApiGatewayForClass`).
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
    ///           ako.vmware.com/gateway-name: app-gateway-admin-1
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
    ///
    /// ## What remains
    /// A listener with the right selector may have no Service behind it: `AKP313`.
    pub static LISTENER_SELECTOR = {
        code: "AKP309",
        name: "listener-selector",
        severity: Error,
        reads: [Gateway, GatewayClass],
        since: "0.1.0",
        needs: ServicesApi,
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let named = context.all::<Gateway>().filter(|(object, _)| !object.name().is_empty());
    for (object, gateway) in named.filter(|(_, gateway)| is_akos_gateway(context, gateway)) {
        for (at, listener) in gateway.spec.listeners.iter().enumerate() {
            if selects_own(object, listener) {
                continue;
            }
            let labels = item_path("spec.listeners", at).key("routes").key("selector").key("matchLabels");
            let own = [(GATEWAY_NAME_LABEL, object.name()), (GATEWAY_NAMESPACE_LABEL, object.namespace())];
            let written = |key: &str| {
                let selector = listener.routes.as_ref()?.selector.as_ref()?;
                selector.match_labels.get(key).map(String::as_str)
            };
            let wrong = own.into_iter().find(|(key, own)| written(key) != Some(own));
            let (path, message) = match wrong {
                Some((key, own)) => match written(key) {
                    Some(value) => (labels.key(key), format!("`{key}` is `{value}`, but this Gateway's is `{own}`")),
                    None => (labels.clone(), format!("the label `{key}` of this Gateway, `{own}`, is missing")),
                },
                None => continue,
            };
            let set = own.map(|(key, value)| Command::set(&object.address, labels.key(key), value));
            findings
                .at(object, path)
                .message(message)
                .effect(
                    "AKO refuses the whole Gateway, all its listeners: `Scheduled: True`, reason `InvalidMatchLabels`",
                )
                .help("give the Gateway's own name and namespace in both labels")
                .fix("write this Gateway's name and namespace", Command::Batch(set.into()));
        }
    }
}
