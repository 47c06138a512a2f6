//! The gateway container: what it remembers, and what it does with each object that it comes to see.
//!
//! It keeps statuses and mappings in stores of its own, and much of what goes wrong silently goes wrong
//! because an event that would fill a store never comes. So the events are gone through one by one.
//! Source: AKO 2.2.1 `ako-gateway-api/k8s/gateway_controller.go` (handlers),
//! `ako-gateway-api/k8s/ako_init.go` (`FullSyncK8s`), `ako-gateway-api/nodes/dequeue_ingestion.go`
//! (`DequeueIngestion`), `ako-gateway-api/nodes/gateway_model_rel.go` (mappings).

use std::collections::{BTreeMap, BTreeSet};

use super::graph;
use super::listeners::{GatewayStatus, Surroundings};
use super::names::{GatewayNames, Key};
use super::world::{Event, World};
use crate::ako::moment::Moment;
use crate::ako::status::ParentStatus;
use crate::ako::versions::Capability;
use crate::ako::virtual_service::VirtualService;
use crate::model::gateway_api::http_route::HttpRoute;
use crate::model::{AVI_CONTROLLER, GatewayV1};
use crate::ordered::IntoOrdered;
use crate::pace::pause;
use crate::workspace::Object;

/// What the container knows of a Gateway.
pub struct GatewayState<'a> {
    /// Where it stands.
    pub object: &'a Object,
    /// What it says.
    pub value: &'a GatewayV1,
    /// The status as the container keeps it; `None` before it looked.
    pub status: Option<GatewayStatus>,
    /// The status as it stands in the object.
    pub written: Option<GatewayStatus>,
    /// The listeners that routes are mapped to; empty as long as the Gateway's own event did not pass.
    pub stored: Vec<usize>,
    /// The virtual service with its children.
    pub service: Option<VirtualService>,
}

/// What the container knows of a route.
pub struct RouteState<'a> {
    /// Where it stands.
    pub object: &'a Object,
    /// What it says.
    pub value: &'a HttpRoute,
    /// Its status by parent, `None` for parents that get none; `None` altogether before AKO looked.
    pub parents: Option<Vec<Option<ParentStatus>>>,
    /// The hosts that it serves on each Gateway that it is mapped to.
    pub hosts: BTreeMap<Key<'a>, BTreeSet<String>>,
    /// Its children on each Gateway.
    pub children: BTreeMap<Key<'a>, Vec<String>>,
}

/// The container.
pub struct Container<'a> {
    /// The objects, and when they come.
    pub world: &'a World<'a>,
    /// Names on the Avi Controller.
    pub names: GatewayNames,
    /// Where the container is.
    pub now: Moment,
    /// Whether it has only just started: what it builds is sent when all is built.
    starting: bool,
    /// AKO's classes, as far as their event passed.
    pub classes: BTreeSet<&'a str>,
    /// Gateways.
    pub gateways: BTreeMap<Key<'a>, GatewayState<'a>>,
    /// Routes.
    pub routes: BTreeMap<Key<'a>, RouteState<'a>>,
    /// Routes that a Service's event reaches.
    routes_of_service: BTreeMap<Key<'a>, BTreeSet<Key<'a>>>,
    /// Gateways that a Secret's event reaches.
    gateways_of_secret: BTreeMap<Key<'a>, BTreeSet<Key<'a>>>,
}

impl<'a> Container<'a> {
    /// A container that has seen nothing yet.
    #[must_use]
    pub fn new(world: &'a World<'a>) -> Self {
        let gateway = |(key, (object, value)): (&Key<'a>, &(&'a Object, &'a GatewayV1))| {
            let (object, value) = (*object, *value);
            let (status, written, stored, service) = (None, None, Vec::new(), None);
            (*key, GatewayState { object, value, status, written, stored, service })
        };
        let route = |(key, (object, value)): (&Key<'a>, &(&'a Object, &'a HttpRoute))| {
            let (hosts, children) = (BTreeMap::new(), BTreeMap::new());
            (*key, RouteState { object, value, parents: None, hosts, children })
        };
        Self {
            names: GatewayNames::new(&world.cluster.values.cluster_name, world.cluster.has(Capability::RouteRuleNames)),
            now: 0,
            starting: false,
            classes: BTreeSet::new(),
            gateways: world.gateways.iter().map(gateway).into_map(),
            routes: world.routes.iter().map(route).into_map(),
            routes_of_service: BTreeMap::new(),
            gateways_of_secret: BTreeMap::new(),
            world,
        }
    }

