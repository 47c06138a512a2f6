//! Several clusters with one set of manifests: the table of what differs in which, and commands for its cells.
//!
//! The project's own objects are the base. A cluster says only what is otherwise there, in akoplan's settings
//! (`spec.clusters`); what it does not say is as in the base.

mod judge;

use crate::command::Command;
use crate::edit::Value;
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::{AkoVariant, ClusterVariant, SettingVariant};
use crate::model::{AkoValues, AviInfraSetting};
use crate::singleton::Singleton;
use crate::workspace::Workspace;

pub use judge::{Names, ako_name, is_first, names, refusal, sharing, twins};

/// What differs in which cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterTable {
    /// Names of the clusters, as columns.
    pub clusters: Vec<String>,
    /// A row for each value that can differ.
    pub rows: Vec<ClusterRow>,
    /// What clusters say of settings that the project does not have: a sentence each.
    pub problems: Vec<String>,
}

/// A value that can differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterRow {
    /// Which value it is.
    pub place: RowPlace,
    /// What it is called, as in `SE group`.
    pub label: String,
    /// The value in the project; empty where there is none.
    pub base: String,
    /// What each cluster says, in the order of the clusters.
    pub cells: Vec<ClusterCell>,
}

/// A value of AKO's values or of an AviInfraSetting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlace {
    /// Name of the AviInfraSetting; `None`: AKO's values.
    pub setting: Option<String>,
    /// Which field.
    pub field: ClusterField,
}

/// A field that can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterField {
    /// Prefix of all names on the Avi Controller; only of AKO's values.
    ClusterName,
    /// SE group.
    SeGroup,
    /// Network of the item with this number: its name, or its UUID where the project has a UUID.
    Network(usize),
    /// IPv4 range of the item with this number.
    Cidr(usize),
    /// IPv6 range of the item with this number.
    V6Cidr(usize),
}

/// What a cluster says of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterCell {
    /// The value there; empty: as in the project.
    pub own: String,
    /// What is wrong with it, in a sentence.
    pub problem: Option<&'static str>,
}

/// The table of a project.
#[must_use]
pub fn table(workspace: &Workspace) -> ClusterTable {
    let variants = &workspace.settings().spec.clusters;
    let mut table = ClusterTable {
        clusters: variants.iter().map(|variant| variant.name.clone().unwrap_or_default()).collect(),
        ..ClusterTable::default()
    };
    let empty = AkoValues::default();
    let values = workspace.values().map_or(&empty, |(_, values)| values);
    let own = |field| variants.iter().map(|variant| of_ako(&variant.ako, field)).collect::<Vec<_>>();
    let mut add =
        |setting: Option<&str>, field: ClusterField, uses_uuid: bool, base: Option<&str>, own: Vec<String>| {
            let cells = own.into_iter().map(|own| ClusterCell { problem: judge::of_cell(field, &own), own }).collect();
            let place = RowPlace { setting: setting.map(str::to_owned), field };
            table.rows.push(ClusterRow {
                place,
                label: label(field, uses_uuid),
                base: base.unwrap_or_default().to_owned(),
                cells,
            });
        };
    let name = values.ako_settings.cluster_name.as_deref();
    add(None, ClusterField::ClusterName, false, name, own(ClusterField::ClusterName));
    let group = values.controller_settings.service_engine_group_name.as_deref();
    add(None, ClusterField::SeGroup, false, group, own(ClusterField::SeGroup));
    let networks = &values.network_settings.vip_network_list;
    for field in fields(networks, &variants.iter().map(|variant| variant.ako.networks.as_slice())) {
        add(None, field, uses_uuid(networks, field), of_networks(networks, field), own(field));
    }
    for (object, setting) in workspace.all::<AviInfraSetting>() {
        let of_cluster = |variant: &'_ ClusterVariant| -> SettingVariant {
            variant_of(variant, object.name()).cloned().unwrap_or_default()
        };
        let own: Vec<SettingVariant> = variants.iter().map(of_cluster).collect();
        let group = setting.spec.se_group.as_ref().and_then(|group| group.name.as_deref());
        let groups = own.iter().map(|own| own.se_group.clone().unwrap_or_default()).collect();
        add(Some(object.name()), ClusterField::SeGroup, false, group, groups);
        let networks = base_networks(setting);
        for field in fields(networks, &own.iter().map(|own| own.networks.as_slice())) {
            let cells =
                own.iter().map(|own| of_networks(&own.networks, field).unwrap_or_default().to_owned()).collect();
            add(Some(object.name()), field, uses_uuid(networks, field), of_networks(networks, field), cells);
        }
    }
    table.problems = judge::of_clusters(workspace);
    table
}

