//! AKP505: layer 4 objects while AKO leaves layer 4 alone.

use crate::command::Command;
use crate::model::{
    AVI_CONTROLLER, Gateway, INFRA_SETTING_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION, SHARED_VIP_ANNOTATION, Service,
};
use crate::rule;
use crate::rules::links::{is_akos_gateway, is_load_balancer};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds values of AKO with `AKOSettings.layer7Only: true` in projects with Gateways or Services of
    /// type LoadBalancer that are meant for AKO by class or annotation.
    ///
    /// ## Why it matters
    /// AKO then handles Ingresses only: Services get no address, Gateways no virtual service
    /// (AKO 2.2.1 `helm/ako/values.yaml`, `AKOSettings.layer7Only`).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    ///   layer7Only: true
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   loadBalancerClass: ako.vmware.com/avi-lb
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    ///   layer7Only: true
    /// ---
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
    ///   listeners: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    ///   layer7Only: false
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   loadBalancerClass: ako.vmware.com/avi-lb
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   servicesAPI: true
    ///   layer7Only: false
    /// ---
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
    ///   listeners: []
    /// ```
    pub static LAYER7_ONLY = {
        code: "AKP505",
        name: "layer7-only",
        severity: Error,
        reads: [AkoValues, Gateway, GatewayClass, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((object, values)) = context.values() else { return };
    if values.ako_settings.layer7_only.is_none_or(|on| !on.0) {
        return;
    }
    let mut gateways = context.all::<Gateway>().filter(|(_, gateway)| is_akos_gateway(context, gateway));
    let gateway = gateways.next().map(|(gateway, _)| gateway);
    let first = gateway.or_else(|| {
        let mut services = context.all::<Service>().filter(|(_, service)| is_load_balancer(service));
        services.find(|(object, service)| is_meant_for_ako(object, service)).map(|(service, _)| service)
    });
    let Some(first) = first else { return };
    let path = "AKOSettings.layer7Only";
    findings
        .at(object, path)
        .message("`layer7Only` is true, but there are Gateways or LoadBalancer Services")
        .effect("AKO leaves them alone: no address, no status")
        .help("set `AKOSettings.layer7Only` to false, or leave these objects to another controller")
        .fix("set `layer7Only: false`", Command::set(&object.address, path, false))
        .related(first.place("metadata.name"), "the first of them");
}

/// Without class and annotation a Service may be another load balancer's: that is what `layer7Only` is for.
fn is_meant_for_ako(object: &Object, service: &Service) -> bool {
    match service.spec.load_balancer_class.as_deref() {
        Some(class) => class == AVI_CONTROLLER,
        None => [INFRA_SETTING_ANNOTATION, SHARED_VIP_ANNOTATION, LOAD_BALANCER_IP_ANNOTATION]
            .into_iter()
            .any(|annotation| object.annotation(annotation).is_some()),
    }
}
