//! What an object must come after: what it names, and what AKO looks up for it.

use std::collections::HashMap;

use crate::model::ingress::IngressBackend;
use crate::model::{
    AVI_CONTROLLER, AviInfraSetting, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass,
    GatewayClassV1, GatewayV1, HttpRoute, Ingress, IngressClass, Kind, L4_RULE_ANNOTATION, Namespace, Service, Typed,
};
use crate::pace::Rest;
use crate::segment::{of_annotation, of_gateway_class, of_ingress_class};
use crate::workspace::{Object, OfKind, Workspace};

/// Marks a default IngressClass.
const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

/// Finds what objects use.
pub(super) struct Uses<'a> {
    workspace: &'a Workspace,
    /// Definitions by the group and kind that they define.
    definitions: HashMap<(&'a str, &'a str), &'a Object>,
    /// Secrets and objects of kinds that are not read, by kind, namespace and name.
    others: HashMap<(&'a str, &'a str, &'a str), &'a Object>,
    /// AKO's default IngressClasses.
    defaults: Vec<&'a Object>,
}

impl<'a> Uses<'a> {
    /// For the objects of a workspace.
    pub(super) async fn new(workspace: &'a Workspace, rest: &mut Rest) -> Self {
        let default_namespace = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
        let (mut definitions, mut others) = (HashMap::new(), HashMap::new());
        for object in workspace.objects().iter().filter(|object| object.kind == Kind::Foreign) {
            rest.round().await;
            if let (Some(group), Some(kind)) = (object.text("spec.group"), object.text("spec.names.kind"))
                && object.identity.kind == "CustomResourceDefinition"
            {
                definitions.insert((group, kind), object);
            }
            let own = Some(object.namespace()).filter(|own| !own.is_empty()).unwrap_or(default_namespace);
            others.insert((object.identity.kind.as_str(), own, object.name()), object);
        }
        let is_default = |(object, class): &(&'a Object, &'a IngressClass)| {
            class.spec.controller.as_deref() == Some(AVI_CONTROLLER)
                && object.annotation(DEFAULT_CLASS_ANNOTATION) == Some("true")
        };
        let defaults = workspace.all::<IngressClass>().filter(is_default).map(|(object, _)| object).collect();
        Self { workspace, definitions, others, defaults }
    }

    /// What an object uses, as far as it is here: all of one identity, since nobody knows which of them counts.
    pub(super) fn of(&self, object: &'a Object) -> Vec<&'a Object> {
        let mut used: Vec<&Object> = Vec::new();
        let identity = &object.identity;
        used.extend(self.definitions.get(&(identity.group.as_str(), identity.kind.as_str())));
        if !object.namespace().is_empty() {
            used.extend(self.object::<Namespace>("", object.namespace()));
        }
        match &object.value {
            Typed::GatewayClass(class) => used.extend(of_gateway_class(class).and_then(|name| self.setting(name))),
            Typed::IngressClass(class) => used.extend(of_ingress_class(class).and_then(|name| self.setting(name))),
            Typed::Gateway(gateway) => used.extend(self.of_gateway(object, gateway)),
            Typed::GatewayV1(gateway) => {
                let class = gateway.spec.gateway_class_name.as_deref();
                used.extend(class.and_then(|name| self.object::<GatewayClassV1>("", name)));
                let certificates =
                    gateway.spec.listeners.iter().flat_map(crate::model::gateway_api::Listener::certificates);
                used.extend(certificates.filter_map(|certificate| {
                    let namespace = certificate.namespace.as_deref().unwrap_or(object.namespace());
                    self.others.get(&("Secret", namespace, certificate.name.as_deref()?)).copied()
                }));
            }
            Typed::Service(service) => used.extend(self.of_service(object, service)),
            Typed::Ingress(ingress) => used.extend(self.of_ingress(object, ingress)),
            Typed::HttpRoute(route) => used.extend(self.of_route(object, route)),
            _ => {}
        }
        let twins = used.into_iter().flat_map(|used| self.workspace.same_identity(used));
        twins.collect()
    }

    fn object<T: OfKind + 'a>(&self, namespace: &str, name: &str) -> Option<&'a Object> {
        self.workspace.get::<T>(namespace, name).map(|(object, _)| object)
    }

    fn setting(&self, name: &str) -> Option<&'a Object> {
        self.object::<AviInfraSetting>("", name)
    }

