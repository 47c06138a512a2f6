//! Values with which AKO does not start: it ends, again at each start, and makes nothing of any object.
//!
//! What it sent before stays on the Avi Controller as it is. Judged is what the file writes: of a key that
//! is not there another file or `--set` may know more. Source: AKO 2.2.1 `internal/k8s/ako_init.go`
//! `HandleConfigMap`, `cmd/ako-main/main.go` `InitializeAKC`,
//! `internal/cache/controller_obj_cache.go` `ValidateUserInput`.

use super::cidr_pattern::{takes_v4, takes_v6};
use super::messages::{self, Message};
use super::{Assumption, Crash};
use crate::model::AkoValues;
use crate::workspace::{Object, Workspace};

/// A value that AKO does not take.
#[derive(Debug)]
pub struct Refusal {
    /// What AKO says.
    pub message: &'static Message,
    /// What varies in it.
    pub values: Vec<String>,
    /// The field.
    pub path: String,
    /// Whether it is so in every cloud that the settings leave open.
    pub certain: bool,
}

/// The value in AKO's values on which it ends, if any; AKO tells the last of several, we the first.
#[must_use]
pub fn boot_error(workspace: &Workspace) -> Option<Crash> {
    let (object, values) = workspace.values().filter(|(object, _)| !workspace.unknown().has(object))?;
    let refusal = refusals(workspace, object, values).into_iter().find(|refusal| refusal.certain)?;
    let values: Vec<&str> = refusal.values.iter().map(String::as_str).collect();
    Some(Crash {
        reason: refusal.message.with(&values),
        source: refusal.message.source.to_owned(),
        // The values have no name of their own.
        object: object.address.file.to_string(),
        place: Some(object.place(refusal.path.as_str())),
    })
}

/// What is taken for granted where only one cloud takes the values.
#[must_use]
pub fn assumption(workspace: &Workspace) -> Option<Assumption> {
    let (object, values) = workspace.values()?;
    let refusals = refusals(workspace, object, values);
    let open = refusals.iter().find(|refusal| !refusal.certain)?;
    if refusals.iter().any(|refusal| refusal.certain) {
        return None;
    }
    Some(Assumption {
        about: open.path.clone(),
        sentence: "AKO starts with several global VIP networks, which it does in an AWS cloud only; `spec.avi.cloudType` does not say".to_owned(),
    })
}

