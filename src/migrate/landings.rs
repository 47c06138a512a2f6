//! Where everything lands before and after a migration, and what of that is a loss.

use std::collections::{BTreeMap, BTreeSet};

use super::Loss;
use crate::ako::{Landing, Outcome, Prediction, Target};
use crate::ordered::IntoOrdered;
use crate::review::{Effect, Interruption};

/// What lands, as both states know it: the object's key, and protocol and port or the host.
pub type SubjectKey = (String, String);

/// What lands under another name afterwards: the old one by the new one.
pub type Pairs = BTreeMap<SubjectKey, SubjectKey>;

/// A port or host with its landing before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingChange {
    /// What lands: `signaling/sctp-gw SCTP/2905`.
    pub subject: String,
    /// Where it lands before; `None` where it is no business of AKO's.
    pub from: Option<String>,
    /// Where it lands after.
    pub to: Option<String>,
    /// What became of it.
    pub state: LandingState,
    /// Whether the virtual service is another one, so that the VIP is made anew.
    pub is_anew: bool,
    /// The virtual service afterwards, as `tenant/name`.
    pub virtual_service: Option<String>,
    /// The address that is asked for afterwards.
    pub address: Option<String>,
}

/// What becomes of a landing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LandingState {
    /// The same network and SE group.
    Stays,
    /// Where it is meant to be, which it was not before.
    Mended,
    /// It lands, which it did not before.
    Gained,
    /// Not served, before and after.
    NotServed,
    /// Another network, SE group or tenant.
    Moves,
    /// It landed, and does not any more.
    Lost,
}

impl LandingState {
    /// In a word or two.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Mended => "mended",
            Self::Gained => "new",
            Self::NotServed => "not served",
            Self::Moves => "moves",
            Self::Lost => "lost",
        }
    }
}

/// Landings of both states.
pub struct Compared {
    /// Those of the objects concerned, and all others that change.
    pub changes: Vec<LandingChange>,
    /// What is lost, and whether that is segmentation or service.
    pub losses: Vec<(Loss, bool)>,
}

fn key(landing: &Landing) -> SubjectKey {
    let subject = &landing.subject;
    let port = || Some(format!("{}/{}", subject.protocol.as_ref()?, subject.port?));
    (subject.object.clone(), port().or_else(|| subject.host.clone()).unwrap_or_default())
}

/// Compares the landings of both states.
pub fn compare(before: &Prediction, after: &Prediction, objects: &[String], pairs: &Pairs) -> Compared {
    let old: BTreeMap<SubjectKey, &Landing> = before.landings.iter().map(|landing| (key(landing), landing)).into_map();
    let renamed = |landing: &Landing| {
        let own = key(landing);
        pairs.get(&own).cloned().unwrap_or(own)
    };
    let new: BTreeMap<SubjectKey, &Landing> =
        after.landings.iter().map(|landing| (renamed(landing), landing)).into_map();
    let keys: BTreeSet<&SubjectKey> = old.keys().chain(new.keys()).into_set();
    let mut compared = Compared { changes: Vec::new(), losses: Vec::new() };
    for key in keys {
        let (from, to) = (old.get(key).copied(), new.get(key).copied());
        let Some(state) = state(from, to) else { continue };
        let (old_target, new_target) = (from.and_then(target), to.and_then(target));
        let is_anew = match (old_target, new_target) {
            (Some(old), Some(new)) => old.virtual_service != new.virtual_service,
            (None, new) => new.is_some(),
            (Some(_), None) => false,
        };
        let is_own = objects.contains(&key.0);
        if !is_own && !is_anew && matches!(state, LandingState::Stays | LandingState::NotServed) {
            continue;
        }
        let subject = from.or(to).map(|landing| landing.subject.to_string()).unwrap_or_default();
        compared.losses.extend(losses(&subject, state, from, to));
        compared.changes.push(LandingChange {
            subject,
            from: from.map(|landing| landing.outcome.to_string()),
            to: to.map(|landing| landing.outcome.to_string()),
            state,
            is_anew,
            virtual_service: new_target.map(|target| target.virtual_service.clone()),
            address: new_target.and_then(|target| target.static_ip.clone()),
        });
    }
    compared
}

