//! What the container does with an HTTPRoute: whether its parents take it, and which children it gets.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/nodes/route_validator.go` (`IsHTTPRouteValid`,
//! `validateParentReference`), `gateway_model_rel.go` (`HTTPRouteToGateway`,
//! `validateReferredHTTPRoute`) and `avi_model_l7_translator.go` (`ProcessL7Routes`).

use std::collections::{BTreeMap, BTreeSet};

use super::container::Container;
use super::graph::{Backend, Builder};
use super::hosts::{accepts, served};
use super::listeners::{JSON, is_dedicated};
use super::names::Key;
use super::rules::{RuleRefusal, all_resolved, backends, rule_refusal};
use crate::ako::messages::{self, Message};
use crate::ako::status::{Condition, ParentRefStatus, ParentStatus};
use crate::ako::versions::Capability;
use crate::model::gateway_api::GATEWAY_API_GROUP;
use crate::model::gateway_api::Listener;
use crate::model::gateway_api::http_route::{HttpRoute, ParentRef, RouteRule};

/// The hosts of a route so far: parents of one name share them, whatever their namespaces.
type HostsByName<'a> = BTreeMap<&'a str, BTreeSet<String>>;

impl<'a> Container<'a> {
    /// A route comes.
    pub fn see_route(&mut self, key: Key<'a>) {
        let Some(value) = self.routes.get(&key).map(|state| state.value) else { return };
        let count = value.spec.parent_refs.len();
        let cluster = self.world.cluster;
        let is_open = || value.spec.hostnames.iter().any(|host| host.contains('*'));
        // AKO 1.12 tells it in an event alone.
        if count == 0 || !cluster.has(Capability::OpenHostnames) && is_open() {
            return;
        }
        let refusal = value.spec.rules.iter().find_map(|rule| rule_refusal(self.world.cluster, key.0, rule));
        let parents: Vec<Option<ParentStatus>> = (0..count)
            .map(|index| match &refusal {
                None => self.validate(key, &value.spec.parent_refs[index]),
                Some(RuleRefusal::Told(condition)) => self.told(key, &value.spec.parent_refs[index], condition),
                Some(RuleRefusal::Silent) => None,
            })
            .collect();
        let taken = refusal.is_none() && parents.iter().flatten().any(is_accepted);
        if let Some(state) = self.routes.get_mut(&key) {
            state.parents = Some(parents);
        }
        if !taken {
            return;
        }
        let (mut gateways, mut known) = (Vec::new(), BTreeSet::new());
        let mut by_name = HostsByName::new();
        for index in 0..count {
            let gateway = self.map(key, index, &mut by_name);
            gateways.extend(gateway.filter(|gateway| known.insert(*gateway)));
        }
        for backend in value.spec.rules.iter().flat_map(|rule| &rule.backend_refs) {
            self.map_service(Backend::of(backend, key.0).service, key);
        }
        for gateway in gateways {
            self.process(key, gateway);
        }
    }

    /// The routes that a Gateway brings: those that AKO has looked at and that name it, from the
    /// Gateway's namespace or, where a listener takes all, from every one (`GatewayToRoutes`).
    pub fn routes_to_map(&mut self, gateway: Key<'a>) -> Vec<Key<'a>> {
        let world = self.world;
        let Some((_, value)) = world.gateways.get(&gateway) else { return Vec::new() };
        let from_all = value.spec.listeners.iter().any(|listener| listener.routes_from() == "All");
        let mut taken = Vec::new();
        for route in world.routes_of.get(&gateway).into_iter().flatten().copied() {
            let Some(state) = self.routes.get(&route) else { continue };
            if state.parents.is_none() || !(from_all || route.0 == gateway.0) {
                continue;
            }
            let parents = &state.value.spec.parent_refs;
            let own: Vec<usize> =
                (0..parents.len()).filter(|index| named(&parents[*index], route) == gateway).collect();
            let mut is_taken = false;
            for index in &own {
                let status = self.validate(route, &parents[*index]);
                is_taken |= status.as_ref().is_some_and(is_accepted);
                if let Some(slot) = self.parent_mut(route, *index) {
                    *slot = status;
                }
            }
            if is_taken {
                let mut by_name = HostsByName::new();
                for index in own {
                    self.map(route, index, &mut by_name);
                }
                taken.push(route);
            }
        }
        taken
    }

    fn parent_mut(&mut self, route: Key<'a>, index: usize) -> Option<&mut Option<ParentStatus>> {
        self.routes.get_mut(&route)?.parents.as_mut()?.get_mut(index)
    }

    /// Whether the parent's Gateway is there and AKO's, and its key.
    fn akos_gateway(&self, route: Key<'a>, parent: &'a ParentRef) -> Option<Key<'a>> {
        let key = named(parent, route);
        let state = self.gateways.get(&key).filter(|_| self.world.gateway_moment(key) <= self.now)?;
        self.is_akos(state.value.spec.gateway_class_name.as_deref().unwrap_or_default()).then_some(key)
    }

