//! AKO's values with the network of old: `networkName`, and a subnet of two keys, become `vipNetworkList`.
//!
//! A ConfigMap of AKO's is not asked: helm makes it of the values.
//!
//! AKO 1.4 brought `vipNetworkList`, AKO 1.5.1 its `cidr` (AKO `helm/ako/values.yaml` of the releases).

use super::draft::Draft;
use super::infra_setting::subnet;
use super::{Decision, Migration, Offer, Source};
use crate::ako::versions::{AkoVersion, Capability};
use crate::command::Command;
use crate::edit::Value;
use crate::model::Kind;
use crate::syntax::FieldPath;
use crate::workspace::Workspace;

const NETWORK: &str = "NetworkSettings.networkName";
const SUBNET_ADDRESS: &str = "NetworkSettings.subnetIP";
const SUBNET_PREFIX: &str = "NetworkSettings.subnetPrefix";
const LIST: &str = "NetworkSettings.vipNetworkList";
const VALUES: &str = "AKO 2.2.1 helm/ako/values.yaml";

/// An offer where the values have one of the old keys.
pub fn offers(workspace: &Workspace) -> Vec<Offer> {
    let values = workspace.values_file().map(|(object, _)| object);
    let is_old =
        values.is_some_and(|object| [NETWORK, SUBNET_ADDRESS, SUBNET_PREFIX].iter().any(|key| object.has(*key)));
    if !is_old || !AkoVersion::of(workspace).has(Capability::VipNetworkCidr) {
        return Vec::new();
    }
    let name = Kind::AkoValues.name().to_owned();
    vec![Offer { migration: Migration::Values, title: name.clone(), objects: vec![name], source: Source::Objects }]
}

/// Writes the old keys as the list of today.
pub fn migrate(draft: &mut Draft<'_>) {
    let Some((object, values)) = draft.before.values_file() else { return };
    let name = Kind::AkoValues.name();
    let at = &object.address;
    let list = &values.network_settings.vip_network_list;
    let subnet = subnet(object, SUBNET_ADDRESS, SUBNET_PREFIX);
    let own = object.text(NETWORK).filter(|network| !network.is_empty());
    let mut unread: Vec<&str> = Vec::new();
    if list.is_empty() {
        let Some(own) = own else {
            draft.stop(
                "The values name no network beside the subnet. Name it in `NetworkSettings.vipNetworkList` first.",
            );
            return;
        };
        let mut network = serde_json::json!({ "networkName": own });
        let mut to = format!("{LIST}[0].networkName: {own}");
        if let Some(subnet) = &subnet {
            network["cidr"] = Value::from(subnet.as_str());
            to.push_str(", cidr: ");
            to.push_str(subnet);
        }
        draft.run(Command::set(at, LIST, Value::from(vec![network])));
        draft.keep(name, format!("{NETWORK}: {own}"), to);
    } else {
        unread.extend(own.map(|_| NETWORK));
        let names: Vec<String> = list.iter().filter_map(|network| network.network_name.clone()).collect();
        match &subnet {
            Some(subnet) => {
                let Some(index) = network_of(draft, subnet, &names) else { return };
                if list.get(index).is_some_and(|network| network.cidr.is_some()) {
                    unread.extend([SUBNET_ADDRESS, SUBNET_PREFIX]);
                } else {
                    let path = FieldPath::from(LIST).index(index).key("cidr");
                    draft.run(Command::set(at, path, Value::from(subnet.as_str())));
                    let to = format!("{LIST}[{index}].cidr: {subnet}");
                    draft.keep(name, format!("{SUBNET_ADDRESS} and its prefix"), to);
                }
            }
            None => unread.extend([SUBNET_ADDRESS, SUBNET_PREFIX].into_iter().filter(|key| object.has(*key))),
        }
    }
    for key in unread {
        draft.lose(
            name,
            format!("`{key}` goes"),
            "AKO since 1.5.1 does not read it, and the list says something of its own",
            VALUES,
        );
    }
    draft.tell_comments(name, object, &[NETWORK, SUBNET_ADDRESS, SUBNET_PREFIX]);
    for key in [NETWORK, SUBNET_ADDRESS, SUBNET_PREFIX].into_iter().filter(|key| object.has(*key)) {
        draft.run(Command::remove(at, key));
    }
}

/// Which network of the list the subnet belongs to: the place of the only one, or the one that is chosen.
fn network_of(draft: &mut Draft<'_>, subnet: &str, names: &[String]) -> Option<usize> {
    if names.len() < 2 {
        return Some(0);
    }
    let question = Decision {
        key: "network",
        question: format!("Which network does the subnet {subnet} belong to?"),
        choices: names.iter().map(|name| (name.clone(), "its `cidr`".to_owned())).collect(),
        is_free: false,
        default: None,
        answer: None,
        problem: None,
    };
    let chosen = draft.ask(question, |_| None)?;
    names.iter().position(|name| *name == chosen)
}
