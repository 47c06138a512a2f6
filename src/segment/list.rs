//! All segments of a workspace, with what leads to each.

use std::collections::BTreeSet;

use super::{SETTING_KIND, short_name};
use crate::model::{
    AKO_GROUP, AviInfraSetting, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass,
    INFRA_SETTING_ANNOTATION, Ingress, IngressClass, Kind, Namespace, Service,
};
use crate::ordered::IntoOrdered;
use crate::workspace::{Address, Object, Workspace};

/// A segment: defined here, or only referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Short name, as in `oam`.
    pub name: String,
    /// Name of the AviInfraSetting.
    pub setting: String,
    /// The AviInfraSetting; `None` where something refers to it and it is not in this project.
    pub defined: Option<Address>,
    /// The settings say that it exists outside this project.
    pub external: bool,
    /// GatewayClasses that name it.
    pub gateway_classes: Vec<Address>,
    /// IngressClasses that name it.
    pub ingress_classes: Vec<Address>,
    /// Gateways of those classes.
    pub gateways: Vec<Address>,
    /// Ingresses of those classes.
    pub ingresses: Vec<Address>,
    /// Services with the labels of those Gateways or with the annotation that names the setting.
    pub services: Vec<Address>,
    /// Namespaces with the annotation that names it.
    pub namespaces: Vec<Address>,
    /// The settings' intents name it.
    pub is_intended: bool,
}

/// All segments: the defined ones in the order of the project, then those that are only referred to.
///
/// This is what the objects *say*; where things land is the prediction's to tell.
#[must_use]
pub fn list(workspace: &Workspace) -> Vec<Segment> {
    let defined: Vec<String> = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name().to_owned()).collect();
    let known: BTreeSet<&str> = defined.iter().map(String::as_str).into_set();
    let referred = referred_to(workspace);
    let missing = referred.iter().filter(|name| !known.contains(name.as_str()));
    defined.iter().chain(missing).map(|setting| segment(workspace, setting)).collect()
}

/// The setting that a GatewayClass names, if AKO takes it as such.
#[must_use]
pub fn of_gateway_class(class: &GatewayClass) -> Option<&str> {
    let reference = class.spec.parameters_ref.as_ref()?;
    named(reference.group.as_deref(), reference.kind.as_deref(), reference.name.as_deref())
}

/// The setting that an IngressClass names, if AKO takes it as such.
#[must_use]
pub fn of_ingress_class(class: &IngressClass) -> Option<&str> {
    let parameters = class.spec.parameters.as_ref()?;
    named(parameters.api_group.as_deref(), parameters.kind.as_deref(), parameters.name.as_deref())
}

fn named<'a>(group: Option<&str>, kind: Option<&str>, name: Option<&'a str>) -> Option<&'a str> {
    let is_setting = group == Some(AKO_GROUP) && kind == Some(SETTING_KIND);
    name.filter(|name| is_setting && !name.is_empty())
}

/// The setting that an annotation names; an empty one counts as none, as with AKO.
#[must_use]
pub fn of_annotation(object: &Object) -> Option<&str> {
    object.annotation(INFRA_SETTING_ANNOTATION).filter(|name| !name.is_empty())
}

fn referred_to(workspace: &Workspace) -> BTreeSet<String> {
    let gateway_classes = workspace.all::<GatewayClass>().filter_map(|(_, class)| of_gateway_class(class));
    let ingress_classes = workspace.all::<IngressClass>().filter_map(|(_, class)| of_ingress_class(class));
    let annotations = workspace
        .objects()
        .iter()
        .filter(|object| matches!(object.kind, Kind::Service | Kind::Namespace))
        .filter_map(of_annotation);
    let intents = workspace.settings().spec.intents.iter().filter_map(|intent| intent.segment.as_deref());
    gateway_classes.chain(ingress_classes).chain(annotations).chain(intents).map(str::to_owned).into_set()
}

fn segment(workspace: &Workspace, setting: &str) -> Segment {
    let addresses = |objects: &[&Object]| objects.iter().map(|object| object.address.clone()).collect();
    let gateway_classes: Vec<&Object> = workspace
        .all::<GatewayClass>()
        .filter(|(_, class)| of_gateway_class(class) == Some(setting))
        .map(|(object, _)| object)
        .collect();
    let ingress_classes: Vec<&Object> = workspace
        .all::<IngressClass>()
        .filter(|(_, class)| of_ingress_class(class) == Some(setting))
        .map(|(object, _)| object)
        .collect();
    let is_one_of = |classes: &[&Object], name: Option<&str>| {
        name.is_some_and(|name| classes.iter().any(|class| class.name() == name))
    };
    let gateways: Vec<&Object> = workspace
        .all::<Gateway>()
        .filter(|(_, gateway)| is_one_of(&gateway_classes, gateway.spec.gateway_class_name.as_deref()))
        .map(|(object, _)| object)
        .collect();
    let ingresses: Vec<&Object> = workspace
        .all::<Ingress>()
        .filter(|(_, ingress)| is_one_of(&ingress_classes, ingress.spec.ingress_class_name.as_deref()))
        .map(|(object, _)| object)
        .collect();
    let has_gateway = |service: &Object| {
        gateways.iter().any(|gateway| {
            service.label(GATEWAY_NAME_LABEL) == Some(gateway.name())
                && service.label(GATEWAY_NAMESPACE_LABEL) == Some(gateway.namespace())
        })
    };
    let services: Vec<&Object> = workspace
        .all::<Service>()
        .filter(|(object, _)| of_annotation(object) == Some(setting) || has_gateway(object))
        .map(|(object, _)| object)
        .collect();
    let namespaces: Vec<&Object> = workspace
        .all::<Namespace>()
        .filter(|(object, _)| of_annotation(object) == Some(setting))
        .map(|(object, _)| object)
        .collect();
    Segment {
        name: short_name(workspace, setting).to_owned(),
        setting: setting.to_owned(),
        defined: workspace.get::<AviInfraSetting>("", setting).map(|(object, _)| object.address.clone()),
        external: workspace.is_external(SETTING_KIND, "", setting),
        gateway_classes: addresses(&gateway_classes),
        ingress_classes: addresses(&ingress_classes),
        gateways: addresses(&gateways),
        ingresses: addresses(&ingresses),
        services: addresses(&services),
        namespaces: addresses(&namespaces),
        is_intended: workspace.settings().spec.intents.iter().any(|intent| intent.segment.as_deref() == Some(setting)),
    }
}
