//! To a Gateway of the services API: labels on the Services, a listener for each port, the setting by the class.

use super::fields::{take_off, tell_refused, tell_unread};
use super::hostnames;
use crate::ako::EXTERNAL_DNS_ANNOTATION;
use crate::canonical::{app_file, free_name, platform_file, yaml};
use crate::command::Command;
use crate::expose::{self, Listener, Marks, Way, Wish, leads_to};
use crate::migrate::Decision;
use crate::migrate::draft::Draft;
use crate::migrate::group::{Form, Group};
use crate::model::{
    AviInfraSetting, Gateway, GatewayClass, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service,
};
use crate::segment::{file_of, gateway_class, names, short_name};
use crate::workspace::Address;

/// Moves a group to a new Gateway.
pub fn migrate(draft: &mut Draft<'_>, group: &Group) {
    let values = draft.before.values().map(|(_, values)| values);
    let is_on = values.is_some_and(|values| values.ako_settings.services_api.is_some_and(|on| on.0));
    let why = "Without it AKO does not look at Gateways.";
    draft.switch_on("services-api", "AKOSettings.servicesAPI", is_on, why);
    let name = name(draft, group);
    let class = class(draft, group);
    let address = address(draft, group);
    let (Some(name), Some(class), Some(address)) = (name, class, address) else { return };
    if draft.get::<GatewayClass>("", &class).is_none() {
        add_class(draft, group, &class);
    }
    let way = Way::Gateway { namespace: group.namespace.clone(), name: name.clone() };
    let listeners = listeners(draft, group);
    for member in &group.members {
        let wish = wish(group, member);
        if let Err(reason) = expose::verdict(&draft.now, &wish, &way) {
            draft.stop(format!("`{}`: {reason}", member.key));
            return;
        }
        let marks = Marks::of(&draft.now, &wish, &way);
        tell(draft, group, member, &name, marks.service_type);
        take_off(draft, member, &[LOAD_BALANCER_IP_ANNOTATION, EXTERNAL_DNS_ANNOTATION]);
        let Some((object, service)) = draft.get::<Service>(&member.namespace, &member.name) else { return };
        let mut commands = Vec::new();
        expose::mark(object, service, &marks, &way, &mut commands);
        draft.run(Command::Batch(commands));
    }
    add_gateway(draft, group, (&name, &class), &listeners, address.as_deref());
    if group.form == Form::LoadBalancer && group.members.len() > 1 {
        let what = "the Services have one address together, and not one each";
        let reason = "a Gateway has one VIP";
        draft.lose(&group.title(), what, reason, "AKO 2.2.1 internal/nodes/avi_model_advl4_translator.go");
    }
}

pub fn wish(group: &Group, member: &crate::migrate::group::Member) -> Wish {
    Wish {
        namespace: member.namespace.clone(),
        service: member.name.clone(),
        setting: group.setting.clone(),
        ..Wish::default()
    }
}

fn name(draft: &mut Draft<'_>, group: &Group) -> Option<String> {
    let default = expose::default_gateway(&draft.now, &group.namespace, &group.setting);
    let question = Decision {
        key: "gateway",
        question: format!("What is the Gateway in `{}` called?", group.namespace),
        choices: Vec::new(),
        is_free: true,
        default: Some(default),
        answer: None,
        problem: None,
    };
    let (now, namespace, members) = (draft.now.clone(), &group.namespace, &group.members);
    draft.ask(question, |name| {
        if name.is_empty() {
            return Some("a Gateway needs a name".to_owned());
        }
        if now.get::<Gateway>(namespace, name).is_some() {
            return Some(format!("there is a Gateway `{name}` in `{namespace}` already"));
        }
        // One virtual service for both (AKO `internal/lib/lib.go` `GetL4VSName`).
        let is_same_service = now.all::<Service>().any(|(object, service)| {
            service.spec.service_type.as_deref() == Some("LoadBalancer")
                && object.namespace() == namespace
                && !members.iter().any(|member| member.name == object.name())
                && (object.name() == name || object.annotation(SHARED_VIP_ANNOTATION) == Some(name))
        });
        is_same_service
            .then(|| format!("`{name}` is a Service or the key of a shared VIP: both would be one virtual service"))
    })
}

fn class(draft: &mut Draft<'_>, group: &Group) -> Option<String> {
    let now = draft.now.clone();
    let setting = group.setting.as_str();
    let existing = now.all::<GatewayClass>().filter(|(_, class)| leads_to(class, setting));
    let mut choices: Vec<(String, String)> = existing
        .map(|(object, _)| (object.name().to_owned(), "it is there and leads to the setting".to_owned()))
        .collect();
    let short = if setting.is_empty() { "global" } else { short_name(&now, setting) };
    let new = free_name::<GatewayClass>(&now, "", &names(&now, short).gateway_class);
    choices.push((new, "a new one".to_owned()));
    let of = if setting.is_empty() { "AKO's global values".to_owned() } else { format!("`{setting}`") };
    let question = Decision {
        key: "gateway-class",
        question: format!("Which GatewayClass leads to {of}?"),
        default: choices.first().map(|(name, _)| name.clone()),
        choices,
        is_free: true,
        answer: None,
        problem: None,
    };
    draft.ask(question, |name| match now.get::<GatewayClass>("", name) {
        _ if name.is_empty() => Some("a GatewayClass needs a name".to_owned()),
        Some((_, class)) if !leads_to(class, setting) => {
            Some(format!("the GatewayClass `{name}` does not lead to {of}"))
        }
        _ => None,
    })
}

