//! The status that AKO writes to an object, as rows to read.

use crate::ako::{Condition, ObjectStatus};

/// A status to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusView {
    /// Conditions, or the words that stand for them.
    pub rows: Vec<StatusRow>,
    /// Addresses with their hosts.
    pub addresses: Vec<String>,
    /// What one would otherwise take amiss, in a sentence; empty where nothing is.
    pub note: &'static str,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRow {
    /// Whose it is: `Gateway`, `listener http`, `parent red/gw`.
    pub of: String,
    /// `Ready=True`.
    pub condition: String,
    /// Reason.
    pub reason: String,
    /// Message.
    pub message: String,
}

/// What a working Gateway of the services API keeps for ever.
pub(crate) const WORKING: &str = "`Scheduled=False NotReconciled` is what a working Gateway keeps: AKO never writes `Scheduled` \
                       when all is well. Look at the addresses and the listeners' `Ready`.";

/// A status as rows.
#[must_use]
pub fn of(status: &ObjectStatus) -> StatusView {
    let mut view = StatusView::default();
    let mut add = |of: &str, conditions: &[Condition]| {
        view.rows.extend(conditions.iter().map(|condition| StatusRow {
            of: of.to_owned(),
            condition: format!("{}={}", condition.condition_type, condition.status),
            reason: condition.reason.clone(),
            message: condition.message.clone(),
        }));
    };
    match status {
        ObjectStatus::InfraSetting { status, error } => view.rows.push(StatusRow {
            of: "AviInfraSetting".to_owned(),
            condition: status.clone(),
            reason: String::new(),
            message: error.clone(),
        }),
        ObjectStatus::GatewayClass { conditions } => add("GatewayClass", conditions),
        ObjectStatus::HttpRoute { parents } => {
            for parent in parents {
                let reference = &parent.parent_ref;
                let section = reference.section_name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
                add(&format!("parent {}/{}{section}", reference.namespace, reference.name), &parent.conditions);
            }
        }
        ObjectStatus::Gateway { conditions, listeners, addresses } => {
            add("Gateway", conditions);
            for listener in listeners {
                let name = listener
                    .name
                    .as_ref()
                    .map_or_else(|| format!("port {}", listener.port), |name| format!("listener {name}"));
                let routes =
                    listener.attached_routes.map(|count| format!(", attachedRoutes {count}")).unwrap_or_default();
                add(&format!("{name}{routes}"), &listener.conditions);
            }
            if conditions.iter().any(|condition| condition.reason == "NotReconciled") {
                view.note = WORKING;
            }
            view.addresses.clone_from(addresses);
        }
        ObjectStatus::LoadBalancer { ingress } => {
            let point = |point: &crate::ako::status::IngressPoint| match &point.hostname {
                Some(host) => format!("{} {host}", point.ip),
                None => point.ip.clone(),
            };
            view.addresses = ingress.iter().map(point).collect();
        }
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ako::status::{IngressPoint, ListenerStatus, ParentRefStatus, ParentStatus};

    fn drawn(status: &ObjectStatus) -> Vec<String> {
        of(status).rows.iter().map(|row| format!("{}: {} {}", row.of, row.condition, row.message)).collect()
    }

    #[test]
    fn each_condition_says_whose_it_is() {
        let conditions = vec![Condition::new("Accepted", "True", "Accepted", "good")];
        let parent_ref =
            ParentRefStatus { name: "gw".into(), namespace: "red".into(), section_name: Some("web".into()) };
        let route =
            ObjectStatus::HttpRoute { parents: vec![ParentStatus { parent_ref, conditions: conditions.clone() }] };
        assert_eq!(drawn(&route), ["parent red/gw web: Accepted=True good"]);
        let listener = ListenerStatus {
            name: Some("web".into()),
            attached_routes: Some(2),
            conditions: conditions.clone(),
            ..ListenerStatus::default()
        };
        let gateway =
            ObjectStatus::Gateway { conditions, listeners: vec![listener], addresses: vec!["10.0.0.1".into()] };
        assert_eq!(
            drawn(&gateway),
            ["Gateway: Accepted=True good", "listener web, attachedRoutes 2: Accepted=True good"]
        );
        let point = IngressPoint { ip: "10.0.0.1".into(), hostname: Some("a.example.com".into()) };
        assert_eq!(of(&ObjectStatus::LoadBalancer { ingress: vec![point] }).addresses, ["10.0.0.1 a.example.com"]);
    }
}
