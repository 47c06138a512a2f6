//! Segments: an AviInfraSetting with the classes that lead to it, as forms show and make them.

mod change;
mod landed;
mod list;
mod row;

pub(crate) use change::file_of;
pub use change::{add_gateway_class, add_ingress_class, draft_for, remove};
pub use landed::{Landed, landed};
pub use list::{Segment, list, listing, of_annotation, of_gateway_class, of_ingress_class, of_service, settings};
pub use row::{Row, findings, rows, rows_in_steps};

use crate::ako::versions::{AkoVersion, Capability};
use crate::canonical::{documents, metadata, platform_file, yaml};
use crate::command::Command;
use crate::model::infra_setting::{InfraNetwork, InfraSpec, L7Settings, SeGroup, VipNetwork};
use crate::model::ingress::{IngressClassParameters, IngressClassSpec};
use crate::model::services_api::{GatewayClassSpec, ParametersRef};
use crate::model::{AKO_GROUP, AVI_CONTROLLER, AviInfraSetting, GatewayClass, IngressClass};
use crate::workspace::{Address, Workspace};

/// Kind name in references to a setting.
pub(crate) const SETTING_KIND: &str = "AviInfraSetting";

/// The names of a segment's three objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// AviInfraSetting.
    pub infra_setting: String,
    /// GatewayClass.
    pub gateway_class: String,
    /// IngressClass.
    pub ingress_class: String,
}

/// How a segment's network is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkRef {
    /// By name.
    Name(String),
    /// By UUID, since AKO 1.10.3.
    Uuid(String),
}

/// What a form for a new segment holds. Texts are trimmed; empty ones are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Short name, as in `oam`.
    pub segment: String,
    /// Names that are not to follow the templates; empty ones follow them.
    pub names: Names,
    /// Service Engine group; empty: AKO's own.
    pub se_group: String,
    /// VIP network.
    pub network: NetworkRef,
    /// IPv4 range of the VIPs.
    pub cidr: String,
    /// IPv6 range of the VIPs.
    pub v6cidr: String,
    /// Route health injection; `None`: as AKO's values say.
    pub enable_rhi: Option<bool>,
    /// BGP peers that get the routes.
    pub bgp_peer_labels: Vec<String>,
    /// Sharding of Ingresses; empty: as AKO's values say.
    pub shard_size: String,
    /// Whether a GatewayClass is made, too.
    pub with_gateway_class: bool,
    /// Whether an IngressClass is made, too.
    pub with_ingress_class: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            segment: String::new(),
            names: Names::default(),
            se_group: String::new(),
            network: NetworkRef::Name(String::new()),
            cidr: String::new(),
            v6cidr: String::new(),
            // Written out, so that the segment does not change with AKO's values.
            enable_rhi: Some(false),
            bgp_peer_labels: Vec::new(),
            shard_size: String::new(),
            with_gateway_class: true,
            with_ingress_class: true,
        }
    }
}

/// The names of a segment's objects by the naming templates.
#[must_use]
pub fn names(workspace: &Workspace, segment: &str) -> Names {
    let Templates { infra_setting, gateway_class, ingress_class } = Templates::of(workspace);
    let name = |template: String| template.replace("{segment}", segment.trim());
    Names { infra_setting: name(infra_setting), gateway_class: name(gateway_class), ingress_class: name(ingress_class) }
}

/// The names of a draft's objects: its own, else those by the templates.
#[must_use]
pub fn draft_names(workspace: &Workspace, draft: &Draft) -> Names {
    let templated = names(workspace, &draft.segment);
    let chosen =
        |own: &str, templated: String| Some(own.trim().to_owned()).filter(|own| !own.is_empty()).unwrap_or(templated);
    Names {
        infra_setting: chosen(&draft.names.infra_setting, templated.infra_setting),
        gateway_class: chosen(&draft.names.gateway_class, templated.gateway_class),
        ingress_class: chosen(&draft.names.ingress_class, templated.ingress_class),
    }
}

