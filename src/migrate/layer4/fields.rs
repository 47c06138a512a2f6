//! Fields and annotations of a Service that count on some ways only.

use crate::ako::versions::{AkoVersion, Capability};
use crate::command::Command;
use crate::edit::Value;
use crate::migrate::draft::Draft;
use crate::migrate::group::{Member, address_of};
use crate::model::{INFRA_SETTING_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service};
use crate::syntax::FieldPath;

/// Annotations of which AKO reads nothing but on a Service with a virtual service of its own.
const OF_ITS_OWN: [(&str, &str); 2] = [
    ("ako.vmware.com/application-profile", "the application profile is AKO's own again"),
    ("ako.vmware.com/disable-traffic", "the traffic is no longer stopped"),
];
const OWN: &str = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go ConstructAviL4VsNode";
const L4_RULE: (&str, &str) = ("ako.vmware.com/l4rule", "the L4Rule applies no longer");
const L4_RULE_SOURCE: &str = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go getL4Rule";

/// Fields that the API server refuses on a Service without a load balancer.
const OF_BALANCERS: [(&str, &str); 4] = [
    ("spec.loadBalancerSourceRanges", "clients are no longer restricted by it"),
    ("spec.externalTrafficPolicy", "the policy for traffic from outside goes"),
    ("spec.allocateLoadBalancerNodePorts", "the field goes"),
    ("spec.healthCheckNodePort", "the field goes"),
];
const REFUSED: &str = "Kubernetes pkg/apis/core/validation ValidateService";

/// Tells what a Service loses that gets no virtual service of its own.
pub fn tell_unread(draft: &mut Draft<'_>, member: &Member, keeps_l4_rule: bool) {
    let Some((object, _)) = draft.before.get::<Service>(&member.namespace, &member.name) else { return };
    for (annotation, what) in OF_ITS_OWN.iter().filter(|it| object.annotation(it.0).is_some()) {
        let reason = format!("AKO reads `{annotation}` only where a Service has a virtual service of its own");
        draft.lose(&member.key, *what, reason, OWN);
    }
    if !keeps_l4_rule && object.annotation(L4_RULE.0).is_some() {
        let reason = format!("AKO reads `{}` of Services of type LoadBalancer only", L4_RULE.0);
        draft.lose(&member.key, L4_RULE.1, reason, L4_RULE_SOURCE);
    }
}

/// Tells what a Service loses that is no longer of type LoadBalancer.
pub fn tell_refused(draft: &mut Draft<'_>, member: &Member, service_type: &str) {
    let Some((object, service)) = draft.before.get::<Service>(&member.namespace, &member.name) else { return };
    for (field, what) in OF_BALANCERS {
        // A Service of type NodePort may have the policy.
        if object.has(field) && !(field == "spec.externalTrafficPolicy" && service_type == "NodePort") {
            let reason = format!("the API server refuses `{field}` on a Service of type {service_type}");
            draft.lose(&member.key, what, reason, REFUSED);
        }
    }
    if service_type == "ClusterIP" && service.spec.ports.iter().any(|port| port.node_port.is_some()) {
        let reason = "the API server refuses `nodePort` on a Service of type ClusterIP";
        draft.lose(&member.key, "its ports on the nodes go", reason, REFUSED);
    }
}

/// Takes annotations off, and with the last one the map; those of the ways themselves are left to the way.
pub fn take_off(draft: &mut Draft<'_>, member: &Member, annotations: &[&str]) {
    let Some((object, service)) = draft.get::<Service>(&member.namespace, &member.name) else { return };
    let path = FieldPath::from("metadata.annotations");
    let present = &service.metadata.annotations;
    let goes = |key: &&String| annotations.contains(&key.as_str());
    let is_way = |key: &String| [INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION].contains(&key.as_str());
    let at = &object.address;
    let commands: Vec<Command> = match present.keys().filter(goes).count() {
        0 => return,
        _ if present.keys().all(|key| goes(&key) || is_way(key)) => vec![Command::remove(at, path)],
        _ => present.keys().filter(goes).map(|key| Command::remove(at, path.key(key))).collect(),
    };
    draft.run(Command::Batch(commands));
}

/// Lets a Service of type LoadBalancer ask for an address, or for none.
pub fn ask_for_address(draft: &mut Draft<'_>, member: &Member, address: Option<&str>) {
    let by_annotation = AkoVersion::of(&draft.now).has(Capability::LoadBalancerIpAnnotation);
    let Some((object, service)) = draft.get::<Service>(&member.namespace, &member.name) else { return };
    if address_of(object, service) == address {
        return;
    }
    let at = &object.address;
    let annotation = FieldPath::from("metadata.annotations").key(LOAD_BALANCER_IP_ANNOTATION);
    let field = FieldPath::from("spec.loadBalancerIP");
    let mut commands = Vec::new();
    let (present, other) = if by_annotation { (annotation, field) } else { (field, annotation) };
    if object.has(other.clone()) {
        commands.push(Command::remove(at, other));
    }
    match address {
        Some(address) => commands.push(Command::set(at, present, Value::from(address))),
        None if object.has(present.clone()) => commands.push(Command::remove(at, present)),
        None => {}
    }
    draft.run(Command::Batch(commands));
}
