//! Which AviInfraSetting applies to something, told as hops of a landing.
//!
//! The order is AKO's: the written reference, else the namespace's annotation, else the global
//! values. A reference that leads nowhere means the global values on layer 4 and nothing at all on
//! layer 7; the namespace is not asked then.

use super::cluster::{Cluster, Setting};
use super::infra_setting::Effective;
use super::landing::{Hop, HopState, Target, TargetNetwork};
use crate::model::INFRA_SETTING_ANNOTATION;
use crate::syntax::FieldPath;
use crate::workspace::Object;

/// Rule of layer 4.
pub const LAYER4: &str = "AKO 2.2.1 internal/nodes/avi_model_l4_translator.go getL4InfraSetting";
/// Rule of layer 7.
pub const LAYER7: &str = "AKO 2.2.1 internal/nodes/route_ingress_model.go getL7IngressInfraSetting";
/// Rule of namespaces.
const NAMESPACE: &str = "AKO 2.2.1 internal/lib/utils.go GetNamespacedAviInfraSetting";
/// Rule of what a setting puts in place of the global values.
const EFFECT: &str = "AKO 2.2.1 internal/nodes/avi_model_l7_translator.go buildWithInfraSetting";
/// Where a way ends that nothing else decides.
pub const GLOBAL_NETWORK: &str = "the global network";

/// A field that names a setting.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The object that refers.
    pub object: &'a Object,
    /// Its field.
    pub path: FieldPath,
    /// The name it gives.
    pub name: &'a str,
    /// Where AKO has the rule.
    pub source: &'static str,
}

impl<'a> Reference<'a> {
    /// The annotation `aviinfrasetting.ako.vmware.com/name` of a Service.
    #[must_use]
    pub fn annotation(object: &'a Object) -> Option<Self> {
        let name = object.annotation(INFRA_SETTING_ANNOTATION).filter(|name| !name.is_empty())?;
        Some(Self { object, path: annotation_path(INFRA_SETTING_ANNOTATION), name, source: LAYER4 })
    }
}

/// The path of an annotation.
#[must_use]
pub fn annotation_path(key: &str) -> FieldPath {
    FieldPath::parse("metadata.annotations").key(key)
}

/// The path of a label.
#[must_use]
pub fn label_path(key: &str) -> FieldPath {
    FieldPath::parse("metadata.labels").key(key)
}

/// What became of a way.
#[derive(Clone, Debug)]
pub enum Choice<'a> {
    /// A setting that AKO accepts.
    Applies(&'a Setting<'a>, &'a Effective),
    /// A setting outside this project: it is there, but what it says is not known.
    External(&'a str),
    /// A class outside this project: which setting it names is not known.
    Unknown,
    /// No setting is asked for.
    Global,
    /// The setting is missing or rejected, in a sentence.
    Refused(String),
}

/// A way from a reference to a setting.
#[derive(Clone, Debug)]
pub struct Resolution<'a> {
    /// What became of it.
    pub choice: Choice<'a>,
    /// Its hops, the network not yet among them.
    pub hops: Vec<Hop>,
    /// The name at the end of the written chain, even if nothing of that name exists.
    pub written: Option<&'a str>,
}

/// A hop as its parts.
#[must_use]
pub fn hop(
    at: impl Into<String>,
    object: Option<&Object>,
    path: impl Into<FieldPath>,
    reason: impl Into<String>,
    source: &'static str,
    state: HopState,
) -> Hop {
    let path = path.into();
    let place = object.map(|object| object.place(path.clone()));
    Hop { at: at.into(), path, place, reason: reason.into(), source, state }
}

/// Follows a reference, else the namespace's annotation.
#[must_use]
pub fn resolve<'a>(cluster: &'a Cluster<'a>, reference: Option<Reference<'a>>, namespace: &str) -> Resolution<'a> {
    let by_namespace = || {
        let (object, name) = cluster.namespace_setting(namespace)?;
        Some(Reference { object, path: annotation_path(INFRA_SETTING_ANNOTATION), name, source: NAMESPACE })
    };
    match reference.or_else(by_namespace) {
        Some(reference) => follow(cluster, &reference),
        None => Resolution { choice: Choice::Global, hops: Vec::new(), written: None },
    }
}

