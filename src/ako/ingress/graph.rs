//! The layer 7 virtual services: what AKO puts under the hosts of all Ingresses.
//!
//! Hosts with TLS on shared virtual services have a child of their own, which is not predicted yet.
//! Source: AKO 2.2.1 `internal/nodes/avi_model_l7_hostname_shard.go`,
//! `internal/nodes/avi_model_evh_nodes.go`.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::claims::Claims;
use super::replay::{Builds, Key};
use super::shards::{Placement, Sharing};
use super::tls::Tls;
use crate::ako::cluster::{Cluster, qualified};
use crate::ako::infra_setting::Effective;
use crate::ako::landing::{Hop, HopState, Target};
use crate::ako::layer4::Layer4;
use crate::ako::moment::Moment;
use crate::ako::names;
use crate::ako::output::Output;
use crate::ako::servers::{WithoutServers, missing_behind_ingress};
use crate::ako::status::{IngressPoint, ObjectStatus};
use crate::ako::trace::{Choice, Resolution, hop};
use crate::ako::values::AutoFqdn;
use crate::ako::versions::Capability;
use crate::ako::virtual_service::{HttpRule, Pool, Redirect, VirtualService, VsListener, VsVip};
use crate::model::Ingress;
use crate::model::infra_setting::InfraListener;
use crate::model::ingress::IngressPath;
use crate::pace::pause;
use crate::syntax::FieldPath;
use crate::workspace::Object;

const PASSTHROUGH_ANNOTATION: &str = "passthrough.ako.vmware.com/enabled";
const SHARED_PROFILE: &str = "System-HTTP";
const TLS_PROFILE: &str = "System-Secure-HTTP";
const PASSTHROUGH_PROFILE: &str = "System-L4-Application";
/// How a namespace's setting gets at what other namespaces share.
const TAKEOVER: &str = "AKO 2.2.1 internal/nodes/avi_model_l7_translator.go buildWithInfraSetting";
const NETWORK_PROFILE: &str = "System-TCP-Proxy";

/// Whether an Ingress wants its TLS left alone.
#[must_use]
pub fn is_passthrough(object: &Object) -> bool {
    object.annotation(PASSTHROUGH_ANNOTATION) == Some("true")
}

/// A rule of an Ingress that AKO programs.
pub struct Programmed<'a> {
    /// Its Ingress.
    pub ingress: (&'a Object, &'a Ingress),
    /// Its place among the rules.
    pub rule: usize,
    /// Its host, AKO's own where none is written.
    pub host: String,
    /// Its virtual service.
    pub placement: Placement,
    /// Its setting.
    pub resolution: Resolution<'a>,
    /// The setting that its class names.
    pub reference: Option<&'a str>,
    /// How its host has TLS.
    pub tls: Tls,
    /// The moments of its Ingress' Secrets, as far as they decide.
    pub secrets: Vec<Moment>,
}

impl Programmed<'_> {
    /// Its paths.
    #[must_use]
    pub fn paths(&self) -> &[IngressPath] {
        let http = self.ingress.1.spec.rules.get(self.rule).and_then(|rule| rule.http.as_ref());
        http.map_or(&[], |http| http.paths.as_slice())
    }

    /// Its backends whose pools are empty although their Services are there.
    fn without_servers(&self, cluster: &Cluster<'_>) -> impl Iterator<Item = WithoutServers> {
        let object = self.ingress.0;
        let paths = FieldPath::parse("spec.rules").index(self.rule).key("http").key("paths");
        self.paths().iter().enumerate().filter_map(move |(at, path)| {
            let service = cluster.service(object.namespace(), path.backend.name()?)?;
            let why = missing_behind_ingress(cluster, service, &path.backend)?;
            let path = paths.index(at).key("backend").key("service").key("name");
            Some(WithoutServers::backend(object, path, service, why))
        })
    }
}

/// Virtual services under construction, by tenant and name.
#[derive(Default)]
pub struct Graphs {
    building: BTreeMap<Key, (VirtualService, Effective)>,
    builds: Builds,
    /// Hosts with a name in DNS, by virtual service.
    hosts: BTreeMap<Key, BTreeSet<String>>,
    /// The last setting on each virtual service: what it leads to, and the words for it.
    winners: BTreeMap<String, (Target, [Hop; 2])>,
    /// The Ingress whose status was written last, and the points that it has by now.
    written: (usize, BTreeSet<IngressPoint>),
    claims: Claims,
}

