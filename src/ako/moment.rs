//! When AKO sees which object, and what it knows by then.
//!
//! AKO takes objects as they come and settles in between. What it builds early it builds from what is
//! there: a missing AviInfraSetting means the global values on layer 4. It looks again on the events
//! that [`Layer4Moments`] and the Ingresses' graphs list, and on no others: a Namespace's annotation is no
//! event (AKO 2.2.1 `internal/nodes/ingress_model_rel.go` `AviSettingToGateway`, `AviSettingToSvc`,
//! `AviSettingToIng`; `internal/lib/utils.go` `IsNamespaceUpdated`).

use std::{iter, mem, ptr};

use super::cluster::Cluster;
use super::infra_setting::Effective;
use super::sent::{Stage, Vip};
use crate::ordered::sort_by_key;
use crate::workspace::Object;

/// A place in the order in which AKO sees things.
pub type Moment = usize;

/// In which order AKO comes to see the objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timing {
    /// One document after the other, with time to settle.
    #[default]
    InOrder,
    /// All at once while AKO runs: `kubectl apply` of everything. AviInfraSettings are not accepted yet
    /// when AKO first looks.
    AtOnce,
    /// A change of some objects under a running AKO; those that stay are there before all moments.
    Change,
    /// All there when AKO starts, with the statuses that it wrote to AviInfraSettings.
    AtStart,
}

/// Something that comes after what needs it, to an outcome that is not the one of the right order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Late {
    /// What the late object is to the early one.
    pub need: Need,
    /// The order of the object that AKO acted on too early.
    pub early: usize,
    /// The order of the object that it should have waited for.
    pub late: usize,
}

/// What an object is to the one that comes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The class of a Gateway.
    GatewayClass,
    /// The class of an Ingress.
    IngressClass,
    /// The AviInfraSetting of something on layer 4.
    Setting,
    /// The Namespace whose annotation names the AviInfraSetting.
    Namespace,
}

/// What AKO knows about the values that apply.
#[derive(Clone, Debug)]
pub enum Known<'a> {
    /// A setting that it accepted.
    Applies(&'a Effective),
    /// Nothing names a setting.
    Global,
    /// The setting that is named is missing or rejected.
    Refused,
    /// The setting stands outside this project.
    Unknown,
}

impl<'a> Cluster<'a> {
    /// What AKO knows at a moment: the reference counts, else the namespace's annotation.
    #[must_use]
    pub fn known(&'a self, reference: Option<&str>, namespace: &str, moment: Moment) -> Known<'a> {
        let by_namespace = || {
            let (object, name) = self.namespace_setting(namespace)?;
            (self.seen(object) <= moment).then_some(name)
        };
        let Some(name) = reference.or_else(by_namespace) else { return Known::Global };
        match self.settings.get(name) {
            Some(setting) if self.seen(setting.object) <= moment => {
                setting.verdict.as_ref().map_or(Known::Refused, Known::Applies)
            }
            None if self.is_external("AviInfraSetting", "", name) => Known::Unknown,
            _ => Known::Refused,
        }
    }

    /// The object that came too late for a VIP of layer 4, if the VIP is not what a new one would be.
    #[must_use]
    pub fn late(&self, owner: &Object, reference: Option<&str>, vip: &Vip, now: &Effective) -> Option<Late> {
        let by_namespace = || self.namespace_setting(owner.namespace());
        let name = reference.or_else(|| by_namespace().map(|(_, name)| name))?;
        let setting = self.settings.get(name)?;
        let (need, object) = if self.seen(setting.object) > self.seen(owner) {
            (Need::Setting, setting.object)
        } else {
            let (namespace, _) = by_namespace().filter(|_| reference.is_none())?;
            (Need::Namespace, (self.seen(namespace) > self.seen(owner)).then_some(namespace)?)
        };
        let wanted = setting.verdict.as_ref().ok()?;
        let as_wanted = wanted == now && vip.is_as_new(self.values.several_networks);
        (!as_wanted).then_some(Late { need, early: owner.order, late: object.order })
    }

    /// When AKO sees the setting that applies to something, if that makes it look again: named by
    /// reference, or by the namespace if that came before.
    #[must_use]
    pub fn setting_moment(&self, reference: Option<&str>, namespace: &str) -> Option<Moment> {
        let Some(name) = reference else {
            let (object, name) = self.namespace_setting(namespace)?;
            let moment = self.seen(self.settings.get(name)?.object);
            return (self.seen(object) <= moment).then_some(moment);
        };
        Some(self.seen(self.settings.get(name)?.object))
    }
}

impl Known<'_> {
    /// Whether both are of one setting, or of none in the same way.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Applies(left), Self::Applies(right)) => ptr::eq(*left, *right),
            _ => mem::discriminant(self) == mem::discriminant(other),
        }
    }
}

