//! AKP402: two Services for one listener.

use std::collections::BTreeMap;

use crate::model::Gateway;
use crate::rule;
use crate::rules::links::{Labelled, PortKey, heeds_labels, item_path, labelled_services, listener_key, port_key};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds listeners of a Gateway for which more than one Service has the port and protocol.
    ///
    /// ## Why it matters
    /// AKO then gives none of them a pool: the port is open and nothing answers. Other listeners of the
    /// Gateway keep working; all of them may turn to `Ready: False` (AKO 2.2.1
    /// `internal/nodes/avi_model_advl4_translator.go:376`; seen by running AKO).
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
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: admin
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: admin
    ///   ports:
    ///   - port: 443
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
    ///   - protocol: TCP
    ///     port: 8443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: admin
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: admin
    ///   ports:
    ///   - port: 8443
    ///     targetPort: 443
    /// ```
    pub static SERVICES_SHARE_LISTENER = {
        code: "AKP402",
        name: "services-share-listener",
        severity: Error,
        reads: [Gateway, Service],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for ((namespace, name), services) in labelled_services(context) {
        let Some((gateway, value)) = context.get::<Gateway>(namespace, name).filter(|_| services.len() > 1) else {
            continue;
        };
        let mut by_port: BTreeMap<PortKey<'_>, Vec<(Labelled<'_>, usize)>> = BTreeMap::new();
        for service in services.iter().filter(|(_, service)| heeds_labels(context, service)) {
            for (at, port) in service.1.spec.ports.iter().enumerate() {
                let Some(key) = port_key(port) else { continue };
                let sharing = by_port.entry(key).or_default();
                // A Service that has a port twice is one Service.
                if sharing.last().is_none_or(|((last, _), _)| last.order != service.0.order) {
                    sharing.push((*service, at));
                }
            }
        }
        for (key, sharing) in by_port.into_iter().filter(|(_, sharing)| sharing.len() > 1) {
            let Some(listener) = value.spec.listeners.iter().position(|listener| listener_key(listener) == Some(key))
            else {
                continue;
            };
            let (protocol, port) = key;
            for (index, ((object, _), at)) in sharing.iter().enumerate() {
                let ((other, _), other_at) = sharing[usize::from(index == 0)];
                let others = sharing.len() - 2;
                let more = if others == 0 { String::new() } else { format!(" and {others} more") };
                findings
                    .at(object, item_path("spec.ports", *at).key("port"))
                    .message(format!(
                        "the Service `{}/{}`{more} is behind the same listener {protocol}/{port} of `{name}`",
                        other.namespace(),
                        other.name()
                    ))
                    .effect("AKO gives none of them a pool: the port is open and nothing answers")
                    .help("put one Service behind each listener: add a listener, or remove the labels from the others")
                    .related(other.place(item_path("spec.ports", other_at).key("port")), "the other Service's port")
                    .related(gateway.place(item_path("spec.listeners", listener).key("port")), "the listener");
            }
        }
    }
}
