//! AKP502: traffic meant for a segment lands on another one.

use super::missed;
use crate::ako::Outcome;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Service ports and Ingress hosts that an intent in `akoplan.yaml` means for one segment and
    /// that land on another.
    ///
    /// ## Why it matters
    /// The chain of references holds, it only leads elsewhere: AKO has no way to know (design of
    /// AviInfraSetting; AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go`, `getL4InfraSetting`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   intents:
    ///   - kind: Service
    ///     namespace: default
    ///     name: web
    ///     segment: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-trf
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   intents:
    ///   - kind: Service
    ///     namespace: default
    ///     name: web
    ///     segment: aviinfrasetting-tkg-wkld-oam
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static LANDS_ON_OTHER_SEGMENT = {
        code: "AKP502",
        name: "lands-on-other-segment",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for missed in missed(context) {
        let Outcome::Lands(target) = &missed.landing.outcome else { continue };
        let Some(segment) = &target.segment else { continue };
        let report = findings
            .at(missed.object, missed.landing.subject.path.clone())
            .message(format!("{} is meant for `{}` and lands on `{segment}`", missed.what(), missed.segment))
            .effect(format!("AKO puts the VIP on {target}"))
            .help("name the other AviInfraSetting in the chain, or change the intent");
        missed.because(report);
    }
}
