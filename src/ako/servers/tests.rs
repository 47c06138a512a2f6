//! Backends that are there, and pools that stay empty.

use std::fmt::Write as _;

use crate::ako::{NoServers, Prediction, predict};
use crate::text::SourceFile;
use crate::workspace::Workspace;

const SETTINGS: &str = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  \
    cluster: {servicesWithoutEndpoints: [red/idle]}\n";

/// An Ingress with a path, and an HTTPRoute with a backend, for each of these Services and ports.
fn documents(services: &[(&str, i64, &str)]) -> String {
    let mut text = String::from(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: avi}\n\
         spec: {controllerName: ako.vmware.com/avi-lb}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n\
         metadata: {name: gw, namespace: red}\nspec:\n  gatewayClassName: avi\n  \
         listeners: [{name: http, port: 80, protocol: HTTP, hostname: b.example.com}]\n",
    );
    let (mut paths, mut backends) = (String::new(), String::new());
    for (name, port, spec) in services {
        let _ = writeln!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: red}}\nspec: {spec}"
        );
        let _ = writeln!(
            paths,
            "      - {{path: /{name}, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: {port}}}}}}}}}"
        );
        let _ = writeln!(backends, "    - {{name: {name}, port: {port}}}");
    }
    text + "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: red}\nspec:\n  \
            ingressClassName: avi-lb\n  rules:\n  - host: a.example.com\n    http:\n      paths:\n"
        + &paths
        + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: rt, namespace: red}\nspec:\n  \
           parentRefs: [{name: gw}]\n  hostnames: [b.example.com]\n  rules:\n  - backendRefs:\n"
        + &backends
}

const SERVICES: [(&str, i64, &str); 7] = [
    ("inner", 80, "{ports: [{port: 80}]}"),
    ("node", 80, "{type: NodePort, ports: [{port: 80}]}"),
    ("outer", 80, "{type: LoadBalancer, ports: [{port: 80}]}"),
    ("idle", 80, "{type: NodePort, ports: [{port: 80}]}"),
    ("wrong", 81, "{type: NodePort, ports: [{port: 80}]}"),
    ("wrong-of-two", 81, "{type: NodePort, ports: [{name: a, port: 80}, {name: b, port: 82}]}"),
    ("six", 80, "{ipFamilies: [IPv6], ports: [{port: 80}]}"),
];

fn predicted(values: &str) -> Prediction {
    let values = format!("featureGates: {{GatewayAPI: true}}\n{values}");
    let files = [
        SourceFile::new("akoplan.yaml", SETTINGS),
        SourceFile::new("values.yaml", values),
        SourceFile::new("a.yaml", documents(&SERVICES)),
    ];
    predict(&Workspace::new(&files))
}

/// The Services with empty pools behind the Ingress and behind the route, and those on layer 4.
fn empty(values: &str) -> [Vec<(&'static str, NoServers)>; 3] {
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    for backend in predicted(values).without_servers {
        let way = match backend.path.to_string() {
            path if path.starts_with("spec.rules[0].http") => 0,
            path if path.starts_with("spec.rules[0].backendRefs") => 1,
            _ => 2,
        };
        // The settings, the values, the class and the Gateway stand before the Services.
        found[way].push((SERVICES[backend.service - 4].0, backend.why));
    }
    found
}

/// Whether each pool of the prediction has servers tells the same as the list of those that have none.
#[test]
fn the_list_and_the_pools_agree() {
    for mode in ["ClusterIP", "NodePort", "NodePortLocal"] {
        let prediction = predicted(&format!("L7Settings: {{serviceType: {mode}}}\n"));
        let services = prediction.virtual_services.values();
        let all =
            services.flat_map(|one| one.pools.values().chain(one.children.values().flat_map(|it| it.pools.values())));
        let without = all.filter(|pool| !pool.has_servers).count();
        assert_eq!(without, prediction.without_servers.len(), "{mode}: {:?}", prediction.without_servers);
    }
}

#[test]
fn with_addresses_of_pods() {
    use NoServers::{LoadBalancer, NoEndpoints, Port};
    let [ingress, route, layer4] = empty("L7Settings: {serviceType: ClusterIP}\n");
    assert_eq!(ingress, [("outer", LoadBalancer), ("idle", NoEndpoints), ("wrong-of-two", Port)]);
    assert_eq!(route, [("idle", NoEndpoints), ("wrong-of-two", Port)]);
    assert_eq!(layer4, []);
}

#[test]
fn with_node_ports() {
    use NoServers::{ClusterIp, Port};
    let [ingress, route, layer4] = empty("L7Settings: {serviceType: NodePort}\n");
    assert_eq!(ingress, [("inner", ClusterIp), ("wrong-of-two", Port), ("six", ClusterIp)]);
    assert_eq!(route, [("inner", ClusterIp), ("wrong-of-two", Port), ("six", ClusterIp)]);
    assert_eq!(layer4, []);
}

#[test]
fn with_node_port_local() {
    use NoServers::{LoadBalancer, NodePort, Port};
    let [ingress, route, layer4] = empty("L7Settings: {serviceType: NodePortLocal}\n");
    let by_type = ["node", "idle", "wrong", "wrong-of-two"].map(|name| (name, NodePort));
    assert_eq!(ingress, [by_type[0], ("outer", LoadBalancer), by_type[1], by_type[2], by_type[3]]);
    assert_eq!(route, [by_type[0], by_type[1], ("wrong", Port), ("wrong-of-two", Port)]);
    assert_eq!(layer4, []);
}

#[test]
fn without_layer_4_a_load_balancer_is_a_service_like_any_other() {
    let [ingress, _, _] = empty("AKOSettings: {layer7Only: true}\n");
    assert_eq!(ingress, [("idle", NoServers::NoEndpoints), ("wrong-of-two", NoServers::Port)]);
}

#[test]
fn ipv6_pools_take_services_that_say_ipv6() {
    let [ingress, route, layer4] = empty("AKOSettings: {ipFamily: V6}\n");
    let names = |found: Vec<(&'static str, NoServers)>, why: NoServers| {
        found.into_iter().filter(|(_, own)| *own == why).map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(ingress, NoServers::Ipv6), ["inner", "node", "wrong", "wrong-of-two"]);
    assert_eq!(names(route, NoServers::Ipv6), ["inner", "node", "outer", "wrong"]);
    assert_eq!(names(layer4, NoServers::Ipv6), ["outer"]);
}
