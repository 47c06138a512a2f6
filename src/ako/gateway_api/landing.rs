//! Where the hosts of an HTTPRoute land on each of its parents, hop by hop.
//!
//! Told is where they land when what is needed first comes first; what the order of the documents makes
//! of it, the virtual services and statuses tell.

use super::container::{Container, GatewayState, RouteState};
use super::graph::{Backend, static_ip};
use super::hosts::{in_sub_domains, served};
use super::listeners::is_dedicated;
use super::names::Key;
use super::routes::{named, takes_routes_of};
use super::rules::backend_refusal;
use crate::ako::cluster::Cluster;
use crate::ako::landing::{Hop, HopState, Landing, Outcome, Subject, Target, TargetNetwork, Via};
use crate::ako::layer4::intention;
use crate::ako::output::Output;
use crate::ako::servers::{WithoutServers, missing_behind_route};
use crate::ako::trace::{Choice, GLOBAL_NETWORK, Resolution, hop, resolve};
use crate::ako::versions::Capability;
use crate::model::AKO_GROUP;
use crate::model::gateway_api::http_route::ParentRef;
use crate::pace::pause;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// AKO's checks of a route's parent.
const PARENT: &str = "AKO 2.2.1 ako-gateway-api/nodes/route_validator.go validateParentReference";
/// How AKO finds the class of a Gateway.
const CLASS: &str = "AKO 2.2.1 ako-gateway-api/nodes/dequeue_ingestion.go handleGateway";
/// AKO's checks of a Gateway.
const GATEWAY: &str = "AKO 2.2.1 ako-gateway-api/k8s/validator.go IsValidGateway";
/// How AKO finds the listeners of a route's hosts.
const MAPPING: &str = "AKO 2.2.1 ako-gateway-api/nodes/gateway_model_rel.go parentRefGatewayMappings";
/// What AKO puts into the virtual service of a Gateway.
const EFFECT: &str = "AKO 2.2.1 ako-gateway-api/nodes/gateway_model.go BuildGatewayParent";

/// Lands every route.
pub async fn land(container: &Container<'_>, output: &mut Output) {
    for (key, route) in &container.routes {
        let hosts = &route.value.spec.hostnames;
        let (mut index, mut is_served) = (0, false);
        let mut put = |landing: Landing, hops: Vec<Hop>, outcome: Outcome, gateway: Option<&Object>| {
            if let (Outcome::Lands(target), Some(gateway)) = (&outcome, gateway) {
                output.own(target.virtual_service.clone(), gateway, Via::GatewayApi);
                is_served = true;
            }
            output.land_at((route.object.order, index), landing, hops, outcome);
            index += 1;
        };
        for (at, parent) in route.value.spec.parent_refs.iter().enumerate() {
            let way = Way { container, route, key: *key, parent, path: FieldPath::from("spec.parentRefs").index(at) };
            for (host, name) in hosts.iter().enumerate() {
                let path = FieldPath::from("spec.hostnames").index(host);
                let (hops, outcome) = way.follow(Some((name, &path)));
                put(way.landing(path, Some(name)), hops, outcome, way.gateway().map(|gateway| gateway.object));
            }
            if hosts.is_empty() {
                let (hops, outcome) = way.follow(None);
                let gateway = way.gateway().map(|gateway| gateway.object);
                put(way.landing(way.path.clone(), None), hops, outcome, gateway);
            }
        }
        if route.value.spec.parent_refs.is_empty() {
            let landing = landing(container.world.cluster, route, "spec".into(), None, None);
            let outcome = not_served("the route names no Gateway, and AKO then does nothing with it");
            put(landing, Vec::new(), outcome, None);
        }
        if is_served {
            output.without_servers.extend(without_servers(container.world.cluster, route));
        }
        pause().await;
    }
}

