//! The services API: GatewayClass and Gateway of `networking.x-k8s.io/v1alpha1`, and the Services
//! that name a Gateway by two labels.
//!
//! Source: AKO 2.2.1 `internal/nodes/ingress_model_rel.go` (`validateSvcApiGatewayForClass`,
//! `ParseL4ServiceForGateway`), `internal/nodes/avi_model_advl4_translator.go`
//! (`ConstructSvcApiL4VsNode`, `ConstructAdvL4PolPoolNodes`), `internal/status/svcapi_status.go`.

mod gateway;
mod landing;
mod listeners;

use std::collections::BTreeMap;

use super::cluster::{Cluster, ServiceRef, gateway_labels};
use super::landing::{Outcome, Via};
use super::layer4;
use super::load_balancer::is_load_balancer;
use super::output::Output;
use super::versions::Capability;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL};
use crate::pace::pause;

/// Services by the Gateway they are labelled for.
type Labelled<'a> = BTreeMap<(&'a str, &'a str), Vec<ServiceRef<'a>>>;

/// Predicts all Gateways, and where their Services land.
pub async fn predict(cluster: &Cluster<'_>, output: &mut Output) {
    let mut labelled = Labelled::new();
    for service in cluster.services.iter().copied() {
        let Some(labels) = gateway_labels(service.0) else { continue };
        pause().await;
        // A LoadBalancer Service has a virtual service of its own; its labels do nothing.
        if is_load_balancer(service) && !takes(cluster, service) {
            continue;
        }
        match (not_read(cluster, service), labels) {
            (None, (Some(namespace), Some(name))) => labelled.entry((namespace, name)).or_default().push(service),
            (reason, _) => {
                let reason = reason.unwrap_or_default();
                landing::nowhere(cluster, output, service, &reason);
            }
        }
    }
    for (key, gateway) in &cluster.gateways {
        let services = labelled.remove(key).unwrap_or_default();
        gateway::predict(cluster, output, *gateway, &services);
        pause().await;
    }
    for ((namespace, name), services) in labelled {
        for service in services {
            let key = format!("Gateway/{namespace}/{name}");
            pause().await;
            if cluster.is_external("Gateway", namespace, name) {
                landing::on_external_gateway(cluster, output, service, (namespace, name));
            } else {
                landing::dangling(
                    cluster,
                    output,
                    service,
                    &key,
                    &format!("Gateway `{namespace}/{name}` is not defined"),
                );
            }
        }
    }
}

/// Whether Gateways take a Service of type LoadBalancer, as they do in an AKO before 1.6.4.
#[must_use]
pub fn takes(cluster: &Cluster<'_>, (object, service): ServiceRef<'_>) -> bool {
    let labelled = [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL].iter().all(|label| object.label(label).is_some());
    !cluster.has(Capability::LoadBalancerBesideGateways)
        && cluster.values.services_api
        && labelled
        && is_load_balancer((object, service))
}

/// Why AKO does not look for a labelled Service's Gateway, if it does not.
fn not_read(cluster: &Cluster<'_>, (object, _): ServiceRef<'_>) -> Option<String> {
    for label in [GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL] {
        if object.label(label).is_none() {
            return Some(format!("the label `{label}` is missing; AKO needs both gateway labels"));
        }
    }
    off(cluster).or_else(|| cluster.leaves_alone(object.namespace()))
}

/// Why AKO reads no Gateway at all, if it does not.
fn off(cluster: &Cluster<'_>) -> Option<String> {
    if cluster.values.layer7_only {
        return Some("`AKOSettings.layer7Only` is true: AKO leaves layer 4 alone".to_owned());
    }
    (!cluster.values.services_api).then(|| "`AKOSettings.servicesAPI` is not true: AKO reads no Gateway".to_owned())
}

/// Lands all ports of a Service nowhere.
fn land_nowhere(cluster: &Cluster<'_>, output: &mut Output, service: ServiceRef<'_>, reason: String) {
    layer4::land_nowhere(output, cluster, service, Via::Gateway, None, &Outcome::NotServed { reason });
}
