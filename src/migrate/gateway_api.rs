//! Ingresses to Gateway and HTTPRoute of Gateway API v1, which AKO serves on layer 7 only and never on the
//! network of an AviInfraSetting.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/`.

mod losses;
mod questions;
mod routes;

use std::collections::BTreeMap;

use super::draft::Draft;
use super::{Migration, Offer, Source, by_key};
use crate::canonical::{app_file, metadata, yaml};
use crate::command::Command;
use crate::expose::leads_to;
use crate::model::gateway_api::{CertificateRef, GatewaySpec, Listener, ListenerTls};
use crate::model::{
    AVI_CONTROLLER, CHART_INGRESS_CLASS, Gateway, GatewayClass, GatewayV1, Ingress, IngressClass, Kind,
};
use crate::segment::{of_gateway_class, of_ingress_class};
use crate::workspace::{Address, Object, OfKind, Workspace};
use routes::Host;

/// The most listeners of a Gateway (Gateway API 1.6.1, `spec.listeners`).
const MOST_LISTENERS: usize = 64;
const VALIDATOR: &str = "AKO 2.2.1 ako-gateway-api/k8s/validator.go isValidListener";

/// The class of an Ingress, if it is AKO's: its name and its setting, empty for none.
fn class_of<'a>(workspace: &'a Workspace, ingress: &'a Ingress) -> Option<(&'a str, &'a str)> {
    let name = ingress.spec.ingress_class_name.as_deref()?;
    match workspace.get::<IngressClass>("", name) {
        Some((_, class)) if class.spec.controller.as_deref() == Some(AVI_CONTROLLER) => {
            Some((name, of_ingress_class(class).unwrap_or_default()))
        }
        None if name == CHART_INGRESS_CLASS => Some((name, "")),
        _ => None,
    }
}

/// An offer for the Ingresses of each namespace and class, and one for each Gateway that could be asked about.
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    let mut groups: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for (object, ingress) in workspace.all::<Ingress>().filter(|(object, _)| object.version == "v1") {
        if let Some((class, _)) = class_of(workspace, ingress) {
            groups.entry((object.namespace(), class)).or_default().push(workspace.key(object));
        }
    }
    let of_group = |((namespace, class), objects): ((&str, &str), Vec<String>)| {
        let title = match objects.as_slice() {
            [key] => key.clone(),
            many => format!("{} Ingresses of {namespace} with class {class}", many.len()),
        };
        Offer { migration: Migration::GatewayApi, title, objects, source: Source::Objects }
    };
    let akos = |(_, gateway): &(&Object, &Gateway)| {
        let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
        let class = workspace.get::<GatewayClass>("", class);
        class.is_some_and(|(_, class)| class.spec.controller.as_deref() == Some(AVI_CONTROLLER))
    };
    let of_gateway = |(object, _): (&Object, &Gateway)| Offer {
        migration: Migration::GatewayApi,
        title: format!("Gateway {}/{}", object.namespace(), object.name()),
        objects: vec![workspace.key(object)],
        source: Source::Layer4Gateway,
    };
    let gateways = workspace.all::<Gateway>().filter(akos).map(of_gateway);
    groups.into_iter().map(of_group).chain(gateways).collect()
}

/// Says why a Gateway of the services API has no counterpart in Gateway API v1, and what keeps it.
pub fn refuse_layer4(draft: &mut Draft<'_>, objects: &[String]) {
    let before = draft.before;
    for key in objects {
        let Some((object, gateway)) =
            by_key(before, key).and_then(|object| Some((object, Gateway::of(&object.value)?)))
        else {
            continue;
        };
        let listeners = gateway
            .spec
            .listeners
            .iter()
            .filter_map(|listener| Some(format!("{}/{}", listener.protocol.as_deref()?, listener.port?)));
        let listeners: Vec<String> = listeners.collect();
        draft.stop(format!(
            "AKO has no layer 4 in Gateway API v1. Of `{key}` it would serve none of {}.",
            listeners.join(", ")
        ));
        for listener in &listeners {
            let reason = "in Gateway API v1 AKO takes HTTP and HTTPS only (`UnsupportedProtocol`), and reads no TCPRoute, UDPRoute or TLSRoute";
            draft.lose(
                &format!("{}/{} {listener}", object.namespace(), object.name()),
                "is served no more",
                reason,
                VALIDATOR,
            );
        }
        let class = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
        let setting = before.get::<GatewayClass>("", class).filter(|(_, class)| !leads_to(class, ""));
        if let Some(setting) = setting.and_then(|(_, class)| of_gateway_class(class)) {
            losses::tell_parameters(draft, key, setting);
        }
    }
    draft.instead(
        None,
        "Stay with `networking.x-k8s.io/v1alpha1`: AKO 2.2.1 still serves it and ships its CRDs; it is AKO's only Gateway for layer 4.",
    );
    draft.instead(
        Some(Migration::SharedVip),
        "A shared VIP keeps one address for the Services of a namespace, any mix of protocols, and the segment; it needs no Gateway API.",
    );
}

