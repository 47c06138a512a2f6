//! GatewayClass, Gateway and HTTPRoute of Gateway API v1 (`gateway.networking.k8s.io`), AKO's other gateways.
//!
//! Schema: Gateway API 1.6.1 `config/crd/experimental`, `v1`; `v1beta1` of these kinds is the same. AKO
//! 2.2.1 has a container of its own for them, switched on by `featureGates.GatewayAPI`.

pub mod http_route;

use super::metadata::ObjectMeta;
use super::services_api::{LabelSelector, ParametersRef};
use crate::lower::Unread;
use crate::object;

pub use http_route::HttpRoute;

/// API group of these kinds.
pub const GATEWAY_API_GROUP: &str = "gateway.networking.k8s.io";
/// The class that AKO's chart makes where the container is on (AKO `helm/ako/templates/gatewayclass.yaml`).
pub const CHART_GATEWAY_CLASS: &str = "avi-lb";
/// Annotation of a Gateway that asks for a virtual service without children (`"true"`, exactly).
pub const DEDICATED_GATEWAY_ANNOTATION: &str = "ako.vmware.com/dedicated-gateway-mode";

object! {
    /// A class of gateways.
    pub struct GatewayClassV1 {
        /// `gateway.networking.k8s.io/v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `GatewayClass`.
        pub kind: Option<String> = "kind",
        /// Cluster-scoped: no namespace.
        pub metadata: ObjectMeta = "metadata",
        /// Controller and parameters.
        pub spec: GatewayClassSpec = "spec",
    }
    known ["status"]
    required ["spec"]
}

object! {
    /// `spec`.
    pub struct GatewayClassSpec {
        /// `ako.vmware.com/avi-lb` for AKO.
        pub controller_name: Option<String> = "controllerName",
        /// Not read by AKO: an AviInfraSetting applies by the namespace's annotation only.
        pub parameters_ref: Option<ParametersRef> = "parametersRef",
        /// For people.
        pub description: Option<String> = "description",
    }
    required ["controllerName"]
}

object! {
    /// A gateway: one virtual service with one VIP, and a child for each rule of its routes.
    pub struct GatewayV1 {
        /// `gateway.networking.k8s.io/v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `Gateway`.
        pub kind: Option<String> = "kind",
        /// Name and namespace; the annotation for dedicated mode.
        pub metadata: ObjectMeta = "metadata",
        /// Class, listeners, addresses.
        pub spec: GatewaySpec = "spec",
    }
    known ["status"]
    required ["spec"]
}

object! {
    /// `spec`.
    pub struct GatewaySpec {
        /// Name of the GatewayClass.
        pub gateway_class_name: Option<String> = "gatewayClassName",
        /// Ports with hosts.
        pub listeners: Vec<Listener> = "listeners",
        /// Wanted addresses: AKO takes one, of type `IPAddress`.
        pub addresses: Vec<GatewayAddress> = "addresses",
        /// Not read by AKO.
        pub infrastructure: Option<Unread> = "infrastructure",
    }
    known ["allowedListeners", "defaultScope", "tls"]
    required ["gatewayClassName", "listeners"]
}

object! {
    /// An item of `spec.addresses`.
    pub struct GatewayAddress {
        /// `IPAddress` (the default) or `Hostname`.
        pub address_type: Option<String> = "type",
        /// The address; what is no IP address AKO passes over.
        pub value: Option<String> = "value",
    }
}

object! {
    /// An item of `spec.listeners`.
    pub struct Listener {
        /// Name, which routes can ask for.
        pub name: Option<String> = "name",
        /// Host, with `*.` in front for all one label below.
        pub hostname: Option<String> = "hostname",
        /// Port, 1 to 65535.
        pub port: Option<i64> = "port",
        /// `HTTP` or `HTTPS`; AKO refuses all others.
        pub protocol: Option<String> = "protocol",
        /// Certificates.
        pub tls: Option<ListenerTls> = "tls",
        /// Which routes may attach.
        pub allowed_routes: Option<AllowedRoutes> = "allowedRoutes",
    }
    required ["name", "port", "protocol"]
    range { "port": 1..=65535 }
}

object! {
    /// `spec.listeners[].tls`.
    pub struct ListenerTls {
        /// `Terminate` (the default) or `Passthrough`, which AKO refuses.
        pub mode: Option<String> = "mode",
        /// Secrets; AKO looks for them in the Gateway's namespace.
        pub certificate_refs: Vec<CertificateRef> = "certificateRefs",
        /// Not read by AKO.
        pub options: Option<Unread> = "options",
    }
    known ["frontendValidation"]
    one_of { "mode": ["Terminate", "Passthrough"] }
}

object! {
    /// An item of `spec.listeners[].tls.certificateRefs`.
    pub struct CertificateRef {
        /// The core group, written as nothing.
        pub group: Option<String> = "group",
        /// `Secret`.
        pub kind: Option<String> = "kind",
        /// Name.
        pub name: Option<String> = "name",
        /// Another namespace, where a ReferenceGrant would allow it; AKO does not look there.
        pub namespace: Option<String> = "namespace",
    }
    required ["name"]
}

object! {
    /// `spec.listeners[].allowedRoutes`.
    pub struct AllowedRoutes {
        /// Kinds of routes; AKO knows HTTPRoute.
        pub kinds: Vec<RouteKind> = "kinds",
        /// Namespaces of routes.
        pub namespaces: Option<RouteNamespaces> = "namespaces",
    }
}

object! {
    /// An item of `spec.listeners[].allowedRoutes.kinds`.
    pub struct RouteKind {
        /// API group.
        pub group: Option<String> = "group",
        /// Kind.
        pub kind: Option<String> = "kind",
    }
    required ["kind"]
}

object! {
    /// `spec.listeners[].allowedRoutes.namespaces`.
    pub struct RouteNamespaces {
        /// `Same` (the default), `All` or `Selector`, which AKO does not evaluate.
        pub from: Option<String> = "from",
        /// Labels of namespaces.
        pub selector: Option<LabelSelector> = "selector",
    }
    one_of { "from": ["All", "Selector", "Same", "None"] }
}

impl Listener {
    /// The host, unless it is empty.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.hostname.as_deref().filter(|host| !host.is_empty())
    }

    /// `Same`, `All` or `Selector`: from where routes may come; the API server fills in `Same`.
    #[must_use]
    pub fn routes_from(&self) -> &str {
        let namespaces = self.allowed_routes.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
        namespaces.and_then(|namespaces| namespaces.from.as_deref()).unwrap_or("Same")
    }

    /// Its certificates.
    #[must_use]
    pub fn certificates(&self) -> &[CertificateRef] {
        self.tls.as_ref().map_or(&[], |tls| &tls.certificate_refs)
    }
}
