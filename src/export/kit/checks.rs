//! Commands that show what AKO wrote, with what they must print: each line of the template is a line of the answer.

use std::fmt::Write;

use crate::ako::status::{IngressPoint, ListenerStatus, ParentStatus};
use crate::ako::{Condition, ObjectStatus, Sent};
use crate::export::shell::{is_name, quoted};
use crate::model::Kind;
use crate::model::ako_config_map::{self, CONFIG_MAP};
use crate::model::gateway_api::GATEWAY_API_GROUP;
use crate::workspace::{Object, Workspace};

/// What a Gateway of the services API that works goes on saying.
pub(super) const DEFAULT: &str = "Scheduled=False NotReconciled\n";

/// A command with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What is looked at: an object's key, or a few words.
    pub about: String,
    /// The command.
    pub command: String,
    /// What it prints, to the letter but for what stands in `<…>`: an address that Avi chooses.
    pub output: String,
}

/// Lines that say the same twice: what `kubectl` is asked, and what it answers.
#[derive(Default)]
struct Lines {
    template: String,
    output: String,
}

impl Lines {
    /// A line that begins with a name, and goes on with fields and their values.
    fn add<'a>(&mut self, name: &str, fields: impl IntoIterator<Item = (String, &'a str)>) {
        for text in [&mut self.template, &mut self.output] {
            text.push_str(name);
        }
        for (field, value) in fields {
            let space = if self.template.is_empty() || self.template.ends_with(['=', '\n']) { "" } else { " " };
            // Writing to a String cannot fail.
            let _ = write!(self.template, "{space}{{{field}}}");
            let _ = write!(self.output, "{space}{value}");
        }
        for text in [&mut self.template, &mut self.output] {
            text.push('\n');
        }
    }

    /// A line for each condition: `Ready=True Ready`.
    fn conditions(&mut self, name: &str, list: &str, conditions: &[Condition]) {
        for Condition { condition_type, status, reason, .. } in conditions {
            let at = format!("{list}[?(@.type==\"{condition_type}\")]");
            self.add(
                &format!("{name}{condition_type}="),
                [(format!("{at}.status"), status.as_str()), (format!("{at}.reason"), reason)],
            );
        }
    }
}

/// What shows the status of an object; `None` where no command can ask for it.
pub(super) fn of_object(object: &Object, key: &str, status: &ObjectStatus, sent: &Sent) -> Option<Check> {
    let resource = resource(object.kind)?;
    let is_namespaced = object.kind.is_namespaced();
    if !is_name(object.name()) || is_namespaced && !is_name(object.namespace()) {
        return None;
    }
    let mut lines = Lines::default();
    match status {
        ObjectStatus::InfraSetting { status, .. } => lines.add("", [(".status.status".to_owned(), status.as_str())]),
        ObjectStatus::GatewayClass { conditions } => lines.conditions("", ".status.conditions", conditions),
        ObjectStatus::HttpRoute { parents } => {
            for parent in parents {
                of_parent(&mut lines, parent);
            }
        }
        ObjectStatus::Gateway { conditions, listeners, addresses } => {
            lines.conditions("", ".status.conditions", conditions);
            for listener in listeners {
                of_listener(&mut lines, listener);
            }
            let addresses: Vec<String> = addresses.iter().map(|address| address_text(address, sent)).collect();
            let fields = addresses.iter().enumerate();
            let fields = fields.map(|(at, address)| (format!(".status.addresses[{at}].value"), address.as_str()));
            if !addresses.is_empty() {
                lines.add("addresses=", fields);
            }
        }
        ObjectStatus::LoadBalancer { ingress } => of_points(&mut lines, ingress, sent),
    }
    if lines.output.is_empty() {
        return None;
    }
    let namespace = if is_namespaced { format!(" -n {}", object.namespace()) } else { String::new() };
    let command =
        format!("kubectl get {resource} {}{namespace} -o jsonpath={}", object.name(), quoted(&lines.template));
    Some(Check { about: key.to_owned(), command, output: lines.output })
}

