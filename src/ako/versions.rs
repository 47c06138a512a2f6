//! What differs between versions of AKO: one table, and what it was checked up to.
//!
//! The prediction follows AKO 2.2.1; of what an older AKO does not have yet it leaves out what the table
//! marks as followed, and says which rest it does not. Rules that are true only of an AKO that has something name
//! it in their `needs`. Sources: AKO's release notes (`docs/release_notes.md`), the changelogs of its charts, and
//! its release branches.

use crate::version::Version;
use crate::workspace::Workspace;

/// The newest AKO that was looked at; a newer one is predicted like it.
pub const CHECKED_UP_TO: Version = Version(2, 2, 1);

/// The oldest AKO that was looked at; an older one is predicted like it.
pub const CHECKED_FROM: Version = Version(1, 5, 1);

/// Something that AKO can since a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Gateways of `networking.x-k8s.io`, and AviInfraSetting.
    ServicesApi,
    /// TCP and UDP on one Gateway.
    SeveralProtocolsOnGateway,
    /// `cidr`, `bgpPeerLabels` and `enablePublicIP` of a setting.
    VipNetworkCidr,
    /// Ingress and IngressClass of `networking.k8s.io/v1`.
    IngressV1,
    /// The protocol in the names of a Gateway's pools.
    ProtocolInGatewayPools,
    /// Services of type LoadBalancer beside Gateways: their gateway labels count no more.
    LoadBalancerBesideGateways,
    /// Several Services on one VIP.
    SharedVip,
    /// An AviInfraSetting for a shared VIP.
    SharedVipSetting,
    /// `v6cidr` of a setting.
    Ipv6,
    /// SCTP.
    Sctp,
    /// The annotation `ako.vmware.com/load-balancer-ip`.
    LoadBalancerIpAnnotation,
    /// `listeners` of a setting.
    SettingListeners,
    /// L4Rules that Services of type LoadBalancer name.
    L4Rule,
    /// Several protocols in a Service of type LoadBalancer.
    MixedProtocols,
    /// `networkUUID` of a setting.
    NetworkUuid,
    /// `ako.vmware.com/v1beta1`.
    InfraSettingV1beta1,
    /// A setting for a whole namespace, by annotation.
    NamespaceSetting,
    /// Gateway API, in a container of its own.
    GatewayApi,
    /// `spec.loadBalancerClass`.
    LoadBalancerClass,
    /// Gateways of Gateway API v1 that are refused listener by listener, for a missing Secret too.
    ListenerByListener,
    /// Listeners of Gateway API v1 without a hostname, and wildcards in routes.
    OpenHostnames,
    /// URL rewrites of Gateway API v1.
    UrlRewrite,
    /// A setting's SE group on Gateways of Gateway API v1.
    GatewayApiSetting,
    /// L7Rule, ApplicationProfile, HealthMonitor and RouteBackendExtension on routes.
    RouteExtensions,
    /// The dedicated mode of Gateways of Gateway API v1.
    DedicatedGateways,
    /// Child virtual services named after the rules of an HTTPRoute.
    RouteRuleNames,
}

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// What.
    pub capability: Capability,
    /// The first version that has it.
    pub since: Version,
    /// In words.
    pub words: &'static str,
    /// Whether the prediction leaves it out for an older AKO.
    pub followed: bool,
    /// What it is a part of: without that one, it needs no word.
    pub within: Option<Capability>,
}

impl Row {
    const fn within(mut self, whole: Capability) -> Self {
        self.within = Some(whole);
        self
    }
}

const fn row(capability: Capability, since: Version, words: &'static str) -> Row {
    Row { capability, since, words, followed: true, within: None }
}

/// A row that rules and offers ask only: the prediction is that of an AKO that has it.
const fn not_followed(capability: Capability, since: Version, words: &'static str) -> Row {
    Row { capability, since, words, followed: false, within: None }
}

