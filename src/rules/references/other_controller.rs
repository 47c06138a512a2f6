//! AKP308: a class with an AviInfraSetting that is not AKO's.

use crate::command::Command;
use crate::model::{AVI_CONTROLLER, GatewayClass, IngressClass};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::segment;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds GatewayClasses and IngressClasses whose controller is not `ako.vmware.com/avi-lb` although
    /// they name an AviInfraSetting, or whose controller begins with `ako.vmware.com/`.
    ///
    /// ## Why it matters
    /// AKO leaves everything of such a class alone. Its Gateways get `Scheduled: True` with the reason
    /// `UnidentifiedController`, its Ingresses nothing at all (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go`, `validateSvcApiGatewayForClass`; `internal/lib/lib.go`,
    /// `ValidateIngressForClass`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-oam
    /// spec:
    ///   controller: k8s.io/ingress-nginx
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata:
    ///   name: avi-ingress-class-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
    ///     apiGroup: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## What remains
    /// A class that is AKO's has its Gateways looked at by AKO, and with them a listener whose selector does
    /// not fit: `AKP309`.
    pub static OTHER_CONTROLLER = {
        code: "AKP308",
        name: "other-controller",
        severity: Error,
        reads: [GatewayClass, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, class) in context.all::<GatewayClass>() {
        report(findings, object, class.spec.controller.as_deref(), segment::of_gateway_class(class).is_some());
    }
    for (object, class) in context.all::<IngressClass>() {
        report(findings, object, class.spec.controller.as_deref(), segment::of_ingress_class(class).is_some());
    }
}

fn report(findings: &mut Findings<'_>, object: &Object, controller: Option<&str>, names_setting: bool) {
    let Some(controller) = controller.filter(|controller| *controller != AVI_CONTROLLER) else { return };
    if !names_setting && !controller.starts_with("ako.vmware.com/") {
        return;
    }
    findings
        .at(object, "spec.controller")
        .message(format!("the controller is `{controller}`, not AKO's `{AVI_CONTROLLER}`"))
        .effect("AKO leaves everything of this class alone")
        .help(format!("set the controller to `{AVI_CONTROLLER}`"))
        .fix(format!("write `{AVI_CONTROLLER}`"), Command::set(&object.address, "spec.controller", AVI_CONTROLLER));
}
