//! AKP412: AKO has one name in two clusters.

use crate::ako::startup::is_cluster_name;
use crate::clusters::{ako_name, sharing};
use crate::command::Command;
use crate::model::AkoplanSettings;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds clusters in akoplan's settings (`spec.clusters`) in which AKO has the same `clusterName` as in one
    /// before them. A cluster that says none has the one of AKO's values; where those say none either, nothing is
    /// compared.
    ///
    /// ## Why it matters
    /// AKO puts the cluster name in front of every name on the Avi Controller and marks what it makes with it. Two
    /// AKOs of one name in one cloud write the same virtual services and take each other's for their own; AKO wants
    /// another name for each (AKO 2.2.1 `docs/install/helm.md`; `internal/lib/lib.go`, `NamePrefix`).
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-wkld
    ///   - name: tkg-east
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-wkld
    ///   - name: tkg-east
    ///     ako:
    ///       clusterName: tkg-east
    /// ```
    pub static CLUSTERS_SHARE_NAME = {
        code: "AKP412",
        name: "clusters-share-name",
        severity: Warning,
        reads: [AkoplanSettings, AkoValues],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    let clusters = &context.settings().spec.clusters;
    let values = context.values().map(|(_, values)| values);
    for (at, (first, name)) in sharing(clusters, values) {
        let called = |at: usize| clusters.get(at).and_then(|variant| variant.name.as_deref()).unwrap_or_default();
        let path = format!("spec.clusters[{at}].ako.clusterName");
        let own = called(at);
        let is_free =
            is_cluster_name(own) && !clusters.iter().any(|variant| ako_name(&variant.ako, values) == Some(own));
        let fix =
            is_free.then(|| (format!("call AKO `{own}` there"), Command::set(&settings.address, path.as_str(), own)));
        findings
            .at(settings, path.as_str())
            .message(format!("AKO is called `{name}` in cluster `{own}` as in cluster `{}`", called(first)))
            .effect("in one cloud both write the same names on the Avi Controller, and take each other's virtual services for their own")
            .help("give each cluster a `clusterName` of its own")
            .related(settings.place(format!("spec.clusters[{first}].ako.clusterName").as_str()), "it is called so here, too")
            .maybe_fix(fix);
    }
}
