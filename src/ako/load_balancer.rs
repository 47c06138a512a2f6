//! Services of type LoadBalancer: each has a virtual service of its own, or shares a VIP.
//!
//! Source: AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `ConstructAviL4VsNode`.

use std::collections::BTreeMap;
use std::iter;

use super::change::{Status, Unit, event_key};
use super::cluster::{Cluster, ServiceRef};
use super::landing::{Hop, HopState, Outcome, Via};
use super::layer4::{self, EXTERNAL_DNS_ANNOTATION, Layer4, number, protocol};
use super::moment::{Layer4Moments, Timing};
use super::names;
use super::output::Output;
use super::servers::WithoutServers;
use super::services_api;
use super::shared_vip;
use super::trace::{Reference, annotation_path, hop, resolve};
use super::values::ServiceMode;
use super::versions::Capability;
use crate::model::{AVI_CONTROLLER, Kind, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION};
use crate::ordered::sort_by_key;
use crate::pace::pause;
use crate::syntax::FieldPath;

/// Annotation for another application profile.
const APPLICATION_PROFILE_ANNOTATION: &str = "ako.vmware.com/application-profile";
/// Annotation that stops the traffic.
const DISABLE_TRAFFIC_ANNOTATION: &str = "ako.vmware.com/disable-traffic";
/// Where AKO chooses by class.
const CLASS_SOURCE: &str = "AKO 2.2.1 internal/lib/lib.go ValidateSvcforClass";

/// Whether a Service is of type LoadBalancer.
#[must_use]
pub fn is_load_balancer(service: ServiceRef<'_>) -> bool {
    service.1.spec.service_type.as_deref() == Some("LoadBalancer")
}

/// Predicts all Services of type LoadBalancer.
pub async fn predict(cluster: &Cluster<'_>, output: &mut Output) {
    let mut shared: BTreeMap<(&str, &str), Vec<ServiceRef<'_>>> = BTreeMap::new();
    let mut alone: Vec<ServiceRef<'_>> = Vec::new();
    for service in cluster.services.iter().copied().filter(|service| is_load_balancer(*service)) {
        if services_api::takes(cluster, service) {
            continue;
        }
        pause().await;
        let key = service.0.annotation(SHARED_VIP_ANNOTATION).filter(|key| !key.is_empty());
        let key = key.filter(|_| cluster.has(Capability::SharedVip));
        let via = if key.is_some() { Via::SharedVip } else { Via::LoadBalancer };
        if let Some(outcome) = not_read(cluster, service) {
            let written = match outcome {
                // What another controller takes need not heed the Namespace's annotation for AKO.
                Outcome::NotForAko { .. } => Reference::annotation(service.0).map(|reference| reference.name),
                _ => written(cluster, service),
            };
            layer4::land_nowhere(output, cluster, service, via, written, &outcome);
            // A member of another class is still a member: it takes the whole VIP down.
            if !is_class_foreign(cluster, service) {
                continue;
            }
        }
        match key {
            Some(key) => shared.entry((service.0.namespace(), key)).or_default().push(service),
            None if is_class_foreign(cluster, service) => {}
            None => alone.push(service),
        }
    }
    if cluster.timing == Timing::AtStart {
        // When it starts, AKO finds them as they come out of a Go map, whatever the order of documents was; which of
        // two with one virtual service it builds last cannot be known, and names decide here.
        sort_by_key(&mut alone, |&(object, _)| (object.namespace(), object.name()));
    }
    for service in alone {
        predict_one(cluster, output, service);
        pause().await;
    }
    for ((namespace, key), members) in shared {
        shared_vip::predict(cluster, output, namespace, key, &members);
        pause().await;
    }
}

/// The name at the end of the written chain.
#[must_use]
pub fn written<'a>(cluster: &Cluster<'a>, service: ServiceRef<'a>) -> Option<&'a str> {
    let own = Reference::annotation(service.0).map(|reference| reference.name);
    own.or_else(|| cluster.namespace_setting(service.0.namespace()).map(|(_, name)| name))
}