/// Every value that AKO does not take.
#[must_use]
pub fn refusals(workspace: &Workspace, object: &Object, values: &AkoValues) -> Vec<Refusal> {
    let cloud = workspace.settings().spec.avi.as_ref().and_then(|avi| avi.cloud_type.as_deref());
    let mut found = Vec::new();
    let mut refuse = |message: &'static Message, path: &str| {
        found.push(Refusal { message, values: Vec::new(), path: path.to_owned(), certain: true });
    };
    let is_empty = |text: &Option<String>| text.as_ref().is_some_and(String::is_empty);
    let is_nsxt = |cloud: &str| cloud == "CLOUD_NSXT";
    let (ako, network) = (&values.ako_settings, &values.network_settings);
    let vpc = ako.vpc_mode.is_some_and(|on| on.0);
    if vpc && cloud.is_some_and(|cloud| !is_nsxt(cloud)) {
        refuse(&messages::VPC_MODE_WITHOUT_NSXT, "AKOSettings.vpcMode");
    }
    let has_router = network.nsxt_t1_lr.as_ref().is_some_and(|router| !router.is_empty());
    if has_router && cloud.is_some_and(|cloud| !is_nsxt(cloud)) {
        refuse(&messages::T1_LR_WITHOUT_NSXT, "NetworkSettings.nsxtT1LR");
    }
    match ako.cluster_name.as_deref() {
        Some("") => refuse(&messages::CLUSTER_NAME_MISSING, "AKOSettings.clusterName"),
        Some(name) if !is_cluster_name(name) => refuse(&messages::CLUSTER_NAME_INVALID, "AKOSettings.clusterName"),
        _ => {}
    }
    if is_empty(&values.controller_settings.cloud_name) {
        refuse(&messages::CLOUD_NAME_MISSING, "ControllerSettings.cloudName");
    }
    if ako.ip_family.as_deref().is_some_and(|family| !matches!(family, "" | "V4" | "V6" | "V4_V6")) && takes_ipv6(cloud)
    {
        refuse(&messages::IP_FAMILY_INVALID, "AKOSettings.ipFamily");
    }
    let is_port_local = values.l7_settings.service_type.as_deref() == Some("NodePortLocal");
    if is_port_local && ako.cni_plugin.as_deref().is_some_and(|plugin| plugin != "antrea") {
        refuse(&messages::NODE_PORT_LOCAL_WITHOUT_ANTREA, "AKOSettings.cniPlugin");
    }
    if let Some(group) = group_of_another_cluster(workspace, values) {
        found.push(Refusal {
            message: &messages::LABELS_OF_ANOTHER_CLUSTER,
            values: vec![group.to_owned(), "…".to_owned()],
            path: "ControllerSettings.serviceEngineGroupName".to_owned(),
            certain: true,
        });
    }
    if !vpc {
        vip_networks(object, values, cloud, &mut found);
    }
    if !network.bgp_peer_labels.is_empty() && network.enable_rhi.is_none_or(|on| !on.0) {
        let labels = format!("[{}]", network.bgp_peer_labels.join(" "));
        found.push(Refusal {
            message: &messages::GLOBAL_BGP_LABELS_WITHOUT_RHI,
            values: vec![labels],
            path: "NetworkSettings.bgpPeerLabels".to_owned(),
            certain: true,
        });
    }
    found
}

/// The global SE group where it is labelled for another cluster
/// (AKO 2.2.1 `internal/cache/controller_obj_cache.go` `validateAndConfigureSeGroup`).
fn group_of_another_cluster<'w>(workspace: &'w Workspace, values: &AkoValues) -> Option<&'w str> {
    let cluster = values.ako_settings.cluster_name.as_deref()?;
    let has_no_routes = values.ako_settings.disable_static_route_sync.is_some_and(|off| off.0)
        || values.l7_settings.service_type.as_deref() == Some("NodePort");
    let name = values.controller_settings.service_engine_group_name.as_deref().unwrap_or("Default-Group");
    let avi = workspace.settings().spec.avi.as_ref().filter(|_| !has_no_routes)?;
    let group = avi.se_groups.iter().find(|group| group.name.as_deref() == Some(name))?;
    group.cluster_label.as_deref().filter(|label| *label != cluster)?;
    group.name.as_deref()
}

fn vip_networks(object: &Object, values: &AkoValues, cloud: Option<&str>, found: &mut Vec<Refusal>) {
    const LIST: &str = "NetworkSettings.vipNetworkList";
    let networks = &values.network_settings.vip_network_list;
    let has_vrf = values.controller_settings.vrf_name.as_ref().is_some_and(|name| !name.is_empty());
    let looks = !has_vrf && values.l7_settings.service_type.as_deref() != Some("NodePort");
    let mut refuse = |message: &'static Message, path: String, certain| {
        found.push(Refusal { message, values: Vec::new(), path, certain });
    };
    if networks.is_empty() && object.has(LIST) {
        refuse(&messages::VIP_NETWORKS_MISSING, LIST.to_owned(), true);
    }
    if networks.len() > 1 && cloud != Some("CLOUD_AWS") {
        refuse(&messages::SEVERAL_VIP_NETWORKS, format!("{LIST}[1]"), cloud.is_some());
    }
    for (index, network) in networks.iter().enumerate() {
        let written = |text: &Option<String>, takes: fn(&str) -> bool| {
            text.as_ref().is_some_and(|text| !text.is_empty() && !takes(text))
        };
        if takes_ipv6(cloud) {
            // Nodes' ports, and a VRF in the values, spare the look at the ranges (`checkAndSetVRFFromNetwork`).
            for (field, text, takes) in
                [("cidr", &network.cidr, takes_v4 as fn(&str) -> bool), ("v6cidr", &network.v6cidr, takes_v6)]
            {
                if looks && written(text, takes) {
                    refuse(&messages::VIP_NETWORKS_INVALID, format!("{LIST}[{index}].{field}"), true);
                }
            }
        } else if network.v6cidr.as_ref().is_some_and(|range| !range.is_empty()) {
            refuse(&messages::V6_CIDR_OUTSIDE_VCENTER, format!("{LIST}[{index}].v6cidr"), true);
        }
    }
}