/// By its full name, since two groups have Gateways and their classes.
fn resource(kind: Kind) -> Option<String> {
    Some(match kind {
        Kind::AviInfraSetting => "aviinfrasetting".to_owned(),
        Kind::Gateway => "gateways.networking.x-k8s.io".to_owned(),
        Kind::GatewayV1 => format!("gateways.{GATEWAY_API_GROUP}"),
        Kind::GatewayClassV1 => format!("gatewayclasses.{GATEWAY_API_GROUP}"),
        Kind::HttpRoute => format!("httproutes.{GATEWAY_API_GROUP}"),
        Kind::Service => "service".to_owned(),
        Kind::Ingress => "ingress".to_owned(),
        _ => return None,
    })
}

fn of_listener(lines: &mut Lines, listener: &ListenerStatus) {
    let (name, at) = match &listener.name {
        Some(name) if is_name(name) => (name.clone(), format!(".status.listeners[?(@.name==\"{name}\")]")),
        Some(_) => return,
        None => (listener.port.to_string(), format!(".status.listeners[?(@.port=={})]", listener.port)),
    };
    lines.conditions(&format!("listener {name} "), &format!("{at}.conditions"), &listener.conditions);
    if let Some(routes) = listener.attached_routes {
        lines.add(
            &format!("listener {name} attachedRoutes="),
            [(format!("{at}.attachedRoutes"), routes.to_string().as_str())],
        );
    }
}

/// A parent is found by its name; two sections of one Gateway cannot be told apart so.
fn of_parent(lines: &mut Lines, parent: &ParentStatus) {
    let reference = &parent.parent_ref;
    if !is_name(&reference.name) {
        return;
    }
    let (filter, section) = match &reference.section_name {
        Some(section) if is_name(section) => (format!("@.parentRef.sectionName==\"{section}\""), format!(" {section}")),
        Some(_) => return,
        None => (format!("@.parentRef.name==\"{}\"", reference.name), String::new()),
    };
    let list = format!(".status.parents[?({filter})].conditions");
    lines.conditions(&format!("parent {}{section} ", reference.name), &list, &parent.conditions);
}

/// Points of a Service or Ingress: those with a host are found by it.
fn of_points(lines: &mut Lines, points: &[IngressPoint], sent: &Sent) {
    for (at, point) in points.iter().enumerate() {
        let address = address_text(&point.ip, sent);
        match point.hostname.as_deref().filter(|host| is_name(host)) {
            Some(host) => {
                let found = format!(".status.loadBalancer.ingress[?(@.hostname==\"{host}\")].ip");
                lines.add(&format!("{host}="), [(found, address.as_str())]);
            }
            None => lines.add("", [(format!(".status.loadBalancer.ingress[{at}].ip"), address.as_str())]),
        }
    }
}

/// An address, or in `<…>` where Avi takes it from: tokens name the VIP, and whether it is of version 4 or 6.
fn address_text(address: &str, sent: &Sent) -> String {
    let token = address.strip_prefix("<auto-").and_then(|rest| rest.strip_suffix('>'));
    let Some((version, vip)) = token.and_then(|token| token.split_once(':')) else { return address.to_owned() };
    let network = sent.vs_vips.get(vip).and_then(|vip| vip.networks.first());
    let Some(network) = network else { return "<an address of a network that is not known>".to_owned() };
    let range = if version == "v6" { &network.subnet6 } else { &network.subnet };
    match range {
        Some(range) => format!("<an address of {range}, network {}>", network.network),
        None => format!("<an address of network {}>", network.network),
    }
}

/// What AKO's ConfigMap must say where the project has AKO's values: the single values that are written.
pub(super) fn of_values(workspace: &Workspace) -> Option<Check> {
    let (object, _) = workspace.values()?;
    let mut lines = Lines::default();
    for (key, path) in ako_config_map::single_values() {
        let value = object.text(path).filter(|value| !value.is_empty() && value.bytes().all(is_usual));
        if let Some(value) = value {
            lines.add(&format!("{key}="), [(format!(".items[0].data.{key}"), value)]);
        }
    }
    if lines.output.is_empty() {
        return None;
    }
    let command = format!(
        "kubectl get configmap --all-namespaces --field-selector metadata.name={CONFIG_MAP} -o jsonpath={}",
        quoted(&lines.template)
    );
    Some(Check { about: "AKO's own values".to_owned(), command, output: lines.output })
}

/// What is printed as it is written, whatever renders it.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte)
}
