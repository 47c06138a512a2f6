//! Statuses as AKO writes them.

/// What AKO writes to an object.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum ObjectStatus {
    /// AviInfraSetting.
    InfraSetting {
        /// `Accepted` or `Rejected`.
        status: String,
        /// Why it was rejected.
        #[serde(skip_serializing_if = "String::is_empty")]
        error: String,
    },
    /// Gateway.
    Gateway {
        /// Conditions of the whole Gateway.
        conditions: Vec<Condition>,
        /// Conditions by port.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        listeners: Vec<ListenerStatus>,
        /// Addresses; tokens where Avi would choose.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        addresses: Vec<String>,
    },
    /// Service or Ingress.
    LoadBalancer {
        /// `status.loadBalancer.ingress`.
        ingress: Vec<IngressPoint>,
    },
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Condition {
    /// Type, as in `Scheduled`, `Ready`.
    #[serde(rename = "type")]
    pub condition_type: String,
    /// `True` or `False`.
    pub status: String,
    /// Reason.
    pub reason: String,
    /// Message.
    pub message: String,
}

/// A listener's status; AKO keys it by port alone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ListenerStatus {
    /// Port; left out where it is 0, as Go does.
    #[serde(skip_serializing_if = "is_zero")]
    pub port: i64,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// An entry of `status.loadBalancer.ingress`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct IngressPoint {
    /// Address or token.
    pub ip: String,
    /// Host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn is_zero(port: &i64) -> bool {
    *port == 0
}
