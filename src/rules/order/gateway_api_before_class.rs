//! AKP806: a Gateway of Gateway API v1 comes before its GatewayClass.

use super::{Mends, is_applied_together};
use crate::model::{AVI_CONTROLLER, GatewayClassV1, GatewayV1};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Gateways of `gateway.networking.k8s.io` that come before their GatewayClass: in the same file,
    /// or in a file of the same folder that comes first.
    ///
    /// ## Why it matters
    /// AKO makes the virtual service of a Gateway when it first sees the Gateway, and only if it knows the
    /// class by then. When the class comes, nothing looks at the Gateway again: it stays accepted and not
    /// served until AKO restarts or somebody edits it (AKO 2.2.1 `ako-gateway-api/nodes/gateway_model_rel.go`
    /// `GatewayClassGetGw`, `dequeue_ingestion.go`; seen by running AKO). The export writes classes first.
    ///
    /// The fix puts the class before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
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
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
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
    pub static GATEWAY_API_BEFORE_CLASS = {
        code: "AKP806",
        name: "gateway-api-before-class",
        severity: Warning,
        reads: [GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let gateways = context.all::<GatewayV1>();
    let pairs: Vec<(&Object, &Object)> =
        gateways.filter_map(|(object, gateway)| Some((object, late_class(context, object, gateway)?))).collect();
    let mut mends = Mends::new(context, &pairs);
    for (object, class) in pairs {
        let report = findings
            .at(object, "spec.gatewayClassName")
            .message(format!("the Gateway comes before its GatewayClass `{}`", class.name()))
            .effect("AKO makes no virtual service for it before AKO restarts, and reports it as accepted")
            .help("put the class first; the export does")
            .related(class.place("metadata.name"), "the class comes here");
        mends.offer(report, class, false);
    }
}

/// The class of a Gateway, if it is AKO's and comes after it.
pub fn late_class<'a>(context: &Context<'a>, object: &Object, gateway: &GatewayV1) -> Option<&'a Object> {
    let name = gateway.spec.gateway_class_name.as_deref().unwrap_or_default();
    let (class, value) = context.get::<GatewayClassV1>("", name)?;
    let is_late = class.order > object.order && is_applied_together(&object.address, &class.address);
    (is_late && value.spec.controller_name.as_deref() == Some(AVI_CONTROLLER)).then_some(class)
}
