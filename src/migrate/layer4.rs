//! Services between their three ways on layer 4: a Gateway with labels, a shared VIP, an address each.

mod fields;
mod to_balancer;
mod to_gateway;

use super::draft::Draft;
use super::group::{Form, Group, groups};
use super::{Migration, Offer, Source};
use crate::ako::EXTERNAL_DNS_ANNOTATION;
use crate::listeners::{Labelled, ListenerState};
use crate::model::{Gateway, Kind, Namespace, Service};
use crate::segment::of_annotation;
use crate::workspace::{Object, Workspace};

/// Offers each group the two ways that it does not go yet.
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    let groups = groups(workspace);
    let ways = [Migration::Gateway, Migration::SharedVip, Migration::LoadBalancer];
    let offers = ways.into_iter().flat_map(|migration| {
        let apart = groups.iter().filter(move |group| migration != form_of(group.form));
        apart.map(move |group| offer(workspace, group, migration))
    });
    offers.collect()
}

const fn form_of(form: Form) -> Migration {
    match form {
        Form::Gateway => Migration::Gateway,
        Form::SharedVip => Migration::SharedVip,
        Form::LoadBalancer => Migration::LoadBalancer,
    }
}

fn offer(workspace: &Workspace, group: &Group, migration: Migration) -> Offer {
    let gateway = group.gateway.as_ref().and_then(|name| workspace.get::<Gateway>(&group.namespace, name));
    let gateway = gateway.map(|(object, _)| workspace.key(object));
    let objects = gateway.into_iter().chain(group.members.iter().map(|member| member.key.clone())).collect();
    Offer { migration, title: group.title(), objects, source: Source::Group(group.clone()) }
}

/// Moves a group to another way.
pub fn migrate(draft: &mut Draft<'_>, group: &Group, migration: Migration) {
    let mut group = group.clone();
    refuse_what_is_broken(draft, &group);
    if group.form == Form::LoadBalancer && group.setting.is_empty() {
        take_setting_of_namespace(draft, &mut group);
    }
    if !draft.plan.obstacles.is_empty() {
        return;
    }
    match migration {
        Migration::Gateway => to_gateway::migrate(draft, &group),
        Migration::SharedVip => to_balancer::to_shared_vip(draft, &group),
        _ => to_balancer::to_load_balancer(draft, &group),
    }
}

/// The Namespace's setting reaches neither shared VIPs nor, without a crash, Gateways: it is written out.
fn take_setting_of_namespace(draft: &mut Draft<'_>, group: &mut Group) {
    let Some((object, _)) = draft.before.get::<Namespace>("", &group.namespace) else { return };
    let Some(setting) = of_annotation(object) else { return };
    setting.clone_into(&mut group.setting);
    let key = draft.before.key(object);
    draft.keep(&key, "its annotation, by which the setting applies", "the setting is named where the Services need it");
}

/// What has to be put right before anything can be moved.
fn refuse_what_is_broken(draft: &mut Draft<'_>, group: &Group) {
    let before = draft.before;
    for (object, _) in group.services(before) {
        draft.must_be_one(object);
    }
    let Some((object, gateway)) = group.gateway.as_ref().and_then(|name| before.get::<Gateway>(&group.namespace, name))
    else {
        return;
    };
    draft.must_be_one(object);
    for row in Labelled::of(before).rows(object, gateway) {
        if row.state == ListenerState::Contested {
            let names: Vec<String> = row.services.iter().map(|service| format!("`{}`", service.name)).collect();
            let (names, listener) = (names.join(" and "), row.name);
            draft.stop(format!("{names} both have {listener}: AKO serves neither. Decide between them first."));
        }
    }
}

/// The Gateway of a group is taken away, and its intents go to its Services.
fn remove_gateway(draft: &mut Draft<'_>, group: &Group) {
    let Some(name) = &group.gateway else { return };
    let before = draft.before;
    let Some((object, gateway)) = before.get::<Gateway>(&group.namespace, name) else { return };
    tell_listeners(draft, object, gateway);
    draft.remove::<Gateway>(&group.namespace, name);
    let heirs: Vec<(Kind, String, String)> =
        group.members.iter().map(|member| (Kind::Service, member.namespace.clone(), member.name.clone())).collect();
    draft.hand_on_intents(Kind::Gateway, &group.namespace, name, &heirs);
    let (namespace, key) = (&group.namespace, before.key(object));
    draft.plan.steps.push(format!(
        "`kubectl delete gateways.networking.x-k8s.io {name} -n {namespace}` before the rest is applied: applying deletes nothing, and `{key}` keeps its address until then"
    ));
}

/// What a Gateway's listeners say that has no place on a Service.
fn tell_listeners(draft: &mut Draft<'_>, object: &Object, gateway: &Gateway) {
    const MATCHING: &str = "AKO 2.2.1 internal/nodes/ingress_model_rel.go ParseL4ServiceForGateway";
    let labelled = Labelled::of(draft.before);
    let key = draft.before.key(object);
    for row in labelled.rows(object, gateway) {
        if matches!(row.state, ListenerState::Unserved | ListenerState::Unmatchable(_)) {
            let what = format!("the listener {} goes: the port was open, and nothing answered", row.name);
            draft.lose(&key, what, "no Service has its protocol and port", MATCHING);
        }
    }
    for stray in labelled.strays(object, gateway) {
        let about = format!("{} {}/{}", stray.service.name, stray.protocol, stray.port);
        let what = "was closed to the outside, and will be open";
        draft.lose(
            &about,
            what,
            "a Service of type LoadBalancer opens all of its ports; the Gateway had no listener for this one",
            MATCHING,
        );
    }
}

/// The hosts of a Service: by its annotation, or those of the listeners that it serves.
fn hostnames(workspace: &Workspace, group: &Group, object: &Object, service: &Service) -> Vec<String> {
    let Some((_, gateway)) = group.gateway.as_ref().and_then(|name| workspace.get::<Gateway>(&group.namespace, name))
    else {
        let own = object.annotation(EXTERNAL_DNS_ANNOTATION).unwrap_or_default();
        return own.split(',').map(str::trim).filter(|host| !host.is_empty()).map(str::to_owned).collect();
    };
    let ports: Vec<crate::expose::Port> = service.spec.ports.iter().filter_map(crate::expose::port).collect();
    let mut hosts: Vec<String> = Vec::new();
    for listener in &gateway.spec.listeners {
        let is_own = |port: &crate::expose::Port| {
            listener.port == Some(port.port) && listener.protocol.as_deref() == Some(port.protocol.as_str())
        };
        let host = listener.hostname.as_ref().filter(|host| !host.is_empty());
        if let Some(host) = host.filter(|host| ports.iter().any(is_own) && !hosts.contains(host)) {
            hosts.push(host.clone());
        }
    }
    hosts
}
