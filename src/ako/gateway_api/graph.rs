//! The virtual services of a Gateway: a parent with the VIP, and a child for each rule of a route.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/nodes/gateway_model.go` (`BuildGatewayParent`),
//! `avi_model_l7_translator.go` (`BuildChildVS`, `BuildPGPool`) and
//! `avi_model_l7_dedicated_translator.go` (`BuildPGPoolForDedicatedMode`).

use std::net::IpAddr;

use super::listeners::{GatewayStatus, is_dedicated};
use super::names::{GatewayNames, Key};
use crate::ako::cluster::Cluster;
use crate::ako::infra_setting::Effective;
use crate::ako::layer4::Layer4;
use crate::ako::moment::Known;
use crate::ako::servers::missing_behind_route;
use crate::ako::virtual_service::{Pool, VirtualService, VsListener, VsVip};
use crate::model::GatewayV1;
use crate::model::gateway_api::http_route::{BackendRef, RouteRule};
use crate::workspace::Object;

/// Annotation of a Gateway that stops its traffic.
const DISABLE_TRAFFIC_ANNOTATION: &str = "ako.vmware.com/disable-traffic";

/// A rule's backend that AKO takes.
#[derive(Clone, Copy, Debug)]
pub struct Backend<'a> {
    /// Service by namespace and name.
    pub service: Key<'a>,
    /// Port; 0 where none is written.
    pub port: i64,
}

impl<'a> Backend<'a> {
    /// What a reference in a route of this namespace names.
    #[must_use]
    pub fn of(reference: &'a BackendRef, namespace: &'a str) -> Self {
        let namespace = reference.namespace.as_deref().unwrap_or(namespace);
        let name = reference.name.as_deref().unwrap_or_default();
        Self { service: (namespace, name), port: reference.port.unwrap_or_default() }
    }
}

/// The preferred address of a Gateway: what is no IP address AKO passes over, without a word.
#[must_use]
pub fn static_ip(gateway: &GatewayV1) -> &str {
    let [address] = gateway.spec.addresses.as_slice() else { return "" };
    address.value.as_deref().filter(|value| value.parse::<IpAddr>().is_ok()).unwrap_or_default()
}

/// The virtual service of a Gateway, its routes not yet among it.
///
/// Of the namespace's setting AKO takes the SE group and the tier-1 router; VIP networks, route health
/// injection and BGP labels are always the global ones or none.
#[must_use]
pub fn parent(
    cluster: &Cluster<'_>,
    names: &GatewayNames,
    (object, gateway): (&Object, &GatewayV1),
    status: &GatewayStatus,
    known: &Known<'_>,
) -> VirtualService {
    let dedicated = is_dedicated(object);
    let mut listeners: Vec<VsListener> = Vec::new();
    for (index, listener) in gateway.spec.listeners.iter().enumerate() {
        let listener = VsListener {
            port: listener.port.unwrap_or_default(),
            protocol: listener.protocol.clone().unwrap_or_default(),
            // Without a certificate the port is open in plain text, HTTPS or not.
            ssl: !listener.certificates().is_empty(),
        };
        if !status.refuses(index) && !listeners.contains(&listener) {
            listeners.push(listener);
        }
    }
    let values = &cluster.values;
    let own = match known {
        Known::Applies(effective) => Some(*effective),
        _ => None,
    };
    let traffic = object.annotation(DISABLE_TRAFFIC_ANNOTATION).is_some_and(|off| off.eq_ignore_ascii_case("true"));
    VirtualService {
        se_group: own.and_then(|own| own.se_group.clone()).or_else(|| values.se_group.clone()).unwrap_or_default(),
        network_profile: Some("System-TCP-Proxy".to_owned()),
        traffic_enabled: traffic.then_some(false),
        listeners,
        vs_vip: Some(VsVip {
            name: names.parent((object.namespace(), object.name()), dedicated),
            networks: values.networks.clone(),
            static_ip: static_ip(gateway).to_owned(),
            t1_lr: own.and_then(|own| own.t1_lr.clone()).or_else(|| values.t1_lr.clone()),
            ..VsVip::default()
        }),
        dedicated,
        evh_parent: !dedicated,
        ..plain()
    }
}

/// What parents and children have in common.
fn plain() -> VirtualService {
    VirtualService {
        service_type: "EvhVirtualService".to_owned(),
        application_profile: "System-HTTP".to_owned(),
        ..VirtualService::default()
    }
}

/// The addresses that appear in a Gateway's status.
#[must_use]
pub fn addresses(service: &VirtualService) -> Vec<String> {
    let Some(vip) = &service.vs_vip else { return Vec::new() };
    let effective = Effective { networks: vip.networks.clone(), ..Effective::default() };
    Layer4 { static_ip: vip.static_ip.clone(), ..Layer4::of_vip(vip.name.clone(), effective) }.addresses()
}

/// Builds pools and children of one Gateway.
pub struct Builder<'a> {
    /// All objects.
    pub cluster: &'a Cluster<'a>,
    /// Names.
    pub names: &'a GatewayNames,
    /// The Gateway.
    pub gateway: Key<'a>,
    /// The route.
    pub route: Key<'a>,
}

impl Builder<'_> {
    /// The child of a rule, with its name; a backend whose Service is missing has no pool.
    #[must_use]
    pub fn child(
        &self,
        rule: &RouteRule,
        backends: &[Backend<'_>],
        exists: impl Fn(Key<'_>) -> bool,
    ) -> (String, VirtualService) {
        let name = self.names.child(self.gateway, self.route, rule);
        let mut child =
            VirtualService { se_group: self.cluster.values.se_group.clone().unwrap_or_default(), ..plain() };
        let mut members = Vec::new();
        for backend in backends.iter().filter(|backend| exists(backend.service)) {
            let pool = self.names.pool(self.gateway, self.route, rule, backend.service, backend.port);
            child.pools.insert(pool.clone(), self.pool(*backend));
            members.push(pool);
        }
        if !members.is_empty() {
            child.pool_groups.insert(name.clone(), members);
        }
        (name, child)
    }

    /// Pools of a rule on the virtual service of a Gateway in dedicated mode.
    pub fn dedicated(
        &self,
        service: &mut VirtualService,
        rule: &RouteRule,
        backends: &[Backend<'_>],
        exists: impl Fn(Key<'_>) -> bool,
    ) {
        if backends.is_empty() {
            return;
        }
        let group = self.names.child(self.gateway, self.route, rule);
        let mut members = Vec::new();
        for backend in backends.iter().filter(|backend| exists(backend.service)) {
            let pool = self.names.dedicated_pool(&group, backend.service, backend.port);
            service.pools.insert(pool.clone(), self.pool(*backend));
            members.push(pool);
        }
        service.pool_groups.insert(group, members);
    }

    fn pool(&self, backend: Backend<'_>) -> Pool {
        let (namespace, name) = backend.service;
        let service = self.cluster.service(namespace, name);
        Pool {
            services: vec![format!("{namespace}/{name}")],
            has_servers: service
                .is_some_and(|service| missing_behind_route(self.cluster, service, backend.port).is_none()),
            ..Pool::default()
        }
    }
}
