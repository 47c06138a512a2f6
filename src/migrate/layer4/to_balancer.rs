//! To type LoadBalancer: on one VIP by annotation, or with an address for each Service.

use super::fields::{ask_for_address, tell_unread};
use super::to_gateway::wish;
use super::{hostnames, remove_gateway};
use crate::ako::EXTERNAL_DNS_ANNOTATION;
use crate::command::Command;
use crate::edit::Value;
use crate::expose::{self, Marks, Way};
use crate::migrate::Decision;
use crate::migrate::draft::Draft;
use crate::migrate::group::{Form, Group, Member};
use crate::model::{Gateway, INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION, Service};
use crate::segment::short_name;
use crate::syntax::FieldPath;
use crate::workspace::Workspace;

const SHARING: &str = "AKO 2.2.1 internal/nodes/dequeue_ingestion.go handleL4SharedVipService";

/// Moves a group to shared VIPs: one for each namespace.
pub fn to_shared_vip(draft: &mut Draft<'_>, group: &Group) {
    let key = key(draft, group);
    let address = shared_address(draft, group);
    let (Some(key), Some(address)) = (key, address) else { return };
    let namespaces = namespaces(group);
    // A static address can be on one VIP only.
    let home = namespaces.iter().find(|it| **it == group.namespace).or(namespaces.first()).copied().unwrap_or_default();
    if namespaces.len() > 1 {
        let what = format!("the Services of the namespaces {} share no address any more", namespaces.join(", "));
        draft.lose(&group.title(), what, "a shared VIP is for the Services of one namespace", SHARING);
    }
    if group.form == Form::LoadBalancer && group.members.len() > 1 {
        let what = "the Services have one address together, and not one each";
        draft.lose(&group.title(), what, "that is what a shared VIP is", SHARING);
    }
    let way = Way::SharedVip { key: key.clone() };
    let hosts = all_hosts(draft, group);
    remove_gateway(draft, group);
    for (member, hosts) in group.members.iter().zip(&hosts) {
        let address = address.as_deref().filter(|_| member.namespace == home);
        let from = match group.form {
            Form::Gateway => "the labels of the Gateway".to_owned(),
            _ => "spec.type: LoadBalancer, by itself".to_owned(),
        };
        draft.keep(&member.key, from, format!("spec.type: LoadBalancer, and {SHARED_VIP_ANNOTATION}: {key}"));
        if group.form == Form::LoadBalancer {
            tell_unread(draft, member, true);
        }
        balance(draft, group, member, &way, (address, hosts));
    }
}

/// Moves a group to addresses of their own.
pub fn to_load_balancer(draft: &mut Draft<'_>, group: &Group) {
    let Some(owner) = owner(draft, group) else { return };
    let address = group.addresses(draft.before).into_iter().next();
    let hosts = all_hosts(draft, group);
    if group.members.len() > 1 {
        let what = "each Service has an address of its own, and they share none";
        let source = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go ConstructAviL4VsNode";
        draft.lose(&group.title(), what, "AKO makes a virtual service with a VIP for each", source);
    }
    remove_gateway(draft, group);
    for (member, hosts) in group.members.iter().zip(&hosts) {
        let address = address.as_deref().filter(|_| owner.as_ref() == Some(&member.key));
        let from = match &group.shared {
            Some(key) => format!("{SHARED_VIP_ANNOTATION}: {key}"),
            None => "the labels of the Gateway".to_owned(),
        };
        draft.keep(&member.key, from, "spec.type: LoadBalancer, by itself");
        balance(draft, group, member, &Way::LoadBalancer, (address, hosts));
    }
}

/// Puts one Service on its way.
fn balance(
    draft: &mut Draft<'_>,
    group: &Group,
    member: &Member,
    way: &Way,
    (address, hosts): (Option<&str>, &[String]),
) {
    let wish = wish(group, member);
    if let Err(reason) = expose::verdict(&draft.now, &wish, way) {
        draft.stop(format!("`{}`: {reason}", member.key));
        return;
    }
    let marks = Marks::of(&draft.now, &wish, way);
    let Some((object, service)) = draft.get::<Service>(&member.namespace, &member.name) else { return };
    let mut commands = Vec::new();
    expose::mark(object, service, &marks, way, &mut commands);
    draft.run(Command::Batch(commands));
    if group.form == Form::Gateway && !group.setting.is_empty() {
        let from = format!("the AviInfraSetting `{}`, by the GatewayClass", group.setting);
        draft.keep(&member.key, from, format!("{INFRA_SETTING_ANNOTATION}: {}", group.setting));
    }
    ask_for_address(draft, member, address);
    if let Some(address) = address {
        draft.keep(&member.key, format!("the address {address}"), "the address that the Service asks for");
    }
    if group.form == Form::Gateway {
        name(draft, member, hosts);
    }
}

