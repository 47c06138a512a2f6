//! For each way: whether it can do what is wanted, and what speaks against it.

use std::collections::BTreeSet;

use super::{
    Choice, Port, Way, Wish, by_node_port, default_gateway, existing, gateway_class, gateways, ingress_class,
    must_name_class, port, ports,
};
use crate::ako::versions::{self, AkoVersion, Capability};
use crate::model::{
    AVI_CONTROLLER, AkoValues, AviInfraSetting, GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway,
    SHARED_VIP_ANNOTATION, Service,
};
use crate::ordered::IntoOrdered;
use crate::segment::{of_annotation, short_name};
use crate::version::Version;
use crate::workspace::{Object, Workspace};

/// A sentence for it, or one against it.
type Verdict = Result<String, String>;

/// Every way with a verdict: the segment's Gateways and a new one, an address of its own, the shared
/// addresses of the namespace and a new one, an Ingress.
#[must_use]
pub fn options(workspace: &Workspace, wish: &Wish) -> Vec<Choice> {
    let facts = Facts::of(workspace, wish);
    let mut choices = Vec::new();
    let mut offer = |way: Way, verdict: Verdict| {
        let possible = verdict.is_ok();
        let reason = verdict.unwrap_or_else(|reason| reason);
        choices.push(Choice { way, possible, reason });
    };
    for (object, gateway) in gateways(workspace, &wish.setting) {
        let way = Way::Gateway { namespace: object.namespace().to_owned(), name: object.name().to_owned() };
        offer(way, facts.gateway(Some((object, gateway))));
    }
    let name = default_gateway(workspace, &wish.namespace, &wish.setting);
    offer(Way::Gateway { namespace: wish.namespace.clone(), name }, facts.gateway(None));
    offer(Way::LoadBalancer, facts.load_balancer());
    let mut keys = facts.shared_keys();
    let new_key = if wish.setting.is_empty() { "shared" } else { short_name(workspace, &wish.setting) };
    if !keys.iter().any(|key| key == new_key) {
        keys.push(new_key.to_owned());
    }
    for key in keys {
        let verdict = facts.shared_vip(&key);
        offer(Way::SharedVip { key }, verdict);
    }
    offer(Way::Ingress, facts.ingress());
    choices
}

/// The verdict on one way: a sentence for it, or one against it. A Gateway that is not there counts as a
/// new one.
pub(crate) fn verdict(workspace: &Workspace, wish: &Wish, way: &Way) -> Verdict {
    let facts = Facts::of(workspace, wish);
    match way {
        Way::Gateway { namespace, name } => facts.gateway(workspace.get::<Gateway>(namespace, name)),
        Way::LoadBalancer => facts.load_balancer(),
        Way::SharedVip { key } => facts.shared_vip(key),
        Way::Ingress => facts.ingress(),
    }
}

/// What the verdicts are made of.
struct Facts<'a> {
    workspace: &'a Workspace,
    wish: &'a Wish,
    service: Option<(&'a Object, &'a Service)>,
    ports: Vec<Port>,
    values: Option<&'a AkoValues>,
    ako: AkoVersion,
    kubernetes: Option<Version>,
}

impl<'a> Facts<'a> {
    fn of(workspace: &'a Workspace, wish: &'a Wish) -> Self {
        let spec = &workspace.settings().spec;
        Self {
            workspace,
            wish,
            service: existing(workspace, wish),
            ports: ports(workspace, wish),
            values: workspace.values().map(|(_, values)| values),
            ako: AkoVersion::of(workspace),
            kubernetes: spec.kubernetes_version.as_deref().and_then(Version::parse),
        }
    }

    /// Against it if AKO is known to be older.
    fn since(&self, capability: Capability) -> Result<(), String> {
        match self.ako.written() {
            Some(ako) if !self.ako.has(capability) => {
                let row = versions::row_of(capability);
                Err(format!("AKO {ako} does not have it yet: {} came with AKO {}.", row.words, row.since))
            }
            _ => Ok(()),
        }
    }

    fn no_class(&self, kind: &str) -> String {
        match self.wish.setting.as_str() {
            "" => format!("Every {kind} of AKO's refers to a segment."),
            setting => format!("No {kind} of AKO's refers to `{setting}`."),
        }
    }

