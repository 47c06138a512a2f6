//! What Gateways, LoadBalancer Services and shared VIPs have in common: the layer 4 virtual service.

use std::net::IpAddr;

use super::cluster::{Cluster, ServiceRef, qualified};
use super::infra_setting::Effective;
use super::landing::{Intended, Landing, Outcome, Subject, Via};
use super::names;
use super::output::Output;
use super::servers;
use super::status::{IngressPoint, ObjectStatus};
use super::virtual_service::{L4Rule, Pool, VirtualService, VsListener, VsVip};
use crate::model::service::ServicePort;
use crate::syntax::FieldPath;

/// Annotation for a host name instead of AKO's own.
pub const EXTERNAL_DNS_ANNOTATION: &str = "external-dns.alpha.kubernetes.io/hostname";
/// The application profile of all layer 4.
const APPLICATION_PROFILE: &str = "System-L4-Application";

/// A virtual service under construction.
pub struct Layer4 {
    /// Tenant.
    pub tenant: String,
    /// Name of virtual service, VIP and policy set.
    pub name: String,
    /// Values that apply.
    pub effective: Effective,
    /// Ports with protocols as written.
    pub listeners: Vec<(i64, String)>,
    /// Host names.
    pub fqdns: Vec<String>,
    /// Preferred address; empty where Avi chooses.
    pub static_ip: String,
    /// Rules with their pools.
    pub rules: Vec<(L4Rule, Pool)>,
    /// Application profile, where not the default.
    pub application_profile: Option<String>,
    /// False where an annotation stops the traffic.
    pub traffic_enabled: Option<bool>,
}

impl Layer4 {
    /// Only the VIP: for its addresses.
    #[must_use]
    pub const fn of_vip(name: String, effective: Effective) -> Self {
        Self {
            tenant: String::new(),
            name,
            effective,
            listeners: Vec::new(),
            fqdns: Vec::new(),
            static_ip: String::new(),
            rules: Vec::new(),
            application_profile: None,
            traffic_enabled: None,
        }
    }

    /// The key in [`super::Prediction::virtual_services`].
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.tenant, self.name)
    }

    /// The addresses that appear in statuses: tokens where Avi would choose.
    ///
    /// A preferred address that is none, or of a family that the network does not have, gets no
    /// address at all from Avi.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let network = self.effective.networks.first();
        let v6 = network.is_some_and(|network| network.v6cidr.is_some());
        let v4 = !v6 || network.is_some_and(|network| network.cidr.is_some());
        let preferred: Option<IpAddr> = self.static_ip.parse().ok();
        if !self.static_ip.is_empty() && !preferred.is_some_and(|address| if address.is_ipv4() { v4 } else { v6 }) {
            return Vec::new();
        }
        let families = [(v4, "v4", preferred.filter(IpAddr::is_ipv4)), (v6, "v6", preferred.filter(IpAddr::is_ipv6))];
        let of_family = families.into_iter().filter(|(has, _, _)| *has);
        of_family
            .map(|(_, family, preferred)| match preferred {
                Some(_) => self.static_ip.clone(),
                None => format!("<auto-{family}:{}>", self.name),
            })
            .collect()
    }

    /// What AKO writes to a Service on it.
    #[must_use]
    pub fn service_status(&self, hostname: Option<&str>) -> Option<ObjectStatus> {
        let point = |ip| IngressPoint { ip, hostname: hostname.map(str::to_owned) };
        let ingress: Vec<IngressPoint> = self.addresses().into_iter().map(point).collect();
        (!ingress.is_empty()).then_some(ObjectStatus::LoadBalancer { ingress })
    }

    /// The virtual service as AKO wants it.
    #[must_use]
    pub fn build(self, tcp_proxy: bool) -> VirtualService {
        let network_profile = network_profile(self.listeners.iter().map(|listener| listener.1.as_str()), tcp_proxy);
        let effective = self.effective;
        let (l4_rules, pools) = self.rules.into_iter().map(|(rule, pool)| (rule.clone(), (rule.pool, pool))).unzip();
        VirtualService {
            service_type: "VirtualService".to_owned(),
            se_group: effective.se_group.unwrap_or_default(),
            enable_rhi: effective.rhi,
            application_profile: self.application_profile.unwrap_or_else(|| APPLICATION_PROFILE.to_owned()),
            network_profile: Some(network_profile.to_owned()),
            traffic_enabled: self.traffic_enabled,
            listeners: self
                .listeners
                .into_iter()
                .map(|(port, protocol)| VsListener { port, protocol, ssl: false })
                .collect(),
            vs_vip: Some(VsVip {
                name: self.name,
                networks: effective.networks,
                static_ip: self.static_ip,
                fqdns: self.fqdns,
                bgp_peer_labels: effective.bgp_peer_labels,
                t1_lr: effective.t1_lr,
                enable_public_ip: effective.enable_public_ip,
            }),
            l4_rules,
            pools,
            ..VirtualService::default()
        }
    }
}

