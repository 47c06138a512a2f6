//! IngressClass and Ingress (`networking.k8s.io/v1`; `v1beta1` is read).

use super::metadata::ObjectMeta;
use crate::lower::{IntOrString, Unread};
use crate::object;

object! {
    /// A class of ingresses; with AKO it names the AviInfraSetting.
    pub struct IngressClass {
        /// `networking.k8s.io/v1`.
        pub api_version: Option<String> = "apiVersion",
        /// `IngressClass`.
        pub kind: Option<String> = "kind",
        /// The default class is marked by an annotation.
        pub metadata: ObjectMeta = "metadata",
        /// Controller and parameters.
        pub spec: IngressClassSpec = "spec",
    }
}

object! {
    /// `spec`.
    pub struct IngressClassSpec {
        /// `ako.vmware.com/avi-lb` for AKO.
        pub controller: Option<String> = "controller",
        /// The AviInfraSetting.
        pub parameters: Option<IngressClassParameters> = "parameters",
    }
}

object! {
    /// `spec.parameters`: counts only with `apiGroup` `ako.vmware.com`; without one AKO crashes.
    pub struct IngressClassParameters {
        /// API group. Kubernetes lets it out for the core group; AKO 2.2.1 does not survive that.
        pub api_group: Option<String> = "apiGroup",
        /// Kind.
        pub kind: Option<String> = "kind",
        /// Name.
        pub name: Option<String> = "name",
        /// `Cluster` or `Namespace`; ignored by AKO.
        pub scope: Option<String> = "scope",
        /// Ignored by AKO.
        pub namespace: Option<String> = "namespace",
    }
    required ["kind", "name"]
}

object! {
    /// An Ingress of either version.
    pub struct Ingress {
        /// `networking.k8s.io/v1`; `v1beta1` was removed in Kubernetes 1.22.
        pub api_version: Option<String> = "apiVersion",
        /// `Ingress`.
        pub kind: Option<String> = "kind",
        /// Name and namespace.
        pub metadata: ObjectMeta = "metadata",
        /// Class, hosts, backends.
        pub spec: IngressSpec = "spec",
    }
    known ["status"]
}

object! {
    /// `spec`.
    pub struct IngressSpec {
        /// Name of the IngressClass.
        pub ingress_class_name: Option<String> = "ingressClassName",
        /// Backend of what no rule takes (v1); AKO does nothing with it.
        pub default_backend: Option<IngressBackend> = "defaultBackend",
        /// The same in v1beta1.
        pub backend: Option<IngressBackend> = "backend",
        /// Hosts with TLS.
        pub tls: Vec<IngressTls> = "tls",
        /// Hosts and paths.
        pub rules: Vec<IngressRule> = "rules",
    }
}

object! {
    /// An item of `spec.tls`.
    pub struct IngressTls {
        /// Hosts of the certificate.
        pub hosts: Vec<String> = "hosts",
        /// Secret with certificate and key.
        pub secret_name: Option<String> = "secretName",
    }
}

object! {
    /// An item of `spec.rules`.
    pub struct IngressRule {
        /// Host; must end in one of the cloud's DNS sub-domains.
        pub host: Option<String> = "host",
        /// Paths; a rule without them stops the whole Ingress.
        pub http: Option<IngressHttp> = "http",
    }
}

object! {
    /// `spec.rules[].http`.
    pub struct IngressHttp {
        /// Paths.
        pub paths: Vec<IngressPath> = "paths",
    }
    required ["paths"]
}

object! {
    /// An item of `spec.rules[].http.paths`.
    pub struct IngressPath {
        /// Path.
        pub path: Option<String> = "path",
        /// `Exact`, `Prefix` or `ImplementationSpecific`; required in v1.
        pub path_type: Option<String> = "pathType",
        /// Where to.
        pub backend: IngressBackend = "backend",
    }
    required ["backend"]
    one_of { "pathType": ["Exact", "Prefix", "ImplementationSpecific"] }
}

object! {
    /// A backend of either version.
    pub struct IngressBackend {
        /// The Service (v1).
        pub service: Option<IngressServiceBackend> = "service",
        /// Another object instead of a Service; crashes AKO.
        pub resource: Option<Unread> = "resource",
        /// The Service's name (v1beta1).
        pub service_name: Option<String> = "serviceName",
        /// The Service's port (v1beta1).
        pub service_port: Option<IntOrString> = "servicePort",
    }
}

object! {
    /// `backend.service`.
    pub struct IngressServiceBackend {
        /// Name, in the Ingress' namespace.
        pub name: Option<String> = "name",
        /// Port by number or name.
        pub port: Option<ServiceBackendPort> = "port",
    }
    required ["name"]
}

object! {
    /// `backend.service.port`: one of both.
    pub struct ServiceBackendPort {
        /// Port number.
        pub number: Option<i64> = "number",
        /// Port name.
        pub name: Option<String> = "name",
    }
    range { "number": 1..=65535 }
}

impl IngressBackend {
    /// The backend's Service name, whichever version it was written in.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.service.as_ref().and_then(|service| service.name.as_deref()).or(self.service_name.as_deref())
    }
    /// The field of its port, below the backend, and the port by number or name; none where neither is written.
    #[must_use]
    pub fn port(&self) -> Option<(&'static str, IntOrString)> {
        let Some(service) = &self.service else {
            return self.service_port.clone().map(|port| ("servicePort", port));
        };
        let port = service.port.as_ref()?;
        match (port.number, &port.name) {
            (Some(number), _) => Some(("service.port.number", IntOrString::Int(number))),
            (None, Some(name)) => Some(("service.port.name", IntOrString::String(name.clone()))),
            (None, None) => None,
        }
    }
}
