//! Hosts of Ingresses, and the HTTPRoutes that take the place of their rules.

use crate::canonical::{app_file, free_name, metadata, yaml};
use crate::command::Command;
use crate::migrate::draft::Draft;
use crate::model::gateway_api::http_route::{BackendRef, HttpRouteSpec, ParentRef, PathMatch, RouteMatch, RouteRule};
use crate::model::ingress::{IngressBackend, IngressPath, IngressRule};
use crate::model::{HttpRoute, Ingress, Kind, Service};
use crate::workspace::{Object, Workspace};

/// The most rules of a route, and the most hosts (Gateway API 1.6.1, `spec.rules`, `spec.hostnames`).
const MOST: usize = 16;

/// A host that the Gateway gets a listener for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// The Secret with its certificate, if it has TLS.
    pub secret: Option<String>,
}

/// The host of a rule: as written, else the one that AKO makes up (AKO 2.2.1 `internal/nodes/validator.go`).
fn host_of(workspace: &Workspace, object: &Object, rule: &IngressRule) -> Option<String> {
    let written = rule.host.as_ref().filter(|host| !host.is_empty());
    let own = || {
        let domains = workspace.settings().spec.avi.as_ref().map(|avi| avi.sub_domains.clone()).unwrap_or_default();
        let first = domains.into_iter().min()?;
        Some(format!("{}.{}.{}", object.name(), object.namespace(), first.trim_start_matches('.')))
    };
    written.cloned().or_else(own)
}

/// The hosts of Ingresses, each once; what cannot be served stands against it.
pub fn hosts(draft: &mut Draft<'_>, ingresses: &[(&Object, &Ingress)]) -> Vec<Host> {
    let before = draft.before;
    let mut hosts: Vec<Host> = Vec::new();
    for (object, ingress) in ingresses {
        let key = before.key(object);
        draft.must_be_one(object);
        if ingress.spec.rules.is_empty() {
            draft.stop(format!("`{key}` has no rule: AKO does nothing with it, and there is nothing to move."));
        }
        for rule in &ingress.spec.rules {
            if rule.http.as_ref().is_none_or(|http| http.paths.is_empty()) {
                draft.stop(format!(
                    "`{key}` has a rule without paths, for which AKO leaves the whole Ingress alone. Complete it first."
                ));
            }
            let Some(name) = host_of(before, object, rule) else {
                draft.stop(format!(
                    "`{key}` has a rule without a host. AKO wants one in Gateway API v1: write it first."
                ));
                continue;
            };
            let secret = secret_of(ingress, &name);
            match hosts.iter_mut().find(|host| host.name == name) {
                Some(host) => host.secret = host.secret.take().or(secret),
                None => hosts.push(Host { name, secret }),
            }
        }
    }
    hosts
}

/// The Secret of a host: the first entry counts.
fn secret_of(ingress: &Ingress, host: &str) -> Option<String> {
    let entry = ingress.spec.tls.iter().find(|entry| entry.hosts.iter().any(|own| own == host))?;
    entry.secret_name.clone().filter(|secret| !secret.is_empty())
}

/// Writes the routes of an Ingress; their names.
pub fn add(draft: &mut Draft<'_>, object: &Object, ingress: &Ingress, gateway: &str, hosts: &[Host]) -> Vec<String> {
    let key = draft.before.key(object);
    let mut names = Vec::new();
    for (own_hosts, rules) in by_rules(draft, object, ingress) {
        for rules in rules.chunks(MOST) {
            for some in own_hosts.chunks(MOST) {
                names.push(add_route(draft, object, gateway, some, rules));
            }
        }
    }
    let secure: Vec<&str> = hosts.iter().filter(|host| host.secret.is_some()).map(|host| host.name.as_str()).collect();
    for entry in ingress.spec.tls.iter().filter(|entry| entry.hosts.iter().any(|host| secure.contains(&host.as_str())))
    {
        let secret = entry.secret_name.as_deref().unwrap_or_default();
        draft.keep(&key, format!("spec.tls: {secret}"), "certificateRefs of the HTTPS listeners");
    }
    let routes: Vec<String> = names.iter().map(|name| format!("HTTPRoute `{name}`")).collect();
    draft.keep(
        &key,
        "spec.rules: hosts, paths, backends",
        format!("hostnames, matches, backendRefs of {}", routes.join(", ")),
    );
    names
}

