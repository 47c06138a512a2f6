//! AKP903: ClusterIP Services, and no word on whether AKO wants node ports.

use super::cluster_ip_backends;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds the first Service of type ClusterIP behind a Gateway or an Ingress of AKO in a project that has
    /// AviInfraSettings and no `values.yaml` of AKO. It is one finding for the whole project; in a project
    /// without any AviInfraSetting there is none: the platform's files are then elsewhere.
    ///
    /// ## Why it matters
    /// With `L7Settings.serviceType: NodePort` AKO makes its pools from the nodes and the Services' node
    /// ports. A ClusterIP Service has none: its pool has no server, and AKO says so at debug level only (seen
    /// by running AKO 2.2.1; AKO documentation, `serviceType`). The chart's default is `ClusterIP`, which
    /// needs a CNI whose pod networks Avi reaches.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parametersRef:
    ///     group: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-oam
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
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   servicesAPI: true
    /// L7Settings:
    ///   serviceType: ClusterIP
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    ///   parametersRef:
    ///     group: ako.vmware.com
    ///     kind: AviInfraSetting
    ///     name: aviinfrasetting-tkg-wkld-oam
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
    pub static SERVICE_TYPE_UNKNOWN = {
        code: "AKP903",
        name: "service-type-unknown",
        severity: Info,
        reads: [AkoValues, AviInfraSetting, Service, Ingress, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.values().is_some() || context.all::<AviInfraSetting>().next().is_none() {
        return;
    }
    let mut backends = cluster_ip_backends(context);
    let Some(first) = backends.next() else { return };
    let others = match backends.count() {
        0 => " is".to_owned(),
        1 => " and 1 more Service are".to_owned(),
        count => format!(" and {count} more Services are"),
    };
    findings
        .at(first, "spec.type")
        .message(format!(
            "no file says with which `L7Settings.serviceType` AKO runs, and `{}`{others} of type ClusterIP",
            first.name()
        ))
        .effect("with `NodePort` AKO makes pools without servers, and the addresses do not answer; akoplan assumes `ClusterIP`")
        .help("add the `values.yaml` that AKO is installed with");
}
