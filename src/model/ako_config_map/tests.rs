//! What is read from the ConfigMap, where it stands, and what a change of it changes.

use crate::analysis::analyse;
use crate::command::Command;
use crate::edit::Value;
use crate::singleton::Singleton;
use crate::syntax::FieldPath;
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// As `kubectl get configmap -o yaml` prints it, with a block in it as helm writes it.
const CONFIG_MAP: &str = r#"apiVersion: v1
data:
  apiServerPort: "8080"
  autoFQDN: flat # kept
  blockedNamespaceList: '["kube-system","secret"]'
  bgpPeerLabels: '[]'
  clusterName: tkg-wkld
  defaultDomain: ""
  defaultLBController: "false"
  deleteConfig: "false"
  enableRHI: "true"
  nsSyncLabelKey: app
  nsSyncLabelValue: red
  serviceEngineGroupName: wkld-group
  serviceType: NodePortLocal
  servicesAPI: "true"
  vipNetworkList: |-
    [{"cidr":"10.223.62.0/26","networkName":"wkld-vip"}]
kind: ConfigMap
metadata:
  name: avi-k8s-config
  namespace: avi-system
  resourceVersion: "4711"
"#;

fn workspace(text: &str) -> Workspace {
    Workspace::new(&[SourceFile::new("config.yaml", text)])
}

fn after(command: &Command) -> String {
    command.apply(&workspace(CONFIG_MAP)).unwrap().file("config.yaml").unwrap().source.text.to_string()
}

fn codes(text: &str) -> Vec<&'static str> {
    analyse(&workspace(text)).findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn all_is_read_as_values() {
    let workspace = workspace(CONFIG_MAP);
    let (object, values) = workspace.values().unwrap();
    assert_eq!(workspace.key(object), "ConfigMap/avi-system/avi-k8s-config");
    assert_eq!(object.issues(), []);
    assert_eq!(values.ako_settings.cluster_name.as_deref(), Some("tkg-wkld"));
    assert_eq!(values.ako_settings.blocked_namespace_list, ["kube-system", "secret"]);
    assert_eq!(values.ako_settings.namespace_selector.label_value.as_deref(), Some("red"));
    assert!(values.ako_settings.services_api.unwrap().0 && values.network_settings.enable_rhi.unwrap().0);
    assert!(!values.l4_settings.default_lb_controller.unwrap().0);
    assert_eq!(values.l4_settings.auto_fqdn.as_deref(), Some("flat"));
    assert_eq!(values.l7_settings.service_type.as_deref(), Some("NodePortLocal"));
    let network = &values.network_settings.vip_network_list[0];
    assert_eq!((network.network_name.as_deref(), network.cidr.as_deref()), (Some("wkld-vip"), Some("10.223.62.0/26")));
    assert_eq!(values.controller_settings.service_engine_group_name.as_deref(), Some("wkld-group"));
    assert!(codes(CONFIG_MAP).is_empty(), "{:?}", codes(CONFIG_MAP));
}

