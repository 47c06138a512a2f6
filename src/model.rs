//! The kinds that akoplan knows, one file each, as plain values without places.
//!
//! ```text
//! Ingress ──ingressClassName──► IngressClass ──parameters─────┐
//!                                                             ▼
//! Service ──labels──► Gateway ──► GatewayClass ──parametersRef──► AviInfraSetting ──► SE group, networks
//! Service ──annotation aviinfrasetting.ako.vmware.com/name────────▲                   on the Avi Controller
//! Namespace ──annotation (for what has no reference of its own)───┘
//! HTTPRoute ──parentRefs──► Gateway (v1) ──► its Namespace's annotation, for the SE group alone
//! AkoValues, or the AkoConfigMap made of them: the global network and SE group where no setting applies
//! AkoplanSettings: the world outside
//! ```
//!
//! Where a value stands in the text is asked by field path, see [`crate::workspace::Object::span`].

pub mod ako_config_map;
pub mod ako_values;
pub mod cidr;
pub mod gateway_api;
pub mod infra_setting;
pub mod ingress;
pub mod kind;
pub mod metadata;
pub mod service;
pub mod services_api;
pub mod settings;

pub use ako_config_map::AkoConfigMap;
pub use ako_values::AkoValues;
pub use cidr::Cidr;
pub use gateway_api::{GatewayClassV1, GatewayV1, HttpRoute};
pub use infra_setting::AviInfraSetting;
pub use ingress::{Ingress, IngressClass};
pub use kind::{Kind, Typed};
pub use metadata::ObjectMeta;
pub use service::{Namespace, Service};
pub use services_api::{Gateway, GatewayClass};
pub use settings::AkoplanSettings;

/// The controller name that AKO answers to, in classes of every kind (AKO `internal/lib/constants.go`).
pub const AVI_CONTROLLER: &str = "ako.vmware.com/avi-lb";
/// The IngressClass that AKO's own chart installs (AKO `helm/ako/templates/ingressclass.yaml`).
pub const CHART_INGRESS_CLASS: &str = "avi-lb";
/// API group of AviInfraSetting.
pub const AKO_GROUP: &str = "ako.vmware.com";
/// Label that names a Service's Gateway.
pub const GATEWAY_NAME_LABEL: &str = "ako.vmware.com/gateway-name";
/// Label that names the namespace of a Service's Gateway.
pub const GATEWAY_NAMESPACE_LABEL: &str = "ako.vmware.com/gateway-namespace";
/// Annotation that names the AviInfraSetting of a LoadBalancer Service or of a Namespace.
pub const INFRA_SETTING_ANNOTATION: &str = "aviinfrasetting.ako.vmware.com/name";
/// Annotation that groups LoadBalancer Services on one VIP.
pub const SHARED_VIP_ANNOTATION: &str = "ako.vmware.com/enable-shared-vip";
/// Annotation for a preferred address.
pub const LOAD_BALANCER_IP_ANNOTATION: &str = "ako.vmware.com/load-balancer-ip";
/// Annotation that names a LoadBalancer Service's L4Rule.
pub const L4_RULE_ANNOTATION: &str = "ako.vmware.com/l4rule";
/// Annotation that silences findings: codes and a reason.
pub const IGNORE_ANNOTATION: &str = "akoplan/ignore";
