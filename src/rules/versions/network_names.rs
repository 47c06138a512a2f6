//! AKP704: an AviInfraSetting with the network list of AKO 1.4.

use super::ako;
use crate::ako::versions::{Capability, since};
use crate::command::Command;
use crate::model::AviInfraSetting;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds AviInfraSettings with `spec.network.names`, unless `spec.akoVersion` in `akoplan.yaml` is older
    /// than 1.5.1.
    ///
    /// ## Why it matters
    /// AKO 1.5.1 replaced the list by `vipNetworks`. Since then the API server drops it, or refuses the
    /// object, and the VIPs land on the global network (AKO 1.4.1 and 2.2.1
    /// `helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     names:
    ///     - tkg-wkld-oam-vip
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
    /// ```
    pub static NETWORK_NAMES = {
        code: "AKP704",
        name: "network-names",
        severity: Error,
        reads: [AviInfraSetting, AkoplanSettings],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

const NAMES: &str = "spec.network.names";
const VIP_NETWORKS: &str = "spec.network.vipNetworks";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if ako(context).is_some_and(|version| version < since(Capability::VipNetworkCidr)) {
        return;
    }
    for (object, setting) in context.every::<AviInfraSetting>().filter(|(object, _)| object.has(NAMES)) {
        let has_networks = setting.spec.network.as_ref().is_some_and(|network| !network.vip_networks.is_empty());
        let command = if has_networks {
            Command::remove(&object.address, NAMES)
        } else {
            let networks: Vec<_> =
                names(object).into_iter().map(|name| serde_json::json!({ "networkName": name })).collect();
            Command::Batch(vec![
                Command::set(&object.address, VIP_NETWORKS, networks),
                Command::remove(&object.address, NAMES),
            ])
        };
        let title = if has_networks { "remove `names`" } else { "write the names to `vipNetworks`" };
        findings
            .at_key(object, NAMES)
            .message("`spec.network.names` is of AKO 1.4; since 1.5.1 it is `vipNetworks`")
            .effect("the API server drops or refuses it, and the VIPs land on the global network")
            .help("list the networks in `spec.network.vipNetworks`")
            .fix(title, command);
    }
}

fn names(object: &Object) -> Vec<&str> {
    let tree = object.tree();
    let list = tree.find(object.node(), &FieldPath::from(NAMES));
    list.map_or(&[][..], |list| tree.items(list)).iter().filter_map(|item| tree.scalar(*item)).collect()
}
