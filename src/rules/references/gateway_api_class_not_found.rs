//! AKP321: a Gateway of Gateway API v1 without class.

use super::elsewhere;
use crate::model::gateway_api::CHART_GATEWAY_CLASS;
use crate::model::{GatewayClassV1, GatewayV1};
use crate::rule;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways of `gateway.networking.k8s.io` whose GatewayClass is neither in this project nor in the
    /// settings as external; `avi-lb`, which AKO's chart makes, is taken to exist. If the project has no
    /// GatewayClass of this API at all, it is an info.
    ///
    /// ## Why it matters
    /// AKO writes `Accepted: True` to the Gateway all the same, and makes no virtual service (AKO 2.2.1
    /// `ako-gateway-api/nodes/dequeue_ingestion.go` `handleGateway`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-wbe
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ```
    pub static GATEWAY_API_CLASS_NOT_FOUND = {
        code: "AKP321",
        name: "gateway-api-class-not-found",
        severity: Error,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = Suggest::new(context.all::<GatewayClassV1>().map(|(object, _)| object.name()));
    for (object, gateway) in context.all::<GatewayV1>() {
        let Some(class) = gateway.spec.gateway_class_name.as_deref() else { continue };
        if class == CHART_GATEWAY_CLASS || context.exists::<GatewayClassV1>("", class) {
            continue;
        }
        let report = findings
            .at(object, "spec.gatewayClassName")
            .message(format!("no GatewayClass of Gateway API v1 is called `{class}`{}", did_you_mean(names.get(class))))
            .effect("AKO reports the Gateway as accepted, and makes no virtual service")
            .help("name an existing GatewayClass, or define this one")
            .maybe_fix(names.fix(object, "spec.gatewayClassName", class));
        elsewhere::<GatewayClassV1>(context, report);
    }
}
