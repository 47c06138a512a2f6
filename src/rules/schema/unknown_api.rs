//! AKP107: an `apiVersion` or `kind` that no API has.

use crate::command::Command;
use crate::lower::closest;
use crate::model::Kind;
use crate::model::gateway_api::GATEWAY_API_GROUP;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds objects of the kinds that AKO reads whose `apiVersion` or `kind` does not exist.
    ///
    /// ## Why it matters
    /// `kubectl apply` says "no matches for kind". The versions are those of AKO's CRDs
    /// (`helm/ako/crds`) and of the Kubernetes API. AKO's layer 4 gateways are
    /// `networking.x-k8s.io/v1alpha1`, not `networking.k8s.io`. Kinds of other groups, such as the
    /// Gateway of `gateway.networking.k8s.io` or of a service mesh, are left alone.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: networking.x-k8s.io/v1alpha1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avigatewayclass-tkg-wkld-oam
    /// spec:
    ///   controller: ako.vmware.com/avi-lb
    /// ```
    pub static UNKNOWN_API = {
        code: "AKP107",
        name: "unknown-api",
        severity: Error,
        reads: [],
        since: "0.1.0",
        by_object: true,
        needs_known: Nothing,
        check: check,
    };
}

/// Kinds with their group and versions, the best first.
const APIS: [(&str, &str, &[&str]); 11] = [
    ("AviInfraSetting", "ako.vmware.com", &["v1beta1", "v1alpha1"]),
    ("GatewayClass", "networking.x-k8s.io", &["v1alpha1"]),
    ("Gateway", "networking.x-k8s.io", &["v1alpha1"]),
    ("GatewayClass", GATEWAY_API_GROUP, &["v1", "v1beta1"]),
    ("Gateway", GATEWAY_API_GROUP, &["v1", "v1beta1"]),
    ("HTTPRoute", GATEWAY_API_GROUP, &["v1", "v1beta1"]),
    ("IngressClass", "networking.k8s.io", &["v1", "v1beta1"]),
    ("Ingress", "networking.k8s.io", &["v1", "v1beta1"]),
    ("Service", "", &["v1"]),
    ("Namespace", "", &["v1"]),
    ("AkoplanSettings", "akoplan", &["v1alpha1"]),
];
/// Groups in which a kind of [`APIS`] that is not theirs is a mistake and no other API.
const OWN_GROUPS: [&str; 5] = ["ako.vmware.com", "networking.x-k8s.io", "networking.k8s.io", "akoplan", ""];
/// Other kinds that AKO's own group has (`helm/ako/crds`).
const OTHER_AKO_KINDS: [&str; 8] =
    ["HostRule", "HTTPRule", "L4Rule", "L7Rule", "SSORule", "ClusterSet", "HealthMonitor", "ApplicationProfile"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for object in context.objects().iter().filter(|object| object.kind != Kind::AkoValues) {
        // Without an `apiVersion` it is AKP103.
        let Some((kind, api_version)) = meant(object).filter(|_| object.has("apiVersion")) else { continue };
        let written = object.text("apiVersion").unwrap_or_default();
        let command = Command::Batch(vec![
            Command::set(&object.address, "apiVersion", api_version.clone()),
            Command::set(&object.address, "kind", kind),
        ]);
        let field = if object.identity.kind == kind { "apiVersion" } else { "kind" };
        findings
            .at(object, field)
            .message(format!("no API `{written}` has the kind `{}`", object.identity.kind))
            .effect("kubectl refuses the object: no matches for kind")
            .help(format!("use `{kind}` of `{api_version}`"))
            .fix(format!("make it `{kind}` of `{api_version}`"), command);
    }
}

/// Kind and `apiVersion` that were meant; `None` where the object's own are right or not ours to judge.
fn meant(object: &Object) -> Option<(&'static str, String)> {
    let written = object.identity.kind.as_str();
    let group = object.identity.group.as_str();
    let api = |(kind, group, versions): &(&'static str, &str, &[&str])| {
        let version = versions.first().copied().unwrap_or_default();
        (*kind, if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") })
    };
    let same_kind = || APIS.iter().filter(|(kind, ..)| *kind == written);
    let exact = same_kind().find(|(_, own, _)| *own == group).or_else(|| same_kind().next());
    if object.kind != Kind::Foreign {
        let (.., versions) = exact?;
        let known = versions.contains(&object.version.as_str()) || group == "extensions";
        return exact.filter(|_| !known).map(api);
    }
    if !OWN_GROUPS.contains(&group) {
        return None;
    }
    if let Some(exact) = exact {
        return Some(api(exact));
    }
    // Only AKO's group is small enough to know a misspelt kind from one that we have never heard of.
    if group != "ako.vmware.com" || OTHER_AKO_KINDS.contains(&written) {
        return None;
    }
    let meant = closest(written, &["AviInfraSetting"])?;
    APIS.iter().find(|(kind, ..)| *kind == meant).map(api)
}