impl Graphs {
    /// Adds a rule, with the status of its Ingress.
    pub fn add(&mut self, cluster: &Cluster<'_>, output: &mut Output, rule: &Programmed<'_>) {
        let namespace = rule.ingress.0.namespace();
        let tenant = cluster.tenant(namespace).to_owned();
        let key = (tenant.clone(), rule.placement.name.clone());
        output.check_vip(cluster, &rule.resolution, format!("{tenant}/{}", rule.placement.name));
        let tls = rule.tls;
        if rule.placement.sharing == Sharing::Dedicated && tls == Tls::Waiting {
            return;
        }
        if tls != Tls::Waiting || is_passthrough(rule.ingress.0) {
            output.without_servers.extend(rule.without_servers(cluster));
        }
        self.claims.add(&format!("{tenant}/{}", rule.placement.name), rule);
        self.builds.add(cluster, &key, rule);
        let effective = rule.resolution.effective(cluster);
        let (graph, applied) = self
            .building
            .entry(key.clone())
            .or_insert_with_key(|(tenant, name)| (empty(cluster, tenant, name, rule, tls), effective.clone()));
        // A namespace's setting takes over the virtual service that others share; the last one wins.
        if !matches!(rule.resolution.choice, Choice::Global) {
            *applied = effective;
        }
        if let Choice::Applies(setting, _) = &rule.resolution.choice {
            let name = setting.object.name();
            let reason = format!("`{name}` of namespace `{namespace}` takes over the virtual service that all share");
            let broken = hop(format!("AviInfraSetting/{name}"), None, "", reason, TAKEOVER, HopState::Broken);
            let key = format!("{tenant}/{}", rule.placement.name);
            let (target, last) = rule.resolution.target(cluster, key.clone(), None);
            self.winners.insert(key, (target, [broken, last]));
        }
        let own_listeners = match &rule.resolution.choice {
            Choice::Applies(setting, _) if cluster.has(Capability::SettingListeners) => {
                setting.value.spec.network.as_ref().map(|network| &network.listeners)
            }
            _ => None,
        };
        for listener in own_listeners.into_iter().flatten() {
            add_listener(&mut graph.listeners, listener);
        }
        if rule.placement.sharing != Sharing::Dedicated && tls != Tls::None && !is_passthrough(rule.ingress.0) {
            return;
        }
        self.hosts.entry(key.clone()).or_default().insert(rule.host.clone());
        match (rule.placement.sharing, cluster.values.evh) {
            (Sharing::Passthrough, _) => passthrough(cluster, graph, rule),
            (Sharing::Shared, false) => shared(cluster, graph, rule),
            (Sharing::Shared, true) => {
                let name = cluster.names.encoded(&format!("{}{}", rule.placement.infra, rule.host));
                let child = graph.children.entry(name).or_insert_with(|| VirtualService {
                    service_type: "EvhVirtualService".to_owned(),
                    application_profile: SHARED_PROFILE.to_owned(),
                    listeners: listeners(&[(80, false), (443, true)]),
                    vh_domains: vec![rule.host.clone()],
                    ..VirtualService::default()
                });
                by_path(cluster, child, rule, slice::from_ref(&rule.host));
            }
            (Sharing::Dedicated, evh) => {
                let hosts = if evh || tls == Tls::Ready { slice::from_ref(&rule.host) } else { &[] };
                by_path(cluster, graph, rule, hosts);
            }
        }
        let vip = effective_of(graph, applied);
        self.write_status(cluster, output, rule, &vip);
    }

    /// An Ingress' status has a point for each host; a rule without host never gets one.
    fn write_status(&mut self, cluster: &Cluster<'_>, output: &mut Output, rule: &Programmed<'_>, vip: &Layer4) {
        let (object, ingress) = rule.ingress;
        let written = ingress.spec.rules.get(rule.rule).and_then(|rule| rule.host.as_deref());
        if written.is_none_or(str::is_empty) {
            return;
        }
        if self.written.0 != object.order {
            self.written = (object.order, BTreeSet::new());
        }
        let key = cluster.workspace.key(object);
        let status = output.objects.entry(key).or_insert(ObjectStatus::LoadBalancer { ingress: Vec::new() });
        let ObjectStatus::LoadBalancer { ingress } = status else { return };
        for ip in vip.addresses() {
            let point = IngressPoint { ip, hostname: Some(rule.host.clone()) };
            if self.written.1.insert(point.clone()) {
                ingress.push(point);
            }
        }
    }

