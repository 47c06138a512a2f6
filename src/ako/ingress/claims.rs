//! Which settings the Ingresses of a virtual service bring along: the last one wins.

use std::collections::BTreeMap;

use super::graph::Programmed;
use crate::ako::trace::Choice;

/// A virtual service on which Ingresses of several namespaces have different settings
/// (AKO 2.2.1 `internal/nodes/avi_model_l7_translator.go` `buildWithInfraSetting`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested {
    /// The virtual service, as `tenant/name`.
    pub virtual_service: String,
    /// By setting, `None` where the global values apply, the first Ingress that brings it, by its order.
    pub claims: BTreeMap<Option<String>, usize>,
}

/// Settings by virtual service.
#[derive(Default)]
pub struct Claims {
    by_service: BTreeMap<String, BTreeMap<Option<String>, usize>>,
}

impl Claims {
    /// Adds what a rule brings to its virtual service.
    pub fn add(&mut self, virtual_service: &str, rule: &Programmed<'_>) {
        let setting = match rule.resolution.choice {
            Choice::Applies(setting, _) => Some(setting.object.name().to_owned()),
            Choice::Global => None,
            Choice::External(_) | Choice::Unknown | Choice::Refused(_) => return,
        };
        let claims = self.by_service.entry(virtual_service.to_owned()).or_default();
        claims.entry(setting).or_insert(rule.ingress.0.order);
    }

    /// The virtual services with more than one.
    pub fn contested(self) -> impl Iterator<Item = Contested> {
        let contested = self.by_service.into_iter().filter(|(_, claims)| claims.len() > 1);
        contested.map(|(virtual_service, claims)| Contested { virtual_service, claims })
    }
}
