//! The change that puts a Service on its segment.

use std::collections::BTreeMap;

use serde_json::Value;

use super::listeners::add_listeners;
use super::options::missing_listeners;
use super::snippet::Marks;
use super::{Listener, Port, Way, Wish, existing, gateway_class, ingress_class, new_gateway, ports};
use crate::avi_side::set_intent;
use crate::canonical::{app_file, free_name, metadata, yaml};
use crate::command::Command;
use crate::model::ingress::{
    IngressBackend, IngressHttp, IngressPath, IngressRule, IngressServiceBackend, IngressSpec, ServiceBackendPort,
};
use crate::model::service::{ServicePort, ServiceSpec};
use crate::model::{
    GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, INFRA_SETTING_ANNOTATION, Ingress, Kind, ObjectMeta,
    SHARED_VIP_ANNOTATION, Service,
};
use crate::syntax::FieldPath;
use crate::workspace::{Object, Workspace};

/// Labels and annotations that put a Service on one way; those of another way are taken off.
const LABELS: [&str; 2] = [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL];
const ANNOTATIONS: [&str; 2] = [INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION];

/// Fields that the API server refuses on a Service without a load balancer (Kubernetes
/// `pkg/apis/core/validation`, `ValidateService`).
const LOAD_BALANCER_FIELDS: [&str; 5] = [
    "loadBalancerClass",
    "loadBalancerIP",
    "loadBalancerSourceRanges",
    "allocateLoadBalancerNodePorts",
    "healthCheckNodePort",
];

/// Puts a Service on its segment by one of the [`options`](super::options): labels or annotations and
/// type, the listeners or the Ingress that it needs, and the intent in the settings.
#[must_use]
pub fn apply(workspace: &Workspace, wish: &Wish, way: &Way) -> Command {
    let mut commands = Vec::new();
    let marks = Marks::of(workspace, wish, way);
    match existing(workspace, wish) {
        Some((object, service)) => mark(object, service, &marks, way, &mut commands),
        None => commands.push(new_service(workspace, wish, marks)),
    }
    let mut intent = (Kind::Service, wish.service.clone());
    match way {
        Way::Gateway { namespace, name } => commands.push(listen(workspace, wish, namespace, name)),
        Way::Ingress => {
            let ingress = ingress(workspace, wish);
            let name = ingress.metadata.name.clone().unwrap_or_default();
            commands.push(Command::AddDocument { file: app_file(&wish.namespace, &name), text: yaml(&ingress) });
            intent = (Kind::Ingress, name);
        }
        Way::LoadBalancer | Way::SharedVip { .. } => {}
    }
    if !wish.setting.is_empty() {
        commands.push(set_intent(workspace, intent.0, &wish.namespace, &intent.1, &wish.setting));
    }
    Command::Batch(commands)
}

/// Changes an existing Service.
pub(crate) fn mark(object: &Object, service: &Service, marks: &Marks, way: &Way, commands: &mut Vec<Command>) {
    let at = &object.address;
    let metadata = &service.metadata;
    set_marks(object, "metadata.labels", &metadata.labels, &marks.labels, &LABELS, commands);
    set_marks(object, "metadata.annotations", &metadata.annotations, &marks.annotations, &ANNOTATIONS, commands);
    let spec = &service.spec;
    let current = spec.service_type.as_deref().unwrap_or("ClusterIP");
    // An Ingress takes Services of any type that has pods; only a load balancer of its own goes.
    let keeps_type = *way == Way::Ingress && current == "NodePort";
    if current != marks.service_type && !keeps_type {
        commands.push(Command::set(at, "spec.type", Value::from(marks.service_type)));
        if current == "LoadBalancer" {
            unbalance(object, marks.service_type, service, commands);
        }
    }
    if let (Some(class), None) = (marks.class, &spec.load_balancer_class) {
        commands.push(Command::set(at, "spec.loadBalancerClass", Value::from(class)));
    }
}

/// Takes off what only a Service of type LoadBalancer (or NodePort) may have.
fn unbalance(object: &Object, service_type: &str, service: &Service, commands: &mut Vec<Command>) {
    let at = &object.address;
    let spec = FieldPath::from("spec");
    let mut fields: Vec<FieldPath> = LOAD_BALANCER_FIELDS.iter().map(|field| spec.key(field)).collect();
    if service_type == "ClusterIP" {
        fields.push(spec.key("externalTrafficPolicy"));
        let ports = 0..service.spec.ports.len();
        fields.extend(ports.map(|port| spec.key("ports").index(port).key("nodePort")));
    }
    let written = fields.into_iter().filter(|field| object.has(field.clone()));
    commands.extend(written.map(|field| Command::remove(at, field)));
}

