//! AKP207: a network without name, or with name and UUID.

use crate::ako::versions::Capability;
use crate::command::Command;
use crate::model::AviInfraSetting;
use crate::model::infra_setting::InfraNetwork;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds items of `vipNetworks` and `nodeNetworks` that do not have exactly one of `networkName` and
    /// `networkUUID`.
    ///
    /// ## Why it matters
    /// The API server refuses the object: the CRD wants exactly one (AKO 2.2.1
    /// `helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml`, `oneOf`). `networkUUID` exists since
    /// AKO 1.10.3.
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
    ///     - cidr: 10.223.63.0/26
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
    /// ```
    pub static NETWORK_NAME_OR_UUID = {
        code: "AKP207",
        name: "network-name-or-uuid",
        severity: Error,
        reads: [AviInfraSetting],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let knows_uuids = context.has(Capability::NetworkUuid);
    for (object, setting) in context.every::<AviInfraSetting>() {
        let Some(network) = &setting.spec.network else { continue };
        for (path, has_name, has_uuid) in items(network) {
            let report = |findings: &mut Findings<'_>, message: &str, fix| {
                findings
                    .at(object, path.as_str())
                    .message(message)
                    .effect("the API server refuses the object")
                    .help("name the network by `networkName` or by `networkUUID`")
                    .maybe_fix(fix);
            };
            match (has_name, has_uuid) {
                (true, true) if !knows_uuids => {}
                (false, true) if !knows_uuids => {
                    report(findings, "this network has no `networkName`, and this AKO knows no `networkUUID`", None);
                }
                (false, false) => report(findings, "this network has neither `networkName` nor `networkUUID`", None),
                (true, true) => {
                    let remove = Command::remove(&object.address, format!("{path}.networkUUID").as_str());
                    let fix = Some(("keep the name, remove the UUID".to_owned(), remove));
                    report(findings, "this network has both `networkName` and `networkUUID`", fix);
                }
                _ => {}
            }
        }
    }
}

/// Path of each network, and whether it has a name and a UUID.
fn items(network: &InfraNetwork) -> impl Iterator<Item = (String, bool, bool)> {
    let vip = network.vip_networks.iter().enumerate().map(|(at, item)| {
        (format!("spec.network.vipNetworks[{at}]"), item.network_name.is_some(), item.network_uuid.is_some())
    });
    let node = network.node_networks.iter().enumerate().map(|(at, item)| {
        (format!("spec.network.nodeNetworks[{at}]"), item.network_name.is_some(), item.network_uuid.is_some())
    });
    vip.chain(node)
}
