//! AKP408: the key of a shared VIP on a Service that is not of type LoadBalancer.

use crate::command::Command;
use crate::model::{SHARED_VIP_ANNOTATION, Service};
use crate::rule;
use crate::rules::links::{annotation_path, is_load_balancer};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Services with the annotation `ako.vmware.com/enable-shared-vip` that are not of type
    /// `LoadBalancer`.
    ///
    /// ## Why it matters
    /// AKO heeds the annotation on Services of type `LoadBalancer` alone. It passes over the others: the
    /// shared VIP has no port for them, and nothing is said anywhere (AKO 2.2.1
    /// `internal/k8s/controller.go` `isServiceLBType`; seen by running AKO). The annotation is there since
    /// AKO 1.7.1.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ```
    pub static SHARED_VIP_PASSED_OVER = {
        code: "AKP408",
        name: "shared-vip-passed-over",
        severity: Warning,
        reads: [Service],
        since: "0.1.0",
        needs: SharedVip,
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, service) in context.all::<Service>().filter(|(_, service)| !is_load_balancer(service)) {
        let Some(key) = object.annotation(SHARED_VIP_ANNOTATION).filter(|key| !key.is_empty()) else { continue };
        let kind = service.spec.service_type.as_deref().unwrap_or("ClusterIP");
        findings
            .at(object, "spec.type")
            .message(format!("this Service has the key `{key}` of a shared VIP and is of type `{kind}`"))
            .effect("AKO passes it over: the shared VIP has no port for it, and nothing says so")
            .help("use the type `LoadBalancer`, or remove the annotation")
            .fix("make it `LoadBalancer`", Command::set(&object.address, "spec.type", "LoadBalancer"))
            .fix("remove the annotation", Command::remove(&object.address, annotation_path(SHARED_VIP_ANNOTATION)))
            .related(object.place(annotation_path(SHARED_VIP_ANNOTATION)), "the key");
    }
}
