//! What AKO says of its own values when it starts, as event on its pod and in its log.

use super::Channel::Event;

super::messages! {
    /// No cluster name.
    CLUSTER_NAME_MISSING = "Required param clusterName not specified, syncing will be disabled" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "AKO's values have an empty cluster name, which begins all its names on the Avi Controller: AKO ends at each start.",
        fix: "Write the cluster's name into `AKOSettings.clusterName`.",
        field: "AKO's values `AKOSettings.clusterName`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, IsClusterNameValid",
    }

    /// A cluster name with other characters.
    CLUSTER_NAME_INVALID = "clusterName must consist of alphanumeric characters or '-'/'_' (max 32 chars), syncing will be disabled" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "The cluster name has a character that AKO does not take; the length, other than the message says, is not checked. AKO ends at each start.",
        fix: "Use letters, digits, `-` and `_` only.",
        field: "AKO's values `AKOSettings.clusterName`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, IsClusterNameValid",
    }

    /// No cloud.
    CLOUD_NAME_MISSING = "required param cloudName not specified, syncing will be disabled" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "AKO's values have an empty cloud name: AKO ends at each start.",
        fix: "Write the Avi cloud into `ControllerSettings.cloudName`, or take the key away: it is then `Default-Cloud`.",
        field: "AKO's values `ControllerSettings.cloudName`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkRequiredValuesYaml",
    }

    /// No VIP network.
    VIP_NETWORKS_MISSING = "No user input detected for vipNetworkList." {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "`vipNetworkList` is empty, and outside of VPC mode AKO wants a global VIP network: it ends at each start.",
        fix: "Name the network in `NetworkSettings.vipNetworkList`.",
        field: "AKO's values `NetworkSettings.vipNetworkList`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkIPAMForUsableNetworkLabels",
    }

    /// No list of VIP networks.
    VIP_NETWORKS_NOT_SET = "vipNetworkList not set in values.yaml" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "`vipNetworkList` has no value, and outside of VPC mode AKO wants a global VIP network: it ends at each start.",
        fix: "Name the network in `NetworkSettings.vipNetworkList`.",
        field: "AKO's values `NetworkSettings.vipNetworkList`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, GetVipNetworkListEnv",
    }

    /// No VIP network in a public cloud.
    VIP_NETWORKS_NOT_SPECIFIED = "vipNetworkList not specified, syncing will be disabled" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "In a public cloud AKO wants a VIP network: it ends at each start.",
        fix: "Name the network in `NetworkSettings.vipNetworkList`.",
        field: "AKO's values `NetworkSettings.vipNetworkList`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkPublicCloud",
    }

    /// Two VIP networks outside of AWS.
    SEVERAL_VIP_NETWORKS = "more than one network specified in VIP Network List and Cloud type is not AWS" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "`vipNetworkList` has several networks, which only AWS can: AKO ends at each start.",
        fix: "Leave one network; further ones belong into AviInfraSettings.",
        field: "AKO's values `NetworkSettings.vipNetworkList`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, GetVipNetworkListEnv",
    }

    /// A global range that AKO's pattern does not take.
    VIP_NETWORKS_INVALID = "failed to validate Network Names specified in VIP Network List" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "A range in `vipNetworkList` is no CIDR as AKO reads it, or the Avi Controller does not have the network; the line before it in the log says which. AKO ends at each start.",
        fix: "Write the range as `10.223.63.0/26` and the network as the controller has it.",
        field: "AKO's values `NetworkSettings.vipNetworkList[]`",
        rules: &["AKP223", "AKP315"],
        source: "internal/cache/controller_obj_cache.go, validateNetworkNames",
    }

    /// Global BGP labels without route health injection.
    GLOBAL_BGP_LABELS_WITHOUT_RHI = "BGPPeerLabels {} cannot be set if EnableRhi is set to false." {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "AKO's values have `bgpPeerLabels` without `enableRHI: true`: AKO ends at each start.",
        fix: "Set `NetworkSettings.enableRHI` to true, or take the labels away.",
        field: "AKO's values `NetworkSettings.enableRHI`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkBGPParams",
    }

    /// Another IP family.
    IP_FAMILY_INVALID = "ipFamily is not one of (V4, V6)" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "`ipFamily` is neither `V4` nor `V6`, nor left empty, which is both: AKO ends at each start.",
        fix: "Write `V4` or `V6`, or leave it empty.",
        field: "AKO's values `AKOSettings.ipFamily`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, IsValidV6Config",
    }

    /// An IPv6 range in another cloud.
    V6_CIDR_OUTSIDE_VCENTER = "IPv6 CIDR is only supported for vCenter Clouds" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "`vipNetworkList` has a `v6cidr`, and the cloud is neither vCenter, NSX-T nor no-access: AKO ends at each start.",
        fix: "Take the `v6cidr` away.",
        field: "AKO's values `NetworkSettings.vipNetworkList[].v6cidr`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, IsValidV6Config",
    }

    /// A tier-1 router in another cloud.
    T1_LR_WITHOUT_NSXT = "Cloud is not configured as NSX-T but the T1 LR mapping is provided" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "`nsxtT1LR` is set, and the cloud is not NSX-T: AKO ends at each start.",
        fix: "Take `NetworkSettings.nsxtT1LR` away.",
        field: "AKO's values `NetworkSettings.nsxtT1LR`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkAndSetCloudType",
    }

    /// No tier-1 router in an overlay.
    T1_LR_MISSING = "Cloud is configured as NSX-T with overlay transport zone but the T1 LR mapping is not provided" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "An NSX-T cloud with an overlay transport zone wants a tier-1 router: AKO ends at each start.",
        fix: "Write its path into `NetworkSettings.nsxtT1LR`.",
        field: "AKO's values `NetworkSettings.nsxtT1LR`",
        source: "internal/cache/controller_obj_cache.go, checkAndSetCloudType",
    }

    /// A tier-1 router in a VLAN.
    T1_LR_IN_VLAN = "Cloud configured as NSX-T with VLAN transport zone but the T1 LR mapping is provided" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "An NSX-T cloud with a VLAN transport zone has no tier-1 router: AKO ends at each start.",
        fix: "Take `NetworkSettings.nsxtT1LR` away.",
        field: "AKO's values `NetworkSettings.nsxtT1LR`",
        source: "internal/cache/controller_obj_cache.go, checkAndSetCloudType",
    }

    /// VPC mode in another cloud.
    VPC_MODE_WITHOUT_NSXT = "Cloud is not configured as NSX-T but VPC mode is enabled" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "`vpcMode` is on, and the cloud is not NSX-T: AKO ends at each start.",
        fix: "Set `AKOSettings.vpcMode` to false.",
        field: "AKO's values `AKOSettings.vpcMode`",
        rules: &["AKP223"],
        source: "internal/cache/controller_obj_cache.go, checkAndSetCloudType",
    }

    /// No IPAM.
    IPAM_MISSING = "Cloud does not have a ipam_provider_ref configured" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "The Avi cloud has no IPAM profile, which AKO wants outside of public clouds and VPC mode: AKO ends at each start.",
        fix: "Give the cloud an IPAM profile on the Avi Controller.",
        field: "",
        source: "internal/cache/controller_obj_cache.go, checkAndSetCloudType",
    }

    /// NodePortLocal without Antrea.
    NODE_PORT_LOCAL_WITHOUT_ANTREA = "ServiceType is set as a NodePortLocal, but the CNI is not set as antrea" {
        reason: "SyncDisabled",
        channel: Event,
        at: "event of AKO's pod",
        means: "NodePortLocal is a function of Antrea, and `cniPlugin` names another CNI: AKO ends at each start.",
        fix: "Write `AKOSettings.cniPlugin: antrea`, or another `L7Settings.serviceType`.",
        field: "AKO's values `AKOSettings.cniPlugin`",
        rules: &["AKP223"],
        source: "internal/lib/lib.go, IsValidCni",
    }

    /// An SE group with labels of another cluster.
    LABELS_OF_ANOTHER_CLUSTER = "Labels does not match with cluster name for SE group :{}. Expected Labels: {}" {
        reason: "AKOShutdown",
        channel: Event,
        at: "event of AKO's pod",
        means: "An SE group that an AviInfraSetting or AKO's values name carries the label of another cluster: AKO ends at each start, although it accepted the setting before.",
        fix: "Give each cluster an SE group of its own, or switch off static route sync.",
        field: "AviInfraSetting `spec.seGroup.name`",
        rules: &["AKP318", "AKP223"],
        source: "internal/cache/controller_obj_cache.go, ConfigureSeGroupLabels",
    }

    /// AKO does not start.
    SYNC_DISABLED_AT_START = "sync is disabled because of configmap unavailability during bootup" {
        channel: super::Channel::Log,
        at: "log of AKO",
        means: "AKO ends because it does not take its values, or what they name on the Avi Controller; the line before it says why. What it sent before stays on the Avi Controller as it is.",
        fix: "Mend what the line before it names.",
        field: "",
        rules: &["AKP223", "AKP318"],
        source: "internal/k8s/ako_init.go, HandleConfigMap",
    }
}
