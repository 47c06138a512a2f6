//! Names that meet, in both orders.

use crate::ako::{Outcome, Prediction, Via, predict};
use crate::text::SourceFile;
use crate::workspace::Workspace;

const VALUES: &str = "AKOSettings: {clusterName: c, servicesAPI: true}\nfeatureGates: {GatewayAPI: true}\n\
    NetworkSettings: {vipNetworkList: [{networkName: net}]}\n";
const CLASS: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {name: avi}\n\
    spec: {controller: ako.vmware.com/avi-lb}\n";
const CLASS_V1: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: avi}\n\
    spec: {controllerName: ako.vmware.com/avi-lb}\n";

fn load_balancer(namespace: &str, name: &str, key: Option<&str>) -> String {
    let annotations =
        key.map_or_else(String::new, |key| format!(", annotations: {{ako.vmware.com/enable-shared-vip: {key}}}"));
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}{annotations}}}\n\
         spec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
    )
}

fn gateway(namespace: &str, name: &str) -> String {
    let labels = format!("{{ako.vmware.com/gateway-name: {name}, ako.vmware.com/gateway-namespace: {namespace}}}");
    format!(
        "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
         spec:\n  gatewayClassName: avi\n  listeners:\n  - {{port: 443, protocol: TCP, routes: {{kind: Service, \
         selector: {{matchLabels: {labels}}}}}}}\n---\napiVersion: v1\nkind: Service\n\
         metadata: {{name: behind, namespace: {namespace}, labels: {labels}}}\nspec: {{ports: [{{port: 443}}]}}\n"
    )
}

fn gateway_v1(namespace: &str, name: &str, host: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
         spec: {{gatewayClassName: avi, listeners: [{{name: http, port: 80, protocol: HTTP, hostname: {host}}}]}}\n---\n\
         apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: to-{name}, namespace: {namespace}}}\n\
         spec: {{parentRefs: [{{name: {name}}}], hostnames: [{host}]}}\n"
    )
}

fn predicted(documents: &[String]) -> Prediction {
    let files = [SourceFile::new("values.yaml", VALUES), SourceFile::new("a.yaml", documents.join("---\n"))];
    predict(&Workspace::new(&files))
}

/// Objects whose landings arrive, and those whose do not, with the reason.
fn landed(prediction: &Prediction) -> (Vec<&str>, Vec<(&str, &str)>) {
    let (mut lands, mut lost) = (Vec::new(), Vec::new());
    for landing in &prediction.landings {
        let object = landing.subject.object.as_str();
        match &landing.outcome {
            Outcome::Lands(_) => lands.push(object),
            Outcome::NotServed { reason } | Outcome::DependsOnValues { reason } | Outcome::NotForAko { reason } => {
                lost.push((object, reason.as_str()));
            }
        }
    }
    (lands, lost)
}

fn ways(prediction: &Prediction) -> Vec<(&str, Vec<Via>)> {
    let collisions = prediction.collisions.iter();
    collisions.map(|one| (one.virtual_service.as_str(), one.owners.iter().map(|owner| owner.via).collect())).collect()
}

#[test]
fn of_two_services_the_later_one_lands() {
    let services = [load_balancer("x", "y-c", None), load_balancer("x-y", "c", None)];
    let prediction = predicted(&services);
    let reason = "LoadBalancer Service `x-y/c` makes virtual service `c--x-y-c` too, and AKO keeps what it builds last";
    assert_eq!(landed(&prediction), (vec!["Service/x-y/c"], vec![("Service/x/y-c", reason)]));
    assert_eq!(ways(&prediction), [("admin/c--x-y-c", vec![Via::LoadBalancer; 2])]);
    let last = prediction.landings[0].hops.last().unwrap();
    assert_eq!((last.at.as_str(), last.path.to_string().as_str()), ("Service/x-y/c", "metadata.name"));

    let [first, second] = services;
    let turned = predicted(&[second, first]);
    assert_eq!(landed(&turned).0, ["Service/x/y-c"]);
    assert_eq!(ways(&turned), ways(&prediction));
}

#[test]
fn a_gateway_takes_over_in_any_order() {
    let documents = [CLASS.to_owned(), gateway("red", "app"), load_balancer("red", "app", None)];
    let turned = [documents[2].clone(), documents[0].clone(), documents[1].clone()];
    for documents in [documents, turned] {
        let prediction = predicted(&documents);
        let (lands, lost) = landed(&prediction);
        assert_eq!((lands, lost[0].0), (vec!["Service/red/behind"], "Service/red/app"));
        assert!(lost[0].1.starts_with("Gateway `red/app` makes virtual service `c--red-app` too"), "{lost:?}");
        assert_eq!(ways(&prediction), [("admin/c--red-app", vec![Via::LoadBalancer, Via::Gateway])]);
        assert_eq!(prediction.virtual_services["admin/c--red-app"].listeners[0].port, 443);
    }
}

#[test]
fn a_key_takes_over_a_service_of_its_name() {
    let documents = [load_balancer("red", "member", Some("app")), load_balancer("red", "app", None)];
    let prediction = predicted(&documents);
    let (lands, lost) = landed(&prediction);
    assert_eq!((lands, lost[0].0), (vec!["Service/red/member"], "Service/red/app"));
    assert_eq!(ways(&prediction), [("admin/c--red-app", vec![Via::LoadBalancer, Via::SharedVip])]);
}

#[test]
fn the_own_name_as_key_is_no_collision() {
    let prediction = predicted(&[load_balancer("red", "app", Some("app")), load_balancer("red", "other", Some("app"))]);
    assert_eq!((landed(&prediction).1, ways(&prediction)), (Vec::new(), Vec::new()));
}

#[test]
fn of_three_each_is_named_once() {
    let documents =
        [CLASS.to_owned(), load_balancer("a", "b-c", None), load_balancer("a-b", "c", None), gateway("a", "b-c")];
    let prediction = predicted(&documents);
    let (lands, lost) = landed(&prediction);
    assert_eq!((lands, lost.len()), (vec!["Service/a/behind"], 2));
    let [collision] = prediction.collisions.as_slice() else { panic!("{:?}", prediction.collisions) };
    assert_eq!(collision.owners.iter().map(|owner| owner.order).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn gateways_of_gateway_api_v1_have_a_pot_of_their_own() {
    let documents = [
        CLASS_V1.to_owned(),
        gateway_v1("a", "b-c", "one.example.com"),
        gateway_v1("a-b", "c", "two.example.com"),
        load_balancer("a", "b-c", None),
    ];
    let prediction = predicted(&documents);
    let (lands, lost) = landed(&prediction);
    assert_eq!(lands, ["HTTPRoute/a-b/to-c", "Service/a/b-c"]);
    assert_eq!(lost[0].0, "HTTPRoute/a/to-b-c");
    assert_eq!(ways(&prediction), [("admin/ako-gw-c--a-b-c-EVH", vec![Via::GatewayApi; 2])]);
}