    /// Hands over the virtual services.
    pub async fn finish(self, cluster: &Cluster<'_>, output: &mut Output) {
        output.relocate(&self.winners);
        output.contested.extend(self.claims.contested());
        let mut hosts = self.hosts;
        pause().await;
        let mut replayed = self.builds.replay(cluster);
        for (key, (mut graph, mut effective)) in self.building {
            if let Some((values, vip)) = replayed.remove(&key) {
                effective = values;
                output.memory.vips.insert(format!("{}/{}", key.0, key.1), vip);
            }
            apply(&mut graph, effective, cluster);
            if let (Some(vip), Some(own)) = (&mut graph.vs_vip, hosts.remove(&key)) {
                vip.fqdns.extend(own);
            }
            let (tenant, name) = key;
            output.virtual_services.insert(format!("{tenant}/{name}"), graph);
            pause().await;
        }
    }
}

fn effective_of(graph: &VirtualService, effective: &Effective) -> Layer4 {
    let name = graph.vs_vip.as_ref().map(|vip| vip.name.clone()).unwrap_or_default();
    Layer4::of_vip(name, effective.clone())
}

/// The settings' values, which children take over from their parent.
fn apply(graph: &mut VirtualService, effective: Effective, cluster: &Cluster<'_>) {
    let group = effective.se_group.unwrap_or_default();
    for child in graph.children.values_mut() {
        child.se_group.clone_from(&group);
        child.enable_rhi = false;
    }
    graph.se_group = group;
    graph.enable_rhi = effective.rhi;
    let Some(vip) = &mut graph.vs_vip else { return };
    vip.networks = effective.networks;
    vip.bgp_peer_labels = effective.bgp_peer_labels;
    vip.t1_lr = effective.t1_lr.or_else(|| cluster.values.t1_lr.clone());
    vip.enable_public_ip = effective.enable_public_ip;
}

/// A virtual service before its first host.
fn empty(cluster: &Cluster<'_>, tenant: &str, name: &str, rule: &Programmed<'_>, tls: Tls) -> VirtualService {
    let evh = cluster.values.evh;
    let sharing = rule.placement.sharing;
    let is_shared = sharing == Sharing::Shared;
    let is_secure = sharing == Sharing::Dedicated && tls == Tls::Ready;
    // Every shared virtual service has a name of its own in DNS.
    let own = cluster.values.sub_domain.as_deref().filter(|_| is_shared).map(|domain| {
        let separator = if cluster.values.auto_fqdn == AutoFqdn::Flat { "-" } else { "." };
        format!("{name}{separator}{tenant}.{domain}")
    });
    let (profile, ports): (_, &[(i64, bool)]) = match sharing {
        Sharing::Passthrough => (PASSTHROUGH_PROFILE, &[(443, false)]),
        Sharing::Dedicated if is_secure => (TLS_PROFILE, &[(80, false), (443, true)]),
        Sharing::Dedicated => (SHARED_PROFILE, &[(80, false)]),
        Sharing::Shared => (SHARED_PROFILE, &[(80, false), (443, true)]),
    };
    let hosts = if is_secure || evh && sharing == Sharing::Dedicated { vec![rule.host.clone()] } else { Vec::new() };
    let redirect = Redirect { hosts: vec![rule.host.clone()], vs_port: 80, redirect_port: 443 };
    VirtualService {
        service_type: if evh && sharing != Sharing::Passthrough { "EvhVirtualService" } else { "VirtualService" }
            .to_owned(),
        application_profile: profile.to_owned(),
        network_profile: Some(NETWORK_PROFILE.to_owned()),
        listeners: listeners(ports),
        vs_vip: Some(VsVip { name: name.to_owned(), fqdns: own.into_iter().collect(), ..VsVip::default() }),
        dedicated: sharing == Sharing::Dedicated,
        shared_vs: sharing != Sharing::Dedicated,
        sni_parent: is_shared && !evh,
        evh_parent: is_shared && evh,
        vh_domains: hosts,
        redirects: if is_secure { vec![redirect] } else { Vec::new() },
        passthrough_children: match sharing {
            Sharing::Passthrough => vec![format!("{name}-insecure")],
            _ => Vec::new(),
        },
        ..VirtualService::default()
    }
}

fn listeners(ports: &[(i64, bool)]) -> Vec<VsListener> {
    ports.iter().map(|(port, ssl)| VsListener { port: *port, protocol: "HTTP".to_owned(), ssl: *ssl }).collect()
}

