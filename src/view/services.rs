//! The rows of the place Services, and the changes of a Service's form that touch several fields.

use std::collections::{BTreeMap, BTreeSet};

use super::landing::{self, LandingLine};
use super::{ROWS, found};
use crate::ako::{Landing, Via};
use crate::analysis::Analysis;
use crate::canonical::gateway_labels;
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::edit::Value;
use crate::expose::Listener;
use crate::lower::IntOrString;
use crate::model::service::ServicePort;
use crate::model::{
    GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, INFRA_SETTING_ANNOTATION, Ingress, SHARED_VIP_ANNOTATION, Service,
};
use crate::ordered::IntoOrdered;
use crate::pace::{Rest, finish, pause};
use crate::segment::short_name;
use crate::syntax::FieldPath;
use crate::workspace::{Address, Object, Workspace};

/// A Service in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// Where it stands.
    pub address: Address,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Type, the default one where none is written.
    pub service_type: String,
    /// Ports as `TCP/80`, with the target where it is another.
    pub ports: String,
    /// The ways it is exposed by; empty where it is not.
    pub ways: Vec<String>,
    /// Where it lands.
    pub landings: Vec<LandingLine>,
    /// What is wrong with it.
    pub worst: Option<Severity>,
}

/// All Services in order, duplicates included.
#[must_use]
pub fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<ServiceRow> {
    finish(listing(workspace, analysis))
}

/// [`rows`] in steps.
pub async fn listing(workspace: &Workspace, analysis: &Analysis) -> Vec<ServiceRow> {
    let mut rest = Rest::every(ROWS);
    let worst = analysis.worst_by_object();
    pause().await;
    let backends = by_backend(workspace);
    pause().await;
    let mut landings: BTreeMap<&Address, Vec<&Landing>> = BTreeMap::new();
    let mut rules: BTreeMap<(&Address, FieldPath), &Landing> = BTreeMap::new();
    for landing in &analysis.prediction.landings {
        let subject = &landing.subject;
        landings.entry(&subject.address).or_default().push(landing);
        if landing.via == Via::Ingress {
            rules.insert((&subject.address, subject.path.clone()), landing);
        }
        rest.round().await;
    }
    let row = |(object, service): (&Object, &Service)| {
        let through = backends.get(&(object.namespace(), object.name())).map_or(&[][..], Vec::as_slice);
        let own = landings.get(&object.address).into_iter().flatten().copied();
        let by_ingress = through.iter().filter_map(|rule| rules.get(&(rule.ingress, rule.path.clone())).copied());
        ServiceRow {
            address: object.address.clone(),
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            service_type: service.spec.service_type.clone().unwrap_or_else(|| "ClusterIP".to_owned()),
            ports: ports(service),
            ways: ways(workspace, object, service, through),
            landings: landing::lines(own.chain(by_ingress)),
            worst: worst.get(workspace.key(object).as_str()).copied(),
        }
    };
    let mut rows = Vec::new();
    for service in workspace.every::<Service>() {
        rows.push(row(service));
        rest.round().await;
    }
    rows
}

/// The places of the rows that hold a text.
pub async fn matching(rows: &[ServiceRow], search: &str) -> Vec<usize> {
    found(rows, search, |row| {
        let mut texts = vec![row.namespace.as_str(), &row.name, &row.service_type, &row.ports];
        texts.extend(row.ways.iter().map(String::as_str));
        texts.extend(row.landings.iter().map(|line| line.text.as_str()));
        texts
    })
    .await
}

/// A Service's ports in a line: `TCP/80, UDP/161→1161`.
#[must_use]
pub fn ports(service: &Service) -> String {
    service.spec.ports.iter().map(port).collect::<Vec<_>>().join(", ")
}

fn port(port: &ServicePort) -> String {
    let number = port.port.map_or_else(|| "?".to_owned(), |port| port.to_string());
    let text = format!("{}/{number}", port.protocol.as_deref().unwrap_or("TCP"));
    match &port.target_port {
        Some(IntOrString::Int(target)) if Some(*target) != port.port => format!("{text}→{target}"),
        Some(IntOrString::String(target)) => format!("{text}→{target}"),
        _ => text,
    }
}

