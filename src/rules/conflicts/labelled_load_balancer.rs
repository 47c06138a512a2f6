//! AKP404: gateway labels on a Service of type LoadBalancer.

use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::{AVI_CONTROLLER, Service};
use crate::rule;
use crate::rules::links::{gateway_of, is_load_balancer};
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds Services of type LoadBalancer with the two gateway labels. If an annotation names their
    /// AviInfraSetting, it is a warning.
    ///
    /// ## Why it matters
    /// AKO ignores the labels since 1.6.4: the Service gets a virtual service and an address of its own,
    /// on the global network if no annotation names another, and the Gateway's listener stays without a
    /// pool (AKO 2.2.1 `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`; seen by
    /// running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway-admin-0
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners:
    ///   - protocol: TCP
    ///     port: 443
    ///     routes:
    ///       kind: Service
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway-admin-0
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static LABELLED_LOAD_BALANCER = {
        code: "AKP404",
        name: "labelled-load-balancer",
        severity: Error,
        reads: [Service],
        since: "0.1.0",
        needs: LoadBalancerBesideGateways,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, service) in context.all::<Service>().filter(|(_, service)| is_load_balancer(service)) {
        let is_akos = service.spec.load_balancer_class.as_deref().is_none_or(|class| class == AVI_CONTROLLER);
        let Some((namespace, name)) = gateway_of(object).filter(|_| is_akos) else { continue };
        let has_setting = segment::of_annotation(object).is_some();
        let severity = if has_setting { Severity::Warning } else { Severity::Error };
        findings
            .at(object, "spec.type")
            .severity(severity)
            .message(format!("the labels name the Gateway `{namespace}/{name}`, but the type is `LoadBalancer`"))
            .effect("AKO ignores the labels and gives the Service an address of its own; the Gateway's listener stays without a pool")
            .help("use the type `ClusterIP` with a Gateway, or remove the labels")
            .fix("make it `ClusterIP`", Command::set(&object.address, "spec.type", "ClusterIP"));
    }
}
