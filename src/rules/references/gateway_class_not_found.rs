//! AKP301: a Gateway names a GatewayClass that is not there.

use super::elsewhere;
use crate::model::{Gateway, GatewayClass};
use crate::rule;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways whose `spec.gatewayClassName` is no GatewayClass of this project.
    /// In a project without any GatewayClass it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// AKO makes no virtual service for such a Gateway: its Services have no VIP. The Gateway then
    /// says `Scheduled: True` with the reason `InvalidGatewayClass`, which reads like success, and
    /// keeps saying so when the class is added later (AKO 2.2.1 `internal/k8s/services_api.go` and
    /// `internal/nodes/ingress_model_rel.go`, `validateSvcApiGatewayForClass`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-oma
    ///   listeners: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-oam
    ///   listeners: []
    /// ```
    pub static GATEWAY_CLASS_NOT_FOUND = {
        code: "AKP301",
        name: "gateway-class-not-found",
        severity: Error,
        reads: [Gateway, GatewayClass],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = Suggest::new(context.all::<GatewayClass>().map(|(object, _)| object.name()));
    for (object, gateway) in context.all::<Gateway>() {
        let Some(class) = gateway.spec.gateway_class_name.as_deref() else { continue };
        if context.exists::<GatewayClass>("", class) {
            continue;
        }
        let report = findings
            .at(object, "spec.gatewayClassName")
            .message(format!("no GatewayClass is called `{class}`{}", did_you_mean(names.get(class))))
            .effect("AKO makes no virtual service for this Gateway and reports `Scheduled: True`, reason `InvalidGatewayClass`")
            .help("name an existing GatewayClass, or define this one")
            .maybe_fix(names.fix(object, "spec.gatewayClassName", class));
        elsewhere::<GatewayClass>(context, report);
    }
}
