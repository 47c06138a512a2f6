//! The values that AKO works with: its own `values.yaml`, or its ConfigMap, over the chart's defaults, and the cloud.

use std::collections::BTreeSet;

use super::Assumption;
use super::cluster::gateway_labels;
use super::load_balancer::is_load_balancer;
use super::startup;
use super::versions::{AkoVersion, Capability};
use super::virtual_service::VipNetworkRef;
use crate::model::gateway_api::CHART_GATEWAY_CLASS;
use crate::model::infra_setting::VipNetwork;
use crate::model::settings::AviSide;
use crate::model::{
    AKO_GROUP, CHART_INGRESS_CLASS, Gateway, GatewayClassV1, GatewayV1, HttpRoute, Ingress, IngressClass, Kind,
    L4_RULE_ANNOTATION, Service,
};
use crate::ordered::{IntoOrdered, sort_by_key};
use crate::workspace::{Object, OfKind, Workspace};

/// How AKO makes host names for layer 4 (`L4Settings.autoFQDN`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoFqdn {
    /// `<service>.<namespace>.<sub-domain>`.
    Default,
    /// `<service>-<namespace>.<sub-domain>`.
    Flat,
    /// None.
    Off,
}

/// How AKO reaches pods (`L7Settings.serviceType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceMode {
    /// Pods' own addresses.
    ClusterIp,
    /// Nodes' addresses.
    NodePort,
    /// Antrea's ports of single pods.
    NodePortLocal,
}

/// Effective values; see AKO 2.2.1 `helm/ako/values.yaml` for keys and defaults.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "these are AKO's own switches, independent of each other")]
pub struct Values<'a> {
    /// The AKO that is predicted for.
    pub version: AkoVersion,
    /// The file or ConfigMap; `None` where the values are not known.
    pub file: Option<&'a Object>,
    /// Cluster name: the prefix of all names.
    pub cluster_name: String,
    /// Tenant.
    pub tenant: String,
    /// Layer 4 Gateways are read.
    pub services_api: bool,
    /// Gateway API v1 is read, by a container of its own.
    pub gateway_api: bool,
    /// Nothing of layer 4 is read.
    pub layer7_only: bool,
    /// Routes to pods are not AKO's, and SE groups get no label of a cluster.
    pub static_route_sync_off: bool,
    /// Enhanced virtual hosting.
    pub evh: bool,
    /// Pools take IPv6 addresses.
    pub ipv6_pools: bool,
    /// Namespaces that AKO leaves alone.
    pub blocked: BTreeSet<&'a str>,
    /// Only namespaces with this label.
    pub namespace_selector: Option<(&'a str, &'a str)>,
    /// The global VIP networks; empty where not known.
    pub networks: Vec<VipNetworkRef>,
    /// The global Service Engine group; `None` where not known.
    pub se_group: Option<String>,
    /// Global route health injection.
    pub rhi: bool,
    /// Global BGP peers.
    pub bgp_peer_labels: Vec<String>,
    /// Global tier-1 router.
    pub t1_lr: Option<String>,
    /// Host names of layer 4.
    pub auto_fqdn: AutoFqdn,
    /// DNS sub-domain for host names; `None`: no names are made.
    pub sub_domain: Option<String>,
    /// All DNS sub-domains of the cloud, sorted; `None` where not known.
    pub sub_domains: Option<Vec<&'a str>>,
    /// Services without `loadBalancerClass` are AKO's.
    pub default_lb_controller: bool,
    /// AKO's chart is taken to have installed its IngressClass: no file says otherwise.
    pub chart_class: bool,
    /// How pods are reached.
    pub service_mode: ServiceMode,
    /// `LARGE`, `MEDIUM`, `SMALL` or `DEDICATED`.
    pub shard_size: &'a str,
    /// `LARGE`, `MEDIUM` or `SMALL`.
    pub passthrough_shard_size: &'a str,
    /// A host belongs to one namespace (with EVH only).
    pub strict_hosts: bool,
    /// AWS and Azure: a VIP can have several networks, and their names are not looked up.
    pub several_networks: bool,
    /// AWS, Azure and GCP: a VIP can have a public address.
    pub public_addresses: bool,
    /// Licences with TCP proxy on layer 4.
    pub tcp_proxy: bool,
}

