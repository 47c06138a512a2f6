//! Where the ports of a labelled Service land, hop by hop.

use super::gateway::{class_hop, static_ip};
use super::listeners::Matches;
use crate::ako::cluster::{Cluster, ServiceRef, qualified};
use crate::ako::landing::{Hop, HopState, Outcome, Target, Via};
use crate::ako::layer4::{self, Layer4, number, protocol};
use crate::ako::load_balancer::pool_too_long;
use crate::ako::names;
use crate::ako::output::Output;
use crate::ako::trace::{Resolution, hop, label_path};
use crate::lower::IntOrString;
use crate::model::service::ServicePort;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway};
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// How AKO finds the Gateway and the listener of a Service.
const MATCH: &str = "AKO 2.2.1 internal/nodes/ingress_model_rel.go ParseL4ServiceForGateway";
/// How AKO takes one Service for one listener.
const ONE_SERVICE: &str = "AKO 2.2.1 internal/nodes/avi_model_advl4_translator.go ConstructAdvL4PolPoolNodes";

fn not_served(reason: impl Into<String>) -> Outcome {
    Outcome::NotServed { reason: reason.into() }
}

/// AKO does not look for the Service's Gateway.
pub fn nowhere(cluster: &Cluster<'_>, output: &mut Output, service: ServiceRef<'_>, reason: &str) {
    let missing =
        [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL].into_iter().find(|label| service.0.label(label).is_none());
    let path = match missing {
        Some(_) => FieldPath::parse("metadata.labels"),
        None => label_path(GATEWAY_NAME_LABEL),
    };
    let broken = hop("no Gateway", Some(service.0), path, reason, MATCH, HopState::Broken);
    land_all(cluster, output, service, &[broken], &not_served(reason), None);
}

/// The Service's labels name a Gateway that is not there.
pub fn dangling(cluster: &Cluster<'_>, output: &mut Output, service: ServiceRef<'_>, key: &str, reason: &str) {
    let broken = hop(key, Some(service.0), label_path(GATEWAY_NAME_LABEL), reason, MATCH, HopState::Broken);
    land_all(cluster, output, service, &[broken], &not_served(reason), None);
}

/// The Service's Gateway exists outside this project: which listeners it has is not known.
pub fn on_external_gateway(cluster: &Cluster<'_>, output: &mut Output, service: ServiceRef<'_>, gateway: (&str, &str)) {
    let (namespace, name) = gateway;
    let reason = format!("Gateway `{namespace}/{name}` exists outside this project");
    let at = format!("Gateway/{namespace}/{name}");
    let hops = [hop(at, Some(service.0), label_path(GATEWAY_NAME_LABEL), reason, MATCH, HopState::Good)];
    let virtual_service = format!("{}/{}", cluster.tenant(namespace), cluster.names.layer4(namespace, name));
    let target = Target { virtual_service, unknown: true, ..Target::default() };
    land_all(cluster, output, service, &hops, &Outcome::Lands(target), None);
}

/// AKO refuses the Service's Gateway.
pub fn refused(
    cluster: &Cluster<'_>,
    output: &mut Output,
    service: ServiceRef<'_>,
    broken: &Hop,
    written: Option<&str>,
) {
    let hops = [gateway_hop(service.0), broken.clone()];
    land_all(cluster, output, service, &hops, &not_served(broken.reason.as_str()), written);
}

/// AKO makes no virtual service for the Service's Gateway, and says nothing.
pub fn refused_silently(
    cluster: &Cluster<'_>,
    output: &mut Output,
    service: ServiceRef<'_>,
    reason: &str,
    written: Option<&str>,
) {
    land_all(cluster, output, service, &[gateway_hop(service.0)], &not_served(reason), written);
}

fn land_all(
    cluster: &Cluster<'_>,
    output: &mut Output,
    service: ServiceRef<'_>,
    hops: &[Hop],
    outcome: &Outcome,
    written: Option<&str>,
) {
    for index in 0..service.1.spec.ports.len() {
        let landing = layer4::landing(cluster, service, index, Via::Gateway, written);
        output.land_at((service.0.order, index), landing, hops.to_vec(), outcome.clone());
    }
}

/// The hop from a Service to its Gateway.
fn gateway_hop(service: &Object) -> Hop {
    let label = |label| service.label(label).unwrap_or_default();
    let at = format!("Gateway/{}/{}", label(GATEWAY_NAMESPACE_LABEL), label(GATEWAY_NAME_LABEL));
    let reason = "both gateway labels name it; the Service may be in any namespace";
    hop(at, Some(service), label_path(GATEWAY_NAME_LABEL), reason, MATCH, HopState::Good)
}

