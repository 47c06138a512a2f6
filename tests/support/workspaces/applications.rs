//! What an application's team owns: a Gateway, Services by every way to a segment, Ingresses, routes, and data.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::platform::metadata;
use super::{Plan, texts};

/// All objects of a namespace, which is the `at`th.
pub fn objects(plan: &Plan, at: usize, namespace: &str, dice: &mut Dice) -> Vec<Value> {
    let gateway = format!("gateway-{at}");
    let ports: Vec<u32> = (0..dice.between(1, 4)).map(|port| 80 + port * 363).collect();
    let mut objects = vec![gateway_of(plan, namespace, &gateway, &ports, dice)];
    for (port_at, port) in ports.iter().enumerate() {
        // Some listeners wait for a Service.
        if !dice.once_in(8) {
            let mut metadata = metadata(&format!("listened-{port_at}"), Some(namespace), dice);
            metadata["labels"]["ako.vmware.com/gateway-name"] = json!(gateway);
            metadata["labels"]["ako.vmware.com/gateway-namespace"] = json!(namespace);
            objects.push(service(&metadata, "ClusterIP", &[("TCP", *port)], dice));
        }
    }
    for balanced in 0..dice.below(3) {
        let mut metadata = metadata(&format!("balanced-{balanced}"), Some(namespace), dice);
        if !dice.once_in(5) {
            metadata["annotations"]["aviinfrasetting.ako.vmware.com/name"] = json!(dice.of(&plan.settings));
        }
        let protocol = *dice.of(&["TCP", "UDP", "SCTP"]);
        objects.push(service(&metadata, "LoadBalancer", &[(protocol, 5000 + balanced)], dice));
    }
    if dice.once_in(2) {
        let (key, setting) = (texts::name(dice, "vip", 0), dice.of(&plan.settings).clone());
        for (name, protocol) in [("shared-tcp", "TCP"), ("shared-udp", "UDP")] {
            let mut metadata = metadata(name, Some(namespace), dice);
            metadata["annotations"]["ako.vmware.com/enable-shared-vip"] = json!(key);
            metadata["annotations"]["aviinfrasetting.ako.vmware.com/name"] = json!(setting);
            objects.push(service(&metadata, "LoadBalancer", &[(protocol, 53)], dice));
        }
    }
    for ingress in 0..dice.below(3) {
        objects.extend(ingress_with_service(plan, namespace, ingress, dice));
    }
    if dice.once_in(4) {
        objects.extend(route_with_gateway(namespace, dice));
    }
    objects.extend(data(namespace, dice));
    objects
}

fn gateway_of(plan: &Plan, namespace: &str, name: &str, ports: &[u32], dice: &mut Dice) -> Value {
    let listeners = ports.iter().map(|port| {
        json!({
            "protocol": "TCP",
            "port": port,
            "routes": {
                "selector": {"matchLabels": {
                    "ako.vmware.com/gateway-name": name,
                    "ako.vmware.com/gateway-namespace": namespace,
                }},
                "group": "v1",
                "kind": "Service",
            },
        })
    });
    json!({
        "apiVersion": "networking.x-k8s.io/v1alpha1",
        "kind": "Gateway",
        "metadata": metadata(name, Some(namespace), dice),
        "spec": {"gatewayClassName": dice.of(&plan.settings), "listeners": listeners.collect::<Vec<_>>()},
    })
}

fn service(metadata: &Value, kind: &str, ports: &[(&str, u32)], dice: &mut Dice) -> Value {
    let ports = ports.iter().map(|(protocol, port)| {
        let mut value = json!({"name": format!("p{port}"), "port": port, "protocol": protocol});
        match dice.below(3) {
            0 => value["targetPort"] = json!(port + 8000),
            1 => value["targetPort"] = json!("http"),
            _ => {}
        }
        value
    });
    let ports: Vec<Value> = ports.collect();
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {"type": kind, "selector": {"app": texts::label(dice)}, "ports": ports},
    })
}