/// Moves Ingresses of one namespace and class to a Gateway with a route for each.
pub fn migrate(draft: &mut Draft<'_>, objects: &[String]) {
    let before = draft.before;
    let of_key = |key: &String| by_key(before, key).and_then(|object| Some((object, Ingress::of(&object.value)?)));
    let ingresses: Vec<(&Object, &Ingress)> = objects.iter().filter_map(of_key).collect();
    let Some((first, ingress)) = ingresses.first().copied() else { return };
    let Some((class, setting)) = class_of(before, ingress) else { return };
    let namespace = first.namespace();
    losses::tell(draft, &ingresses, setting);
    let what =
        if setting.is_empty() { "" } else { ", with the whole AviInfraSetting: VIP network, SE group, RHI, ports" };
    draft.instead(None, format!("Stay with Ingress and the IngressClass `{class}`: AKO serves it as before{what}."));
    questions::prepare(draft);
    let hosts = routes::hosts(draft, &ingresses);
    if hosts.len() > MOST_LISTENERS {
        draft.stop(format!(
            "A Gateway has at most {MOST_LISTENERS} listeners, and there are {} hosts. Take fewer Ingresses at once.",
            hosts.len()
        ));
    }
    refuse_taken_hosts(draft, namespace, &hosts);
    let gateway = questions::gateway(draft, namespace, setting);
    let gateway_class = questions::class(draft);
    let annotates = questions::annotates(draft, namespace, setting, objects);
    let (Some(gateway), Some(gateway_class), Some(annotates)) = (gateway, gateway_class, annotates) else { return };
    if !draft.plan.obstacles.is_empty() {
        return;
    }
    if annotates {
        questions::annotate(draft, namespace, setting, &first.address);
    }
    add_gateway(draft, first, (&gateway, &gateway_class), &hosts);
    for (object, ingress) in &ingresses {
        let routes = routes::add(draft, object, ingress, &gateway, &hosts);
        draft.remove::<Ingress>(namespace, object.name());
        let heirs: Vec<_> = routes.into_iter().map(|name| (Kind::HttpRoute, namespace.to_owned(), name)).collect();
        draft.hand_on_intents(Kind::Ingress, namespace, object.name(), &heirs);
        let name = object.name();
        draft.plan.steps.push(format!(
            "`kubectl delete ingress {name} -n {namespace}`: applying deletes nothing, and until then its hosts have two VIPs"
        ));
    }
    losses::tell_hosts(draft, &ingresses, &hosts);
}

/// AKO refuses a host that another Gateway of the namespace has.
fn refuse_taken_hosts(draft: &mut Draft<'_>, namespace: &str, hosts: &[Host]) {
    let before = draft.before;
    for (object, gateway) in before.all::<GatewayV1>().filter(|(object, _)| object.namespace() == namespace) {
        let has =
            |host: &&Host| gateway.spec.listeners.iter().any(|listener| listener.host() == Some(host.name.as_str()));
        for host in hosts.iter().filter(has) {
            draft.stop(format!(
                "The Gateway `{}` in `{namespace}` has the host {} already: AKO would refuse the listener.",
                object.name(),
                host.name
            ));
        }
    }
}

/// A listener for each host: HTTPS where it has a certificate, else HTTP.
fn add_gateway(draft: &mut Draft<'_>, first: &Object, (name, class): (&str, &str), hosts: &[Host]) {
    let several = hosts.len() > 1;
    let listener = |(index, host): (usize, &Host)| {
        let (word, protocol, port) = if host.secret.is_some() { ("https", "HTTPS", 443) } else { ("http", "HTTP", 80) };
        let tls = host.secret.clone().map(|secret| ListenerTls {
            certificate_refs: vec![CertificateRef { name: Some(secret), ..CertificateRef::default() }],
            ..ListenerTls::default()
        });
        Listener {
            name: Some(if several { format!("{word}-{}", index + 1) } else { word.to_owned() }),
            hostname: Some(host.name.clone()),
            port: Some(port),
            protocol: Some(protocol.to_owned()),
            tls,
            allowed_routes: None,
        }
    };
    let gateway = GatewayV1 {
        api_version: Some("gateway.networking.k8s.io/v1".to_owned()),
        kind: Some(Kind::GatewayV1.name().to_owned()),
        metadata: metadata(first.namespace(), name),
        spec: GatewaySpec {
            gateway_class_name: Some(class.to_owned()),
            listeners: hosts.iter().enumerate().map(listener).collect(),
            ..GatewaySpec::default()
        },
    };
    let beside: [&Address; 1] = [&first.address];
    let file = draft.file(app_file(first.namespace(), name), &beside);
    draft.run(Command::AddDocument { file, text: yaml(&gateway) });
}
