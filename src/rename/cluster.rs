//! What finds an AviInfraSetting or a class by its name.

use super::Along;
use crate::command::Command;
use crate::edit::Value;
use crate::model::{
    AkoplanSettings, Gateway, GatewayClass, GatewayV1, INFRA_SETTING_ANNOTATION, Ingress, IngressClass, Kind,
    Namespace, Service,
};
use crate::segment;
use crate::syntax::FieldPath;
use crate::workspace::{Object, Workspace};

/// Adds what refers to an object without a namespace.
pub(super) fn add(along: &mut Along, workspace: &Workspace, object: &Object, name: &str) {
    match object.kind {
        Kind::AviInfraSetting => {
            along.add("GatewayClass", gateway_classes(workspace, object, name));
            along.add("IngressClass", ingress_classes(workspace, object, name));
            let path = FieldPath::from("metadata.annotations").key(INFRA_SETTING_ANNOTATION);
            let annotated = |other: &Object| segment::of_annotation(other) == Some(object.name());
            let services = workspace.every::<Service>().map(|(other, _)| other).filter(|other| annotated(other));
            along.add("Service", set_all(services, &path, name));
            let namespaces = workspace.every::<Namespace>().map(|(other, _)| other).filter(|other| annotated(other));
            along.add("Namespace", set_all(namespaces, &path, name));
            along.add("intent", meant(workspace, object, name));
            along.add("cluster", of_clusters(workspace, object, name));
        }
        Kind::GatewayClass => {
            let own = |gateway: &Gateway| gateway.spec.gateway_class_name.as_deref() == Some(object.name());
            let gateways = workspace.every::<Gateway>().filter(|(_, gateway)| own(gateway)).map(|(other, _)| other);
            along.add("Gateway", set_all(gateways, &"spec.gatewayClassName".into(), name));
        }
        Kind::GatewayClassV1 => {
            let own = |gateway: &GatewayV1| gateway.spec.gateway_class_name.as_deref() == Some(object.name());
            let gateways = workspace.every::<GatewayV1>().filter(|(_, gateway)| own(gateway)).map(|(other, _)| other);
            along.add("Gateway", set_all(gateways, &"spec.gatewayClassName".into(), name));
        }
        Kind::IngressClass => {
            let own = |ingress: &Ingress| ingress.spec.ingress_class_name.as_deref() == Some(object.name());
            let ingresses = workspace.every::<Ingress>().filter(|(_, ingress)| own(ingress)).map(|(other, _)| other);
            along.add("Ingress", set_all(ingresses, &"spec.ingressClassName".into(), name));
        }
        _ => {}
    }
}

/// Sets a field of objects: one command each.
fn set_all<'a>(objects: impl Iterator<Item = &'a Object>, path: &FieldPath, name: &str) -> Vec<Command> {
    objects.map(|object| Command::set(&object.address, path.clone(), Value::from(name))).collect()
}

fn gateway_classes(workspace: &Workspace, setting: &Object, name: &str) -> Vec<Command> {
    let classes = workspace.every::<GatewayClass>();
    let own = classes.filter(|(_, class)| segment::of_gateway_class(class) == Some(setting.name()));
    set_all(own.map(|(object, _)| object), &"spec.parametersRef.name".into(), name)
}

fn ingress_classes(workspace: &Workspace, setting: &Object, name: &str) -> Vec<Command> {
    let classes = workspace.every::<IngressClass>();
    let own = classes.filter(|(_, class)| segment::of_ingress_class(class) == Some(setting.name()));
    set_all(own.map(|(object, _)| object), &"spec.parameters.name".into(), name)
}

/// The intents of the settings that mean something for this segment.
fn meant(workspace: &Workspace, setting: &Object, name: &str) -> Vec<Command> {
    let Some((settings, value)) = workspace.every::<AkoplanSettings>().last() else { return Vec::new() };
    let intents = value.spec.intents.iter().enumerate();
    let own = intents.filter(|(_, intent)| intent.segment.as_deref() == Some(setting.name()));
    let path = |index| FieldPath::from("spec.intents").index(index).key("segment");
    own.map(|(index, _)| Command::set(&settings.address, path(index), Value::from(name))).collect()
}

/// The clusters of the settings that say what is otherwise in this setting: one command each.
fn of_clusters(workspace: &Workspace, setting: &Object, name: &str) -> Vec<Command> {
    let Some((settings, value)) = workspace.every::<AkoplanSettings>().last() else { return Vec::new() };
    let mut commands = Vec::new();
    for (at, variant) in value.spec.clusters.iter().enumerate() {
        let list = FieldPath::from("spec.clusters").index(at).key("settings");
        let own = variant.settings.iter().enumerate().filter(|(_, own)| own.name.as_deref() == Some(setting.name()));
        let path = |index| list.index(index).key("name");
        let changes: Vec<Command> =
            own.map(|(index, _)| Command::set(&settings.address, path(index), Value::from(name))).collect();
        commands.extend((!changes.is_empty()).then_some(Command::Batch(changes)));
    }
    commands
}
