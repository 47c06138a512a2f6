//! AKP501: traffic meant for a segment lands on the global network.

use super::missed;
use crate::ako::Outcome;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Service ports and Ingress hosts that are meant for a segment and land on the global network.
    /// What something is meant for, an intent in `akoplan.yaml` says, else the AviInfraSetting at the end
    /// of the written chain.
    ///
    /// ## Why it matters
    /// On layer 4 AKO fails open: where a setting is missing, rejected or not named, it takes the global
    /// network and SE group, and every status says that all is well. Traffic of one segment runs through
    /// another (AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go`, `getL4InfraSetting`).
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
    pub static LANDS_ON_GLOBAL = {
        code: "AKP501",
        name: "lands-on-global",
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
        if target.segment.is_some() {
            continue;
        }
        let report = findings
            .at(missed.object, missed.landing.subject.path.clone())
            .message(format!(
                "{} is meant for `{}` and lands on the global network{}",
                missed.what(),
                missed.segment,
                missed.reason()
            ))
            .effect(format!("AKO puts the VIP on the {target} and reports it as ready"))
            .help("mend the chain that leads to the AviInfraSetting, or change the intent");
        missed.because(report);
    }
}
