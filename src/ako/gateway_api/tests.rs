//! What the conformance scenarios do not show of the gateway container, reasoned from AKO's source.

use crate::ako::{ObjectStatus, Outcome, Prediction, VirtualService, predict};
use crate::text::SourceFile;
use crate::workspace::Workspace;

const SETTINGS: &str =
    "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {avi: {subDomains: [avi.internal]}}\n";
const VALUES: &str = "featureGates: {GatewayAPI: true}\nAKOSettings: {clusterName: c}\n\
    NetworkSettings: {vipNetworkList: [{networkName: net}]}\n";
const CLASS: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: avi}\n\
    spec: {controllerName: ako.vmware.com/avi-lb}\n";
const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\nspec: {ports: [{port: 80}]}\n";

fn gateway(name: &str, listeners: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}, namespace: red}}\n\
         spec: {{gatewayClassName: avi, listeners: [{listeners}]}}\n"
    )
}

fn route(namespace: &str, name: &str, spec: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
         spec: {{{spec}}}\n"
    )
}

fn predicted(documents: &[&str]) -> Prediction {
    let files = [
        SourceFile::new("akoplan.yaml", SETTINGS),
        SourceFile::new("values.yaml", VALUES),
        SourceFile::new("a.yaml", documents.join("---\n")),
    ];
    predict(&Workspace::new(&files))
}

/// `Accepted` of each parent of a route, reason and message.
fn parents(prediction: &Prediction, key: &str) -> Vec<(String, String)> {
    let Some(ObjectStatus::HttpRoute { parents }) = prediction.objects.get(key) else { return Vec::new() };
    let accepted = |conditions: &[crate::ako::Condition]| (conditions[0].reason.clone(), conditions[0].message.clone());
    parents.iter().map(|parent| accepted(&parent.conditions)).collect()
}

fn attached(prediction: &Prediction, key: &str) -> Vec<usize> {
    let Some(ObjectStatus::Gateway { listeners, .. }) = prediction.objects.get(key) else { return Vec::new() };
    listeners.iter().filter_map(|listener| listener.attached_routes).collect()
}

fn service<'p>(prediction: &'p Prediction, name: &str) -> &'p VirtualService {
    &prediction.virtual_services[&format!("admin/ako-gw-c--red-{name}-EVH")]
}

const HTTP: &str = "{name: http, port: 80, protocol: HTTP, hostname: app.avi.internal}";
const TO_WEB: &str = "rules: [{backendRefs: [{name: web, namespace: red, port: 80}]}]";

fn plain_route(namespace: &str) -> String {
    route(
        namespace,
        "rt",
        &format!("parentRefs: [{{name: gw, namespace: red}}], hostnames: [app.avi.internal], {TO_WEB}"),
    )
}

#[test]
fn a_route_that_the_listener_does_not_allow_is_accepted_and_not_served() {
    for allowed in ["", ", allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}}"] {
        let listener = format!("{}{allowed}}}", &HTTP[..HTTP.len() - 1]);
        let namespace = if allowed.is_empty() { "blue" } else { "red" };
        let prediction = predicted(&[CLASS, SERVICE, &gateway("gw", &listener), &plain_route(namespace)]);
        let key = format!("HTTPRoute/{namespace}/rt");
        assert_eq!(parents(&prediction, &key), [("Accepted".to_owned(), "Parent reference is valid".to_owned())]);
        assert_eq!(attached(&prediction, "Gateway/red/gw"), [1]);
        assert!(service(&prediction, "gw").children.is_empty());
        assert!(matches!(prediction.landings[0].outcome, Outcome::NotServed { .. }));
    }
}

#[test]
fn refused_listeners_count_routes() {
    let listeners = format!("{HTTP}, {{name: tcp, port: 81, protocol: TCP, hostname: app.avi.internal}}");
    let prediction = predicted(&[CLASS, SERVICE, &gateway("gw", &listeners), &plain_route("red")]);
    assert_eq!(attached(&prediction, "Gateway/red/gw"), [1, 1]);
    assert_eq!(service(&prediction, "gw").listeners.len(), 1);
}

#[test]
fn a_service_that_comes_after_a_route_that_came_before_its_gateway_is_never_found() {
    let (gateway, route) = (gateway("gw", HTTP), plain_route("red"));
    let pools = |documents: &[&str]| {
        let prediction = predicted(documents);
        service(&prediction, "gw").children.values().map(|child| child.pools.len()).sum::<usize>()
    };
    assert_eq!(pools(&[CLASS, &gateway, &route, SERVICE]), 1);
    // The route's own event left it out, so nothing remembers which Services it names.
    assert_eq!(pools(&[CLASS, &route, &gateway, SERVICE]), 0);
}