/// A segment's short name: what stands for `{segment}` in the setting's name, else the whole name.
#[must_use]
pub fn short_name<'a>(workspace: &Workspace, setting: &'a str) -> &'a str {
    let template = Templates::of(workspace).infra_setting;
    let Some((before, after)) = template.split_once("{segment}") else { return setting };
    let inner = setting.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(setting)
}

/// Naming templates with the cluster's name filled in.
struct Templates {
    infra_setting: String,
    gateway_class: String,
    ingress_class: String,
}

impl Templates {
    fn of(workspace: &Workspace) -> Self {
        let naming = &workspace.settings().spec.naming;
        let cluster = workspace.values().and_then(|(_, values)| values.ako_settings.cluster_name.as_deref());
        let filled = |template: &Option<String>, default: &str| {
            fill_cluster(template.as_deref().unwrap_or(default), cluster.unwrap_or_default())
        };
        Self {
            infra_setting: filled(&naming.infra_setting, "aviinfrasetting-{cluster}-{segment}"),
            gateway_class: filled(&naming.gateway_class, "avigatewayclass-{cluster}-{segment}"),
            ingress_class: filled(&naming.ingress_class, "avi-ingress-class-{segment}"),
        }
    }
}

/// Fills in the cluster's name; where it is not known, the part goes with the hyphen beside it.
fn fill_cluster(template: &str, cluster: &str) -> String {
    if !cluster.is_empty() {
        return template.replace("{cluster}", cluster);
    }
    ["-{cluster}", "{cluster}-", "{cluster}"].iter().fold(template.to_owned(), |text, part| text.replace(part, ""))
}

/// Writes a segment's objects to `platform/<segment>.yaml`: AviInfraSetting, GatewayClass, IngressClass.
///
/// Objects that are there already are left as they are: a segment can be completed.
#[must_use]
pub fn create(workspace: &Workspace, draft: &Draft) -> Command {
    let file = file(draft);
    let add = |text| Command::AddDocument { file: file.clone(), text };
    Command::Batch(texts(workspace, draft).into_iter().map(add).collect())
}

/// The documents that [`create`] writes, as one text.
#[must_use]
pub fn preview(workspace: &Workspace, draft: &Draft) -> String {
    documents(&texts(workspace, draft))
}

/// The file that [`create`] writes to.
#[must_use]
pub fn file(draft: &Draft) -> String {
    platform_file(draft.segment.trim())
}

/// Classes of the draft's names that are there already and stay as they are, in a sentence each.
#[must_use]
pub fn kept(workspace: &Workspace, draft: &Draft) -> Vec<String> {
    let names = draft_names(workspace, draft);
    let kept = |kind: &str, name: &str, leads_to: Option<&str>| {
        let leads_to = leads_to.map_or_else(|| "no AviInfraSetting".to_owned(), |setting| format!("`{setting}`"));
        format!("There is {kind} `{name}` already: it stays as it is and leads to {leads_to}.")
    };
    let gateway_class = workspace.get::<GatewayClass>("", &names.gateway_class).filter(|_| draft.with_gateway_class);
    let ingress_class = workspace.get::<IngressClass>("", &names.ingress_class).filter(|_| draft.with_ingress_class);
    let gateway_class =
        gateway_class.map(|(object, class)| kept("a GatewayClass", object.name(), of_gateway_class(class)));
    let ingress_class =
        ingress_class.map(|(object, class)| kept("an IngressClass", object.name(), of_ingress_class(class)));
    gateway_class.into_iter().chain(ingress_class).collect()
}

/// The workspace with the draft's segment in it, and where its setting then stands: to be looked at before it is made.
///
/// `None` where the segment cannot be made, or its setting is there already.
#[must_use]
pub fn trial(workspace: &Workspace, draft: &Draft) -> Option<(Workspace, Address)> {
    if obstacle(workspace, draft).is_some() {
        return None;
    }
    let after = create(workspace, draft).apply(workspace).ok()?;
    let (object, _) = after.get::<AviInfraSetting>("", &draft_names(workspace, draft).infra_setting)?;
    let address = object.address.clone();
    Some((after, address))
}