/// The backends of a route that AKO takes and whose pools are empty although their Services are there.
fn without_servers<'r>(
    cluster: &'r Cluster<'_>,
    route: &'r RouteState<'_>,
) -> impl Iterator<Item = WithoutServers> + use<'r> {
    let rules = route.value.spec.rules.iter().enumerate();
    let references = rules.flat_map(|(rule, value)| {
        value.backend_refs.iter().enumerate().map(move |(at, reference)| (rule, at, reference))
    });
    let namespace = route.object.namespace();
    references.filter_map(move |(rule, at, reference)| {
        let backend = Backend::of(reference, namespace);
        let service = cluster.service(backend.service.0, backend.service.1)?;
        let why = missing_behind_route(cluster, service, backend.port)?;
        if backend_refusal(cluster, namespace, reference).is_some() {
            return None;
        }
        let path = FieldPath::from("spec.rules").index(rule).key("backendRefs").index(at).key("name");
        Some(WithoutServers::backend(route.object, path, service, why))
    })
}

/// Lands every route nowhere, for one reason.
pub fn land_nowhere(container: &Container<'_>, output: &mut Output, reason: &str) {
    for route in container.routes.values() {
        let landing = landing(container.world.cluster, route, "spec".into(), None, None);
        output.land_at((route.object.order, 0), landing, Vec::new(), not_served(reason));
    }
}

fn not_served(reason: impl Into<String>) -> Outcome {
    Outcome::NotServed { reason: reason.into() }
}

fn landing(
    cluster: &Cluster<'_>,
    route: &RouteState<'_>,
    path: FieldPath,
    host: Option<&str>,
    written: Option<&str>,
) -> Landing {
    let object = route.object;
    Landing {
        subject: Subject {
            object: cluster.workspace.key(object),
            address: object.address.clone(),
            path,
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            protocol: None,
            port: None,
            host: host.map(str::to_owned),
        },
        via: Via::GatewayApi,
        hops: Vec::new(),
        outcome: not_served(""),
        intended: intention(cluster.intent("HTTPRoute", object, None, host), written),
    }
}

/// The way of a route over one of its parents.
struct Way<'w, 'a> {
    container: &'w Container<'a>,
    route: &'w RouteState<'a>,
    key: Key<'a>,
    parent: &'a ParentRef,
    /// The field of the parent.
    path: FieldPath,
}