/// The network profile of a set of protocols; whatever is not TCP, UDP or SCTP makes it mixed.
///
/// Source: AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `getNetworkProfile`.
fn network_profile<'p>(protocols: impl Iterator<Item = &'p str>, tcp_proxy: bool) -> &'static str {
    let (mut tcp, mut udp, mut sctp) = (false, false, false);
    for protocol in protocols {
        match protocol {
            "" | "TCP" => tcp = true,
            "UDP" => udp = true,
            "SCTP" => sctp = true,
            _ => {}
        }
    }
    match (tcp, udp, sctp) {
        (true, false, false) if tcp_proxy => "System-TCP-Proxy",
        (true, false, false) => "System-TCP-Fast-Path",
        (false, true, false) => "System-UDP-Fast-Path",
        (false, false, true) => "System-SCTP-Proxy",
        _ => "Mixed-Network-Profile-Internal",
    }
}

/// A port's protocol as the API server fills it in.
#[must_use]
pub fn protocol(port: &ServicePort) -> &str {
    port.protocol.as_deref().unwrap_or("TCP")
}

/// A port's number; 0 where none is written yet.
#[must_use]
pub fn number(port: &ServicePort) -> i64 {
    port.port.unwrap_or_default()
}

/// Rule and pool from a port to a Service; `None` where the pool's name is longer than Avi takes.
#[must_use]
pub fn rule(
    cluster: &Cluster<'_>,
    service: ServiceRef<'_>,
    port: (&str, i64),
    pool_name: String,
    names_services: bool,
) -> Option<(L4Rule, Pool)> {
    if !names::fits(&pool_name) {
        return None;
    }
    let services = vec![qualified(service.0)];
    let pool = Pool {
        services: if names_services { services.clone() } else { Vec::new() },
        has_servers: servers::missing(cluster, service).is_none(),
        ..Pool::default()
    };
    Some((L4Rule { port: port.1, protocol: port.0.to_owned(), pool: pool_name, services }, pool))
}

/// A landing of a Service's port, still without its hops.
#[must_use]
pub fn landing(
    cluster: &Cluster<'_>,
    service: ServiceRef<'_>,
    index: usize,
    via: Via,
    intended: Option<&str>,
) -> Landing {
    let (object, value) = service;
    let port = &value.spec.ports[index];
    let subject = Subject {
        object: cluster.workspace.key(object),
        address: object.address.clone(),
        path: FieldPath::parse("spec.ports").index(index),
        namespace: object.namespace().to_owned(),
        name: object.name().to_owned(),
        protocol: Some(protocol(port).to_owned()),
        port: port.port,
        host: None,
    };
    let explicit = cluster.intent("Service", object, port.port, None);
    Landing {
        subject,
        via,
        hops: Vec::new(),
        outcome: Outcome::NotServed { reason: String::new() },
        intended: intention(explicit, intended),
    }
}

/// What something is meant for: the intent in the settings, else the end of the written chain.
#[must_use]
pub fn intention(explicit: Option<&str>, written: Option<&str>) -> Option<Intended> {
    let segment = explicit.or(written)?.to_owned();
    Some(Intended { segment, explicit: explicit.is_some() })
}

/// Lands every port of a Service on nothing, for one reason.
pub fn land_nowhere(
    output: &mut Output,
    cluster: &Cluster<'_>,
    service: ServiceRef<'_>,
    via: Via,
    intended: Option<&str>,
    outcome: &Outcome,
) {
    for index in 0..service.1.spec.ports.len() {
        let mut landing = landing(cluster, service, index, via, intended);
        landing.outcome = outcome.clone();
        output.land(service.0.order, index, landing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ako::virtual_service::VipNetworkRef;

    fn layer4(static_ip: &str, cidr: Option<&str>, v6cidr: Option<&str>) -> Layer4 {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let network = VipNetworkRef { cidr: text(cidr), v6cidr: text(v6cidr), ..VipNetworkRef::default() };
        let effective = Effective { networks: vec![network], ..Effective::default() };
        Layer4 { static_ip: static_ip.to_owned(), ..Layer4::of_vip("n".to_owned(), effective) }
    }

    #[test]
    fn addresses_by_family() {
        let none: [&str; 0] = [];
        assert_eq!(layer4("", None, None).addresses(), ["<auto-v4:n>"]);
        assert_eq!(layer4("", None, Some("2001:db8::/64")).addresses(), ["<auto-v6:n>"]);
        assert_eq!(layer4("", Some("10.0.0.0/8"), Some("2001:db8::/64")).addresses(), ["<auto-v4:n>", "<auto-v6:n>"]);
        assert_eq!(layer4("172.16.0.1", Some("10.0.0.0/8"), None).addresses(), ["172.16.0.1"]);
        assert_eq!(layer4("2001:db8::1", Some("10.0.0.0/8"), None).addresses(), none);
        assert_eq!(layer4("web.example.com", None, None).addresses(), none);
    }

    #[test]
    fn profiles() {
        let of = |protocols: &[&str]| network_profile(protocols.iter().copied(), false);
        assert_eq!(of(&["TCP", ""]), "System-TCP-Fast-Path");
        assert_eq!(of(&["TCP", "HTTP"]), "System-TCP-Fast-Path");
        assert_eq!(of(&["HTTP"]), "Mixed-Network-Profile-Internal");
        assert_eq!(of(&["TCP", "UDP"]), "Mixed-Network-Profile-Internal");
        assert_eq!(of(&["SCTP"]), "System-SCTP-Proxy");
        assert_eq!(network_profile(["TCP"].into_iter(), true), "System-TCP-Proxy");
    }
}
