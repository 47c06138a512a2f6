//! LoadBalancer Services that share a VIP by annotation, within one namespace.
//!
//! Source: AKO 2.2.1 `internal/nodes/dequeue_ingestion.go` `handleL4SharedVipService` and
//! `internal/nodes/avi_model_advl4_translator.go` `ConstructSharedVipSvcLBNode`.

mod agreement;

pub use agreement::{About, Disagreement, assumption};

use std::collections::BTreeSet;

use super::change::{Status, Unit, event_key};
use super::cluster::{Cluster, ServiceRef};
use super::landing::{Hop, HopState, Outcome, Via};
use super::layer4::{self, EXTERNAL_DNS_ANNOTATION, Layer4, number, protocol};
use super::load_balancer::{first_hop, is_class_foreign, pool_too_long, preferred_address, refusal, written};
use super::moment::Layer4Moments;
use super::names;
use super::output::Output;
use super::servers::WithoutServers;
use super::trace::{LAYER4, Reference, Resolution, annotation_path, follow, hop, resolve};
use super::versions::Capability;
use crate::model::{INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION};
use crate::ordered::{IntoOrdered, sort_by_key};

/// Where AKO compares the members.
const SOURCE: &str = "AKO 2.2.1 internal/nodes/dequeue_ingestion.go handleL4SharedVipService";

/// Predicts the shared VIP of a key.
pub fn predict<'a>(cluster: &Cluster<'a>, output: &mut Output, namespace: &str, key: &str, members: &[ServiceRef<'a>]) {
    let mut members = members.to_vec();
    // What has an event goes to the end of AKO's list.
    sort_by_key(&mut members, |member| cluster.seen(member.0));
    let members = &members[..];
    let Some(first) = members.first().copied() else { return };
    let name = cluster.names.layer4(namespace, key);
    output.unit(cluster, || Unit {
        events: members.iter().map(|member| event_key(member.0)).collect(),
        services: vec![format!("{}/{name}", cluster.values.tenant)],
        statuses: members.iter().map(|member| Status::OfPools(cluster.workspace.key(member.0))).collect(),
    });
    if members.iter().all(|member| is_class_foreign(cluster, *member)) {
        return;
    }
    let protocols = members.iter().flat_map(|member| &member.1.spec.ports).map(protocol);
    let disagreements = agreement::disagreements(cluster, key, members);
    let is_deleted = delete(cluster, output, (key, &name), members, &disagreements);
    output.disagreements.extend(disagreements);
    if is_deleted {
        return;
    }
    if let Some(reason) = refusal(cluster, &name, protocols) {
        let outcome = Outcome::NotServed { reason };
        for member in members.iter().filter(|member| !is_class_foreign(cluster, **member)) {
            layer4::land_nowhere(output, cluster, *member, Via::SharedVip, written(cluster, *member), &outcome);
        }
        return;
    }
    // The namespace's setting reaches only the pools, unless the first member names an L4Rule: AKO then
    // looks for a setting as for a Service of its own.
    let heeds_namespace = agreement::rule_of(cluster, first).is_some();
    let resolution = match setting_of(cluster, first) {
        Some(reference) => follow(cluster, &reference),
        None if heeds_namespace => resolve(cluster, None, namespace),
        None => Resolution { choice: super::trace::Choice::Global, hops: Vec::new(), written: None },
    };
    let static_ip = preferred_address(cluster, first);
    let moments = Layer4Moments {
        namespace: if heeds_namespace { namespace } else { "" },
        reference: setting_of(cluster, first).map(|reference| reference.name),
        // Events of settings reach no Service on a shared VIP.
        follows_setting: false,
        static_ip: &static_ip,
        moments: members
            .iter()
            .map(|member| (cluster.seen(member.0), usize::from(fqdn(cluster, *member).is_some())))
            .collect(),
    };
    let reference = moments.reference;
    let (effective, vip) = moments.replay(cluster);
    if heeds_namespace || reference.is_some() {
        output.late.extend(cluster.late(first.0, reference, &vip, &effective));
    }
    let mut layer4 = Layer4 {
        // A namespace's tenant is not honoured here.
        tenant: cluster.values.tenant.clone(),
        name: name.clone(),
        effective,
        listeners: Vec::new(),
        fqdns: members.iter().filter_map(|member| fqdn(cluster, *member)).collect(),
        static_ip: static_ip.clone(),
        rules: Vec::new(),
        application_profile: None,
        traffic_enabled: None,
    };
    output.check_vip(cluster, &resolution, layer4.key());
    output.own(layer4.key(), first.0, Via::SharedVip);
    output.without_servers.extend(members.iter().filter_map(|member| WithoutServers::layer4(cluster, *member)));
    let (target, last) = resolution.target(cluster, layer4.key(), Some(static_ip).filter(|ip| !ip.is_empty()));
    for member in members {
        let mut hops = vec![first_hop(*member, &name), key_hop(*member, key, &name)];
        hops.extend(namespace_hop(cluster, *member).filter(|_| !heeds_namespace));
        hops.extend(resolution.hops.iter().cloned());
        hops.push(last.clone());
        for (index, port) in member.1.spec.ports.iter().enumerate() {
            let (protocol, number) = (protocol(port), number(port));
            let pool = cluster.names.shared_pool(namespace, member.0.name(), key, protocol, number);
            let rule = layer4::rule(cluster, *member, (protocol, number), pool, true);
            let outcome = match &rule {
                Some(_) => Outcome::Lands(target.clone()),
                None => Outcome::NotServed { reason: pool_too_long() },
            };
            let landing = layer4::landing(cluster, *member, index, Via::SharedVip, written(cluster, *member));
            output.land_at((member.0.order, index), landing, hops.clone(), outcome);
            layer4.listeners.push((number, protocol.to_owned()));
            layer4.rules.extend(rule);
        }
    }
    for (object, _) in members {
        // The status names AKO's own host even where external-dns' annotation made another one.
        let hostname = names::auto_fqdn(&cluster.values, object.namespace(), object.name());
        if let Some(status) = layer4.service_status(hostname.as_deref()) {
            output.objects.insert(cluster.workspace.key(object), status);
        }
    }
    output.memory.vips.insert(layer4.key(), vip);
    output.virtual_services.insert(layer4.key(), layer4.build(cluster.values.tcp_proxy));
}

