//! The way from an Ingress of `v1beta1` to one of `v1`.

use serde_json::{Value, json};

use crate::command::Command;
use crate::lower::IntOrString;
use crate::model::Ingress;
use crate::model::ingress::IngressBackend;
use crate::rules::links::annotation_path;
use crate::rules::{Context, Report};
use crate::syntax::FieldPath;
use crate::text::Span;
use crate::workspace::{Object, Workspace};

/// How the class was written before `spec.ingressClassName`.
pub const CLASS_ANNOTATION: &str = "kubernetes.io/ingress.class";

/// Offers the conversion of an Ingress: as safe where no comment goes away with the lines that are
/// written anew, and where no class moves (in an annotation it needed no IngressClass).
pub fn offer_v1(context: &Context<'_>, report: Report<'_>, title: &str, object: &Object, ingress: &Ingress) {
    let Conversion { command, rewritten, moves_class } = to_v1(object, ingress);
    if moves_class || rewritten.iter().any(|path| has_comment(context.workspace(), object, path)) {
        report.fix(title, command);
    } else {
        report.safe_fix(title, command);
    }
}

/// The way to v1, and what it does to the text.
pub struct Conversion {
    /// The change.
    pub command: Command,
    /// The fields that are replaced or removed as a whole.
    pub rewritten: Vec<FieldPath>,
    /// The class moves from the annotation to the spec.
    pub moves_class: bool,
}

/// The commands that give an Ingress the form of `networking.k8s.io/v1` (Kubernetes documentation,
/// *Deprecated API Migration Guide*, Ingress v1.22).
pub fn to_v1(object: &Object, ingress: &Ingress) -> Conversion {
    let at = &object.address;
    let (mut commands, mut rewritten) = (Vec::new(), Vec::new());
    if object.text("apiVersion") != Some("networking.k8s.io/v1") {
        commands.push(Command::set(at, "apiVersion", "networking.k8s.io/v1"));
    }
    let annotated = object.annotation(CLASS_ANNOTATION).filter(|class| !class.is_empty());
    let moved = annotated.filter(|_| ingress.spec.ingress_class_name.is_none());
    if let Some(class) = moved {
        // The last annotation takes the map along.
        let is_last = ingress.metadata.annotations.len() == 1;
        let path = if is_last { FieldPath::from("metadata.annotations") } else { annotation_path(CLASS_ANNOTATION) };
        commands.push(Command::set(at, "spec.ingressClassName", class));
        commands.push(Command::remove(at, path.clone()));
        rewritten.push(path);
    }
    if let Some(service) = ingress.spec.backend.as_ref().and_then(service) {
        commands.push(Command::set(at, "spec.defaultBackend", service));
        commands.push(Command::remove(at, "spec.backend"));
        rewritten.push("spec.backend".into());
    }
    for (rule_at, rule) in ingress.spec.rules.iter().enumerate() {
        for (path_at, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
            let parent = format!("spec.rules[{rule_at}].http.paths[{path_at}]");
            if path.path_type.is_none() {
                // What v1beta1 had when nothing was said.
                commands.push(Command::set(at, format!("{parent}.pathType").as_str(), "ImplementationSpecific"));
            }
            if let Some(service) = service(&path.backend) {
                let backend = FieldPath::from(format!("{parent}.backend").as_str());
                commands.push(Command::set(at, backend.clone(), service));
                rewritten.push(backend);
            }
        }
    }
    Conversion { command: Command::Batch(commands), rewritten, moves_class: moved.is_some() }
}

/// Whether a comment stands inside of a field or behind it on its last line.
pub fn has_comment(workspace: &Workspace, object: &Object, path: &FieldPath) -> bool {
    let Some(file) = workspace.file(&object.address.file) else { return false };
    let Some(node) = object.tree().find(object.node(), path) else { return false };
    let (key, value) = (object.key_span(path.clone()), object.tree().node(node).span.shifted(object.offset()));
    let end = key.end.max(value.end);
    let rest = Span::new(end, file.source.text.len()).slice(&file.source.text);
    let lines = key.start.min(value.start)..end + rest.find('\n').unwrap_or(rest.len());
    object.tree().comments.iter().any(|comment| lines.contains(&(comment.span.start + object.offset())))
}

/// A backend in the form of v1; `None` where it has that form already.
fn service(backend: &IngressBackend) -> Option<Value> {
    let name = backend.service_name.as_deref()?;
    let port = match &backend.service_port {
        Some(IntOrString::Int(number)) => json!({ "number": number }),
        // A name of digits only is no port name: the number was written in quotes.
        Some(IntOrString::String(name)) => match name.parse::<u16>() {
            Ok(number) => json!({ "number": number }),
            Err(_) => json!({ "name": name }),
        },
        None => return Some(json!({ "service": { "name": name } })),
    };
    Some(json!({ "service": { "name": name, "port": port } }))
}