/// Why a segment cannot be made of a draft: it has no name, or everything of that name is there.
#[must_use]
pub fn obstacle(workspace: &Workspace, draft: &Draft) -> Option<String> {
    if draft.segment.trim().is_empty() {
        return Some("A segment needs a name.".to_owned());
    }
    let name = draft_names(workspace, draft).infra_setting;
    let exists = workspace.get::<AviInfraSetting>("", &name).is_some();
    exists.then(|| format!("There is an AviInfraSetting `{name}` already."))
}

fn texts(workspace: &Workspace, draft: &Draft) -> Vec<String> {
    let names = draft_names(workspace, draft);
    let mut texts = Vec::new();
    if workspace.get::<AviInfraSetting>("", &names.infra_setting).is_none() {
        texts.push(yaml(&infra_setting(workspace, draft, &names.infra_setting)));
    }
    if draft.with_gateway_class && workspace.get::<GatewayClass>("", &names.gateway_class).is_none() {
        texts.push(yaml(&gateway_class(&names.gateway_class, &names.infra_setting)));
    }
    if draft.with_ingress_class && workspace.get::<IngressClass>("", &names.ingress_class).is_none() {
        texts.push(yaml(&ingress_class(&names.ingress_class, &names.infra_setting)));
    }
    texts
}

/// The version of AviInfraSetting for the AKO that is predicted for: v1beta1 came with 1.11.1.
fn setting_version(workspace: &Workspace) -> &'static str {
    if AkoVersion::of(workspace).has(Capability::InfraSettingV1beta1) { "v1beta1" } else { "v1alpha1" }
}

fn infra_setting(workspace: &Workspace, draft: &Draft, name: &str) -> AviInfraSetting {
    let text = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let (network_name, network_uuid) = match &draft.network {
        NetworkRef::Name(name) => (text(name), None),
        NetworkRef::Uuid(uuid) => (None, text(uuid)),
    };
    let network = VipNetwork { network_name, network_uuid, cidr: text(&draft.cidr), v6cidr: text(&draft.v6cidr) };
    let vip_networks = if network == VipNetwork::default() { Vec::new() } else { vec![network] };
    let network = InfraNetwork {
        vip_networks,
        enable_rhi: draft.enable_rhi,
        bgp_peer_labels: draft.bgp_peer_labels.iter().filter_map(|label| text(label)).collect(),
        ..InfraNetwork::default()
    };
    AviInfraSetting {
        api_version: Some(format!("{AKO_GROUP}/{}", setting_version(workspace))),
        kind: Some(SETTING_KIND.to_owned()),
        metadata: metadata("", name),
        spec: InfraSpec {
            se_group: text(&draft.se_group).map(|name| SeGroup { name: Some(name) }),
            network: (network != InfraNetwork::default()).then_some(network),
            l7_settings: text(&draft.shard_size).map(|size| L7Settings { shard_size: Some(size) }),
            nsx_settings: None,
        },
        status: None,
    }
}

/// A GatewayClass of AKO's that leads to a setting; empty: to the global values.
pub(crate) fn gateway_class(name: &str, setting: &str) -> GatewayClass {
    GatewayClass {
        api_version: Some("networking.x-k8s.io/v1alpha1".to_owned()),
        kind: Some("GatewayClass".to_owned()),
        metadata: metadata("", name),
        spec: GatewayClassSpec {
            controller: Some(AVI_CONTROLLER.to_owned()),
            parameters_ref: (!setting.is_empty()).then(|| ParametersRef {
                group: Some(AKO_GROUP.to_owned()),
                kind: Some(SETTING_KIND.to_owned()),
                name: Some(setting.to_owned()),
            }),
        },
    }
}

fn ingress_class(name: &str, setting: &str) -> IngressClass {
    IngressClass {
        api_version: Some("networking.k8s.io/v1".to_owned()),
        kind: Some("IngressClass".to_owned()),
        metadata: metadata("", name),
        spec: IngressClassSpec {
            controller: Some(AVI_CONTROLLER.to_owned()),
            parameters: Some(IngressClassParameters {
                api_group: Some(AKO_GROUP.to_owned()),
                kind: Some(SETTING_KIND.to_owned()),
                name: Some(setting.to_owned()),
                ..IngressClassParameters::default()
            }),
        },
    }
}

#[cfg(test)]
mod tests;
