//! The rows of the place Ingresses, new Ingresses, and the changes of their form that touch several fields.

use std::collections::BTreeMap;

use super::choices::ingress_class_reach;
use super::gateway_api::parent_text;
use super::landing::{self, LandingLine};
use super::{ROWS, found};
use crate::ako::Landing;
use crate::analysis::Analysis;
use crate::canonical::{app_file, metadata, yaml};
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::edit::Value;
use crate::model::ingress::{
    IngressBackend, IngressHttp, IngressPath, IngressRule, IngressServiceBackend, IngressSpec, ServiceBackendPort,
};
use crate::model::{HttpRoute, Ingress, Kind};
use crate::pace::{Rest, finish, pause};
use crate::syntax::{FieldPath, Plain, resolve_plain};
use crate::workspace::{Address, Object, Workspace};

/// An Ingress in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngressRow {
    /// Where it stands.
    pub address: Address,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// `Ingress` or `HTTPRoute`.
    pub kind: &'static str,
    /// Name of its class, empty where it names none; of an HTTPRoute its Gateways.
    pub class: String,
    /// The segment that the class leads to, in words.
    pub reach: String,
    /// Hosts of its rules.
    pub hosts: Vec<String>,
    /// Where it lands.
    pub landings: Vec<LandingLine>,
    /// What is wrong with it.
    pub worst: Option<Severity>,
}

/// What a form for a new Ingress holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngressDraft {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Name of the class.
    pub class: String,
    /// Host; may be empty.
    pub host: String,
    /// Path; empty: `/`.
    pub path: String,
    /// Name of the Service.
    pub service: String,
    /// Port of the Service, by number or name.
    pub port: String,
}

/// All Ingresses in order, duplicates included; after them the HTTPRoutes.
#[must_use]
pub fn rows(workspace: &Workspace, analysis: &Analysis) -> Vec<IngressRow> {
    finish(listing(workspace, analysis))
}

/// [`rows`] in steps.
pub async fn listing(workspace: &Workspace, analysis: &Analysis) -> Vec<IngressRow> {
    let mut rest = Rest::every(ROWS);
    let worst = analysis.worst_by_object();
    pause().await;
    let mut landings: BTreeMap<&Address, Vec<&Landing>> = BTreeMap::new();
    for landing in &analysis.prediction.landings {
        landings.entry(&landing.subject.address).or_default().push(landing);
        rest.round().await;
    }
    let row = |object: &Object, class: String, hosts: Vec<String>| IngressRow {
        address: object.address.clone(),
        namespace: object.namespace().to_owned(),
        name: object.name().to_owned(),
        kind: object.kind.name(),
        class,
        reach: String::new(),
        hosts,
        landings: landing::lines(landings.get(&object.address).into_iter().flatten().copied()),
        worst: worst.get(workspace.key(object).as_str()).copied(),
    };
    let ingresses = workspace.every::<Ingress>().map(|(object, ingress)| {
        let class = ingress.spec.ingress_class_name.as_ref();
        let reach = class.map_or_else(String::new, |class| ingress_class_reach(workspace, class));
        let hosts = ingress.spec.rules.iter().filter_map(|rule| rule.host.clone()).collect();
        IngressRow { reach, ..row(object, class.cloned().unwrap_or_default(), hosts) }
    });
    let routes = workspace.every::<HttpRoute>().map(|(object, route)| {
        let parents = route.spec.parent_refs.iter().map(|parent| parent_text(parent, object.namespace()));
        row(object, parents.collect::<Vec<_>>().join(", "), route.spec.hostnames.clone())
    });
    let mut rows = Vec::new();
    for row in ingresses.chain(routes) {
        rows.push(row);
        rest.round().await;
    }
    rows
}

/// The places of the rows that hold a text.
pub async fn matching(rows: &[IngressRow], search: &str) -> Vec<usize> {
    found(rows, search, |row| {
        let mut texts = vec![row.namespace.as_str(), &row.name, row.kind, &row.class, &row.reach];
        texts.extend(row.hosts.iter().map(String::as_str));
        texts
    })
    .await
}

