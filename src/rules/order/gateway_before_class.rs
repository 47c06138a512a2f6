//! AKP801: a Gateway comes before its GatewayClass.

use super::{Mends, early};
use crate::ako::moment::Need;
use crate::model::{Gateway, GatewayClass};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways that come before their GatewayClass: in the same file, or in a file of the same
    /// folder whose name sorts first.
    ///
    /// ## Why it matters
    /// AKO looks for the class when it first sees the Gateway, and writes `InvalidGatewayClass` into its
    /// status. When the class comes, the virtual service is made and works, but nothing takes the
    /// condition back until AKO restarts (AKO 2.2.1 `internal/k8s/services_api.go`
    /// `InformerStatusUpdatesForSvcApiGateway`; seen by running AKO). The export writes classes first.
    ///
    /// The fix puts the class before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: Gateway
    /// metadata:
    ///   name: app-gateway
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-oam
    ///   listeners:
    ///   - port: 443
    ///     protocol: TCP
    ///     routes:
    ///       kind: Service
    ///       group: v1
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   ports:
    ///   - port: 443
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
    ///   listeners:
    ///   - port: 443
    ///     protocol: TCP
    ///     routes:
    ///       kind: Service
    ///       group: v1
    ///       selector:
    ///         matchLabels:
    ///           ako.vmware.com/gateway-name: app-gateway
    ///           ako.vmware.com/gateway-namespace: default
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   ports:
    ///   - port: 443
    /// ```
    pub static GATEWAY_BEFORE_CLASS = {
        code: "AKP801",
        name: "gateway-before-class",
        severity: Warning,
        reads: [Gateway, GatewayClass],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<Gateway>().next().is_none() || context.all::<GatewayClass>().next().is_none() {
        return;
    }
    let pairs = early(context, Need::GatewayClass);
    let mut mends = Mends::new(context, &pairs);
    for (gateway, class) in pairs {
        let report = findings
            .at(gateway, "spec.gatewayClassName")
            .message(format!("the Gateway comes before its GatewayClass `{}`", class.name()))
            .effect("AKO writes `InvalidGatewayClass` into its status, and does not take it back before AKO restarts")
            .help("put the class first; the export does")
            .related(class.place("metadata.name"), "the class comes here");
        mends.offer(report, class, false);
    }
}
