//! How the hosts of an Ingress have TLS, and when AKO sees the Secrets for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::ako::cluster::Cluster;
use crate::ako::moment::Moment;
use crate::model::Ingress;
use crate::workspace::Object;

/// How a host has TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all.
    None,
    /// With a Secret that is there.
    Ready,
    /// With a Secret that is missing: AKO waits for it.
    Waiting,
}

/// The `spec.tls` of an Ingress, looked through once for all of its hosts.
pub struct Certificates<'a> {
    by_host: BTreeMap<&'a str, Tls>,
    moments: Vec<Moment>,
}

impl<'a> Certificates<'a> {
    /// Looks through the TLS entries of an Ingress.
    #[must_use]
    pub fn new(cluster: &Cluster<'_>, object: &Object, ingress: &'a Ingress) -> Self {
        let namespace = object.namespace();
        let mut by_host = BTreeMap::new();
        let mut moments = BTreeSet::new();
        for entry in &ingress.spec.tls {
            let name = entry.secret_name.as_deref().unwrap_or_default();
            let secret = cluster.secret(namespace, name);
            moments.extend(secret.map(|secret| cluster.seen(secret)));
            let exists = secret.is_some() || cluster.is_external("Secret", namespace, name);
            for host in &entry.hosts {
                // The first entry of a host counts.
                by_host.entry(host.as_str()).or_insert(if exists { Tls::Ready } else { Tls::Waiting });
            }
        }
        Self { by_host, moments: deciding(moments.into_iter().collect()) }
    }

    /// How a host has TLS.
    #[must_use]
    pub fn tls(&self, host: &str) -> Tls {
        self.by_host.get(host).copied().unwrap_or(Tls::None)
    }

    /// The moments of the Secrets, as far as they decide.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }
}

/// Each Secret of an Ingress makes AKO build all of its hosts again, with the same values: of many
/// such builds the first two and the last two leave all that can be left (one to change what is
/// wanted, a second one where AKO held the first back), and the last one wins over other namespaces.
/// So hosts times Secrets need not be gone through.
fn deciding(mut moments: Vec<Moment>) -> Vec<Moment> {
    const AT_EACH_END: usize = 2;
    if moments.len() > 2 * AT_EACH_END {
        moments.drain(AT_EACH_END..moments.len() - AT_EACH_END);
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_moments_the_ends_decide() {
        assert_eq!(deciding(vec![1, 2, 3, 4]), [1, 2, 3, 4]);
        assert_eq!(deciding((1..=9).collect()), [1, 2, 8, 9]);
    }
}
