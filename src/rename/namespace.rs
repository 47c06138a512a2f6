//! A new name for a namespace: its Namespace, all that stands in it, and what names it from elsewhere.

use crate::command::Command;
use crate::edit::Value;
use crate::listeners::label_command;
use crate::model::{AkoplanSettings, GATEWAY_NAMESPACE_LABEL, GatewayV1, HttpRoute, Kind, Typed};
use crate::syntax::FieldPath;
use crate::workspace::{Object, Workspace};

/// The change that gives a namespace another name.
pub(super) fn rename(workspace: &Workspace, from: &str, to: &str) -> Command {
    let mut commands = Vec::new();
    for object in workspace.objects() {
        let mut set = |path: FieldPath| commands.push(Command::set(&object.address, path, Value::from(to)));
        if object.text("metadata.namespace") == Some(from) {
            set("metadata.namespace".into());
        }
        match &object.value {
            Typed::Namespace(_) if object.name() == from => set("metadata.name".into()),
            Typed::Service(_) if object.label(GATEWAY_NAMESPACE_LABEL) == Some(from) => {
                set(FieldPath::from("metadata.labels").key(GATEWAY_NAMESPACE_LABEL));
            }
            Typed::HttpRoute(route) => of_route(route, from).into_iter().for_each(set),
            Typed::GatewayV1(gateway) => of_certificates(gateway, from).into_iter().for_each(set),
            Typed::AkoplanSettings(settings) => of_settings(settings, from).into_iter().for_each(set),
            Typed::Gateway(gateway) if object.namespace() == from => {
                let listeners = 0..gateway.spec.listeners.len();
                commands.extend(listeners.map(|index| label_command(object, index, to, object.name())));
            }
            _ => {}
        }
    }
    Command::Batch(commands)
}

/// Whether something stands in a namespace, or is it.
pub(super) fn is_there(workspace: &Workspace, name: &str) -> bool {
    let is_it = |object: &Object| object.kind == Kind::Namespace && object.name() == name;
    workspace.objects().iter().any(|object| object.namespace() == name || is_it(object))
}

fn of_route(route: &HttpRoute, name: &str) -> Vec<FieldPath> {
    let parents = route.spec.parent_refs.iter().enumerate();
    let parents = parents.filter(|(_, parent)| parent.namespace.as_deref() == Some(name));
    let mut paths: Vec<FieldPath> =
        parents.map(|(at, _)| FieldPath::from("spec.parentRefs").index(at).key("namespace")).collect();
    for (rule_at, rule) in route.spec.rules.iter().enumerate() {
        let backends = rule.backend_refs.iter().enumerate();
        let own = backends.filter(|(_, backend)| backend.namespace.as_deref() == Some(name));
        let refs = FieldPath::from("spec.rules").index(rule_at).key("backendRefs");
        paths.extend(own.map(|(at, _)| refs.index(at).key("namespace")));
    }
    paths
}

fn of_certificates(gateway: &GatewayV1, name: &str) -> Vec<FieldPath> {
    let mut paths = Vec::new();
    for (listener_at, listener) in gateway.spec.listeners.iter().enumerate() {
        let certificates = listener.certificates().iter().enumerate();
        let own = certificates.filter(|(_, certificate)| certificate.namespace.as_deref() == Some(name));
        let refs = FieldPath::from("spec.listeners").index(listener_at).key("tls").key("certificateRefs");
        paths.extend(own.map(|(at, _)| refs.index(at).key("namespace")));
    }
    paths
}

fn of_settings(settings: &AkoplanSettings, name: &str) -> Vec<FieldPath> {
    let spec = &settings.spec;
    let is_own = |namespace: Option<&str>| namespace == Some(name);
    let default = is_own(spec.default_namespace.as_deref()).then(|| "spec.defaultNamespace".into());
    let item = |list: &str, at| FieldPath::from(list).index(at).key("namespace");
    let intents = spec.intents.iter().enumerate().filter(|(_, intent)| is_own(intent.namespace.as_deref()));
    let external = spec.external.iter().enumerate().filter(|(_, external)| is_own(external.namespace.as_deref()));
    let intents = intents.map(|(at, _)| item("spec.intents", at));
    let external = external.map(|(at, _)| item("spec.external", at));
    default.into_iter().chain(intents).chain(external).collect()
}