fn ingress_with_service(plan: &Plan, namespace: &str, at: u32, dice: &mut Dice) -> Vec<Value> {
    const HOSTS: [&str; 5] = ["0123.my-domain.com", "on.my-domain.com", "*.my-domain.com", "1e3.1e3", "2024-01-01.de"];
    let host = format!("{at}{namespace}.{}", dice.of(&HOSTS).trim_start_matches("*."));
    let host = if dice.once_in(6) { format!("*.{host}") } else { host };
    let backend = json!({"service": {"name": format!("web-{at}"), "port": {"number": 8080 + at}}});
    let mut spec = json!({
        "ingressClassName": dice.of(&plan.settings),
        "rules": [{
            "host": host,
            "http": {"paths": [{
                "path": *dice.of(&["/", "/foo", "/0123", "/on", "/a.b~c", "/{{x}}"]),
                "pathType": "Prefix",
                "backend": backend,
            }]},
        }],
    });
    let mut objects = Vec::new();
    if dice.once_in(3) {
        let secret = format!("tls-{at}");
        spec["tls"] = json!([{"hosts": [host], "secretName": secret}]);
        objects.push(json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": metadata(&secret, Some(namespace), dice),
            "type": "kubernetes.io/tls",
            "data": {"tls.crt": "MDEyMw==", "tls.key": "b24="},
        }));
    }
    objects.push(json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": metadata(&format!("ingress-{at}"), Some(namespace), dice),
        "spec": spec,
    }));
    let metadata = metadata(&format!("web-{at}"), Some(namespace), dice);
    objects.push(service(&metadata, "ClusterIP", &[("TCP", 8080 + at)], dice));
    objects
}

fn route_with_gateway(namespace: &str, dice: &mut Dice) -> Vec<Value> {
    let host = format!("api.{namespace}.my-domain.com");
    let gateway = json!({
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": metadata("front", Some(namespace), dice),
        "spec": {
            "gatewayClassName": "avi-lb",
            "listeners": [{"name": *dice.of(&["http", "on", "y", "0"]), "port": 80, "protocol": "HTTP", "hostname": host}],
        },
    });
    let route = json!({
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": metadata("api", Some(namespace), dice),
        "spec": {
            "parentRefs": [{"name": "front"}],
            "hostnames": [host],
            "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": *dice.of(&["/", "/on", "/0123"])}}],
                "filters": [{
                    "type": "RequestHeaderModifier",
                    "requestHeaderModifier": {"set": [{"name": "X-Note", "value": texts::any(dice)}]},
                }],
                "backendRefs": [{"name": "api", "port": 8443}],
            }],
        },
    });
    let service = service(&metadata("api", Some(namespace), dice), "ClusterIP", &[("TCP", 8443)], dice);
    vec![gateway, route, service]
}

/// Objects that akoplan hands through: their strings are anybody's.
fn data(namespace: &str, dice: &mut Dice) -> Vec<Value> {
    const KEYS: [&str; 9] = ["on", "0123", "null", "y", "1.10", "true", "application.yaml", "_", "2024-01-01"];
    let first = dice.below(9) as usize;
    let entries = 0..dice.between(1, 6) as usize;
    let entries = entries.map(|at| (KEYS[(first + at) % KEYS.len()].to_owned(), Value::from(texts::any(dice))));
    let entries: Map<String, Value> = entries.collect();
    let mut objects = vec![json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata("settings", Some(namespace), dice),
        "data": entries,
    })];
    if dice.once_in(2) {
        objects.push(json!({
            "apiVersion": "example.com/v1",
            "kind": "Anything",
            "metadata": metadata(&"n".repeat(253), Some(namespace), dice),
            "spec": {
                "a key": {"": texts::any(dice), "{{ k }}": [texts::any(dice), 8, -1.5, true, null, [], {}]},
                "list": [[texts::any(dice), {"on": texts::any(dice)}], {"0123": {"~": texts::any(dice)}}],
            },
        }));
    }
    if dice.once_in(2) {
        objects.push(json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": metadata("login", Some(namespace), dice),
            "stringData": {"password": texts::any(dice)},
        }));
    }
    objects
}
