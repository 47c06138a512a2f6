//! Statuses as AKO writes them.

use super::messages::Message;

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
    /// GatewayClass of Gateway API v1.
    GatewayClass {
        /// Conditions.
        conditions: Vec<Condition>,
    },
    /// HTTPRoute.
    HttpRoute {
        /// One for each parent whose Gateway is AKO's.
        parents: Vec<ParentStatus>,
    },
    /// Gateway of either API.
    Gateway {
        /// Conditions of the whole Gateway.
        conditions: Vec<Condition>,
        /// Conditions of the listeners.
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

impl Condition {
    /// A condition of its parts.
    #[must_use]
    pub fn new(condition_type: &str, status: &str, reason: &str, message: impl Into<String>) -> Self {
        let [condition_type, status, reason] = [condition_type, status, reason].map(str::to_owned);
        Self { condition_type, status, reason, message: message.into() }
    }

    /// A condition with a message of AKO.
    #[must_use]
    pub fn of(condition_type: &str, status: &str, message: &Message, values: &[&str]) -> Self {
        Self::new(condition_type, status, message.reason, message.with(values))
    }

    /// Puts it among others: one of its type is replaced.
    pub fn set_in(self, conditions: &mut Vec<Self>) {
        match conditions.iter_mut().find(|condition| condition.condition_type == self.condition_type) {
            Some(condition) => *condition = self,
            None => conditions.push(self),
        }
    }
}

/// A listener's status: of the services API by port alone, of Gateway API v1 by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListenerStatus {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Port; left out where it is 0, as Go does.
    #[serde(skip_serializing_if = "is_zero")]
    pub port: i64,
    /// How many routes AKO counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached_routes: Option<usize>,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// What AKO writes to a route about one of its parents.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentStatus {
    /// The Gateway.
    pub parent_ref: ParentRefStatus,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// The Gateway of a parent's status.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentRefStatus {
    /// Name.
    pub name: String,
    /// Namespace, also where the route names none.
    pub namespace: String,
    /// The listener that the route asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_name: Option<String>,
}

/// An entry of `status.loadBalancer.ingress`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
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