/// Everything that differs and that the prediction, a rule or an offer depends on.
pub const TABLE: &[Row] = &[
    row(Capability::ServicesApi, Version(1, 4, 1), "Gateways of the services API, and AviInfraSetting"),
    not_followed(Capability::SeveralProtocolsOnGateway, Version(1, 5, 1), "TCP and UDP on one Gateway"),
    row(
        Capability::VipNetworkCidr,
        Version(1, 5, 1),
        "`cidr`, `bgpPeerLabels` and `enablePublicIP` in an AviInfraSetting",
    ),
    not_followed(Capability::IngressV1, Version(1, 6, 1), "Ingress `networking.k8s.io/v1`"),
    row(Capability::ProtocolInGatewayPools, Version(1, 6, 1), "the protocol in the names of a Gateway's pools"),
    row(
        Capability::LoadBalancerBesideGateways,
        Version(1, 6, 4),
        "Services of type LoadBalancer with a virtual service of their own, gateway labels or not",
    ),
    row(Capability::SharedVip, Version(1, 7, 1), "a VIP that Services share by annotation"),
    row(Capability::SharedVipSetting, Version(1, 7, 2), "a shared VIP with an AviInfraSetting"),
    row(Capability::Ipv6, Version(1, 8, 1), "`v6cidr` in an AviInfraSetting"),
    not_followed(Capability::Sctp, Version(1, 9, 1), "SCTP"),
    row(Capability::LoadBalancerIpAnnotation, Version(1, 9, 1), "the annotation `ako.vmware.com/load-balancer-ip`"),
    row(Capability::SettingListeners, Version(1, 10, 1), "`listeners` in an AviInfraSetting"),
    row(Capability::L4Rule, Version(1, 10, 1), "L4Rules for Services of type `LoadBalancer`"),
    not_followed(
        Capability::MixedProtocols,
        Version(1, 10, 2),
        "several protocols in one Service of type `LoadBalancer`",
    ),
    row(Capability::NetworkUuid, Version(1, 10, 3), "`networkUUID` in an AviInfraSetting"),
    not_followed(Capability::InfraSettingV1beta1, Version(1, 11, 1), "`ako.vmware.com/v1beta1`"),
    row(Capability::NamespaceSetting, Version(1, 11, 1), "an AviInfraSetting for a namespace, by annotation"),
    row(Capability::GatewayApi, Version(1, 11, 1), "Gateway API `gateway.networking.k8s.io`"),
    row(Capability::LoadBalancerClass, Version(1, 12, 1), "`spec.loadBalancerClass`"),
    row(
        Capability::ListenerByListener,
        Version(1, 13, 1),
        "that Gateways of Gateway API v1 are refused listener by listener, and a listener for its missing Secret",
    )
    .within(Capability::GatewayApi),
    row(
        Capability::OpenHostnames,
        Version(1, 13, 1),
        "listeners of Gateway API v1 without a hostname or with `*`, and wildcards in `hostnames` of routes",
    )
    .within(Capability::GatewayApi),
    not_followed(Capability::UrlRewrite, Version(1, 13, 2), "URL rewrites of an HTTPRoute")
        .within(Capability::GatewayApi),
    row(
        Capability::GatewayApiSetting,
        Version(1, 14, 1),
        "a namespace's AviInfraSetting on Gateways of Gateway API v1: SE group and Tier-1 router",
    )
    .within(Capability::GatewayApi),
    row(Capability::RouteExtensions, Version(1, 14, 1), "objects of AKO's on rules and backends of an HTTPRoute")
        .within(Capability::GatewayApi),
    not_followed(Capability::DedicatedGateways, Version(1, 14, 1), "the dedicated mode of Gateways of Gateway API v1")
        .within(Capability::GatewayApi),
    row(Capability::RouteRuleNames, Version(1, 14, 1), "names of an HTTPRoute's rules").within(Capability::GatewayApi),
];

/// The AKO that is predicted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AkoVersion(Option<Version>);

