//! The objects that the gateway container sees, and the order in which they come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::hosts::fits;
use super::names::Key;
use crate::ako::cluster::Cluster;
use crate::ako::moment::{Known, Moment};
use crate::ako::versions::Capability;
use crate::model::gateway_api::CHART_GATEWAY_CLASS;
use crate::model::{GatewayClassV1, GatewayV1, HttpRoute, Kind};
use crate::ordered::{IntoOrdered, sort_by_key};
use crate::workspace::Object;

/// In which order objects come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the timing of the prediction has them.
    Given,
    /// What is needed first comes first, as the export has it.
    Safe,
}

/// An object that the container comes to see.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// A class.
    Class(&'a str, &'a GatewayClassV1),
    /// A Gateway.
    Gateway(Key<'a>),
    /// A route.
    Route(Key<'a>),
    /// A Service.
    Service(Key<'a>),
    /// A Secret.
    Secret(Key<'a>),
    /// An AviInfraSetting that AKO accepts.
    Setting(&'a str),
}

/// The objects with their moments.
pub struct World<'a> {
    /// The indexed workspace.
    pub cluster: &'a Cluster<'a>,
    /// In which order they come.
    order: Order,
    /// Gateways by namespace and name.
    pub gateways: BTreeMap<Key<'a>, (&'a Object, &'a GatewayV1)>,
    /// Routes by namespace and name.
    pub routes: BTreeMap<Key<'a>, (&'a Object, &'a HttpRoute)>,
    /// Classes by name.
    pub classes: BTreeMap<&'a str, (&'a Object, &'a GatewayClassV1)>,
    /// The routes that name a Gateway, in order of their names.
    pub routes_of: BTreeMap<Key<'a>, Vec<Key<'a>>>,
    /// The namespaces that name a setting.
    pub namespaces_of: BTreeMap<&'a str, Vec<&'a Object>>,
    /// What comes, in order.
    pub events: Vec<(Moment, Event<'a>)>,
    secrets: BTreeMap<Key<'a>, Moment>,
    /// By namespace and host the first two Gateways that have it.
    hosts: BTreeMap<Key<'a>, Vec<(Moment, &'a str)>>,
}

impl<'a> World<'a> {
    /// Indexes the objects.
    #[must_use]
    pub fn new(cluster: &'a Cluster<'a>, order: Order) -> Self {
        let workspace = cluster.workspace;
        let key = |object: &'a Object| (object.namespace(), object.name());
        let mut world = Self {
            cluster,
            order,
            gateways: workspace.all::<GatewayV1>().map(|gateway| (key(gateway.0), gateway)).into_map(),
            routes: workspace.all::<HttpRoute>().map(|route| (key(route.0), route)).into_map(),
            classes: workspace.all::<GatewayClassV1>().map(|class| (class.0.name(), class)).into_map(),
            routes_of: BTreeMap::new(),
            namespaces_of: BTreeMap::new(),
            events: Vec::new(),
            secrets: BTreeMap::new(),
            hosts: BTreeMap::new(),
        };
        let is_secret = |object: &&Object| object.kind == Kind::Foreign && object.identity.kind == "Secret";
        for object in workspace.objects().iter().filter(is_secret) {
            let moment = world.moment(object);
            if let Entry::Vacant(entry) = world.secrets.entry(key(object)) {
                entry.insert(moment);
                world.events.push((moment, Event::Secret(key(object))));
            }
        }
        for (object, setting) in cluster.namespaces_with_setting() {
            world.namespaces_of.entry(setting).or_default().push(object);
        }
        world.collect_routes();
        world.collect_hosts();
        world.collect_events();
        world
    }

    fn collect_routes(&mut self) {
        for (key, (_, route)) in &self.routes {
            for parent in &route.spec.parent_refs {
                let namespace = parent.namespace.as_deref().unwrap_or(key.0);
                let routes = self.routes_of.entry((namespace, parent.name.as_deref().unwrap_or_default())).or_default();
                if routes.last() != Some(key) {
                    routes.push(*key);
                }
            }
        }
    }

    fn collect_hosts(&mut self) {
        for (key, (object, gateway)) in &self.gateways {
            let moment = self.moment(object);
            for host in gateway.spec.listeners.iter().filter_map(|listener| listener.hostname.as_deref()) {
                let own = self.hosts.entry((key.0, host)).or_default();
                if own.iter().all(|(_, name)| *name != key.1) {
                    let this = (moment, key.1);
                    own.insert(own.partition_point(|other| *other < this), this);
                    own.truncate(2);
                }
            }
        }
    }

    fn collect_events(&mut self) {
        let mut events = std::mem::take(&mut self.events);
        let classes = self.classes.iter().map(|(name, (object, class))| (*object, Event::Class(name, class)));
        let gateways = self.gateways.iter().map(|(key, (object, _))| (*object, Event::Gateway(*key)));
        let routes = self.routes.iter().map(|(key, (object, _))| (*object, Event::Route(*key)));
        let services = self.cluster.services.iter();
        let services = services.map(|(object, _)| (*object, Event::Service((object.namespace(), object.name()))));
        let settings = self.cluster.settings.iter().filter(|(_, setting)| setting.verdict.is_ok());
        let settings = settings.map(|(name, setting)| (setting.object, Event::Setting(name)));
        let all = classes.chain(gateways).chain(routes).chain(services).chain(settings);
        events.extend(all.map(|(object, event)| (self.moment(object), event)));
        sort_by_key(&mut events, |(moment, _)| *moment);
        self.events = events;
    }

    /// When an object comes.
    #[must_use]
    pub fn moment(&self, object: &Object) -> Moment {
        match self.order {
            Order::Given => self.cluster.seen(object),
            Order::Safe => object.kind.apply_rank() * self.cluster.workspace.objects().len() + object.order,
        }
    }

    /// When a Gateway comes; never for one that is not here.
    #[must_use]
    pub fn gateway_moment(&self, key: Key<'_>) -> Moment {
        self.gateways.get(&key).map_or(Moment::MAX, |(object, _)| self.moment(object))
    }

    /// What AKO knows of the setting of a namespace.
    #[must_use]
    pub fn known(&self, namespace: &str, now: Moment) -> Known<'a> {
        if !self.cluster.has(Capability::GatewayApiSetting) {
            return Known::Global;
        }
        let moment = if self.order == Order::Safe { Moment::MAX } else { now };
        self.cluster.known(None, namespace, moment)
    }

    /// Whether another Gateway of the namespace is there that has a listener of this host.
    #[must_use]
    pub fn has_other_gateway_with(&self, (namespace, name): Key<'_>, host: &str, now: Moment) -> bool {
        let own = self.hosts.get(&(namespace, host)).map_or(&[][..], Vec::as_slice);
        own.iter().any(|(moment, other)| *other != name && *moment <= now)
    }

    /// The same, with each host that fits this one by a wildcard of either.
    #[must_use]
    pub fn has_overlapping_gateway(&self, (namespace, name): Key<'_>, host: &str, now: Moment) -> bool {
        let own = self.hosts.range((namespace, "")..).take_while(|((other, _), _)| *other == namespace);
        own.filter(|((_, other), _)| fits(host, other) || fits(other, host))
            .flat_map(|(_, gateways)| gateways)
            .any(|(moment, other)| *other != name && *moment <= now)
    }

    /// Whether a Secret is there.
    #[must_use]
    pub fn has_secret(&self, key: Key<'_>, now: Moment) -> bool {
        self.secrets.get(&key).is_some_and(|moment| *moment <= now) || self.cluster.is_external("Secret", key.0, key.1)
    }

    /// Whether a Service is there.
    #[must_use]
    pub fn has_service(&self, (namespace, name): Key<'_>, now: Moment) -> bool {
        self.cluster.service(namespace, name).is_some_and(|(object, _)| self.moment(object) <= now)
    }

    /// Whether a class that is not in this project is taken for AKO's: that of the chart, and one of
    /// which the settings say that it exists.
    #[must_use]
    pub fn is_assumed_class(&self, name: &str) -> bool {
        !self.classes.contains_key(name)
            && (name == CHART_GATEWAY_CLASS || self.cluster.is_external("GatewayClass", "", name))
    }
}