/// Whether the form may write: the fields of older versions have other names.
#[must_use]
pub fn is_editable(object: &Object) -> bool {
    object.identity.group == "networking.k8s.io" && object.version == "v1"
}

/// The port of a backend as written: its number, else its name.
#[must_use]
pub fn port_text(object: &Object, backend: &str) -> String {
    let text = |field: &str| object.text(&*format!("{backend}.service.port.{field}"));
    text("number").or_else(|| text("name")).unwrap_or_default().to_owned()
}

/// Sets the port of a backend: a number as `number`, anything else as `name`; empty takes it away.
#[must_use]
pub fn set_port(object: &Object, backend: &str, text: &str) -> Command {
    let at = &object.address;
    let port = FieldPath::parse(backend).key("service").key("port");
    let (field, other, value) = match resolve_plain(text) {
        _ if text.is_empty() => return if object.has(port.clone()) { Command::remove(at, port) } else { nothing() },
        Plain::Int(number) => ("number", "name", Value::from(number)),
        _ => ("name", "number", Value::from(text)),
    };
    let mut commands = Vec::new();
    if object.has(port.key(other)) {
        commands.push(Command::remove(at, port.key(other)));
    }
    commands.push(Command::set(at, port.key(field), value));
    Command::Batch(commands)
}

/// Adds a rule with one path at the end; it leads where the last path leads, to begin with.
#[must_use]
pub fn add_rule(object: &Object, ingress: &Ingress, host: &str) -> Command {
    let (service, port) = last_backend(ingress);
    let rule = rule(host, "/", &service, &port);
    insert(object, FieldPath::from("spec.rules"), ingress.spec.rules.len(), &rule)
}

/// Adds a path to a rule at the end; it leads where the last path leads, to begin with.
#[must_use]
pub fn add_path(object: &Object, ingress: &Ingress, rule_at: usize) -> Command {
    let http = ingress.spec.rules.get(rule_at).and_then(|rule| rule.http.as_ref());
    let count = http.map_or(0, |http| http.paths.len());
    let path = FieldPath::from("spec.rules").index(rule_at).key("http").key("paths");
    let (service, port) = last_backend(ingress);
    insert(object, path, count, &path_to("/", &service, &port))
}

/// Service and port of the last path; empty where there is none.
fn last_backend(ingress: &Ingress) -> (String, String) {
    let paths = ingress.spec.rules.iter().filter_map(|rule| rule.http.as_ref()).flat_map(|http| &http.paths);
    let Some(backend) = paths.last().map(|path| &path.backend) else { return Default::default() };
    let port = backend.service.as_ref().and_then(|service| service.port.as_ref());
    let number = port.and_then(|port| port.number).map(|number| number.to_string());
    let port = number.or_else(|| port.and_then(|port| port.name.clone())).unwrap_or_default();
    (backend.name().unwrap_or_default().to_owned(), port)
}

/// Adds TLS for hosts at the end.
#[must_use]
pub fn add_tls(object: &Object, ingress: &Ingress, hosts: &[String]) -> Command {
    let tls = crate::model::ingress::IngressTls { hosts: hosts.to_vec(), secret_name: None };
    insert(object, FieldPath::from("spec.tls"), ingress.spec.tls.len(), &tls)
}

/// Writes a new Ingress to `apps/<namespace>/<name>.yaml`.
#[must_use]
pub fn create(draft: &IngressDraft) -> Command {
    let (namespace, name) = (draft.namespace.trim(), draft.name.trim());
    let path = if draft.path.trim().is_empty() { "/" } else { draft.path.trim() };
    let ingress = Ingress {
        api_version: Some("networking.k8s.io/v1".to_owned()),
        kind: Some(Kind::Ingress.name().to_owned()),
        metadata: metadata(namespace, name),
        spec: IngressSpec {
            ingress_class_name: Some(draft.class.trim().to_owned()).filter(|class| !class.is_empty()),
            rules: vec![rule(draft.host.trim(), path, draft.service.trim(), draft.port.trim())],
            ..IngressSpec::default()
        },
    };
    Command::AddDocument { file: app_file(namespace, name), text: yaml(&ingress) }
}

