//! What the parts of the prediction write into.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Status, Unit, event_key};
use super::cluster::Cluster;
use super::collision::Owners;
use super::infra_setting::Effective;
use super::ingress::Contested;
use super::landing::{Hop, Landing, Outcome, Target, Via};
use super::moment::Late;
use super::sent::{self, Vip};
use super::servers::WithoutServers;
use super::shared_vip::Disagreement;
use super::status::ObjectStatus;
use super::trace::{Choice, Resolution};
use super::virtual_service::VirtualService;
use super::{Crash, Prediction, Run};
use crate::model::Kind;
use crate::ordered::IntoOrdered;
use crate::ordered::sort_by_key;
use crate::pace::pause;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// What a run found out beside its prediction: where a change begins.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The VIPs of virtual services that AKO builds more than once, by `tenant/name`.
    pub vips: BTreeMap<String, Vip>,
    /// What belongs together.
    pub units: Vec<Unit>,
    /// Ingresses that AKO passes over, by key.
    pub passed_over: BTreeSet<String>,
}

/// Statuses, virtual services, landings and crashes as they are found.
#[derive(Debug, Default)]
pub struct Output {
    /// By object key.
    pub objects: BTreeMap<String, ObjectStatus>,
    /// By `tenant/name`; of two with one name the later stays, as on the Avi Controller.
    pub virtual_services: BTreeMap<String, VirtualService>,
    /// The field for which a setting is rejected, by object key.
    pub rejections: BTreeMap<String, FieldPath>,
    /// Objects of Gateway API v1 that come out otherwise than in the safe order, by their own order.
    pub order_decides: Vec<usize>,
    /// Virtual services of Ingresses on which settings differ.
    pub contested: Vec<Contested>,
    /// What members of shared VIPs do not agree about.
    pub disagreements: Vec<Disagreement>,
    /// Backends whose pools get no servers.
    pub without_servers: Vec<WithoutServers>,
    /// What came too late.
    pub late: Vec<Late>,
    /// Why AKO does not start.
    pub boot_error: Option<Crash>,
    /// What the path leads to, kept only where a change asks for it.
    pub memory: Memory,
    owners: Owners,
    landings: Vec<((usize, usize), Landing)>,
    crashes: Vec<(usize, Crash)>,
    /// Crashes that wait for the creation of a VIP, with its virtual service.
    unmasked: Vec<(String, (usize, Crash))>,
    restart_crashes: Vec<(usize, Crash)>,
}

impl Output {
    /// Tells what belongs together and which events reach it; asked only where a change begins from it.
    pub fn unit(&mut self, cluster: &Cluster<'_>, unit: impl FnOnce() -> Unit) {
        if cluster.remembers {
            self.memory.units.push(unit());
        }
    }

