//! AKP304: a LoadBalancer Service names an AviInfraSetting that is not there.

use super::{elsewhere, setting_names};
use crate::diagnostic::Ask;
use crate::model::{AVI_CONTROLLER, AviInfraSetting, INFRA_SETTING_ANNOTATION, Service};
use crate::rule;
use crate::rules::links::{annotation_path, is_load_balancer};
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds Services of type LoadBalancer whose annotation `aviinfrasetting.ako.vmware.com/name` names
    /// an AviInfraSetting that is not in this project.
    /// In a project without any AviInfraSetting it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// AKO puts the Service on the global network and SE group without a word; the setting of the
    /// Service's Namespace is not tried (AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go`,
    /// `getL4InfraSetting`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-sigtran
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    pub static SERVICE_SETTING_NOT_FOUND = {
        code: "AKP304",
        name: "service-setting-not-found",
        severity: Error,
        reads: [Service, AviInfraSetting],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = setting_names(context);
    for (object, service) in context.all::<Service>().filter(|(_, service)| is_load_balancer(service)) {
        let is_akos = service.spec.load_balancer_class.as_deref().is_none_or(|class| class == AVI_CONTROLLER);
        let Some(name) = segment::of_annotation(object).filter(|_| is_akos) else { continue };
        if context.exists::<AviInfraSetting>("", name) {
            continue;
        }
        let path = annotation_path(INFRA_SETTING_ANNOTATION);
        let report = findings
            .at(object, path.clone())
            .message(format!("no AviInfraSetting is called `{name}`{}", did_you_mean(names.get(name))))
            .effect("AKO puts the Service on the global network and SE group, without a word in its status")
            .help("define the AviInfraSetting, or name an existing one")
            .maybe_fix(names.fix(object, path, name))
            .ask(Ask::DefineSetting(name.to_owned()));
        elsewhere::<AviInfraSetting>(context, report);
    }
}