/// Whether a Service is not AKO's by its class, or by having none where AKO is not the default.
#[must_use]
pub fn is_class_foreign(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> bool {
    cluster.has(Capability::LoadBalancerClass)
        && match service.1.spec.load_balancer_class.as_deref() {
            Some(class) => class != AVI_CONTROLLER,
            None => !cluster.values.default_lb_controller,
        }
}

/// Why AKO does not read a LoadBalancer Service, if it does not.
fn not_read(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> Option<Outcome> {
    if is_class_foreign(cluster, service) {
        let reason = match service.1.spec.load_balancer_class.as_deref() {
            Some(class) => format!("`spec.loadBalancerClass` is `{class}`, not `{AVI_CONTROLLER}`"),
            None => "`spec.loadBalancerClass` is not set and `L4Settings.defaultLBController` is false".to_owned(),
        };
        return Some(Outcome::NotForAko { reason });
    }
    if cluster.values.layer7_only {
        let reason = "`AKOSettings.layer7Only` is true: AKO leaves layer 4 alone";
        return Some(Outcome::NotServed { reason: reason.to_owned() });
    }
    let reason = cluster.leaves_alone(service.0.namespace())?;
    Some(Outcome::NotServed { reason })
}

/// The hop from a Service to its own virtual service.
#[must_use]
pub fn first_hop(service: ServiceRef<'_>, name: &str) -> Hop {
    let (path, reason) = match service.1.spec.load_balancer_class {
        Some(_) => ("spec.loadBalancerClass", format!("the class is AKO's, so it makes virtual service `{name}`")),
        None => {
            ("spec.type", format!("AKO takes LoadBalancer Services without class and makes virtual service `{name}`"))
        }
    };
    hop(format!("VirtualService/{name}"), Some(service.0), path, reason, CLASS_SOURCE, HopState::Good)
}

/// The preferred address: the spec wins over the annotation; neither is checked.
#[must_use]
pub fn preferred_address(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> String {
    let spec = service.1.spec.load_balancer_ip.as_deref().filter(|address| !address.is_empty());
    let annotated = || {
        let address = service.0.annotation(LOAD_BALANCER_IP_ANNOTATION);
        address.filter(|_| cluster.has(Capability::LoadBalancerIpAnnotation))
    };
    spec.or_else(annotated).unwrap_or_default().to_owned()
}

/// Why no virtual service is made of these ports, if none is.
#[must_use]
pub fn refusal<'p>(cluster: &Cluster<'_>, name: &str, mut protocols: impl Iterator<Item = &'p str>) -> Option<String> {
    if !names::fits(name) {
        let limit = names::LONGEST_NAME;
        return Some(format!("the virtual service's name has {} characters, Avi takes {limit}", name.len()));
    }
    let sctp =
        cluster.values.service_mode == ServiceMode::NodePortLocal && protocols.any(|protocol| protocol == "SCTP");
    sctp.then(|| "SCTP is not supported with `serviceType: NodePortLocal`, so AKO makes no virtual service".to_owned())
}

fn predict_one(cluster: &Cluster<'_>, output: &mut Output, service: ServiceRef<'_>) {
    let (object, value) = service;
    let (namespace, name) = (object.namespace(), object.name());
    let ports = &value.spec.ports;
    let virtual_service = cluster.names.layer4(namespace, name);
    let resolution = resolve(cluster, Reference::annotation(object), namespace);
    if let Some(reason) = refusal(cluster, &virtual_service, ports.iter().map(protocol)) {
        let outcome = Outcome::NotServed { reason };
        layer4::land_nowhere(output, cluster, service, Via::LoadBalancer, resolution.written, &outcome);
        return;
    }
    let key = format!("{}/{virtual_service}", cluster.tenant(namespace));
    output.unit(cluster, || Unit {
        events: iter::once(event_key(object))
            .chain(cluster.setting_event(Reference::annotation(object).map(|reference| reference.name), namespace))
            .filter(|(kind, ..)| *kind != Kind::AviInfraSetting || !cluster.values.services_api)
            .collect(),
        services: vec![key],
        statuses: vec![Status::OfService(cluster.workspace.key(object))],
    });
    let static_ip = preferred_address(cluster, service);
    let fqdn = match (object.annotation(EXTERNAL_DNS_ANNOTATION), cluster.values.auto_fqdn) {
        (Some(host), mode) if mode != super::values::AutoFqdn::Off => Some(host.to_owned()),
        _ => names::auto_fqdn(&cluster.values, namespace, name),
    };
    let profile = object.annotation(APPLICATION_PROFILE_ANNOTATION).filter(|profile| !profile.is_empty());
    let moments = Layer4Moments {
        namespace,
        reference: Reference::annotation(object).map(|reference| reference.name),
        // Events of settings are passed on to Services only without the services API
        // (AKO 2.2.1 `internal/nodes/dequeue_ingestion.go` `DequeueIngestion`).
        follows_setting: !cluster.values.services_api,
        static_ip: &static_ip,
        moments: vec![(cluster.seen(object), fqdn.iter().count())],
    };
    let reference = moments.reference;
    let (effective, vip) = moments.replay(cluster);
    output.late.extend(cluster.late(object, reference, &vip, &effective));
    let mut layer4 = Layer4 {
        tenant: cluster.tenant(namespace).to_owned(),
        name: virtual_service.clone(),
        effective,
        listeners: ports.iter().map(|port| (number(port), protocol(port).to_owned())).collect(),
        fqdns: fqdn.iter().cloned().collect(),
        static_ip: static_ip.clone(),
        rules: Vec::new(),
        application_profile: profile.map(str::to_owned),
        traffic_enabled: (object.annotation(DISABLE_TRAFFIC_ANNOTATION) == Some("true")).then_some(false),
    };
    output.check_vip(cluster, &resolution, layer4.key());
    output.own(layer4.key(), object, Via::LoadBalancer);
    output.without_servers.extend(WithoutServers::layer4(cluster, service));
    let (target, last) = resolution.target(cluster, layer4.key(), Some(static_ip.clone()).filter(|ip| !ip.is_empty()));
    for (index, port) in ports.iter().enumerate() {
        let pool = cluster.names.service_pool(namespace, name, protocol(port), number(port));
        let rule = layer4::rule(cluster, service, (protocol(port), number(port)), pool, false);
        let mut hops = vec![first_hop(service, &virtual_service)];
        hops.extend(resolution.hops.iter().cloned());
        hops.push(last.clone());
        hops.extend(address_hop(cluster, service));
        let outcome = match &rule {
            Some(_) => Outcome::Lands(target.clone()),
            None => Outcome::NotServed { reason: pool_too_long() },
        };
        let landing = layer4::landing(cluster, service, index, Via::LoadBalancer, resolution.written);
        output.land_at((object.order, index), landing, hops, outcome);
        layer4.rules.extend(rule);
    }
    if let Some(status) = layer4.service_status(fqdn.as_deref()) {
        output.objects.insert(cluster.workspace.key(object), status);
    }
    output.memory.vips.insert(layer4.key(), vip);
    output.virtual_services.insert(layer4.key(), layer4.build(cluster.values.tcp_proxy));
}

/// Why a port has no pool.
#[must_use]
pub fn pool_too_long() -> String {
    format!("the pool's name would have more than {} characters, which Avi refuses", names::LONGEST_NAME)
}

/// The hop of a preferred address, where one is written.
fn address_hop(cluster: &Cluster<'_>, service: ServiceRef<'_>) -> Option<Hop> {
    const SOURCE: &str = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go ConstructAviL4VsNode";
    let address = preferred_address(cluster, service);
    let in_spec = service.1.spec.load_balancer_ip.as_deref() == Some(address.as_str());
    let path =
        if in_spec { FieldPath::parse("spec.loadBalancerIP") } else { annotation_path(LOAD_BALANCER_IP_ANNOTATION) };
    let reason = format!("AKO asks for `{address}` without looking whether it lies in the network");
    (!address.is_empty()).then(|| hop(address.clone(), Some(service.0), path, reason, SOURCE, HopState::Good))
}
