//! AKP210: a Gateway that no label can name.

use crate::model::Gateway;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways whose name has more than 63 characters.
    ///
    /// ## Why it matters
    /// Services name their Gateway in the label `ako.vmware.com/gateway-name`, and a label's value has
    /// at most 63 characters (Kubernetes documentation, *Labels and Selectors*). The API server takes
    /// the Gateway, AKO makes its virtual service, and no Service can ever stand behind it.
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
    ///   name: application-gateway-for-administration-and-maintenance-of-the-core
    ///   namespace: default
    /// spec:
    ///   gatewayClassName: avigatewayclass-tkg-wkld-oam
    ///   listeners: []
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
    ///   listeners: []
    /// ```
    pub static GATEWAY_NAME_TOO_LONG = {
        code: "AKP210",
        name: "gateway-name-too-long",
        severity: Warning,
        reads: [Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    const MOST: usize = 63;
    for (object, _) in context.all::<Gateway>().filter(|(object, _)| object.name().len() > MOST) {
        findings
            .at(object, "metadata.name")
            .message(format!("the name has {} characters, a label that names it takes {MOST}", object.name().len()))
            .effect("AKO makes the virtual service, and no Service can stand behind it")
            .help(format!("use a name of at most {MOST} characters"));
    }
}