#[test]
fn a_certificate_that_comes_late_opens_no_port() {
    let https =
        "{name: https, port: 443, protocol: HTTPS, hostname: s.avi.internal, tls: {certificateRefs: [{name: tls}]}}";
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: tls, namespace: red}\n";
    let ports = |documents: &[&str]| {
        let prediction = predicted(documents);
        service(&prediction, "gw").listeners.iter().map(|listener| listener.port).collect::<Vec<_>>()
    };
    let gateway = gateway("gw", &format!("{HTTP}, {https}"));
    assert_eq!(ports(&[CLASS, secret, &gateway]), [80, 443]);
    assert_eq!(ports(&[CLASS, &gateway, secret]), [80]);
}

#[test]
fn dedicated_mode_takes_one_route_without_hosts() {
    let gateway = gateway("gw", "{name: http, port: 80, protocol: HTTP}")
        .replace("namespace: red}", "namespace: red, annotations: {ako.vmware.com/dedicated-gateway-mode: \"true\"}}");
    let first = route("red", "a", &format!("parentRefs: [{{name: gw}}], {TO_WEB}"));
    let second = route("red", "b", &format!("parentRefs: [{{name: gw}}], {TO_WEB}"));
    let prediction = predicted(&[CLASS, SERVICE, &gateway, &first, &second]);
    let service = &prediction.virtual_services["admin/ako-gw-c--red-gw-L7-dedicated-EVH"];
    assert!(service.dedicated && !service.evh_parent);
    assert_eq!((service.pools.len(), service.pool_groups.len()), (1, 1));
    assert_eq!(parents(&prediction, "HTTPRoute/red/b")[0].0, "UnsupportedValue");
}

#[test]
fn two_parents_of_one_name_share_their_hosts() {
    let spec = format!(
        "parentRefs: [{{name: gw, sectionName: a}}, {{name: gw, sectionName: b}}], \
                        hostnames: [a.avi.internal, b.avi.internal], {TO_WEB}"
    );
    let listeners = "{name: a, port: 80, protocol: HTTP, hostname: a.avi.internal}, \
                     {name: b, port: 80, protocol: HTTP, hostname: b.avi.internal}";
    let prediction = predicted(&[CLASS, SERVICE, &gateway("gw", listeners), &route("red", "rt", &spec)]);
    let service = service(&prediction, "gw");
    assert_eq!(service.children.len(), 1);
    assert_eq!(service.vs_vip.as_ref().map(|vip| vip.fqdns.len()), Some(2));
    assert_eq!(attached(&prediction, "Gateway/red/gw"), [1, 1]);
}

#[test]
fn a_backend_of_another_kind_is_dropped_and_a_missing_one_is_not_noticed() {
    let rules =
        "rules: [{backendRefs: [{name: web, port: 80}, {name: x, kind: Bucket, group: a.b}, {name: gone, port: 80}]}]";
    let spec = format!("parentRefs: [{{name: gw}}], hostnames: [app.avi.internal], {rules}");
    let prediction = predicted(&[CLASS, SERVICE, &gateway("gw", HTTP), &route("red", "rt", &spec)]);
    let Some(ObjectStatus::HttpRoute { parents }) = prediction.objects.get("HTTPRoute/red/rt") else { panic!() };
    assert_eq!(parents[0].conditions[1].message, "backendRef x has invalid kind Bucket");
    let child = service(&prediction, "gw").children.values().next().unwrap();
    assert_eq!(child.pools.len(), 1);
}

#[test]
fn a_setting_of_the_namespace_gives_the_se_group_and_never_the_network() {
    let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n\
                   spec: {seGroup: {name: g}, network: {vipNetworks: [{networkName: oam-net}], enableRhi: true}}\n";
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: oam}}\n";
    let (gateway, route) = (gateway("gw", HTTP), plain_route("red"));
    for documents in
        [[setting, namespace, CLASS, SERVICE, &gateway, &route], [namespace, CLASS, SERVICE, &gateway, &route, setting]]
    {
        let prediction = predicted(&documents);
        let service = service(&prediction, "gw");
        assert_eq!((service.se_group.as_str(), service.enable_rhi), ("g", false));
        let vip = service.vs_vip.as_ref().unwrap();
        assert_eq!(vip.networks[0].network_name.as_deref(), Some("net"));
        assert_eq!(service.children.len(), 1);
        assert_eq!(prediction.landings[0].as_intended(), Some(false));
    }
    let later = predicted(&[setting, CLASS, SERVICE, &gateway, &route, namespace]);
    assert_eq!(service(&later, "gw").se_group, "Default-Group");
}

#[test]
fn the_container_is_off_unless_the_values_say_so() {
    let files = [
        SourceFile::new("values.yaml", "AKOSettings: {clusterName: c}\n"),
        SourceFile::new("a.yaml", [CLASS, &gateway("gw", HTTP), &plain_route("red")].join("---\n")),
    ];
    let prediction = predict(&Workspace::new(&files));
    assert!(prediction.virtual_services.is_empty());
    assert!(matches!(&prediction.landings[0].outcome, Outcome::NotServed { reason } if reason.contains("GatewayAPI")));
}
