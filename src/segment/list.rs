//! All segments of a workspace, with what leads to each.

use std::collections::{BTreeSet, HashMap};

use super::{SETTING_KIND, short_name};
use crate::model::{
    AKO_GROUP, AviInfraSetting, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, GatewayClass,
    INFRA_SETTING_ANNOTATION, Ingress, IngressClass, Kind, Namespace, Service,
};
use crate::ordered::IntoOrdered;
use crate::pace::{Rest, finish};
use crate::workspace::{Address, Object, Workspace};

/// So many objects are looked at between two pauses.
const OBJECTS: usize = 512;

/// A segment: defined here, or only referred to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    finish(listing(workspace))
}

/// [`list`] in steps.
pub async fn listing(workspace: &Workspace) -> Vec<Segment> {
    let settings = settings(workspace);
    let mut segments = Segments::new(workspace, &settings);
    segments.collect(workspace).await;
    segments.all
}

/// The settings of all segments in the order of [`list`], by name.
#[must_use]
pub fn settings(workspace: &Workspace) -> Vec<String> {
    let mut settings: Vec<String> =
        workspace.all::<AviInfraSetting>().map(|(object, _)| object.name().to_owned()).collect();
    let known: BTreeSet<&str> = settings.iter().map(String::as_str).into_set();
    let referred = referred_to(workspace);
    let missing: Vec<String> = referred.into_iter().filter(|name| !known.contains(name.as_str())).collect();
    settings.extend(missing);
    settings
}

/// The setting of the first segment in [`list`] that a Service is written for: by its annotation, or by the class of
/// its Gateway.
#[must_use]
pub fn of_service(workspace: &Workspace, service: &Object) -> Option<String> {
    let labels = service.label(GATEWAY_NAMESPACE_LABEL).zip(service.label(GATEWAY_NAME_LABEL));
    let gateway = labels.and_then(|(namespace, name)| workspace.get::<Gateway>(namespace, name));
    let class = gateway.and_then(|(_, gateway)| gateway.spec.gateway_class_name.as_deref());
    let class = class.and_then(|class| workspace.get::<GatewayClass>("", class));
    let through = class.and_then(|(_, class)| of_gateway_class(class));
    match (of_annotation(service), through) {
        (Some(named), Some(through)) if named != through => {
            settings(workspace).into_iter().find(|setting| setting == named || setting == through)
        }
        (one, other) => one.or(other).map(str::to_owned),
    }
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

/// Segments while what leads to each is collected.
struct Segments<'a> {
    all: Vec<Segment>,
    /// Their places by the setting's name.
    places: HashMap<&'a str, usize>,
}

impl<'a> Segments<'a> {
    fn new(workspace: &Workspace, settings: &'a [String]) -> Self {
        let all = settings.iter().map(|setting| Segment {
            name: short_name(workspace, setting).to_owned(),
            setting: setting.clone(),
            defined: workspace.get::<AviInfraSetting>("", setting).map(|(object, _)| object.address.clone()),
            external: workspace.is_external(SETTING_KIND, "", setting),
            ..Segment::default()
        });
        let places = settings.iter().enumerate().map(|(at, setting)| (setting.as_str(), at));
        Self { all: all.collect(), places: places.collect() }
    }

    /// Adds an object to the segment of a setting; gives the segment's place.
    fn add(
        &mut self,
        setting: Option<&str>,
        object: &Object,
        list: fn(&mut Segment) -> &mut Vec<Address>,
    ) -> Option<usize> {
        let at = *self.places.get(setting?)?;
        self.add_at(at, object, list);
        Some(at)
    }

    fn add_at(&mut self, at: usize, object: &Object, list: fn(&mut Segment) -> &mut Vec<Address>) {
        if let Some(segment) = self.all.get_mut(at) {
            list(segment).push(object.address.clone());
        }
    }

    async fn collect(&mut self, workspace: &Workspace) {
        let mut rest = Rest::every(OBJECTS);
        let (mut gateway_classes, mut ingress_classes) = (HashMap::new(), HashMap::new());
        for (object, class) in workspace.all::<GatewayClass>() {
            let at = self.add(of_gateway_class(class), object, |segment| &mut segment.gateway_classes);
            gateway_classes.extend(at.map(|at| (object.name(), at)));
        }
        for (object, class) in workspace.all::<IngressClass>() {
            let at = self.add(of_ingress_class(class), object, |segment| &mut segment.ingress_classes);
            ingress_classes.extend(at.map(|at| (object.name(), at)));
        }
        let mut gateways = HashMap::new();
        for (object, gateway) in workspace.all::<Gateway>() {
            rest.round().await;
            let class = gateway.spec.gateway_class_name.as_deref();
            if let Some(at) = class.and_then(|class| gateway_classes.get(class)) {
                self.add_at(*at, object, |segment| &mut segment.gateways);
                gateways.insert((object.namespace(), object.name()), *at);
            }
        }
        for (object, ingress) in workspace.all::<Ingress>() {
            rest.round().await;
            let class = ingress.spec.ingress_class_name.as_deref();
            if let Some(at) = class.and_then(|class| ingress_classes.get(class)) {
                self.add_at(*at, object, |segment| &mut segment.ingresses);
            }
        }
        for (object, _) in workspace.all::<Service>() {
            rest.round().await;
            let named = self.add(of_annotation(object), object, |segment| &mut segment.services);
            let labels = object.label(GATEWAY_NAMESPACE_LABEL).zip(object.label(GATEWAY_NAME_LABEL));
            let through = labels.and_then(|gateway| gateways.get(&gateway)).filter(|at| named != Some(**at));
            if let Some(at) = through {
                self.add_at(*at, object, |segment| &mut segment.services);
            }
        }
        for (object, _) in workspace.all::<Namespace>() {
            self.add(of_annotation(object), object, |segment| &mut segment.namespaces);
        }
        for intent in &workspace.settings().spec.intents {
            let at = intent.segment.as_deref().and_then(|setting| self.places.get(setting));
            if let Some(segment) = at.and_then(|at| self.all.get_mut(*at)) {
                segment.is_intended = true;
            }
        }
    }
}
