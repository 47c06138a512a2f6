//! Which fields an object has, by kind: the models' own tables, and parts that all of Kubernetes shares.

use crate::lower::ReadObject;
use crate::lower::shape::{ObjectShape, Shape};
use crate::model::gateway_api::http_route::PathModifier;
use crate::model::services_api::{LabelSelector, ParametersRef};
use crate::model::{
    AkoValues, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1, HttpRoute, Ingress,
    IngressClass, Kind, Namespace, ObjectMeta, Service,
};

/// The fields of a kind; `None` where they are not known.
pub fn of_kind(api_version: &str, kind: &str) -> Option<&'static ObjectShape> {
    let (group, _) = api_version.split_once('/').unwrap_or(("", api_version));
    Some(match Kind::of(group, kind) {
        Kind::AviInfraSetting => &AviInfraSetting::SHAPE,
        Kind::GatewayClass => &GatewayClass::SHAPE,
        Kind::GatewayClassV1 => &GatewayClassV1::SHAPE,
        Kind::IngressClass => &IngressClass::SHAPE,
        Kind::Namespace => &Namespace::SHAPE,
        Kind::Gateway => &Gateway::SHAPE,
        Kind::GatewayV1 => &GatewayV1::SHAPE,
        Kind::Service => &Service::SHAPE,
        Kind::Ingress => &Ingress::SHAPE,
        Kind::HttpRoute => &HttpRoute::SHAPE,
        Kind::AkoplanSettings => &AkoplanSettings::SHAPE,
        Kind::AkoValues => &AKO_VALUES,
        Kind::AkoConfigMap => &DATA,
        Kind::Foreign => match (group, kind) {
            ("", "Secret" | "ConfigMap") => &DATA,
            ("", _) if kind.ends_with("List") => &LIST,
            _ => return None,
        },
    })
}

/// The fields of AKO's values.
pub static AKO_VALUES: ObjectShape = AkoValues::SHAPE;

/// Stands for the items of a `List`, each of which says itself what it is.
pub static ANY_OBJECT: ObjectShape = plain(&[]);

/// A loose piece of an object, by the key it begins with.
pub fn of_piece(key: &str) -> Option<&'static ObjectShape> {
    matches!(key, "annotations" | "labels" | "matchLabels" | "selector").then_some(&PIECES)
}

/// The field of an object, with its place among the fields.
pub fn field(object: &'static ObjectShape, key: &str) -> Option<(usize, Shape)> {
    if let Some(at) = object.fields.iter().position(|(name, _)| *name == key) {
        let shape = match object.fields[at].1 {
            Shape::Unread => generic(key),
            shape => shape,
        };
        return Some((at, shape));
    }
    let at = object.known.iter().position(|name| *name == key)?;
    Some((object.fields.len() + at, generic(key)))
}

/// Whether a key is a field anywhere in an object.
pub fn has_field(object: &'static ObjectShape, key: &str) -> bool {
    object.known.contains(&key)
        || object.fields.iter().any(|(name, shape)| {
            *name == key
                || match shape {
                    Shape::Object(inner) | Shape::List(inner) => has_field(inner, key),
                    Shape::Unread => inside(generic(name)).is_some_and(|inner| has_field(inner, key)),
                    _ => false,
                }
        })
        || object.known.iter().any(|name| inside(generic(name)).is_some_and(|inner| has_field(inner, key)))
}

const fn inside(shape: Shape) -> Option<&'static ObjectShape> {
    match shape {
        Shape::Object(inner) | Shape::List(inner) => Some(inner),
        _ => None,
    }
}

const fn plain(fields: &'static [(&'static str, Shape)]) -> ObjectShape {
    ObjectShape { fields, known: &[], required: &[], one_of: &[] }
}

