//! AviInfraSettings of old forms: the version `v1alpha1`, and fields that AKO has dropped since.

use super::draft::Draft;
use super::{Migration, Offer, Source, by_key};
use crate::ako::versions::{AkoVersion, Capability};
use crate::command::Command;
use crate::edit::Value;
use crate::model::AviInfraSetting;
use crate::syntax::FieldPath;
use crate::version::Version;
use crate::workspace::{Object, OfKind, Workspace};

const NAMES: &str = "spec.network.names";
const SUBNET_ADDRESS: &str = "spec.network.subnetIP";
const SUBNET_PREFIX: &str = "spec.network.subnetPrefix";
const VIP_NETWORKS: &str = "spec.network.vipNetworks";
const PROJECT: &str = "spec.nsxSettings.project";
const CRD: &str = "AKO 2.2.1 helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml";

/// What of a setting is of an old form, for the AKO that is predicted for.
#[derive(Clone, Copy)]
struct Old {
    version: bool,
    networks: bool,
    project: bool,
}

impl Old {
    fn of(workspace: &Workspace, object: &Object) -> Self {
        let ako = AkoVersion::of(workspace);
        let networks = [NAMES, SUBNET_ADDRESS, SUBNET_PREFIX].iter().any(|field| object.has(*field));
        Self {
            version: object.version == "v1alpha1" && ako.has(Capability::InfraSettingV1beta1),
            networks: networks && ako.has(Capability::VipNetworkCidr),
            // Gone with AKO 1.13.1 (`helm/ako/crds/ako.vmware.com_aviinfrasettings.yaml` of both releases).
            project: object.has(PROJECT) && ako.written().is_none_or(|ako| ako >= Version(1, 13, 1)),
        }
    }

    const fn any(self) -> bool {
        self.version || self.networks || self.project
    }
}

/// One offer for all of them.
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    let settings = workspace.all::<AviInfraSetting>().map(|(object, _)| object);
    let old: Vec<String> =
        settings.filter(|object| Old::of(workspace, object).any()).map(|object| workspace.key(object)).collect();
    let title = match old.as_slice() {
        [] => return Vec::new(),
        [key] => key.clone(),
        many => format!("{} AviInfraSettings", many.len()),
    };
    vec![Offer { migration: Migration::InfraSetting, title, objects: old, source: Source::Objects }]
}

/// Gives settings the form of today.
pub fn migrate(draft: &mut Draft<'_>, objects: &[String]) {
    for key in objects {
        let before = draft.before;
        let Some(object) = by_key(before, key) else { continue };
        let old = Old::of(before, object);
        let at = &object.address;
        if old.version {
            draft.run(Command::set(at, "apiVersion", "ako.vmware.com/v1beta1"));
            draft.keep(
                key,
                "apiVersion: ako.vmware.com/v1alpha1",
                "apiVersion: ako.vmware.com/v1beta1, the same fields",
            );
        }
        if old.networks {
            networks(draft, key, object);
        }
        if old.project {
            draft.run(Command::remove(at, PROJECT));
            let reason = "AKO 1.13.1 took the field away; the project follows from `t1lr`";
            draft.lose(key, "`spec.nsxSettings.project` goes", reason, CRD);
        }
    }
}

/// `names` of AKO 1.4, and a subnet beside them, become `vipNetworks`.
fn networks(draft: &mut Draft<'_>, key: &str, object: &Object) {
    let at = &object.address;
    let present = AviInfraSetting::of(&object.value).and_then(|setting| setting.spec.network.as_ref());
    let present = present.map_or(&[][..], |network| &network.vip_networks);
    let subnet = subnet(object, SUBNET_ADDRESS, SUBNET_PREFIX);
    let names = names(object);
    let mut takes_subnet = false;
    if present.is_empty() {
        let mut networks: Vec<Value> = names.iter().map(|name| serde_json::json!({ "networkName": name })).collect();
        match (networks.first_mut(), &subnet) {
            (Some(first), Some(subnet)) => {
                first["cidr"] = Value::from(subnet.as_str());
                takes_subnet = true;
            }
            (None, Some(subnet)) => {
                let words = format!(
                    "`{key}` has the subnet {subnet} and no network. Name the network in `{VIP_NETWORKS}` first."
                );
                draft.stop(words);
                return;
            }
            _ => {}
        }
        draft.run(Command::set(at, VIP_NETWORKS, Value::from(networks)));
        for (index, name) in names.iter().enumerate() {
            let cidr =
                subnet.as_ref().filter(|_| index == 0).map_or_else(String::new, |cidr| format!(", cidr: {cidr}"));
            draft.keep(key, format!("{NAMES}: {name}"), format!("{VIP_NETWORKS}: networkName: {name}{cidr}"));
        }
    } else {
        let first = &present[0];
        if let (None, Some(subnet)) = (&first.cidr, &subnet) {
            draft.run(Command::set(
                at,
                FieldPath::from(VIP_NETWORKS).index(0).key("cidr"),
                Value::from(subnet.as_str()),
            ));
            draft.keep(key, format!("{SUBNET_ADDRESS} and its prefix"), format!("{VIP_NETWORKS}[0].cidr: {subnet}"));
            takes_subnet = true;
        }
        if !names.is_empty() {
            draft.lose(
                key,
                format!("`{NAMES}` goes"),
                "AKO since 1.5.1 reads `vipNetworks`, which are there already",
                CRD,
            );
        }
    }
    if object.has(SUBNET_ADDRESS) && !takes_subnet {
        draft.lose(
            key,
            format!("`{SUBNET_ADDRESS}` goes"),
            "the network has a `cidr` already, or the subnet is incomplete",
            CRD,
        );
    }
    draft.tell_comments(key, object, &[NAMES, SUBNET_ADDRESS, SUBNET_PREFIX]);
    for field in [NAMES, SUBNET_ADDRESS, SUBNET_PREFIX] {
        if object.has(field) {
            draft.run(Command::remove(at, field));
        }
    }
}

fn names(object: &Object) -> Vec<&str> {
    let tree = object.tree();
    let list = tree.find(object.node(), &FieldPath::from(NAMES));
    list.map_or(&[][..], |list| tree.items(list)).iter().filter_map(|item| tree.scalar(*item)).collect()
}

/// A subnet of two fields, as a CIDR.
pub fn subnet(object: &Object, address: &str, prefix: &str) -> Option<String> {
    let (address, prefix) = (object.text(address)?.trim(), object.text(prefix)?.trim());
    let is_whole = !address.is_empty() && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= 128);
    is_whole.then(|| format!("{address}/{prefix}"))
}
