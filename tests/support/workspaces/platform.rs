//! What a platform team owns: segments, classes, namespaces, AKO's values, the settings of akoplan.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::{Plan, texts};

/// The objects without a namespace, and some of the kinds that akoplan does not know.
pub fn objects(plan: &Plan, dice: &mut Dice) -> Vec<Value> {
    let mut objects = Vec::new();
    for (at, setting) in plan.settings.iter().enumerate() {
        objects.push(infra_setting(at, setting, dice));
        objects.push(json!({
            "apiVersion": "networking.x-k8s.io/v1alpha1",
            "kind": "GatewayClass",
            "metadata": metadata(setting, None, dice),
            "spec": {
                "controller": "ako.vmware.com/avi-lb",
                "parametersRef": {"group": "ako.vmware.com", "kind": "AviInfraSetting", "name": setting},
            },
        }));
        objects.push(json!({
            "apiVersion": "networking.k8s.io/v1",
            "kind": "IngressClass",
            "metadata": metadata(setting, None, dice),
            "spec": {
                "controller": "ako.vmware.com/avi-lb",
                "parameters": {"apiGroup": "ako.vmware.com", "kind": "AviInfraSetting", "name": setting},
            },
        }));
    }
    if dice.once_in(3) {
        objects.push(json!({
            "apiVersion": "gateway.networking.k8s.io/v1",
            "kind": "GatewayClass",
            "metadata": {"name": "avi-lb"},
            "spec": {"controllerName": "ako.vmware.com/avi-lb"},
        }));
    }
    if dice.once_in(3) {
        objects.push(json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRole",
            "metadata": metadata("reader", None, dice),
            "rules": [{"apiGroups": ["", "*"], "resources": ["*"], "verbs": ["get", "list"]}],
        }));
    }
    for namespace in &plan.namespaces {
        if dice.once_in(4) {
            continue;
        }
        let mut metadata = metadata(namespace, None, dice);
        if dice.once_in(4) {
            let setting = dice.of(&plan.settings).clone();
            metadata["annotations"]["aviinfrasetting.ako.vmware.com/name"] = Value::from(setting);
        }
        objects.push(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}));
    }
    objects
}

fn infra_setting(at: usize, name: &str, dice: &mut Dice) -> Value {
    const NETWORKS: [&str; 8] = ["VM Network", "1_000", "yes", "0x1F", "net: a", "#4", "vlan-0123", "{{ oam }}"];
    let mut spec = json!({
        "seGroup": {"name": if dice.once_in(4) { texts::name(dice, "group", at) } else { format!("group-{at}") }},
        "network": {
            "vipNetworks": [{
                "networkName": format!("{}{}", dice.of(&NETWORKS), if dice.once_in(2) { "" } else { " vip" }),
                "cidr": format!("10.22{at}.0.0/2{}", dice.between(4, 6)),
            }],
            "enableRhi": dice.once_in(2),
        },
    });
    if spec["network"]["enableRhi"] == true && dice.once_in(2) {
        spec["network"]["bgpPeerLabels"] = json!(["on", "1e3", texts::any(dice)]);
    }
    if dice.once_in(4) {
        spec["network"]["vipNetworks"][0]["v6cidr"] = json!(format!("2001:db8:{at}::/64"));
    }
    if dice.once_in(3) {
        spec["l7Settings"] = json!({"shardSize": dice.of(&["SMALL", "MEDIUM", "LARGE", "DEDICATED"])});
    }
    json!({
        "apiVersion": "ako.vmware.com/v1beta1",
        "kind": "AviInfraSetting",
        "metadata": metadata(name, None, dice),
        "spec": spec,
    })
}

/// Metadata with the labels and annotations that people add.
pub fn metadata(name: &str, namespace: Option<&str>, dice: &mut Dice) -> Value {
    let mut metadata = Map::new();
    metadata.insert("name".to_owned(), json!(name));
    if let Some(namespace) = namespace {
        metadata.insert("namespace".to_owned(), json!(namespace));
    }
    if dice.once_in(3) {
        let mut labels = json!({"app.kubernetes.io/version": texts::label(dice)});
        if dice.once_in(2) {
            labels["on"] = json!(texts::label(dice));
            labels["example.com/0123"] = json!(texts::label(dice));
        }
        metadata.insert("labels".to_owned(), labels);
    }
    if dice.once_in(2) {
        // Keys like `null` and `0123` are not here: kustomize 5.7.1 drops their quotes and then stumbles over them.
        let annotations = (0..dice.between(1, 4)).map(|at| {
            let key = *dice.of(&["example.com/note", "y", "on", "example.com/0123", "off", "team"]);
            (if at == 0 { key.to_owned() } else { format!("{key}.{at}") }, Value::from(texts::any(dice)))
        });
        let annotations: Map<String, Value> = annotations.collect();
        metadata.insert("annotations".to_owned(), Value::Object(annotations));
    }
    Value::Object(metadata)
}

/// AKO's values, as far as they matter.
pub fn ako_values(dice: &mut Dice) -> Value {
    let mut values = json!({
        "AKOSettings": {"clusterName": *dice.of(&["tkg-wkld", "0123", "on"]), "servicesAPI": !dice.once_in(6)},
        "NetworkSettings": {"vipNetworkList": [{"networkName": "global vip", "cidr": "10.99.0.0/24"}]},
        "ControllerSettings": {"serviceEngineGroupName": "Default-Group"},
    });
    if dice.once_in(3) {
        values["L7Settings"] = json!({"shardVSSize": "SMALL", "noPGForSNI": false});
    }
    values
}

/// The ConfigMap that the helm release of AKO's chart makes of its values, as people bring it along.
pub fn ako_config_map(dice: &mut Dice) -> Value {
    let mut metadata = metadata("avi-k8s-config", Some("avi-system"), dice);
    metadata["labels"]["app.kubernetes.io/managed-by"] = Value::from("Helm");
    json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata,
        "data": {
            "clusterName": *dice.of(&["tkg-wkld", "0123", "on"]),
            "servicesAPI": "true",
            "serviceEngineGroupName": "Default-Group",
            "vipNetworkList": r#"[{"networkName":"global vip","cidr":"10.99.0.0/24"}]"#,
        },
    })
}

/// What the manifests cannot say.
pub fn project(plan: &Plan) -> Value {
    let intents = plan.namespaces.iter().enumerate().map(|(at, namespace)| {
        json!({"kind": "Gateway", "namespace": namespace, "name": format!("gateway-{at}"), "segment": plan.settings[0]})
    });
    json!({
        "apiVersion": "akoplan/v1alpha1",
        "kind": "AkoplanSettings",
        "metadata": {"name": "generated"},
        "spec": {"akoVersion": "2.2.1", "intents": intents.collect::<Vec<_>>()},
    })
}
