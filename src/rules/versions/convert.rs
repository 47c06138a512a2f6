//! The way from an Ingress of `v1beta1` to one of `v1`.

use serde_json::{Value, json};

use crate::command::Command;
use crate::lower::IntOrString;
use crate::model::Ingress;
use crate::model::ingress::IngressBackend;
use crate::workspace::Object;

/// The commands that give an Ingress the form of `networking.k8s.io/v1` (Kubernetes documentation,
/// *Deprecated API Migration Guide*, Ingress v1.22).
pub fn to_v1(object: &Object, ingress: &Ingress) -> Command {
    let at = &object.address;
    let mut commands = Vec::new();
    if object.text("apiVersion") != Some("networking.k8s.io/v1") {
        commands.push(Command::set(at, "apiVersion", "networking.k8s.io/v1"));
    }
    if let Some(service) = ingress.spec.backend.as_ref().and_then(service) {
        commands.push(Command::set(at, "spec.defaultBackend", service));
        commands.push(Command::remove(at, "spec.backend"));
    }
    for (rule_at, rule) in ingress.spec.rules.iter().enumerate() {
        for (path_at, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
            let parent = format!("spec.rules[{rule_at}].http.paths[{path_at}]");
            if path.path_type.is_none() {
                // What v1beta1 had when nothing was said.
                commands.push(Command::set(at, format!("{parent}.pathType").as_str(), "ImplementationSpecific"));
            }
            if let Some(service) = service(&path.backend) {
                commands.push(Command::set(at, format!("{parent}.backend").as_str(), service));
            }
        }
    }
    Command::Batch(commands)
}

/// A backend in the form of v1; `None` where it has that form already.
fn service(backend: &IngressBackend) -> Option<Value> {
    let name = backend.service_name.as_deref()?;
    let port = match &backend.service_port {
        Some(IntOrString::Int(number)) => json!({ "number": number }),
        Some(IntOrString::String(name)) => json!({ "name": name }),
        None => return Some(json!({ "service": { "name": name } })),
    };
    Some(json!({ "service": { "name": name, "port": port } }))
}
