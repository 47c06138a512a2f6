//! The state after a change: what was, what comes new, and what AKO forgets to follow.

use std::collections::{BTreeMap, BTreeSet};

use super::{Changes, Status, Unit};
use crate::ako::cluster::Cluster;
use crate::ako::ingress::is_taken;
use crate::ako::landing::{HopState, Landing};
use crate::ako::sent::{self, Stage, Vip};
use crate::ako::status::IngressPoint;
use crate::ako::trace::hop;
use crate::ako::virtual_service::VirtualService;
use crate::ako::{ObjectStatus, Prediction, Run};
use crate::model::{Ingress, Kind};
use crate::ordered::IntoOrdered;
use crate::pace::finish;

/// What makes AKO look again.
const NO_EVENT: &str = "AKO 2.2.1 internal/nodes/ingress_model_rel.go SupportedGraphTypes";

/// A prediction before and after the change, with what an event reached.
struct Merge<'a> {
    changes: &'a Changes,
    old: &'a Run,
    new: &'a Run,
    /// Virtual services of units that an event reached.
    reached: BTreeSet<&'a str>,
    /// Objects with a status of such units.
    reached_objects: BTreeSet<&'a str>,
    /// Units before, by the objects that have a status of theirs.
    old_units: BTreeMap<&'a str, &'a Unit>,
    several_networks: bool,
    cluster: &'a Cluster<'a>,
}

/// Merges the state before with the one that the new manifests alone would give.
pub(super) fn merge(cluster: &Cluster<'_>, old: &Run, new: Run) -> Prediction {
    if new.prediction.crash.is_some() {
        return new.prediction;
    }
    let changes = &cluster.changes;
    let units = || old.memory.units.iter().chain(&new.memory.units).filter(|unit| changes.reach(unit));
    let mut reached: BTreeSet<&str> = units().flat_map(|unit| &unit.services).map(String::as_str).into_set();
    let told: BTreeSet<&String> =
        old.memory.units.iter().chain(&new.memory.units).flat_map(|unit| &unit.services).into_set();
    let all = old.prediction.virtual_services.keys().chain(new.prediction.virtual_services.keys());
    // Of a path that tells nothing, everything counts as looked at again.
    reached.extend(all.filter(|key| !told.contains(key)).map(String::as_str));
    let reached_objects = units().flat_map(|unit| &unit.statuses).map(Status::key).into_set();
    let mut old_units = BTreeMap::new();
    for unit in &old.memory.units {
        old_units.extend(unit.statuses.iter().map(|status| (status.key(), unit)));
    }
    let merge = Merge {
        changes,
        old,
        new: &new,
        reached,
        reached_objects,
        old_units,
        several_networks: cluster.values.several_networks,
        cluster,
    };
    let (services, vips) = merge.services();
    let objects = merge.objects(&services);
    let sent = finish(sent::collect(&services, &vips, merge.several_networks));
    let landings = merge.landings();
    Prediction { objects, virtual_services: services, sent, landings, ..new.prediction }
}

