//! Landings and crashes, told by small workspaces.

use expect_test::{Expect, expect};

use super::moment::Need;
use super::sent::SentNetwork;
use super::{Outcome, predict, predict_fully};
use crate::text::SourceFile;
use crate::workspace::Workspace;

const SEGMENT: &str = "
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: oam}
spec: {seGroup: {name: group10}, network: {vipNetworks: [{networkName: oam-vip, cidr: 10.223.63.0/26}]}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: oam}
spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oam}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: gw, namespace: red}
spec:
  gatewayClassName: oam
  listeners:
  - {port: 161, protocol: UDP, routes: {kind: Service, selector: &own {matchLabels: {ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}
  - {port: 443, protocol: TCP, routes: {kind: Service, selector: *own}}
";

fn service(name: &str, ports: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: red, \
         labels: {{ako.vmware.com/gateway-name: gw, ako.vmware.com/gateway-namespace: red}}}}\nspec: {{ports: {ports}}}\n"
    )
}

fn load_balancer(name: &str, annotations: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: red, annotations: {annotations}}}\n\
         spec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
    )
}

fn ingress(class: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: web, namespace: red}}\n\
         spec: {{ingressClassName: {class}, rules: [{{host: web.example.com, http: {{paths: []}}}}]}}\n"
    )
}

fn ingress_class(parameters: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: avi}}\n\
         spec: {{controller: ako.vmware.com/avi-lb, parameters: {parameters}}}\n"
    )
}

fn workspace(texts: &[&str]) -> Workspace {
    Workspace::new(&[SourceFile::new("a.yaml", texts.concat())])
}