/// A setting's listeners replace those of the same number and are added to the others.
fn add_listener(listeners: &mut Vec<VsListener>, own: &InfraListener) {
    let (port, ssl) = (own.port.unwrap_or_default(), own.enable_ssl == Some(true));
    match listeners.iter_mut().find(|listener| listener.port == port) {
        Some(listener) => listener.ssl = ssl,
        None => listeners.push(VsListener { port, protocol: "HTTP".to_owned(), ssl }),
    }
}

fn pool(cluster: &Cluster<'_>, rule: &Programmed<'_>, path: &IngressPath) -> Pool {
    let object = rule.ingress.0;
    let service = path.backend.name().and_then(|name| cluster.service(object.namespace(), name));
    let has_servers = service.is_some_and(|service| missing_behind_ingress(cluster, service, &path.backend).is_none());
    Pool { ingress: Some(qualified(object)), has_servers, ..Pool::default() }
}

/// Pools of hosts without TLS on a shared virtual service: one group, chosen by host and path.
fn shared(cluster: &Cluster<'_>, graph: &mut VirtualService, rule: &Programmed<'_>) {
    let object = rule.ingress.0;
    let group_name = graph.vs_vip.as_ref().map(|vip| vip.name.clone()).unwrap_or_default();
    for path in rule.paths() {
        let text = path.path.as_deref().unwrap_or_default();
        let name = cluster.names.encoded(&format!(
            "{}{}{}-{}-{}",
            rule.placement.infra,
            rule.host,
            text.replace('/', "_"),
            object.namespace(),
            object.name()
        ));
        if !names::fits(&name) {
            continue;
        }
        let label = Some(format!("{}{text}", rule.host));
        let pool = Pool { priority_label: label, ..pool(cluster, rule, path) };
        if graph.pools.insert(name.clone(), pool).is_none() {
            graph.pool_groups.entry(group_name.clone()).or_default().push(name);
        }
    }
}

/// Pools of a dedicated virtual service or an EVH child: a group and a rule for each path.
fn by_path(cluster: &Cluster<'_>, graph: &mut VirtualService, rule: &Programmed<'_>, hosts: &[String]) {
    let object = rule.ingress.0;
    let evh = cluster.values.evh;
    let suffix = if rule.placement.sharing == Sharing::Dedicated { "-L7-dedicated" } else { "" };
    for path in rule.paths() {
        let text = path.path.as_deref().unwrap_or_default();
        let stem = format!(
            "{}{}-{}{}-{}",
            rule.placement.infra,
            object.namespace(),
            rule.host,
            text.replace('/', "_"),
            object.name()
        );
        let group = cluster.names.encoded(&format!("{stem}{suffix}"));
        let service = path.backend.name().unwrap_or_default();
        let own = if evh { cluster.names.encoded(&format!("{stem}-{service}{suffix}")) } else { group.clone() };
        if !names::fits(&group) || !names::fits(&own) {
            continue;
        }
        let label = (!evh).then(|| format!("{}{text}", rule.host));
        let pool = Pool { priority_label: label, ..pool(cluster, rule, path) };
        let is_new = graph.pools.insert(own.clone(), pool).is_none();
        let members = graph.pool_groups.entry(group.clone()).or_default();
        if members.is_empty() {
            let exact = path.path_type.as_deref() == Some("Exact");
            graph.http_rules.push(HttpRule {
                host: hosts.to_vec(),
                path: vec![text.to_owned()],
                match_by: if exact { "EQUALS" } else { "BEGINS_WITH" }.to_owned(),
                pool_group: group,
            });
        }
        // A new pool is no member yet: no need to look through the group.
        if is_new || !members.contains(&own) {
            members.push(own);
        }
    }
}

/// Pools of a passthrough host: one for each Service.
fn passthrough(cluster: &Cluster<'_>, graph: &mut VirtualService, rule: &Programmed<'_>) {
    let stem = format!("{}{}", rule.placement.infra, rule.host);
    let group = cluster.names.encoded(&stem);
    for path in rule.paths() {
        let name = cluster.names.encoded(&format!("{stem}-{}", path.backend.name().unwrap_or_default()));
        if names::fits(&name) && graph.pools.insert(name.clone(), pool(cluster, rule, path)).is_none() {
            graph.pool_groups.entry(group.clone()).or_default().push(name);
        }
    }
}
