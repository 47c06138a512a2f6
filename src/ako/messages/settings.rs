//! What AKO says of an AviInfraSetting.

use super::Channel::Log;

super::messages! {
    /// `bgpPeerLabels` without `enableRhi: true` in the same object.
    BGP_LABELS_WITHOUT_RHI = "BGPPeerLabels cannot be set if EnableRhi is false." {
        at: "AviInfraSetting `status.error`",
        means: "The setting has `bgpPeerLabels` but no `enableRhi: true` of its own; the global `enableRHI` does not help. AKO rejects it, and what uses it lands on the global network.",
        fix: "Set `spec.network.enableRhi: true` in the same object, or take the labels away.",
        field: "AviInfraSetting `spec.network.enableRhi`",
        rules: &["AKP205"],
        source: "internal/k8s/validator.go, ValidateAviInfraSetting",
    }

    /// A `cidr` that AKO's pattern does not take.
    INVALID_CIDR = "invalid CIDR configuration {} detected for networkName {} in vipNetworkList" {
        at: "AviInfraSetting `status.error`",
        means: "The range is no IPv4 CIDR: a missing slash, a prefix above 32, a blank, or an IPv6 range in the IPv4 field. AKO rejects the setting, and what uses it lands on the global network.",
        fix: "Write the range as `10.223.63.0/26`; an IPv6 range belongs into `v6cidr`.",
        field: "AviInfraSetting `spec.network.vipNetworks[].cidr`",
        rules: &["AKP201"],
        source: "internal/k8s/validator.go, ValidateAviInfraSetting; internal/lib/constants.go, IPCIDRRegex",
    }

    /// A `v6cidr` that AKO's pattern does not take.
    INVALID_V6CIDR = "invalid IPv6 CIDR configuration {} detected for networkName {} in vipNetworkList" {
        at: "AviInfraSetting `status.error`",
        means: "The range is no IPv6 CIDR as AKO reads it: `/0`, a prefix above 128, a zone, or a dotted ending. AKO rejects the setting, and what uses it lands on the global network.",
        fix: "Write the range as `2001:db8:40::/64`.",
        field: "AviInfraSetting `spec.network.vipNetworks[].v6cidr`",
        rules: &["AKP201"],
        source: "internal/k8s/validator.go, ValidateAviInfraSetting; internal/lib/constants.go, IPV6CIDRRegex",
    }

    /// Listeners of which none has SSL.
    LISTENERS_WITHOUT_SSL = "One of the port in aviInfraSetting must have SSL enabled" {
        at: "AviInfraSetting `status.error`",
        means: "The setting lists listeners and none of them has `enableSSL: true`. AKO rejects it.",
        fix: "Give one listener `enableSSL: true`, or take the list away: 80 and 443 are the default.",
        field: "AviInfraSetting `spec.network.listeners[].enableSSL`",
        rules: &["AKP206"],
        source: "internal/k8s/validator.go, ValidateAviInfraSetting",
    }

    /// An SE group that the controller does not have.
    SE_GROUP_NOT_FOUND = "serviceenginegroup \"{}\" not found on controller" {
        at: "AviInfraSetting `status.error`",
        means: "The Avi Controller has no SE group of this name in AKO's cloud. AKO rejects the setting; it is looked at again only when the setting is edited or AKO restarts.",
        fix: "Correct the name, or make the SE group on the controller and touch the setting.",
        field: "AviInfraSetting `spec.seGroup.name`",
        rules: &["AKP314"],
        source: "internal/k8s/crdcontroller.go, checkRefsOnController",
    }

    /// A network that the controller does not have.
    NETWORK_NOT_FOUND = "network \"{}\" not found on controller" {
        at: "AviInfraSetting `status.error`",
        means: "The Avi Controller has no network of this name or UUID in AKO's cloud. AKO rejects the setting, and what uses it lands on the global network.",
        fix: "Correct the name, or make the network on the controller and touch the setting.",
        field: "AviInfraSetting `spec.network.vipNetworks[].networkName`",
        rules: &["AKP315"],
        source: "internal/k8s/crdcontroller.go, checkRefsOnController",
    }

    /// An SE group that this AKO made itself.
    SE_GROUP_OF_THIS_AKO = "serviceenginegroup \"{}\" Invalid operation, object referred is created by current AKO instance" {
        at: "AviInfraSetting `status.error`",
        means: "The SE group was made by this very AKO, and AKO does not let a setting refer to what it made itself.",
        fix: "Use an SE group that was made on the controller by hand.",
        field: "AviInfraSetting `spec.seGroup.name`",
        rules: &["AKP319"],
        source: "internal/k8s/crdcontroller.go, checkRefsOnController",
    }

    /// An SE group with labels of another cluster.
    MISMATCHED_LABELS = "serviceenginegroup \"{}\" found on controller is invalid, mismatched labels: {}" {
        at: "AviInfraSetting `status.error`",
        means: "The SE group carries the label of another cluster: its static routes belong to that one.",
        fix: "Give each cluster an SE group of its own, or switch off static route sync.",
        field: "AviInfraSetting `spec.seGroup.name`",
        rules: &["AKP318"],
        source: "internal/k8s/crdcontroller.go, checkRefsOnController",
    }

    /// The project of a Tier-1 router has no tenant.
    TENANT_NOT_FOUND = "tenant not found for project {}" {
        at: "AviInfraSetting `status.error`",
        means: "In VPC mode AKO looks for the tenant of the project in `nsxSettings.t1lr` and found none.",
        fix: "Correct the path of the Tier-1 router, or make the tenant.",
        field: "AviInfraSetting `spec.nsxSettings.t1lr`",
        source: "internal/k8s/validator.go, ValidateAviInfraSetting",
    }

    /// Accepted, and yet the network list could not be resolved.
    VIP_NETWORKS_NOT_APPLIED = "Infrasetting: {} not applied, Error occurred while populating vip network list. Err: {}" {
        channel: Log,
        at: "log of AKO",
        means: "The setting says `Accepted`, but AKO could not resolve its networks: VIPs go to the global network.",
        fix: "Check that the network exists in AKO's cloud and VRF, then touch the setting.",
        field: "AviInfraSetting `spec.network.vipNetworks`",
        rules: &["AKP315"],
        source: "internal/k8s/crdcontroller.go, SetAviInfrasettingVIPNetworks",
    }

    /// BGP labels for a virtual service that was made without route health injection.
    VIRTUAL_SERVICE_WITHOUT_RHI = "to use selective vip advertisement, {} VS must advertise vips via BGP. Please recreate the VS" {
        channel: Log,
        at: "log of AKO",
        means: "The virtual service was made without route health injection, most often because the setting was not accepted yet, and now gets `bgpPeerLabels`: AKO does not send the change, and the VIP stays where it is.",
        fix: "Delete what makes the virtual service and apply it again, after the setting says `Accepted`.",
        field: "AviInfraSetting `spec.network.bgpPeerLabels`",
        rules: &["AKP803", "AKP805"],
        source: "internal/rest/avi_obj_vsvip.go, AviVsVipBuild",
    }

    /// A network without a range.
    NO_RANGE = "Incomplete values provided for CIDR, will not use IPAMNetworkSubnet in vsvip" {
        channel: Log,
        at: "log of AKO",
        means: "The network has no `cidr`: AKO sends only the network, and Avi chooses among all its subnets.",
        fix: "Write the `cidr` where VIPs must come from one subnet.",
        field: "AviInfraSetting `spec.network.vipNetworks[].cidr`",
        source: "internal/rest/avi_obj_vsvip.go",
    }
}