/// The hosts of listeners become the Service's annotation.
fn name(draft: &mut Draft<'_>, member: &Member, hosts: &[String]) {
    let Some(host) = hosts.first() else { return };
    let Some((object, _)) = draft.get::<Service>(&member.namespace, &member.name) else { return };
    let at = object.address.clone();
    let path = FieldPath::from("metadata.annotations").key(EXTERNAL_DNS_ANNOTATION);
    draft.run(Command::set(&at, path, Value::from(host.as_str())));
    draft.keep(&member.key, format!("the listener's host {host}"), format!("{EXTERNAL_DNS_ANNOTATION}: {host}"));
    if hosts.len() > 1 {
        let what = format!("of the hosts {} only the first is kept", hosts.join(", "));
        let source = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go ConstructAviL4VsNode";
        draft.lose(&member.key, what, "AKO takes one host from a Service", source);
    }
}

/// The hosts of each member, as they were.
fn all_hosts(draft: &Draft<'_>, group: &Group) -> Vec<Vec<String>> {
    let before = draft.before;
    let services = group.services(before);
    services.into_iter().map(|(object, service)| hostnames(before, group, object, service)).collect()
}

/// The namespaces of the members, each once, in order.
fn namespaces(group: &Group) -> Vec<&str> {
    let mut namespaces: Vec<&str> = Vec::new();
    for member in &group.members {
        if !namespaces.contains(&member.namespace.as_str()) {
            namespaces.push(&member.namespace);
        }
    }
    namespaces
}

/// Why a key cannot be used in a namespace: AKO makes one virtual service of equal names.
fn taken(workspace: &Workspace, namespace: &str, key: &str) -> Option<String> {
    let is_key = |(object, _): (&crate::workspace::Object, &Service)| {
        object.namespace() == namespace && object.annotation(SHARED_VIP_ANNOTATION) == Some(key)
    };
    if workspace.get::<Service>(namespace, key).is_some() || workspace.get::<Gateway>(namespace, key).is_some() {
        return Some(format!(
            "`{key}` is the name of a Service or Gateway in `{namespace}`: both would be one virtual service"
        ));
    }
    workspace
        .all::<Service>()
        .any(is_key)
        .then(|| format!("`{key}` is the key of a shared VIP in `{namespace}` already"))
}

fn key(draft: &mut Draft<'_>, group: &Group) -> Option<String> {
    let before = draft.before;
    let namespaces = namespaces(group);
    let short = if group.setting.is_empty() { "shared" } else { short_name(before, &group.setting) };
    let is_free = |key: &String| namespaces.iter().all(|namespace| taken(before, namespace, key).is_none());
    let numbered = (2..).map(|number: usize| format!("{short}-vip-{number}"));
    let wanted = [short.to_owned(), format!("{short}-vip")].into_iter().chain(numbered).find(is_free);
    let question = Decision {
        key: "key",
        question: "What is the key of the shared VIP?".to_owned(),
        choices: Vec::new(),
        is_free: true,
        default: wanted,
        answer: None,
        problem: None,
    };
    draft.ask(question, |key| {
        if key.is_empty() {
            return Some("a shared VIP needs a key".to_owned());
        }
        namespaces.iter().find_map(|namespace| taken(before, namespace, key))
    })
}

/// The address of the shared VIP: `Some(None)` where it asks for none, `None` while that is open.
#[allow(clippy::option_option, reason = "an answer that may be no address, and no answer yet")]
fn shared_address(draft: &mut Draft<'_>, group: &Group) -> Option<Option<String>> {
    let addresses = group.addresses(draft.before);
    if addresses.is_empty() {
        return Some(None);
    }
    let default = (addresses.len() == 1).then(|| addresses[0].clone());
    let mut choices: Vec<(String, String)> =
        addresses.into_iter().map(|address| (address, "all of the Services ask for it".to_owned())).collect();
    choices.push(("none".to_owned(), "Avi gives the VIP an address".to_owned()));
    let question = Decision {
        key: "address",
        question: "Which address does the shared VIP ask for?".to_owned(),
        choices,
        is_free: false,
        default,
        answer: None,
        problem: None,
    };
    let chosen = draft.ask(question, |_| None)?;
    Some(Some(chosen).filter(|address| address != "none"))
}

/// The Service that gets the address: `Some(None)` where none does, `None` while that is open.
#[allow(clippy::option_option, reason = "an answer that may be no Service, and no answer yet")]
fn owner(draft: &mut Draft<'_>, group: &Group) -> Option<Option<String>> {
    let addresses = group.addresses(draft.before);
    let Some(address) = addresses.first() else { return Some(None) };
    if let [member] = group.members.as_slice() {
        return Some(Some(member.key.clone()));
    }
    let full = |member: &Member| format!("{}/{}", member.namespace, member.name);
    let mut choices: Vec<(String, String)> = group
        .members
        .iter()
        .map(|member| (full(member), format!("it keeps {address}, the others get new addresses")))
        .collect();
    choices.push(("none".to_owned(), "Avi gives each an address".to_owned()));
    let question = Decision {
        key: "address-for",
        question: format!("Which Service gets the address {address}?"),
        choices,
        is_free: false,
        default: None,
        answer: None,
        problem: None,
    };
    let chosen = draft.ask(question, |_| None)?;
    Some(group.members.iter().find(|member| full(member) == chosen).map(|member| member.key.clone()))
}