impl Merge<'_> {
    fn services(&self) -> (BTreeMap<String, VirtualService>, BTreeMap<String, Vip>) {
        let (old, new) = (&self.old.prediction.virtual_services, &self.new.prediction.virtual_services);
        let mut services = BTreeMap::new();
        let mut vips = BTreeMap::new();
        for key in old.keys().chain(new.keys()).into_set() {
            let (before, after) = (old.get(key), new.get(key));
            let service = match (before, after) {
                (Some(before), _) if !self.reached.contains(key.as_str()) => Some(before.clone()),
                (None, _) if !self.reached.contains(key.as_str()) => None,
                (_, Some(after)) => Some(after.clone()),
                (before, None) => before.filter(|before| before.shared_vs).map(emptied),
            };
            let Some(service) = service else { continue };
            if let Some(vip) = self.vip(key, before, &service) {
                vips.insert(key.clone(), vip);
            }
            services.insert(key.clone(), service);
        }
        (services, vips)
    }

    /// The VIP: an update of the one that is there, else created as the new run has it.
    fn vip(&self, key: &str, before: Option<&VirtualService>, service: &VirtualService) -> Option<Vip> {
        let created = |service| Stage::of(service).map(|stage| Vip::create(stage, self.several_networks));
        let Some(before) = before else { return self.new.memory.vips.get(key).cloned() };
        let mut vip = self.old.memory.vips.get(key).cloned().or_else(|| created(before))?;
        let (wanted, stage) = (Stage::of(before)?, Stage::of(service)?);
        if wanted != stage || vip.is_refused() {
            vip.update(stage, self.several_networks);
        }
        Some(vip)
    }

    /// What no event reaches lands where it did.
    fn landings(&self) -> Vec<Landing> {
        let old = self.old.prediction.landings.iter();
        let old: BTreeMap<_, _> = old
            .map(|landing| ((&landing.subject.object, landing.subject.path.to_string()), &landing.outcome))
            .into_map();
        let mut landings = self.new.prediction.landings.clone();
        for landing in &mut landings {
            if self.reached_objects.contains(landing.subject.object.as_str()) {
                continue;
            }
            let key = (&landing.subject.object, landing.subject.path.to_string());
            if let Some(outcome) = old.get(&key).filter(|outcome| ***outcome != landing.outcome) {
                let reason = "no event of this change makes AKO look again, so it stays as it was until AKO restarts";
                landing.hops.push(hop("as before the change", None, "", reason, NO_EVENT, HopState::Broken));
                landing.outcome = (*outcome).clone();
            }
        }
        landings
    }

    fn objects(&self, services: &BTreeMap<String, VirtualService>) -> BTreeMap<String, ObjectStatus> {
        let (old, new) = (&self.old.prediction.objects, &self.new.prediction.objects);
        let losers = without_a_pool(&self.old.prediction.virtual_services, services);
        let mut objects = new.clone();
        let mut written: BTreeSet<&str> = BTreeSet::new();
        for unit in &self.new.memory.units {
            for status in &unit.statuses {
                let key = status.key();
                let value = if self.reached_objects.contains(key) {
                    self.status(status, unit, services, &losers)
                } else if written.contains(key) {
                    continue;
                } else {
                    old.get(key).cloned()
                };
                written.insert(key);
                match value {
                    Some(value) => objects.insert(key.to_owned(), value),
                    None => objects.remove(key),
                };
            }
        }
        objects
    }

    /// The status of an object that an event reached.
    fn status(
        &self,
        status: &Status,
        unit: &Unit,
        services: &BTreeMap<String, VirtualService>,
        losers: &BTreeSet<&str>,
    ) -> Option<ObjectStatus> {
        let (old, new) = (self.old.prediction.objects.get(status.key()), self.new.prediction.objects.get(status.key()));
        let is_rewritten = || unit.services.iter().any(|key| self.is_rewritten(key, services.get(key)));
        match status {
            Status::Gateway(_) => {
                let lives = unit.services.iter().any(|key| services.contains_key(key));
                new.map(|new| gateway(old, new, self.is_own_event(status, unit), lives, is_rewritten()))
            }
            Status::OfService(_) if old.is_none() || is_rewritten() => new.cloned(),
            Status::OfService(_) => new.and(old).cloned(),
            Status::OfPools(key) if key.split_once('/').is_some_and(|(_, name)| losers.contains(name)) => None,
            Status::OfPools(_) | Status::Whole(_) => new.cloned(),
            Status::Ingress(key) => ingress(new, self.kept_points(key)),
        }
    }

    /// What stays in an Ingress' status of hosts that AKO programs no more: it takes a host back only
    /// where the rule, the class or the namespace is gone, or a virtual service that was the host's own
    /// (AKO 2.2.1 `internal/status/ing_status.go` `deleteObject`).
    fn kept_points(&self, key: &str) -> Vec<IngressPoint> {
        let Some(ObjectStatus::LoadBalancer { ingress: points }) = self.old.prediction.objects.get(key) else {
            return Vec::new();
        };
        let mut parts = key.split('/').skip(1);
        let (namespace, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some((object, value)) = self.cluster.workspace.get::<Ingress>(namespace, name) else { return Vec::new() };
        if !is_taken(self.cluster, object, value) {
            return Vec::new();
        }
        let old_services = self.old_units.get(key).into_iter().flat_map(|unit| &unit.services);
        let mut services = old_services.filter_map(|service| self.old_service(service));
        if !services.any(|service| service.shared_vs && !service.evh_parent) {
            return Vec::new();
        }
        let hosts: BTreeSet<&str> = value.spec.rules.iter().filter_map(|rule| rule.host.as_deref()).into_set();
        let mut kept = points.clone();
        kept.retain(|point| point.hostname.as_deref().is_some_and(|host| hosts.contains(host)));
        kept
    }

    fn old_service(&self, key: &str) -> Option<&VirtualService> {
        self.old.prediction.virtual_services.get(key)
    }

    /// Whether AKO sends a virtual service: the VIP has a request of its own.
    fn is_rewritten(&self, key: &str, service: Option<&VirtualService>) -> bool {
        let without_vip = |service: &VirtualService| VirtualService { vs_vip: None, ..service.clone() };
        self.old_service(key).map(without_vip) != service.map(without_vip)
    }

    fn is_own_event(&self, status: &Status, unit: &Unit) -> bool {
        let name = status.key();
        unit.events.iter().any(|event| {
            let (kind, namespace, own) = event;
            self.changes.events.contains(event)
                && *kind == Kind::Gateway
                && name.ends_with(&format!("/{namespace}/{own}"))
        })
    }
}

