//! AKP334: a cluster says something of an AviInfraSetting that is not there.

use super::{elsewhere, setting_names};
use crate::model::{AkoplanSettings, AviInfraSetting};
use crate::rule;
use crate::rules::links::remove_whole;
use crate::rules::suggest::did_you_mean;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds clusters in akoplan's settings (`spec.clusters`) that say what is otherwise in an AviInfraSetting
    /// which this project does not have. In a project without any AviInfraSetting it is an info.
    ///
    /// ## Why it matters
    /// The overlay of a cluster patches the settings of the base. What is said of another one goes nowhere: that
    /// cluster gets the range and the SE group of the project, which are another cluster's.
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
    ///     - name: aviinfrasetting-tkg-wkld-oma
    ///       networks:
    ///       - cidr: 10.223.64.0/26
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
    ///       networks:
    ///       - cidr: 10.223.64.0/26
    /// ```
    pub static CLUSTER_SETTING_NOT_FOUND = {
        code: "AKP334",
        name: "cluster-setting-not-found",
        severity: Warning,
        reads: [AkoplanSettings, AviInfraSetting],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    let mut names = setting_names(context);
    for (at, variant) in context.settings().spec.clusters.iter().enumerate() {
        for (index, own) in variant.settings.iter().enumerate() {
            let Some(name) = own.name.as_deref() else { continue };
            if context.get::<AviInfraSetting>("", name).is_some() {
                continue;
            }
            let item = format!("spec.clusters[{at}].settings[{index}]");
            let path = format!("{item}.name");
            // A name that the cluster has already would only be there twice.
            let suggestion = names
                .get(name)
                .filter(|meant| !variant.settings.iter().any(|other| other.name.as_deref() == Some(*meant)));
            let rename = suggestion.and_then(|_| names.fix(settings, path.as_str(), name));
            let cluster = variant.name.as_deref().unwrap_or_default();
            let report = findings
                .at(settings, path.as_str())
                .message(format!(
                    "cluster `{cluster}` names the AviInfraSetting `{name}`, which this project does not have{}",
                    did_you_mean(suggestion)
                ))
                .effect("the overlay of this cluster leaves it out: there it is as in the project")
                .help("name an AviInfraSetting of this project, or take it away")
                .maybe_fix(rename)
                .fix("take it away", remove_whole(settings, item.as_str(), 3));
            elsewhere::<AviInfraSetting>(context, report);
        }
    }
}
