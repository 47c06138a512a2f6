//! AKP503: traffic meant for a segment arrives nowhere.

use std::rc::Rc;

use super::missed;
use crate::ako::Outcome;
use crate::diagnostic::Severity;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Place;

rule! {
    /// ## What it does
    /// Finds Service ports and Ingress hosts that are meant for a segment and that AKO does not serve,
    /// for a reason outside of the object: a refused Gateway, a rejected setting, a blocked namespace; or
    /// because it is not AKO's: a LoadBalancer class of another controller, an Ingress without class. If
    /// only the annotation says what such an object is meant for, it is a warning. Where AKO serves none of
    /// the Services on a shared VIP because one differs, `AKP407` names that one and this rule is silent.
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
        by_object: true,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let odd = odd_members(context);
    for missed in missed(context) {
        // AKP407 names the one that differs and says what becomes of all; the others need no mending.
        let cause = missed.landing.broken_hop().and_then(|hop| hop.place.as_ref());
        if cause.is_some_and(|place| odd.iter().any(|odd| odd.file == place.file && odd.span.touches(place.span.start)))
        {
            continue;
        }
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

/// Where the Services stand that differ from the others on their shared VIP, so that AKO serves none of them.
fn odd_members(context: &Context<'_>) -> Vec<Place> {
    let deleting = context.prediction().disagreements.iter().filter(|disagreement| disagreement.deletes);
    let odd = deleting.flat_map(|disagreement| &disagreement.odd);
    let objects = odd.filter_map(|(order, _)| context.object(*order));
    objects.map(|object| Place { file: Rc::clone(&object.address.file), span: object.whole() }).collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    #[test]
    fn of_a_shared_vip_only_the_odd_one_is_told() {
        let service = |name: &str, setting: &str| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: red\n  annotations:\n    \
                 ako.vmware.com/enable-shared-vip: one\n    aviinfrasetting.ako.vmware.com/name: {setting}\n\
                 spec: {{type: LoadBalancer, selector: {{app: a}}, ports: [{{port: 80}}]}}\n---\n"
            )
        };
        let setting = |name: &str| {
            format!(
                "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: {name}}}\nspec: {{}}\n---\n"
            )
        };
        let intents = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec:\n  intents:\n  \
                       - {kind: Service, namespace: red, name: a, segment: oam}\n  \
                       - {kind: Service, namespace: red, name: b, segment: oam}\n";
        let told = |third: &str| {
            let all = [setting("oam"), setting("trf"), service("a", "oam"), service("b", "oam"), service("c", third)];
            let text = all.concat() + intents;
            let findings = analyse(&Workspace::new(&[SourceFile::new("a.yaml", text)])).findings;
            let own = findings.iter().filter(|finding| matches!(finding.code, "AKP407" | "AKP503"));
            own.map(|it| (it.code, it.object.clone().unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(told("oam"), []);
        assert_eq!(told("trf"), [("AKP407", "Service/red/c".to_owned())]);
    }
}
