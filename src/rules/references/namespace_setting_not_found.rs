//! AKP305: a Namespace names an AviInfraSetting that is not there.

use super::{elsewhere, setting_names};
use crate::diagnostic::Ask;
use crate::model::{AviInfraSetting, INFRA_SETTING_ANNOTATION, Namespace};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds Namespaces whose annotation `aviinfrasetting.ako.vmware.com/name` names an AviInfraSetting
    /// that is not in this project.
    /// In a project without any AviInfraSetting it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// The annotation applies to everything in the namespace that has no setting of its own (since AKO
    /// 1.11.1). Gateways and LoadBalancer Services then land on the global network without a word, and
    /// Ingresses are not programmed (AKO 2.2.1 `internal/lib/utils.go`,
    /// `GetNamespacedAviInfraSetting`).
    ///
    /// ## Example
    /// ```yaml
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
    pub static NAMESPACE_SETTING_NOT_FOUND = {
        code: "AKP305",
        name: "namespace-setting-not-found",
        severity: Error,
        reads: [Namespace, AviInfraSetting],
        since: "0.1.0",
        needs: NamespaceSetting,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = setting_names(context);
    for (object, _) in context.all::<Namespace>() {
        let Some(name) = segment::of_annotation(object) else { continue };
        if context.exists::<AviInfraSetting>("", name) {
            continue;
        }
        let path = annotation_path(INFRA_SETTING_ANNOTATION);
        let report = findings
            .at(object, path.clone())
            .message(format!("no AviInfraSetting is called `{name}`{}", did_you_mean(names.get(name))))
            .effect("Gateways and Services of the namespace without a setting of their own land on the global network, Ingresses are not programmed")
            .help("define the AviInfraSetting, or name an existing one")
            .maybe_fix(names.fix(object, path, name))
            .ask(Ask::DefineSetting(name.to_owned()));
        elsewhere::<AviInfraSetting>(context, report);
    }
}
