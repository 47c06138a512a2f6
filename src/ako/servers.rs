//! Which pools get servers, and why others get none.
//!
//! Source: AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `PopulateServers`,
//! `PopulateServersForNodePort` and `PopulateServersForNPL`.

use super::cluster::{Cluster, ServiceRef};
use super::load_balancer::is_load_balancer;
use super::values::ServiceMode;
use crate::model::ingress::IngressBackend;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// Annotation of a Service whose node ports AKO leaves aside on layer 4.
const SKIP_NODE_PORT_ANNOTATION: &str = "skipnodeport.ako.vmware.com/enabled";

/// Why a pool gets no servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoServers {
    /// AKO wants node ports, and a Service of type ClusterIP has none.
    ClusterIp,
    /// With NodePortLocal, AKO passes over Services of type NodePort.
    NodePort,
    /// With addresses of pods, AKO looks for the backends of Ingresses among Services that are no load
    /// balancers.
    LoadBalancer,
    /// The settings say that the Service has no endpoints.
    NoEndpoints,
    /// None of the Service's ports is the backend's.
    Port,
    /// The pools take IPv6 addresses, and pods have IPv4 ones unless their Service says otherwise.
    Ipv6,
}

/// A backend whose Service is there and whose pool is empty all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutServers {
    /// The object that names the Service, or the Service itself on layer 4; by its place among all objects.
    pub order: usize,
    /// The field that leads to the Service.
    pub path: FieldPath,
    /// The Service, by its place among all objects.
    pub service: usize,
    /// Why.
    pub why: NoServers,
}

impl WithoutServers {
    /// A Service on layer 4, if its pools are empty.
    #[must_use]
    pub fn layer4(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> Option<Self> {
        let why = missing(cluster, service)?;
        let path = if why == NoServers::NodePort { "spec.type" } else { "metadata.name" };
        Some(Self { order: service.0.order, path: path.into(), service: service.0.order, why })
    }

    /// A field of an object that leads to a Service.
    #[must_use]
    pub fn backend(object: &Object, path: FieldPath, service: ServiceRef<'_>, why: NoServers) -> Self {
        Self { order: object.order, path, service: service.0.order, why }
    }
}

/// Why the pool of a Service gets no servers on layer 4, if it gets none.
#[must_use]
pub fn missing(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> Option<NoServers> {
    let skips_node_ports = service.0.annotation(SKIP_NODE_PORT_ANNOTATION).is_some() && is_load_balancer(service);
    match cluster.values.service_mode {
        ServiceMode::NodePort if skips_node_ports => missing_by(cluster, service, ServiceMode::ClusterIp),
        mode => missing_by(cluster, service, mode),
    }
}

fn missing_by(cluster: &Cluster<'_>, (object, service): ServiceRef<'_>, mode: ServiceMode) -> Option<NoServers> {
    let service_type = service.spec.service_type.as_deref().unwrap_or("ClusterIP");
    match mode {
        // Node ports lead to every node, with or without endpoints.
        ServiceMode::NodePort => (service_type == "ClusterIP").then_some(NoServers::ClusterIp),
        ServiceMode::NodePortLocal if service_type == "NodePort" => Some(NoServers::NodePort),
        _ if !cluster.has_endpoints(object) => Some(NoServers::NoEndpoints),
        _ => {
            let is_v6 = service.spec.ip_families.iter().any(|family| family == "IPv6");
            (cluster.values.ipv6_pools && !is_v6).then_some(NoServers::Ipv6)
        }
    }
}

/// The same behind an Ingress. Without layer 4, AKO takes a load balancer for any other Service
/// (`internal/k8s/ako_init.go` `FullSyncK8s`). It takes the only port of a Service whatever the Ingress
/// says; of several the one that it names, and none for another.
#[must_use]
pub fn missing_behind_ingress(
    cluster: &Cluster<'_>,
    service: ServiceRef<'_>,
    backend: &IngressBackend,
) -> Option<NoServers> {
    let mode = cluster.values.service_mode;
    if mode != ServiceMode::NodePort && is_load_balancer(service) && !cluster.values.layer7_only {
        return Some(NoServers::LoadBalancer);
    }
    let ports = &service.1.spec.ports;
    missing_by(cluster, service, mode).or_else(|| {
        let (_, port) = backend.port()?;
        (ports.len() > 1 && !ports.iter().any(|own| own.is_named(&port))).then_some(NoServers::Port)
    })
}

/// The same behind an HTTPRoute: with one port AKO takes the endpoints whatever the number, of several it
/// finds the right ones; with NodePortLocal it always compares.
#[must_use]
pub fn missing_behind_route(cluster: &Cluster<'_>, service: ServiceRef<'_>, port: i64) -> Option<NoServers> {
    let ports = &service.1.spec.ports;
    let mode = cluster.values.service_mode;
    let compares = ports.len() > 1 || mode == ServiceMode::NodePortLocal;
    if compares && !ports.iter().any(|own| own.port == Some(port)) {
        return Some(NoServers::Port);
    }
    missing_by(cluster, service, mode)
}

#[cfg(test)]
mod tests;