/// The ways that the objects say; what AKO makes of them is the landing's to tell.
fn ways(workspace: &Workspace, object: &Object, service: &Service, through: &[Through<'_>]) -> Vec<String> {
    let mut ways = Vec::new();
    if let (Some(namespace), Some(name)) = gateway(object) {
        ways.push(format!("Gateway {namespace}/{name}"));
    }
    if service.spec.service_type.as_deref() == Some("LoadBalancer") {
        let setting = object.annotation(INFRA_SETTING_ANNOTATION).unwrap_or_default();
        let to = if setting.is_empty() { String::new() } else { format!(" to {}", short_name(workspace, setting)) };
        ways.push(match object.annotation(SHARED_VIP_ANNOTATION) {
            Some(key) => format!("shared VIP {key}{to}"),
            None => format!("LoadBalancer{to}"),
        });
    }
    let mut ingresses: Vec<&str> = through.iter().map(|rule| rule.name).collect();
    ingresses.dedup();
    ways.extend(ingresses.iter().map(|name| format!("Ingress {name}")));
    ways
}

/// The two labels' values: namespace and name of the Gateway.
fn gateway(object: &Object) -> (Option<&str>, Option<&str>) {
    (object.label(GATEWAY_NAMESPACE_LABEL), object.label(GATEWAY_NAME_LABEL))
}

/// The Gateway that a Service's labels name, as `namespace/name`; empty where it has neither label.
#[must_use]
pub fn gateway_of(object: &Object) -> String {
    match gateway(object) {
        (None, None) => String::new(),
        (namespace, name) => format!("{}/{}", namespace.unwrap_or_default(), name.unwrap_or_default()),
    }
}

/// Gives a Service the labels of a Gateway (`namespace/name`), or takes them off where it is empty.
#[must_use]
pub fn set_gateway(object: &Object, gateway: &str) -> Command {
    let labels = FieldPath::from("metadata.labels");
    if let Some((namespace, name)) = gateway.split_once('/') {
        let wanted = gateway_labels(namespace, name);
        let set = |(key, value): (&String, &String)| {
            Command::set(&object.address, labels.key(key), Value::from(value.as_str()))
        };
        return Command::Batch(wanted.iter().map(set).collect());
    }
    let keys = [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL];
    let own: Vec<&str> = keys.into_iter().filter(|key| object.label(key).is_some()).collect();
    if !own.is_empty() && own.len() == object.metadata().labels.len() {
        return Command::remove(&object.address, labels);
    }
    Command::Batch(own.into_iter().map(|key| Command::remove(&object.address, labels.key(key))).collect())
}

/// Adds ports at the end of a Service's list. With several every port needs a name: the API server
/// refuses the Service otherwise.
#[must_use]
pub fn add_ports(object: &Object, service: &Service, added: &[Listener]) -> Command {
    let ports = &service.spec.ports;
    let path = FieldPath::from("spec.ports");
    let name = |protocol: &str, number: i64| Value::from(format!("{}-{number}", protocol.to_lowercase()));
    let several = ports.len() + added.len() > 1;
    let mut commands = Vec::new();
    for (at, other) in ports.iter().enumerate().filter(|(_, other)| several && other.name.is_none()) {
        let name = name(other.protocol.as_deref().unwrap_or("TCP"), other.port.unwrap_or_default());
        commands.push(Command::set(&object.address, path.index(at).key("name"), name));
    }
    for (at, port) in added.iter().enumerate() {
        let mut item = serde_json::Map::new();
        if several {
            item.insert("name".to_owned(), name(&port.protocol, port.port));
        }
        item.insert("protocol".to_owned(), Value::from(port.protocol.as_str()));
        item.insert("port".to_owned(), Value::from(port.port));
        commands.push(Command::insert(&object.address, path.clone(), ports.len() + at, Value::Object(item)));
    }
    Command::Batch(commands)
}

/// The landings of a Service: its own, then those of the Ingress rules that send to it.
#[must_use]
pub fn landings_of<'a>(workspace: &Workspace, analysis: &'a Analysis, at: &Address) -> Vec<&'a Landing> {
    let Some(object) = workspace.at(at) else { return Vec::new() };
    let through = by_backend(workspace).remove(&(object.namespace(), object.name())).unwrap_or_default();
    let leads_here = |landing: &Landing| {
        let subject = &landing.subject;
        subject.address == *at
            || through.iter().any(|rule| *rule.ingress == subject.address && rule.path == subject.path)
    };
    analysis.prediction.landings.iter().filter(|landing| leads_here(landing)).collect()
}