/// Why a new Ingress cannot be made of a draft.
#[must_use]
pub fn obstacle(workspace: &Workspace, draft: &IngressDraft) -> Option<String> {
    let (namespace, name) = (draft.namespace.trim(), draft.name.trim());
    if namespace.is_empty() || name.is_empty() {
        return Some("An Ingress needs a namespace and a name.".to_owned());
    }
    let exists = workspace.get::<Ingress>(namespace, name).is_some();
    exists.then(|| format!("There is an Ingress `{namespace}/{name}` already."))
}

fn rule(host: &str, path: &str, service: &str, port: &str) -> IngressRule {
    let host = Some(host.to_owned()).filter(|host| !host.is_empty());
    IngressRule { host, http: Some(IngressHttp { paths: vec![path_to(path, service, port)] }) }
}

fn path_to(path: &str, service: &str, port: &str) -> IngressPath {
    let port = match resolve_plain(port) {
        _ if port.is_empty() => None,
        Plain::Int(number) => Some(ServiceBackendPort { number: Some(number), name: None }),
        _ => Some(ServiceBackendPort { number: None, name: Some(port.to_owned()) }),
    };
    let backend = IngressServiceBackend { name: Some(service.to_owned()), port };
    IngressPath {
        path: Some(path.to_owned()),
        path_type: Some("Prefix".to_owned()),
        backend: IngressBackend { service: Some(backend), ..IngressBackend::default() },
    }
}

fn insert(object: &Object, path: FieldPath, index: usize, item: &impl serde::Serialize) -> Command {
    Command::insert(&object.address, path, index, serde_json::to_value(item).unwrap_or_default())
}

const fn nothing() -> Command {
    Command::Batch(Vec::new())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::text::SourceFile;

    fn text(workspace: &Workspace) -> &str {
        &workspace.files()[0].source.text
    }

    #[test]
    fn a_new_ingress_can_be_changed_field_by_field() {
        let draft = IngressDraft {
            namespace: "red".to_owned(),
            name: "in".to_owned(),
            class: "avi-ingress-class-trf".to_owned(),
            host: "a.example.com".to_owned(),
            service: "web".to_owned(),
            port: "80".to_owned(),
            ..IngressDraft::default()
        };
        let empty = Workspace::default();
        let workspace = create(&draft).apply(&empty).unwrap();
        assert!(obstacle(&workspace, &draft).is_some());
        let object = workspace.get::<Ingress>("red", "in").unwrap().0;
        let backend = "spec.rules[0].http.paths[0].backend";
        assert_eq!(port_text(object, backend), "80");
        let named = set_port(object, backend, "http").apply(&workspace).unwrap();
        let (object, ingress) = named.get::<Ingress>("red", "in").unwrap();
        let ruled = add_rule(object, ingress, "b.example.com").apply(&named).unwrap();
        let (object, ingress) = ruled.get::<Ingress>("red", "in").unwrap();
        let pathed = add_path(object, ingress, 0).apply(&ruled).unwrap();
        let (object, ingress) = pathed.get::<Ingress>("red", "in").unwrap();
        let secured = add_tls(object, ingress, &["a.example.com".to_owned()]).apply(&pathed).unwrap();
        expect![[r#"
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: in
              namespace: red
            spec:
              ingressClassName: avi-ingress-class-trf
              rules:
              - host: a.example.com
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port:
                          name: http
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port:
                          name: http
              - host: b.example.com
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port:
                          name: http
              tls:
              - hosts:
                - a.example.com
        "#]]
        .assert_eq(text(&secured));
    }

    #[test]
    fn older_versions_are_not_written() {
        let old = "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: in}\n";
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", old)]);
        assert!(!is_editable(&workspace.objects()[0]));
    }
}