    /// One object after the other, with time to settle.
    pub async fn run(&mut self) {
        let world = self.world;
        for (moment, event) in &world.events {
            self.now = *moment;
            self.see(event);
            pause().await;
        }
    }

    /// All objects are there when the container starts: classes, then Gateways, then routes. Secrets
    /// come as events of their own after that.
    pub async fn start(&mut self) {
        self.starting = true;
        let world = self.world;
        let events = || world.events.iter().map(|(_, event)| event);
        events().filter(|event| matches!(event, Event::Class(..))).for_each(|event| self.see(event));
        let keys: Vec<Key<'a>> = self.gateways.keys().copied().collect();
        for key in &keys {
            self.examine(*key);
        }
        for key in &keys {
            if self.is_accepted(*key) {
                self.store(*key);
                self.build(*key);
            }
        }
        let routes: Vec<Key<'a>> = self.routes.keys().copied().collect();
        for key in routes {
            self.see_route(key);
            pause().await;
        }
        events().filter(|event| matches!(event, Event::Secret(..))).for_each(|event| self.see(event));
        for key in keys {
            self.programme(key);
        }
    }

    fn see(&mut self, event: &Event<'a>) {
        match *event {
            Event::Class(name, class) => {
                if class.spec.controller_name.as_deref() == Some(AVI_CONTROLLER) {
                    self.classes.insert(name);
                }
            }
            Event::Gateway(key) => self.see_gateway(key),
            Event::Route(key) => self.see_route(key),
            Event::Service(key) => self.see_service(key),
            Event::Secret(key) => self.see_secret(key),
            Event::Setting(name) => self.see_setting(name),
        }
    }

    /// Whether a class is known as AKO's by now.
    #[must_use]
    pub fn is_akos(&self, class: &str) -> bool {
        self.classes.contains(class) || self.world.is_assumed_class(class)
    }

    fn see_gateway(&mut self, key: Key<'a>) {
        self.examine(key);
        if !self.is_accepted(key) {
            return;
        }
        self.store(key);
        self.build(key);
        for route in self.routes_to_map(key) {
            self.process(route, key);
        }
    }

    /// Checks a Gateway and writes its status.
    fn examine(&mut self, key: Key<'a>) {
        let around = Seen { world: self.world, now: self.now };
        let Some(state) = self.gateways.get_mut(&key) else { return };
        let before = state.written.clone().unwrap_or_default();
        let status = before.examine(self.world.cluster, &around, state.object, state.value);
        for (index, listener) in state.value.spec.listeners.iter().enumerate() {
            // A Secret that is missing is waited for, by the last Gateway alone that missed it.
            if status.refuses(index) {
                let missing = listener.certificates().iter().filter_map(|certificate| certificate.name.as_deref());
                for name in missing.filter(|name| !around.has_secret(key.0, name)) {
                    self.gateways_of_secret.insert((key.0, name), BTreeSet::from([key]));
                }
            }
        }
        state.status = Some(status.clone());
        state.written = Some(status);
    }

    fn is_accepted(&self, key: Key<'a>) -> bool {
        let status = self.gateways.get(&key).and_then(|state| state.status.as_ref());
        status.is_some_and(GatewayStatus::is_accepted)
    }

    /// Remembers the valid listeners, and the Secrets whose events reach the Gateway (`GatewayGetGw`).
    fn store(&mut self, key: Key<'a>) {
        let Some(state) = self.gateways.get_mut(&key) else { return };
        let Some(status) = &state.status else { return };
        let listeners = &state.value.spec.listeners;
        state.stored = (0..listeners.len()).filter(|index| !status.refuses(*index)).collect();
        for certificate in state.stored.iter().flat_map(|index| listeners[*index].certificates()) {
            let namespace = certificate.namespace.as_deref().unwrap_or(key.0);
            let secret = (namespace, certificate.name.as_deref().unwrap_or_default());
            self.gateways_of_secret.entry(secret).or_default().insert(key);
        }
    }

    /// Builds the parent of a Gateway whose class is AKO's (`handleGateway`).
    fn build(&mut self, key: Key<'a>) {
        let class = self.gateways.get(&key).and_then(|state| state.value.spec.gateway_class_name.as_deref());
        if !self.is_akos(class.unwrap_or_default()) {
            return;
        }
        let known = self.world.known(key.0, self.now);
        let Some(state) = self.gateways.get_mut(&key) else { return };
        let status = state.status.clone().unwrap_or_default();
        let gateway = (state.object, state.value);
        state.service = Some(graph::parent(self.world.cluster, &self.names, gateway, &status, &known));
        if !self.starting {
            self.programme(key);
        }
    }

