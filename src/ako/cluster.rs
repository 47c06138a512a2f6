//! What AKO's informers hold: the workspace's objects, indexed once for the whole prediction.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Changes, EventKey, setting_event};
use super::infra_setting::{Effective, Rejection, validate};
use super::moment::{Moment, Timing};
use super::names::Names;
use super::values::Values;
use super::versions::Capability;
use crate::model::settings::Intent;
use crate::model::{
    AKO_GROUP, AviInfraSetting, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass,
    INFRA_SETTING_ANNOTATION, IngressClass, Kind, Namespace, Service,
};
use crate::ordered::IntoOrdered;
use crate::workspace::{Object, Workspace};

/// Annotation of a namespace that names the Avi tenant.
const TENANT_ANNOTATION: &str = "ako.vmware.com/tenant-name";

/// A setting with AKO's verdict.
#[derive(Debug)]
pub struct Setting<'a> {
    /// Where it stands.
    pub object: &'a Object,
    /// What it says.
    pub value: &'a AviInfraSetting,
    /// Why it is rejected, or what it puts in place of the global values.
    pub verdict: Result<Effective, Rejection>,
}

/// A Service with its object.
pub type ServiceRef<'a> = (&'a Object, &'a Service);

/// The indexed workspace.
pub struct Cluster<'a> {
    /// All objects.
    pub workspace: &'a Workspace,
    /// In which order AKO comes to see them.
    pub timing: Timing,
    /// What a change changes, where there is one.
    pub changes: Changes,
    /// Whether a run keeps what a change begins from.
    pub remembers: bool,
    /// Effective values.
    pub values: Values<'a>,
    /// Names on the Avi Controller.
    pub names: Names,
    /// AviInfraSettings by name.
    pub settings: BTreeMap<&'a str, Setting<'a>>,
    /// GatewayClasses by name.
    pub gateway_classes: BTreeMap<&'a str, (&'a Object, &'a GatewayClass)>,
    /// IngressClasses by name.
    pub ingress_classes: BTreeMap<&'a str, (&'a Object, &'a IngressClass)>,
    /// Gateways by namespace and name.
    pub gateways: BTreeMap<(&'a str, &'a str), (&'a Object, &'a Gateway)>,
    /// Services in order.
    pub services: Vec<ServiceRef<'a>>,
    service_by_name: BTreeMap<(&'a str, &'a str), ServiceRef<'a>>,
    secrets: BTreeMap<(&'a str, &'a str), &'a Object>,
    extensions: BTreeSet<(&'a str, &'a str, &'a str)>,
    namespaces: BTreeMap<&'a str, &'a Object>,
    external: BTreeSet<(&'a str, &'a str, &'a str)>,
    intents: BTreeMap<(&'a str, &'a str, &'a str), Vec<&'a Intent>>,
    without_endpoints: BTreeSet<&'a str>,
}

impl<'a> Cluster<'a> {
    /// Indexes a workspace.
    #[must_use]
    pub fn new(workspace: &'a Workspace, timing: Timing) -> Self {
        let values = Values::of(workspace);
        let spec = &workspace.settings().spec;
        let names = Names::new(&values);
        let settings = workspace
            .all::<AviInfraSetting>()
            .map(|(object, value)| {
                let verdict = validate(value, &values, spec.avi.as_ref()).map(|()| Effective::under(value, &values));
                (object.name(), Setting { object, value, verdict })
            })
            .into_map();
        let default_namespace = spec.default_namespace.as_deref().unwrap_or("default");
        let mut intents: BTreeMap<_, Vec<&Intent>> = BTreeMap::new();
        for intent in &spec.intents {
            let key = (
                intent.kind.as_deref().unwrap_or_default(),
                intent.namespace.as_deref().unwrap_or(default_namespace),
                intent.name.as_deref().unwrap_or_default(),
            );
            intents.entry(key).or_default().push(intent);
        }
        let services: Vec<ServiceRef<'a>> = workspace.all::<Service>().collect();
        Self {
            workspace,
            timing,
            changes: Changes::default(),
            remembers: false,
            names,
            settings,
            gateway_classes: workspace.all::<GatewayClass>().map(|class| (class.0.name(), class)).into_map(),
            ingress_classes: workspace.all::<IngressClass>().map(|class| (class.0.name(), class)).into_map(),
            gateways: workspace
                .all::<Gateway>()
                .map(|gateway| ((gateway.0.namespace(), gateway.0.name()), gateway))
                .into_map(),
            service_by_name: services
                .iter()
                .map(|service| ((service.0.namespace(), service.0.name()), *service))
                .into_map(),
            services,
            secrets: workspace
                .objects()
                .iter()
                .filter(|object| object.kind == Kind::Foreign && object.identity.kind == "Secret")
                .map(|object| ((object.namespace(), object.name()), object))
                .into_map(),
            extensions: workspace
                .objects()
                .iter()
                .filter(|object| object.kind == Kind::Foreign && object.identity.group == AKO_GROUP)
                .map(|object| (object.identity.kind.as_str(), object.namespace(), object.name()))
                .into_set(),
            namespaces: workspace.all::<Namespace>().map(|(object, _)| (object.name(), object)).into_map(),
            external: spec
                .external
                .iter()
                .filter_map(|external| {
                    let namespace = external.namespace.as_deref().unwrap_or_default();
                    Some((external.kind.as_deref()?, namespace, external.name.as_deref()?))
                })
                .into_set(),
            intents,
            without_endpoints: spec.cluster.services_without_endpoints.iter().map(String::as_str).into_set(),
            values,
        }
    }

    /// Whether the predicted AKO can do something.
    #[must_use]
    pub fn has(&self, capability: Capability) -> bool {
        self.values.version.has(capability)
    }

    /// Whether the settings say that an object exists outside this project.
    #[must_use]
    pub fn is_external(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.external.contains(&(kind, namespace, name))
    }

    /// The Namespace object, if it is in this project.
    #[must_use]
    pub fn namespace(&self, name: &str) -> Option<&'a Object> {
        self.namespaces.get(name).copied()
    }

    /// The tenant of what stands in a namespace
    /// (AKO 2.2.1 `internal/lib/lib.go` `GetTenantInNamespace`).
    #[must_use]
    pub fn tenant(&self, namespace: &str) -> &str {
        let annotated = self.namespace(namespace).and_then(|object| object.annotation(TENANT_ANNOTATION));
        annotated.filter(|tenant| !tenant.is_empty()).unwrap_or(&self.values.tenant)
    }

    /// The setting that a namespace's annotation names, with the Namespace.
    #[must_use]
    pub fn namespace_setting(&self, namespace: &str) -> Option<(&'a Object, &'a str)> {
        let object = self.namespace(namespace).filter(|_| self.has(Capability::NamespaceSetting))?;
        let name = object.annotation(INFRA_SETTING_ANNOTATION).filter(|name| !name.is_empty())?;
        Some((object, name))
    }

    /// The setting whose events reach what a reference, else a namespace's annotation, leads to it.
    #[must_use]
    pub fn setting_event(&self, reference: Option<&str>, namespace: &str) -> Option<EventKey> {
        let name = reference.or_else(|| self.namespace_setting(namespace).map(|(_, name)| name))?;
        Some(setting_event(name))
    }

    /// The namespaces that name a setting, with its name.
    pub fn namespaces_with_setting(&self) -> impl Iterator<Item = (&'a Object, &'a str)> {
        self.namespaces.keys().filter_map(|name| self.namespace_setting(name))
    }

    /// Why AKO leaves a namespace alone, if it does
    /// (AKO 2.2.1 `internal/k8s/controller.go` `isNamespaceBlocked`, `CheckIfNamespaceAccepted`).
    #[must_use]
    pub fn leaves_alone(&self, namespace: &str) -> Option<String> {
        if self.values.blocked.contains(namespace) {
            return Some(format!("`AKOSettings.blockedNamespaceList` names `{namespace}`"));
        }
        let (key, value) = self.values.namespace_selector?;
        // A namespace that is not in this project may have the label.
        let object = self.namespace(namespace)?;
        let reason =
            format!("`AKOSettings.namespaceSelector` wants the label `{key}: {value}`, which `{namespace}` lacks");
        (object.label(key) != Some(value)).then_some(reason)
    }

    /// What the settings' intents say of an object; the most exact one.
    #[must_use]
    pub fn intent(
        &self,
        kind: &'static str,
        object: &Object,
        port: Option<i64>,
        host: Option<&str>,
    ) -> Option<&'a str> {
        let intents = self.intents.get(&(kind, object.namespace(), object.name()))?;
        let fits = |intent: &&&Intent| {
            intent.port.is_none_or(|wanted| Some(wanted) == port)
                && intent.host.as_deref().is_none_or(|wanted| Some(wanted) == host)
        };
        let exactness = |intent: &&&Intent| usize::from(intent.port.is_some()) + usize::from(intent.host.is_some());
        intents.iter().filter(fits).max_by_key(exactness)?.segment.as_deref()
    }

    /// When AKO sees an object first: at its first appearance in the documents, or all in one moment.
    #[must_use]
    pub fn seen(&self, object: &Object) -> Moment {
        match self.timing {
            Timing::InOrder => self.workspace.same_identity(object).first().map_or(object.order, |first| first.order),
            Timing::Change => self.changes.moments.get(object.order).copied().unwrap_or_default(),
            Timing::AtOnce | Timing::AtStart => 0,
        }
    }

    /// A Service of an Ingress' backend.
    #[must_use]
    pub fn service(&self, namespace: &str, name: &str) -> Option<ServiceRef<'a>> {
        self.service_by_name.get(&(namespace, name)).copied()
    }

    /// A Secret of this project.
    #[must_use]
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&'a Object> {
        self.secrets.get(&(namespace, name)).copied()
    }

    /// Whether an object of AKO's that extends a route is there: here or by the settings' word.
    #[must_use]
    pub fn has_extension(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.extensions.contains(&(kind, namespace, name)) || self.is_external(kind, namespace, name)
    }

    /// Whether a Service has an endpoint.
    #[must_use]
    pub fn has_endpoints(&self, object: &Object) -> bool {
        self.without_endpoints.is_empty()
            || !self.without_endpoints.contains(format!("{}/{}", object.namespace(), object.name()).as_str())
    }
}

/// The Gateway that a Service's labels name, as namespace and name; each `None` where its label is
/// missing. `None`: no gateway label at all.
#[must_use]
pub fn gateway_labels(object: &Object) -> Option<(Option<&str>, Option<&str>)> {
    let labels = (object.label(GATEWAY_NAMESPACE_LABEL), object.label(GATEWAY_NAME_LABEL));
    (labels != (None, None)).then_some(labels)
}

/// `namespace/name` of an object.
#[must_use]
pub fn qualified(object: &Object) -> String {
    format!("{}/{}", object.namespace(), object.name())
}