/// A Gateway that AKO takes, with what it came to.
pub struct Taken<'t, 'a> {
    /// The Gateway.
    pub gateway: (&'a Object, &'a Gateway),
    /// Its Services by listener.
    pub matches: &'t Matches<'a>,
    /// Its virtual service.
    pub layer4: &'t Layer4,
    /// Its setting.
    pub resolution: &'t Resolution<'a>,
    /// Its class, if in this project.
    pub class: Option<&'a Object>,
}

/// Lands the Services of a Gateway that AKO takes.
pub fn on_gateway(cluster: &Cluster<'_>, output: &mut Output, taken: &Taken<'_, '_>, services: &[ServiceRef<'_>]) {
    let (object, gateway) = taken.gateway;
    let static_ip = Some(static_ip(gateway).to_owned()).filter(|address| !address.is_empty());
    let (target, last) = taken.resolution.target(cluster, taken.layer4.key(), static_ip);
    let mut way = vec![class_hop(object, gateway, taken.class)];
    way.extend(taken.resolution.hops.iter().cloned());
    way.push(last);
    for service in services {
        for (index, port) in service.1.spec.ports.iter().enumerate() {
            let landing = layer4::landing(cluster, *service, index, Via::Gateway, taken.resolution.written);
            let listener = listener_hop(cluster, taken, *service, index, port);
            let outcome = match listener.state {
                HopState::Broken => not_served(listener.reason.as_str()),
                _ => Outcome::Lands(target.clone()),
            };
            let ends = listener.state == HopState::Broken;
            let mut hops = vec![gateway_hop(service.0), listener];
            hops.extend(way.iter().filter(|_| !ends).cloned());
            output.land_at((service.0.order, index), landing, hops, outcome);
        }
    }
}

/// The hop from a Service's port to a listener, or why there is none.
fn listener_hop(
    cluster: &Cluster<'_>,
    taken: &Taken<'_, '_>,
    (object, _): ServiceRef<'_>,
    index: usize,
    port: &ServicePort,
) -> Hop {
    let (gateway_object, _) = taken.gateway;
    let (protocol, number) = (protocol(port), number(port));
    let qualified_gateway = qualified(gateway_object);
    let path = FieldPath::parse("spec.ports").index(index).key("port");
    let at = format!("listener {protocol}/{number} of Gateway/{qualified_gateway}");
    let make = |reason: String, source, state| hop(at.clone(), Some(object), path.clone(), reason, source, state);
    let Some(claims) = taken.matches.claims.get(&(protocol, number)) else {
        let has = &taken.matches.words;
        let rule = comparison(taken.matches, port);
        let reason =
            format!("no listener of Gateway `{qualified_gateway}` has {protocol}/{number} (it has {has}); {rule}");
        return make(reason, MATCH, HopState::Broken);
    };
    if claims.len() > 1 {
        let names = claimants(claims);
        let reason =
            format!("{names} claim {protocol}/{number} of Gateway `{qualified_gateway}`; AKO then serves none of them");
        return make(reason, ONE_SERVICE, HopState::Broken);
    }
    let pool =
        cluster.names.shared_pool(gateway_object.namespace(), object.name(), gateway_object.name(), protocol, number);
    if !names::fits(&pool) {
        return make(pool_too_long(), ONE_SERVICE, HopState::Broken);
    }
    make(format!("the Service's {protocol}/{number} equals this listener"), MATCH, HopState::Good)
}

/// The Services on one listener; of many the first two.
fn claimants(claims: &[ServiceRef<'_>]) -> String {
    const MOST: usize = 2;
    let mut names: Vec<String> = claims.iter().take(MOST).map(|claim| format!("`{}`", qualified(claim.0))).collect();
    if claims.len() > MOST {
        names.push(format!("{} more", claims.len() - MOST));
    }
    names.join(" and ")
}

/// The part of AKO's comparison that this port most likely falls over.
fn comparison(matches: &Matches<'_>, port: &ServicePort) -> &'static str {
    if matches.ports.contains(&number(port)) {
        return "AKO compares the protocol too, letter by letter";
    }
    match &port.target_port {
        Some(IntOrString::String(_)) | None => "AKO compares protocol and port of the Service",
        Some(IntOrString::Int(_)) => "AKO compares the Service's port, not its targetPort",
    }
}
