//! AKP606: a preferred address outside the network where it lands in one of the clusters.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::address_outside_network::field;
use crate::ako::{Outcome, Target};
use crate::clusters::{base_networks, merged, variant_of};
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::ClusterVariant;
use crate::model::{AkoplanSettings, AviInfraSetting, Cidr};
use crate::rule;
use crate::rules::values::address_not_an_ip::remove_address;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds preferred addresses of Gateways and LoadBalancer Services that are not in the range that one
    /// of the clusters in akoplan's settings has in place of the project's.
    ///
    /// ## Why it matters
    /// The manifests ask for the same address in every cluster, and an overlay changes the range alone. AKO
    /// passes the address on unchecked (seen by running AKO 2.2.1;
    /// `internal/nodes/avi_model_l4_translator.go`). Whether it can be given on that network the Avi
    /// Controller decides.
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - cidr: 10.223.64.0/26
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     aviinfrasetting.ako.vmware.com/name: aviinfrasetting-tkg-wkld-oam
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   clusters:
    ///   - name: tkg-east
    ///     settings:
    ///     - name: aviinfrasetting-tkg-wkld-oam
    ///       networks:
    ///       - cidr: 10.223.64.0/26
    /// ```
    pub static ADDRESS_OUTSIDE_IN_CLUSTER = {
        code: "AKP606",
        name: "address-outside-in-cluster",
        severity: Warning,
        reads: [AkoplanSettings, AviInfraSetting, AkoValues, Gateway, GatewayV1, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let clusters = &context.settings().spec.clusters;
    // The last settings count; those before say nothing.
    let Some((settings, _)) = context.every::<AkoplanSettings>().last().filter(|_| !clusters.is_empty()) else {
        return;
    };
    let mut said = BTreeSet::new();
    for landing in &context.prediction().landings {
        let Outcome::Lands(target) = &landing.outcome else { continue };
        let Some(address) = target.static_ip.as_deref().and_then(|text| text.parse::<IpAddr>().ok()) else { continue };
        for (at, variant) in clusters.iter().enumerate() {
            let Some((below, networks)) = networks(context, target, variant) else { continue };
            let sent = networks.iter().flat_map(|network| [&network.cidr, &network.v6cidr]).flatten();
            let ranges: Vec<Cidr> = sent.filter_map(|text| Cidr::parse(text)).collect();
            if ranges.is_empty() || ranges.iter().any(|range| range.contains(address)) {
                continue;
            }
            let Some((object, path)) = field(context, landing) else { continue };
            if !said.insert((at, object.order, path.clone())) {
                continue;
            }
            let list: Vec<String> = ranges.iter().map(|range| format!("`{}`", range.network())).collect();
            let (key, name) = (context.key(object), variant.name.as_deref().unwrap_or_default());
            findings
                .at(settings, format!("spec.clusters[{at}].{below}").as_str())
                .message(format!(
                    "in cluster `{name}` the address `{address}` of `{key}` is not in {}, where it lands there",
                    list.join(", ")
                ))
                .effect(
                    "AKO sends the address unchecked; the Avi Controller decides whether it can be given on this network",
                )
                .help("leave the address out, or give the cluster a range that has it")
                .related(object.place(path.clone()), "the address is asked for here")
                .fix("leave the address out: Avi then chooses", remove_address(object, &path));
        }
    }
}

/// The networks of a target in a cluster that says something of them, and where it does.
fn networks(context: &Context<'_>, target: &Target, variant: &ClusterVariant) -> Option<(String, Vec<VipNetwork>)> {
    if target.unknown {
        return None;
    }
    if let Some(name) = target.segment.as_deref() {
        let own = variant_of(variant, name);
        let base = context.get::<AviInfraSetting>("", name).map_or(&[][..], |(_, setting)| base_networks(setting));
        let networks = merged(base, own.map_or(&[][..], |own| own.networks.as_slice()));
        if !networks.is_empty() {
            let own = own.filter(|own| !own.networks.is_empty())?;
            let at = variant.settings.iter().position(|other| std::ptr::eq(other, own))?;
            return Some((format!("settings[{at}].networks"), networks));
        }
    }
    // A setting without networks leaves AKO's own.
    let base = context.values().map_or(&[][..], |(_, values)| values.network_settings.vip_network_list.as_slice());
    let own = &variant.ako.networks;
    (!own.is_empty()).then(|| ("ako.networks".to_owned(), merged(base, own)))
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    /// What is found of a Service that asks for 10.1.0.9, with a setting of 10.1.0.0/26 or without.
    fn found(has_setting: bool, clusters: &str) -> Vec<String> {
        let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec: {network: \
                       {vipNetworks: [{networkName: oam-vip, cidr: 10.1.0.0/26}]}}\n";
        let name = if has_setting { "aviinfrasetting.ako.vmware.com/name: oam, " } else { "" };
        let text = format!(
            "{setting}---\napiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: red, annotations: {{{name}\
             ako.vmware.com/load-balancer-ip: 10.1.0.9}}}}\nspec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n---\n\
             apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {{clusters: [{clusters}]}}\n"
        );
        let values = "NetworkSettings: {vipNetworkList: [{networkName: vip, cidr: 10.1.0.0/24}]}\n";
        let files = [SourceFile::new("a.yaml", text), SourceFile::new("values.yaml", values)];
        let findings = analyse(&Workspace::new(&files)).findings;
        let own = findings.into_iter().filter(|finding| finding.code == "AKP606");
        own.map(|finding| format!("{} {}", finding.path, finding.message)).collect()
    }

    #[test]
    fn each_cluster_is_looked_at() {
        let of_setting = "{name: blue}, {name: green, settings: [{name: other}, {name: oam, networks: [{cidr: \
                          10.8.0.0/26}]}]}, {name: red, settings: [{name: oam, networks: [{cidr: 10.1.0.0/28}]}]}, \
                          {name: pink, settings: [{name: oam, seGroup: g}], ako: {networks: [{cidr: 10.9.0.0/26}]}}";
        assert_eq!(
            found(true, of_setting),
            [
                "spec.clusters[1].settings[1].networks in cluster `green` the address `10.1.0.9` of `Service/red/web` is \
              not in `10.8.0.0/26`, where it lands there"
            ]
        );
        assert_eq!(
            found(false, of_setting),
            ["spec.clusters[3].ako.networks in cluster `pink` the address `10.1.0.9` of `Service/red/web` is not in \
              `10.9.0.0/26`, where it lands there"]
        );
        assert_eq!(found(true, ""), [""; 0]);
    }
}