impl<'a> Values<'a> {
    /// The effective values of a workspace.
    #[must_use]
    pub fn of(workspace: &'a Workspace) -> Self {
        let file = workspace.values().map(|(object, _)| object);
        let empty = crate::model::AkoValues::default();
        // Borrowed parts must come from the workspace, so the empty values give none.
        let written = workspace.values().map(|(_, values)| values);
        let values = written.unwrap_or(&empty);
        let ako = &values.ako_settings;
        let network = &values.network_settings;
        let avi = workspace.settings().spec.avi.as_ref();
        let cloud = avi.and_then(|avi| avi.cloud_type.as_deref()).unwrap_or("CLOUD_VCENTER");
        let uses_gateways = || {
            workspace.every::<Gateway>().next().is_some()
                || workspace.every::<Service>().any(|(service, _)| gateway_labels(service).is_some())
        };
        // A ConfigMap does not say whether the container for Gateway API v1 runs.
        let gateway_api_gate =
            workspace.values_file().map(|(_, values)| values.feature_gates.gateway_api.is_some_and(|on| on.0));
        let uses_gateway_api =
            || workspace.every::<GatewayV1>().next().is_some() || workspace.every::<HttpRoute>().next().is_some();
        let default_domain = network.default_domain.as_deref().or(values.l4_settings.default_domain.as_deref());
        let sub_domains = avi.map(sub_domains);
        let text = |value: &Option<String>, default: &str| value.clone().unwrap_or_else(|| default.to_owned());
        let l7 = written.map(|values| &values.l7_settings);
        let shard_size = l7.and_then(|l7| l7.shard_vs_size.as_deref()).unwrap_or("LARGE");
        let passthrough_shard_size = l7.and_then(|l7| l7.passthrough_shard_size.as_deref()).unwrap_or("SMALL");
        let controller = &values.controller_settings;
        let version = AkoVersion::of(workspace);
        Self {
            version,
            file,
            cluster_name: text(&ako.cluster_name, "my-cluster"),
            tenant: text(&controller.tenant_name, "admin"),
            services_api: version.has(Capability::ServicesApi)
                && match written {
                    Some(_) => ako.services_api.is_some_and(|on| on.0),
                    None => uses_gateways(),
                },
            gateway_api: version.has(Capability::GatewayApi) && gateway_api_gate.unwrap_or_else(uses_gateway_api),
            layer7_only: ako.layer7_only.is_some_and(|on| on.0),
            static_route_sync_off: ako.disable_static_route_sync.is_some_and(|off| off.0),
            evh: ako.enable_evh.is_some_and(|on| on.0),
            ipv6_pools: ako.ip_family.as_deref() == Some("V6"),
            blocked: written
                .iter()
                .flat_map(|values| &values.ako_settings.blocked_namespace_list)
                .map(String::as_str)
                .into_set(),
            namespace_selector: written.and_then(|values| {
                let selector = &values.ako_settings.namespace_selector;
                let pair = (selector.label_key.as_deref()?, selector.label_value.as_deref()?);
                (!pair.0.is_empty() && !pair.1.is_empty()).then_some(pair)
            }),
            networks: network.vip_network_list.iter().map(network_ref).collect(),
            se_group: written.map(|_| text(&controller.service_engine_group_name, "Default-Group")),
            rhi: network.enable_rhi.is_some_and(|on| on.0),
            bgp_peer_labels: network.bgp_peer_labels.clone(),
            t1_lr: network.nsxt_t1_lr.clone().filter(|router| !router.is_empty()),
            auto_fqdn: match values.l4_settings.auto_fqdn.as_deref() {
                None | Some("default") => AutoFqdn::Default,
                Some("flat") => AutoFqdn::Flat,
                Some(_) => AutoFqdn::Off,
            },
            sub_domain: sub_domains.as_deref().and_then(|domains| sub_domain(domains, default_domain)),
            sub_domains,
            default_lb_controller: values.l4_settings.default_lb_controller.is_none_or(|on| on.0),
            chart_class: values.l7_settings.default_ing_controller.is_none_or(|on| on.0),
            service_mode: match values.l7_settings.service_type.as_deref() {
                Some("NodePort") => ServiceMode::NodePort,
                Some("NodePortLocal") => ServiceMode::NodePortLocal,
                _ => ServiceMode::ClusterIp,
            },
            shard_size,
            passthrough_shard_size,
            strict_hosts: values.l7_settings.fqdn_reuse_policy.as_deref() == Some("Strict"),
            several_networks: matches!(cloud, "CLOUD_AWS" | "CLOUD_AZURE"),
            public_addresses: matches!(cloud, "CLOUD_AWS" | "CLOUD_AZURE" | "CLOUD_GCP"),
            tcp_proxy: avi
                .and_then(|avi| avi.license.as_deref())
                .is_some_and(|license| matches!(license, "ENTERPRISE" | "ENTERPRISE_WITH_CLOUD_SERVICES")),
        }
    }