    /// The virtual service reaches the Avi Controller, which answers.
    fn programme(&mut self, key: Key<'a>) {
        let Some(state) = self.gateways.get_mut(&key) else { return };
        if let (Some(service), Some(status)) = (&state.service, &mut state.status) {
            status.programmed(graph::addresses(service));
            state.written = Some(status.clone());
        }
    }

    /// A setting that AKO accepted brings the Gateways of the namespaces that name it by then.
    fn see_setting(&mut self, name: &str) {
        let world = self.world;
        for object in world.namespaces_of.get(name).into_iter().flatten() {
            if world.moment(object) > self.now {
                continue;
            }
            let first = (object.name(), "");
            let keys = self.gateways.range(first..).map(|(key, _)| *key);
            let keys: Vec<Key<'a>> = keys.take_while(|key| key.0 == object.name()).collect();
            for key in keys {
                if self.world.gateway_moment(key) <= self.now {
                    self.see_gateway(key);
                }
            }
        }
    }

    /// A Service brings the routes that named it when they were taken.
    fn see_service(&mut self, key: Key<'a>) {
        let routes: Vec<Key<'a>> = self.routes_of_service.get(&key).into_iter().flatten().copied().collect();
        for route in routes {
            let gateways: Vec<Key<'a>> =
                self.routes.get(&route).map(|state| state.hosts.keys().copied().collect()).unwrap_or_default();
            for gateway in gateways {
                self.process(route, gateway);
            }
        }
    }

    /// Remembers that a Service's event reaches a route (`HTTPRouteChanges`).
    pub fn map_service(&mut self, service: Key<'a>, route: Key<'a>) {
        self.routes_of_service.entry(service).or_default().insert(route);
    }

    /// A Secret makes valid the listeners that name it, and brings their Gateways
    /// (`ValidateGatewayListenerWithSecret`).
    fn see_secret(&mut self, key: Key<'a>) {
        if self.world.cluster.values.blocked.contains(key.0) {
            return;
        }
        let mut waiting = self.gateways_of_secret.get(&key).cloned().unwrap_or_default();
        waiting.retain(|gateway| self.accept_certificate(*gateway, key));
        for gateway in &waiting {
            let has_service = self.gateways.get(gateway).is_some_and(|state| state.service.is_some());
            if !has_service {
                // The listeners are not stored on this way, so that no host of a route finds one.
                self.build(*gateway);
                for route in self.routes_to_map(*gateway) {
                    self.process(route, *gateway);
                }
            } else if !self.starting {
                // The certificate is added to the virtual service; its ports stay as they are.
                self.programme(*gateway);
            }
        }
        self.gateways_of_secret.insert(key, waiting);
    }

    /// Whether a Gateway has a listener with this Secret; its conditions are then set, but not written.
    fn accept_certificate(&mut self, gateway: Key<'a>, (namespace, name): Key<'a>) -> bool {
        let Some(state) = self.gateways.get_mut(&gateway) else { return false };
        let Some(status) = &mut state.status else { return false };
        let listeners = &state.value.spec.listeners;
        let (mut found, mut valid) = (false, 0);
        for (index, listener) in listeners.iter().enumerate() {
            if let Some(tls) = &listener.tls {
                if tls.mode.as_deref().is_some_and(|mode| mode != "Terminate") || tls.certificate_refs.is_empty() {
                    continue;
                }
                let is_it = tls.certificate_refs.iter().any(|certificate| {
                    certificate.name.as_deref() == Some(name)
                        && certificate.namespace.as_deref().is_none_or(|own| own == namespace)
                });
                if is_it {
                    status.accept_certificate(index);
                    found = true;
                }
            }
            valid += usize::from(!status.refuses(index));
        }
        if found {
            status.accept(valid, listeners.len());
        }
        found
    }
}

/// What is there at a moment.
struct Seen<'w, 'a> {
    world: &'w World<'a>,
    now: Moment,
}

impl Surroundings for Seen<'_, '_> {
    fn has_other_gateway_with(&self, object: &Object, host: &str) -> bool {
        self.world.has_other_gateway_with((object.namespace(), object.name()), host, self.now)
    }

    fn has_overlapping_gateway(&self, object: &Object, host: &str) -> bool {
        self.world.has_overlapping_gateway((object.namespace(), object.name()), host, self.now)
    }

    fn has_secret(&self, namespace: &str, name: &str) -> bool {
        self.world.has_secret((namespace, name), self.now)
    }
}
