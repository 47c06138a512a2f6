//! What the benchmarks share: a project of any size, and a stop watch.

#![allow(dead_code, reason = "each benchmark uses a part")]

pub mod shapes;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use akoplan::text::SourceFile;

/// A project of about `objects` objects: segments of gateways and services, annotated Services,
/// Ingresses with and without TLS, Gateways and routes of Gateway API v1.
#[must_use]
pub fn project(objects: usize) -> Vec<SourceFile> {
    let mut platform = String::new();
    let mut apps = String::new();
    platform.push_str(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: avi\nspec:\n  \
         controllerName: ako.vmware.com/avi-lb\n",
    );
    for segment in 0..(objects / 110).max(1) {
        let octets = format!("10.{}.{}", segment / 250, segment % 250);
        let _ = write!(
            platform,
            "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata:\n  name: segment-{segment}\nspec:\n  \
             seGroup:\n    name: group-{segment}\n  network:\n    vipNetworks:\n    - networkName: net-{segment}\n      cidr: {octets}.0/26\n\
             ---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata:\n  name: class-{segment}\nspec:\n  \
             controller: ako.vmware.com/avi-lb\n  parametersRef:\n    group: ako.vmware.com\n    kind: AviInfraSetting\n    name: segment-{segment}\n"
        );
        for gateway in 0..10 {
            let name = format!("gateway-{segment}-{gateway}");
            let _ = write!(
                apps,
                "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: {name}\n  namespace: red\nspec:\n  \
                 gatewayClassName: class-{segment}\n  listeners:\n"
            );
            for port in 0..8 {
                let _ = write!(
                    apps,
                    "  - protocol: TCP\n    port: {}\n    routes:\n      kind: Service\n      group: v1\n      selector:\n        matchLabels:\n          \
                     ako.vmware.com/gateway-name: {name}\n          ako.vmware.com/gateway-namespace: red\n",
                    8000 + port
                );
            }
            for port in 0..8 {
                let _ = write!(
                    apps,
                    "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{segment}-{gateway}-{port}\n  namespace: red\n  labels:\n    \
                     ako.vmware.com/gateway-name: {name}\n    ako.vmware.com/gateway-namespace: red\nspec:\n  selector: {{app: web}}\n  \
                     ports:\n  - name: web\n    port: {}\n    targetPort: 80\n    protocol: TCP # as the gateway has it\n",
                    8000 + port
                );
            }
        }
        let _ = write!(
            platform,
            "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: web-{segment}\nspec:\n  \
             controller: ako.vmware.com/avi-lb\n  parameters:\n    apiGroup: ako.vmware.com\n    kind: AviInfraSetting\n    name: segment-{segment}\n"
        );
        layer7(&mut apps, segment);
        for service in 0..8 {
            let _ = write!(
                apps,
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: balanced-{segment}-{service}\n  namespace: blue\n  annotations:\n    \
                 aviinfrasetting.ako.vmware.com/name: segment-{segment}\nspec:\n  type: LoadBalancer\n  selector: {{app: web}}\n  ports:\n  \
                 - port: 53\n    protocol: UDP\n"
            );
        }
    }
    let values = "featureGates:\n  GatewayAPI: true\nAKOSettings:\n  clusterName: one\n  servicesAPI: true\n";
    vec![
        SourceFile::new("values.yaml", values),
        SourceFile::new("platform/all.yaml", platform),
        SourceFile::new("apps/all.yaml", apps),
    ]
}

/// What a segment has on layer 7.
fn layer7(apps: &mut String, segment: usize) {
    for number in 0..4 {
        let host = format!("host-{segment}-{number}.example.com");
        let tls = if number % 2 == 0 {
            format!("  tls:\n  - hosts: [{host}]\n    secretName: secret\n")
        } else {
            String::new()
        };
        let _ = write!(
            apps,
            "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ingress-{segment}-{number}\n  namespace: red\nspec:\n  \
             ingressClassName: web-{segment}\n  rules:\n  - host: {host}\n    http:\n      paths:\n      - path: /\n        \
             pathType: Prefix\n        backend:\n          service:\n            name: service-{segment}-0-0\n            port:\n              \
             number: 8000\n{tls}"
        );
    }
    let _ = write!(
        apps,
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: v1-{segment}\n  namespace: red\nspec:\n  \
         gatewayClassName: avi\n  listeners:\n  - name: web\n    protocol: HTTP\n    port: 80\n    hostname: '*.v1-{segment}.example.com'\n"
    );
    for number in 0..3 {
        let _ = write!(
            apps,
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{segment}-{number}\n  namespace: red\nspec:\n  \
             parentRefs:\n  - name: v1-{segment}\n  hostnames: [host-{number}.v1-{segment}.example.com]\n  rules:\n  - backendRefs:\n    \
             - name: service-{segment}-0-0\n      port: 8000\n"
        );
    }
}

/// The quickest of several runs: what the machine can do when nothing else is in the way.
pub fn quickest(runs: usize, mut work: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// A time in milliseconds.
#[must_use]
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