/// A member's host in DNS.
fn fqdn(cluster: &Cluster<'_>, (object, _): ServiceRef<'_>) -> Option<String> {
    cluster.values.sub_domain.as_ref()?;
    let annotated = object.annotation(EXTERNAL_DNS_ANNOTATION).map(str::to_owned);
    annotated.or_else(|| names::auto_fqdn(&cluster.values, object.namespace(), object.name()))
}

/// The setting that a member names, as far as this AKO heeds it on a shared VIP.
fn setting_of<'a>(cluster: &Cluster<'_>, (object, _): ServiceRef<'a>) -> Option<Reference<'a>> {
    Reference::annotation(object).filter(|_| cluster.has(Capability::SharedVipSetting))
}

/// Lands all members on nothing where AKO deletes the virtual service because they do not agree.
fn delete(
    cluster: &Cluster<'_>,
    output: &mut Output,
    (key, name): (&str, &str),
    members: &[ServiceRef<'_>],
    disagreements: &[Disagreement],
) -> bool {
    let Some(cause) = disagreements.iter().find(|disagreement| disagreement.deletes) else { return false };
    let object = |order: usize| cluster.workspace.objects().get(order);
    let odd: BTreeSet<usize> = cause.odd.iter().map(|(order, _)| *order).into_set();
    let Some((first_odd, model)) = cause.odd.first().and_then(|odd| object(odd.0)).zip(object(cause.model.0)) else {
        return false;
    };
    let reason = cause.reason(first_odd.name(), model.name());
    for member in members.iter().filter(|member| !is_class_foreign(cluster, **member)) {
        let at = if odd.contains(&member.0.order) { member.0 } else { first_odd };
        let path = cause.about.field(at.has("spec.loadBalancerIP"));
        let state = HopState::Broken;
        let broken = hop(format!("shared VIP {name}"), Some(at), path, reason.clone(), SOURCE, state);
        for index in 0..member.1.spec.ports.len() {
            let landing = layer4::landing(cluster, *member, index, Via::SharedVip, written(cluster, *member));
            let hops = vec![first_hop(*member, name), key_hop(*member, key, name), broken.clone()];
            let outcome = Outcome::NotServed { reason: reason.clone() };
            output.land_at((member.0.order, index), landing, hops, outcome);
        }
    }
    true
}

fn key_hop((object, _): ServiceRef<'_>, key: &str, name: &str) -> Hop {
    let reason = format!("all LoadBalancer Services of `{}` with the key `{key}` share this VIP", object.namespace());
    let path = annotation_path(SHARED_VIP_ANNOTATION);
    hop(format!("shared VIP {name}"), Some(object), path, reason, SOURCE, HopState::Good)
}

/// The namespace's setting would apply to a Service without shared VIP.
fn namespace_hop(cluster: &Cluster<'_>, (object, _): ServiceRef<'_>) -> Option<Hop> {
    if Reference::annotation(object).is_some() {
        return None;
    }
    let (namespace, name) = cluster.namespace_setting(object.namespace())?;
    let reason = "a shared VIP does not take the AviInfraSetting of its namespace";
    let path = annotation_path(INFRA_SETTING_ANNOTATION);
    Some(hop(format!("AviInfraSetting/{name}"), Some(namespace), path, reason, LAYER4, HopState::Broken))
}
