//! Projects of one lopsided shape: where a prediction that compares everything with everything shows itself.

use std::fmt::Write as _;

use akoplan::text::SourceFile;

/// A shape: its name, and the project of a size.
pub type Shape = (&'static str, fn(usize) -> Vec<SourceFile>);

/// The shapes that the benchmark measures.
pub const SHAPES: [Shape; 5] = [
    ("Services on one Gateway", services_on_one_gateway),
    ("Gateways", gateways),
    ("Services on one shared VIP", services_on_one_shared_vip),
    ("hosts of one IngressClass", hosts_of_one_class),
    ("Ingresses of one host", ingresses_of_one_host),
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

fn ingress(text: &mut String, number: usize, host: &str) {
    let _ = write!(
        text,
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ingress-{number}\n  namespace: red\nspec:\n  \
         ingressClassName: avi\n  rules:\n  - host: {host}\n    http:\n      paths:\n      - path: /{number}\n        pathType: Prefix\n        \
         backend:\n          service:\n            name: web\n            port:\n              number: 80\n"
    );
}

fn ingresses(count: usize, host: impl Fn(usize) -> String) -> Vec<SourceFile> {
    let mut text = INGRESS_CLASS.to_owned();
    text.push_str(
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\nspec:\n  selector: {app: web}\n  ports:\n  - port: 80\n",
    );
    for number in 0..count {
        ingress(&mut text, number, &host(number));
    }
    vec![SourceFile::new("all.yaml", text)]
}

fn hosts_of_one_class(count: usize) -> Vec<SourceFile> {
    ingresses(count, |number| format!("host-{number}.example.com"))
}

fn ingresses_of_one_host(count: usize) -> Vec<SourceFile> {
    ingresses(count, |_| "one.example.com".to_owned())
}
