//! AKP223: values of AKO with which it does not start.

use crate::ako::messages::{self, Message};
use crate::ako::startup::{Refusal, refusals};
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::AkoValues;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds values of AKO that it does not take: an empty cluster name or one with other characters than
    /// letters, digits, `-` and `_`; an empty `vipNetworkList`, several networks in it outside of AWS, or a
    /// range that is no CIDR; `bgpPeerLabels` without `enableRHI: true`; an `ipFamily` other than `V4` and
    /// `V6`; `nsxtT1LR` or `vpcMode` in another cloud than NSX-T; `NodePortLocal` with another CNI than
    /// Antrea; a global SE group that `akoplan.yaml` labels for another cluster. A key that the file does not have is not judged, and several networks are a warning where
    /// `akoplan.yaml` does not say which cloud it is.
    ///
    /// ## Why it matters
    /// AKO looks at its values when it starts, tells the mistake in an event of its pod ("Invalid user
    /// input …") and ends; Kubernetes starts it again and again. Nothing of the project is served, no
    /// object gets a status, and what AKO sent before stays on the Avi Controller as it is (AKO 2.2.1
    /// `internal/k8s/ako_init.go`, `HandleConfigMap`; `internal/cache/controller_obj_cache.go`,
    /// `ValidateUserInput`; read in the source). An older AKO may keep running with its sync disabled, which
    /// comes to the same.
    ///
    /// ## Example
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg.wkld
    ///   ipFamily: IPv4
    /// NetworkSettings:
    ///   bgpPeerLabels:
    ///   - peer-a
    ///   vipNetworkList:
    ///   - networkName: vip-tkg-wkld-oam
    ///     cidr: 10.223.63.0/26
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// AKOSettings:
    ///   clusterName: tkg-wkld
    ///   ipFamily: V4
    /// NetworkSettings:
    ///   enableRHI: true
    ///   bgpPeerLabels:
    ///   - peer-a
    ///   vipNetworkList:
    ///   - networkName: vip-tkg-wkld-oam
    ///     cidr: 10.223.63.0/26
    /// ```
    pub static VALUES_REFUSED = {
        code: "AKP223",
        name: "values-refused",
        severity: Error,
        reads: [AkoValues],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((object, values)) = context.values() else { return };
    let refusals = refusals(context.workspace(), object, values);
    for refusal in refusals {
        let words: Vec<&str> = refusal.values.iter().map(String::as_str).collect();
        let (severity, effect) = if refusal.certain {
            (
                Severity::Error,
                "AKO ends at each start: nothing is served anew, and what it sent before stays as it is on the Avi Controller",
            )
        } else {
            (Severity::Warning, "AKO ends at each start, unless the cloud is AWS, which `spec.avi.cloudType` may say")
        };
        let mut report = findings
            .at(object, refusal.path.as_str())
            .severity(severity)
            .message(format!("AKO does not take this value: \"{}\"", refusal.message.with(&words)))
            .effect(effect)
            .help(in_a_clause(refusal.message.fix));
        for (title, command) in fixes(object, values, &refusal) {
            report = report.fix(title, command);
        }
    }
}

/// A sentence as the help of a finding.
fn in_a_clause(sentence: &str) -> String {
    let mut text = sentence.trim_end_matches('.').to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn fixes(object: &Object, values: &AkoValues, refusal: &Refusal) -> Vec<(String, Command)> {
    let at = &object.address;
    let path = refusal.path.as_str();
    let is = |message: &'static Message| std::ptr::eq(refusal.message, message);
    let one = |title: &str, command| vec![(title.to_owned(), command)];
    if is(&messages::CLUSTER_NAME_INVALID) {
        let name = values.ako_settings.cluster_name.as_deref().unwrap_or_default();
        let name: String =
            name.chars().map(|it| if it.is_ascii_alphanumeric() || it == '_' { it } else { '-' }).collect();
        return vec![(format!("write `{name}`"), Command::set(at, path, name))];
    }
    if is(&messages::SEVERAL_VIP_NETWORKS) {
        let count = values.network_settings.vip_network_list.len();
        let others = (1..count)
            .rev()
            .map(|index| Command::remove(at, format!("NetworkSettings.vipNetworkList[{index}]").as_str()));
        return one("leave the first network", Command::Batch(others.collect()));
    }
    if is(&messages::GLOBAL_BGP_LABELS_WITHOUT_RHI) {
        return vec![
            ("set `enableRHI: true`".to_owned(), Command::set(at, "NetworkSettings.enableRHI", true)),
            ("remove the labels".to_owned(), Command::remove(at, path)),
        ];
    }
    if is(&messages::NODE_PORT_LOCAL_WITHOUT_ANTREA) {
        return one("write `cniPlugin: antrea`", Command::set(at, path, "antrea"));
    }
    if is(&messages::VPC_MODE_WITHOUT_NSXT) {
        return one("set `vpcMode: false`", Command::set(at, path, false));
    }
    let may_go = [
        &messages::IP_FAMILY_INVALID,
        &messages::T1_LR_WITHOUT_NSXT,
        &messages::V6_CIDR_OUTSIDE_VCENTER,
        &messages::CLOUD_NAME_MISSING,
    ];
    if may_go.into_iter().any(is) { one("take it away", Command::remove(at, path)) } else { Vec::new() }
}
