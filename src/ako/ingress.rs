//! Ingress: whether AKO takes it, and where each of its hosts lands.
//!
//! Source: AKO 2.2.1 `internal/lib/lib.go` `ValidateIngressForClass`,
//! `internal/nodes/route_ingress_model.go` `getL7IngressInfraSetting`,
//! `internal/nodes/validator.go` `ParseHostPathForIngress`.

use std::collections::BTreeSet;
use std::iter;

mod claims;
mod class;
mod graph;
mod replay;
mod shards;
mod tls;

use super::change::{Status, Unit, event_key};
use super::cluster::Cluster;
use super::landing::{Hop, HopState, Landing, Outcome, Subject, Via};
use super::layer4::intention;
use super::moment::{Late, Need, Timing};
use super::names;
use super::output::Output;
use super::trace::{Choice, Resolution, hop};
use crate::model::{AVI_CONTROLLER, CHART_INGRESS_CLASS, Ingress, Kind};
use crate::ordered::IntoOrdered;
use crate::pace::pause;
use crate::syntax::FieldPath;
use crate::workspace::Object;
pub use claims::Contested;
use class::{CLASS, ClassChoice, class_of, default_class, old_version, resolution, setting_of};
use graph::{Graphs, Programmed};
use replay::late_namespace;
use shards::Placement;
use tls::Certificates;

const HOSTS: &str = "AKO 2.2.1 internal/nodes/validator.go ParseHostPathForIngress";
const SHARDS: &str = "AKO 2.2.1 internal/nodes/avi_model_l7_hostname_shard.go DeriveShardVS";

/// Whether AKO takes an Ingress.
#[must_use]
pub fn is_taken(cluster: &Cluster<'_>, object: &Object, ingress: &Ingress) -> bool {
    old_version(object, ingress).is_none()
        && matches!(
            class_of(cluster, object, ingress, default_class(cluster)),
            ClassChoice::Taken(..) | ClassChoice::Chart
        )
        && cluster.leaves_alone(object.namespace()).is_none()
}

/// Predicts all Ingresses.
pub async fn predict(cluster: &Cluster<'_>, output: &mut Output) {
    let default = default_class(cluster);
    let mut graphs = Graphs::default();
    for (object, ingress) in cluster.workspace.all::<Ingress>() {
        let choice = class_of(cluster, object, ingress, default);
        let dropped = is_passed_over(cluster, object, &choice);
        if let (true, ClassChoice::Taken(class, _)) = (dropped, &choice) {
            output.late.push(Late { need: Need::IngressClass, early: object.order, late: class.order });
        }
        if dropped && cluster.remembers {
            output.memory.passed_over.insert(cluster.workspace.key(object));
        }
        let certificates = Certificates::new(cluster, object, ingress);
        let mut programmed = Vec::new();
        let resolution = resolution(cluster, object, &choice);
        let reference = setting_of(&choice);
        let (hops, end) = way(cluster, object, ingress, choice, &resolution);
        for (index, rule) in ingress.spec.rules.iter().enumerate() {
            let path = FieldPath::parse("spec.rules").index(index);
            let host = rule.host.as_deref().filter(|host| !host.is_empty());
            let landing = landing(cluster, object, path.clone(), host, resolution.written);
            let (mut hops, mut outcome) = (hops.clone(), end.clone());
            if outcome.is_none() {
                let at = path.key(if host.is_some() { "host" } else { "http" });
                let (landed, placed) = land_host(cluster, object, host, &at, &resolution, &mut hops);
                outcome = Some(landed);
                if let Some((placement, host)) = placed {
                    let ingress = (object, ingress);
                    programmed.push(Programmed {
                        ingress,
                        rule: index,
                        tls: certificates.tls(&host),
                        secrets: certificates.moments().to_vec(),
                        host,
                        placement,
                        resolution: resolution.clone(),
                        reference,
                    });
                }
            }
            if let Some(outcome) = outcome {
                output.land_at((object.order, index), landing, hops, outcome);
            }
        }
        if ingress.spec.rules.is_empty() {
            let landing = landing(cluster, object, "spec".into(), None, resolution.written);
            let reason = "the Ingress has no rule; AKO does nothing with a default backend";
            let outcome = end.unwrap_or_else(|| Outcome::NotServed { reason: reason.to_owned() });
            output.land_at((object.order, 0), landing, hops, outcome);
        }
        programmed.retain(|_| !dropped);
        output.unit(cluster, || unit(cluster, (object, ingress), reference, &programmed));
        output.late.extend(programmed.iter().find_map(|rule| late_namespace(cluster, rule)));
        for rule in programmed {
            graphs.add(cluster, output, &rule);
            pause().await;
        }
        // Also after one that AKO makes nothing of.
        pause().await;
    }
    graphs.finish(cluster, output).await;
}

