//! Gateway API v1 (`gateway.networking.k8s.io`): what AKO's gateway container makes of Gateways and
//! HTTPRoutes, where `featureGates.GatewayAPI` is on.
//!
//! Source: AKO 2.2.1 `ako-gateway-api/`.

mod container;
mod graph;
mod hosts;
mod landing;
mod listeners;
mod names;
mod routes;
mod rules;
mod world;

use super::cluster::Cluster;
use super::landing::Via;
use super::messages;
use super::moment::Timing;
use super::output::Output;
use super::status::{Condition, ObjectStatus};
use crate::model::AVI_CONTROLLER;
use crate::ordered::IntoOrdered;
use crate::workspace::Object;
use container::Container;
use world::{Order, World};

/// Name of the virtual service that a Gateway gets.
#[must_use]
pub fn virtual_service_name(cluster: &str, gateway: &Object) -> String {
    let names = names::GatewayNames::new(cluster, true);
    names.parent((gateway.namespace(), gateway.name()), listeners::is_dedicated(gateway))
}

/// Predicts all Gateways and routes.
pub async fn predict(cluster: &Cluster<'_>, output: &mut Output) {
    let world = World::new(cluster, Order::Given);
    if world.gateways.is_empty() && world.routes.is_empty() && world.classes.is_empty() {
        return;
    }
    let mut container = Container::new(&world);
    if !cluster.values.gateway_api {
        let reason = "`featureGates.GatewayAPI` is not true: AKO reads no object of `gateway.networking.k8s.io`";
        landing::land_nowhere(&container, output, reason);
        return;
    }
    if cluster.timing == Timing::AtStart {
        container.start().await;
    } else {
        container.run().await;
    }
    if cluster.timing == Timing::InOrder {
        let world = World::new(cluster, Order::Safe);
        let mut safe = Container::new(&world);
        safe.run().await;
        output.order_decides = order_decides(&container, &safe);
        landing::land(&safe, output).await;
    }
    write(&mut container, output);
}

/// The Gateways and routes that come out otherwise than in the safe order, by their own order.
fn order_decides(given: &Container<'_>, safe: &Container<'_>) -> Vec<usize> {
    let gateways = given.gateways.iter().filter(|(key, gateway)| {
        let safe = safe.gateways.get(*key);
        safe.is_none_or(|safe| safe.written != gateway.written || safe.service != gateway.service)
    });
    let routes = given.routes.iter().filter(|(key, route)| {
        let safe = safe.routes.get(*key);
        safe.is_none_or(|safe| safe.parents != route.parents || safe.children != route.children)
    });
    gateways.map(|(_, gateway)| gateway.object.order).chain(routes.map(|(_, route)| route.object.order)).collect()
}

/// Statuses and virtual services as the container leaves them.
fn write(container: &mut Container<'_>, output: &mut Output) {
    let cluster = container.world.cluster;
    for (object, class) in container.world.classes.values() {
        if class.spec.controller_name.as_deref() == Some(AVI_CONTROLLER) {
            let conditions = vec![Condition::of("Accepted", "True", &messages::CLASS_VALID, &[])];
            output.objects.insert(cluster.workspace.key(object), ObjectStatus::GatewayClass { conditions });
        }
    }
    for route in container.routes.values_mut() {
        if let Some(parents) = route.parents.take() {
            let parents = parents.into_iter().flatten().collect();
            output.objects.insert(cluster.workspace.key(route.object), ObjectStatus::HttpRoute { parents });
        }
        // Names in DNS are those of all routes that are mapped, wildcards left out (`updateHostname`).
        for (gateway, hosts) in &route.hosts {
            let service = container.gateways.get_mut(gateway).and_then(|gateway| gateway.service.as_mut());
            let vip = service.filter(|service| !service.dedicated).and_then(|service| service.vs_vip.as_mut());
            if let Some(vip) = vip {
                vip.fqdns.extend(hosts.iter().filter(|host| !host.contains('*')).cloned());
            }
        }
    }
    for gateway in container.gateways.values_mut() {
        if let Some(status) = gateway.written.take() {
            output.objects.insert(cluster.workspace.key(gateway.object), status.into_object());
        }
        let Some(mut service) = gateway.service.take() else { continue };
        let tenant = cluster.tenant(gateway.object.namespace());
        if let Some(vip) = &mut service.vs_vip {
            output.own(format!("{tenant}/{}", vip.name), gateway.object, Via::GatewayApi);
            vip.fqdns = std::mem::take(&mut vip.fqdns).into_iter().into_set().into_iter().collect();
            output.virtual_services.insert(format!("{tenant}/{}", vip.name), service);
        }
    }
}

#[cfg(test)]
mod tests;
