//! Generated projects: settings, classes, Gateways, Services, Ingresses and HTTPRoutes of three namespaces,
//! in any order, some of which refer to what is not there.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;

/// Namespaces of generated objects.
const NAMESPACES: [&str; 3] = ["red", "blue", "green"];

/// Documents of a project, in the order in which they are applied.
pub fn documents() -> impl Strategy<Value = Vec<String>> {
    let all = vec(
        prop_oneof![
            2 => setting(),
            2 => gateway_class(),
            2 => ingress_class(),
            3 => gateway(),
            4 => labelled_service(),
            3 => balanced_service(),
            5 => sharing_service(),
            3 => ingress(),
            1 => v1_gateway(),
            2 => http_route(),
        ],
        2..14,
    );
    all.prop_map(|documents: Vec<(String, String)>| {
        // One object of each name: what two of one name do to each other is the business of AKP401.
        let mut names = std::collections::BTreeSet::new();
        let mut first: Vec<String> =
            documents.into_iter().filter(|(name, _)| names.insert(name.clone())).map(|(_, text)| text).collect();
        first.push(BACKEND.to_owned());
        first
    })
    .prop_shuffle()
}

/// What AKO does not read, or what nothing refers to.
pub fn unrelated() -> impl Strategy<Value = String> {
    let name = "[a-z]{1,12}";
    prop_oneof![
        (name, "[A-Z][a-z]{2,9}").prop_map(|(name, kind)| format!(
            "apiVersion: example.com/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: elsewhere}}\nspec: {{ports: [80]}}\n"
        )),
        (name, any::<u16>()).prop_map(|(name, replicas)| format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: red}}\nspec: {{replicas: {replicas}}}\n"
        )),
        (name, 1..65535u16).prop_map(|(name, port)| format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: elsewhere}}\nspec: {{ports: [{{port: {port}}}]}}\n"
        )),
        name.prop_map(|name| format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: else-{name}}}\n")),
        name.prop_map(|name| format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: else-{name}}}\nspec: {{controller: example.com/{name}}}\n"
        )),
        (name, name).prop_map(|(name, class)| format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}, namespace: elsewhere}}\nspec:\n  \
             ingressClassName: else-{class}\n  rules: [{{host: {name}.example.com}}]\n"
        )),
    ]
}

const BACKEND: &str =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\nspec: {ports: [{port: 80}]}\n";

fn namespace() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&NAMESPACES[..])
}

/// A number of a setting or class; the last one is defined nowhere.
fn reference() -> impl Strategy<Value = usize> {
    0..4_usize
}

fn setting() -> impl Strategy<Value = (String, String)> {
    (0..3_usize, any::<bool>()).prop_map(|(number, is_valid)| {
        let cidr = if is_valid || number > 0 { "/24" } else { "/99" };
        (
            format!("setting-{number}"),
            format!(
                "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: setting-{number}}}\nspec:\n  \
                 seGroup: {{name: group-{number}}}\n  network:\n    vipNetworks: [{{networkName: net-{number}, cidr: 10.{number}.0.0{cidr}}}]\n"
            ),
        )
    })
}

fn gateway_class() -> impl Strategy<Value = (String, String)> {
    (0..3_usize, reference()).prop_map(|(number, setting)| {
        (
            format!("gateway-class-{number}"),
            format!(
                "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {{name: class-{number}}}\nspec:\n  \
                 controller: ako.vmware.com/avi-lb\n  parametersRef: {{group: ako.vmware.com, kind: AviInfraSetting, name: setting-{setting}}}\n"
            ),
        )
    })
}

fn ingress_class() -> impl Strategy<Value = (String, String)> {
    (0..3_usize, proptest::option::of(reference())).prop_map(|(number, setting)| {
        let parameters = setting.map_or_else(String::new, |setting| {
            format!("  parameters: {{apiGroup: ako.vmware.com, kind: AviInfraSetting, name: setting-{setting}}}\n")
        });
        (
            format!("ingress-class-{number}"),
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: class-{number}}}\nspec:\n  \
                 controller: ako.vmware.com/avi-lb\n{parameters}"
            ),
        )
    })
}

fn gateway() -> impl Strategy<Value = (String, String)> {
    (0..2_usize, namespace(), reference(), 1..3_u16).prop_map(|(number, namespace, class, ports)| {
        let mut text = format!(
            "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {{name: gw-{number}, namespace: {namespace}}}\nspec:\n  \
             gatewayClassName: class-{class}\n  listeners:\n"
        );
        for port in 0..ports {
            let _ = write!(
                text,
                "  - protocol: TCP\n    port: {}\n    routes:\n      kind: Service\n      group: v1\n      selector:\n        matchLabels:\n          \
                 ako.vmware.com/gateway-name: gw-{number}\n          ako.vmware.com/gateway-namespace: {namespace}\n",
                80 + port
            );
        }
        (format!("gateway {namespace}/{number}"), text)
    })
}

fn labelled_service() -> impl Strategy<Value = (String, String)> {
    (0..3_usize, namespace(), 0..2_usize, namespace(), 80..83_u16).prop_map(|(number, own, gateway, namespace, port)| {
        (
            format!("service {own}/labelled-{number}"),
            format!(
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: labelled-{number}\n  namespace: {own}\n  labels:\n    \
                 ako.vmware.com/gateway-name: gw-{gateway}\n    ako.vmware.com/gateway-namespace: {namespace}\nspec:\n  ports: [{{port: {port}}}]\n"
            ),
        )
    })
}

