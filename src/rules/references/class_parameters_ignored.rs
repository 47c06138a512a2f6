//! AKP307: a class of AKO refers to something that is no AviInfraSetting.

use crate::command::Command;
use crate::model::{AKO_GROUP, AVI_CONTROLLER, GatewayClass, IngressClass};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds GatewayClasses and IngressClasses of AKO whose parameters have another group than
    /// `ako.vmware.com` or another kind than `AviInfraSetting`; upper and lower case count.
    ///
    /// ## Why it matters
    /// AKO ignores such a reference without a word and uses the setting of the Namespace or the global
    /// network and SE group (AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go`,
    /// `getL4InfraSetting`; `internal/nodes/route_ingress_model.go`, `getL7IngressInfraSetting`).
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
    ///     kind: aviinfrasetting
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
    /// ```
    ///
    /// ## What remains
    /// A reference that is followed may lead to a setting that is not there: `AKP302` or `AKP303`. What is
    /// meant for it then still lands on the global network: `AKP501`.
    pub static CLASS_PARAMETERS_IGNORED = {
        code: "AKP307",
        name: "class-parameters-ignored",
        severity: Error,
        reads: [GatewayClass, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, class) in context.all::<GatewayClass>() {
        let Some(parameters) = &class.spec.parameters_ref else { continue };
        let is_akos = class.spec.controller.as_deref() == Some(AVI_CONTROLLER);
        let (group, kind) = (parameters.group.as_deref(), parameters.kind.as_deref());
        if let (true, Some(group), Some(kind)) = (is_akos, group, kind) {
            report(findings, object, ["spec.parametersRef.group", "spec.parametersRef.kind"], group, kind);
        }
    }
    for (object, class) in context.all::<IngressClass>() {
        let Some(parameters) = &class.spec.parameters else { continue };
        let is_akos = class.spec.controller.as_deref() == Some(AVI_CONTROLLER);
        let (group, kind) = (parameters.api_group.as_deref(), parameters.kind.as_deref());
        if let (true, Some(group), Some(kind)) = (is_akos, group, kind) {
            report(findings, object, ["spec.parameters.apiGroup", "spec.parameters.kind"], group, kind);
        }
    }
}

fn report(findings: &mut Findings<'_>, object: &Object, [group_path, kind_path]: [&str; 2], group: &str, kind: &str) {
    let (path, message) = match (group == AKO_GROUP, kind == "AviInfraSetting") {
        (true, true) => return,
        (false, _) => (group_path, format!("the parameters have the group `{group}`, not `{AKO_GROUP}`")),
        (true, false) => (kind_path, format!("the parameters have the kind `{kind}`, not `AviInfraSetting`")),
    };
    let command = Command::Batch(vec![
        Command::set(&object.address, group_path, AKO_GROUP),
        Command::set(&object.address, kind_path, "AviInfraSetting"),
    ]);
    findings
        .at(object, path)
        .message(message)
        .effect("AKO ignores the reference without a word and uses the Namespace's setting or the global network")
        .help("refer to an AviInfraSetting of `ako.vmware.com`")
        .fix("make it an AviInfraSetting of `ako.vmware.com`", command);
}
