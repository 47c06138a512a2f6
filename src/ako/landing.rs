//! A landing: the way of one Service port or host to a VIP network, hop by hop.

use std::fmt;

use super::virtual_service::VipNetworkRef;
use crate::syntax::FieldPath;
use crate::workspace::{Address, Place};

/// The way of one Service port, or of one host of an Ingress or HTTPRoute.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Landing {
    /// What lands.
    pub subject: Subject,
    /// Which of AKO's ways it takes.
    pub via: Via,
    /// The chain from the subject on; the last hop decides the network.
    pub hops: Vec<Hop>,
    /// Where it ends.
    pub outcome: Outcome,
    /// What it is meant for; `None` where neither an intent nor a written chain says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intended: Option<Intended>,
}

/// A Service port, or a host of an Ingress or HTTPRoute.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// The object, as in `Service/namespace/name`.
    pub object: String,
    /// Where the object stands.
    #[serde(skip)]
    pub address: Address,
    /// The field of the port or rule: `spec.ports[0]`, `spec.rules[0]`.
    #[serde(serialize_with = "as_text")]
    pub path: FieldPath,
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// `TCP`, `UDP`, `SCTP`; `None` where it is a host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The Service's port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i64>,
    /// The host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)?;
        match (&self.protocol, self.port, &self.host) {
            (Some(protocol), Some(port), _) => write!(f, " {protocol}/{port}"),
            (_, _, Some(host)) => write!(f, " {host}"),
            _ => Ok(()),
        }
    }
}

/// How something reaches a virtual service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Via {
    /// A labelled Service on a Gateway of the services API.
    Gateway,
    /// A Service of type LoadBalancer with a virtual service of its own.
    LoadBalancer,
    /// LoadBalancer Services that share a VIP by annotation.
    SharedVip,
    /// An Ingress.
    Ingress,
    /// An HTTPRoute on a Gateway of Gateway API v1.
    GatewayApi,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// What it arrives at: an object's key, or `the global network`.
    pub at: String,
    /// The field that decided, in the object that refers.
    #[serde(serialize_with = "as_text")]
    pub path: FieldPath,
    /// Where that field stands, if in this project.
    #[serde(skip)]
    pub place: Option<Place>,
    /// AKO's rule in a sentence.
    pub reason: String,
    /// Where AKO has the rule: file and function, or the Kubernetes document.
    pub source: &'static str,
    /// Whether the way goes on as written.
    pub state: HopState,
}

/// What became of a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum HopState {
    /// As written.
    Good,
    /// The target is missing, refused or does not match; the way falls back or ends.
    Broken,
    /// The global values are used.
    FallBack,
}

/// Where a way ends.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Outcome {
    /// On a virtual service.
    Lands(Target),
    /// Nowhere: AKO does not serve it.
    NotServed {
        /// Why, in a sentence.
        reason: String,
    },
    /// Nobody can say: it depends on the values of a chart whose templates helm has yet to render.
    DependsOnValues {
        /// On what, in a sentence.
        reason: String,
    },
    /// AKO is not asked for: an ordinary ClusterIP Service, another controller's class.
    NotForAko {
        /// Why, in a sentence.
        reason: String,
    },
}

/// A virtual service and what is under it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Key in [`super::Prediction::virtual_services`].
    pub virtual_service: String,
    /// Name of the AviInfraSetting that applied; `None`: the global values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// VIP networks; empty where the global one applies and is not known.
    pub networks: Vec<TargetNetwork>,
    /// Service Engine group; `None` where the global one applies and is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub se_group: Option<String>,
    /// Preferred address.
    #[serde(rename = "staticIP", skip_serializing_if = "Option::is_none")]
    pub static_ip: Option<String>,
    /// The way leaves this project: which setting applies is not known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
}

/// A VIP network as AKO sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetNetwork {
    /// Name or UUID.
    pub network: String,
    /// IPv4 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cidr: Option<String>,
    /// IPv6 range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v6cidr: Option<String>,
}

/// What something is meant for.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Intended {
    /// Name of the AviInfraSetting.
    pub segment: String,
    /// An intent in the settings says so; otherwise the end of the written chain does.
    pub explicit: bool,
}

impl Landing {
    /// Whether it lands where it is meant to; `None` where nothing says what is meant.
    #[must_use]
    pub fn as_intended(&self) -> Option<bool> {
        let intended = self.intended.as_ref()?;
        match &self.outcome {
            Outcome::Lands(target) if target.unknown => None,
            Outcome::DependsOnValues { .. } => None,
            Outcome::Lands(target) => Some(target.segment.as_deref() == Some(intended.segment.as_str())),
            // Meant for a segment by an intent or by its own annotation, and then not even AKO's.
            Outcome::NotServed { .. } | Outcome::NotForAko { .. } => Some(false),
        }
    }

    /// The way's first broken hop: the reason why it does not go as written.
    #[must_use]
    pub fn broken_hop(&self) -> Option<&Hop> {
        self.hops.iter().find(|hop| hop.state == HopState::Broken)
    }
}

/// The landing in one line, always of the same form:
/// `signaling/sctp-gw SCTP/2905 → sigtran-vip 10.223.65.0/26 (SE group group12)`.
impl fmt::Display for Landing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.subject, self.outcome)?;
        let lands = matches!(self.outcome, Outcome::Lands(_));
        if let (true, Some(false), Some(intended)) = (lands, self.as_intended(), &self.intended) {
            write!(f, ", not {}", intended.segment)?;
            if let Some(hop) = self.broken_hop() {
                write!(f, ": {}", hop.reason)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lands(target) => target.fmt(f),
            Self::NotServed { reason } => write!(f, "not served: {reason}"),
            Self::DependsOnValues { reason } => f.write_str(reason),
            Self::NotForAko { reason } => write!(f, "not for AKO: {reason}"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.segment, self.unknown) {
            (_, true) => f.write_str("some ")?,
            (None, false) => f.write_str("global ")?,
            (Some(_), false) => {}
        }
        match self.networks.first() {
            None => f.write_str("network (not known)")?,
            Some(network) => network.fmt(f)?,
        }
        match &self.se_group {
            Some(group) => write!(f, " (SE group {group})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TargetNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.network)?;
        for cidr in [&self.cidr, &self.v6cidr].into_iter().flatten() {
            write!(f, " {cidr}")?;
        }
        Ok(())
    }
}

impl From<&VipNetworkRef> for TargetNetwork {
    fn from(network: &VipNetworkRef) -> Self {
        let name = network.network_name.clone().or_else(|| network.network_uuid.clone());
        Self { network: name.unwrap_or_default(), cidr: network.cidr.clone(), v6cidr: network.v6cidr.clone() }
    }
}

fn as_text<S: serde::Serializer>(path: &FieldPath, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(path)
}
