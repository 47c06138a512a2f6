//! Gateways and HTTPRoutes of Gateway API v1 as the page shows them: to read, with what AKO makes of each part.

use crate::ako::ObjectStatus;
use crate::analysis::Analysis;
use crate::model::gateway_api::Listener;
use crate::model::gateway_api::http_route::{BackendRef, HeaderMatch, ParentRef, RouteFilter, RouteMatch};
use crate::model::{AVI_CONTROLLER, GatewayClassV1, GatewayV1, HttpRoute};
use crate::workspace::{Address, OfKind, Workspace};

/// A Gateway of Gateway API v1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayView {
    /// Name of its class.
    pub class: String,
    /// Whose class it is, in words.
    pub controller: String,
    /// The address it asks for; empty where Avi chooses.
    pub address: String,
    /// Its listeners.
    pub listeners: Vec<ListenerView>,
}

/// A listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerView {
    /// Name.
    pub name: String,
    /// `HTTPS/443`.
    pub port: String,
    /// Host; empty for every one.
    pub host: String,
    /// From which namespaces it takes routes.
    pub routes_from: String,
    /// Names of its Secrets.
    pub certificates: String,
    /// How many routes AKO counts; `None` where it writes no status.
    pub attached: Option<usize>,
}

/// An HTTPRoute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteView {
    /// Hosts; empty for those of the listeners.
    pub hosts: String,
    /// The Gateways, with the listener asked for and the Gateway if it is in the project.
    pub parents: Vec<(String, Option<Address>)>,
    /// Its rules.
    pub rules: Vec<RuleView>,
}

/// A rule of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleView {
    /// Which requests, each match in a line.
    pub matches: Vec<String>,
    /// What is done to them.
    pub filters: String,
    /// Where they go: `red/web:80`, with the weight where it is another than 1.
    pub backends: Vec<String>,
}

/// A Gateway to read.
#[must_use]
pub fn gateway(workspace: &Workspace, analysis: &Analysis, at: &Address) -> Option<GatewayView> {
    let object = workspace.at(at)?;
    let spec = &GatewayV1::of(&object.value)?.spec;
    let statuses = match analysis.prediction.objects.get(&workspace.key(object)) {
        Some(ObjectStatus::Gateway { listeners, .. }) => listeners.as_slice(),
        _ => &[],
    };
    let attached = |index: usize| statuses.get(index).and_then(|status| status.attached_routes);
    let class = spec.gateway_class_name.clone().unwrap_or_default();
    Some(GatewayView {
        controller: controller(workspace, &class),
        class,
        address: spec.addresses.first().and_then(|address| address.value.clone()).unwrap_or_default(),
        listeners: spec.listeners.iter().enumerate().map(|(index, it)| listener(it, attached(index))).collect(),
    })
}

/// Whose class it is, in words.
#[must_use]
pub fn controller(workspace: &Workspace, class: &str) -> String {
    match workspace.get::<GatewayClassV1>("", class) {
        Some((_, value)) if value.spec.controller_name.as_deref() == Some(AVI_CONTROLLER) => "AKO's class".to_owned(),
        Some(_) => "another controller".to_owned(),
        None if workspace.is_external("GatewayClass", "", class) => "class outside this project".to_owned(),
        None => "class not defined".to_owned(),
    }
}

fn listener(listener: &Listener, attached: Option<usize>) -> ListenerView {
    let certificates: Vec<&str> = listener.certificates().iter().filter_map(|it| it.name.as_deref()).collect();
    let port = listener.port.map_or_else(|| "?".to_owned(), |port| port.to_string());
    ListenerView {
        name: listener.name.clone().unwrap_or_default(),
        port: format!("{}/{port}", listener.protocol.as_deref().unwrap_or("?")),
        host: listener.host().unwrap_or_default().to_owned(),
        routes_from: listener.routes_from().to_owned(),
        certificates: certificates.join(", "),
        attached,
    }
}

/// A route to read.
#[must_use]
pub fn route(workspace: &Workspace, at: &Address) -> Option<RouteView> {
    let object = workspace.at(at)?;
    let spec = &HttpRoute::of(&object.value)?.spec;
    let parent = |parent: &ParentRef| {
        let (namespace, name) = named(parent, object.namespace());
        let gateway = workspace.get::<GatewayV1>(namespace, name).map(|(gateway, _)| gateway.address.clone());
        (parent_text(parent, object.namespace()), gateway)
    };
    Some(RouteView {
        hosts: spec.hostnames.join(", "),
        parents: spec.parent_refs.iter().map(parent).collect(),
        rules: spec
            .rules
            .iter()
            .map(|rule| RuleView {
                matches: rule.matches.iter().map(match_text).collect(),
                filters: rule.filters.iter().map(RouteFilter::kind).collect::<Vec<_>>().join(", "),
                backends: rule.backend_refs.iter().map(|backend| backend_text(backend, object.namespace())).collect(),
            })
            .collect(),
    })
}