#[allow(clippy::needless_pass_by_value, reason = "expectations are written in place")]
fn landings(texts: &[&str], expected: Expect) {
    let prediction = predict(&workspace(texts));
    let lines: Vec<String> = prediction.landings.iter().map(ToString::to_string).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn the_service_port_is_compared_not_its_target_port() {
    let ports = "[{port: 8443, targetPort: 443}, {port: 161, protocol: UDP}]";
    landings(
        &[SEGMENT, &service("web", ports)],
        expect![[r"
        red/web TCP/8443 → not served: no listener of Gateway `red/gw` has TCP/8443 (it has UDP/161, TCP/443); AKO compares the Service's port, not its targetPort
        red/web UDP/161 → oam-vip 10.223.63.0/26 (SE group group10)
    "]],
    );
}

#[test]
fn two_services_on_one_listener_are_both_lost() {
    landings(
        &[SEGMENT, &service("a", "[{port: 443}]"), &service("b", "[{port: 443}]")],
        expect![[r"
        red/a TCP/443 → not served: `red/a` and `red/b` claim TCP/443 of Gateway `red/gw`; AKO then serves none of them
        red/b TCP/443 → not served: `red/a` and `red/b` claim TCP/443 of Gateway `red/gw`; AKO then serves none of them
    "]],
    );
}

#[test]
fn a_missing_setting_means_the_global_network_on_layer_4_and_nothing_on_layer_7() {
    let class = ingress_class("{apiGroup: ako.vmware.com, kind: AviInfraSetting, name: trf}");
    let annotated = load_balancer("lb", "{aviinfrasetting.ako.vmware.com/name: sigtran}");
    landings(
        &[&annotated, &class, &ingress("avi")],
        expect![[r"
        red/lb TCP/80 → global network (not known), not sigtran: `sigtran` is not defined
        red/web web.example.com → not served: `trf` is not defined; AKO does not program an Ingress whose AviInfraSetting it cannot use
    "]],
    );
}

#[test]
fn a_namespace_setting_moves_the_hosts_of_other_namespaces() {
    let namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: oam}}\n";
    let values = "AKOSettings: {clusterName: c}\nNetworkSettings: {vipNetworkList: [{networkName: global}]}\n---";
    let setting = SEGMENT.split("---").next().unwrap_or_default();
    let class = "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: avi}\n\
                 spec: {controller: ako.vmware.com/avi-lb}\n";
    let other = ingress("avi").replace("namespace: red", "namespace: blue");
    landings(
        &[values, setting, namespace, class, &other, &ingress("avi")],
        expect![[r"
        blue/web web.example.com → oam-vip 10.223.63.0/26 (SE group group10)
        red/web web.example.com → oam-vip 10.223.63.0/26 (SE group group10)
    "]],
    );
}

#[test]
fn what_is_outside_the_project_is_not_missing() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  external:\n  \
                    - {kind: AviInfraSetting, name: sigtran}\n  - {kind: IngressClass, name: avi}\n  \
                    - {kind: Gateway, namespace: red, name: gw}\n";
    let annotated = load_balancer("lb", "{aviinfrasetting.ako.vmware.com/name: sigtran}");
    let texts = [settings, &annotated, &service("web", "[{port: 443}]"), &ingress("avi")];
    let prediction = predict(&workspace(&texts));
    let intended: Vec<_> = prediction.landings.iter().map(super::Landing::as_intended).collect();
    assert_eq!(intended, [Some(true), None, None]);
    landings(
        &texts,
        expect![[r"
        red/lb TCP/80 → network (not known)
        red/web TCP/443 → some network (not known)
        red/web web.example.com → some network (not known)
    "]],
    );
}

#[test]
fn an_intent_is_compared_with_the_landing() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  intents:\n  \
                    - {kind: Service, namespace: red, name: lb, segment: oam}\n";
    landings(
        &[settings, &load_balancer("lb", "{}")],
        expect![[r"
        red/lb TCP/80 → global network (not known), not oam
    "]],
    );
}

#[test]
fn a_crash_takes_everything_down() {
    let class = ingress_class("{kind: ConfigMap, name: x}");
    let prediction = predict(&workspace(&[SEGMENT, &service("web", "[{port: 443}]"), &class]));
    let crash = prediction.crash.expect("AKO dies on parameters without a group");
    assert_eq!((crash.object.as_str(), crash.source.as_str()), ("IngressClass/avi", "internal/k8s/ako_init.go:669"));
    assert!(prediction.objects.is_empty() && prediction.virtual_services.is_empty());
    assert!(matches!(prediction.landings[0].outcome, Outcome::NotServed { .. }));
}

#[test]
fn an_unmasked_ipv6_range_crashes_only_when_a_vip_is_built_from_it() {
    let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: v6}\n\
                   spec: {network: {vipNetworks: [{networkName: a, v6cidr: '2001:db8::'}]}}\n";
    assert!(predict(&workspace(&[setting])).crash.is_none());
    let used = load_balancer("lb", "{aviinfrasetting.ako.vmware.com/name: v6}");
    assert!(predict(&workspace(&[setting, &used])).crash.is_some());
}

#[test]
fn a_namespace_setting_with_services_api_crashes_at_the_next_start() {
    let namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: red, annotations: \
                     {aviinfrasetting.ako.vmware.com/name: oam}}\n---";
    let after = predict(&workspace(&[SEGMENT, namespace]));
    assert!(after.crash.is_none() && after.crash_at_restart.is_some());
    let before = predict(&workspace(&[namespace, SEGMENT]));
    assert!(before.crash.is_some());
}

#[test]
fn shared_vips_must_agree_on_address_and_setting() {
    let a = load_balancer("a", "{ako.vmware.com/enable-shared-vip: k}");
    let b = load_balancer("b", "{ako.vmware.com/enable-shared-vip: k, ako.vmware.com/load-balancer-ip: 10.0.0.9}");
    landings(
        &[&a, &b],
        expect![[r"
        red/a TCP/80 → not served: `b` and `a` on one shared VIP ask for different addresses (`10.0.0.9`, none); AKO then deletes the whole virtual service
        red/b TCP/80 → not served: `b` and `a` on one shared VIP ask for different addresses (`10.0.0.9`, none); AKO then deletes the whole virtual service
    "]],
    );
}

/// What each shared VIP disagrees about, whether always, and whether it is deleted at first and after a restart.
fn disagreements(services: &[&str]) -> Vec<String> {
    let prediction = predict_fully(&workspace(services));
    let is_deleted = prediction.virtual_services.is_empty();
    let restarted = prediction.after_restart.and_then(|after| after.virtual_services);
    let is_gone = restarted.map_or(is_deleted, |services| services.is_empty());
    let text = |is: bool| if is { "gone" } else { "there" };
    let state = format!("{}, then {}", text(is_deleted), text(is_gone));
    let about = prediction.disagreements.iter();
    about.map(|about| format!("{:?} {}: {state}", about.about, about.always)).chain([state.clone()]).collect()
}

#[test]
fn what_members_of_a_shared_vip_disagree_about() {
    let shared =
        |name: &str, more: &str| load_balancer(name, &format!("{{ako.vmware.com/enable-shared-vip: k{more}}}"));
    let plain = shared("plain", "");
    let (nine, ten) = (
        shared("nine", ", ako.vmware.com/load-balancer-ip: 10.0.0.9"),
        shared("ten", ", ako.vmware.com/load-balancer-ip: 10.0.0.10"),
    );
    let also_nine = shared("also", "").replace("spec: {", "spec: {loadBalancerIP: 10.0.0.9, ");
    let (set, ruled) =
        (shared("set", ", aviinfrasetting.ako.vmware.com/name: a"), shared("ruled", ", ako.vmware.com/l4rule: a"));
    let foreign = shared("foreign", "").replace("spec: {", "spec: {loadBalancerClass: other.example/lb, ");
    let agree = ["there, then there"];
    assert_eq!(disagreements(&[&nine, &also_nine]), agree);
    assert_eq!(disagreements(&[&foreign]), ["gone, then gone"], "no Service of AKO's");
    let empty = shared("empty", ", aviinfrasetting.ako.vmware.com/name: '', ako.vmware.com/l4rule: ''");
    assert_eq!(disagreements(&[&plain, &empty]), agree, "empty counts as absent");
    // An address on some of them: as long as AKO sees one of those first.
    let gone = ["Address false: gone, then gone", "gone, then gone"];
    let flips = ["Address false: there, then gone", "there, then gone"];
    assert_eq!(disagreements(&[&nine, &plain]), flips);
    assert_eq!(disagreements(&[&also_nine, &plain, &nine]), flips);
    assert_eq!(disagreements(&[&plain, &nine]), gone);
    // All else ends the same way in every order.
    for (one, other, about) in
        [(&nine, &ten, "Address"), (&set, &plain, "Setting"), (&ruled, &plain, "Rule"), (&foreign, &plain, "Class")]
    {
        let expected = [format!("{about} true: gone, then gone"), "gone, then gone".to_owned()];
        assert_eq!(disagreements(&[one, other]), expected);
        assert_eq!(disagreements(&[other, one]), expected);
    }
}

#[test]
fn what_older_akos_do_not_compare() {
    let shared =
        |name: &str, more: &str| load_balancer(name, &format!("{{ako.vmware.com/enable-shared-vip: k{more}}}"));
    let ako = |version: &str| {
        format!(
            "---\napiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nmetadata: {{name: a}}\nspec: {{akoVersion: {version}}}\n"
        )
    };
    let (plain, ruled) = (shared("plain", ""), shared("ruled", ", ako.vmware.com/l4rule: a"));
    let addressed = shared("addressed", ", ako.vmware.com/load-balancer-ip: 10.0.0.9");
    assert_eq!(disagreements(&[&plain, &ruled, &ako("1.9.1")]), ["there, then there"]);
    assert_eq!(disagreements(&[&plain, &addressed, &ako("1.8.1")]), ["there, then there"]);
    assert_eq!(disagreements(&[&plain, &ruled, &ako("1.10.1")])[0], "Rule true: gone, then gone");
}

#[test]
fn an_empty_key_shares_nothing() {
    let prediction = predict(&workspace(&[&load_balancer("a", "{ako.vmware.com/enable-shared-vip: ''}")]));
    assert_eq!(prediction.virtual_services.keys().collect::<Vec<_>>(), ["admin/my-cluster--red-a"]);
}

#[test]
fn an_l4_rule_is_an_assumption_only_where_one_is_named() {
    let about = |annotations: &str| {
        let prediction = predict(&workspace(&[&load_balancer("a", annotations)]));
        prediction.assumptions.into_iter().any(|assumption| assumption.about == "L4Rule")
    };
    assert!(about("{ako.vmware.com/l4rule: r}"));
    assert!(!about("{ako.vmware.com/l4rule: ''}"));
    assert!(!about("{}"));
}

#[test]
fn what_comes_before_its_setting_is_built_from_global_values() {
    let values = |services_api| {
        format!(
            "AKOSettings: {{servicesAPI: {services_api}}}\nNetworkSettings: {{vipNetworkList: [{{networkName: global, cidr: 10.1.0.0/24}}]}}\n"
        )
    };
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: late}}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n";
    let setting = "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: late}\nspec: {network: {vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]}}\n";
    let sent = |texts: [&str; 3]| predict(&workspace(&texts)).sent.vs_vips["my-cluster--red-web"].networks[0].clone();
    let network = |name: &str, subnet: Option<&str>| SentNetwork {
        network: name.to_owned(),
        subnet: subnet.map(str::to_owned),
        subnet6: None,
    };
    let (with, without) = (values(true), values(false));
    assert_eq!(sent([&without, setting, service]), network("own", Some("10.2.0.0/24")));
    // It moves, and the subnet stays behind.
    assert_eq!(sent([&without, service, setting]), network("own", None));
    // With the services API, no event of a setting reaches a Service.
    assert_eq!(sent([&with, service, setting]), network("global", Some("10.1.0.0/24")));
}

/// The settings document of a version.
fn version(number: &str) -> String {
    format!("---\napiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {{akoVersion: {number}}}\n")
}

#[test]
fn an_older_ako_does_without_what_came_later() {
    let namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: oam}}\n";
    let one = load_balancer("one", "{ako.vmware.com/load-balancer-ip: 10.0.0.9}");
    let segment = SEGMENT.split("---").next().unwrap();
    let of = |number: &str| {
        let workspace = workspace(&[segment, namespace, &one, &version(number)]);
        predict(&workspace).virtual_services["admin/my-cluster--red-one"].vs_vip.clone().unwrap()
    };
    let (new, old, older) = (of("1.11.1"), of("1.10.5"), of("1.8.2"));
    assert_eq!(new.networks[0].network_name.as_deref(), Some("oam-vip"));
    assert!(old.networks.is_empty(), "no setting by namespace before 1.11.1: {old:?}");
    assert_eq!((new.static_ip.as_str(), old.static_ip.as_str()), ("10.0.0.9", "10.0.0.9"));
    assert_eq!(older.static_ip, "", "no address by annotation before 1.9.1");
}

#[test]
fn before_1_6_gateways_take_load_balancer_services_and_their_pools_name_no_protocol() {
    let service = service("snmp", "[{port: 161, protocol: UDP}]").replace("spec: {", "spec: {type: LoadBalancer, ");
    let of = |number: &str| predict(&workspace(&[SEGMENT, &service, &version(number)])).virtual_services;
    let (new, old) = (of("2.2.1"), of("1.5.1"));
    assert!(new.contains_key("admin/my-cluster--red-snmp"));
    assert!(!old.contains_key("admin/my-cluster--red-snmp"));
    let pools: Vec<&String> = old["admin/my-cluster--red-gw"].pools.keys().collect();
    assert_eq!(pools, ["my-cluster--red-snmp-gw--161"]);
}

#[test]
fn an_older_ako_knows_no_load_balancer_class() {
    let service = load_balancer("one", "{}")
        .replace("type: LoadBalancer", "type: LoadBalancer, loadBalancerClass: other.example/lb");
    let of = |number: &str| predict(&workspace(&[&service, &version(number)])).virtual_services.len();
    assert_eq!((of("2.2.1"), of("1.11.5")), (0, 1));
}

#[test]
fn what_comes_too_late_is_told_only_where_it_matters() {
    let needs = |texts: &[&str]| {
        let late = predict(&workspace(texts)).late;
        late.into_iter().map(|late| (late.need, late.early, late.late)).collect::<Vec<_>>()
    };
    let class = "---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: avi}\nspec: {controller: ako.vmware.com/avi-lb}\n";
    let ingress = "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: red}\nspec: {ingressClassName: avi, rules: [{host: a.example.com, http: {paths: [{path: /}]}}]}\n";
    assert_eq!(needs(&[ingress, class]), [(Need::IngressClass, 0, 1)]);
    assert_eq!(needs(&[class, ingress]), []);
    let web = load_balancer("web", "{aviinfrasetting.ako.vmware.com/name: late}");
    let setting = |network: &str| {
        format!(
            "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: late}}\nspec: {{{network}}}\n"
        )
    };
    let (own, group) =
        (setting("network: {vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]}"), setting("seGroup: {name: g}"));
    assert_eq!(needs(&[&web, &own]), [(Need::Setting, 0, 1)]);
    assert_eq!(needs(&[&own, &web]), []);
    // The SE group follows without loss.
    assert_eq!(needs(&[&web, &group]), []);
    let plain = load_balancer("web", "{}");
    let namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: red, annotations: {aviinfrasetting.ako.vmware.com/name: late}}\n";
    assert_eq!(needs(&[&own, &plain, namespace]), [(Need::Namespace, 1, 2)]);
}

#[test]
fn an_unmasked_range_kills_ako_only_where_a_vip_is_created_from_it() {
    let setting = "---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: six}\nspec: {network: {vipNetworks: [{networkName: net, v6cidr: '2001:db8::'}]}}\n";
    let service = load_balancer("web", "{aviinfrasetting.ako.vmware.com/name: six}");
    assert!(predict(&workspace(&[setting, &service])).crash.is_some());
    // The VIP is there already and is moved; the next start creates it anew.
    let moved = predict(&workspace(&[&service, setting]));
    assert!(moved.crash.is_none() && moved.crash_at_restart.is_some());
    assert!(predict_fully(&workspace(&[&service, setting])).after_restart.unwrap().crash.is_some());
}
