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
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// Two extensions of one kind.
    RULE_EXTENSION_TWICE = "MultipleExtensionRef of same kind defined on HTTPRoute-Rule" {
        reason: "InvalidKind",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule has two ExtensionRefs of one kind; AKO rejects the route.",
        fix: "Leave one of them.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.kind`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// An extension of a backend that AKO does not know.
    BACKEND_EXTENSION_UNSUPPORTED = "Unsupported kind {} defined on HTTPRoute-Rule-BackendRef" {
        reason: "UnsupportedValue",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A backend's ExtensionRef is of a kind that AKO does not know; it drops the backend.",
        fix: "Use HealthMonitor or RouteBackendExtension.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.kind`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go",
    }

    /// A wildcard in a route, in AKO before 1.13.1.
    ROUTE_WILDCARD = "Wildcard in hostname is not supported for the HTTPRoute {}" {
        reason: "Detached",
        channel: super::Channel::Event,
        at: "event of the HTTPRoute",
        means: "AKO before 1.13.1 takes no route with a wildcard in its hostnames, and writes no status.",
        fix: "Name the hosts one by one, or use AKO 1.13.1.",
        field: "HTTPRoute `spec.hostnames`",
        rules: &["AKP707"],
        source: "AKO 1.12.3 ako-gateway-api/k8s/validator.go, IsHTTPRouteValid",
    }

    /// An L7Rule that is not there.
    L7_RULE_NOT_FOUND = "L7Rule CRD {}/{} not found" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule names an L7Rule that is not in the route's namespace; AKO leaves out the whole route.",
        fix: "Correct the name, or create the L7Rule in the route's namespace.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.name`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go, validateHTTPRouteRules; ako-gateway-api/lib, IsL7CRDValid",
    }

    /// An L7Rule that AKO rejected.
    L7_RULE_NOT_ACCEPTED = "L7Rule CRD {}/{} is not accepted" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule names an L7Rule that AKO rejected, or has not looked at; AKO leaves out the whole route.",
        fix: "Mend the L7Rule; its status says what is wrong.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.name`",
        source: "ako-gateway-api/nodes/route_validator.go, validateHTTPRouteRules; ako-gateway-api/lib, IsL7CRDValid",
    }

    /// An ApplicationProfile that is not there.
    APPLICATION_PROFILE_INVALID = "ApplicationProfile Ref {} is invalid" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A rule names an ApplicationProfile that is not in the route's namespace; AKO takes the route without it.",
        fix: "Correct the name, or create the ApplicationProfile in the route's namespace.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.name`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go; ako-gateway-api/lib, IsApplicationProfileValid",
    }

    /// An ApplicationProfile that is not ready.
    APPLICATION_PROFILE_NOT_READY = "ApplicationProfile Ref {} is not ready" {
        reason: "Pending",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "AKO's CRD operator has not programmed the ApplicationProfile.",
        fix: "Look at the status of the ApplicationProfile.",
        field: "HTTPRoute `spec.rules[].filters[].extensionRef.name`",
        source: "ako-gateway-api/nodes/route_validator.go; ako-gateway-api/lib, IsApplicationProfileProcessed",
    }

    /// A HealthMonitor that is not there.
    HEALTH_MONITOR_NOT_FOUND = "healthMonitor {}/{} not found" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A backend names a HealthMonitor that is not in the backend's namespace; AKO drops the backend.",
        fix: "Correct the name, or create the HealthMonitor in the backend's namespace.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.name`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go, validatedBackendRefExtensions; internal/lib, IsHealthMonitorProcessedWithOptions",
    }

    /// A HealthMonitor that is not ready.
    HEALTH_MONITOR_NOT_READY = "HealthMonitor is not ready" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "AKO's CRD operator has not programmed the HealthMonitor of a backend; AKO drops the backend.",
        fix: "Look at the status of the HealthMonitor.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.name`",
        source: "ako-gateway-api/nodes/route_validator.go, validatedBackendRefExtensions",
    }

    /// A RouteBackendExtension that is not there.
    BACKEND_EXTENSION_NOT_FOUND = "RouteBackendExtension object {}/{} not found" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A backend names a RouteBackendExtension that is not in the backend's namespace; AKO drops the backend.",
        fix: "Correct the name, or create the RouteBackendExtension in the backend's namespace.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.name`",
        rules: &["AKP332"],
        source: "ako-gateway-api/lib, IsRouteBackendExtensionProcessed",
    }

    /// A RouteBackendExtension that is not accepted.
    BACKEND_EXTENSION_NOT_ACCEPTED = "RouteBackendExtension object {}/{} is not in Accepted state" {
        reason: "BackendNotFound",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "AKO's CRD operator rejected the RouteBackendExtension of a backend; AKO drops the backend.",
        fix: "Look at the status of the RouteBackendExtension.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.name`",
        source: "ako-gateway-api/nodes/route_validator.go, validatedBackendRefExtensions",
    }

    /// Two extensions of one kind on a backend.
    BACKEND_EXTENSION_TWICE = "MultipleExtensionRef of same kind defined on HTTPRoute-Rule-BackendRef" {
        reason: "IncompatibleFilters",
        at: "HTTPRoute `status.parents[].conditions` (ResolvedRefs: False)",
        means: "A backend has two RouteBackendExtensions; AKO drops the backend. Of HealthMonitors it may have several.",
        fix: "Leave one of them.",
        field: "HTTPRoute `spec.rules[].backendRefs[].filters[].extensionRef.kind`",
        rules: &["AKP332"],
        source: "ako-gateway-api/nodes/route_validator.go, validatedBackendRefExtensions",
    }

    /// No host of a route is one of the cloud's.
    NO_DOMAIN_NAME = "No valid domain name added for child virtual service" {
        channel: Log,
        at: "log of AKO",
        means: "No host of the route ends with a DNS sub-domain of the Avi cloud, or none is left that a listener takes: the rule gets no virtual service, and the status stays `Accepted: True`.",
        fix: "Use hosts below a sub-domain of the cloud.",
        field: "HTTPRoute `spec.hostnames`",
        rules: &["AKP328"],
        source: "ako-gateway-api/nodes/avi_model_l7_translator.go, BuildChildVS",
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
