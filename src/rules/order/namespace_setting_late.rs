//! AKP804: a Namespace that names an AviInfraSetting comes after what is in it.

use super::{Mends, early};
use crate::ako::moment::Need;
use crate::model::{INFRA_SETTING_ANNOTATION, Namespace};
use crate::rule;
use crate::rules::links::annotation_path;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Namespaces with the annotation `aviinfrasetting.ako.vmware.com/name` that come after
    /// something of theirs to which the setting would apply, in the same file or in a file of the same
    /// folder whose name sorts first.
    ///
    /// ## Why it matters
    /// An annotation on a Namespace is no event for AKO: what is there already stays on the global
    /// network until something else makes AKO look again (AKO 2.2.1 `internal/lib/utils.go`
    /// `IsNamespaceUpdated`; seen by running AKO).
    ///
    /// The fix puts the Namespace before the first that needs it, if it stands in another file into that one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: sigtran
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: sigtran-vip
    ///       cidr: 10.223.65.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: signaling
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: sigtran
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: sigtran-vip
    ///       cidr: 10.223.65.0/26
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: signaling
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: signaling
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    pub static NAMESPACE_SETTING_LATE = {
        code: "AKP804",
        name: "namespace-setting-late",
        severity: Warning,
        reads: [Namespace],
        since: "0.1.0",
        needs: NamespaceSetting,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.all::<Namespace>().next().is_none() {
        return;
    }
    let pairs = early(context, Need::Namespace);
    let mut mends = Mends::new(context, &pairs);
    for (user, namespace) in pairs {
        let report = findings
            .at(user, "metadata.name")
            .message(format!("the {} comes before its Namespace, which names an AviInfraSetting", user.kind.name()))
            .effect("AKO makes it on the global network, and leaves it there until something else makes it look again; a VIP that it then moves loses its subnet")
            .help("put the Namespace first; the export does")
            .related(namespace.place(annotation_path(INFRA_SETTING_ANNOTATION)), "the Namespace comes here");
        mends.offer(report, namespace, true);
    }
}