fn named<'a>(parent: &'a ParentRef, own: &'a str) -> (&'a str, &'a str) {
    (parent.namespace.as_deref().unwrap_or(own), parent.name.as_deref().unwrap_or_default())
}

/// A parent in words: `red/gw`, with the listener where one is asked for.
#[must_use]
pub fn parent_text(parent: &ParentRef, own: &str) -> String {
    let (namespace, name) = named(parent, own);
    let section = parent.section_name.as_ref().map(|name| format!(" listener {name}"));
    let port = parent.port.map(|port| format!(" port {port}"));
    format!("{namespace}/{name}{}{}", section.unwrap_or_default(), port.unwrap_or_default())
}

fn match_text(one: &RouteMatch) -> String {
    let path = one.path.as_ref();
    let kind = path.and_then(|path| path.match_type.as_deref()).unwrap_or("PathPrefix");
    let value = path.and_then(|path| path.value.as_deref()).unwrap_or("/");
    let header = |header: &HeaderMatch| {
        let [name, value] = [&header.name, &header.value].map(|text| text.as_deref().unwrap_or_default());
        format!("{name}: {value}")
    };
    let path = [format!("{kind} {value}")].into_iter();
    let parts = path.chain(one.headers.iter().map(header)).chain(one.method.clone());
    parts.collect::<Vec<_>>().join(", ")
}

fn backend_text(backend: &BackendRef, own: &str) -> String {
    let namespace = backend.namespace.as_deref().unwrap_or(own);
    let port = backend.port.map(|port| format!(":{port}")).unwrap_or_default();
    let weight = backend.weight.filter(|weight| *weight != 1).map(|weight| format!(", weight {weight}"));
    format!("{namespace}/{}{port}{}", backend.name.as_deref().unwrap_or_default(), weight.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::view::gateways::rows as gateway_rows;
    use crate::view::ingresses::rows as ingress_rows;
    use crate::view::landing::LandingState;

    const PROJECT: &str = "\
featureGates: {GatewayAPI: true}
NetworkSettings: {vipNetworkList: [{networkName: global-vip, cidr: 10.1.0.0/24}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: avi
  listeners: [{name: web, protocol: HTTP, port: 80, hostname: '*.example.com'}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
spec: {ports: [{port: 8080}], selector: {app: web}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: red}
spec:
  parentRefs: [{name: gw, sectionName: web}]
  hostnames: [shop.example.com]
  rules:
  - matches: [{path: {value: /cart}, headers: [{name: v, value: '2'}]}]
    backendRefs: [{name: web, port: 8080, weight: 3}]
";

    #[test]
    fn gateways_and_routes_are_rows_with_their_landings() {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", PROJECT)]);
        let analysis = analyse(&workspace);
        let gateway_row = &gateway_rows(&workspace, &analysis)[0];
        assert_eq!((gateway_row.api, gateway_row.reach.as_str()), ("Gateway API v1", "AKO's class"));
        assert_eq!((gateway_row.listeners, gateway_row.served), (1, 1));
        let line = gateway_row.landing.as_ref().unwrap();
        assert_eq!(
            (line.state, line.text.as_str()),
            (LandingState::Global, "global global-vip 10.1.0.0/24 (SE group Default-Group)")
        );
        let route_row = &ingress_rows(&workspace, &analysis)[0];
        assert_eq!(
            (route_row.class.as_str(), route_row.hosts.join(" ").as_str()),
            ("red/gw listener web", "shop.example.com")
        );
        assert_eq!(route_row.landings[0].state, LandingState::Global);
        let view = gateway(&workspace, &analysis, &gateway_row.address).unwrap();
        assert_eq!((view.listeners[0].port.as_str(), view.listeners[0].attached), ("HTTP/80", Some(1)));
        let view = route(&workspace, &route_row.address).unwrap();
        assert_eq!(view.rules[0].matches, ["PathPrefix /cart, v: 2"]);
        assert_eq!(view.rules[0].backends, ["red/web:8080, weight 3"]);
        assert_eq!(view.parents[0].1.as_ref(), Some(&gateway_row.address));
    }

    #[test]
    fn a_gateway_without_routes_says_what_ako_makes_of_it() {
        let text: String = PROJECT.split("---\n").take(3).collect::<Vec<_>>().join("---\n");
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let rows = gateway_rows(&workspace, &analyse(&workspace));
        assert_eq!((rows[0].served, rows[0].landing.as_ref().map(|line| line.state)), (0, Some(LandingState::Global)));
    }
}
