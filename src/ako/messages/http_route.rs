//! What AKO's gateway container says of HTTPRoutes.

use super::Channel::Log;

super::messages! {
    /// A rewrite that AKO does not do.
    REWRITE_UNSUPPORTED = "HTTPUrlRewrite PathType has Unsupported value" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (Accepted: False)",
        means: "AKO rewrites whole paths only; it rejects the whole route.",
        fix: "Use `type: ReplaceFullPath`.",
        field: "HTTPRoute `spec.rules[].filters[].urlRewrite.path.type`",
        rules: &["AKP222"],
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
        rules: &["AKP323"],
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
        rules: &["AKP324"],
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
        rules: &["AKP325"],
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
}
