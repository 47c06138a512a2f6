//! GatewayClass and Gateway of the services API (`networking.x-k8s.io/v1alpha1`), AKO's layer 4 gateways.
//!
//! Schema: AKO `helm/ako/crds/networking.x-k8s.io_{gatewayclasses,gateways}.yaml`, unchanged since 1.4.1.

use std::collections::BTreeMap;

use super::metadata::ObjectMeta;
use crate::lower::Unread;
use crate::object;

object! {
    /// A class of gateways; with AKO it names the AviInfraSetting.
    pub struct GatewayClass {
        /// `networking.x-k8s.io/v1alpha1`.
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
        pub controller: Option<String> = "controller",
        /// The AviInfraSetting.
        pub parameters_ref: Option<ParametersRef> = "parametersRef",
    }
    required ["controller"]
}

object! {
    /// `spec.parametersRef`: counts only with group `ako.vmware.com` and kind `AviInfraSetting`.
    pub struct ParametersRef {
        /// API group.
        pub group: Option<String> = "group",
        /// Kind.
        pub kind: Option<String> = "kind",
        /// Name.
        pub name: Option<String> = "name",
    }
    known ["scope", "namespace"]
    required ["group", "kind", "name"]
}

object! {
    /// A gateway: one virtual service with one VIP for all its listeners.
    pub struct Gateway {
        /// `networking.x-k8s.io/v1alpha1`.
        pub api_version: Option<String> = "apiVersion",
        /// `Gateway`.
        pub kind: Option<String> = "kind",
        /// Name and namespace, which the listeners' selectors repeat.
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
        /// Ports that the virtual service listens on.
        pub listeners: Vec<Listener> = "listeners",
        /// Wanted addresses: AKO looks at the first only, and only if its type is `IPAddress`.
        pub addresses: Vec<GatewayAddress> = "addresses",
    }
    required ["gatewayClassName", "listeners"]
}

object! {
    /// An item of `spec.listeners`.
    pub struct Listener {
        /// Name under which a Service using several listeners finds this one's host.
        pub hostname: Option<String> = "hostname",
        /// Port, 1 to 65535.
        pub port: Option<i64> = "port",
        /// `TCP`, `UDP` or `SCTP`; anything else never matches a Service.
        pub protocol: Option<String> = "protocol",
        /// Which Services; AKO reads the two gateway labels and nothing else.
        pub routes: Option<Routes> = "routes",
        /// Not evaluated by AKO.
        pub tls: Option<Unread> = "tls",
    }
    required ["port", "protocol", "routes"]
    range { "port": 1..=65535 }
}

object! {
    /// `spec.listeners[].routes`.
    pub struct Routes {
        /// API group; not evaluated by AKO.
        pub group: Option<String> = "group",
        /// Kind; not evaluated by AKO.
        pub kind: Option<String> = "kind",
        /// Namespaces; not evaluated by AKO.
        pub namespaces: Option<RouteNamespaces> = "namespaces",
        /// The two gateway labels.
        pub selector: Option<LabelSelector> = "selector",
    }
    required ["kind"]
}

object! {
    /// `spec.listeners[].routes.namespaces`.
    pub struct RouteNamespaces {
        /// `All`, `Selector` or `Same`.
        pub from: Option<String> = "from",
        /// Label selector.
        pub selector: Option<Unread> = "selector",
    }
    one_of { "from": ["All", "Selector", "Same"] }
}

object! {
    /// A label selector (Kubernetes `meta/v1 LabelSelector`).
    pub struct LabelSelector {
        /// Labels that must be equal.
        pub match_labels: BTreeMap<String, String> = "matchLabels",
        /// Expressions; not evaluated by AKO.
        pub match_expressions: Option<Unread> = "matchExpressions",
    }
}

object! {
    /// An item of `spec.addresses`.
    pub struct GatewayAddress {
        /// `IPAddress` (the default) or `NamedAddress`.
        pub address_type: Option<String> = "type",
        /// The address; neither syntax nor network is checked by AKO.
        pub value: Option<String> = "value",
    }
    required ["value"]
    one_of { "type": ["IPAddress", "NamedAddress"] }
}