/// Whether AKO takes a cluster name: `^[a-zA-Z0-9-_]*$`.
#[must_use]
pub fn is_cluster_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// vCenter, NSX-T and no-access, where AKO reads `ipFamily` and looks at the global ranges
/// (AKO 2.2.1 `internal/lib/lib.go` `IsV6EnabledCloud`); vCenter is taken where nothing is said.
fn takes_ipv6(cloud: Option<&str>) -> bool {
    cloud.is_none_or(|cloud| matches!(cloud, "CLOUD_VCENTER" | "CLOUD_NSXT" | "CLOUD_NONE"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ako::{Outcome, predict_fully};
    use crate::text::SourceFile;

    const OBJECTS: &str = "
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red}
spec: {type: LoadBalancer, ports: [{port: 80}]}
";

    fn workspace(cloud: &str, values: &str) -> Workspace {
        let settings = match cloud {
            "" => "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {}\n".to_owned(),
            cloud => {
                format!("apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {{avi: {{cloudType: {cloud}}}}}\n")
            }
        };
        let files = [("akoplan.yaml", settings.as_str()), ("values.yaml", values), ("all.yaml", OBJECTS)];
        Workspace::new(&files.map(|(name, text)| SourceFile::new(name, text)))
    }

    fn error(cloud: &str, values: &str) -> Option<String> {
        boot_error(&workspace(cloud, values)).map(|error| error.reason)
    }

    #[test]
    fn values_that_ako_takes() {
        for values in [
            "AKOSettings: {clusterName: tkg_wkld-1}",
            // Its length is not checked, whatever the message says.
            "AKOSettings: {clusterName: cccccccccccccccccccccccccccccccccccccccccccccccccc}",
            "AKOSettings: {ipFamily: V6}",
            "AKOSettings: {ipFamily: ''}",
            "AKOSettings: {ipFamily: V4_V6}",
            "NetworkSettings: {enableRHI: true, bgpPeerLabels: [a]}",
            "NetworkSettings: {vipNetworkList: [{networkName: one, cidr: 10.0.0.0/8, v6cidr: '2001:db8::/64'}]}",
            "AKOSettings: {vpcMode: true}\nNetworkSettings: {vipNetworkList: []}",
            "L7Settings: {serviceType: NodePortLocal}",
            "L7Settings: {serviceType: NodePort}\nNetworkSettings: {vipNetworkList: [{networkName: one, cidr: x}]}",
        ] {
            assert_eq!(error("", values), None, "{values}");
        }
        assert_eq!(error("CLOUD_AWS", "NetworkSettings: {vipNetworkList: [{networkName: a}, {networkName: b}]}"), None);
        assert_eq!(error("CLOUD_AWS", "AKOSettings: {ipFamily: V5}"), None);
        assert_eq!(error("CLOUD_NSXT", "NetworkSettings: {nsxtT1LR: /infra/tier-1s/a}"), None);
        assert!(boot_error(&Workspace::new(&[SourceFile::new("all.yaml", OBJECTS)])).is_none());
    }

    #[test]
    fn values_with_which_ako_ends() {
        let cases = [
            ("", "AKOSettings: {clusterName: ''}", "Required param clusterName not specified"),
            ("", "AKOSettings: {clusterName: clu.ster}", "clusterName must consist of"),
            ("", "AKOSettings: {ipFamily: V5}", "ipFamily is not one of (V4, V6)"),
            ("", "NetworkSettings: {bgpPeerLabels: [a, b]}", "BGPPeerLabels [a b] cannot be set"),
            ("", "NetworkSettings: {vipNetworkList: []}", "No user input detected for vipNetworkList."),
            ("", "NetworkSettings: {vipNetworkList: [{networkName: a, cidr: 10.0.0.0}]}", "failed to validate Network"),
            ("", "ControllerSettings: {cloudName: ''}", "required param cloudName"),
            ("CLOUD_VCENTER", "NetworkSettings: {nsxtT1LR: /infra/a}", "Cloud is not configured as NSX-T but the T1"),
            ("CLOUD_VCENTER", "AKOSettings: {vpcMode: true}", "Cloud is not configured as NSX-T but VPC"),
            (
                "CLOUD_AZURE",
                "NetworkSettings: {vipNetworkList: [{networkName: a}, {networkName: b}]}",
                "more than one network specified",
            ),
            (
                "CLOUD_AWS",
                "NetworkSettings: {vipNetworkList: [{networkName: a, v6cidr: '2001:db8::/64'}]}",
                "IPv6 CIDR is only supported",
            ),
            (
                "",
                "AKOSettings: {cniPlugin: calico}\nL7Settings: {serviceType: NodePortLocal}",
                "ServiceType is set as a NodePortLocal",
            ),
        ];
        for (cloud, values, words) in cases {
            let error = error(cloud, values);
            assert!(error.as_ref().is_some_and(|error| error.starts_with(words)), "{values}: {error:?}");
        }
    }

    #[test]
    fn the_global_se_group_must_not_be_another_clusters() {
        let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\n\
                        spec: {avi: {seGroups: [{name: Default-Group, clusterLabel: other}]}}\n";
        let error = |values: &str| {
            let files = [("akoplan.yaml", settings), ("values.yaml", values)];
            boot_error(&Workspace::new(&files.map(|(name, text)| SourceFile::new(name, text))))
        };
        assert!(
            error("AKOSettings: {clusterName: own}").is_some_and(|it| it.reason.starts_with("Labels does not match"))
        );
        assert_eq!(error("AKOSettings: {clusterName: other}"), None);
        assert_eq!(error("AKOSettings: {clusterName: own, disableStaticRouteSync: true}"), None);
        assert_eq!(error("AKOSettings: {clusterName: own}\nL7Settings: {serviceType: NodePort}"), None);
        assert_eq!(error("AKOSettings: {clusterName: own}\nControllerSettings: {serviceEngineGroupName: mine}"), None);
    }

    #[test]
    fn nothing_is_served_and_no_status_is_written() {
        let prediction = predict_fully(&workspace("", "AKOSettings: {clusterName: clu.ster}"));
        assert!(prediction.objects.is_empty() && prediction.virtual_services.is_empty());
        assert_eq!((prediction.after_restart, prediction.all_at_once), (None, None));
        let Outcome::NotServed { reason } = &prediction.landings[0].outcome else { panic!("it is served") };
        assert!(reason.starts_with("AKO does not start: clusterName must"), "{reason}");
    }

    #[test]
    fn several_networks_are_taken_for_aws_where_no_cloud_is_written() {
        let values = "NetworkSettings: {vipNetworkList: [{networkName: a}, {networkName: b}]}";
        let prediction = predict_fully(&workspace("", values));
        assert_eq!(prediction.boot_error, None);
        assert_eq!(prediction.assumptions.iter().filter(|it| it.about.ends_with("vipNetworkList[1]")).count(), 1);
    }
}