/// Parts that stand in objects of many kinds, by name.
fn generic(key: &str) -> Shape {
    match key {
        "status" => Shape::Object(&STATUS),
        "ownerReferences" => Shape::List(&OWNER),
        "finalizers" | "topologyKeys" => Shape::Scalars,
        "matchExpressions" => Shape::List(&EXPRESSION),
        "selector" | "namespaceSelector" => Shape::Object(&LabelSelector::SHAPE),
        "spec" => Shape::Object(&NAMESPACE_SPEC),
        "sessionAffinityConfig" => Shape::Object(&AFFINITY),
        "path" => Shape::Object(&PathModifier::SHAPE),
        "requestHeaderModifier" | "responseHeaderModifier" => Shape::Object(&HEADERS),
        "queryParams" => Shape::List(&PARAMETER),
        "timeouts" => Shape::Object(&TIMEOUTS),
        "requestMirror" => Shape::Object(&MIRROR),
        "resource" => Shape::Object(&RESOURCE),
        "infrastructure" => Shape::Object(&INFRASTRUCTURE),
        "options" | "nodeSelector" | "podAnnotations" => Shape::StringMap,
        "tls" => Shape::Object(&LISTENER_TLS),
        "image" => Shape::Object(&IMAGE),
        "avicredentials" => Shape::Object(&CREDENTIALS),
        "rbac" | "persistentVolumeClaim" | "mountPath" | "logFile" | "akoGatewayLogFile" | "replicaCount" => {
            Shape::Scalar
        }
        "managedFields" | "resources" | "securityContext" | "podSecurityContext" | "GatewayAPI" | "tolerations"
        | "affinity" | "global" | "ako-crd-operator" | "retry" | "cookieConfig" | "cors" | "externalAuth"
        | "frontendValidation" | "allowedListeners" => Shape::Unread,
        _ => Shape::Scalar,
    }
}

static PIECES: ObjectShape = plain(&[
    ("annotations", Shape::StringMap),
    ("labels", Shape::StringMap),
    ("matchLabels", Shape::StringMap),
    ("selector", Shape::StringMap),
]);
static DATA: ObjectShape = plain(&[
    ("apiVersion", Shape::Scalar),
    ("kind", Shape::Scalar),
    ("metadata", Shape::Object(&ObjectMeta::SHAPE)),
    ("type", Shape::Scalar),
    ("data", Shape::StringMap),
    ("stringData", Shape::StringMap),
    ("binaryData", Shape::StringMap),
    ("immutable", Shape::Bool),
]);
static LIST: ObjectShape = plain(&[
    ("apiVersion", Shape::Scalar),
    ("kind", Shape::Scalar),
    ("metadata", Shape::Object(&LIST_META)),
    ("items", Shape::List(&ANY_OBJECT)),
]);
static LIST_META: ObjectShape = plain(&[
    ("resourceVersion", Shape::Scalar),
    ("selfLink", Shape::Scalar),
    ("continue", Shape::Scalar),
    ("remainingItemCount", Shape::Number),
]);
static STATUS: ObjectShape = plain(&[
    ("loadBalancer", Shape::Object(&LOAD_BALANCER)),
    ("conditions", Shape::List(&CONDITION)),
    ("addresses", Shape::List(&ADDRESS)),
    ("listeners", Shape::List(&LISTENER_STATUS)),
    ("parents", Shape::List(&PARENT_STATUS)),
    ("observedGeneration", Shape::Number),
    ("phase", Shape::Scalar),
    ("status", Shape::Scalar),
    ("error", Shape::Scalar),
]);
static LOAD_BALANCER: ObjectShape = plain(&[("ingress", Shape::List(&LOAD_BALANCER_INGRESS))]);
static LOAD_BALANCER_INGRESS: ObjectShape = plain(&[
    ("ip", Shape::Scalar),
    ("hostname", Shape::Scalar),
    ("ipMode", Shape::Scalar),
    ("ports", Shape::List(&INGRESS_PORT)),
]);
static INGRESS_PORT: ObjectShape =
    plain(&[("port", Shape::Number), ("protocol", Shape::Scalar), ("error", Shape::Scalar)]);