    fn namespace_setting(&self, namespace: &str) -> Option<&'a Object> {
        self.setting(of_annotation(self.object::<Namespace>("", namespace)?)?)
    }

    /// Its class, and where that names no setting the namespace's.
    fn of_gateway(&self, object: &Object, gateway: &Gateway) -> Vec<&'a Object> {
        let name = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
        let class = self.workspace.get::<GatewayClass>("", name);
        let is_named = class.is_some_and(|(_, class)| of_gateway_class(class).is_some());
        let by_namespace = self.namespace_setting(object.namespace()).filter(|_| !is_named);
        class.map(|(class, _)| class).into_iter().chain(by_namespace).collect()
    }

    /// Its setting, its Gateway and its L4Rule.
    fn of_service(&self, object: &Object, service: &Service) -> Vec<&'a Object> {
        let setting = match of_annotation(object) {
            Some(name) => self.setting(name),
            None if service.spec.service_type.as_deref() == Some("LoadBalancer") => {
                self.namespace_setting(object.namespace())
            }
            None => None,
        };
        let labels = object.label(GATEWAY_NAMESPACE_LABEL).zip(object.label(GATEWAY_NAME_LABEL));
        let gateway = labels.and_then(|(namespace, name)| self.object::<Gateway>(namespace, name));
        let rule = object.annotation(L4_RULE_ANNOTATION);
        let rule = rule.and_then(|name| self.others.get(&("L4Rule", object.namespace(), name)).copied());
        setting.into_iter().chain(gateway).chain(rule).collect()
    }

    /// Its class, and where that names no setting the namespace's; its Secrets and Services.
    fn of_ingress(&self, object: &Object, ingress: &Ingress) -> Vec<&'a Object> {
        let spec = &ingress.spec;
        let mut used: Vec<&Object> = match spec.ingress_class_name.as_deref() {
            Some(name) => self.object::<IngressClass>("", name).into_iter().collect(),
            None => self.defaults.clone(),
        };
        let names_setting =
            |class: &&Object| IngressClass::of(&class.value).is_some_and(|class| of_ingress_class(class).is_some());
        if !used.iter().any(names_setting) {
            used.extend(self.namespace_setting(object.namespace()));
        }
        let namespace = object.namespace();
        let secrets = spec.tls.iter().filter_map(|tls| tls.secret_name.as_deref());
        used.extend(secrets.filter_map(|name| self.others.get(&("Secret", namespace, name)).copied()));
        let paths = spec.rules.iter().filter_map(|rule| rule.http.as_ref()).flat_map(|http| &http.paths);
        let backends = paths.map(|path| &path.backend).chain(&spec.default_backend).chain(&spec.backend);
        let service = |backend: &'_ IngressBackend| {
            let name = backend.service.as_ref().and_then(|service| service.name.as_deref());
            self.object::<Service>(namespace, name.or(backend.service_name.as_deref())?)
        };
        used.extend(backends.filter_map(service));
        used
    }

    /// Its Gateways and Services, and the namespace's setting, which its pools follow.
    fn of_route(&self, object: &Object, route: &HttpRoute) -> Vec<&'a Object> {
        let own = |namespace: &'_ Option<String>| namespace.clone().unwrap_or_else(|| object.namespace().to_owned());
        let parents = route.spec.parent_refs.iter();
        let gateways =
            parents.filter_map(|parent| self.object::<GatewayV1>(&own(&parent.namespace), parent.name.as_deref()?));
        let backends = route.spec.rules.iter().flat_map(|rule| &rule.backend_refs);
        let services =
            backends.filter_map(|backend| self.object::<Service>(&own(&backend.namespace), backend.name.as_deref()?));
        gateways.chain(services).chain(self.namespace_setting(object.namespace())).collect()
    }
}