    /// What is taken for granted because no file says it; nothing where AKO has nothing to do.
    #[must_use]
    pub fn assumptions(&self, workspace: &Workspace) -> Vec<Assumption> {
        let mut list = Vec::new();
        let mut add = |about: &str, sentence: String| list.push(Assumption { about: about.to_owned(), sentence });
        let is_for_ako = |object: &Object| match object.kind {
            Kind::Gateway | Kind::GatewayV1 | Kind::HttpRoute | Kind::Ingress | Kind::AviInfraSetting => true,
            Kind::Service => {
                let service = Service::of(&object.value);
                service.is_some_and(|service| is_load_balancer((object, service))) || gateway_labels(object).is_some()
            }
            _ => false,
        };
        let works = workspace.objects().iter().any(is_for_ako);
        if !works {
            return list;
        }
        if self.file.is_none() && self.services_api {
            let sentence = "AKO runs with `servicesAPI: true`, since Gateways of `networking.x-k8s.io` are used";
            add("AKOSettings.servicesAPI", sentence.to_owned());
        }
        if self.gateway_api && workspace.values_file().is_none() {
            let sentence = "AKO runs with `GatewayAPI: true`, since objects of `gateway.networking.k8s.io` are used";
            add("featureGates.GatewayAPI", sentence.to_owned());
        }
        if self.file.is_none() {
            add(
                "AKOSettings.clusterName",
                format!("names on the Avi Controller begin with `{}--`, as the chart has it", self.cluster_name),
            );
            let sentence = "what no AviInfraSetting applies to lands on the global network, which is not known";
            add("NetworkSettings.vipNetworkList", sentence.to_owned());
        }
        let names_chart_class =
            |(_, ingress): (&Object, &Ingress)| ingress.spec.ingress_class_name.as_deref() == Some(CHART_INGRESS_CLASS);
        if self.chart_class
            && workspace.get::<IngressClass>("", CHART_INGRESS_CLASS).is_none()
            && !workspace.is_external(Kind::IngressClass.name(), "", CHART_INGRESS_CLASS)
            && workspace.all::<Ingress>().any(names_chart_class)
        {
            let sentence = "the class that AKO's chart installs is in the cluster, without an AviInfraSetting";
            add("IngressClass/avi-lb", sentence.to_owned());
        }
        let names_gateway_class = |(_, gateway): (&Object, &GatewayV1)| {
            gateway.spec.gateway_class_name.as_deref() == Some(CHART_GATEWAY_CLASS)
        };
        if self.gateway_api
            && workspace.get::<GatewayClassV1>("", CHART_GATEWAY_CLASS).is_none()
            && workspace.all::<GatewayV1>().any(names_gateway_class)
        {
            let sentence = "the class that AKO's chart makes for Gateway API v1 is in the cluster";
            add("GatewayClass/avi-lb", sentence.to_owned());
        }
        let names_rule = |(object, service): (&Object, &Service)| {
            is_load_balancer((object, service))
                && object.annotation(L4_RULE_ANNOTATION).is_some_and(|rule| !rule.is_empty())
        };
        if self.version.has(Capability::L4Rule) && workspace.all::<Service>().any(names_rule) {
            let sentence = "the L4Rules that Services name are there and AKO accepts them; what they change, such as \
                            the address by their `loadBalancerIP`, is not predicted";
            add("L4Rule", sentence.to_owned());
        }
        let ako = workspace.values().map(|(_, values)| &values.ako_settings);
        if ako.is_some_and(|ako| ako.delete_config.is_some_and(|on| on.0)) {
            let sentence = "AKO deletes all that it made, and makes nothing, as long as `deleteConfig` is true; shown is \
                            what it makes without";
            add("AKOSettings.deleteConfig", sentence.to_owned());
        }
        let has_ingresses = workspace.all::<Ingress>().next().is_some();
        if has_ingresses && ako.is_some_and(|ako| ako.primary_instance.is_some_and(|primary| !primary.0)) {
            let sentence = "AKO puts the namespace of its pod into the names of virtual services that Ingresses share; \
                            no file says it, and the names are shown without";
            add("AKOSettings.primaryInstance", sentence.to_owned());
        }
        if has_ingresses && self.evh && ako.is_some_and(|ako| ako.vip_per_namespace.is_some_and(|on| on.0)) {
            let sentence = "AKO gives each namespace a parent virtual service and a VIP of its own for its Ingresses; \
                            shown are those that all namespaces would share";
            add("AKOSettings.vipPerNamespace", sentence.to_owned());
        }
        if self.gateway_api && self.version.has(Capability::RouteExtensions) && names_extension(workspace) {
            let sentence = "what routes name by `extensionRef` and is in this project AKO accepts, and finds ready; \
                            what it changes in virtual services and pools is not shown";
            add("HTTPRoute/extensionRef", sentence.to_owned());
        }
        let written = workspace.settings().spec.ako_version.as_deref().unwrap_or_default();
        if let Some(caveat) = self.version.caveat(written) {
            add("spec.akoVersion", caveat);
        }
        if workspace.settings().spec.avi.is_none() {
            let sentence = "every SE group and network that is named exists on the Avi Controller (vCenter cloud)";
            add("spec.avi", sentence.to_owned());
        }
        list.extend(startup::assumption(workspace));
        list
    }
}

