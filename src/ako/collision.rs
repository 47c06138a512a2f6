//! Virtual services of one name: Gateways, LoadBalancer Services and shared VIPs take their names from one
//! pot, and what AKO builds last replaces the rest.
//!
//! A name is `<cluster>--<namespace>-<name>`, whose parts nothing keeps apart: `red/blue-web` and
//! `red-blue/web` come to the same (AKO 2.2.1 `internal/lib/lib.go` `GetL4VSName`; seen by running AKO).
//! Gateways of Gateway API v1 have a pot of their own, with the same flaw
//! (`ako-gateway-api/lib/lib.go` `GetGatewayParentName`).

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::{Cluster, qualified};
use super::landing::{HopState, Landing, Outcome, Via};
use super::trace::{annotation_path, hop};
use crate::model::SHARED_VIP_ANNOTATION;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// How AKO names what it builds.
const NAMING: &str = "AKO 2.2.1 internal/lib/lib.go GetL4VSName";

/// A virtual service that several want to be theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The virtual service, as `tenant/name`.
    pub virtual_service: String,
    /// Who wants it, in the order in which they are built: what the last one wants is left.
    pub owners: Vec<Owner>,
}

/// A Gateway, a LoadBalancer Service, or a shared VIP by its first member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Place of the object among all.
    pub order: usize,
    /// Which of AKO's ways makes the virtual service.
    pub via: Via,
}

/// Who builds which virtual service and when, each with the count of landings before it.
#[derive(Debug, Default)]
pub struct Owners {
    by_service: BTreeMap<String, Vec<(Owner, usize)>>,
}

impl Owners {
    /// Adds one whose landings come after so many; it may build more than once.
    pub fn add(&mut self, virtual_service: String, object: &Object, via: Via, landings: usize) {
        let owner = Owner { order: object.order, via };
        let builds = self.by_service.entry(virtual_service).or_default();
        if builds.last().is_none_or(|(last, _)| *last != owner) {
            builds.push((owner, landings));
        }
    }

    /// The names that several want. Landings, in the order in which they were found, on what another one
    /// took over arrive nowhere.
    pub fn settle(self, cluster: &Cluster<'_>, landings: &mut [((usize, usize), Landing)]) -> Vec<Collision> {
        let mut contested = self.by_service;
        // The same one never builds twice in a row.
        contested.retain(|_, builds| builds.len() > 1);
        if contested.is_empty() {
            return Vec::new();
        }
        for (at, (_, landing)) in landings.iter_mut().enumerate() {
            let Outcome::Lands(target) = &landing.outcome else { continue };
            let Some(builds) = contested.get(&target.virtual_service) else { continue };
            // Its own owner is the last one before it.
            let before = builds.partition_point(|(_, first)| *first <= at);
            let (Some((own, _)), Some((winner, _))) =
                (before.checked_sub(1).and_then(|at| builds.get(at)), builds.last())
            else {
                continue;
            };
            let objects = cluster.workspace.objects();
            let (Some(object), Some(other)) = (objects.get(own.order), objects.get(winner.order)) else { continue };
            if own == winner {
                continue;
            }
            let name = target.virtual_service.rsplit('/').next().unwrap_or_default();
            let winner = winner.describe(other);
            let reason = format!("{winner} makes virtual service `{name}` too, and AKO keeps what it builds last");
            let key = cluster.workspace.key(other);
            landing.hops.push(hop(key, Some(object), own.path(), reason.clone(), NAMING, HopState::Broken));
            landing.outcome = Outcome::NotServed { reason };
        }
        contested
            .into_iter()
            .map(|(virtual_service, builds)| Collision { virtual_service, owners: each_once(&builds) })
            .collect()
    }
}

/// Each owner where it builds last.
fn each_once(builds: &[(Owner, usize)]) -> Vec<Owner> {
    let mut known = BTreeSet::new();
    let mut owners: Vec<Owner> =
        builds.iter().rev().map(|(owner, _)| *owner).filter(|owner| known.insert(owner.order)).collect();
    owners.reverse();
    owners
}

impl Owner {
    /// The field that the name comes from.
    #[must_use]
    pub fn path(self) -> FieldPath {
        match self.via {
            Via::SharedVip => annotation_path(SHARED_VIP_ANNOTATION),
            _ => FieldPath::parse("metadata.name"),
        }
    }

    /// The owner in words.
    #[must_use]
    pub fn describe(self, object: &Object) -> String {
        let name = qualified(object);
        match self.via {
            Via::SharedVip => format!("the shared VIP of Service `{name}`"),
            Via::Gateway | Via::GatewayApi => format!("Gateway `{name}`"),
            _ => format!("LoadBalancer Service `{name}`"),
        }
    }
}

#[cfg(test)]
mod tests;
