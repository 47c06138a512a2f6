//! Which Service serves which listener: protocol and port are compared as text.

use std::collections::{BTreeMap, BTreeSet};

use crate::ako::cluster::ServiceRef;
use crate::ako::layer4::{number, protocol};
use crate::ako::moment::Moment;
use crate::model::Gateway;
use crate::model::services_api::Listener;
use crate::ordered::IntoOrdered;
use crate::workspace::Object;

/// `<protocol>/<port>` as AKO writes it.
pub type Key<'a> = (&'a str, i64);

/// The key of a listener.
#[must_use]
pub fn key(listener: &Listener) -> Key<'_> {
    (listener.protocol.as_deref().unwrap_or_default(), listener.port.unwrap_or_default())
}

/// The Services of a Gateway by listener.
#[derive(Debug)]
pub struct Matches<'a> {
    /// For each listener that a Service port equals: the Services, in order.
    pub claims: BTreeMap<Key<'a>, Vec<ServiceRef<'a>>>,
    /// The listeners' keys.
    pub keys: BTreeSet<Key<'a>>,
    /// The listeners' ports.
    pub ports: BTreeSet<i64>,
    /// The listeners in words: `UDP/161, TCP/80`.
    pub words: String,
}

impl<'a> Matches<'a> {
    /// Matches Services with the listeners of a Gateway.
    #[must_use]
    pub fn new(gateway: &'a Gateway, services: &[ServiceRef<'a>]) -> Self {
        let keys: BTreeSet<Key<'a>> = gateway.spec.listeners.iter().map(key).into_set();
        let ports = keys.iter().map(|key| key.1).into_set();
        let mut matches = Self { claims: BTreeMap::new(), keys, ports, words: in_words(gateway) };
        for service in services {
            for port in &service.1.spec.ports {
                let key = (protocol(port), number(port));
                if !matches.keys.contains(&key) {
                    continue;
                }
                let claims = matches.claims.entry(key).or_default();
                // A Service's own ports come one after another.
                if claims.last().is_none_or(|last| last.0.order != service.0.order) {
                    claims.push(*service);
                }
            }
        }
        matches
    }

    /// The one Service of a listener; of two, AKO serves neither.
    #[must_use]
    pub fn server(&self, key: Key<'_>) -> Option<ServiceRef<'a>> {
        match self.claims.get(&key).map(Vec::as_slice) {
            Some([service]) => Some(*service),
            _ => None,
        }
    }

    /// Listeners with their one Service, in the order of the Gateway; a listener that is written
    /// twice comes twice.
    pub fn served<'g: 'a>(&self, gateway: &'g Gateway) -> impl Iterator<Item = (&'g Listener, ServiceRef<'a>)> {
        gateway.spec.listeners.iter().filter_map(|listener| Some((listener, self.server(key(listener))?)))
    }

    /// What two Services on one listener do to the statuses.
    ///
    /// The conflict itself sets all listeners to not ready and empties the status of those who lose a
    /// pool; a Service that comes later and is served has everything written again.
    #[must_use]
    pub fn aftermath(&self, seen: impl Fn(&Object) -> Moment) -> Aftermath {
        let (conflicts, single): (Vec<_>, Vec<_>) = self.claims.values().partition(|claims| claims.len() > 1);
        let last =
            |claims: &[&Vec<ServiceRef<'_>>]| claims.iter().copied().flatten().map(|service| seen(service.0)).max();
        let losers: BTreeSet<usize> = conflicts.iter().copied().flatten().map(|service| service.0.order).into_set();
        let Some(last_conflict) = last(&conflicts) else { return Aftermath::default() };
        let served = last(&single);
        if served > Some(last_conflict) { Aftermath::default() } else { Aftermath { not_ready: true, losers } }
    }
}

/// See [`Matches::aftermath`].
#[derive(Debug, Default)]
pub struct Aftermath {
    /// All listeners say that they are not ready.
    pub not_ready: bool,
    /// Services (by order) whose status stays empty.
    pub losers: BTreeSet<usize>,
}

/// The listeners of a Gateway in words: `UDP/161, TCP/80`.
#[must_use]
fn in_words(gateway: &Gateway) -> String {
    const MOST: usize = 8;
    let listeners = &gateway.spec.listeners;
    let mut words: Vec<String> = listeners
        .iter()
        .take(MOST)
        .map(|listener| {
            let (protocol, port) = key(listener);
            format!("{protocol}/{port}")
        })
        .collect();
    if listeners.len() > MOST {
        words.push(format!("{} more", listeners.len() - MOST));
    }
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