/// Gives a map the wanted marks and takes off those of other ways; a map that would be empty goes.
fn set_marks(
    object: &Object,
    path: &str,
    present: &BTreeMap<String, String>,
    wanted: &BTreeMap<String, String>,
    ours: &[&str],
    commands: &mut Vec<Command>,
) {
    let (at, path) = (&object.address, FieldPath::from(path));
    let is_stale = |key: &str| ours.contains(&key) && !wanted.contains_key(key);
    let stale: Vec<&String> = present.keys().filter(|key| is_stale(key)).collect();
    if !stale.is_empty() && stale.len() == present.len() && wanted.is_empty() {
        commands.push(Command::remove(at, path));
        return;
    }
    for (key, value) in wanted.iter().filter(|(key, value)| present.get(*key) != Some(value)) {
        commands.push(Command::set(at, path.key(key), Value::from(value.as_str())));
    }
    commands.extend(stale.into_iter().map(|key| Command::remove(at, path.key(key))));
}

/// Gives the Gateway the listeners it lacks, or makes it.
fn listen(workspace: &Workspace, wish: &Wish, namespace: &str, name: &str) -> Command {
    let listeners = |ports: &[Port]| -> Vec<Listener> {
        ports.iter().map(|port| Listener::new(port.protocol.clone(), port.port)).collect()
    };
    let wanted = ports(workspace, wish);
    if let Some((object, gateway)) = workspace.get::<Gateway>(namespace, name) {
        return add_listeners(workspace, &object.address, &listeners(&missing_listeners(gateway, &wanted)));
    }
    let class = gateway_class(workspace, &wish.setting).unwrap_or_default();
    new_gateway(namespace, name, class, &listeners(&wanted))
}

fn new_service(workspace: &Workspace, wish: &Wish, marks: Marks) -> Command {
    let ports = ports(workspace, wish);
    // The API server wants names where there are several ports.
    let name = |port: &Port| format!("{}-{}", port.protocol.to_lowercase(), port.port);
    let several = ports.len() > 1;
    let ports = ports.into_iter().map(|port| ServicePort {
        name: several.then(|| name(&port)),
        protocol: Some(port.protocol),
        port: Some(port.port),
        target_port: port.target,
        ..ServicePort::default()
    });
    let service = Service {
        api_version: Some("v1".to_owned()),
        kind: Some(Kind::Service.name().to_owned()),
        metadata: ObjectMeta {
            labels: marks.labels,
            annotations: marks.annotations,
            ..metadata(&wish.namespace, &wish.service)
        },
        spec: ServiceSpec {
            selector: wish.selector.clone(),
            ports: ports.collect(),
            service_type: Some(marks.service_type.to_owned()),
            load_balancer_class: marks.class.map(str::to_owned),
            ..ServiceSpec::default()
        },
    };
    Command::AddDocument { file: app_file(&wish.namespace, &wish.service), text: yaml(&service) }
}

/// The Ingress for a wish: one host, one path, the first wanted port.
pub(super) fn ingress(workspace: &Workspace, wish: &Wish) -> Ingress {
    let number = ports(workspace, wish).first().map(|port| port.port);
    let path = if wish.path.trim().is_empty() { "/" } else { wish.path.trim() };
    let backend = IngressServiceBackend {
        name: Some(wish.service.clone()),
        port: Some(ServiceBackendPort { number, name: None }),
    };
    let path = IngressPath {
        path: Some(path.to_owned()),
        path_type: Some("Prefix".to_owned()),
        backend: IngressBackend { service: Some(backend), ..IngressBackend::default() },
    };
    let rule = IngressRule {
        host: Some(wish.host.trim().to_owned()).filter(|host| !host.is_empty()),
        http: Some(IngressHttp { paths: vec![path] }),
    };
    Ingress {
        api_version: Some("networking.k8s.io/v1".to_owned()),
        kind: Some(Kind::Ingress.name().to_owned()),
        metadata: metadata(&wish.namespace, &free_name::<Ingress>(workspace, &wish.namespace, &wish.service)),
        spec: IngressSpec {
            ingress_class_name: ingress_class(workspace, &wish.setting).map(str::to_owned),
            rules: vec![rule],
            ..IngressSpec::default()
        },
    }
}
