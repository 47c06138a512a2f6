//! AKP703: a LoadBalancer Service with several protocols on too old a version.

use std::collections::BTreeSet;

use super::{ako, kubernetes};
use crate::ako::Outcome;
use crate::ako::versions::{Capability, since};
use crate::diagnostic::Severity;
use crate::model::Service;
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::{is_layer4, is_load_balancer};
use crate::rules::{Context, Findings};
use crate::version::Version;
use crate::workspace::Address;

rule! {
    /// ## What it does
    /// Finds Services of type LoadBalancer with ports of several protocols, such as TCP and UDP 53, where
    /// `akoplan.yaml` says that AKO is older than 1.10.2 or Kubernetes older than 1.26. With Kubernetes
    /// 1.24 and 1.25, where it is a beta feature, it is a warning.
    ///
    /// ## Why it matters
    /// Kubernetes before 1.24 refuses such a Service ("cannot create an external load balancer with mix
    /// protocols"; `MixedProtocolLBService` is final since 1.26), and AKO before 1.10.2 does not handle
    /// it (AKO 1.10.1 release notes, known issues). A Gateway, or two Services with the annotation
    /// `ako.vmware.com/enable-shared-vip`, does it on older versions too.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.10.1
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - name: tcp
    ///     port: 53
    ///     protocol: TCP
    ///   - name: udp
    ///     port: 53
    ///     protocol: UDP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   akoVersion: 1.10.1
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: TCP
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    pub static MIXED_PROTOCOLS = {
        code: "AKP703",
        name: "mixed-protocols",
        severity: Error,
        reads: [Service, AkoplanSettings],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let old_ako = ako(context).filter(|version| *version < since(Capability::MixedProtocols));
    let old_kubernetes = kubernetes(context).filter(|version| *version < Version(1, 26, 0));
    let is_beta = old_ako.is_none() && old_kubernetes.is_some_and(|version| version >= Version(1, 24, 0));
    let (who, effect) = match (old_ako, old_kubernetes) {
        (Some(version), _) => (format!("AKO {version}"), "AKO does not serve all of its ports"),
        (None, Some(version)) if is_beta => (
            format!("Kubernetes {version}"),
            "the API server takes it only with the feature gate `MixedProtocolLBService`",
        ),
        (None, Some(version)) => (format!("Kubernetes {version}"), "the API server refuses the object"),
        (None, None) => return,
    };
    let help = if context.has(Capability::SharedVip) {
        "use a Gateway, or one Service for each protocol with the annotation `ako.vmware.com/enable-shared-vip`"
    } else {
        "use a Gateway, or one Service for each protocol"
    };
    // Whose a Service is, class and AKO's values say: the prediction knows.
    let landings = context.prediction().landings.iter();
    let akos: BTreeSet<&Address> = landings
        .filter(|landing| !matches!(landing.outcome, Outcome::NotForAko { .. }))
        .map(|landing| &landing.subject.address)
        .into_set();
    for (object, service) in context.all::<Service>().filter(|(_, service)| is_load_balancer(service)) {
        let ports = service.spec.ports.iter();
        let protocols = ports.map(|port| port.protocol.as_deref().unwrap_or("TCP"));
        // What is no protocol of a Service is AKP104's.
        let protocols: BTreeSet<&str> = protocols.filter(|protocol| is_layer4(protocol)).into_set();
        if protocols.len() < 2 || !akos.contains(&object.address) {
            continue;
        }
        let list: Vec<&str> = protocols.into_iter().collect();
        findings
            .at(object, "spec.ports")
            .severity(if is_beta { Severity::Warning } else { Severity::Error })
            .message(format!("{who} does not support {} on one LoadBalancer Service", list.join(" and ")))
            .effect(effect)
            .help(help);
    }
}