impl<'a> Way<'_, 'a> {
    fn gateway(&self) -> Option<&GatewayState<'a>> {
        self.container.gateways.get(&named(self.parent, self.key))
    }

    fn landing(&self, path: FieldPath, host: Option<&str>) -> Landing {
        landing(self.container.world.cluster, self.route, path, host, self.written())
    }

    /// The setting at the end of the written chain: that of the class, which AKO does not read, or else
    /// that of the Gateway's namespace.
    fn written(&self) -> Option<&'a str> {
        let cluster = self.container.world.cluster;
        let gateway = self.gateway()?;
        let class = gateway.value.spec.gateway_class_name.as_deref().unwrap_or_default();
        let class = self.container.world.classes.get(class);
        let parameters = class.and_then(|(_, class)| class.spec.parameters_ref.as_ref());
        let is_setting = |group: &Option<String>, kind: &Option<String>| {
            (group.as_deref(), kind.as_deref()) == (Some(AKO_GROUP), Some("AviInfraSetting"))
        };
        let by_class = parameters.filter(|parameters| is_setting(&parameters.group, &parameters.kind));
        let by_class = by_class.and_then(|parameters| parameters.name.as_deref());
        by_class.or_else(|| cluster.namespace_setting(gateway.object.namespace()).map(|(_, name)| name))
    }

    /// The hops of a host with the field that names it, or of the listeners' hosts.
    fn follow(&self, host: Option<(&str, &FieldPath)>) -> (Vec<Hop>, Outcome) {
        let cluster = self.container.world.cluster;
        let (namespace, name) = named(self.parent, self.key);
        let route = Some(self.route.object);
        let at = format!("Gateway/{namespace}/{name}");
        let step = |at: String, reason: String, state| hop(at, route, self.path.key("name"), reason, PARENT, state);
        let ends = |mut hops: Vec<Hop>, last: Hop| {
            let outcome = not_served(last.reason.clone());
            hops.push(last);
            (hops, outcome)
        };
        let Some(gateway) = self.gateway() else {
            if cluster.is_external("Gateway", namespace, name) {
                let reason = format!("Gateway `{namespace}/{name}` exists outside this project");
                let target = Target { unknown: true, ..Target::default() };
                return (vec![step(at, reason, HopState::Good)], Outcome::Lands(target));
            }
            let reason = format!("Gateway `{namespace}/{name}` is not defined");
            return ends(Vec::new(), step(at, reason, HopState::Broken));
        };
        let at = cluster.workspace.key(gateway.object);
        let class = gateway.value.spec.gateway_class_name.as_deref().unwrap_or_default();
        let class_at = format!("GatewayClass/{class}");
        let class_hop = |reason: String, state| {
            hop(class_at.clone(), Some(gateway.object), "spec.gatewayClassName", reason, CLASS, state)
        };
        let mut hops = vec![step(at, "the route names it as parent".to_owned(), HopState::Good)];
        if !self.container.is_akos(class) {
            let Some((_, value)) = self.container.world.classes.get(class) else {
                return ends(hops, class_hop(format!("GatewayClass `{class}` is not defined"), HopState::Broken));
            };
            let controller = value.spec.controller_name.as_deref().unwrap_or_default();
            let reason = format!("the controller of `{class}` is `{controller}`, not AKO");
            hops.push(class_hop(reason.clone(), HopState::Broken));
            return (hops, Outcome::NotForAko { reason });
        }
        hops.push(class_hop(format!("the controller of `{class}` is AKO"), HopState::Good));
        if let Some(last) = self.refusal(gateway) {
            return ends(hops, last);
        }
        if let Some(last) = self.missing_host(gateway, host) {
            return ends(hops, last);
        }
        self.arrive(gateway, hops)
    }

    /// Why AKO refuses the Gateway or the route, if it does.
    fn refusal(&self, gateway: &GatewayState<'a>) -> Option<Hop> {
        let (name, object) = (gateway.object.name(), gateway.object);
        let status = gateway.status.as_ref()?;
        let message = |conditions: &[crate::ako::Condition]| {
            conditions.iter().find(|condition| condition.status == "False").map(|condition| condition.message.clone())
        };
        if !status.is_accepted() {
            let is_refused = |conditions: &[crate::ako::Condition]| message(conditions).is_some();
            let index = status.listeners.iter().position(|listener| is_refused(&listener.conditions)).unwrap_or(0);
            let detail = status.listeners.get(index).and_then(|listener| {
                let references = listener.conditions.iter().find(|it| it.condition_type == "ResolvedRefs");
                references.map(|it| it.message.clone()).or_else(|| message(&listener.conditions))
            });
            let text = detail.or_else(|| message(&status.conditions)).unwrap_or_default();
            let reason = format!("AKO refuses Gateway `{name}`: {text}");
            let path = if status.listeners.is_empty() { "spec".to_owned() } else { format!("spec.listeners[{index}]") };
            return Some(hop("no virtual service", Some(object), path.as_str(), reason, GATEWAY, HopState::Broken));
        }
        let own = self.route.parents.as_ref().and_then(|parents| {
            let at = self.route.value.spec.parent_refs.iter().position(|parent| std::ptr::eq(parent, self.parent))?;
            parents.get(at)?.as_ref()
        });
        let text = match own {
            Some(status) => {
                // What is wrong with a rule as a whole stands in `ResolvedRefs` alone.
                let refused = status.conditions.first().filter(|condition| condition.status == "False");
                refused.map(|condition| condition.message.clone())?
            }
            None if self.has_closed_hosts() => "before 1.13.1 AKO takes no wildcard in `hostnames`".to_owned(),
            None => "one of its rules has a session persistence that AKO does not know".to_owned(),
        };
        let reason = format!("AKO refuses the route on Gateway `{name}`: {text}");
        Some(hop("no virtual service", Some(self.route.object), self.path.clone(), reason, PARENT, HopState::Broken))
    }

    /// Whether the route has wildcards that its AKO does not know.
    fn has_closed_hosts(&self) -> bool {
        !self.container.world.cluster.has(Capability::OpenHostnames)
            && self.route.value.spec.hostnames.iter().any(|host| host.contains('*'))
    }

    /// Why the accepted route has no virtual service for a host, if it has none.
    fn missing_host(&self, gateway: &GatewayState<'a>, host: Option<(&str, &FieldPath)>) -> Option<Hop> {
        if is_dedicated(gateway.object) {
            return None;
        }
        let values = &self.container.world.cluster.values;
        let route = Some(self.route.object);
        let mapped = self.route.hosts.get(&named(self.parent, self.key));
        let has = |host: &str| mapped.is_some_and(|hosts| hosts.contains(host));
        if host.map_or_else(|| mapped.is_some_and(|hosts| !hosts.is_empty()), |(host, _)| has(host)) {
            return None;
        }
        let own = gateway.object.namespace();
        let listeners = || gateway.stored.iter().map(|index| &gateway.value.spec.listeners[*index]);
        let broken = |path: FieldPath, reason: String| {
            Some(hop("no virtual service", route, path, reason, MAPPING, HopState::Broken))
        };
        if let Some((host, path)) = host.filter(|(host, _)| !in_sub_domains(values, host)) {
            let reason = format!("host `{host}` ends in none of the cloud's DNS sub-domains, and AKO passes over it");
            return broken(path.clone(), reason);
        }
        let asked: Vec<_> = listeners().filter(|listener| self.parent.asks_for(listener)).collect();
        if asked.is_empty() {
            return broken(self.path.clone(), "the Gateway has no listener that the parent asks for".to_owned());
        }
        if !asked.iter().any(|listener| takes_routes_of(listener, own, self.key.0)) {
            let reason = format!(
                "the listeners of Gateway `{own}/{}` take no routes of namespace `{}`; AKO accepts the route all the same",
                gateway.object.name(),
                self.key.0
            );
            return broken(self.path.clone(), reason);
        }
        let fits = |host: &str| {
            asked.iter().any(|listener| !served(values, listener.hostname.as_deref(), &[host.to_owned()]).is_empty())
        };
        match host {
            Some((host, path)) if !fits(host) => {
                broken(path.clone(), format!("no listener of the Gateway has the host `{host}`"))
            }
            _ => broken(self.path.clone(), "no listener that takes the route has its host".to_owned()),
        }
    }

    /// The VIP: the global network, and of the namespace's setting the SE group.
    fn arrive(&self, gateway: &GatewayState<'a>, mut hops: Vec<Hop>) -> (Vec<Hop>, Outcome) {
        let cluster = self.container.world.cluster;
        let namespace = gateway.object.namespace();
        let resolution = if cluster.has(Capability::GatewayApiSetting) {
            resolve(cluster, None, namespace)
        } else {
            Resolution { choice: Choice::Global, hops: Vec::new(), written: None }
        };
        hops.extend(resolution.hops.iter().cloned());
        let mut segment = resolution.setting_name();
        let key = (namespace, gateway.object.name());
        let name = self.container.names.parent(key, is_dedicated(gateway.object));
        if let Choice::Applies(setting, effective) = &resolution.choice
            && effective.own_networks
        {
            segment = None;
            let reason = format!(
                "AKO takes the SE group of `{}` for a Gateway of Gateway API v1, but never its VIP networks",
                setting.object.name()
            );
            let path = "spec.network.vipNetworks[0]";
            hops.push(hop(
                format!("VirtualService/{name}"),
                Some(setting.object),
                path,
                reason,
                EFFECT,
                HopState::Broken,
            ));
        }
        let reason = "VIPs of Gateway API v1 are always on the global network";
        let values = "NetworkSettings.vipNetworkList";
        hops.push(hop(GLOBAL_NETWORK, cluster.values.file, values, reason, EFFECT, HopState::FallBack));
        let service = gateway.service.as_ref();
        let se_group = service.map(|service| service.se_group.clone()).filter(|group| !group.is_empty());
        let target = Target {
            virtual_service: format!("{}/{name}", cluster.tenant(namespace)),
            segment: segment.map(str::to_owned),
            networks: cluster.values.networks.iter().map(TargetNetwork::from).collect(),
            se_group,
            static_ip: Some(static_ip(gateway.value).to_owned()).filter(|ip| !ip.is_empty()),
            unknown: false,
        };
        (hops, Outcome::Lands(target))
    }
}