/// A rule of an Ingress that sends to a Service.
#[derive(Clone, Debug)]
struct Through<'a> {
    ingress: &'a Address,
    name: &'a str,
    path: FieldPath,
}

/// The rules that send to each Service, by namespace and name.
fn by_backend(workspace: &Workspace) -> BTreeMap<(&str, &str), Vec<Through<'_>>> {
    let mut backends: BTreeMap<(&str, &str), Vec<Through<'_>>> = BTreeMap::new();
    for (object, ingress) in workspace.all::<Ingress>() {
        for (at, rule) in ingress.spec.rules.iter().enumerate() {
            let paths = rule.http.as_ref().map_or(&[][..], |http| &http.paths);
            let names: BTreeSet<&str> = paths.iter().filter_map(|path| path.backend.name()).into_set();
            for name in names {
                let path = FieldPath::from("spec.rules").index(at);
                let through = Through { ingress: &object.address, name: object.name(), path };
                backends.entry((object.namespace(), name)).or_default().push(through);
            }
        }
    }
    backends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;

    const TEXT: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: red
  labels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}
spec:
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: v1
kind: Service
metadata: {name: sig, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: aviinfrasetting-sig}}
spec: {type: LoadBalancer, ports: [{port: 2905, protocol: SCTP}, {port: 53, targetPort: dns}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in, namespace: red}
spec: {rules: [{http: {paths: [{backend: {service: {name: web}}}]}}]}
";

    fn workspace() -> Workspace {
        Workspace::new(&[SourceFile::new("a.yaml", TEXT)])
    }

    #[test]
    fn rows_say_ports_and_ways() {
        let workspace = workspace();
        let rows = rows(&workspace, &analyse(&workspace));
        let texts: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} {} {}", row.name, row.service_type, row.ports, row.ways.join("; ")))
            .collect();
        assert_eq!(
            texts,
            [
                "web ClusterIP TCP/80→8080 Gateway red/gw; Ingress in",
                "sig LoadBalancer SCTP/2905, TCP/53→dns LoadBalancer to sig"
            ]
        );
        assert_eq!(finish(matching(&rows, " SCTP  red")).len(), 1);
        assert_eq!(finish(matching(&rows, "nothing")).len(), 0);
    }

    #[test]
    fn labels_come_and_go_together() {
        let before = workspace();
        let object = before.get::<Service>("red", "web").unwrap().0;
        assert_eq!(gateway_of(object), "red/gw");
        let without = set_gateway(object, "").apply(&before).unwrap();
        let object = without.get::<Service>("red", "web").unwrap().0;
        assert_eq!((gateway_of(object).as_str(), object.has("metadata.labels")), ("", false));
        let with = set_gateway(object, "blue/other").apply(&without).unwrap();
        assert_eq!(gateway_of(with.get::<Service>("red", "web").unwrap().0), "blue/other");
    }

    #[test]
    fn a_second_port_gives_both_a_name() {
        let before = workspace();
        let (object, service) = before.get::<Service>("red", "web").unwrap();
        let after = add_ports(object, service, &[Listener::new("UDP", 161)]).apply(&before).unwrap();
        let (_, service) = after.get::<Service>("red", "web").unwrap();
        let names: Vec<&str> = service.spec.ports.iter().filter_map(|port| port.name.as_deref()).collect();
        assert_eq!(names, ["tcp-80", "udp-161"]);
    }
}
