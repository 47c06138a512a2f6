//! What AKO's gateway container says of Gateway API v1 objects.

use super::Channel::Log;

super::messages! {
    /// A class of AKO.
    CLASS_VALID = "GatewayClass is valid" {
        reason: "Accepted",
        at: "GatewayClass `status.conditions`",
        means: "The class is AKO's. Its `parametersRef` is not looked at: no AviInfraSetting comes from it.",
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
        source: "ako-gateway-api/k8s/validator.go",
    }

    /// An address that is no IP address.
    UNSUPPORTED_ADDRESS_TYPE = "Only IPAddress as AddressType is supported" {
        reason: "UnsupportedAddress",
        at: "Gateway `status.conditions` (Accepted: False)",
        means: "AKO knows addresses of type `IPAddress` only.",
        fix: "Use `type: IPAddress`.",
        field: "Gateway `spec.addresses[].type`",
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
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A hostname outside the cloud's sub-domains.
    HOSTNAME_OUTSIDE_SUB_DOMAINS = "Didn't find match for hostname :{} in available sub-domains" {
        reason: "Invalid",
        at: "Gateway `status.listeners[].conditions` (Accepted: False)",
        means: "The hostname ends with none of the DNS sub-domains of the cloud's IPAM/DNS profile.",
        fix: "Use a hostname in one of the sub-domains, or add the sub-domain to the DNS profile.",
        field: "Gateway `spec.listeners[].hostname`",
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
        source: "ako-gateway-api/k8s/validator.go, isValidListener",
    }

    /// A certificate that is not there.
    SECRET_NOT_FOUND = "Secret does not exist" {
        reason: "InvalidCertificateRef",
        at: "Gateway `status.listeners[].conditions` (ResolvedRefs: False)",
        means: "There is no Secret of this name in the Gateway's own namespace; AKO ignores the `namespace` of a `certificateRefs` item.",
        fix: "Put the Secret into the namespace of the Gateway.",
        field: "Gateway `spec.listeners[].tls.certificateRefs[].name`",
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

    /// A rewrite that AKO does not do.
    REWRITE_UNSUPPORTED = "HTTPUrlRewrite PathType has Unsupported value" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "AKO rewrites whole paths only; it rejects the whole route.",
        fix: "Use `type: ReplaceFullPath`.",
        field: "HTTPRoute `spec.rules[].filters[].urlRewrite.path.type`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A Gateway that AKO has not seen.
    GATEWAY_NOT_PROCESSED = "AKO is yet to process Gateway {} for parent reference {}" {
        reason: "Pending",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "The Gateway has no status of AKO yet. If it stays, AKO has not taken the Gateway.",
        fix: "Look at the status of the Gateway.",
        field: "HTTPRoute `spec.parentRefs[].name`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A Gateway with mistakes.
    GATEWAY_INVALID = "Gateway {} is in Invalid State" {
        reason: "Pending",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "AKO refuses the Gateway of the route.",
        fix: "Mend the Gateway; its status says what is wrong.",
        field: "HTTPRoute `spec.parentRefs[].name`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A section that the Gateway does not have.
    LISTENER_NAME_INVALID = "Invalid listener name provided" {
        reason: "NoMatchingParent",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "The Gateway has no listener of the name in `sectionName`.",
        fix: "Correct `sectionName`, or leave it out for all listeners.",
        field: "HTTPRoute `spec.parentRefs[].sectionName`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A section whose listener is refused.
    MATCHING_LISTENER_INVALID = "Matching gateway listener is in Invalid state" {
        reason: "Pending",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "AKO refuses the listener in `sectionName`.",
        fix: "Mend the listener; the status of the Gateway says what is wrong.",
        field: "Gateway `spec.listeners[]`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// No hostname matches.
    HOSTNAMES_DO_NOT_MATCH = "Hostname in Gateway Listener doesn't match with any of the hostnames in HTTPRoute" {
        reason: "NoMatchingListenerHostname",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "No hostname of the route matches a listener's. A wildcard covers one label only, and a listener without hostname takes only routes that have hostnames.",
        fix: "Write `hostnames` into the route that the listener's hostname covers.",
        field: "HTTPRoute `spec.hostnames`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A listener that the Gateway's status does not have.
    LISTENER_NOT_IN_STATUS = "Couldn't find the listener {} in the Gateway status" {
        reason: "NoMatchingParent",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "The status of the Gateway does not show the listener yet.",
        field: "HTTPRoute `spec.parentRefs[].sectionName`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// Two parents in dedicated mode.
    DEDICATED_SEVERAL_PARENTS = "Dedicated Gateway Mode is enabled. Only one parent reference is allowed in HTTPRoute" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "A route of a Gateway in dedicated mode has one parent only.",
        fix: "Leave one parent reference.",
        field: "HTTPRoute `spec.parentRefs`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A parent in another namespace in dedicated mode.
    DEDICATED_OTHER_NAMESPACE = "Dedicated Gateway Mode is enabled. Parent Reference {} is not in the same namespace as HTTPRoute {}" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "A route of a Gateway in dedicated mode has to be in the Gateway's namespace.",
        fix: "Move the route.",
        field: "HTTPRoute `spec.parentRefs[].namespace`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// Hostnames in dedicated mode.
    DEDICATED_HOSTNAMES = "Dedicated Gateway Mode is enabled. Hostnames are not allowed in HTTPRoute" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "A route of a Gateway in dedicated mode has no hostnames.",
        fix: "Take the hostnames away.",
        field: "HTTPRoute `spec.hostnames`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A second route in dedicated mode.
    DEDICATED_SECOND_ROUTE = "Dedicated Gateway Mode is enabled. Only one route is allowed per listener in Gateway" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "Another route has the listener already; in dedicated mode there is one.",
        fix: "Put the rules into one route, or give this one a Gateway of its own.",
        field: "HTTPRoute `spec.parentRefs[].sectionName`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A parent of another tenant.
    TENANT_MISMATCH = "Tenant mismatch between HTTPRoute {} and Parent Reference {}" {
        reason: "Pending",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "The namespaces of route and Gateway belong to different Avi tenants.",
        fix: "Use a Gateway in a namespace of the same tenant.",
        field: "Namespace `metadata.annotations[\"ako.vmware.com/tenant-name\"]`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A route that is taken.
    PARENT_VALID = "Parent reference is valid" {
        reason: "Accepted",
        at: "HTTPRoute `status.parents[].conditions`",
        means: "AKO takes the route for this parent. That alone does not say that traffic reaches it: routes that `allowedRoutes` excludes are accepted, too.",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A backend of another kind.
    BACKEND_KIND_INVALID = "backendRef {} has invalid kind {}" {
        reason: "InvalidKind",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "AKO knows backends of kind Service only and drops this one.",
        fix: "Use `kind: Service`.",
        field: "HTTPRoute `spec.rules[].backendRefs[].kind`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A backend of another tenant.
    BACKEND_OF_ANOTHER_TENANT = "backendRef {} tenant {} is not equal to HTTPRoute tenant {}" {
        reason: "RefNotPermitted",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "The namespaces of route and backend belong to different Avi tenants; AKO drops the backend.",
        fix: "Use a backend in a namespace of the same tenant.",
        field: "HTTPRoute `spec.rules[].backendRefs[].namespace`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// An extension that AKO does not know.
    RULE_EXTENSION_UNSUPPORTED = "Unsupported kind {} defined on HTTPRoute-Rule" {
        reason: "InvalidKind",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule's ExtensionRef is of a kind that AKO does not know; it rejects the route.",
        fix: "Use L7Rule or ApplicationProfile.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.kind`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// Two extensions of one kind.
    RULE_EXTENSION_TWICE = "MultipleExtensionRef of same kind defined on HTTPRoute-Rule" {
        reason: "InvalidKind",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule has two ExtensionRefs of one kind; AKO rejects the route.",
        fix: "Leave one of them.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.kind`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// An extension of a backend that AKO does not know.
    BACKEND_EXTENSION_UNSUPPORTED = "Unsupported kind {} defined on HTTPRoute-Rule-BackendRef" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A backend's ExtensionRef is of a kind that AKO does not know; it drops the backend.",
        fix: "Use HealthMonitor or RouteBackendExtension.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.kind`",
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A class that is not AKO's.
    PARENT_OF_OTHERS = "controller for the parent reference {} of HTTPRoute object {} is not ako" {
        channel: Log,
        at: "log of AKO",
        means: "The Gateway of the route belongs to another controller; AKO leaves this parent alone.",
        field: "HTTPRoute `spec.parentRefs[].name`",
        source: "ako-gateway-api/nodes/route_validator.go",
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