/// AKO drops an Ingress that comes before its class, for good; landings tell where it lands after.
fn is_passed_over(cluster: &Cluster<'_>, object: &Object, choice: &ClassChoice<'_>) -> bool {
    match choice {
        _ if cluster.timing == Timing::Change && cluster.seen(object) == 0 => {
            cluster.changes.passed_over.contains(&cluster.workspace.key(object))
        }
        ClassChoice::Taken(class, _) => cluster.seen(object) < cluster.seen(class),
        ClassChoice::Chart | ClassChoice::External(_) => false,
        ClassChoice::NotServed(_) | ClassChoice::NotForAko(_) => true,
    }
}

/// An Ingress with its class, the setting, and the Services and Secrets behind it.
fn unit(
    cluster: &Cluster<'_>,
    (object, ingress): (&Object, &Ingress),
    reference: Option<&str>,
    programmed: &[Programmed<'_>],
) -> Unit {
    let namespace = object.namespace();
    let class = match &ingress.spec.ingress_class_name {
        Some(name) => Some(name.clone()),
        None => default_class(cluster).map(|(class, _)| class.name().to_owned()),
    };
    let class = class.map(|name| (Kind::IngressClass, String::new(), name));
    let paths = ingress.spec.rules.iter().filter_map(|rule| rule.http.as_ref()).flat_map(|http| &http.paths);
    let services = paths.filter_map(|path| path.backend.name());
    let services = services.map(|name| (Kind::Service, namespace.to_owned(), name.to_owned()));
    let secrets = ingress.spec.tls.iter().filter_map(|tls| tls.secret_name.as_deref());
    let secrets = secrets.map(|name| (Kind::Foreign, namespace.to_owned(), format!("Secret/{name}")));
    let tenant = cluster.tenant(namespace);
    Unit {
        events: iter::once(event_key(object))
            .chain(class)
            .chain(cluster.setting_event(reference, namespace))
            .chain(services)
            .chain(secrets)
            .collect(),
        services: programmed.iter().map(|rule| format!("{tenant}/{}", rule.placement.name)).collect(),
        statuses: vec![Status::Ingress(cluster.workspace.key(object))],
    }
}

/// The hops that all hosts of an Ingress share, and the end, if it is the same for all.
fn way(
    cluster: &Cluster<'_>,
    object: &Object,
    ingress: &Ingress,
    choice: ClassChoice<'_>,
    resolution: &Resolution<'_>,
) -> (Vec<Hop>, Option<Outcome>) {
    if let Some(hop) = old_version(object, ingress) {
        let reason = hop.reason.clone();
        return (vec![hop], Some(Outcome::NotServed { reason }));
    }
    let first = match choice {
        ClassChoice::NotServed(hop) => {
            let reason = hop.reason.clone();
            return (vec![hop], Some(Outcome::NotServed { reason }));
        }
        ClassChoice::NotForAko(hop) => {
            let reason = hop.reason.clone();
            return (vec![hop], Some(Outcome::NotForAko { reason }));
        }
        ClassChoice::External(name) => {
            let reason = format!("`{name}` exists outside this project");
            let at = format!("IngressClass/{name}");
            hop(at, Some(object), "spec.ingressClassName", reason, CLASS, HopState::Good)
        }
        ClassChoice::Chart => {
            let reason = format!("AKO's chart installs the class `{CHART_INGRESS_CLASS}`");
            let at = format!("IngressClass/{CHART_INGRESS_CLASS}");
            hop(at, Some(object), "spec.ingressClassName", reason, CLASS, HopState::Good)
        }
        ClassChoice::Taken(class, _) => {
            let (path, reason) = match &ingress.spec.ingress_class_name {
                Some(_) => {
                    ("spec.ingressClassName", format!("the controller of `{}` is `{AVI_CONTROLLER}`", class.name()))
                }
                None => ("spec", format!("no class is written, and `{}` is marked as AKO's default", class.name())),
            };
            hop(format!("IngressClass/{}", class.name()), Some(object), path, reason, CLASS, HopState::Good)
        }
    };
    if let Some(reason) = cluster.leaves_alone(object.namespace()) {
        return (vec![first], Some(Outcome::NotServed { reason }));
    }
    let mut hops = vec![first];
    hops.extend(resolution.hops.iter().cloned());
    if let Choice::Refused(reason) = &resolution.choice {
        // The opposite of layer 4: no fall-back, no virtual service, no word in the status.
        let reason = format!("{reason}; AKO does not program an Ingress whose AviInfraSetting it cannot use");
        return (hops, Some(Outcome::NotServed { reason }));
    }
    let without_http = ingress.spec.rules.iter().position(|rule| rule.http.is_none());
    let end = without_http.map(|index| {
        let reason = format!("rule {index} has no `http`, and AKO then leaves out the whole Ingress");
        let path = FieldPath::parse("spec.rules").index(index);
        hops.push(hop("no rule", Some(object), path, reason.clone(), HOSTS, HopState::Broken));
        Outcome::NotServed { reason }
    });
    (hops, end)
}

fn landing(
    cluster: &Cluster<'_>,
    object: &Object,
    path: FieldPath,
    host: Option<&str>,
    written: Option<&str>,
) -> Landing {
    let explicit = cluster.intent("Ingress", object, None, host);
    Landing {
        subject: Subject {
            object: cluster.workspace.key(object),
            address: object.address.clone(),
            path,
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            protocol: None,
            port: None,
            host: host.map(str::to_owned),
        },
        via: Via::Ingress,
        hops: Vec::new(),
        outcome: Outcome::NotServed { reason: String::new() },
        intended: intention(explicit, written),
    }
}

/// Lands one host; a rule without host gets the host `<ingress>.<namespace>.<sub-domain>`.
fn land_host(
    cluster: &Cluster<'_>,
    object: &Object,
    host: Option<&str>,
    path: &FieldPath,
    resolution: &Resolution<'_>,
    hops: &mut Vec<Hop>,
) -> (Outcome, Option<(Placement, String)>) {
    let sub_domains: Option<BTreeSet<&str>> =
        cluster.values.sub_domains.as_ref().map(|domains| domains.iter().copied().into_set());
    let own = format!(
        "{}.{}.{}",
        object.name(),
        object.namespace(),
        cluster.values.sub_domain.as_deref().unwrap_or("(sub-domain not known)")
    );
    let host = host.unwrap_or(&own);
    // A cloud without DNS profile takes every host.
    if let Some(domains) = sub_domains.filter(|domains| !domains.is_empty())
        && !domains.iter().any(|domain| host.ends_with(domain))
    {
        let list = domains.iter().map(|domain| format!("`{domain}`")).collect::<Vec<_>>().join(", ");
        let reason =
            format!("host `{host}` ends in none of the cloud's DNS sub-domains ({list}), so AKO passes over its rule");
        hops.push(hop("no virtual service", Some(object), path.clone(), reason.clone(), HOSTS, HopState::Broken));
        return (Outcome::NotServed { reason }, None);
    }
    let placement = shards::place(cluster, host, resolution, graph::is_passthrough(object));
    let name = &placement.name;
    if !names::fits(name) {
        let reason =
            format!("the virtual service's name has {} characters, Avi takes {}", name.len(), names::LONGEST_NAME);
        return (Outcome::NotServed { reason }, None);
    }
    let at = format!("VirtualService/{name}");
    hops.push(hop(at, Some(object), path.clone(), placement.reason.clone(), SHARDS, HopState::Good));
    let key = format!("{}/{name}", cluster.tenant(object.namespace()));
    let (target, last) = resolution.target(cluster, key, None);
    hops.push(last);
    (Outcome::Lands(target), Some((placement, host.to_owned())))
}