#[test]
fn every_value_has_its_place() {
    let workspace = workspace(CONFIG_MAP);
    let (object, _) = workspace.values().unwrap();
    let shown = |path: &str| object.span(path).slice(CONFIG_MAP);
    assert_eq!(shown("AKOSettings.clusterName"), "tkg-wkld");
    assert_eq!(shown("L4Settings.defaultLBController"), "\"false\"");
    assert_eq!(shown("NetworkSettings.vipNetworkList[0].networkName"), "\"wkld-vip\"");
    assert_eq!(shown("NetworkSettings.vipNetworkList"), "vipNetworkList");
    assert_eq!(shown("AKOSettings.blockedNamespaceList[1]"), "\"secret\"");
    assert_eq!(shown("data.clusterName"), "tkg-wkld");
    assert_eq!(shown("L7Settings.shardVSSize"), "data", "what is not there is shown where it would be");
    assert_eq!(object.text("AKOSettings.servicesAPI"), Some("true"));
    assert!(object.has("NetworkSettings.enableRHI") && !object.has("AKOSettings.layer7Only"));
    // JSON that does not stand there to the letter is shown as a whole.
    let escaped = CONFIG_MAP.replace("'[\"kube-system\",\"secret\"]'", r#""[\"kube-system\",\"secret\"]""#);
    let workspace = Workspace::new(&[SourceFile::new("config.yaml", escaped.as_str())]);
    let (object, _) = workspace.values().unwrap();
    let place = object.span("AKOSettings.blockedNamespaceList[1]");
    assert_eq!(place.slice(&escaped), r#""[\"kube-system\",\"secret\"]""#);
}

#[test]
fn a_change_changes_its_line_only() {
    let workspace = workspace(CONFIG_MAP);
    let of = Singleton::Values;
    let cases: [(&str, Option<Value>, &str, &str); 6] = [
        ("AKOSettings.clusterName", Some("other".into()), "clusterName: tkg-wkld", "clusterName: other"),
        ("AKOSettings.servicesAPI", Some(false.into()), "servicesAPI: \"true\"", "servicesAPI: \"false\""),
        ("L4Settings.autoFQDN", Some("default".into()), "autoFQDN: flat #", "autoFQDN: default #"),
        ("L7Settings.serviceType", None, "serviceType: NodePortLocal", "serviceType: \"\""),
        (
            "NetworkSettings.vipNetworkList[0].cidr",
            Some("10.0.0.0/24".into()),
            "    [{\"cidr\":\"10.223.62.0/26\",",
            "    [{\"cidr\":\"10.0.0.0/24\",",
        ),
        (
            "AKOSettings.blockedNamespaceList[0]",
            Some("other".into()),
            "'[\"kube-system\",\"secret\"]'",
            "'[\"other\",\"secret\"]'",
        ),
    ];
    for (path, value, old, new) in cases {
        assert!(CONFIG_MAP.contains(old), "{old}");
        assert_eq!(after(&of.set(&workspace, path, value)), CONFIG_MAP.replace(old, new), "{path}");
    }
    let added = after(&of.set(&workspace, "L7Settings.shardVSSize", Some("SMALL".into())));
    let line = "    [{\"cidr\":\"10.223.62.0/26\",\"networkName\":\"wkld-vip\"}]\n";
    assert_eq!(added, CONFIG_MAP.replace(line, &format!("{line}  shardVSSize: SMALL\n")));
    let network = serde_json::json!({ "networkName": "second" });
    let more = after(&of.append(&workspace, "NetworkSettings.vipNetworkList", network));
    assert_eq!(more, CONFIG_MAP.replace("\"wkld-vip\"}]", "\"wkld-vip\"},{\"networkName\":\"second\"}]"));
    let none = after(&of.remove_item(&workspace, "NetworkSettings.vipNetworkList", 0));
    assert_eq!(none, CONFIG_MAP.replace("[{\"cidr\":\"10.223.62.0/26\",\"networkName\":\"wkld-vip\"}]", "[]"));
}

#[test]
fn lists_are_changed_like_others() {
    let workspace = workspace(CONFIG_MAP);
    let at = &workspace.values().unwrap().0.address;
    let list = "AKOSettings.blockedNamespaceList";
    let shown = |command: Command| {
        let text = after(&command);
        text.lines().find(|line| line.contains("blockedNamespaceList")).unwrap().trim().to_owned()
    };
    let json = |list: &str| format!("blockedNamespaceList: '{list}'");
    assert_eq!(shown(Command::insert(at, list, 1, "x")), json(r#"["kube-system","x","secret"]"#));
    let moved = Command::Move { at: at.clone(), path: FieldPath::parse(list), from: 1, to: 0 };
    assert_eq!(shown(moved), json(r#"["secret","kube-system"]"#));
    assert_eq!(shown(Command::remove(at, format!("{list}[0]").as_str())), json(r#"["secret"]"#));
    assert_eq!(shown(Command::remove(at, list)), json("[]"));
    assert!(Command::insert(at, list, 9, "x").apply(&workspace).is_err());
    assert_eq!(after(&Command::remove(at, "L7Settings.shardVSSize")), CONFIG_MAP, "what is not there is not made");
    // Other fields are the object's own.
    let labelled = after(&Command::set(at, "metadata.labels.a", "b"));
    assert!(labelled.contains("    a: b\n"), "{labelled}");
    let refused = Command::set(at, "featureGates.GatewayAPI", true).apply(&workspace).unwrap_err();
    assert!(refused.to_string().contains("no key for `featureGates.GatewayAPI`"), "{refused}");
}

#[test]
fn what_does_not_fit_is_told() {
    assert_eq!(codes(&CONFIG_MAP.replace("servicesAPI: \"true\"", "servicesAPI: true")), ["AKP102"]);
    assert_eq!(codes(&CONFIG_MAP.replace("'[\"kube-system\",\"secret\"]'", "kube-system")), ["AKP102"]);
    assert_eq!(codes(&CONFIG_MAP.replace("servicesAPI:", "servicesApi:")), ["AKP106"]);
    assert_eq!(codes(&CONFIG_MAP.replace("autoFQDN:", "somethingElse:")), [""; 0], "other tools may write there, too");
    assert_eq!(codes(&CONFIG_MAP.replace("NodePortLocal", "NodePorts")), ["AKP104"]);
    assert_eq!(codes(&CONFIG_MAP.replace("clusterName: tkg-wkld", "clusterName: ''")), ["AKP223"]);
    assert_eq!(codes(&CONFIG_MAP.replace("  namespace: avi-system\n", "")), ["AKP901"]);
    // Quotes are not taken from what only a text can stand for.
    let analysis = analyse(&workspace(&CONFIG_MAP.replace("servicesAPI: \"true\"", "servicesAPI: \"True\"")));
    assert_eq!(analysis.findings.iter().map(|it| (it.code, it.fixes.len())).collect::<Vec<_>>(), [("AKP102", 0)]);
    // As a plain text the API server reads a number there; quotes mend it.
    let analysis = analyse(&workspace(&CONFIG_MAP.replace("apiServerPort: \"8080\"", "apiServerPort: 8080")));
    assert_eq!(analysis.findings.iter().map(|it| (it.code, it.fixes.len())).collect::<Vec<_>>(), [("AKP102", 1)]);
}

#[test]
fn the_prediction_goes_by_it_and_a_file_beside_it_is_told() {
    const REST: &str = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: app}\n\
                        spec: {type: LoadBalancer, loadBalancerClass: ako.vmware.com/avi-lb, ports: [{port: 80}]}\n";
    let text = CONFIG_MAP.to_owned() + REST;
    let prediction = analyse(&workspace(&text)).prediction;
    let (name, service) = prediction.virtual_services.iter().next().unwrap();
    assert_eq!(name, "admin/tkg-wkld--app-web");
    assert_eq!(
        (service.se_group.as_str(), service.vs_vip.as_ref().unwrap().networks[0].network_name.as_deref()),
        ("wkld-group", Some("wkld-vip"))
    );
    let beside = |values: &str| {
        let files = [SourceFile::new("config.yaml", CONFIG_MAP), SourceFile::new("values.yaml", values)];
        let workspace = Workspace::new(&files);
        assert_eq!(workspace.values().unwrap().1.ako_settings.cluster_name.as_deref(), Some("tkg-wkld"));
        let findings = analyse(&workspace).findings;
        findings
            .iter()
            .map(|finding| format!("{} {} {}", finding.code, finding.file, finding.message))
            .collect::<Vec<_>>()
    };
    let same = "AKP410 values.yaml AKO's values stand in `config.yaml` at line 1, too";
    assert_eq!(beside("AKOSettings: {clusterName: tkg-wkld}\n"), [same]);
    let differing = format!("{same}; they differ in `AKOSettings.clusterName`");
    assert_eq!(beside("AKOSettings: {clusterName: other}\n"), [differing]);
}

#[test]
fn whether_gateway_api_is_on_no_config_map_says() {
    const GATEWAY: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: web, namespace: red}\n\
                           spec: {gatewayClassName: avi-lb, listeners: [{name: http, port: 80, protocol: HTTP}]}\n";
    let with = |values: Option<&str>| {
        let mut files = vec![SourceFile::new("config.yaml", CONFIG_MAP), SourceFile::new("gateway.yaml", GATEWAY)];
        files.extend(values.map(|values| SourceFile::new("values.yaml", values)));
        let analysis = analyse(&Workspace::new(&files));
        let assumed = analysis.prediction.assumptions.iter().any(|it| it.about == "featureGates.GatewayAPI");
        (assumed, analysis.findings.iter().any(|finding| finding.code == "AKP506"))
    };
    assert_eq!(with(None), (true, false));
    assert_eq!(with(Some("featureGates: {GatewayAPI: true}\n")), (false, false));
    assert_eq!(with(Some("featureGates: {GatewayAPI: false}\n")), (false, true));
}

#[test]
fn only_akos_own_config_map_is_meant() {
    let other = |text: &str| workspace(text).values().is_none();
    assert!(other(&CONFIG_MAP.replace("name: avi-k8s-config", "name: other")));
    assert!(other(&CONFIG_MAP.replace("kind: ConfigMap", "kind: Secret")));
    assert!(!other(&CONFIG_MAP.replace("namespace: avi-system", "namespace: tkg-system")));
    let list = CONFIG_MAP.lines().fold("apiVersion: v1\nkind: List\nitems:\n".to_owned(), |list, line| {
        list.clone() + if list.ends_with("items:\n") { "- " } else { "  " } + line + "\n"
    });
    let listed = workspace(&list);
    let (object, values) = listed.values().unwrap();
    assert_eq!(values.ako_settings.cluster_name.as_deref(), Some("tkg-wkld"));
    assert_eq!(object.span("NetworkSettings.vipNetworkList[0].cidr").slice(&list), "\"10.223.62.0/26\"");
    let set = Singleton::Values.set(&listed, "AKOSettings.clusterName", Some("other".into()));
    let text = set.apply(&listed).unwrap().file("config.yaml").unwrap().source.text.to_string();
    assert_eq!(text, list.replace("clusterName: tkg-wkld", "clusterName: other"));
    let empty = workspace("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: avi-k8s-config, namespace: a}\n");
    let set = Singleton::Values.set(&empty, "AKOSettings.servicesAPI", Some(true.into()));
    let text = set.apply(&empty).unwrap().file("config.yaml").unwrap().source.text.to_string();
    assert!(text.ends_with("data:\n  servicesAPI: \"true\"\n"), "{text}");
}
