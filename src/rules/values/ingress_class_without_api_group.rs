//! AKP212: IngressClass parameters without `apiGroup` crash AKO.

use crate::command::Command;
use crate::model::{AKO_GROUP, AVI_CONTROLLER, IngressClass};
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds IngressClasses, of any controller, with `spec.parameters` but without `apiGroup` in them.
    ///
    /// ## Why it matters
    /// Kubernetes lets `apiGroup` out for the core group. AKO reads it without a look and its process
    /// dies, again after each restart, even if the class is another controller's: no load balancer of
    /// the cluster is configured any more (AKO 2.2.1 `internal/k8s/ako_init.go:669`; seen by running
    /// AKO). An empty `apiGroup: ""` is harmless.
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
    ///   controller: ako.vmware.com/avi-lb
    ///   parameters:
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
    pub static INGRESS_CLASS_WITHOUT_API_GROUP = {
        code: "AKP212",
        name: "ingress-class-without-api-group",
        severity: Error,
        reads: [IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, class) in context.every::<IngressClass>() {
        let Some(parameters) = &class.spec.parameters else { continue };
        if parameters.api_group.is_some() {
            continue;
        }
        let is_ours = parameters.kind.as_deref() == Some("AviInfraSetting");
        let group = if is_ours { AKO_GROUP } else { "" };
        let command = Command::set(&object.address, "spec.parameters.apiGroup", group);
        let report = findings
            .at(object, "spec.parameters")
            .message("`spec.parameters` has no `apiGroup`")
            .effect("AKO crashes, again after each restart, and configures no load balancer of the cluster any more")
            .help(format!("add `apiGroup: {}`", if is_ours { group } else { "\"\"" }));
        let title = format!("add `apiGroup: {}`", if is_ours { group } else { "\"\"" });
        // For another controller the empty group says the same as none.
        let _ = if is_ours || class.spec.controller.as_deref() != Some(AVI_CONTROLLER) {
            report.safe_fix(title, command)
        } else {
            report.fix(title, command)
        };
    }
}