    /// Runs a path of the prediction as one unit: any event of these kinds makes AKO look at all of it.
    pub async fn as_one_unit(
        &mut self,
        cluster: &Cluster<'_>,
        kinds: &[Kind],
        predict: impl AsyncFnOnce(&Cluster<'_>, &mut Self),
    ) {
        if !cluster.remembers {
            return predict(cluster, self).await;
        }
        let known: BTreeSet<String> = self.objects.keys().chain(self.virtual_services.keys()).cloned().into_set();
        predict(cluster, self).await;
        let own = |key: &&String| !known.contains(*key);
        let objects = cluster.workspace.objects().iter().filter(|object| kinds.contains(&object.kind));
        self.memory.units.push(Unit {
            events: objects.map(event_key).collect(),
            services: self.virtual_services.keys().filter(own).cloned().collect(),
            statuses: self.objects.keys().filter(own).cloned().map(Status::Whole).collect(),
        });
    }

    /// Tells whose a virtual service of layer 4 is, before what lands on it.
    pub fn own(&mut self, virtual_service: String, object: &Object, via: Via) {
        self.owners.add(virtual_service, object, via, self.landings.len());
    }

    /// Adds the landing of an object's port or rule.
    pub fn land(&mut self, order: usize, index: usize, landing: Landing) {
        self.landings.push(((order, index), landing));
    }

    /// Adds a landing with its end.
    pub fn land_at(&mut self, at: (usize, usize), mut landing: Landing, hops: Vec<Hop>, outcome: Outcome) {
        landing.hops = hops;
        landing.outcome = outcome;
        self.landings.push((at, landing));
    }

    /// Moves the landings on virtual services that another setting took over.
    pub fn relocate(&mut self, winners: &BTreeMap<String, (Target, [Hop; 2])>) {
        for (_, landing) in &mut self.landings {
            let Outcome::Lands(target) = &mut landing.outcome else { continue };
            let Some((winner, hops)) = winners.get(&target.virtual_service) else { continue };
            if !target.unknown && landing.via == Via::Ingress && winner.segment != target.segment {
                *target = winner.clone();
                landing.hops.extend(hops.iter().cloned());
            }
        }
    }

    /// Adds a crash; of several the one of the first object counts. Of a template nobody can say it.
    pub fn crash(&mut self, object: &Object, cluster: &Cluster<'_>, path: &str, reason: String, source: &str) {
        if !cluster.workspace.unknown().has(object) {
            self.crashes.push((object.order, crash(object, cluster, path, reason, source)));
        }
    }

    /// Adds a crash that waits for AKO's next start.
    pub fn crash_at_restart(
        &mut self,
        object: &Object,
        cluster: &Cluster<'_>,
        path: &str,
        reason: String,
        source: &str,
    ) {
        if !cluster.workspace.unknown().has(object) {
            self.restart_crashes.push((object.order, crash(object, cluster, path, reason, source)));
        }
    }

    /// A VIP is built from a resolved setting: AKO does not survive an IPv6 range without its mask,
    /// which it accepted before (AKO 2.2.1 `internal/rest/avi_obj_vsvip.go`), where it creates the VIP; an
    /// update does not read the mask.
    pub fn check_vip(&mut self, cluster: &Cluster<'_>, resolution: &Resolution<'_>, service: String) {
        let Choice::Applies(setting, Effective { networks, own_networks: true, .. }) = &resolution.choice else {
            return;
        };
        let sent = if cluster.values.several_networks { networks.len() } else { 1 };
        let unmasked = |range: &Option<String>| range.as_ref().is_some_and(|range| !range.contains('/'));
        let Some(index) = networks.iter().take(sent).position(|network| unmasked(&network.v6cidr)) else { return };
        if cluster.workspace.unknown().has(setting.object) {
            return;
        }
        let reason = format!(
            "AKO accepts the IPv6 range of `{}` although it has no mask, and dies when it builds the first VIP from it",
            setting.object.name()
        );
        let path = format!("spec.network.vipNetworks[{index}].v6cidr");
        let source = "internal/rest/avi_obj_vsvip.go:230";
        let crash = (setting.object.order, crash(setting.object, cluster, &path, reason, source));
        self.unmasked.push((service, crash));
    }

    /// The prediction. A crash, or that AKO does not start, takes the place of statuses and virtual services.
    pub async fn finish(mut self, cluster: &Cluster<'_>) -> Run {
        let collisions = self.owners.settle(cluster, &mut self.landings);
        sort_by_key(&mut self.landings, |(at, _)| *at);
        pause().await;
        for (service, crash) in std::mem::take(&mut self.unmasked) {
            let creates = self.memory.vips.get(&service).is_none_or(Vip::is_created_unmasked);
            if creates { self.crashes.push(crash) } else { self.restart_crashes.push(crash) }
        }
        let first = |mut crashes: Vec<(usize, Crash)>| {
            sort_by_key(&mut crashes, |(order, _)| *order);
            crashes.into_iter().next().map(|(_, crash)| crash)
        };
        let mut landings: Vec<Landing> = self.landings.into_iter().map(|(_, landing)| landing).collect();
        // An AKO that does not start comes to see no object to die on.
        let boot_error = self.boot_error;
        let crash = first(self.crashes).filter(|_| boot_error.is_none());
        let crash_at_restart = first(self.restart_crashes).filter(|_| boot_error.is_none());
        let fatal = Prediction { crash, boot_error, ..Prediction::default() };
        if let Some((words, error)) = fatal.fatal() {
            for landing in &mut landings {
                if !matches!(landing.outcome, Outcome::NotForAko { .. }) {
                    landing.outcome = Outcome::NotServed { reason: format!("{words}: {}", error.reason) };
                }
            }
            let prediction = Prediction { crash_at_restart, landings, rejections: self.rejections, ..fatal };
            return Run { prediction, memory: self.memory };
        }
        pause().await;
        let sent = sent::collect(&self.virtual_services, &self.memory.vips, cluster.values.several_networks).await;
        let prediction = Prediction {
            crash: None,
            crash_at_restart,
            sent,
            order_decides: self.order_decides,
            contested: self.contested,
            disagreements: self.disagreements,
            collisions,
            without_servers: self.without_servers,
            late: self.late,
            objects: self.objects,
            virtual_services: self.virtual_services,
            landings,
            rejections: self.rejections,
            ..Prediction::default()
        };
        Run { prediction, memory: self.memory }
    }
}

fn crash(object: &Object, cluster: &Cluster<'_>, path: &str, reason: String, source: &str) -> Crash {
    let place = Some(object.place(path));
    Crash { reason, source: source.to_owned(), object: cluster.workspace.key(object), place }
}
