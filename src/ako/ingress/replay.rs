//! In which order the Ingresses of a virtual service make AKO build it, and with which values.
//!
//! Each event of an Ingress, its setting or a Service behind it builds the virtual service anew, with
//! the values of that Ingress: where namespaces share a virtual service, the last event wins
//! (AKO 2.2.1 `internal/nodes/avi_model_l7_translator.go` `buildWithInfraSetting`).

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Programmed;
use crate::ako::cluster::Cluster;
use crate::ako::infra_setting::Effective;
use crate::ako::moment::{Known, Late, Moment, Need, Timing};
use crate::ako::sent::{Stage, Vip};
use crate::ako::trace::Choice;
use crate::ordered::IntoOrdered;
use crate::ordered::sort_by_key;

/// A virtual service by tenant and name.
pub type Key = (String, String);

/// All that makes AKO build virtual services.
#[derive(Default)]
pub struct Builds {
    by_service: BTreeMap<Key, Vec<Build>>,
}

struct Build {
    moment: Moment,
    order: usize,
    host: String,
    /// Nothing where no setting is named: the values then stay as they are.
    effective: Option<Effective>,
}

impl Builds {
    /// Adds the events of a rule.
    pub fn add(&mut self, cluster: &Cluster<'_>, key: &Key, rule: &Programmed<'_>) {
        let (object, namespace) = (rule.ingress.0, rule.ingress.0.namespace());
        for moment in moments(cluster, rule) {
            let effective = match cluster.known(rule.reference, namespace, moment) {
                _ if matches!(rule.resolution.choice, Choice::Unknown) => Some(Effective::default()),
                Known::Applies(effective) => Some(effective.clone()),
                Known::Unknown => Some(Effective::default()),
                Known::Global => None,
                // Not programmed until its setting is there.
                Known::Refused => continue,
            };
            // Settings are accepted only after AKO has seen all else.
            let late = cluster.timing == Timing::AtOnce && effective.is_some();
            let moment = if late { Moment::MAX } else { moment };
            let build = Build { moment, order: object.order, host: rule.host.clone(), effective };
            self.by_service.entry(key.clone()).or_default().push(build);
        }
    }

    /// The values that apply to each virtual service in the end, and its VIP with all that was sent.
    #[must_use]
    pub fn replay(self, cluster: &Cluster<'_>) -> BTreeMap<Key, (Effective, Vip)> {
        let several = cluster.values.several_networks;
        let global = Effective::global(&cluster.values);
        let mut replayed = BTreeMap::new();
        for (key, mut builds) in self.by_service {
            if cluster.timing == Timing::Change && builds.iter().any(|build| build.moment > 0) {
                builds.retain(|build| build.moment > 0);
            }
            sort_by_key(&mut builds, |build| (build.moment, build.order));
            let mut hosts = BTreeSet::new();
            let mut applied = global.clone();
            let mut vip: Option<Vip> = None;
            for build in builds {
                hosts.insert(build.host);
                applied = build.effective.unwrap_or(applied);
                let stage = Stage::new(&applied, "", hosts.len());
                match &mut vip {
                    // A starting AKO sends nothing before it has seen everything.
                    Some(vip) if cluster.timing != Timing::AtStart => vip.update(stage, several),
                    _ => vip = Some(Vip::create(stage, several)),
                }
            }
            replayed.extend(vip.map(|vip| (key, (applied, vip))));
        }
        replayed
    }
}

/// The Namespace whose annotation comes after the first time that AKO looks at a rule, if it names a
/// setting: what is made by then is made on the global network.
#[must_use]
pub fn late_namespace(cluster: &Cluster<'_>, rule: &Programmed<'_>) -> Option<Late> {
    let object = rule.ingress.0;
    let (namespace, _) = cluster.namespace_setting(object.namespace()).filter(|_| rule.reference.is_none())?;
    let first = moments(cluster, rule).into_iter().next()?;
    let late = Late { need: Need::Namespace, early: object.order, late: namespace.order };
    (cluster.seen(namespace) > first).then_some(late)
}

/// When AKO looks at a rule: with its Ingress, with its setting, with the Services behind it and with
/// the Secrets of its Ingress.
fn moments(cluster: &Cluster<'_>, rule: &Programmed<'_>) -> BTreeSet<Moment> {
    let (object, namespace) = (rule.ingress.0, rule.ingress.0.namespace());
    let start = cluster.seen(object);
    let services = rule.paths().iter().filter_map(|path| cluster.service(namespace, path.backend.name()?));
    let mut moments: BTreeSet<Moment> = services.map(|service| cluster.seen(service.0)).into_set();
    moments.extend(&rule.secrets);
    moments.extend(cluster.setting_moment(rule.reference, namespace));
    moments.retain(|moment| *moment > start);
    moments.insert(start);
    moments
}
