//! Projects of one lopsided shape: where a prediction that compares everything with everything shows itself.

use std::fmt::Write as _;

use akoplan::text::SourceFile;

/// A shape: its name, and the project of a size.
pub type Shape = (&'static str, fn(usize) -> Vec<SourceFile>);

/// The shapes that the benchmark measures.
pub const SHAPES: [Shape; 11] = [
    ("Services on one Gateway", services_on_one_gateway),
    ("Gateways", gateways),
    ("Services on one shared VIP", services_on_one_shared_vip),
    ("shared VIP that disagrees", shared_vip_that_disagrees),
    ("hosts of one IngressClass", hosts_of_one_class),
    ("Ingresses of one host", ingresses_of_one_host),
    ("Ingresses of one path", ingresses_of_one_path),
    ("TLS hosts of one Ingress", tls_hosts_of_one_ingress),
    ("v1 Gateways of one Secret", gateways_v1),
    ("HTTPRoutes of one Gateway", routes_of_one_gateway),
    ("namespaces with a setting", namespaces),
];

const CLASS: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata:\n  name: avi\nspec:\n  \
                     controller: ako.vmware.com/avi-lb\n";
const INGRESS_CLASS: &str = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: avi\nspec:\n  controller: ako.vmware.com/avi-lb\n";

fn gateway(text: &mut String, name: &str, ports: std::ops::Range<usize>) {
    let _ = write!(
        text,
        "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: {name}\n  namespace: red\nspec:\n  \
         gatewayClassName: avi\n  listeners:\n"
    );
    for port in ports {
        let _ = write!(
            text,
            "  - protocol: TCP\n    port: {port}\n    routes:\n      kind: Service\n      group: v1\n      selector:\n        matchLabels:\n          \
             ako.vmware.com/gateway-name: {name}\n          ako.vmware.com/gateway-namespace: red\n"
        );
    }
}

fn backend(text: &mut String, name: &str, gateway: &str, port: usize) {
    let _ = write!(
        text,
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: red\n  labels:\n    \
         ako.vmware.com/gateway-name: {gateway}\n    ako.vmware.com/gateway-namespace: red\nspec:\n  selector: {{app: web}}\n  \
         ports:\n  - port: {port}\n    protocol: TCP\n"
    );
}

fn services_on_one_gateway(count: usize) -> Vec<SourceFile> {
    let mut text = CLASS.to_owned();
    gateway(&mut text, "one", 1..count + 1);
    for port in 1..=count {
        backend(&mut text, &format!("service-{port}"), "one", port);
    }
    vec![SourceFile::new("all.yaml", text)]
}

fn gateways(count: usize) -> Vec<SourceFile> {
    let mut text = CLASS.to_owned();
    for number in 0..count {
        let name = format!("gateway-{number}");
        gateway(&mut text, &name, 80..81);
        backend(&mut text, &format!("service-{number}"), &name, 80);
    }
    vec![SourceFile::new("all.yaml", text)]
}

fn services_on_one_shared_vip(count: usize) -> Vec<SourceFile> {
    let mut text = String::new();
    for port in 1..=count {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{port}\n  namespace: red\n  annotations:\n    \
             ako.vmware.com/enable-shared-vip: one\nspec:\n  type: LoadBalancer\n  selector: {{app: web}}\n  ports:\n  \
             - port: {port}\n    protocol: TCP\n"
        );
    }
    vec![SourceFile::new("all.yaml", text)]
}

/// One asks for an address, none of the others does.
fn shared_vip_that_disagrees(count: usize) -> Vec<SourceFile> {
    let mut files = services_on_one_shared_vip(count);
    if let Some(file) = files.first_mut() {
        file.text = file.text.replacen("  type: ", "  loadBalancerIP: 10.9.0.9\n  type: ", 1).into();
    }
    files
}

fn ingress(text: &mut String, number: usize, host: &str, path: &str) {
    let _ = write!(
        text,
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ingress-{number}\n  namespace: red\nspec:\n  \
         ingressClassName: avi\n  rules:\n  - host: {host}\n    http:\n      paths:\n      - path: {path}\n        pathType: Prefix\n        \
         backend:\n          service:\n            name: web\n            port:\n              number: 80\n"
    );
}

const WEB: &str = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  selector: {app: web}\n  \
                   ports:\n  - port: 80\n";

fn ingresses(count: usize, host: impl Fn(usize) -> String, path: impl Fn(usize) -> String) -> Vec<SourceFile> {
    let mut text = format!("{INGRESS_CLASS}{WEB}");
    for number in 0..count {
        ingress(&mut text, number, &host(number), &path(number));
    }
    vec![SourceFile::new("all.yaml", text)]
}

