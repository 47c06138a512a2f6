//! What AKO's gateway container says of GatewayClasses and Gateways of Gateway API v1.

use super::Channel::Log;

super::messages! {
    /// A class of AKO.
    CLASS_VALID = "GatewayClass is valid" {
        reason: "Accepted",
        at: "GatewayClass `status.conditions`",
        means: "The class is AKO's. Its `parametersRef` is not looked at: no AviInfraSetting comes from it.",
        rules: &["AKP327"],
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// A Gateway that has no listener.
    NO_LISTENERS = "No listeners found" {
        reason: "Invalid",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "The Gateway has no listener.",
        fix: "Add a listener with protocol `HTTP` or `HTTPS`.",
        field: "Gateway `spec.listeners`",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// One listener is not valid, in AKO before 1.13.1.
    INVALID_LISTENERS = "Gateway contains {} invalid listener(s)" {
        reason: "ListenersNotValid",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "AKO 1.11 and 1.12 refuse a whole Gateway for one refused listener.",
        fix: "Mend the listeners whose conditions are False, or use AKO 1.13.1.",
        field: "Gateway `spec.listeners`",
        source: "AKO 1.12.3 ako-gateway-api/k8s/validator.go, IsValidGateway",
    }

    /// A listener without a host, in AKO before 1.13.1.
    HOSTNAME_MISSING = "Hostname not found or Hostname has invalid configuration" {
        reason: "ListenersNotValid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "AKO before 1.13.1 refuses listeners without a hostname, and those with `*` alone; a newer one refuses the hostname in dedicated mode only.",
        fix: "Give the listener a hostname, or use AKO 1.13.1.",
        field: "Gateway `spec.listeners[].hostname`",
        rules: &["AKP707"],
        source: "AKO 1.12.3 ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// Two Gateways of a namespace whose hosts overlap, in AKO 1.12.
    HOSTNAME_OVERLAPS = "Hostname overlaps or is same as an existing gateway hostname" {
        reason: "ListenersNotValid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "Another Gateway of the namespace has the hostname, or a wildcard that fits it.",
        fix: "Use each hostname on one Gateway of a namespace.",
        field: "Gateway `spec.listeners[].hostname`",
        rules: &["AKP405"],
        source: "AKO 1.12.3 ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// The condition beside each of the Gateway's mistakes.
    GATEWAY_NOT_PROGRAMMED = "Gateway not programmed" {
        reason: "Invalid",
        at: "Gateway `status.conditions` (Programmed: False)",
        means: "AKO made no virtual service; the condition `Accepted` says why.",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// Two addresses.
    SEVERAL_ADDRESSES = "More than one address is not supported" {
        reason: "Invalid",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "AKO takes one address for a Gateway and refuses more.",
        fix: "Leave one address, or none: Avi then allocates it.",
        field: "Gateway `spec.addresses`",
        rules: &["AKP221"],
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// An address that is no IP address.
    UNSUPPORTED_ADDRESS_TYPE = "Only IPAddress as AddressType is supported" {
        reason: "UnsupportedAddress",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "AKO knows addresses of type `IPAddress` only.",
        fix: "Use `type: IPAddress`.",
        field: "Gateway `spec.addresses[].type`",
        rules: &["AKP221"],
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// No listener is valid.
    NO_VALID_LISTENER = "Gateway does not contain any valid listener" {
        reason: "ListenersNotValid",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "AKO refuses every listener; the status of each says why.",
        fix: "Mend the listeners.",
        field: "Gateway `spec.listeners`",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// Some listeners are valid.
    SOME_VALID_LISTENERS = "Gateway contains atleast one valid listener" {
        reason: "ListenersNotValid",
        at: "Gateway `status.conditions` (Accepted: True)",
        means: "AKO refuses some of the listeners and serves the others, although the Gateway is accepted.",
        fix: "Look at the status of the listeners.",
        field: "Gateway `spec.listeners`",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// A Gateway without mistakes.
    GATEWAY_VALID = "Gateway configuration is valid" {
        reason: "Accepted",
        at: "Gateway `status.conditions`",
        means: "AKO takes the Gateway.",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// The virtual service is there.
    GATEWAY_PROGRAMMED = "Virtual service configured/updated" {
        reason: "Programmed",
        at: "Gateway `status.conditions` (Programmed: True)",
        means: "The virtual service is on the controller.",
        source: "ako-gateway-api/status/gateway_status.go",
    }

    /// The virtual service is gone.
    VIRTUAL_SERVICE_DELETED = "Virtual service has been deleted" {
        reason: "Pending",
        at: "Gateway `status.conditions` (Programmed: Unknown)",
        means: "AKO removed the virtual service.",
        source: "ako-gateway-api/status/gateway_status.go",
    }

    /// The condition beside each of a listener's mistakes.
    LISTENER_NOT_PROGRAMMED = "Virtual service not configured/updated for this listener" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Programmed: False)",
        means: "The listener is not served; its condition `Accepted` says why.",
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// A listener of layer 4.
    UNSUPPORTED_PROTOCOL = "Unsupported protocol" {
        reason: "UnsupportedProtocol",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "AKO's Gateway API serves `HTTP` and `HTTPS` only: there is no TCP, UDP or TLS.",
        fix: "Use a Gateway of `networking.x-k8s.io/v1alpha1`, or Services of type LoadBalancer, for layer 4.",
        field: "Gateway `spec.listeners[].protocol`",
        rules: &["AKP218"],
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A hostname in dedicated mode.
    DEDICATED_HOSTNAME = "Hostname is not supported in dedicated mode" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "The Gateway is annotated with `ako.vmware.com/dedicated-gateway-mode: \"true\"`, and its listeners then have no hostname.",
        fix: "Take the hostname or the annotation away.",
        field: "Gateway `spec.listeners[].hostname`",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// Routes of all namespaces in dedicated mode.
    DEDICATED_NAMESPACES = "Routes from all namespaces is not supported in dedicated mode" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "The Gateway is annotated with `ako.vmware.com/dedicated-gateway-mode: \"true\"`, and its listeners cannot take the routes of all namespaces then.",
        fix: "Set `allowedRoutes.namespaces.from: Same`, or take the annotation away.",
        field: "Gateway `spec.listeners[].allowedRoutes.namespaces.from`",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A hostname that another Gateway has.
    HOSTNAME_OF_ANOTHER_GATEWAY = "Hostname is same as an existing gateway hostname" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "Another Gateway of the same namespace, of whatever class, has a listener with this hostname.",
        fix: "Leave the hostname to one Gateway.",
        field: "Gateway `spec.listeners[].hostname`",
        rules: &["AKP405"],
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A hostname outside the cloud's sub-domains.
    HOSTNAME_OUTSIDE_SUB_DOMAINS = "Didn't find match for hostname :{} in available sub-domains" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "The hostname ends with none of the DNS sub-domains of the cloud's IPAM/DNS profile.",
        fix: "Use a hostname in one of the sub-domains, or add the sub-domain to the DNS profile.",
        field: "Gateway `spec.listeners[].hostname`",
        rules: &["AKP328"],
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// The condition of a listener with a wrong reference.
    LISTENER_INVALID = "Listener is Invalid" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "A reference of the listener is wrong; its condition `ResolvedRefs` says which.",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// TLS that is not terminated, or without a certificate.
    TLS_INVALID = "TLS mode or reference not valid" {
        reason: "InvalidCertificateRef",
        at: "Gateway `status.listeners[].conditions` (ResolvedRefs: False)",
        means: "AKO terminates TLS only, and wants at least one certificate of kind Secret.",
        fix: "Use `mode: Terminate` and a `certificateRefs` item of kind Secret.",
        field: "Gateway `spec.listeners[].tls`",
        rules: &["AKP326"],
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A certificate that is not there.
    SECRET_NOT_FOUND = "Secret does not exist" {
        reason: "InvalidCertificateRef",
        at: "Gateway `status.listeners[].conditions` (ResolvedRefs: False)",
        means: "There is no Secret of this name in the Gateway's own namespace; AKO ignores the `namespace` of a `certificateRefs` item.",
        fix: "Put the Secret into the namespace of the Gateway.",
        field: "Gateway `spec.listeners[].tls.certificateRefs[].name`",
        rules: &["AKP326"],
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// Routes of another kind.
    ROUTE_KIND_INVALID = "AllowedRoute kind is invalid. Only HTTPRoute is supported currently" {
        reason: "InvalidRouteKinds",
        at: "Gateway `status.listeners[].conditions` (ResolvedRefs: False)",
        means: "AKO knows HTTPRoute only.",
        fix: "Use `kind: HTTPRoute`, or leave `kinds` out.",
        field: "Gateway `spec.listeners[].allowedRoutes.kinds[].kind`",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// Routes of another group.
    ROUTE_GROUP_INVALID = "AllowedRoute Group is invalid." {
        reason: "InvalidRouteKinds",
        at: "Gateway `status.listeners[].conditions` (ResolvedRefs: False)",
        means: "AKO knows the group `gateway.networking.k8s.io` only.",
        fix: "Use that group, or leave it out.",
        field: "Gateway `spec.listeners[].allowedRoutes.kinds[].group`",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A listener without mistakes.
    LISTENER_VALID = "Listener is valid" {
        reason: "Accepted",
        at: "Gateway `status.listeners[].conditions`",
        means: "AKO takes the listener.",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// All references of a listener are right.
    REFERENCES_VALID = "All the references are valid" {
        reason: "ResolvedRefs",
        at: "Gateway `status.listeners[].conditions`",
        means: "Certificates and route kinds of the listener are right.",
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A Secret that came after the Gateway, or that AKO found at its start.
    REFERENCE_VALID = "Reference is valid" {
        reason: "ResolvedRefs",
        at: "Gateway `status.listeners[].conditions`",
        means: "The Secret of the listener is there; AKO says so when it sees the Secret after the Gateway.",
        source: "ako-gateway-api/k8s/validator.go, setListenerConditions",
    }

    /// A class that is not AKO's.
    CLASS_OF_OTHERS = "Gateway controller is not AKO for GatewayClass object {}" {
        channel: Log,
        at: "log of AKO",
        means: "The class belongs to another controller; AKO writes no status to it.",
        fix: "Set `spec.controllerName: ako.vmware.com/avi-lb`, if AKO is meant.",
        field: "GatewayClass `spec.controllerName`",
        source: "ako-gateway-api/k8s/validator.go",
    }
}