static CONDITION: ObjectShape = plain(&[
    ("lastTransitionTime", Shape::Scalar),
    ("message", Shape::Scalar),
    ("observedGeneration", Shape::Number),
    ("reason", Shape::Scalar),
    ("status", Shape::Scalar),
    ("type", Shape::Scalar),
]);
static ADDRESS: ObjectShape = plain(&[("type", Shape::Scalar), ("value", Shape::Scalar)]);
static LISTENER_STATUS: ObjectShape = plain(&[
    ("attachedRoutes", Shape::Number),
    ("conditions", Shape::List(&CONDITION)),
    ("name", Shape::Scalar),
    ("port", Shape::Scalar),
    ("protocol", Shape::Scalar),
    ("supportedKinds", Shape::List(&GROUP_KIND)),
]);
static GROUP_KIND: ObjectShape = plain(&[("group", Shape::Scalar), ("kind", Shape::Scalar)]);
static PARENT_STATUS: ObjectShape = plain(&[
    ("conditions", Shape::List(&CONDITION)),
    ("controllerName", Shape::Scalar),
    ("parentRef", Shape::Object(&crate::model::gateway_api::http_route::ParentRef::SHAPE)),
]);
static OWNER: ObjectShape = plain(&[
    ("apiVersion", Shape::Scalar),
    ("blockOwnerDeletion", Shape::Bool),
    ("controller", Shape::Bool),
    ("kind", Shape::Scalar),
    ("name", Shape::Scalar),
    ("uid", Shape::Scalar),
]);
static EXPRESSION: ObjectShape =
    plain(&[("key", Shape::Scalar), ("operator", Shape::Scalar), ("values", Shape::Scalars)]);
static NAMESPACE_SPEC: ObjectShape = plain(&[("finalizers", Shape::Scalars)]);
static AFFINITY: ObjectShape = plain(&[("clientIP", Shape::Object(&CLIENT_IP))]);
static CLIENT_IP: ObjectShape = plain(&[("timeoutSeconds", Shape::Number)]);
static HEADERS: ObjectShape =
    plain(&[("set", Shape::List(&HEADER)), ("add", Shape::List(&HEADER)), ("remove", Shape::Scalars)]);
static HEADER: ObjectShape = plain(&[("name", Shape::Scalar), ("value", Shape::Scalar)]);
static PARAMETER: ObjectShape = plain(&[("type", Shape::Scalar), ("name", Shape::Scalar), ("value", Shape::Scalar)]);
static TIMEOUTS: ObjectShape = plain(&[("request", Shape::Scalar), ("backendRequest", Shape::Scalar)]);
static MIRROR: ObjectShape = plain(&[
    ("backendRef", Shape::Object(&MIRRORED)),
    ("percent", Shape::Number),
    ("fraction", Shape::Object(&FRACTION)),
]);
// Without the filters of other backends: the tables must not go in a circle.
static MIRRORED: ObjectShape = plain(&[
    ("group", Shape::Scalar),
    ("kind", Shape::Scalar),
    ("name", Shape::Scalar),
    ("namespace", Shape::Scalar),
    ("port", Shape::Number),
]);
static FRACTION: ObjectShape = plain(&[("numerator", Shape::Number), ("denominator", Shape::Number)]);
static RESOURCE: ObjectShape = plain(&[("apiGroup", Shape::Scalar), ("kind", Shape::Scalar), ("name", Shape::Scalar)]);
static INFRASTRUCTURE: ObjectShape = plain(&[
    ("labels", Shape::StringMap),
    ("annotations", Shape::StringMap),
    ("parametersRef", Shape::Object(&ParametersRef::SHAPE)),
]);
static LISTENER_TLS: ObjectShape = plain(&[
    ("mode", Shape::Scalar),
    ("certificateRef", Shape::Object(&CERTIFICATE)),
    ("routeOverride", Shape::Object(&ROUTE_OVERRIDE)),
    ("options", Shape::StringMap),
]);
static CERTIFICATE: ObjectShape = plain(&[("group", Shape::Scalar), ("kind", Shape::Scalar), ("name", Shape::Scalar)]);
static ROUTE_OVERRIDE: ObjectShape = plain(&[("certificate", Shape::Scalar)]);
static IMAGE: ObjectShape = plain(&[
    ("repository", Shape::Scalar),
    ("pullPolicy", Shape::Scalar),
    ("tag", Shape::Scalar),
    ("pullSecrets", Shape::Unread),
]);
static CREDENTIALS: ObjectShape = plain(&[
    ("username", Shape::Scalar),
    ("password", Shape::Scalar),
    ("authtoken", Shape::Scalar),
    ("certificateAuthorityData", Shape::Scalar),
]);