fn label(field: ClusterField, uses_uuid: bool) -> String {
    let numbered =
        |words: &str, index: usize| if index == 0 { words.to_owned() } else { format!("{words} {}", index + 1) };
    match field {
        ClusterField::ClusterName => "cluster name".to_owned(),
        ClusterField::SeGroup => "SE group".to_owned(),
        ClusterField::Network(index) if uses_uuid => numbered("network UUID", index),
        ClusterField::Network(index) => numbered("network", index),
        ClusterField::Cidr(index) => numbered("IPv4 range", index),
        ClusterField::V6Cidr(index) => numbered("IPv6 range", index),
    }
}

/// What a cluster says of a setting: of several with one name the first.
#[must_use]
pub fn variant_of<'a>(variant: &'a ClusterVariant, setting: &str) -> Option<&'a SettingVariant> {
    variant.settings.iter().find(|own| own.name.as_deref() == Some(setting))
}

/// The networks of a setting.
#[must_use]
pub fn base_networks(setting: &AviInfraSetting) -> &[VipNetwork] {
    setting.spec.network.as_ref().map_or(&[], |network| network.vip_networks.as_slice())
}

/// The networks of a cluster: those of the project, with what is otherwise there.
#[must_use]
pub fn merged(base: &[VipNetwork], own: &[VipNetwork]) -> Vec<VipNetwork> {
    let count = base.len().max(own.len());
    let items = (0..count).map(|index| merged_item(base.get(index), own.get(index)));
    items.filter(|network| *network != VipNetwork::default()).collect()
}

/// A network of a cluster: as in the project, but for what is said of it there.
fn merged_item(base: Option<&VipNetwork>, own: Option<&VipNetwork>) -> VipNetwork {
    let mut network = base.cloned().unwrap_or_default();
    let Some(own) = own else { return network };
    if own.network_name.is_some() || own.network_uuid.is_some() {
        network.network_name.clone_from(&own.network_name);
        network.network_uuid.clone_from(&own.network_uuid);
    }
    network.cidr = own.cidr.clone().or(network.cidr);
    network.v6cidr = own.v6cidr.clone().or(network.v6cidr);
    network
}

/// The rows of a list of networks: one network at least, and IPv6 where anybody has it.
fn fields<'a>(base: &'a [VipNetwork], own: &(impl Iterator<Item = &'a [VipNetwork]> + Clone)) -> Vec<ClusterField> {
    let count = own.clone().map(<[VipNetwork]>::len).chain([base.len(), 1]).max().unwrap_or(1);
    let has_v6 = |index: usize| {
        let all = own.clone().chain([base]);
        all.filter_map(|networks| networks.get(index)).any(|network| network.v6cidr.is_some())
    };
    let of_item = |index: usize| {
        let v6 = has_v6(index).then_some(ClusterField::V6Cidr(index));
        [Some(ClusterField::Network(index)), Some(ClusterField::Cidr(index)), v6].into_iter().flatten()
    };
    (0..count).flat_map(of_item).collect()
}

fn uses_uuid(networks: &[VipNetwork], field: ClusterField) -> bool {
    let ClusterField::Network(index) = field else { return false };
    networks.get(index).is_some_and(|network| network.network_name.is_none() && network.network_uuid.is_some())
}

fn of_ako(ako: &AkoVariant, field: ClusterField) -> String {
    match field {
        ClusterField::ClusterName => ako.cluster_name.as_deref(),
        ClusterField::SeGroup => ako.se_group.as_deref(),
        _ => of_networks(&ako.networks, field),
    }
    .unwrap_or_default()
    .to_owned()
}

fn of_networks(networks: &[VipNetwork], field: ClusterField) -> Option<&str> {
    match field {
        ClusterField::Network(index) => {
            let network = networks.get(index)?;
            network.network_name.as_deref().or(network.network_uuid.as_deref())
        }
        ClusterField::Cidr(index) => networks.get(index)?.cidr.as_deref(),
        ClusterField::V6Cidr(index) => networks.get(index)?.v6cidr.as_deref(),
        ClusterField::ClusterName | ClusterField::SeGroup => None,
    }
}

