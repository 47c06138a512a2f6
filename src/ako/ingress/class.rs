//! Which class an Ingress has, and which AviInfraSetting applies under it.

use crate::ako::cluster::Cluster;
use crate::ako::landing::{Hop, HopState};
use crate::ako::trace::{Choice, LAYER7, Reference, Resolution, hop, resolve};
use crate::model::{AKO_GROUP, AVI_CONTROLLER, CHART_INGRESS_CLASS, Ingress, IngressClass};
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// How AKO chooses by class.
pub const CLASS: &str = "AKO 2.2.1 internal/lib/lib.go ValidateIngressForClass";
const API: &str = "AKO 1.6.1 release notes; Kubernetes 1.22 removed networking.k8s.io/v1beta1";
const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

/// Whose an Ingress is.
pub enum ClassChoice<'a> {
    /// AKO's, with the class.
    Taken(&'a Object, &'a IngressClass),
    /// The class of AKO's chart, which is not in this project.
    Chart,
    /// A class outside this project.
    External(&'a str),
    /// A class that is not there.
    NotServed(Hop),
    /// Another controller's, or nobody's.
    NotForAko(Hop),
}

/// The classes of AKO that are marked as default; of several AKO takes a random one, we the first.
#[must_use]
pub fn default_class<'a>(cluster: &Cluster<'a>) -> Option<(&'a Object, &'a IngressClass)> {
    let classes = cluster.ingress_classes.values().copied();
    let mut defaults = classes.filter(|(object, class)| {
        class.spec.controller.as_deref() == Some(AVI_CONTROLLER)
            && object.annotation(DEFAULT_CLASS_ANNOTATION) == Some("true")
    });
    defaults.next()
}

/// Whose an Ingress is, whatever its version.
#[must_use]
pub fn class_of<'a>(
    cluster: &Cluster<'a>,
    object: &'a Object,
    ingress: &'a Ingress,
    default: Option<(&'a Object, &'a IngressClass)>,
) -> ClassChoice<'a> {
    let broken = |at: String, path: &str, reason: String| hop(at, Some(object), path, reason, CLASS, HopState::Broken);
    let Some(name) = ingress.spec.ingress_class_name.as_deref() else {
        if let Some((class_object, class)) = default {
            return ClassChoice::Taken(class_object, class);
        }
        let reason = "`spec.ingressClassName` is not set and no class of AKO is marked as default";
        return ClassChoice::NotForAko(broken("no IngressClass".to_owned(), "spec", reason.to_owned()));
    };
    let at = format!("IngressClass/{name}");
    match cluster.ingress_classes.get(name) {
        Some((class_object, class)) if class.spec.controller.as_deref() == Some(AVI_CONTROLLER) => {
            ClassChoice::Taken(class_object, class)
        }
        Some((_, class)) => {
            let controller = class.spec.controller.as_deref().unwrap_or_default();
            let reason = format!("class `{name}` is of controller `{controller}`, not `{AVI_CONTROLLER}`");
            ClassChoice::NotForAko(broken(at, "spec.ingressClassName", reason))
        }
        None if cluster.is_external("IngressClass", "", name) => ClassChoice::External(name),
        None if name == CHART_INGRESS_CLASS && cluster.values.chart_class => ClassChoice::Chart,
        None => {
            let reason = format!("IngressClass `{name}` is not defined");
            ClassChoice::NotServed(broken(at, "spec.ingressClassName", reason))
        }
    }
}

/// The hop of an Ingress of an API that is gone.
#[must_use]
pub fn old_version(object: &Object, ingress: &Ingress) -> Option<Hop> {
    if object.version == "v1" && object.identity.group == "networking.k8s.io" {
        return None;
    }
    let version = ingress.api_version.as_deref().unwrap_or_default();
    let reason =
        format!("AKO reads Ingresses of `networking.k8s.io/v1` only, and Kubernetes has had no `{version}` since 1.22");
    Some(hop("no Ingress", Some(object), "apiVersion", reason, API, HopState::Broken))
}

/// The setting that a class names.
#[must_use]
pub fn setting_of<'a>(choice: &ClassChoice<'a>) -> Option<&'a str> {
    let ClassChoice::Taken(_, class) = choice else { return None };
    let parameters = class.spec.parameters.as_ref()?;
    let is_setting =
        parameters.api_group.as_deref() == Some(AKO_GROUP) && parameters.kind.as_deref() == Some("AviInfraSetting");
    is_setting.then(|| parameters.name.as_deref().unwrap_or_default())
}

/// Which setting applies under an Ingress' class. `scope` and `namespace` are not read.
#[must_use]
pub fn resolution<'a>(cluster: &'a Cluster<'a>, object: &Object, choice: &ClassChoice<'a>) -> Resolution<'a> {
    let (class_object, class) = match choice {
        ClassChoice::Taken(object, class) => (*object, *class),
        ClassChoice::External(_) => return Resolution::unknown(),
        // The chart's class names no setting.
        ClassChoice::Chart => return resolve(cluster, None, object.namespace()),
        ClassChoice::NotServed(_) | ClassChoice::NotForAko(_) => {
            return Resolution { choice: Choice::Global, hops: Vec::new(), written: None };
        }
    };
    let Some(parameters) = &class.spec.parameters else { return resolve(cluster, None, object.namespace()) };
    let text = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
    let (group, kind, name) = (text(&parameters.api_group), text(&parameters.kind), text(&parameters.name));
    if (group, kind) == (AKO_GROUP, "AviInfraSetting") {
        let path = FieldPath::parse("spec.parameters.name");
        let reference = Reference { object: class_object, path, name, source: LAYER7 };
        return resolve(cluster, Some(reference), object.namespace());
    }
    let mut resolution = resolve(cluster, None, object.namespace());
    let (path, found) =
        if group == AKO_GROUP { ("spec.parameters.kind", kind) } else { ("spec.parameters.apiGroup", group) };
    let class_name = class_object.name();
    let reason = format!(
        "AKO passes over the parameters of class `{class_name}`: `{found}` is not of `{AKO_GROUP}/AviInfraSetting`"
    );
    let at = format!("{kind}/{name}");
    resolution.hops.insert(0, hop(at, Some(class_object), path, reason, LAYER7, HopState::Broken));
    resolution.written = Some(name);
    resolution
}
