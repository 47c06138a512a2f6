//! Which kind an object is, and its typed value.

use std::rc::Rc;

use super::ako_config_map;
use super::gateway_api::GATEWAY_API_GROUP;
use super::{
    AkoConfigMap, AkoValues, AkoplanSettings, AviInfraSetting, Gateway, GatewayClass, GatewayClassV1, GatewayV1,
    HttpRoute, Ingress, IngressClass, Namespace, ObjectMeta, Service,
};
use crate::lower::{FieldIssue, lower};
use crate::syntax::{NodeId, Tree};

/// The kinds that are read; everything else is kept and shown as foreign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `AviInfraSetting` of `ako.vmware.com`.
    AviInfraSetting,
    /// `GatewayClass` of `networking.x-k8s.io`.
    GatewayClass,
    /// `GatewayClass` of `gateway.networking.k8s.io`.
    GatewayClassV1,
    /// `IngressClass`.
    IngressClass,
    /// `Namespace`.
    Namespace,
    /// `Gateway` of `networking.x-k8s.io`.
    Gateway,
    /// `Gateway` of `gateway.networking.k8s.io`.
    GatewayV1,
    /// `Service`.
    Service,
    /// `Ingress`.
    Ingress,
    /// `HTTPRoute` of `gateway.networking.k8s.io`.
    HttpRoute,
    /// AKO's `values.yaml`.
    AkoValues,
    /// AKO's ConfigMap `avi-k8s-config`.
    AkoConfigMap,
    /// `AkoplanSettings`.
    AkoplanSettings,
    /// Any other object.
    Foreign,
}

impl Kind {
    /// The kind of an API group and kind name.
    #[must_use]
    pub fn of(group: &str, kind: &str) -> Self {
        match (group, kind) {
            ("ako.vmware.com", "AviInfraSetting") => Self::AviInfraSetting,
            ("networking.x-k8s.io", "GatewayClass") => Self::GatewayClass,
            ("networking.x-k8s.io", "Gateway") => Self::Gateway,
            (GATEWAY_API_GROUP, "GatewayClass") => Self::GatewayClassV1,
            (GATEWAY_API_GROUP, "Gateway") => Self::GatewayV1,
            (GATEWAY_API_GROUP, "HTTPRoute") => Self::HttpRoute,
            ("networking.k8s.io" | "extensions", "Ingress") => Self::Ingress,
            ("networking.k8s.io", "IngressClass") => Self::IngressClass,
            ("", "Service") => Self::Service,
            ("", "Namespace") => Self::Namespace,
            ("akoplan", "AkoplanSettings") => Self::AkoplanSettings,
            _ => Self::Foreign,
        }
    }

    /// As Kubernetes writes it in `kind`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AviInfraSetting => "AviInfraSetting",
            Self::GatewayClass | Self::GatewayClassV1 => "GatewayClass",
            Self::IngressClass => "IngressClass",
            Self::Namespace => "Namespace",
            Self::Gateway | Self::GatewayV1 => "Gateway",
            Self::Service => "Service",
            Self::Ingress => "Ingress",
            Self::HttpRoute => "HTTPRoute",
            Self::AkoValues => "values.yaml",
            Self::AkoConfigMap => "ConfigMap",
            Self::AkoplanSettings => "AkoplanSettings",
            Self::Foreign => "other object",
        }
    }

    /// Whether objects of this kind stand in a namespace.
    #[must_use]
    pub const fn is_namespaced(self) -> bool {
        matches!(
            self,
            Self::Gateway | Self::GatewayV1 | Self::Service | Self::Ingress | Self::HttpRoute | Self::AkoConfigMap
        )
    }

    /// Whether the object is Kubernetes' and is applied to the cluster.
    #[must_use]
    pub const fn is_applied(self) -> bool {
        !matches!(self, Self::AkoValues | Self::AkoplanSettings)
    }

    /// Whether exports have it as a manifest. AKO's ConfigMap is made by the helm release of AKO's chart (its
    /// `templates/configmap.yaml`): applied by others it is at odds with the release, deleted by them AKO has no values.
    #[must_use]
    pub const fn is_exported(self) -> bool {
        self.is_applied() && !matches!(self, Self::AkoConfigMap)
    }

    /// Whether it holds AKO's values.
    #[must_use]
    pub const fn holds_values(self) -> bool {
        matches!(self, Self::AkoValues | Self::AkoConfigMap)
    }

    /// Place in a safe apply order, from 0: settings before classes, classes before what uses them.
    ///
    /// A setting counts only once AKO has accepted it, and an Ingress that comes before its class is
    /// dropped (AKO `internal/k8s/controller.go`, Ingress add handler). A Gateway of v1 wants its class
    /// and, among other objects, its Secrets before it (AKO `ako-gateway-api/nodes/dequeue_ingestion.go`).
    #[must_use]
    pub const fn apply_rank(self) -> usize {
        match self {
            Self::Namespace => 0,
            Self::AviInfraSetting => 1,
            Self::GatewayClass | Self::GatewayClassV1 => 2,
            Self::IngressClass => 3,
            Self::Gateway => 4,
            Self::Foreign | Self::AkoConfigMap => 5,
            Self::Service | Self::GatewayV1 => 6,
            Self::Ingress | Self::HttpRoute => 7,
            Self::AkoValues => 8,
            Self::AkoplanSettings => 9,
        }
    }
}