fn balanced_service() -> impl Strategy<Value = (String, String)> {
    // Some meet in one name: a Service in `red-balanced`, the name of a Gateway, the key of a shared VIP.
    let name = prop_oneof![
        6 => (0..3_usize, namespace()).prop_map(|(number, namespace)| (number, namespace, format!("balanced-{number}"))),
        1 => (0..2_usize).prop_map(|number| (number, "red-balanced", number.to_string())),
        1 => (0..2_usize, namespace()).prop_map(|(number, namespace)| (number, namespace, format!("gw-{number}"))),
    ];
    let key = proptest::sample::select(&[None, None, Some("key"), Some("key"), Some("balanced-0")][..]);
    (name, proptest::option::of(reference()), key).prop_map(
        |((number, namespace, name), setting, key)| {
            let mut annotations = String::new();
            if let Some(setting) = setting {
                let _ = writeln!(annotations, "    aviinfrasetting.ako.vmware.com/name: setting-{setting}");
            }
            if let Some(key) = key {
                let _ = writeln!(annotations, "    ako.vmware.com/enable-shared-vip: {key}");
            }
            let annotations = if annotations.is_empty() { String::new() } else { format!("  annotations:\n{annotations}") };
            (
                format!("service {namespace}/{name}"),
                format!(
                    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: {namespace}\n{annotations}spec:\n  \
                     type: LoadBalancer\n  ports: [{{port: {}}}]\n",
                    8000 + number
                ),
            )
        },
    )
}

/// A member of a shared VIP, with whatever AKO compares between members.
fn sharing_service() -> impl Strategy<Value = (String, String)> {
    let what = (
        0..4_usize,
        proptest::sample::select(&NAMESPACES[..2]),
        proptest::option::weighted(0.3, (0..2_u8, any::<bool>())),
        proptest::option::weighted(0.15, reference()),
        proptest::option::weighted(0.1, 0..2_u8),
        proptest::option::weighted(0.15, proptest::sample::select(vec!["ako.vmware.com/avi-lb", "example.com/lb"])),
        proptest::bool::weighted(0.95),
    );
    what.prop_map(|(number, namespace, address, setting, rule, class, is_balanced)| {
        let mut annotations = "    ako.vmware.com/enable-shared-vip: common\n".to_owned();
        let mut spec = String::new();
        match address {
            Some((address, true)) => {
                let _ = writeln!(annotations, "    ako.vmware.com/load-balancer-ip: 10.9.0.{address}");
            }
            Some((address, false)) => {
                let _ = writeln!(spec, "  loadBalancerIP: 10.9.0.{address}");
            }
            None => {}
        }
        if let Some(setting) = setting {
            let _ = writeln!(annotations, "    aviinfrasetting.ako.vmware.com/name: setting-{setting}");
        }
        if let Some(rule) = rule {
            let _ = writeln!(annotations, "    ako.vmware.com/l4rule: rule-{rule}");
        }
        if let Some(class) = class {
            let _ = writeln!(spec, "  loadBalancerClass: {class}");
        }
        let service_type = if is_balanced { "LoadBalancer" } else { "ClusterIP" };
        (
            format!("service {namespace}/sharing-{number}"),
            format!(
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: sharing-{number}\n  namespace: {namespace}\n  annotations:\n{annotations}\
                 spec:\n  type: {service_type}\n{spec}  ports: [{{port: {}}}]\n",
                9000 + number
            ),
        )
    })
}

fn ingress() -> impl Strategy<Value = (String, String)> {
    (0..2_usize, reference(), 0..3_usize).prop_map(|(number, class, host)| {
        (
            format!("ingress red/{number}"),
            format!(
                "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: in-{number}, namespace: red}}\nspec:\n  \
                 ingressClassName: class-{class}\n  rules:\n  - host: host-{host}.example.com\n    http:\n      paths:\n      - path: /{number}\n        \
                 pathType: Prefix\n        backend: {{service: {{name: web, port: {{number: 80}}}}}}\n"
            ),
        )
    })
}

fn v1_gateway() -> impl Strategy<Value = (String, String)> {
    (0..2_usize, 0..2_usize).prop_map(|(number, class)| {
        if number == 0 {
            let class = format!(
                "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: v1-{class}}}\nspec: {{controllerName: ako.vmware.com/avi-lb}}\n"
            );
            return ("v1 class".to_owned(), class);
        }
        (
            "v1 gateway".to_owned(),
            format!(
                "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: v1, namespace: red}}\nspec:\n  gatewayClassName: v1-{class}\n  \
                 listeners: [{{name: http, protocol: HTTP, port: 80, hostname: \"*.example.com\"}}]\n"
            ),
        )
    })
}

fn http_route() -> impl Strategy<Value = (String, String)> {
    (0..2_usize, 0..3_usize).prop_map(|(number, host)| {
        (
            format!("route {number}"),
            format!(
                "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: route-{number}, namespace: red}}\nspec:\n  \
                 parentRefs: [{{name: v1}}]\n  hostnames: [host-{host}.example.com]\n  rules:\n  - backendRefs: [{{name: web, port: 80}}]\n"
            ),
        )
    })
}