/// Services that lose a pool, as `namespace/name`. A pool that goes takes the status of its Services with
/// it, though another one may serve them (AKO 2.2.1 `internal/rest/avi_obj_pool.go` `AviPoolCacheDel`).
fn without_a_pool<'a>(
    old: &'a BTreeMap<String, VirtualService>,
    services: &BTreeMap<String, VirtualService>,
) -> BTreeSet<&'a str> {
    let pools = old.iter().flat_map(|(key, before)| {
        let after = services.get(key);
        let is_gone = move |pool: &&String| after.is_none_or(|after| !after.pools.contains_key(*pool));
        before.pools.iter().filter(move |(name, _)| is_gone(name))
    });
    pools.flat_map(|(_, pool)| &pool.services).map(String::as_str).into_set()
}

/// An Ingress' status: the new points, and of the hosts that have none the old ones.
fn ingress(new: Option<&ObjectStatus>, kept: Vec<IngressPoint>) -> Option<ObjectStatus> {
    let mut points = match new {
        Some(ObjectStatus::LoadBalancer { ingress }) => ingress.clone(),
        _ => Vec::new(),
    };
    let hosts: BTreeSet<Option<String>> = points.iter().map(|point| point.hostname.clone()).into_set();
    points.extend(kept.into_iter().filter(|point| !hosts.contains(&point.hostname)));
    (!points.is_empty()).then_some(ObjectStatus::LoadBalancer { ingress: points })
}

/// A shared virtual service outlives its hosts, with the name that is its own.
fn emptied(service: &VirtualService) -> VirtualService {
    let mut shell = service.clone();
    shell.pools.clear();
    shell.pool_groups.clear();
    shell.children.clear();
    shell.http_rules.clear();
    if let Some(vip) = &mut shell.vs_vip {
        let own = vip.name.clone();
        vip.fqdns.retain(|fqdn| fqdn.starts_with(&own));
    }
    shell
}

/// A Gateway's status (AKO 2.2.1 `internal/k8s/services_api.go` `InformerStatusUpdatesForSvcApiGateway`,
/// `internal/status/svcapi_status.go`).
///
/// Conditions are written on events of the Gateway itself, and only errors are: what was once wrong
/// stays. Addresses are written with the virtual service, not with its VIP.
fn gateway(
    old: Option<&ObjectStatus>,
    new: &ObjectStatus,
    own_event: bool,
    lives: bool,
    rewritten: bool,
) -> ObjectStatus {
    let (Some(ObjectStatus::Gateway { conditions, listeners, addresses }), ObjectStatus::Gateway { .. }) = (old, new)
    else {
        return new.clone();
    };
    let ObjectStatus::Gateway { conditions: new_conditions, listeners: new_listeners, addresses: new_addresses } = new
    else {
        return new.clone();
    };
    let is_error = new_conditions.iter().any(|condition| condition.status == "True");
    let conditions = if own_event && is_error { new_conditions } else { conditions };
    let (listeners, addresses) = if lives && !rewritten || !lives && addresses.is_empty() && !own_event {
        (listeners, addresses)
    } else {
        (new_listeners, new_addresses)
    };
    ObjectStatus::Gateway { conditions: conditions.clone(), listeners: listeners.clone(), addresses: addresses.clone() }
}