impl AkoVersion {
    /// As `spec.akoVersion` of the settings says; the newest checked one where it says nothing that can be read.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self(workspace.settings().spec.ako_version.as_deref().and_then(Version::parse))
    }

    /// The version as written, if it is.
    #[must_use]
    pub const fn written(self) -> Option<Version> {
        self.0
    }

    /// Whether it can do something.
    #[must_use]
    pub fn has(self, capability: Capability) -> bool {
        self.0.is_none_or(|version| version >= since(capability))
    }

    /// What has to be known about a version that was not checked, in a sentence.
    #[must_use]
    pub fn caveat(self, written: &str) -> Option<String> {
        match self.0 {
            None if written.trim().is_empty() => None,
            None => Some(format!("`{written}` is no version number; AKO {CHECKED_UP_TO} is predicted")),
            Some(version) if version > CHECKED_UP_TO => Some(format!(
                "AKO {version} is newer than what was checked; it is taken to do what AKO {CHECKED_UP_TO} does"
            )),
            Some(version) if version < CHECKED_FROM => Some(format!(
                "AKO {version} is older than what was checked, {CHECKED_FROM} to {CHECKED_UP_TO}; it is {}",
                self.less()
            )),
            Some(version) if version < CHECKED_UP_TO => Some(format!("AKO {version} is {}", self.less())),
            Some(_) => None,
        }
    }

    /// What an older version is taken for: what is left out for it, and what of the table is not.
    fn less(self) -> String {
        let missing = |followed: bool| {
            let is_own = |row: &&Row| row.within.is_none_or(|whole| self.has(whole));
            let rows = TABLE.iter().filter(|row| row.followed == followed && !self.has(row.capability)).filter(is_own);
            rows.map(|row| row.words).collect::<Vec<_>>().join("; ")
        };
        let (followed, others) = (missing(true), missing(false));
        let mut text = format!("taken to do what AKO {CHECKED_UP_TO} does");
        for (words, list) in [(", without ", followed), (". Newer, too, but not left out: ", others)] {
            if !list.is_empty() {
                text.push_str(words);
                text.push_str(&list);
            }
        }
        text
    }
}

/// The first version that has a capability.
#[must_use]
pub fn since(capability: Capability) -> Version {
    row_of(capability).since
}

/// The row of a capability.
#[must_use]
pub fn row_of(capability: Capability) -> &'static Row {
    const NONE: &Row = &row(Capability::ServicesApi, Version(0, 0, 0), "");
    TABLE.iter().find(|row| row.capability == capability).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_versions_and_has_each_capability_once() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].since <= pair[1].since, "{pair:?}");
        }
        for row in TABLE {
            assert!(row.within.is_none_or(|whole| since(whole) <= row.since), "{row:?}");
            assert_eq!(TABLE.iter().filter(|other| other.capability == row.capability).count(), 1, "{row:?}");
            assert!(row.since <= CHECKED_UP_TO);
        }
    }

    #[test]
    fn the_page_names_the_checked_version() {
        assert_eq!(CHECKED_UP_TO.to_string(), crate::model::settings::NEWEST_AKO);
    }

    #[test]
    fn an_unwritten_version_can_do_everything() {
        assert!(TABLE.iter().all(|row| AkoVersion::default().has(row.capability)));
        assert!(!AkoVersion(Some(Version(1, 10, 5))).has(Capability::NamespaceSetting));
        assert!(AkoVersion(Some(Version(1, 11, 1))).has(Capability::NamespaceSetting));
    }

    #[test]
    fn caveats() {
        assert_eq!(AkoVersion::default().caveat(""), None);
        assert!(AkoVersion::default().caveat("latest").unwrap().contains("no version number"));
        assert!(AkoVersion(Some(Version(9, 0, 0))).caveat("9.0").unwrap().contains("newer"));
        assert_eq!(AkoVersion(Some(CHECKED_UP_TO)).caveat("2.2.1"), None);
        let old = AkoVersion(Some(Version(1, 10, 2))).caveat("1.10.2").unwrap();
        assert!(
            old.contains("without `networkUUID` in an AviInfraSetting; an AviInfraSetting for a namespace"),
            "{old}"
        );
        assert!(old.ends_with("not left out: `ako.vmware.com/v1beta1`"), "{old}");
        assert!(AkoVersion(Some(Version(1, 4, 1))).caveat("1.4.1").unwrap().contains("older than what was checked"));
        assert_eq!(
            AkoVersion(Some(Version(2, 1, 1))).caveat("2.1.1").unwrap(),
            "AKO 2.1.1 is taken to do what AKO 2.2.1 does"
        );
    }
}