    /// A condition about a rule, told to a parent that is AKO's.
    fn told(&self, route: Key<'a>, parent: &'a ParentRef, condition: &Condition) -> Option<ParentStatus> {
        let gateway = self.akos_gateway(route, parent)?;
        Some(status(gateway, parent, condition.clone()))
    }

    /// AKO's checks of one parent in AKO's order; the first failure counts. A parent that is taken is
    /// counted on every listener that fits, also on those that AKO refuses.
    fn validate(&mut self, route: Key<'a>, parent: &'a ParentRef) -> Option<ParentStatus> {
        let gateway = self.akos_gateway(route, parent)?;
        let value = self.routes.get(&route)?.value;
        let condition = match self.refusal(route, value, parent, gateway) {
            Ok(fitting) => {
                let state = self.gateways.get_mut(&gateway)?;
                let status = state.status.as_mut()?;
                for index in fitting {
                    let attached = status.listeners.get_mut(index).and_then(|own| own.attached_routes.as_mut());
                    if let Some(attached) = attached {
                        *attached += 1;
                    }
                }
                state.written = Some(status.clone());
                Condition::of("Accepted", "True", &messages::PARENT_VALID, &[])
            }
            Err((message, values)) if self.world.cluster.has(Capability::ListenerByListener) => {
                Condition::of("Accepted", "False", message, &values)
            }
            // Until AKO 1.12 there was one reason for everything.
            Err((message, values)) => Condition::new("Accepted", "False", "Invalid", message.with(&values)),
        };
        Some(status(gateway, parent, condition))
    }

