//! Migrations: from an old or another form to one that AKO serves, with an account of what is kept, what is
//! lost, and what somebody has to decide.
//!
//! A migration is offered for objects ([`offers`]) and planned ([`plan`]): the change as one command, and a
//! report. What the report says of landings is the prediction's word for both states, never the
//! migration's own: a port that ends on another network, in another Service Engine group or nowhere is
//! among the losses, and then there is no command until somebody accepts that.

mod draft;
mod gateway_api;
mod group;
mod infra_setting;
mod ingress_v1;
mod landings;
mod layer4;
mod values;

use std::collections::BTreeMap;

pub use landings::{LandingChange, LandingState};

use crate::command::Command;
use crate::diagnostic::Finding;
use crate::pace::{finish, pause};
use crate::review::Interruption;
use crate::workspace::{Object, Workspace};
use draft::Draft;

/// Answers to questions, by key.
pub type Answers = BTreeMap<String, String>;

/// A kind of migration, by where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Migration {
    /// AviInfraSetting to `v1beta1`, with the fields of today.
    InfraSetting,
    /// AKO's values to the keys of today.
    Values,
    /// Ingress and IngressClass to `networking.k8s.io/v1`.
    Ingress,
    /// Services to a Gateway of the services API, by labels.
    Gateway,
    /// Services to a VIP that they share by annotation.
    SharedVip,
    /// Services to type LoadBalancer with an address each.
    LoadBalancer,
    /// Ingresses to Gateway and HTTPRoute of Gateway API v1.
    GatewayApi,
}

impl Migration {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::InfraSetting,
        Self::Values,
        Self::Ingress,
        Self::Gateway,
        Self::SharedVip,
        Self::LoadBalancer,
        Self::GatewayApi,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InfraSetting => "infra-setting",
            Self::Values => "values",
            Self::Ingress => "ingress",
            Self::Gateway => "gateway",
            Self::SharedVip => "shared-vip",
            Self::LoadBalancer => "load-balancer",
            Self::GatewayApi => "gateway-api",
        }
    }

    /// Where it leads, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InfraSetting => "AviInfraSetting `ako.vmware.com/v1beta1`",
            Self::Values => "AKO's values with the keys of today",
            Self::Ingress => "Ingress `networking.k8s.io/v1`",
            Self::Gateway => "Gateway of the services API, by labels",
            Self::SharedVip => "shared VIP, by annotation",
            Self::LoadBalancer => "type LoadBalancer, an address for each Service",
            Self::GatewayApi => "Gateway API v1: Gateway and HTTPRoute",
        }
    }

    /// The migration of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|migration| migration.name() == name)
    }
}

/// A migration that can be planned for some objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it leads.
    pub migration: Migration,
    /// What it is about, in a few words.
    pub title: String,
    /// The keys of its objects.
    pub objects: Vec<String>,
    /// What they come from.
    source: Source,
}

/// What a migration begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// Each object by itself.
    Objects,
    /// Services with what they share.
    Group(group::Group),
    /// A Gateway of the services API, for a migration that does not exist.
    Layer4Gateway,
}

/// Something that is there afterwards in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The object.
    pub object: String,
    /// What it was, as a rule a field.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// Something that is otherwise afterwards, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The object, port or host.
    pub about: String,
    /// What is lost, in a sentence.
    pub what: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Where AKO or Kubernetes has that: file and function, or the document.
    pub source: String,
}

/// A question that somebody has to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The word for it, as in `gateway`.
    pub key: &'static str,
    /// The question.
    pub question: String,
    /// Answers to choose from: the value, and what it means.
    pub choices: Vec<(String, String)>,
    /// Whether another answer can be given, too.
    pub is_free: bool,
    /// The answer where none is given; `None` where none is safe.
    pub default: Option<String>,
    /// The answer that was given.
    pub answer: Option<String>,
    /// Why that answer will not do.
    pub problem: Option<String>,
}

impl Decision {
    /// What holds: the answer, else the default; nothing while it is open.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        match (&self.problem, &self.answer) {
            (Some(_), _) => None,
            (None, Some(answer)) => Some(answer),
            (None, None) => self.default.as_deref(),
        }
    }
}

/// Another way, where a migration loses something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The migration, if it is one.
    pub migration: Option<Migration>,
    /// What it keeps, in a sentence.
    pub words: String,
}

