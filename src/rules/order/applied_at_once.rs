//! AKP805: an AviInfraSetting is applied together with what uses it.

use std::collections::BTreeSet;

use super::is_applied_together;
use crate::ako::{Outcome, Via};
use crate::diagnostic::Severity;
use crate::model::infra_setting::{InfraNetwork, VipNetwork};
use crate::model::{AviInfraSetting, Gateway, Service};
use crate::report::template_of;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::text::Span;
use crate::workspace::{Address, Object, Workspace};

rule! {
    /// ## What it does
    /// Finds AviInfraSettings that stand in one file or folder with a Gateway or Service on layer 4 that
    /// they apply to: with `bgpPeerLabels` while AKO's values have `enableRHI` off, or, as an info, with a
    /// range on another network than the global one.
    ///
    /// ## Why it matters
    /// `kubectl apply` does not wait until AKO has accepted the setting. AKO then makes the VIP on the
    /// global network, without route health injection, and afterwards refuses to move it, as a VIP with
    /// labels must have been advertised from the start ("must advertise vips via BGP. Please recreate the
    /// VS"): it stays on the global network (AKO 2.2.1 `internal/rest/avi_obj_vsvip.go` `AviVsVipBuild`;
    /// seen by running AKO). Without labels it is moved, but loses its subnet.
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
    ///     enableRhi: true
    ///     bgpPeerLabels:
    ///     - signaling
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    ///
    /// ## Use instead
    /// The setting in a folder of its own, applied before; or route health injection for all:
    /// ```yaml
    /// NetworkSettings:
    ///   enableRHI: true
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: sigtran
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: sigtran-vip
    ///       cidr: 10.223.65.0/26
    ///     enableRhi: true
    ///     bgpPeerLabels:
    ///     - signaling
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: sctp
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: sigtran
    /// spec:
    ///   type: LoadBalancer
    ///   ports:
    ///   - port: 2905
    ///     protocol: SCTP
    /// ```
    pub static APPLIED_AT_ONCE = {
        code: "AKP805",
        name: "applied-at-once",
        severity: Warning,
        reads: [AviInfraSetting, AkoValues, Gateway, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let network = context.values().map(|(_, values)| &values.network_settings);
    let rhi = network.and_then(|network| network.enable_rhi.as_ref()).is_some_and(|on| on.0);
    let global = network.and_then(|network| network.vip_network_list.first());
    let uses = context.all::<Gateway>().next().is_some() || context.all::<Service>().next().is_some();
    if !uses || context.all::<AviInfraSetting>().next().is_none() {
        return;
    }
    let mut told = BTreeSet::new();
    for landing in &context.prediction().landings {
        let Outcome::Lands(target) = &landing.outcome else { continue };
        if !matches!(landing.via, Via::Gateway | Via::LoadBalancer | Via::SharedVip) {
            continue;
        }
        let Some(name) = target.segment.as_deref() else { continue };
        let Some((object, setting)) = context.get::<AviInfraSetting>("", name) else { continue };
        let Some(effect) = setting.spec.network.as_ref().and_then(|network| at_once(network, rhi, global)) else {
            continue;
        };
        let together = is_applied_together(&object.address, &landing.subject.address)
            && is_one_release(context.workspace(), object, &landing.subject.address);
        if !together || !told.insert(object.order) {
            continue;
        }
        let (path, effect, severity) = effect;
        findings
            .at(object, path)
            .message(format!("the setting is applied together with `{}`, which uses it", landing.subject))
            .effect(effect)
            .help("apply the setting first and wait until its status says `Accepted`: keep it in a folder of its own, as the export does")
            .severity(severity);
    }
}

/// Whether both are of one chart, or of none: what several charts have rendered is installed chart by chart.
fn is_one_release(workspace: &Workspace, object: &Object, other: &Address) -> bool {
    let chart = |object: &Object| {
        let template = template_of(workspace, &object.address.file, Span::at(object.offset()));
        template.and_then(|template| template.split('/').next())
    };
    let other = workspace.at(other).and_then(chart);
    chart(object).is_none_or(|own| other.is_none_or(|other| own == other))
}

/// What becomes of a VIP that was first made on the global network: field, effect and severity.
fn at_once(
    network: &InfraNetwork,
    rhi: bool,
    global: Option<&VipNetwork>,
) -> Option<(&'static str, &'static str, Severity)> {
    if !network.bgp_peer_labels.is_empty() && !rhi {
        let effect =
            "AKO makes the VIP on the global network before it has accepted the setting, and then refuses to move it";
        return Some(("spec.network.bgpPeerLabels", effect, Severity::Warning));
    }
    let (own, global) = (network.vip_networks.first()?, global?);
    let ranges = own.cidr.as_ref().or(own.v6cidr.as_ref());
    let effect = "AKO makes the VIP on the global network before it has accepted the setting, and then moves it without its subnet";
    (ranges.is_some() && own.network_name != global.network_name).then_some((
        "spec.network.vipNetworks[0]",
        effect,
        Severity::Info,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text::SourceFile;

    #[test]
    fn charts_are_installed_one_by_one() {
        let found = |of_service: &str| {
            let text = format!(
                "NetworkSettings: {{vipNetworkList: [{{networkName: a}}]}}\n---\n# Source: segments/templates/a.yaml\n\
                 apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {{name: oam}}\n\
                 spec: {{network: {{vipNetworks: [{{networkName: b, cidr: 10.0.0.0/26}}]}}}}\n---\n# Source: {of_service}\n\
                 apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: red, annotations: \
                 {{aviinfrasetting.ako.vmware.com/name: oam}}}}\nspec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
            );
            let findings = analyse(&Workspace::new(&[SourceFile::new("<stdin>", text)])).findings;
            findings.iter().filter(|finding| finding.code == "AKP805").count()
        };
        assert_eq!(found("segments/charts/web/templates/b.yaml"), 1);
        assert_eq!(found("web/templates/b.yaml"), 0);
    }
}
