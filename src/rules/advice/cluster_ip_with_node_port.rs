//! AKP902: a ClusterIP Service where AKO wants node ports.

use std::collections::BTreeMap;

use super::cluster_ip_backends;
use crate::ako::NoServers;
use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Services of type ClusterIP behind a Gateway, an Ingress or an HTTPRoute of AKO while AKO's
    /// values have `L7Settings.serviceType: NodePort`.
    ///
    /// ## Why it matters
    /// AKO then makes its pools from the nodes and the Services' node ports. A ClusterIP Service has none:
    /// its pool has no server, and the address does not answer (seen by running AKO 2.2.1; AKO
    /// documentation, `serviceType`).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   servicesAPI: true
    /// L7Settings:
    ///   serviceType: NodePort
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
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   servicesAPI: true
    /// L7Settings:
    ///   serviceType: NodePort
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
    ///   type: NodePort
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static CLUSTER_IP_WITH_NODE_PORT = {
        code: "AKP902",
        name: "cluster-ip-with-node-port",
        severity: Warning,
        reads: [AkoValues, Service, Ingress, IngressClass],
        since: "0.1.0",
        needs_known: Referring,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((values_object, values)) = context.values() else { return };
    if values.l7_settings.service_type.as_deref() != Some("NodePort") {
        return;
    }
    // Backends of HTTPRoutes stand in the prediction.
    let pools = context.prediction().without_servers.iter().filter(|pool| pool.why == NoServers::ClusterIp);
    let predicted = pools.filter_map(|pool| context.objects().get(pool.service));
    let mut services: BTreeMap<usize, &Object> = BTreeMap::new();
    services.extend(cluster_ip_backends(context).chain(predicted).map(|object| (object.order, object)));
    for object in services.into_values() {
        findings
            .at(object, "spec.type")
            .message("this Service has no node ports, but AKO makes its pools from them")
            .effect("AKO makes a pool without servers: the address does not answer")
            .help("use the type `NodePort`, or `serviceType: ClusterIP` in AKO's values")
            .fix("make it `NodePort`", Command::set(&object.address, "spec.type", "NodePort"))
            .related(values_object.place("L7Settings.serviceType"), "AKO is set to node ports here");
    }
}