/// A planned migration.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The keys of the objects that it is about.
    pub objects: Vec<String>,
    /// Why it cannot be done, in sentences; empty where it can.
    pub obstacles: Vec<String>,
    /// What is there afterwards in another form.
    pub kept: Vec<Mapping>,
    /// What is otherwise afterwards, or not at all.
    pub lost: Vec<Loss>,
    /// What has to be decided.
    pub decisions: Vec<Decision>,
    /// Where everything that is concerned lands before and after.
    pub landings: Vec<LandingChange>,
    /// What goes down or gets another address.
    pub interruptions: Vec<Interruption>,
    /// Findings that come with it.
    pub introduced: Vec<Finding>,
    /// What has to be done in the cluster beside applying the manifests, in order.
    pub steps: Vec<String>,
    /// Other ways.
    pub alternatives: Vec<Alternative>,
    /// The workspace afterwards, as far as it could be made.
    pub after: Workspace,
    /// The change; `None` where something stands against it or a question is open.
    pub command: Option<Command>,
}

impl Plan {
    /// The questions without an answer that holds.
    pub fn open(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(|decision| decision.chosen().is_none())
    }
}

/// All migrations that can be planned, in the order of [`Migration::ALL`].
#[must_use]
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    finish(offering(workspace))
}

/// [`offers`] in steps.
pub async fn offering(workspace: &Workspace) -> Vec<Offer> {
    let all = [infra_setting::offers, values::offers, ingress_v1::offers, layer4::offers, gateway_api::offers];
    let mut found = Vec::new();
    for offers in all {
        found.extend(offers(workspace));
        pause().await;
    }
    found
}

impl Offer {
    /// Whether it can be planned for some of its objects only.
    #[must_use]
    pub fn is_divisible(&self) -> bool {
        let is_whole = matches!(&self.source, Source::Group(group) if group.gateway.is_some());
        !is_whole && self.objects.len() > 1
    }

    /// The offer for some of its objects only, named as `namespace/name`, `name` or by their keys. What
    /// cannot be taken apart, as a Gateway with its Services, stays together. `None` where none is named.
    #[must_use]
    pub fn narrowed(&self, names: &[String]) -> Option<Self> {
        if names.is_empty() {
            return Some(self.clone());
        }
        let is_meant = |key: &&String| names.iter().any(|name| is_called(key, name));
        let meant: Vec<String> = self.objects.iter().filter(is_meant).cloned().collect();
        if meant.is_empty() {
            return None;
        }
        let mut offer = self.clone();
        match &mut offer.source {
            Source::Group(group) if group.gateway.is_some() => {}
            Source::Group(group) => {
                group.members.retain(|member| meant.contains(&member.key));
                offer.title = group.title();
                offer.objects = meant;
            }
            Source::Objects => {
                if let [key] = meant.as_slice() {
                    offer.title.clone_from(key);
                }
                offer.objects = meant;
            }
            Source::Layer4Gateway => {}
        }
        Some(offer)
    }
}

/// Plans a migration; total, deterministic.
#[must_use]
pub fn plan(workspace: &Workspace, offer: &Offer, answers: &Answers) -> Plan {
    let mut draft = Draft::new(workspace, answers);
    match (&offer.source, offer.migration) {
        (Source::Group(group), migration) => layer4::migrate(&mut draft, group, migration),
        (Source::Layer4Gateway, _) => gateway_api::refuse_layer4(&mut draft, &offer.objects),
        (Source::Objects, Migration::InfraSetting) => infra_setting::migrate(&mut draft, &offer.objects),
        (Source::Objects, Migration::Values) => values::migrate(&mut draft),
        (Source::Objects, Migration::Ingress) => ingress_v1::migrate(&mut draft, &offer.objects),
        (Source::Objects, _) => gateway_api::migrate(&mut draft, &offer.objects),
    }
    draft.finish(offer)
}

/// Whether a key is meant by a name: `namespace/name`, `Kind/namespace/name`, or with the group, which a key has
/// only where kinds of one name meet.
#[must_use]
pub fn is_called(key: &str, name: &str) -> bool {
    let Some((kind, rest)) = key.split_once('/') else { return key == name };
    let bare = kind.split('.').next().unwrap_or(kind);
    key == name || rest == name || name.strip_prefix(bare).and_then(|name| name.strip_prefix('/')) == Some(rest)
}

/// The object of a key: of several the one that counts.
fn by_key<'a>(workspace: &'a Workspace, key: &str) -> Option<&'a Object> {
    workspace.objects().iter().rfind(|object| workspace.key(object) == key)
}

#[cfg(test)]
mod tests;