/// Follows a reference to its setting.
#[must_use]
pub fn follow<'a>(cluster: &'a Cluster<'a>, reference: &Reference<'a>) -> Resolution<'a> {
    let name = reference.name;
    let (choice, reason, state) = match cluster.settings.get(name) {
        Some(setting) => match &setting.verdict {
            Ok(effective) => (Choice::Applies(setting, effective), format!("AKO accepts `{name}`"), HopState::Good),
            Err(rejection) => {
                let reason = format!("AKO rejects `{name}`: {}", rejection.error);
                (Choice::Refused(reason.clone()), reason, HopState::Broken)
            }
        },
        None if cluster.is_external("AviInfraSetting", "", name) => {
            (Choice::External(name), format!("`{name}` exists outside this project"), HopState::Good)
        }
        None => {
            let reason = format!("`{name}` is not defined");
            (Choice::Refused(reason.clone()), reason, HopState::Broken)
        }
    };
    let at = format!("AviInfraSetting/{name}");
    let hop = hop(at, Some(reference.object), reference.path.clone(), reason, reference.source, state);
    Resolution { choice, hops: vec![hop], written: Some(name) }
}

impl<'a> Resolution<'a> {
    /// The way under a class that is not in this project.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { choice: Choice::Unknown, hops: Vec::new(), written: None }
    }

    /// The values that a virtual service gets; of a refused setting those of layer 4.
    #[must_use]
    pub fn effective(&self, cluster: &Cluster<'_>) -> Effective {
        match self.choice {
            Choice::Applies(_, effective) => effective.clone(),
            Choice::Global | Choice::Refused(_) => Effective::global(&cluster.values),
            Choice::External(_) | Choice::Unknown => Effective::default(),
        }
    }

    /// The name of the setting that applies.
    #[must_use]
    pub fn setting_name(&self) -> Option<&'a str> {
        match self.choice {
            Choice::Applies(setting, _) => Some(setting.object.name()),
            Choice::External(name) => Some(name),
            Choice::Global | Choice::Refused(_) | Choice::Unknown => None,
        }
    }

    /// Where the way ends, with the last hop.
    #[must_use]
    pub fn target(&self, cluster: &Cluster<'_>, virtual_service: String, static_ip: Option<String>) -> (Target, Hop) {
        let effective = self.effective(cluster);
        let networks: Vec<TargetNetwork> = effective.networks.iter().map(TargetNetwork::from).collect();
        let hop = self.network_hop(cluster, networks.first());
        let target = Target {
            virtual_service,
            segment: self.setting_name().map(str::to_owned),
            networks,
            se_group: effective.se_group,
            static_ip,
            unknown: matches!(self.choice, Choice::Unknown),
        };
        (target, hop)
    }

    fn network_hop(&self, cluster: &Cluster<'_>, network: Option<&TargetNetwork>) -> Hop {
        let global =
            |object, path: &str, reason: String| hop(GLOBAL_NETWORK, object, path, reason, EFFECT, HopState::FallBack);
        let outside = |reason: String| hop("a network outside this project", None, "", reason, EFFECT, HopState::Good);
        let values = "NetworkSettings.vipNetworkList";
        match (&self.choice, network) {
            (Choice::Applies(setting, effective), Some(network)) if effective.own_networks => {
                let reason = format!("`{}` puts VIPs on `{network}`", setting.object.name());
                let path = "spec.network.vipNetworks[0]";
                hop(network.to_string(), Some(setting.object), path, reason, EFFECT, HopState::Good)
            }
            (Choice::Applies(setting, _), _) => {
                let reason = format!("`{}` names no VIP network, so the global one applies", setting.object.name());
                global(Some(setting.object), "spec.network", reason)
            }
            (Choice::Refused(_), _) => {
                let reason = "AKO falls back to the global values on layer 4, without a word in any status";
                global(cluster.values.file, values, reason.to_owned())
            }
            (Choice::Global, _) => {
                let reason = "nothing names an AviInfraSetting, so the global values apply";
                global(cluster.values.file, values, reason.to_owned())
            }
            (Choice::External(name), _) => outside(format!("`{name}` says which, outside this project")),
            (Choice::Unknown, _) => outside("the class says which, outside this project".to_owned()),
        }
    }
}