/// What layer 4 gets from what AKO knows.
#[must_use]
pub fn layer4_values(cluster: &Cluster<'_>, known: &Known<'_>) -> Effective {
    match known {
        Known::Applies(effective) => (*effective).clone(),
        Known::Global | Known::Refused => Effective::global(&cluster.values),
        Known::Unknown => Effective::default(),
    }
}

/// When AKO builds a virtual service of layer 4, and from what.
pub struct Layer4Moments<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// The setting that its reference names.
    pub reference: Option<&'a str>,
    /// Whether AKO builds it again when that setting comes or changes.
    pub follows_setting: bool,
    /// Preferred address.
    pub static_ip: &'a str,
    /// Moments, each with how many host names it brings; the first is when AKO creates it.
    pub moments: Vec<(Moment, usize)>,
}

impl Layer4Moments<'_> {
    /// The values that apply in the end, and the VIP with all that was sent of it.
    #[must_use]
    pub fn replay(self, cluster: &Cluster<'_>) -> (Effective, Vip) {
        let several = cluster.values.several_networks;
        let mut stages = self.stages(cluster).into_iter();
        let (mut effective, first) = stages.next().unwrap_or_default();
        let mut vip = Vip::create(first, several);
        for (values, stage) in stages {
            vip.update(stage, several);
            effective = values;
        }
        (effective, vip)
    }

    /// Moments with the same knowledge, one after the other: how many names at first and in the end.
    fn runs<'c>(&self, cluster: &'c Cluster<'_>) -> Vec<(Known<'c>, usize, usize)> {
        let mut runs: Vec<(Known<'_>, usize, usize)> = Vec::new();
        let mut names = 0;
        for (moment, more) in &self.moments {
            names += more;
            let known = cluster.known(self.reference, self.namespace, *moment);
            match runs.last_mut() {
                Some((last, _, end)) if last.is_same(&known) => *end = names,
                _ => runs.push((known, names, names)),
            }
        }
        runs
    }

    /// What AKO wants, time after time.
    fn stages(mut self, cluster: &Cluster<'_>) -> Vec<(Effective, Stage)> {
        let stage = |effective: Effective, names| {
            let stage = Stage::new(&effective, self.static_ip, names);
            (effective, stage)
        };
        let at = |moment| layer4_values(cluster, &cluster.known(self.reference, self.namespace, moment));
        let all_names = self.moments.iter().map(|(_, names)| names).sum();
        match cluster.timing {
            Timing::AtStart => vec![stage(at(Moment::MAX), all_names)],
            Timing::AtOnce => {
                let early = stage(layer4_values(cluster, &Known::Global), 0);
                if self.follows_setting { vec![early, stage(at(Moment::MAX), all_names)] } else { vec![early] }
            }
            Timing::InOrder | Timing::Change => {
                let start = self.moments.iter().map(|(moment, _)| *moment).min().unwrap_or_default();
                if self.follows_setting {
                    let moment = cluster.setting_moment(self.reference, self.namespace);
                    self.moments.extend(moment.filter(|moment| *moment > start).map(|moment| (moment, 0)));
                }
                sort_by_key(&mut self.moments, |moment| *moment);
                let runs = self.runs(cluster);
                runs.into_iter()
                    .flat_map(|(known, first, last)| {
                        // Of updates that change names alone, one is as good as many.
                        let names = iter::once(first).chain((last > first).then_some(last));
                        names.map(move |names| stage(layer4_values(cluster, &known), names))
                    })
                    .collect()
            }
        }
    }
}
