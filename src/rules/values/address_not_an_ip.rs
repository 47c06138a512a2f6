//! AKP215: a preferred address that is none.

use std::net::IpAddr;

use crate::ako::versions::Capability;
use crate::command::Command;
use crate::model::{Gateway, LOAD_BALANCER_IP_ANNOTATION, Service};
use crate::rule;
use crate::rules::links::{annotation_path, is_load_balancer, item_path, remove_whole};
use crate::rules::{Context, Findings};
use crate::syntax::FieldPath;
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds preferred addresses of Gateways and LoadBalancer Services that are no IP address.
    ///
    /// ## Why it matters
    /// AKO passes the text on unchecked; a host name goes out as an IPv6 address. Nothing is
    /// reported on the object (AKO 2.2.1
    /// `internal/nodes/avi_model_advl4_translator.go`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.300
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static ADDRESS_NOT_AN_IP = {
        code: "AKP215",
        name: "address-not-an-ip",
        severity: Warning,
        reads: [Gateway, Service],
        since: "0.1.0",
        needs_known: Nothing,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut report = |object: &Object, path: FieldPath, text: &str| {
        if text.is_empty() || text.parse::<IpAddr>().is_ok() {
            return;
        }
        findings
            .at(object, path.clone())
            .message(format!("`{text}` is no IP address"))
            .effect("AKO sends it to the Avi Controller unchecked, and nothing is reported on the object")
            .help("write an address of the segment's network, or leave it out")
            .fix("leave the address out", remove_address(object, &path));
    };
    for (object, gateway) in context.all::<Gateway>() {
        let first = gateway.spec.addresses.first();
        let first = first.filter(|address| address.address_type.as_deref() != Some("NamedAddress"));
        if let Some(value) = first.and_then(|address| address.value.as_deref()) {
            report(object, item_path("spec.addresses", 0).key("value"), value);
        }
    }
    for (object, service) in context.all::<Service>().filter(|(_, service)| is_load_balancer(service)) {
        let in_spec = service.spec.load_balancer_ip.as_deref().filter(|text| !text.is_empty());
        if let Some(text) = in_spec {
            report(object, "spec.loadBalancerIP".into(), text);
        } else if context.has(Capability::LoadBalancerIpAnnotation) {
            let text = object.annotation(LOAD_BALANCER_IP_ANNOTATION).unwrap_or_default();
            report(object, annotation_path(LOAD_BALANCER_IP_ANNOTATION), text);
        }
    }
}

/// Leaves a preferred address out, with those of a Gateway that AKO does not look at: the Avi Controller then chooses.
pub fn remove_address(object: &Object, path: &FieldPath) -> Command {
    let is_item = *path == item_path("spec.addresses", 0).key("value");
    remove_whole(object, if is_item { "spec.addresses".into() } else { path.clone() }, 1)
}