    fn protocols(&self) -> BTreeSet<&str> {
        self.ports.iter().map(|port| port.protocol.as_str()).into_set()
    }

    /// What holds for every way.
    fn anyhow(&self) -> Result<(), String> {
        let Wish { namespace, setting, .. } = self.wish;
        let known = setting.is_empty() || self.workspace.get::<AviInfraSetting>("", setting).is_some();
        if !known && !self.workspace.is_external("AviInfraSetting", "", setting) {
            return Err(format!("The AviInfraSetting `{setting}` is not defined."));
        }
        if self.values.is_some_and(|values| values.ako_settings.blocked_namespace_list.contains(namespace)) {
            return Err(format!(
                "AKO's values have `{namespace}` in `blockedNamespaceList`: it looks at nothing there."
            ));
        }
        if self.ports.is_empty() {
            return Err("The Service has no port.".to_owned());
        }
        if self.service.is_some_and(|(_, service)| service.spec.service_type.as_deref() == Some("ExternalName")) {
            return Err("A Service of type `ExternalName` has no pods that AKO could send to.".to_owned());
        }
        Ok(())
    }

    /// What holds for every way of layer 4.
    fn layer4(&self) -> Result<(), String> {
        self.anyhow()?;
        if self.values.and_then(|values| values.ako_settings.layer7_only).is_some_and(|only| only.0) {
            return Err("AKO's values have `layer7Only: true`: it does nothing on layer 4.".to_owned());
        }
        let odd = self.ports.iter().find(|port| !matches!(port.protocol.as_str(), "TCP" | "UDP" | "SCTP"));
        if let Some(port) = odd {
            return Err(format!("`{}` is no protocol of a Service.", port.protocol));
        }
        if self.protocols().contains("SCTP") {
            self.since(Capability::Sctp)?;
            let mode = self.values.and_then(|values| values.l7_settings.service_type.as_deref());
            if mode == Some("NodePortLocal") {
                return Err("With `serviceType: NodePortLocal` AKO makes no virtual service for SCTP.".to_owned());
            }
        }
        Ok(())
    }

    /// By labels, on a Gateway or a new one (AKO `internal/nodes/ingress_model_rel.go`,
    /// `ParseL4ServiceForGateway`).
    fn gateway(&self, gateway: Option<(&Object, &Gateway)>) -> Verdict {
        self.layer4()?;
        self.since(Capability::ServicesApi)?;
        let on = self.values.map(|values| values.ako_settings.services_api.is_some_and(|on| on.0));
        if on == Some(false) {
            return Err("AKO's values do not have `servicesAPI: true`: it does not look at Gateways.".to_owned());
        }
        if self.protocols().len() > 1 {
            self.since(Capability::SeveralProtocolsOnGateway)?;
        }
        self.one_target_per_number()?;
        let mut sentences = match gateway {
            Some((object, gateway)) => vec![self.listeners(object, gateway)?],
            None if gateway_class(self.workspace, &self.wish.setting).is_none() => {
                return Err(self.no_class("GatewayClass"));
            }
            None => vec![format!("Makes a Gateway that listens on {}.", listed(&self.ports))],
        };
        sentences.push("Several Services share the address, with any mix of protocols.".to_owned());
        if self.service.is_some_and(|(_, service)| service.spec.service_type.as_deref() == Some("LoadBalancer")) {
            let instead = super::inner_type(self.workspace);
            sentences.push(format!("The Service becomes `type: {instead}`: its present address goes."));
        }
        if on.is_none() {
            sentences.push("AKO's values must have `servicesAPI: true`.".to_owned());
        }
        Ok(sentences.join(" "))
    }

    /// Which of the wanted ports a Gateway listens on; against it if another Service has one of them.
    fn listeners(&self, object: &Object, gateway: &Gateway) -> Verdict {
        for port in &self.ports {
            if let Some(other) = self.other_on(object, port) {
                let key = format!("{}/{}", other.namespace(), other.name());
                return Err(format!(
                    "{port} is served by `{key}`; with two Services on a listener AKO serves neither."
                ));
            }
        }
        let missing = missing_listeners(gateway, &self.ports);
        Ok(match missing.len() {
            0 => format!("`{}` listens on {} already.", object.name(), listed(&self.ports)),
            1 => format!("Adds the listener {} to `{}`.", listed(&missing), object.name()),
            _ => format!("Adds the listeners {} to `{}`.", listed(&missing), object.name()),
        })
    }

