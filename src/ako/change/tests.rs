//! Changes under a running AKO, told by small workspaces.

use super::predict_change;
use crate::ako::sent::SentNetwork;
use crate::ako::{ObjectStatus, Prediction};
use crate::text::SourceFile;
use crate::workspace::Workspace;

const GLOBAL: &str = "NetworkSettings: {vipNetworkList: [{networkName: global, cidr: 10.1.0.0/24}]}\n";

fn workspace(texts: &[&str]) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", texts.join("---\n"))])
}

fn change(values: &str, old: &[&str], new: &[&str]) -> Prediction {
    let new: Vec<&str> = [values].into_iter().chain(new.iter().copied()).collect();
    predict_change(&workspace(old), &workspace(&new))
}

fn setting(network: &str) -> String {
    format!(
        "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: seg}}\nspec: {{network: {{{network}}}}}\n"
    )
}

fn service(annotations: &str, port: u16) -> String {
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: red, annotations: {annotations}}}\nspec: {{type: LoadBalancer, ports: [{{port: {port}}}]}}\n"
    )
}

const SEG: &str = "{aviinfrasetting.ako.vmware.com/name: seg}";

fn network(prediction: &Prediction) -> &SentNetwork {
    &prediction.sent.vs_vips["my-cluster--red-web"].networks[0]
}

fn named(name: &str, subnet: Option<&str>) -> SentNetwork {
    SentNetwork { network: name.to_owned(), subnet: subnet.map(str::to_owned), subnet6: None }
}

#[test]
fn another_range_of_the_same_network_never_reaches_avi() {
    let old = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]");
    let new = setting("vipNetworks: [{networkName: own, cidr: 10.3.0.0/24}]");
    let web = service(SEG, 80);
    let prediction = change(GLOBAL, &[&old, &web], &[&new, &web]);
    assert_eq!(*network(&prediction), named("own", Some("10.2.0.0/24")));
    let wanted = prediction.virtual_services["admin/my-cluster--red-web"].vs_vip.as_ref().unwrap();
    assert_eq!(wanted.networks[0].cidr.as_deref(), Some("10.3.0.0/24"));
    let restarted = prediction.after_restart.unwrap().sent.unwrap();
    assert_eq!(restarted.vs_vips["my-cluster--red-web"].networks[0], named("own", Some("10.3.0.0/24")));
}

#[test]
fn a_deleted_setting_moves_layer_4_to_the_global_network() {
    let old = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]");
    let web = service(SEG, 80);
    assert_eq!(*network(&change(GLOBAL, &[&old, &web], &[&web])), named("global", None));
    // With the services API, no event of a setting reaches a Service.
    let values = format!("AKOSettings: {{servicesAPI: true}}\n{GLOBAL}");
    assert_eq!(*network(&change(&values, &[&old, &web], &[&web])), named("own", Some("10.2.0.0/24")));
}

#[test]
fn labels_that_come_with_rhi_hold_the_move_back() {
    let old = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]");
    let new = setting("vipNetworks: [{networkName: other}], enableRhi: true, bgpPeerLabels: [p]");
    let web = service(SEG, 80);
    assert_eq!(*network(&change(GLOBAL, &[&old, &web], &[&new, &web])), named("own", Some("10.2.0.0/24")));
    let rhi = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}], enableRhi: true");
    assert_eq!(*network(&change(GLOBAL, &[&rhi, &web], &[&new, &web])), named("other", None));
}

#[test]
fn a_namespace_annotation_is_no_event() {
    let own = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]");
    let namespace = |annotations: &str| {
        format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: red, annotations: {annotations}}}\n")
    };
    let (plain, annotated) = (namespace("{}"), namespace(SEG));
    let (web, other_port) = (service("{}", 80), service("{}", 81));
    let kept = change(GLOBAL, &[&own, &plain, &web], &[&own, &annotated, &web]);
    assert_eq!(*network(&kept), named("global", Some("10.1.0.0/24")));
    assert_eq!(
        kept.landings[0].to_string(),
        "red/web TCP/80 → global global 10.1.0.0/24 (SE group Default-Group), not seg: no event of this change makes AKO look again, so it stays as it was until AKO restarts"
    );
    let touched = change(GLOBAL, &[&own, &plain, &web], &[&own, &annotated, &other_port]);
    assert_eq!(*network(&touched), named("own", None));
    // With the services API, deleting the setting is an event, and AKO does not survive it.
    let values = format!("AKOSettings: {{servicesAPI: true}}\n{GLOBAL}");
    assert!(change(&values, &[&own, &annotated], &[&annotated]).crash.is_some());
}

#[test]
fn an_address_in_a_status_stays_where_only_the_vip_changes() {
    let with = |address: &str, port| service(&format!("{{ako.vmware.com/load-balancer-ip: {address}}}"), port);
    let status = |prediction: &Prediction| match &prediction.objects["Service/red/web"] {
        ObjectStatus::LoadBalancer { ingress } => ingress[0].ip.clone(),
        other => panic!("{other:?}"),
    };
    let old = with("10.1.0.7", 80);
    assert_eq!(status(&change(GLOBAL, &[&old], &[&with("10.1.0.8", 80)])), "10.1.0.7");
    assert_eq!(status(&change(GLOBAL, &[&old], &[&with("10.1.0.8", 81)])), "10.1.0.8");
}

#[test]
fn an_ingress_that_was_passed_over_wakes_by_its_own_events_only() {
    let class = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: avi}\nspec: {controller: ako.vmware.com/avi-lb}\n";
    let ingress = |path: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: web, namespace: red}}\nspec: {{ingressClassName: avi, rules: [{{host: a.example.com, http: {{paths: [{{path: {path}, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}\n"
        )
    };
    let (old, new) = (ingress("/"), ingress("/new"));
    let asleep = change(GLOBAL, &[&old], &[&old, class]);
    assert!(asleep.virtual_services.is_empty());
    assert!(asleep.after_restart.is_some_and(|after| after.virtual_services.is_some()));
    assert_eq!(change(GLOBAL, &[&old], &[class, &new]).virtual_services.len(), 1);
    // A shared virtual service outlives its last host.
    let emptied = change(GLOBAL, &[class, &old], &[class]);
    assert!(emptied.virtual_services.values().all(|service| service.pools.is_empty()));
    assert_eq!(emptied.virtual_services.len(), 1);
}

#[test]
fn a_changed_member_of_a_shared_vip_is_no_longer_the_first() {
    let key = "ako.vmware.com/enable-shared-vip: k";
    let first = |port| service(&format!("{{{key}, ako.vmware.com/load-balancer-ip: 10.1.0.7}}"), port);
    let second = |port| service(&format!("{{{key}}}"), port).replace("name: web,", "name: second,");
    let served = |prediction: &Prediction| prediction.virtual_services.len() == 1;
    assert!(served(&change(GLOBAL, &[&first(80), &second(81)], &[&first(80), &second(82)])));
    assert!(!served(&change(GLOBAL, &[&first(80), &second(81)], &[&first(90), &second(81)])));
    // A new member comes last, wherever its document stands.
    assert!(served(&change(GLOBAL, &[&first(80)], &[&second(81), &first(80)])));
}

#[test]
fn nothing_changed_is_nothing_new() {
    let own = setting("vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]");
    let web = service(SEG, 80);
    let before = super::super::predict(&workspace(&[GLOBAL, &own, &web]));
    let after = change(GLOBAL, &[&own, &web], &[&own, &web]);
    assert_eq!((before.objects, before.virtual_services), (after.objects, after.virtual_services));
    assert_eq!((before.sent, None), (after.sent, after.after_restart));
}
