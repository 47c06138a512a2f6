//! AKP302: a GatewayClass names an AviInfraSetting that is not there.

use super::{elsewhere, setting_names};
use crate::diagnostic::Ask;
use crate::model::{AviInfraSetting, GatewayClass};
use crate::rule;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds GatewayClasses whose `parametersRef` names an AviInfraSetting that is not in this project.
    /// In a project without any AviInfraSetting it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// AKO does not check the reference. It builds the virtual services of all Gateways of the class on
    /// the global network and SE group and reports every listener `Ready`: traffic of one segment runs
    /// through another (AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go`, `getL4InfraSetting`).
    ///
    /// ## Example
    /// ```yaml
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
    pub static GATEWAY_CLASS_SETTING_NOT_FOUND = {
        code: "AKP302",
        name: "gateway-class-setting-not-found",
        severity: Error,
        reads: [GatewayClass, AviInfraSetting],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = setting_names(context);
    for (object, class) in context.all::<GatewayClass>() {
        let Some(name) = segment::of_gateway_class(class) else { continue };
        if context.exists::<AviInfraSetting>("", name) {
            continue;
        }
        let report = findings
            .at(object, "spec.parametersRef.name")
            .message(format!("no AviInfraSetting is called `{name}`{}", did_you_mean(names.get(name))))
            .effect("AKO puts the Gateways of this class on the global network and SE group, and reports them ready")
            .help("define the AviInfraSetting, or name an existing one")
            .maybe_fix(names.fix(object, "spec.parametersRef.name", name))
            .ask(Ask::DefineSetting(name.to_owned()));
        elsewhere::<AviInfraSetting>(context, report);
    }
}