/// An object's value by kind; cloning is cheap.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// AviInfraSetting.
    AviInfraSetting(Rc<AviInfraSetting>),
    /// GatewayClass of the services API.
    GatewayClass(Rc<GatewayClass>),
    /// Gateway of the services API.
    Gateway(Rc<Gateway>),
    /// GatewayClass of Gateway API v1.
    GatewayClassV1(Rc<GatewayClassV1>),
    /// Gateway of Gateway API v1.
    GatewayV1(Rc<GatewayV1>),
    /// HTTPRoute.
    HttpRoute(Rc<HttpRoute>),
    /// Service.
    Service(Rc<Service>),
    /// Namespace.
    Namespace(Rc<Namespace>),
    /// IngressClass.
    IngressClass(Rc<IngressClass>),
    /// Ingress.
    Ingress(Rc<Ingress>),
    /// AKO's values.
    AkoValues(Rc<AkoValues>),
    /// AKO's ConfigMap.
    AkoConfigMap(Rc<AkoConfigMap>),
    /// Our settings.
    AkoplanSettings(Rc<AkoplanSettings>),
    /// Anything else: only its metadata is read.
    Foreign(Rc<ObjectMeta>),
}

impl Typed {
    /// Reads the object at a node of a document with this text as `kind`, with what does not fit.
    #[must_use]
    pub fn read(kind: Kind, text: &str, tree: &Tree, node: NodeId) -> (Self, Vec<FieldIssue>) {
        fn typed<T>(make: fn(Rc<T>) -> Typed, (value, issues): (T, Vec<FieldIssue>)) -> (Typed, Vec<FieldIssue>) {
            (make(Rc::new(value)), issues)
        }
        match kind {
            Kind::AviInfraSetting => typed(Self::AviInfraSetting, lower(tree, node)),
            Kind::GatewayClass => typed(Self::GatewayClass, lower(tree, node)),
            Kind::Gateway => typed(Self::Gateway, lower(tree, node)),
            Kind::GatewayClassV1 => typed(Self::GatewayClassV1, lower(tree, node)),
            Kind::GatewayV1 => typed(Self::GatewayV1, lower(tree, node)),
            Kind::HttpRoute => typed(Self::HttpRoute, lower(tree, node)),
            Kind::Service => typed(Self::Service, lower(tree, node)),
            Kind::Namespace => typed(Self::Namespace, lower(tree, node)),
            Kind::IngressClass => typed(Self::IngressClass, lower(tree, node)),
            Kind::Ingress => typed(Self::Ingress, lower(tree, node)),
            Kind::AkoValues => typed(Self::AkoValues, lower(tree, node)),
            Kind::AkoConfigMap => typed(Self::AkoConfigMap, ako_config_map::read(text, tree, node)),
            Kind::AkoplanSettings => typed(Self::AkoplanSettings, lower(tree, node)),
            Kind::Foreign => {
                let metadata = tree.get(node, "metadata").map(|metadata| lower(tree, metadata).0).unwrap_or_default();
                (Self::Foreign(Rc::new(metadata)), Vec::new())
            }
        }
    }

    /// The object's metadata; `None` for AKO's values.
    #[must_use]
    pub fn metadata(&self) -> Option<&ObjectMeta> {
        Some(match self {
            Self::AviInfraSetting(object) => &object.metadata,
            Self::GatewayClass(object) => &object.metadata,
            Self::Gateway(object) => &object.metadata,
            Self::GatewayClassV1(object) => &object.metadata,
            Self::GatewayV1(object) => &object.metadata,
            Self::HttpRoute(object) => &object.metadata,
            Self::Service(object) => &object.metadata,
            Self::Namespace(object) => &object.metadata,
            Self::IngressClass(object) => &object.metadata,
            Self::Ingress(object) => &object.metadata,
            Self::AkoConfigMap(object) => &object.metadata,
            Self::AkoplanSettings(object) => &object.metadata,
            Self::Foreign(metadata) => metadata,
            Self::AkoValues(_) => return None,
        })
    }
}
