//! AKP217: a Service's list of ports that the API server refuses.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::model::Service;
use crate::rule;
use crate::rules::links::{gateway_of, is_load_balancer, item_path, port_key};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Services of type LoadBalancer, or with gateway labels, that have no port, and Services of
    /// which two ports have the same protocol and number.
    ///
    /// ## Why it matters
    /// The API server refuses the object ("spec.ports: Required value", "Duplicate value"; Kubernetes
    /// `pkg/apis/core/validation/validation.go`, `ValidateService`), so AKO never sees it. A port without
    /// protocol is TCP.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - name: https
    ///     port: 443
    ///   - name: admin
    ///     port: 443
    ///     protocol: TCP
    ///     targetPort: 8443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - name: https
    ///     port: 443
    ///   - name: admin
    ///     port: 8443
    ///     protocol: TCP
    ///     targetPort: 8443
    /// ```
    pub static SERVICE_PORTS = {
        code: "AKP217",
        name: "service-ports",
        severity: Error,
        reads: [Service],
        since: "0.1.0",
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let effect = "the API server refuses the object";
    for (object, service) in context.all::<Service>() {
        let is_headless = service.spec.cluster_ip.as_deref() == Some("None");
        let is_for_ako = is_load_balancer(service) || gateway_of(object).is_some();
        let is_external = service.spec.service_type.as_deref() == Some("ExternalName");
        if service.spec.ports.is_empty() && is_for_ako && !is_headless && !is_external {
            findings
                .at(object, "spec.ports")
                .message(format!("the Service `{}` has no port", object.name()))
                .effect(effect)
                .help("add the ports that clients use");
        }
        let mut first_of = BTreeMap::new();
        for (at, port) in service.spec.ports.iter().enumerate() {
            let Some(key) = port_key(port) else { continue };
            let first = *first_of.entry(key).or_insert(at);
            if first == at {
                continue;
            }
            let (protocol, number) = key;
            let path = item_path("spec.ports", at);
            findings
                .at(object, path.clone().key("port"))
                .message(format!("the Service `{}` has two ports {protocol}/{number}", object.name()))
                .effect(effect)
                .help("give one of them another number, or remove it")
                .related(object.place(item_path("spec.ports", first).key("port")), "the first one")
                .fix("remove this port", Command::remove(&object.address, path));
        }
    }
}
