//! Services that a migration takes together: those of a Gateway, of a shared VIP, or of a namespace and setting.

use std::collections::{BTreeMap, BTreeSet};

use crate::expose::{must_name_class, port};
use crate::listeners::Labelled;
use crate::model::{
    AVI_CONTROLLER, Gateway, GatewayClass, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service,
};
use crate::ordered::IntoOrdered;
use crate::segment::{of_annotation, of_gateway_class};
use crate::workspace::{Object, Workspace};

/// A Service of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
}

impl Member {
    fn of(workspace: &Workspace, object: &Object) -> Self {
        Self { key: workspace.key(object), namespace: object.namespace().to_owned(), name: object.name().to_owned() }
    }
}

/// How the Services of a group are exposed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By labels, on a Gateway.
    Gateway,
    /// On one VIP, by annotation.
    SharedVip,
    /// Each by itself.
    LoadBalancer,
}

/// Services with what they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How they are exposed now.
    pub form: Form,
    /// Namespace of the Gateway, else of the Services.
    pub namespace: String,
    /// The Gateway, if they are on one.
    pub gateway: Option<String>,
    /// The key of a shared VIP.
    pub shared: Option<String>,
    /// Name of the AviInfraSetting; empty: the global values.
    pub setting: String,
    /// The Services, in order.
    pub members: Vec<Member>,
}

/// The groups of a workspace: Gateways, shared VIPs, Services of their own.
pub fn groups(workspace: &Workspace) -> Vec<Group> {
    let mut groups = of_gateways(workspace);
    groups.extend(of_load_balancers(workspace));
    groups
}

/// The setting that AKO takes for a Gateway, if its class is AKO's and here.
fn setting_of_gateway<'a>(workspace: &'a Workspace, gateway: &Gateway) -> Option<&'a str> {
    let class = gateway.spec.gateway_class_name.as_deref()?;
    let (_, class) = workspace.get::<GatewayClass>("", class)?;
    (class.spec.controller.as_deref() == Some(AVI_CONTROLLER)).then(|| of_gateway_class(class).unwrap_or_default())
}

fn of_gateways(workspace: &Workspace) -> Vec<Group> {
    let labelled = Labelled::of(workspace);
    let group = |(object, gateway): (&Object, &Gateway)| {
        let setting = setting_of_gateway(workspace, gateway)?.to_owned();
        let members: Vec<Member> =
            labelled.on(object).iter().map(|(service, _)| Member::of(workspace, service)).collect();
        (!members.is_empty()).then(|| Group {
            form: Form::Gateway,
            namespace: object.namespace().to_owned(),
            gateway: Some(object.name().to_owned()),
            shared: None,
            setting,
            members,
        })
    };
    workspace.all::<Gateway>().filter_map(group).collect()
}

fn of_load_balancers(workspace: &Workspace) -> Vec<Group> {
    let mut shared: BTreeMap<(&str, &str), Lot<'_>> = BTreeMap::new();
    let mut alone: BTreeMap<(&str, &str), Lot<'_>> = BTreeMap::new();
    for (object, service) in workspace.all::<Service>().filter(|(_, service)| is_balanced(workspace, service)) {
        if let Some(key) = object.annotation(SHARED_VIP_ANNOTATION) {
            shared.entry((object.namespace(), key)).or_default().push((object, service));
        } else {
            let setting = of_annotation(object).unwrap_or_default();
            alone.entry((object.namespace(), setting)).or_default().push((object, service));
        }
    }
    let members = |services: &[(&Object, &Service)]| -> Vec<Member> {
        services.iter().map(|(object, _)| Member::of(workspace, object)).collect()
    };
    let shared = shared.into_iter().map(|((namespace, key), services)| Group {
        form: Form::SharedVip,
        namespace: namespace.to_owned(),
        gateway: None,
        shared: Some(key.to_owned()),
        setting: services.first().and_then(|(object, _)| of_annotation(object)).unwrap_or_default().to_owned(),
        members: members(&services),
    });
    let alone = alone.into_iter().flat_map(|((namespace, setting), services)| {
        let apart = without_conflict(services);
        let group = move |services: Lot<'_>| Group {
            form: Form::LoadBalancer,
            namespace: namespace.to_owned(),
            gateway: None,
            shared: None,
            setting: setting.to_owned(),
            members: members(&services),
        };
        apart.into_iter().map(group)
    });
    shared.chain(alone).collect()
}

