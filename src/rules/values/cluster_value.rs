//! AKP226: AKO would not take a value in one of the clusters.

use crate::ako::startup::{Refusal, refusals};
use crate::ako::versions::Capability;
use crate::clusters::{Names, base_networks, is_first, merged, names};
use crate::command::Command;
use crate::diagnostic::Severity;
use crate::model::settings::ClusterVariant;
use crate::model::{AkoValues, AkoplanSettings, AviInfraSetting};
use crate::rule;
use crate::rules::values::range::{self, Range};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds values of `spec.clusters` in akoplan's settings that do not work in their cluster: ranges that
    /// are none, cluster names that AKO does not take, networks with neither or both of name and UUID. What
    /// AKO accepts and only the Avi Controller may refuse is a warning.
    ///
    /// ## Why it matters
    /// The overlay of that cluster has them, in the AviInfraSetting or in AKO's values, and the base is
    /// right: nobody sees it before that cluster is reached. There AKO sets the setting to `Rejected`
    /// (AKO 2.2.1 `internal/k8s/validator.go`), ends at each start (`internal/k8s/ako_init.go`), or the API
    /// server refuses the patch. Of values that AKO's own check takes see AKP201 to AKP204, AKP207 and AKP223.
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
    ///     - networkName: tkg-wkld-oam-vip
    ///       cidr: 10.223.63.0/26
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     ako:
    ///       clusterName: tkg.east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - cidr: 10.223.64.0/33
    ///       - cidr: 10.223.65.0/26
    ///   - name: tkg-west
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - networkName: tkg-west-oam-vip
    ///         networkUUID: network-1
    ///         cidr: 10.223.66.5/26
    ///         v6cidr: "2001:db8:66::"
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
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     ako:
    ///       clusterName: tkg-east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - cidr: 10.223.64.0/26
    ///   - name: tkg-west
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - networkName: tkg-west-oam-vip
    ///         cidr: 10.223.66.0/26
    ///         v6cidr: "2001:db8:66::/64"
    /// ```
    pub static CLUSTER_VALUE = {
        code: "AKP226",
        name: "cluster-value",
        severity: Error,
        reads: [AkoplanSettings, AviInfraSetting, AkoValues],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    // The last settings count; those before say nothing.
    let Some((settings, _)) = context.every::<AkoplanSettings>().last() else { return };
    for (at, variant) in context.settings().spec.clusters.iter().enumerate() {
        let cluster = Cluster { context, settings, variant, path: format!("spec.clusters[{at}]") };
        cluster.ako(findings);
        cluster.settings(findings);
    }
}

struct Cluster<'c, 'w> {
    context: &'c Context<'w>,
    settings: &'w Object,
    variant: &'w ClusterVariant,
    path: String,
}

impl Cluster<'_, '_> {
    fn name(&self) -> &str {
        self.variant.name.as_deref().unwrap_or_default()
    }

    /// What is otherwise in AKO's values.
    fn ako(&self, findings: &mut Findings<'_>) {
        let refusals = self.refusals();
        let name = self.name();
        for (path, refusal) in &refusals {
            let fix = (path.ends_with(".clusterName")).then(|| self.other_cluster_name(path)).flatten();
            let severity = if refusal.certain { Severity::Error } else { Severity::Warning };
            let unless =
                if refusal.certain { "" } else { ", unless the cloud is AWS, which `spec.avi.cloudType` may say" };
            let words: Vec<&str> = refusal.values.iter().map(String::as_str).collect();
            let report = findings
                .at(self.settings, path.as_str())
                .severity(severity)
                .message(format!(
                    "AKO of cluster `{name}` does not take this value: \"{}\"",
                    refusal.message.with(&words)
                ))
                .effect(format!("AKO ends at each start there: nothing is served{unless}"))
                .help("give the cluster a value that AKO takes, or none: then it is as in the project");
            let range = self.range_at(path);
            report
                .maybe_fix(fix.or_else(|| range.and_then(|(range, text)| Some(self.write(path, range.mend(text)?.0)))));
        }
        for (index, network) in self.variant.ako.networks.iter().enumerate() {
            for range in range::ALL {
                let Some(text) = range.of(network).filter(|text| !text.is_empty()) else { continue };
                let path = format!("{}.ako.networks[{index}].{}", self.path, range.field);
                if !refusals.iter().any(|(refused, _)| *refused == path) {
                    let effect = "AKO does not look at it: the mistake shows only on the Avi Controller";
                    self.range(findings, range, &path, text, [(Severity::Warning, effect); 3]);
                }
            }
        }
    }

    /// The values with which AKO ends in this cluster and not in the project, with their places here.
    fn refusals(&self) -> Vec<(String, Refusal)> {
        let ako = &self.variant.ako;
        let (object, base) = match self.context.values() {
            Some((object, values)) => (object, values.clone()),
            None => (self.settings, AkoValues::default()),
        };
        let mut values = base.clone();
        values.ako_settings.cluster_name = ako.cluster_name.clone().or(values.ako_settings.cluster_name);
        let group = &mut values.controller_settings.service_engine_group_name;
        *group = ako.se_group.clone().or(group.take());
        let networks = &mut values.network_settings.vip_network_list;
        *networks = merged(networks, &ako.networks);
        let workspace = self.context.workspace();
        let before = refusals(workspace, object, &base);
        let is_new = |refusal: &Refusal| {
            !before.iter().any(|it| std::ptr::eq(it.message, refusal.message) && it.path == refusal.path)
                || self.place(refusal).is_some_and(|path| self.settings.has(path.as_str()))
        };
        let new = refusals(workspace, object, &values).into_iter().filter(is_new);
        new.filter_map(|refusal| Some((self.place(&refusal)?, refusal))).collect()
    }