    /// The listeners that fit a route, or the condition's message with its values.
    fn refusal<'n>(
        &self,
        (namespace, name): Key<'n>,
        value: &HttpRoute,
        parent: &ParentRef,
        gateway: Key<'n>,
    ) -> Result<Vec<usize>, (&'static Message, Vec<&'n str>)> {
        let own = gateway.1;
        let state = self.gateways.get(&gateway);
        let status = state.and_then(|state| state.status.as_ref());
        let (Some(state), Some(status)) = (state, status) else {
            return Err((&messages::GATEWAY_NOT_PROCESSED, vec![own, own]));
        };
        let dedicated = is_dedicated(state.object);
        if dedicated {
            if value.spec.parent_refs.len() > 1 {
                return Err((&messages::DEDICATED_SEVERAL_PARENTS, Vec::new()));
            }
            if gateway.0 != namespace {
                return Err((&messages::DEDICATED_OTHER_NAMESPACE, vec![own, name]));
            }
            if !value.spec.hostnames.is_empty() {
                return Err((&messages::DEDICATED_HOSTNAMES, Vec::new()));
            }
        }
        let tenant = |namespace| self.world.cluster.tenant(namespace);
        if tenant(gateway.0) != tenant(namespace) {
            return Err((&messages::TENANT_MISMATCH, vec![name, own]));
        }
        if !status.is_accepted() {
            return Err((&messages::GATEWAY_INVALID, vec![own]));
        }
        let listeners = &state.value.spec.listeners;
        let asked: Vec<usize> = match parent.section_name.as_deref() {
            None => (0..listeners.len()).collect(),
            Some(section) => {
                let found = listeners.iter().position(|listener| listener.name.as_deref() == Some(section));
                let index = found.ok_or((&messages::LISTENER_NAME_INVALID, Vec::new()))?;
                if status.refuses(index) {
                    return Err((&messages::MATCHING_LISTENER_INVALID, Vec::new()));
                }
                vec![index]
            }
        };
        let hosts = &value.spec.hostnames;
        let fits = |index: &usize| dedicated || accepts(listeners[*index].hostname.as_deref(), hosts);
        let fitting: Vec<usize> = asked.into_iter().filter(fits).collect();
        if fitting.is_empty() {
            return Err((&messages::HOSTNAMES_DO_NOT_MATCH, Vec::new()));
        }
        let is_full = |index: &usize| status.listeners[*index].attached_routes.is_some_and(|count| count > 0);
        if dedicated && fitting.iter().any(is_full) {
            return Err((&messages::DEDICATED_SECOND_ROUTE, Vec::new()));
        }
        Ok(fitting)
    }

    /// Maps a route to the Gateway of a parent that took it: the hosts come from the listeners that the
    /// container stored, that allow the route's namespace, and that the parent asks for. Nothing tells
    /// when none is left (`parentRefGatewayMappings`).
    fn map(&mut self, route: Key<'a>, index: usize, by_name: &mut HostsByName<'a>) -> Option<Key<'a>> {
        let state = self.routes.get_mut(&route)?;
        let parent = &state.value.spec.parent_refs[index];
        state.parents.as_ref()?.get(index)?.as_ref().filter(|status| is_accepted(status))?;
        let key = named(parent, route);
        let gateway = self.gateways.get(&key)?;
        let hosts = by_name.entry(key.1).or_default();
        for listener in gateway.stored.iter().map(|index| &gateway.value.spec.listeners[*index]) {
            if takes_routes_of(listener, key.0, route.0) && parent.asks_for(listener) {
                let values = &self.world.cluster.values;
                hosts.extend(served(values, listener.hostname.as_deref(), &state.value.spec.hostnames));
            }
        }
        state.hosts.insert(key, hosts.clone());
        Some(key)
    }

    /// Builds what a route gets on a Gateway that has a virtual service (`ProcessL7Routes`).
    pub fn process(&mut self, route: Key<'a>, gateway: Key<'a>) {
        let (Some(state), Some(parent)) = (self.routes.get_mut(&route), self.gateways.get_mut(&gateway)) else {
            return;
        };
        let Some(service) = &mut parent.service else { return };
        let cluster = self.world.cluster;
        let default_rule = [RouteRule::default()];
        let rules = if state.value.spec.rules.is_empty() { &default_rule[..] } else { &state.value.spec.rules };
        let mut resolved = all_resolved();
        let now = self.now;
        let exists = |key: Key<'_>| self.world.has_service(key, now);
        let builder = Builder { cluster, names: &self.names, gateway, route };
        let has_hosts = state.hosts.get(&gateway).is_some_and(|hosts| !hosts.is_empty());
        let mut children = Vec::new();
        if service.dedicated {
            service.pools.clear();
            service.pool_groups.clear();
        }
        for rule in rules {
            let backends = backends(cluster, route.0, rule, &mut resolved);
            if service.dedicated {
                builder.dedicated(service, rule, &backends, exists);
            } else if has_hosts {
                let (name, child) = builder.child(rule, &backends, exists);
                service.children.insert(name.clone(), child);
                children.push(name);
            }
        }
        for stale in state.children.remove(&gateway).into_iter().flatten().filter(|name| !children.contains(name)) {
            service.children.remove(&stale);
        }
        let is_built = !children.is_empty();
        state.children.insert(gateway, children);
        for status in state.parents.iter_mut().flatten().flatten() {
            resolved.clone().set_in(&mut status.conditions);
            let is_its = (status.parent_ref.namespace.as_str(), status.parent_ref.name.as_str()) == gateway;
            if is_built && is_its && is_accepted(status) {
                Condition::new("Accepted", "True", "Accepted", JSON).set_in(&mut status.conditions);
            }
        }
    }
}

/// The Gateway that a parent names.
#[must_use]
pub fn named<'a>(parent: &'a ParentRef, route: Key<'a>) -> Key<'a> {
    (parent.namespace.as_deref().unwrap_or(route.0), parent.name.as_deref().unwrap_or_default())
}

fn is_accepted(status: &ParentStatus) -> bool {
    status
        .conditions
        .first()
        .is_some_and(|condition| condition.condition_type == "Accepted" && condition.status == "True")
}

fn status(gateway: Key<'_>, parent: &ParentRef, condition: Condition) -> ParentStatus {
    let (namespace, name) = (gateway.0.to_owned(), gateway.1.to_owned());
    let parent_ref = ParentRefStatus { name, namespace, section_name: parent.section_name.clone() };
    ParentStatus { parent_ref, conditions: vec![condition] }
}

/// Whether a listener takes routes of a namespace: `Selector` AKO does not evaluate, and takes none.
#[must_use]
pub fn takes_routes_of(listener: &Listener, own: &str, namespace: &str) -> bool {
    let takes_kind = listener.allowed_routes.as_ref().is_none_or(|allowed| {
        allowed.kinds.is_empty()
            || allowed.kinds.iter().any(|kind| {
                // The empty group is taken for the core group here, though it was found valid before.
                kind.kind.as_deref() == Some("HTTPRoute")
                    && kind.group.as_deref().is_none_or(|group| group == GATEWAY_API_GROUP)
            })
    });
    takes_kind
        && match listener.routes_from() {
            "All" => true,
            "Same" => own == namespace,
            _ => false,
        }
}