    /// Another Service that is labelled for the Gateway and has the port.
    fn other_on(&self, gateway: &Object, wanted: &Port) -> Option<&'a Object> {
        let own = self.service.map(|(object, _)| &object.identity);
        let mut services = self.workspace.all::<Service>().filter(|(object, service)| {
            Some(&object.identity) != own
                && object.label(GATEWAY_NAME_LABEL) == Some(gateway.name())
                && object.label(GATEWAY_NAMESPACE_LABEL) == Some(gateway.namespace())
                && service.spec.service_type.as_deref() != Some("LoadBalancer")
                && service.spec.ports.iter().filter_map(port).any(|port| is_same(&port, wanted))
        });
        services.next().map(|(object, _)| object)
    }

    /// On a Gateway AKO picks the pods' port by the Service's port number alone, whatever the protocol
    /// (`internal/nodes/avi_model_advl4_translator.go`).
    fn one_target_per_number(&self) -> Result<(), String> {
        let differs = |a: &Port, b: &Port| a.port == b.port && a.protocol != b.protocol && a.target != b.target;
        for (at, first) in self.ports.iter().enumerate() {
            if let Some(second) = self.ports[at + 1..].iter().find(|second| differs(first, second)) {
                return Err(format!("{first} and {second} have different target ports: a Gateway takes one for both."));
            }
        }
        Ok(())
    }

    /// What holds for Services of type LoadBalancer.
    fn load_balancer_type(&self) -> Result<(), String> {
        self.layer4()?;
        let Some((_, service)) = self.service else { return Ok(()) };
        if service.spec.cluster_ip.as_deref() == Some("None") {
            return Err("A headless Service (`clusterIP: None`) cannot be of type `LoadBalancer`.".to_owned());
        }
        match service.spec.load_balancer_class.as_deref() {
            Some(class) if class != AVI_CONTROLLER => {
                Err(format!("Its `loadBalancerClass` is `{class}`, another controller's, and cannot be changed."))
            }
            _ => Ok(()),
        }
    }

    /// With an address of its own.
    fn load_balancer(&self) -> Verdict {
        self.load_balancer_type()?;
        if self.wish.shares_address {
            return Err("A Service of type `LoadBalancer` has an address of its own; a Gateway or a shared VIP has \
                        one for several Services."
                .to_owned());
        }
        let mut sentences = vec!["The Service has an address of its own.".to_owned()];
        if self.protocols().len() > 1 {
            self.since(Capability::MixedProtocols)?;
            if let Some(kubernetes) = self.kubernetes.filter(|version| *version < Version(1, 24, 0)) {
                return Err(format!(
                    "Kubernetes {kubernetes} refuses several protocols in one Service of type `LoadBalancer`; it \
                     takes them since 1.24. A Gateway or a shared VIP does it."
                ));
            }
            if self.ako.written().is_none() || self.kubernetes.is_none() {
                sentences.push("Several protocols in it need AKO 1.10.2 and Kubernetes 1.24.".to_owned());
            }
        }
        let (namespace, name) = (&self.wish.namespace, &self.wish.service);
        if self.workspace.get::<Gateway>(namespace, name).is_some() {
            return Err(format!("The Gateway `{name}` has the same name: both would be one virtual service."));
        }
        if self.values.and_then(|values| values.ako_settings.services_api).is_some_and(|on| on.0) {
            sentences.push(
                "With `servicesAPI: true` AKO does not follow later changes of the AviInfraSetting here.".to_owned(),
            );
        }
        if must_name_class(self.workspace) {
            self.since(Capability::LoadBalancerClass)?;
            sentences.push(format!("It gets `loadBalancerClass: {AVI_CONTROLLER}`, as AKO is not the default."));
        }
        Ok(sentences.join(" "))
    }

    /// The keys of shared addresses in the namespace, sorted.
    fn shared_keys(&self) -> Vec<String> {
        let services = self.workspace.all::<Service>().map(|(object, _)| object);
        let own = services.filter(|object| object.namespace() == self.wish.namespace);
        let keys: BTreeSet<&str> = own.filter_map(|object| object.annotation(SHARED_VIP_ANNOTATION)).into_set();
        keys.into_iter().filter(|key| !key.is_empty()).map(str::to_owned).collect()
    }

    /// On one address with others of a key (AKO `internal/nodes/dequeue_ingestion.go`,
    /// `handleL4SharedVipService`: any difference deletes the virtual service of all).
    fn shared_vip(&self, key: &str) -> Verdict {
        self.load_balancer_type()?;
        self.since(Capability::SharedVipSetting)?;
        let Wish { namespace, service: name, setting, .. } = self.wish;
        let is_taken = key == name
            || self.workspace.get::<Service>(namespace, key).is_some()
            || self.workspace.get::<Gateway>(namespace, key).is_some();
        if is_taken {
            return Err(format!(
                "The key `{key}` is also the name of a Service or Gateway: both would be one virtual service."
            ));
        }
        let own = self.service.map(|(object, _)| &object.identity);
        let members: Vec<(&Object, &Service)> = self
            .workspace
            .all::<Service>()
            .filter(|(object, _)| {
                Some(&object.identity) != own
                    && object.namespace() == namespace
                    && object.annotation(SHARED_VIP_ANNOTATION) == Some(key)
            })
            .collect();
        for (object, service) in &members {
            if of_annotation(object).unwrap_or_default() != setting {
                return Err(format!(
                    "`{}` has this key and another AviInfraSetting: AKO would take the address from all of them.",
                    object.name()
                ));
            }
            let taken = self
                .ports
                .iter()
                .find(|wanted| service.spec.ports.iter().filter_map(port).any(|port| is_same(&port, wanted)));
            if let Some(port) = taken {
                return Err(format!("`{}` has {port} on this address already.", object.name()));
            }
        }
        if let Some(hindrance) = super::shared::hindrance(self.workspace, self.wish, key) {
            return Err(hindrance);
        }
        Ok(match members.len() {
            0 => format!("The first of the Services in `{namespace}` that will share an address."),
            1 => "On one address with 1 other Service.".to_owned(),
            count => format!("On one address with {count} other Services."),
        })
    }

    /// By an Ingress of the segment's class.
    fn ingress(&self) -> Verdict {
        self.anyhow()?;
        if let Some(port) = self.ports.iter().find(|port| port.protocol != "TCP") {
            return Err(format!("{port} is not HTTP: an Ingress serves HTTP and HTTPS only."));
        }
        self.since(Capability::IngressV1)?;
        let Some(class) = ingress_class(self.workspace, &self.wish.setting) else {
            return Err(self.no_class("IngressClass"));
        };
        let avi = self.workspace.settings().spec.avi.as_ref();
        let domains = avi.map_or(&[][..], |avi| &avi.sub_domains);
        let host = self.wish.host.trim();
        // A plain suffix, as in AKO (`internal/nodes/validator.go`).
        if !host.is_empty() && !domains.is_empty() && !domains.iter().any(|domain| host.ends_with(domain.as_str())) {
            return Err(format!("`{host}` ends in none of the DNS sub-domains of the cloud: AKO skips it."));
        }
        let mut sentences =
            vec![format!("Serves HTTP on port 80, and HTTPS on 443 with a certificate, by the class `{class}`.")];
        if let [port, _, ..] = self.ports.as_slice() {
            sentences.push(format!("One path leads to one port: {port}."));
        }
        let is_inner = |(_, service): (&Object, &Service)| service.spec.service_type.as_deref() != Some("NodePort");
        if by_node_port(self.workspace) && self.service.is_some_and(is_inner) {
            sentences
                .push("The Service becomes `type: NodePort`, as AKO's values have `serviceType: NodePort`.".to_owned());
        }
        Ok(sentences.join(" "))
    }
}

/// The wanted ports that a Gateway does not listen on.
pub(super) fn missing_listeners(gateway: &Gateway, wanted: &[Port]) -> Vec<Port> {
    let listens = |port: &Port| {
        gateway.spec.listeners.iter().any(|listener| {
            listener.port == Some(port.port) && listener.protocol.as_deref() == Some(port.protocol.as_str())
        })
    };
    wanted.iter().filter(|port| !listens(port)).cloned().collect()
}

fn is_same(a: &Port, b: &Port) -> bool {
    a.port == b.port && a.protocol == b.protocol
}

/// `TCP/80, UDP/161`.
fn listed(ports: &[Port]) -> String {
    ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