    /// Where a cluster says what AKO's values have at a place; `None` where it cannot.
    fn place(&self, refusal: &Refusal) -> Option<String> {
        let below = match refusal.path.as_str() {
            "ControllerSettings.serviceEngineGroupName" if self.variant.ako.se_group.is_some() => "seGroup".to_owned(),
            // A group of the project's own that is another cluster's by its label: the name is what differs.
            "AKOSettings.clusterName" | "ControllerSettings.serviceEngineGroupName" => "clusterName".to_owned(),
            path => path.strip_prefix("NetworkSettings.vipNetworkList").map(|rest| format!("networks{rest}"))?,
        };
        Some(format!("{}.ako.{below}", self.path))
    }

    fn range_at(&self, path: &str) -> Option<(Range, &str)> {
        let networks = self.variant.ako.networks.iter().enumerate();
        let mut all = networks.flat_map(|(at, network)| range::ALL.map(|range| (at, network, range)));
        let (_, network, range) =
            all.find(|(at, _, range)| path.ends_with(&format!(".networks[{at}].{}", range.field)))?;
        Some((range, range.of(network)?))
    }

    fn other_cluster_name(&self, path: &str) -> Option<(String, Command)> {
        let written = self.variant.ako.cluster_name.as_deref().filter(|name| !name.is_empty())?;
        let is_taken = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let name: String = written.chars().map(|letter| if is_taken(letter) { letter } else { '-' }).collect();
        (name != written).then(|| self.write(path, name))
    }

    fn write(&self, path: &str, text: String) -> (String, Command) {
        (format!("write `{text}`"), Command::set(&self.settings.address, path, text))
    }

    /// What is otherwise in AviInfraSettings.
    fn settings(&self, findings: &mut Findings<'_>) {
        for (at, own) in self.variant.settings.iter().enumerate().filter(|(at, _)| is_first(self.variant, *at)) {
            let Some(name) = own.name.as_deref() else { continue };
            let Some((_, setting)) = self.context.get::<AviInfraSetting>("", name) else { continue };
            let base = base_networks(setting);
            for (index, network) in own.networks.iter().enumerate() {
                let path = format!("{}.settings[{at}].networks[{index}]", self.path);
                self.names(findings, &path, names(base.get(index), Some(network)));
                for range in range::ALL.into_iter().filter(|range| self.context.has(range.since())) {
                    if let Some(text) = range.of(network).filter(|text| !text.is_empty()) {
                        let effects = [
                            (
                                Severity::Error,
                                "AKO sets the setting to `Rejected` in this cluster; Gateways and Services with it fall back to the global network, Ingresses are not programmed",
                            ),
                            (Severity::Error, "AKO accepts the setting there and crashes when it builds a VIP from it"),
                            (
                                Severity::Warning,
                                "AKO accepts the setting there and sends this as it is; the mistake shows only on the Avi Controller",
                            ),
                        ];
                        self.range(findings, range, &format!("{path}.{}", range.field), text, effects);
                    }
                }
            }
        }
    }

    /// A network that the API server refuses.
    fn names(&self, findings: &mut Findings<'_>, path: &str, names: Names) {
        let knows_uuids = self.context.has(Capability::NetworkUuid);
        let words = match names {
            Names::One => return,
            Names::Both if !knows_uuids => return,
            Names::Both => "both `networkName` and `networkUUID`",
            Names::None => "neither `networkName` nor `networkUUID`",
        };
        let remove = || {
            let uuid = FieldPath::parse(path).key("networkUUID");
            ("keep the name, remove the UUID".to_owned(), Command::remove(&self.settings.address, uuid))
        };
        findings
            .at(self.settings, path)
            .message(format!(
                "this network of cluster `{}` has {words}, and the project has no such network to complete it",
                self.name()
            ))
            .effect("the API server refuses the setting there")
            .help("name the network by `networkName` or by `networkUUID`")
            .maybe_fix((names == Names::Both).then(remove));
    }

    /// A range that AKO refuses, on which it crashes, or that it sends although it is wrong.
    fn range(
        &self,
        findings: &mut Findings<'_>,
        range: Range,
        path: &str,
        text: &str,
        [refused, crashes, sent]: [(Severity, &str); 3],
    ) {
        let (severity, effect) = match range.judge(text) {
            range::Verdict::Right => return,
            range::Verdict::Refused => refused,
            range::Verdict::WithoutLength => crashes,
            range::Verdict::Malformed | range::Verdict::HostBits => sent,
        };
        let report = findings
            .at(self.settings, path)
            .severity(severity)
            .message(format!("`{text}` is no `{}` for cluster `{}`: {}", range.field, self.name(), range.reason(text)))
            .effect(effect)
            .help(format!("write network address, slash and prefix length, as in `{}`", range.example));
        match range.mend(text) {
            Some((mended, true)) => {
                report.safe_fix(format!("write `{mended}`"), Command::set(&self.settings.address, path, mended))
            }
            Some((mended, false)) => report.maybe_fix(Some(self.write(path, mended))),
            None => report,
        };
    }
}