fn hosts_of_one_class(count: usize) -> Vec<SourceFile> {
    ingresses(count, |number| format!("host-{number}.example.com"), |_| "/".to_owned())
}

fn ingresses_of_one_host(count: usize) -> Vec<SourceFile> {
    ingresses(count, |_| "one.example.com".to_owned(), |number| format!("/{number}"))
}

fn ingresses_of_one_path(count: usize) -> Vec<SourceFile> {
    ingresses(count, |_| "one.example.com".to_owned(), |_| "/".to_owned())
}

/// Each host has a Secret of its own.
fn tls_hosts_of_one_ingress(count: usize) -> Vec<SourceFile> {
    let mut text = format!("{INGRESS_CLASS}{WEB}");
    let mut rules = String::new();
    let mut tls = String::new();
    for number in 0..count {
        let host = format!("host-{number}.example.com");
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: secret-{number}\n  namespace: red\ntype: kubernetes.io/tls\n"
        );
        let _ = write!(
            rules,
            "  - host: {host}\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            \
             name: web\n            port:\n              number: 80\n"
        );
        let _ = write!(tls, "  - hosts: [{host}]\n    secretName: secret-{number}\n");
    }
    let _ = write!(
        text,
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: all\n  namespace: red\nspec:\n  \
         ingressClassName: avi\n  rules:\n{rules}  tls:\n{tls}"
    );
    vec![SourceFile::new("all.yaml", text)]
}

/// AKO's values with Gateway API v1, and a class of it.
fn gateway_api() -> Vec<SourceFile> {
    let class = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: avi\nspec:\n  \
                 controllerName: ako.vmware.com/avi-lb\n";
    let values = "featureGates:\n  GatewayAPI: true\nAKOSettings:\n  clusterName: one\n";
    vec![SourceFile::new("values.yaml", values), SourceFile::new("class.yaml", class)]
}

fn gateway_v1(text: &mut String, name: &str) {
    let _ = write!(
        text,
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: {name}\n  namespace: red\nspec:\n  \
         gatewayClassName: avi\n  listeners:\n  - name: web\n    protocol: HTTPS\n    port: 443\n    hostname: '*.{name}.example.com'\n    \
         tls:\n      certificateRefs:\n      - name: shared\n"
    );
}

fn route(text: &mut String, number: usize, gateway: &str) {
    let _ = write!(
        text,
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{number}\n  namespace: red\nspec:\n  \
         parentRefs:\n  - name: {gateway}\n  hostnames: [host-{number}.{gateway}.example.com]\n  rules:\n  - matches:\n    - path:\n        \
         type: PathPrefix\n        value: /\n    backendRefs:\n    - name: web\n      port: 80\n"
    );
}

const SHARED: &str =
    "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: shared\n  namespace: red\ntype: kubernetes.io/tls\n";

fn gateways_v1(count: usize) -> Vec<SourceFile> {
    let mut files = gateway_api();
    let mut text = format!("{WEB}{SHARED}");
    for number in 0..count {
        let name = format!("gateway-{number}");
        gateway_v1(&mut text, &name);
        route(&mut text, number, &name);
    }
    files.push(SourceFile::new("all.yaml", text));
    files
}

fn routes_of_one_gateway(count: usize) -> Vec<SourceFile> {
    let mut files = gateway_api();
    let mut text = format!("{WEB}{SHARED}");
    gateway_v1(&mut text, "one");
    for number in 0..count {
        route(&mut text, number, "one");
    }
    files.push(SourceFile::new("all.yaml", text));
    files
}

/// Each with a setting of its own, a LoadBalancer Service and a v1 Gateway.
fn namespaces(count: usize) -> Vec<SourceFile> {
    let mut files = gateway_api();
    let mut text = String::new();
    for number in 0..count {
        let _ = write!(
            text,
            "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata:\n  name: setting-{number}\nspec:\n  network:\n    \
             vipNetworks:\n    - networkName: net-{number}\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: space-{number}\n  \
             annotations:\n    aviinfrasetting.ako.vmware.com/name: setting-{number}\n---\napiVersion: v1\nkind: Service\nmetadata:\n  \
             name: web\n  namespace: space-{number}\nspec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n---\n\
             apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: web\n  namespace: space-{number}\nspec:\n  \
             gatewayClassName: avi\n  listeners:\n  - name: web\n    protocol: HTTP\n    port: 80\n    hostname: '*.example.com'\n"
        );
    }
    files.push(SourceFile::new("all.yaml", text));
    files
}