/// Whether a route names an object of AKO's.
fn names_extension(workspace: &Workspace) -> bool {
    workspace.all::<HttpRoute>().flat_map(|(_, route)| &route.spec.rules).any(|rule| {
        let of_backends = rule.backend_refs.iter().flat_map(|backend| &backend.filters);
        let mut references = rule.filters.iter().chain(of_backends).filter_map(|filter| filter.extension_ref.as_ref());
        references.any(|reference| reference.group.as_deref() == Some(AKO_GROUP))
    })
}

/// The cloud's DNS sub-domains, sorted as AKO sorts them
/// (AKO 2.2.1 `internal/nodes/avi_model_l4_translator.go` `GetDefaultSubDomain`).
fn sub_domains(avi: &AviSide) -> Vec<&str> {
    let mut domains: Vec<&str> = avi.sub_domains.iter().map(String::as_str).collect();
    sort_by_key(&mut domains, |domain| *domain);
    domains
}

/// The sub-domain for host names: the default domain if it is one of the cloud's, else the first.
fn sub_domain(domains: &[&str], default_domain: Option<&str>) -> Option<String> {
    let chosen = default_domain.filter(|domain| domains.contains(domain)).or(domains.first().copied())?;
    Some(chosen.strip_prefix('.').unwrap_or(chosen).to_owned())
}

/// A VIP network as AKO hands it on: empty texts count as absent.
#[must_use]
pub fn network_ref(network: &VipNetwork) -> VipNetworkRef {
    let text = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    VipNetworkRef {
        network_name: text(&network.network_name),
        network_uuid: text(&network.network_uuid),
        cidr: text(&network.cidr),
        v6cidr: text(&network.v6cidr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_domain_counts_only_if_the_cloud_has_it() {
        assert_eq!(sub_domain(&["a.internal", "b.internal"], Some("b.internal")).as_deref(), Some("b.internal"));
        assert_eq!(sub_domain(&["a.internal", "b.internal"], Some("c.internal")).as_deref(), Some("a.internal"));
        assert_eq!(sub_domain(&[".a.internal"], None).as_deref(), Some("a.internal"));
        assert_eq!(sub_domain(&[], Some("a.internal")), None);
    }
}
