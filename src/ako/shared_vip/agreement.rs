//! Whether the members of a shared VIP agree: where they do not, AKO deletes the whole virtual service.
//!
//! Source: AKO 2.2.1 `internal/nodes/dequeue_ingestion.go` `handleL4SharedVipService`: every member is
//! compared with the first of the list, and an address only where the member asks for one. A Service
//! goes to the end of that list with each of its events
//! (`internal/nodes/ingress_model_rel.go` `ServiceChanges`), and after a restart the list is in the order
//! of the informer's store, which is none. Ports are not compared.

use super::setting_of;
use crate::ako::Assumption;
use crate::ako::cluster::{Cluster, ServiceRef};
use crate::ako::load_balancer::{is_class_foreign, preferred_address};
use crate::ako::moment::Timing;
use crate::ako::trace::annotation_path;
use crate::ako::versions::Capability;
use crate::model::{INFRA_SETTING_ANNOTATION, L4_RULE_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION};
use crate::syntax::FieldPath;

/// What members of a shared VIP can disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whose they are, by `spec.loadBalancerClass`.
    Class,
    /// The preferred address.
    Address,
    /// The AviInfraSetting.
    Setting,
    /// The L4Rule.
    Rule,
}

/// Something that the members of a shared VIP do not agree about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// What about.
    pub about: About,
    /// The key that they share.
    pub key: String,
    /// The first member that has what the others should have, too: the order of its object, and that.
    pub model: (usize, String),
    /// The members that have something else, each with that; empty where it has nothing.
    pub odd: Vec<(usize, String)>,
    /// Whether AKO deletes the virtual service whichever member it sees first.
    pub always: bool,
    /// Whether it deletes it here. Where the order decides and AKO starts anew, the worse is taken.
    pub deletes: bool,
}

/// What is taken for granted where it depends on the order after a restart whether there is a virtual service.
pub fn assumption(disagreements: &[Disagreement]) -> Option<Assumption> {
    disagreements.iter().any(|disagreement| !disagreement.always).then(|| Assumption {
        about: SHARED_VIP_ANNOTATION.to_owned(),
        sentence: "where only some Services on a shared VIP ask for an address, AKO sees one of the others first \
                   after a restart, and deletes the virtual service; it may see another"
            .to_owned(),
    })
}

/// All that the members do not agree about, in the order in which AKO looks.
pub fn disagreements(cluster: &Cluster<'_>, key: &str, members: &[ServiceRef<'_>]) -> Vec<Disagreement> {
    // What is not AKO's takes the virtual service down, whatever else it asks for.
    let own: Vec<ServiceRef<'_>> =
        members.iter().copied().filter(|member| !is_class_foreign(cluster, *member)).collect();
    let class = disagreement(cluster, key, members, About::Class);
    let rest = [About::Address, About::Setting, About::Rule];
    class.into_iter().chain(rest.into_iter().filter_map(|about| disagreement(cluster, key, &own, about))).collect()
}

fn disagreement(cluster: &Cluster<'_>, key: &str, members: &[ServiceRef<'_>], about: About) -> Option<Disagreement> {
    let asks: Vec<String> = members.iter().map(|member| asked(cluster, *member, about)).collect();
    let is_model = |index: usize| match about {
        About::Class => !is_class_foreign(cluster, members[index]),
        _ => !asks[index].is_empty(),
    };
    let model = (0..members.len()).find(|index| is_model(*index))?;
    let is_odd = |index: &usize| match about {
        About::Class => !is_model(*index),
        _ => asks[*index] != asks[model],
    };
    let named = |index: usize| (members[index].0.order, asks[index].clone());
    let odd: Vec<(usize, String)> = (0..members.len()).filter(is_odd).map(named).collect();
    if odd.is_empty() {
        return None;
    }
    let always = about != About::Address || odd.iter().any(|(_, asked)| !asked.is_empty());
    Some(Disagreement {
        about,
        key: key.to_owned(),
        model: named(model),
        odd,
        always,
        deletes: always || model > 0 || cluster.timing == Timing::AtStart,
    })
}

/// What a member asks for; empty where it asks for nothing.
fn asked(cluster: &Cluster<'_>, member: ServiceRef<'_>, about: About) -> String {
    match about {
        About::Class => member.1.spec.load_balancer_class.clone().unwrap_or_default(),
        About::Address => preferred_address(cluster, member),
        About::Setting => setting_of(cluster, member).map(|reference| reference.name.to_owned()).unwrap_or_default(),
        About::Rule => rule_of(cluster, member).unwrap_or_default().to_owned(),
    }
}

/// The L4Rule that a Service names, where this AKO has them.
#[must_use]
pub fn rule_of<'a>(cluster: &Cluster<'_>, (object, _): ServiceRef<'a>) -> Option<&'a str> {
    let rule = object.annotation(L4_RULE_ANNOTATION).filter(|rule| !rule.is_empty());
    rule.filter(|_| cluster.has(Capability::L4Rule))
}

impl About {
    /// The field that says it, where a member has it.
    #[must_use]
    pub fn field(self, has_spec_address: bool) -> FieldPath {
        match self {
            Self::Class => FieldPath::parse("spec.loadBalancerClass"),
            Self::Address if has_spec_address => FieldPath::parse("spec.loadBalancerIP"),
            Self::Address => annotation_path(LOAD_BALANCER_IP_ANNOTATION),
            Self::Setting => annotation_path(INFRA_SETTING_ANNOTATION),
            Self::Rule => annotation_path(L4_RULE_ANNOTATION),
        }
    }
}

impl Disagreement {
    /// What becomes of the virtual service, in a sentence; the names are those of the first odd member
    /// and of the model.
    #[must_use]
    pub fn reason(&self, odd: &str, model: &str) -> String {
        let text = |asked: &str| if asked.is_empty() { "none".to_owned() } else { format!("`{asked}`") };
        let gone = "AKO then deletes the whole virtual service";
        let values = format!("{}, {}", text(&self.model.1), text(self.odd.first().map_or("", |odd| &odd.1)));
        let what = match self.about {
            About::Class => return format!("`{odd}` on the same shared VIP is not of AKO's class; {gone}"),
            About::Address => "ask for different addresses",
            About::Setting => "name different AviInfraSettings",
            About::Rule => "name different L4Rules",
        };
        format!("`{model}` and `{odd}` on one shared VIP {what} ({values}); {gone}")
    }
}
