//! AKP503: traffic meant for a segment arrives nowhere.

use super::missed;
use crate::ako::Outcome;
use crate::diagnostic::Severity;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Service ports and Ingress hosts that are meant for a segment and that AKO does not serve,
    /// for a reason outside of the object: a refused Gateway, a rejected setting, a blocked namespace; or
    /// because it is not AKO's: a LoadBalancer class of another controller, an Ingress without class. If
    /// only the annotation says what such an object is meant for, it is a warning.
    ///
    /// ## Why it matters
    /// The Service or Ingress gets no address and most often no word about it. On layer 7 AKO programs
    /// nothing where a setting is missing or rejected, other than on layer 4 (AKO 2.2.1
    /// `internal/nodes/route_ingress_model.go`, `getL7IngressInfraSetting`;
    /// `internal/nodes/ingress_model_rel.go`, `validateSvcApiGatewayForClass`).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   blockedNamespaceList:
    ///   - default
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
    /// AKOSettings:
    ///   blockedNamespaceList:
    ///   - kube-system
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
    pub static NOT_SERVED = {
        code: "AKP503",
        name: "not-served",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for missed in missed(context) {
        let is_akos = match missed.landing.outcome {
            Outcome::NotServed { .. } => true,
            Outcome::NotForAko { .. } => false,
            Outcome::Lands(_) | Outcome::DependsOnValues { .. } => continue,
        };
        let explicit = missed.landing.intended.as_ref().is_some_and(|intended| intended.explicit);
        let (result, effect, help) = if is_akos {
            (
                "not served",
                "AKO makes no pool for it, most often without a word in any status",
                "mend the cause, or change the intent",
            )
        } else {
            (
                "not AKO's",
                "AKO leaves it alone: it has no virtual service in any segment",
                "give it a class of AKO, or take the intent or annotation away",
            )
        };
        let report = findings
            .at(missed.object, missed.landing.subject.path.clone())
            .message(format!("{} is meant for `{}` and is {result}{}", missed.what(), missed.segment, missed.reason()))
            .severity(if is_akos || explicit { Severity::Error } else { Severity::Warning })
            .effect(effect)
            .help(help);
        missed.because(report);
    }
}