/// Says what a value is in a cluster; an empty text: as in the project.
#[must_use]
pub fn set_cell(workspace: &Workspace, cluster: usize, place: &RowPlace, text: &str) -> Command {
    let Some(variant) = workspace.settings().spec.clusters.get(cluster) else { return Command::Batch(Vec::new()) };
    let text = text.trim();
    let (parent, networks, name) = match &place.setting {
        None => (format!("spec.clusters[{cluster}].ako"), variant.ako.networks.as_slice(), None),
        Some(setting) => {
            let found = variant.settings.iter().position(|own| own.name.as_ref() == Some(setting));
            let networks = found.and_then(|at| variant.settings.get(at)).map_or(&[][..], |own| own.networks.as_slice());
            let at = found.unwrap_or(variant.settings.len());
            let name = found.is_none().then(|| Value::from(setting.as_str()));
            (format!("spec.clusters[{cluster}].settings[{at}]"), networks, name)
        }
    };
    if text.is_empty() && name.is_some() {
        return Command::Batch(Vec::new());
    }
    let (below, value) = match place.field {
        ClusterField::ClusterName => ("clusterName".to_owned(), Some(Value::from(text))),
        ClusterField::SeGroup => ("seGroup".to_owned(), Some(Value::from(text))),
        ClusterField::Network(index) => {
            let is_uuid = match networks.get(index) {
                Some(own) if own.network_name.is_some() || own.network_uuid.is_some() => own.network_uuid.is_some(),
                _ => uses_uuid(&project_networks(workspace, place.setting.as_deref()), place.field),
            };
            in_networks(networks, index, if is_uuid { "networkUUID" } else { "networkName" }, text)
        }
        ClusterField::Cidr(index) => in_networks(networks, index, "cidr", text),
        ClusterField::V6Cidr(index) => in_networks(networks, index, "v6cidr", text),
    };
    let settings = Singleton::Settings;
    match name {
        Some(name) => {
            let mut item = serde_json::Map::from_iter([("name".to_owned(), name)]);
            let path = crate::syntax::FieldPath::parse(&below);
            let mut whole = Value::Object(std::mem::take(&mut item));
            let _ = crate::edit::set_in(&mut whole, &path, &value.unwrap_or_default());
            settings.set(workspace, &parent, Some(whole))
        }
        None => settings.set(workspace, &format!("{parent}.{below}"), value.filter(|_| !text.is_empty())),
    }
}

/// The way to a field of an item, and its value; the whole list where items before it are missing.
fn in_networks(networks: &[VipNetwork], index: usize, key: &str, text: &str) -> (String, Option<Value>) {
    if index <= networks.len() || text.is_empty() {
        return (format!("networks[{index}].{key}"), Some(Value::from(text)));
    }
    let mut items: Vec<Value> = networks.iter().map(|own| serde_json::to_value(own).unwrap_or_default()).collect();
    items.resize(index, serde_json::json!({}));
    items.push(serde_json::json!({ key: text }));
    ("networks".to_owned(), Some(Value::Array(items)))
}

fn project_networks(workspace: &Workspace, setting: Option<&str>) -> Vec<VipNetwork> {
    match setting {
        Some(name) => workspace.get::<AviInfraSetting>("", name).map(|(_, setting)| base_networks(setting).to_vec()),
        None => workspace.values().map(|(_, values)| values.network_settings.vip_network_list.clone()),
    }
    .unwrap_or_default()
}

/// Adds a cluster.
///
/// # Errors
/// If the name cannot be a folder's or is taken: why, in a sentence.
pub fn add_cluster(workspace: &Workspace, name: &str) -> Result<Command, String> {
    let name = free(workspace, name, None)?;
    let count = workspace.settings().spec.clusters.len();
    let item = serde_json::json!({ "name": name });
    Ok(Singleton::Settings.set(workspace, &format!("spec.clusters[{count}]"), Some(item)))
}

/// Gives a cluster another name.
///
/// # Errors
/// As [`add_cluster`].
pub fn rename_cluster(workspace: &Workspace, cluster: usize, name: &str) -> Result<Command, String> {
    let name = free(workspace, name, Some(cluster))?;
    let path = format!("spec.clusters[{cluster}].name");
    let is_there = cluster < workspace.settings().spec.clusters.len();
    Ok(if is_there {
        Singleton::Settings.set(workspace, &path, Some(Value::from(name)))
    } else {
        Command::Batch(Vec::new())
    })
}

/// Takes a cluster away, with all that it says.
#[must_use]
pub fn remove_cluster(workspace: &Workspace, cluster: usize) -> Command {
    if cluster < workspace.settings().spec.clusters.len() {
        Singleton::Settings.remove_item(workspace, "spec.clusters", cluster)
    } else {
        Command::Batch(Vec::new())
    }
}

fn free<'a>(workspace: &Workspace, name: &'a str, own: Option<usize>) -> Result<&'a str, String> {
    let name = name.trim();
    if let Some(reason) = refusal(name) {
        return Err(reason.to_owned());
    }
    let mut others = workspace.settings().spec.clusters.iter().enumerate().filter(|(at, _)| Some(*at) != own);
    let is_same = |other: &str| other.eq_ignore_ascii_case(name);
    if let Some(other) = others.find_map(|(_, other)| other.name.as_deref().filter(|other| is_same(other))) {
        return Err(format!("a cluster is called `{other}` already"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests;