/// Whether AKO makes a virtual service for a Service of type LoadBalancer (AKO 2.2.1
/// `internal/lib/lib.go` `ValidateSvcforClass`).
fn is_balanced(workspace: &Workspace, service: &Service) -> bool {
    let is_akos = match service.spec.load_balancer_class.as_deref() {
        Some(class) => class == AVI_CONTROLLER,
        None => !must_name_class(workspace),
    };
    is_akos && service.spec.service_type.as_deref() == Some("LoadBalancer")
}

/// Services that can be on one VIP.
type Lot<'a> = Vec<(&'a Object, &'a Service)>;

/// Services in as few lots as it takes for no two of a lot to have the same port.
fn without_conflict(services: Lot<'_>) -> Vec<Lot<'_>> {
    let mut lots: Vec<(BTreeSet<String>, Lot<'_>)> = Vec::new();
    for (object, service) in services {
        let ports: BTreeSet<String> =
            service.spec.ports.iter().filter_map(port).map(|port| port.to_string()).into_set();
        match lots.iter_mut().find(|(taken, _)| taken.is_disjoint(&ports)) {
            Some((taken, lot)) => {
                taken.extend(ports);
                lot.push((object, service));
            }
            None => lots.push((ports, vec![(object, service)])),
        }
    }
    lots.into_iter().map(|(_, lot)| lot).collect()
}

/// The address that a Service of type LoadBalancer asks for: the spec wins over the annotation.
pub fn address_of<'a>(object: &'a Object, service: &'a Service) -> Option<&'a str> {
    let own = service.spec.load_balancer_ip.as_deref().filter(|address| !address.is_empty());
    own.or_else(|| object.annotation(LOAD_BALANCER_IP_ANNOTATION).filter(|address| !address.is_empty()))
}

impl Group {
    /// The members as they are in a workspace, those that are there.
    pub fn services<'a>(&self, workspace: &'a Workspace) -> Vec<(&'a Object, &'a Service)> {
        self.members.iter().filter_map(|member| workspace.get::<Service>(&member.namespace, &member.name)).collect()
    }

    /// The addresses that are asked for now, each once.
    pub fn addresses(&self, workspace: &Workspace) -> Vec<String> {
        let mut addresses: Vec<String> = Vec::new();
        let mut add = |address: &str| {
            if !addresses.iter().any(|known| known == address) {
                addresses.push(address.to_owned());
            }
        };
        if let Some((_, gateway)) =
            self.gateway.as_ref().and_then(|name| workspace.get::<Gateway>(&self.namespace, name))
        {
            // AKO reads the first one, of type IPAddress (AKO 2.2.1 `internal/nodes/avi_model_advl4_translator.go`).
            let first = gateway.spec.addresses.first();
            let first = first.filter(|it| it.address_type.as_deref().is_none_or(|kind| kind == "IPAddress"));
            first.and_then(|address| address.value.as_deref()).into_iter().for_each(&mut add);
            return addresses;
        }
        for (object, service) in self.services(workspace) {
            address_of(object, service).into_iter().for_each(&mut add);
        }
        addresses
    }

    /// What it is, in a few words: `Gateway red/edge`, `shared VIP red/edge`, `3 Services in red`.
    pub fn title(&self) -> String {
        let Self { namespace, .. } = self;
        match (self.form, self.members.as_slice()) {
            (Form::Gateway, _) => format!("Gateway {namespace}/{}", self.gateway.as_deref().unwrap_or_default()),
            (Form::SharedVip, _) => format!("shared VIP {namespace}/{}", self.shared.as_deref().unwrap_or_default()),
            (Form::LoadBalancer, [member]) => format!("Service {namespace}/{}", member.name),
            (Form::LoadBalancer, members) => format!("{} LoadBalancer Services in {namespace}", members.len()),
        }
    }
}
