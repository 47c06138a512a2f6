//! AKP327: parameters that AKO does not read.

use crate::ako::versions::Capability;
use crate::command::Command;
use crate::model::{AVI_CONTROLLER, GatewayClassV1, GatewayV1};
use crate::rule;
use crate::rules::links::is_akos_gateway_v1;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds `parametersRef` of AKO's GatewayClasses of `gateway.networking.k8s.io`, and `infrastructure` of
    /// Gateways of AKO's classes.
    ///
    /// ## Why it matters
    /// AKO reads neither in Gateway API v1, other than in its services API: the AviInfraSetting that is named
    /// there has no effect. A setting reaches such a Gateway by the annotation
    /// `aviinfrasetting.ako.vmware.com/name` of its Namespace alone, and then gives SE group and tier-1
    /// router; the VIP network is always the global one (AKO 2.2.1 `ako-gateway-api/nodes/gateway_model.go`
    /// `BuildGatewayParent`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: oam
    /// spec:
    ///   seGroup:
    ///     name: group10
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    ///   parametersRef:
    ///     group: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: oam
    /// spec:
    ///   seGroup:
    ///     name: group10
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: oam
    /// ```
    pub static GATEWAY_API_PARAMETERS_IGNORED = {
        code: "AKP327",
        name: "gateway-api-parameters-ignored",
        severity: Warning,
        reads: [GatewayClassV1, GatewayV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let help = if context.has(Capability::GatewayApiSetting) {
        "annotate the Gateway's Namespace with `aviinfrasetting.ako.vmware.com/name` for the SE group; \
         for a VIP network of its own use a Gateway of `networking.x-k8s.io/v1alpha1` or an Ingress"
    } else {
        "for a segment of its own use a Gateway of `networking.x-k8s.io/v1alpha1` or an Ingress"
    };
    for (object, class) in context.all::<GatewayClassV1>() {
        if class.spec.parameters_ref.is_some() && class.spec.controller_name.as_deref() == Some(AVI_CONTROLLER) {
            let path = "spec.parametersRef";
            findings
                .at(object, path)
                .message("AKO does not read `parametersRef` of Gateway API v1")
                .effect("the Gateways of this class stay with the global SE group and VIP network")
                .help(help)
                .fix("take it away", Command::remove(&object.address, path));
        }
    }
    for (object, gateway) in context.all::<GatewayV1>() {
        if gateway.spec.infrastructure.is_some() && is_akos_gateway_v1(context, gateway) {
            let path = "spec.infrastructure";
            findings
                .at(object, path)
                .message("AKO does not read `infrastructure` of a Gateway")
                .effect("what it says has no effect")
                .help(help)
                .fix("take it away", Command::remove(&object.address, path));
        }
    }
}