fn target(landing: &Landing) -> Option<&Target> {
    match &landing.outcome {
        Outcome::Lands(target) => Some(target),
        Outcome::NotServed { .. } | Outcome::DependsOnValues { .. } | Outcome::NotForAko { .. } => None,
    }
}

fn tenant(target: &Target) -> &str {
    target.virtual_service.split_once('/').map_or("", |(tenant, _)| tenant)
}

fn is_same_place(one: &Target, other: &Target) -> bool {
    (one.unknown, &one.networks, &one.se_group, tenant(one))
        == (other.unknown, &other.networks, &other.se_group, tenant(other))
}

/// What becomes of a landing; nothing for what never is AKO's business.
fn state(from: Option<&Landing>, to: Option<&Landing>) -> Option<LandingState> {
    let is_akos = |landing: &&Landing| !matches!(landing.outcome, Outcome::NotForAko { .. });
    match (from.and_then(target), to.and_then(target)) {
        (Some(old), Some(new)) if is_same_place(old, new) => Some(LandingState::Stays),
        (Some(_), Some(_)) => {
            let is_mended =
                from.and_then(Landing::as_intended) == Some(false) && to.and_then(Landing::as_intended) == Some(true);
            Some(if is_mended { LandingState::Mended } else { LandingState::Moves })
        }
        (Some(_), None) => Some(LandingState::Lost),
        (None, Some(_)) => Some(LandingState::Gained),
        (None, None) => {
            let any = from.filter(is_akos).or_else(|| to.filter(is_akos));
            any.map(|_| LandingState::NotServed)
        }
    }
}

fn losses(subject: &str, state: LandingState, from: Option<&Landing>, to: Option<&Landing>) -> Vec<(Loss, bool)> {
    let broken = to.and_then(|landing| landing.broken_hop().or_else(|| landing.hops.last()));
    let (reason, source) = broken.map_or(("", ""), |hop| (hop.reason.as_str(), hop.source));
    let loss = |what: String, is_segmentation: bool| {
        let loss = Loss { about: subject.to_owned(), what, reason: reason.to_owned(), source: source.to_owned() };
        (loss, is_segmentation)
    };
    let words = |landing: Option<&Landing>| landing.map_or_else(|| "nowhere".to_owned(), |it| it.outcome.to_string());
    match (state, from.and_then(target), to.and_then(target)) {
        (LandingState::Moves, ..) => {
            vec![loss(format!("lands on {}, not on {} any more", words(to), words(from)), true)]
        }
        (LandingState::Lost, ..) => {
            vec![loss(format!("is served no more; before, it landed on {}", words(from)), true)]
        }
        (LandingState::Stays, Some(old), Some(new)) if old.static_ip.is_some() && old.static_ip != new.static_ip => {
            let address = old.static_ip.as_deref().unwrap_or_default();
            let what = format!("does not ask for the address {address} any more");
            let reason = match &new.static_ip {
                Some(other) => format!("it asks for {other}"),
                None => "Avi gives it an address".to_owned(),
            };
            vec![(Loss { about: subject.to_owned(), what, reason, source: String::new() }, false)]
        }
        _ => Vec::new(),
    }
}

/// What clients notice of VIPs that are made anew: one sentence for each address.
pub fn new_addresses(changes: &[LandingChange]) -> Vec<Interruption> {
    let served =
        |change: &&LandingChange| change.is_anew && change.to.is_some() && change.state != LandingState::Gained;
    let mut told: Vec<Interruption> = Vec::new();
    let mut services: Vec<&String> = Vec::new();
    for change in changes.iter().filter(served) {
        let Some(service) = change.virtual_service.as_ref().filter(|service| !services.contains(service)) else {
            continue;
        };
        services.push(service);
        let is_on_it = |other: &&LandingChange| other.virtual_service.as_ref() == Some(service);
        let subjects: Vec<&str> = changes.iter().filter(is_on_it).map(|other| other.subject.as_str()).collect();
        let sentence = match &change.address {
            Some(address) => format!(
                "goes to a VIP that is made anew with {address}: down in between, and until the old VIP has given the address back"
            ),
            None => "goes to a VIP that is made anew: down in between, and Avi may give another address".to_owned(),
        };
        told.push(Interruption { about: subjects.join(", "), sentence, effect: Effect::Moves });
    }
    told
}
