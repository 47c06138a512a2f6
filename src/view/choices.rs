//! What forms offer to choose from, with a word on where each choice leads.

use crate::model::{AVI_CONTROLLER, AviInfraSetting, Gateway, GatewayClass, IngressClass, Service};
use crate::segment::{self, of_gateway_class, of_ingress_class, short_name};
use crate::workspace::Workspace;

/// A value to choose, with the words that are shown for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub value: String,
    /// What is shown.
    pub words: String,
}

/// GatewayClasses with the segment that each reaches.
#[must_use]
pub fn gateway_classes(workspace: &Workspace) -> Vec<Choice> {
    let classes = workspace.all::<GatewayClass>();
    classes
        .map(|(object, class)| {
            let reach = reach(workspace, class.spec.controller.as_deref(), of_gateway_class(class));
            choice(object.name(), &reach)
        })
        .collect()
}

/// IngressClasses with the segment that each reaches.
#[must_use]
pub fn ingress_classes(workspace: &Workspace) -> Vec<Choice> {
    let classes = workspace.all::<IngressClass>();
    classes
        .map(|(object, class)| {
            let reach = reach(workspace, class.spec.controller.as_deref(), of_ingress_class(class));
            choice(object.name(), &reach)
        })
        .collect()
}

/// Gateways as `namespace/name`, with the segment that each reaches.
#[must_use]
pub fn gateways(workspace: &Workspace) -> Vec<Choice> {
    let gateways = workspace.all::<Gateway>();
    gateways
        .map(|(object, gateway)| {
            let name = format!("{}/{}", object.namespace(), object.name());
            let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
            choice(&name, &class_reach(workspace, class))
        })
        .collect()
}

/// Services of a namespace with their ports.
#[must_use]
pub fn services(workspace: &Workspace, namespace: &str) -> Vec<Choice> {
    let services = workspace.all::<Service>().filter(|(object, _)| object.namespace() == namespace);
    services.map(|(object, service)| choice(object.name(), &super::services::ports(service))).collect()
}

/// Segments by the setting's name, with network and range.
#[must_use]
pub fn segments(workspace: &Workspace) -> Vec<Choice> {
    let is_there = |setting: &String| {
        workspace.get::<AviInfraSetting>("", setting).is_some() || workspace.is_external("AviInfraSetting", "", setting)
    };
    let choice = |setting: String| {
        let name = short_name(workspace, &setting);
        let words = match network(workspace, &setting) {
            network if network.is_empty() => name.to_owned(),
            network => format!("{name} · {network}"),
        };
        Choice { words, value: setting }
    };
    segment::settings(workspace).into_iter().filter(is_there).map(choice).collect()
}

/// A setting's first network with its ranges; empty where it names none.
#[must_use]
pub fn network(workspace: &Workspace, setting: &str) -> String {
    let Some((_, value)) = workspace.get::<AviInfraSetting>("", setting) else { return String::new() };
    let networks = value.spec.network.as_ref().map_or(&[][..], |network| &network.vip_networks);
    let Some(first) = networks.first() else { return String::new() };
    let parts = [&first.network_name, &first.network_uuid, &first.cidr, &first.v6cidr];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
}

/// The segment that a Gateway of this class reaches, in words.
#[must_use]
pub fn class_reach(workspace: &Workspace, class: &str) -> String {
    match workspace.get::<GatewayClass>("", class) {
        Some((_, class)) => reach(workspace, class.spec.controller.as_deref(), of_gateway_class(class)),
        None if workspace.is_external("GatewayClass", "", class) => "class outside this project".to_owned(),
        None => "class not defined".to_owned(),
    }
}

/// The segment that an Ingress of this class reaches, in words.
#[must_use]
pub fn ingress_class_reach(workspace: &Workspace, class: &str) -> String {
    match workspace.get::<IngressClass>("", class) {
        Some((_, class)) => reach(workspace, class.spec.controller.as_deref(), of_ingress_class(class)),
        None if workspace.is_external("IngressClass", "", class) => "class outside this project".to_owned(),
        None => "class not defined".to_owned(),
    }
}

fn reach(workspace: &Workspace, controller: Option<&str>, setting: Option<&str>) -> String {
    if controller != Some(AVI_CONTROLLER) {
        return "another controller".to_owned();
    }
    match setting {
        None => "global network".to_owned(),
        Some(setting) => {
            let known = workspace.get::<AviInfraSetting>("", setting).is_some()
                || workspace.is_external("AviInfraSetting", "", setting);
            let name = short_name(workspace, setting);
            if known { name.to_owned() } else { format!("{name} (not defined)") }
        }
    }
}

fn choice(value: &str, words: &str) -> Choice {
    Choice { value: value.to_owned(), words: format!("{value} · {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn classes_say_where_they_lead() {
        let text = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: aviinfrasetting-oam}
spec: {network: {vipNetworks: [{networkName: oam-vip, cidr: 10.223.63.0/26}]}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: a}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-oam}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: b}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: aviinfrasetting-sig}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: c}
spec: {controller: ako.vmware.com/avi-lb}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: d}
spec: {controller: example.com/lb}
";
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let words: Vec<String> = gateway_classes(&workspace).into_iter().map(|choice| choice.words).collect();
        assert_eq!(words, ["a · oam", "b · sig (not defined)", "c · global network", "d · another controller"]);
        assert_eq!(segments(&workspace)[0].words, "oam · oam-vip 10.223.63.0/26");
        assert_eq!(class_reach(&workspace, "x"), "class not defined");
    }
}