/// The address of the Gateway: `Some(None)` where it asks for none, `None` while that is open.
#[allow(clippy::option_option, reason = "an answer that may be no address, and no answer yet")]
fn address(draft: &mut Draft<'_>, group: &Group) -> Option<Option<String>> {
    let addresses = group.addresses(draft.before);
    if addresses.is_empty() {
        return Some(None);
    }
    let default = (addresses.len() == 1).then(|| addresses[0].clone());
    let mut choices: Vec<(String, String)> =
        addresses.into_iter().map(|address| (address, "it moves to the Gateway".to_owned())).collect();
    choices.push(("none".to_owned(), "Avi gives the Gateway an address".to_owned()));
    let question = Decision {
        key: "address",
        question: "Which address does the Gateway ask for?".to_owned(),
        choices,
        is_free: false,
        default,
        answer: None,
        problem: None,
    };
    let chosen = draft.ask(question, |_| None)?;
    Some(Some(chosen).filter(|address| address != "none"))
}

fn add_class(draft: &mut Draft<'_>, group: &Group, name: &str) {
    let file = if draft.get::<AviInfraSetting>("", &group.setting).is_some() {
        file_of(&draft.now, &group.setting)
    } else {
        let first = group.services(&draft.now).first().map(|(object, _)| object.address.clone());
        draft.file(platform_file(name), &first.iter().collect::<Vec<_>>())
    };
    draft.run(Command::AddDocument { file, text: yaml(&gateway_class(name, &group.setting)) });
}

/// A listener for each port of each Service.
fn listeners(draft: &mut Draft<'_>, group: &Group) -> Vec<Listener> {
    let mut listeners: Vec<Listener> = Vec::new();
    for (object, service) in group.services(draft.before) {
        let hosts = hostnames(draft.before, group, object, service);
        for port in service.spec.ports.iter().filter_map(expose::port) {
            if listeners.iter().any(|known| (known.port, &known.protocol) == (port.port, &port.protocol)) {
                draft.stop(format!(
                    "Two of the Services have {port}: a Gateway would serve neither. Decide between them first."
                ));
                continue;
            }
            let hostname = hosts.first().cloned().unwrap_or_default();
            listeners.push(Listener { protocol: port.protocol, port: port.port, hostname });
        }
        if hosts.len() > 1 {
            let key = draft.before.key(object);
            let what = format!("of the hosts {} only the first is kept", hosts.join(", "));
            draft.lose(
                &key,
                what,
                "a listener has one host",
                "AKO 2.2.1 helm/ako/crds/networking.x-k8s.io_gateways.yaml",
            );
        }
    }
    listeners
}

fn add_gateway(
    draft: &mut Draft<'_>,
    group: &Group,
    (name, class): (&str, &str),
    listeners: &[Listener],
    address: Option<&str>,
) {
    let members = group.services(&draft.now);
    let class_at = draft.get::<GatewayClass>("", class).map(|(object, _)| object.address.clone());
    let beside: Vec<&Address> = members.iter().map(|(object, _)| &object.address).chain(&class_at).collect();
    let file = draft.file(app_file(&group.namespace, name), &beside);
    let Command::AddDocument { text, .. } = expose::new_gateway(&group.namespace, name, class, listeners) else {
        return;
    };
    draft.run(Command::AddDocument { file, text });
    if let (Some(address), Some((object, _))) = (address, draft.get::<Gateway>(&group.namespace, name)) {
        let value = serde_json::json!([{ "type": "IPAddress", "value": address }]);
        let at = object.address.clone();
        draft.run(Command::set(&at, "spec.addresses", value));
    }
    let all: Vec<String> = listeners.iter().map(|it| format!("{}/{}", it.protocol, it.port)).collect();
    draft.keep(&group.title(), format!("the ports {}", all.join(", ")), format!("listeners of Gateway `{name}`"));
    if let Some(address) = address {
        draft.keep(&group.title(), format!("the address {address}"), "spec.addresses[0] of the Gateway");
    }
}

/// What a Service keeps and loses.
fn tell(draft: &mut Draft<'_>, group: &Group, member: &crate::migrate::group::Member, name: &str, service_type: &str) {
    let namespace = &group.namespace;
    let labels = format!("the labels of Gateway `{namespace}/{name}`");
    match &group.shared {
        Some(key) => draft.keep(&member.key, format!("{SHARED_VIP_ANNOTATION}: {key}"), labels),
        None => draft.keep(&member.key, "spec.type: LoadBalancer", format!("spec.type: {service_type}, and {labels}")),
    }
    if !group.setting.is_empty() {
        draft.keep(
            &member.key,
            format!("the AviInfraSetting `{}`", group.setting),
            "spec.parametersRef of the GatewayClass",
        );
    }
    tell_unread(draft, member, false);
    tell_refused(draft, member, service_type);
}
