//! AKP303: an IngressClass names an AviInfraSetting that is not there.

use super::{elsewhere, setting_names};
use crate::diagnostic::Ask;
use crate::model::{AviInfraSetting, IngressClass};
use crate::rule;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};
use crate::segment;

rule! {
    /// ## What it does
    /// Finds IngressClasses whose `parameters` name an AviInfraSetting that is not in this project.
    /// In a project without any AviInfraSetting it is an info: the platform's files may be elsewhere.
    ///
    /// ## Why it matters
    /// AKO does not program any Ingress of the class, and removes those it had: no status, no event,
    /// only a line in its log. Gateways and Services would fall back to the global network; an Ingress
    /// does not (AKO 2.2.1 `internal/nodes/route_ingress_model.go`, `getL7IngressInfraSetting`).
    ///
    /// ## Example
    /// ```yaml
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
    pub static INGRESS_CLASS_SETTING_NOT_FOUND = {
        code: "AKP303",
        name: "ingress-class-setting-not-found",
        severity: Error,
        reads: [IngressClass, AviInfraSetting],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut names = setting_names(context);
    // Of duplicates each is looked at: which of them counts is a finding of its own.
    for (object, class) in context.every::<IngressClass>() {
        let Some(name) = segment::of_ingress_class(class) else { continue };
        if context.exists::<AviInfraSetting>("", name) {
            continue;
        }
        let report = findings
            .at(object, "spec.parameters.name")
            .message(format!("no AviInfraSetting is called `{name}`{}", did_you_mean(names.get(name))))
            .effect("AKO programs no Ingress of this class, without a word in its status")
            .help("define the AviInfraSetting, or name an existing one")
            .maybe_fix(names.fix(object, "spec.parameters.name", name))
            .ask(Ask::DefineSetting(name.to_owned()));
        elsewhere::<AviInfraSetting>(context, report);
    }
}