/// The rules as routes have them, with the hosts that share them.
fn by_rules(draft: &mut Draft<'_>, object: &Object, ingress: &Ingress) -> Vec<(Vec<String>, Vec<RouteRule>)> {
    let before = draft.before;
    let mut by_host: Vec<(String, Vec<RouteRule>)> = Vec::new();
    for rule in &ingress.spec.rules {
        let Some(host) = host_of(before, object, rule) else { continue };
        let paths = rule.http.as_ref().map_or(&[][..], |http| &http.paths);
        let rules: Vec<RouteRule> = paths.iter().filter_map(|path| route_rule(draft, object, path)).collect();
        match by_host.iter_mut().find(|(known, _)| *known == host) {
            Some((_, known)) => known.extend(rules),
            None => by_host.push((host, rules)),
        }
    }
    let mut grouped: Vec<(Vec<String>, Vec<RouteRule>)> = Vec::new();
    for (host, rules) in by_host {
        match grouped.iter_mut().find(|(_, known)| *known == rules) {
            Some((hosts, _)) => hosts.push(host),
            None => grouped.push((vec![host], rules)),
        }
    }
    grouped
}

fn route_rule(draft: &mut Draft<'_>, object: &Object, path: &IngressPath) -> Option<RouteRule> {
    let key = draft.before.key(object);
    if path.backend.resource.is_some() {
        draft.stop(format!("`{key}` sends to a `resource`, which AKO does not survive. Name a Service first."));
        return None;
    }
    let (name, port) = (path.backend.name()?, port_of(draft.before, object.namespace(), &path.backend));
    if port.is_none() {
        draft.stop(format!(
            "`{key}` names the port of `{name}` by a name that no Service here has. An HTTPRoute needs its number."
        ));
    }
    let kind = if path.path_type.as_deref() == Some("Exact") { "Exact" } else { "PathPrefix" };
    let value = path.path.clone().filter(|path| !path.is_empty()).unwrap_or_else(|| "/".to_owned());
    let matched = PathMatch { match_type: Some(kind.to_owned()), value: Some(value) };
    Some(RouteRule {
        matches: vec![RouteMatch { path: Some(matched), ..RouteMatch::default() }],
        backend_refs: vec![BackendRef { name: Some(name.to_owned()), port, ..BackendRef::default() }],
        ..RouteRule::default()
    })
}

/// The number of a backend's port; a name is looked up in the Service.
fn port_of(workspace: &Workspace, namespace: &str, backend: &IngressBackend) -> Option<i64> {
    let service = backend.service.as_ref()?;
    let port = service.port.as_ref()?;
    let by_name = || {
        let (_, service) = workspace.get::<Service>(namespace, service.name.as_deref()?)?;
        let named = service.spec.ports.iter().find(|own| own.name.is_some() && own.name == port.name)?;
        named.port
    };
    port.number.or_else(by_name)
}

fn add_route(draft: &mut Draft<'_>, object: &Object, gateway: &str, hosts: &[String], rules: &[RouteRule]) -> String {
    let namespace = object.namespace();
    let name = free_name::<HttpRoute>(&draft.now, namespace, object.name());
    let mut own = metadata(namespace, &name);
    own.labels = object.metadata().labels;
    let route = HttpRoute {
        api_version: Some("gateway.networking.k8s.io/v1".to_owned()),
        kind: Some(Kind::HttpRoute.name().to_owned()),
        metadata: own,
        spec: HttpRouteSpec {
            parent_refs: vec![ParentRef { name: Some(gateway.to_owned()), ..ParentRef::default() }],
            hostnames: hosts.to_vec(),
            rules: rules.to_vec(),
        },
    };
    let file = draft.file(app_file(namespace, gateway), &[&object.address]);
    draft.run(Command::AddDocument { file, text: yaml(&route) });
    let Some((added, _)) = draft.get::<HttpRoute>(namespace, &name) else { return name };
    let (new, old) = (draft.now.key(added), draft.before.key(object));
    for host in hosts {
        // A rule without a host lands without one.
        let is_written = crate::migrate::gateway_api::losses::has_host(draft.before, object, host);
        let before = if is_written { host.clone() } else { String::new() };
        draft.pairs.insert((new.clone(), host.clone()), (old.clone(), before));
    }
    name
}
