//! AKP214: a namespace's AviInfraSetting together with the services API crashes AKO.

use crate::command::Command;
use crate::model::{AviInfraSetting, INFRA_SETTING_ANNOTATION, Namespace};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Namespaces with the annotation `aviinfrasetting.ako.vmware.com/name` while AKO's values have
    /// `servicesAPI: true`.
    ///
    /// ## Why it matters
    /// At the next event of that AviInfraSetting, and at each restart, AKO asks an informer that does
    /// not exist outside of vSphere with Tanzu, and its process dies: no load balancer of the cluster is
    /// configured any more (AKO 2.2.1 `internal/nodes/ingress_model_rel.go:1139`,
    /// `infraSettingNSToGateway`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   servicesAPI: true
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: oam
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   servicesAPI: false
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: oam
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// ```
    ///
    /// ## What remains
    /// Where AKO runs, what it does counts: with a GatewayClass whose reference AKO passes over, nothing of
    /// the namespace names its segment any more, and it lands on the global network: `AKP501`.
    pub static NAMESPACE_ANNOTATION_CRASH = {
        code: "AKP214",
        name: "namespace-annotation-crash",
        severity: Error,
        reads: [Namespace, AviInfraSetting, AkoValues],
        since: "0.1.0",
        needs: NamespaceSetting,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((values, value)) = context.values() else { return };
    if value.ako_settings.services_api.is_none_or(|on| !on.0) {
        return;
    }
    for (object, _) in context.all::<Namespace>() {
        let Some(setting) = object.annotation(INFRA_SETTING_ANNOTATION).filter(|name| !name.is_empty()) else {
            continue;
        };
        if context.exists::<AviInfraSetting>("", setting) {
            let path = annotation_path(INFRA_SETTING_ANNOTATION);
            findings
                .at(object, path.clone())
                .message("a Namespace names an AviInfraSetting while `servicesAPI` is on")
                .effect("AKO crashes at the setting's next event and at each restart, and configures no load balancer of the cluster any more")
                .help("name the setting in classes and Services instead, or turn `servicesAPI` off if no Gateway needs it")
                .fix("remove the annotation", Command::remove(&object.address, path))
                .related(values.place("AKOSettings.servicesAPI"), "the services API is on here");
        }
    }
}
