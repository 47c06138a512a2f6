//! Ingress and IngressClass of versions that are gone, to `networking.k8s.io/v1`.

use super::draft::Draft;
use super::{Decision, Migration, Offer, Source, by_key};
use crate::ako::versions::{AkoVersion, Capability};
use crate::command::Command;
use crate::edit::Value;
use crate::model::{AVI_CONTROLLER, CHART_INGRESS_CLASS, Ingress, IngressClass};
use crate::rules::ingress_conversion::{CLASS_ANNOTATION, Conversion, has_comment, to_v1};
use crate::version::Version;
use crate::workspace::{Object, OfKind, Workspace};

const GUIDE: &str = "Kubernetes documentation, Deprecated API Migration Guide, Ingress v1.22";

/// One offer for all of them.
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    let kubernetes = workspace.settings().spec.kubernetes_version.as_deref().and_then(Version::parse);
    let is_old_ako = !AkoVersion::of(workspace).has(Capability::IngressV1);
    if is_old_ako && kubernetes.is_none_or(|version| version < Version(1, 22, 0)) {
        return Vec::new();
    }
    let classes =
        workspace.all::<IngressClass>().map(|(object, _)| object).filter(|object| object.version == "v1beta1");
    let ingresses = workspace.all::<Ingress>().filter(|(object, ingress)| is_old(object, ingress));
    let objects: Vec<String> =
        classes.chain(ingresses.map(|(object, _)| object)).map(|object| workspace.key(object)).collect();
    let title = match objects.as_slice() {
        [] => return Vec::new(),
        [key] => key.clone(),
        many => format!("{} Ingresses and IngressClasses", many.len()),
    };
    vec![Offer { migration: Migration::Ingress, title, objects, source: Source::Objects }]
}

fn is_old(object: &Object, ingress: &Ingress) -> bool {
    let paths = ingress.spec.rules.iter().flat_map(|rule| &rule.http).flat_map(|http| &http.paths);
    let mut backends = ingress.spec.backend.iter().chain(paths.map(|path| &path.backend));
    object.version != "v1"
        || object.identity.group != "networking.k8s.io"
        || backends.any(|backend| backend.service_name.is_some())
}

/// Gives them the form of v1.
pub fn migrate(draft: &mut Draft<'_>, objects: &[String]) {
    let before = draft.before;
    let objects: Vec<&Object> = objects.iter().filter_map(|key| by_key(before, key)).collect();
    let Some(class) = class(draft, &objects) else { return };
    for object in objects {
        let key = before.key(object);
        let written = object.text("apiVersion").unwrap_or_default().to_owned();
        let at = &object.address;
        let Some(ingress) = Ingress::of(&object.value) else {
            draft.run(Command::set(at, "apiVersion", "networking.k8s.io/v1"));
            draft.keep(&key, format!("apiVersion: {written}"), "apiVersion: networking.k8s.io/v1");
            continue;
        };
        let Conversion { command, rewritten, .. } = to_v1(object, ingress);
        draft.run(command);
        tell(draft, &key, object, ingress);
        if rewritten.iter().any(|path| has_comment(before, object, path)) {
            let reason = "`serviceName` and `servicePort` become one `service`";
            draft.lose(&key, "comments in backends go: those lines are written anew", reason, GUIDE);
        }
        if let Some(class) = class.as_deref().filter(|_| needs_class(before, object, ingress)) {
            draft.run(Command::set(at, "spec.ingressClassName", Value::from(class)));
        }
    }
}

/// What of an Ingress maps to what.
fn tell(draft: &mut Draft<'_>, key: &str, object: &Object, ingress: &Ingress) {
    if object.text("apiVersion") != Some("networking.k8s.io/v1") {
        let written = object.text("apiVersion").unwrap_or_default();
        draft.keep(key, format!("apiVersion: {written}"), "apiVersion: networking.k8s.io/v1");
    }
    if ingress.spec.backend.is_some() {
        draft.keep(key, "spec.backend", "spec.defaultBackend, with which AKO does nothing");
    }
    let paths = || ingress.spec.rules.iter().flat_map(|rule| &rule.http).flat_map(|http| &http.paths);
    if paths().any(|path| path.backend.service_name.is_some()) {
        draft.keep(key, "backend.serviceName, backend.servicePort", "backend.service.name, backend.service.port");
    }
    if paths().any(|path| path.path_type.is_none()) {
        draft.keep(key, "paths without pathType", "pathType: ImplementationSpecific, which AKO takes as a prefix");
    }
    if let (Some(class), None) = (object.annotation(CLASS_ANNOTATION), &ingress.spec.ingress_class_name) {
        draft.keep(
            key,
            format!("{CLASS_ANNOTATION}: {class}"),
            "spec.ingressClassName: AKO does not read the annotation",
        );
    }
}

/// Whether an Ingress has its class in the annotation only, and no IngressClass is known by that name.
fn needs_class(workspace: &Workspace, object: &Object, ingress: &Ingress) -> bool {
    let annotated = object.annotation(CLASS_ANNOTATION).filter(|_| ingress.spec.ingress_class_name.is_none());
    annotated.is_some_and(|class| {
        workspace.get::<IngressClass>("", class).is_none()
            && !workspace.is_external("IngressClass", "", class)
            && class != CHART_INGRESS_CLASS
    })
}

/// The class of those that name none that is known: `Some(None)` where they keep what they name.
#[allow(clippy::option_option, reason = "an answer that may leave things as they are, and no answer yet")]
fn class(draft: &mut Draft<'_>, objects: &[&Object]) -> Option<Option<String>> {
    let before = draft.before;
    let ingresses = objects.iter().filter_map(|object| Some((*object, Ingress::of(&object.value)?)));
    let needing: Vec<&Object> =
        ingresses.filter(|(object, ingress)| needs_class(before, object, ingress)).map(|(object, _)| object).collect();
    let Some(first) = needing.first() else { return Some(None) };
    let named = first.annotation(CLASS_ANNOTATION).unwrap_or_default();
    let akos =
        before.all::<IngressClass>().filter(|(_, class)| class.spec.controller.as_deref() == Some(AVI_CONTROLLER));
    let mut choices: Vec<(String, String)> =
        akos.map(|(object, _)| (object.name().to_owned(), "an IngressClass of AKO's".to_owned())).collect();
    let is_alone = choices.is_empty();
    choices
        .push(("keep".to_owned(), "the name in the annotation: an IngressClass of that name has to exist".to_owned()));
    let question = Decision {
        key: "ingress-class",
        question: format!(
            "The annotation `{CLASS_ANNOTATION}` names `{named}`, and no IngressClass of that name is here. Which class is meant?"
        ),
        choices,
        is_free: false,
        default: is_alone.then(|| "keep".to_owned()),
        answer: None,
        problem: None,
    };
    let chosen = draft.ask(question, |_| None)?;
    Some(Some(chosen).filter(|class| class != "keep"))
}
