//! AKP411: a cluster is there twice, or says two things of one setting.

use crate::clusters::{is_first, twins};
use crate::command::Command;
use crate::model::AkoplanSettings;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds clusters in akoplan's settings (`spec.clusters`) that have the name of one before them, in capitals
    /// or not, and settings that one cluster names twice.
    ///
    /// ## Why it matters
    /// A cluster's name is the folder of its overlay, and many file systems take `East` and `east` for one
    /// folder. So the first counts, and what the other says is in no overlay; so it is with a setting.
    ///
    /// ## Example
    /// ```yaml
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
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       seGroup: group-east
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - cidr: 10.223.64.0/26
    ///   - name: TKG-East
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
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
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       seGroup: group-east
    ///       networks:
    ///       - cidr: 10.223.64.0/26
    /// ```
    pub static CLUSTER_TWICE = {
        code: "AKP411",
        name: "cluster-twice",
        severity: Warning,
        reads: [AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    let clusters = &context.settings().spec.clusters;
    let twins = twins(clusters);
    for (at, variant) in clusters.iter().enumerate() {
        let cluster = variant.name.as_deref().unwrap_or_default();
        if let Some(first) = twins.get(&at) {
            let path = format!("spec.clusters[{at}]");
            findings
                .at(settings, format!("{path}.name").as_str())
                .message(format!("there is a cluster `{cluster}` already; capitals do not count"))
                .effect("the first counts: the export for kustomize has no overlay with what this one says")
                .help("give one of them another name, or keep one")
                .related(settings.place(format!("spec.clusters[{first}].name").as_str()), "this one counts")
                .fix("remove this cluster", Command::remove(&settings.address, path.as_str()));
        }
        for (index, own) in variant.settings.iter().enumerate().filter(|(index, _)| !is_first(variant, *index)) {
            let path = format!("spec.clusters[{at}].settings[{index}]");
            findings
                .at(settings, format!("{path}.name").as_str())
                .message(format!("cluster `{cluster}` names `{}` already", own.name.as_deref().unwrap_or_default()))
                .effect("the first counts: the overlay leaves out what stands here")
                .help("say it in one place")
                .fix("remove this one", Command::remove(&settings.address, path.as_str()));
        }
    }
}
