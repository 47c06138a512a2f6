//! AKP315: a network that the Avi side does not have.

use super::AviList;
use crate::ako::versions::Capability;
use crate::model::AviInfraSetting;
use crate::model::settings::AviSide;
use crate::rule;
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds VIP and node networks that are not among those that `akoplan.yaml` lists in `spec.avi.networks`.
    /// Without such a list, and on AWS and Azure, nothing is reported.
    ///
    /// ## Why it matters
    /// AKO asks the Avi Controller for the network and sets the AviInfraSetting to `Rejected` ("network …
    /// not found on controller"). What refers to it falls back to the global network or is not
    /// programmed (AKO 2.2.1 `internal/k8s/crdcontroller.go`, `checkRefsOnController`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     networks:
    ///     - name: tkg-wkld-oam-vip
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oma-vip
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   avi:
    ///     networks:
    ///     - name: tkg-wkld-oam-vip
    /// ---
    /// apiVersion: ako.vmware.com/v1beta1
    /// kind: AviInfraSetting
    /// metadata:
    ///   name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   network:
    ///     vipNetworks:
    ///     - networkName: tkg-wkld-oam-vip
    /// ```
    pub static NETWORK_UNKNOWN = {
        code: "AKP315",
        name: "network-unknown",
        severity: Error,
        reads: [AviInfraSetting, AkoValues, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(avi) = &context.settings().spec.avi else { return };
    if avi.networks.is_empty() || !has_networks(avi) {
        return;
    }
    let settings = context.every::<AviInfraSetting>().flat_map(|(object, setting)| {
        setting.spec.network.iter().flat_map(move |network| {
            let vip = network.vip_networks.iter().enumerate().map(move |(at, network)| {
                (
                    object,
                    format!("spec.network.vipNetworks[{at}]"),
                    reference(network.network_name.as_deref(), network.network_uuid.as_deref()),
                )
            });
            let node = network.node_networks.iter().enumerate().map(move |(at, network)| {
                (
                    object,
                    format!("spec.network.nodeNetworks[{at}]"),
                    reference(network.network_name.as_deref(), network.network_uuid.as_deref()),
                )
            });
            vip.chain(node)
        })
    });
    let global = context.values().into_iter().flat_map(|(object, values)| {
        let networks = values.network_settings.vip_network_list.iter().enumerate();
        networks.map(move |(at, network)| {
            let reference = reference(network.network_name.as_deref(), network.network_uuid.as_deref());
            (object, format!("NetworkSettings.vipNetworkList[{at}]"), reference)
        })
    });
    let list = AviList::new(context, "spec.avi.networks", avi.networks.len());
    let mut names = Suggest::new(avi.networks.iter().filter_map(|network| network.name.as_deref()));
    let mut uuids = Suggest::new(avi.networks.iter().filter_map(|network| network.uuid.as_deref()));
    let knows_uuids = context.has(Capability::NetworkUuid);
    // Where UUIDs are not written for all networks, an unknown one may be any of them.
    let all_uuids = avi.networks.iter().all(|network| network.uuid.is_some());
    for (object, item, reference) in settings.chain(global) {
        let Some((field, wanted)) = reference else { continue };
        let known = if field == "networkName" { &mut names } else { &mut uuids };
        if known.has(wanted) || (field == "networkUUID" && !(all_uuids && knows_uuids)) {
            continue;
        }
        let path = format!("{item}.{field}");
        let effect = if object.kind.holds_values() {
            "everything without a setting of its own is meant for it, and the Avi Controller does not have it"
        } else {
            "AKO sets the setting to `Rejected`; Gateways and Services with it fall back to the global network, Ingresses are not programmed"
        };
        let add = list.add(wanted).filter(|_| field == "networkName");
        findings
            .at(object, path.as_str())
            .message(format!("the Avi Controller has no network `{wanted}`{}", did_you_mean(known.get(wanted))))
            .effect(effect)
            .help("name an existing network, or add it to the Avi side in the settings")
            .maybe_fix(known.fix(object, path.as_str(), wanted))
            .maybe_fix(add);
    }
}

/// On AWS and Azure AKO does not look networks up.
fn has_networks(avi: &AviSide) -> bool {
    !matches!(avi.cloud_type.as_deref(), Some("CLOUD_AWS" | "CLOUD_AZURE"))
}

/// Which field names the network; AKO skips empty names.
fn reference<'a>(name: Option<&'a str>, uuid: Option<&'a str>) -> Option<(&'static str, &'a str)> {
    let written = |field, value: Option<&'a str>| Some((field, value.filter(|value| !value.is_empty())?));
    written("networkName", name).or_else(|| written("networkUUID", uuid))
}
