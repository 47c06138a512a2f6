//! AKP605: two virtual services want the same address.

use std::collections::BTreeMap;

use crate::ako::Outcome;
use crate::ordered::sort_by_key;
use crate::rule;
use crate::rules::values::address_not_an_ip::remove_address;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds preferred addresses that two virtual services on one network ask for.
    ///
    /// ## Why it matters
    /// AKO sends both (seen by running AKO 2.2.1). The Avi Controller gives an address once only, and
    /// nothing is reported on the other object. To share an address use
    /// one Gateway, or the annotation `ako.vmware.com/enable-shared-vip`.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-tcp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: dns-udp
    ///   namespace: default
    ///   annotations:
    ///     ako.vmware.com/load-balancer-ip: 10.223.63.30
    ///     ako.vmware.com/enable-shared-vip: dns
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: dns
    ///   ports:
    ///   - port: 53
    ///     protocol: UDP
    /// ```
    pub static ADDRESS_USED_TWICE = {
        code: "AKP605",
        name: "address-used-twice",
        severity: Warning,
        reads: [Gateway, GatewayV1, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut users: BTreeMap<_, BTreeMap<&str, (&Object, crate::syntax::FieldPath)>> = BTreeMap::new();
    for landing in &context.prediction().landings {
        let Outcome::Lands(target) = &landing.outcome else { continue };
        let Some(address) = target.static_ip.as_deref() else { continue };
        let network = target.networks.first().map(|network| network.network.as_str());
        let Some(field) = super::address_outside_network::field(context, landing) else { continue };
        users.entry((address, network)).or_default().entry(&target.virtual_service).or_insert(field);
    }
    for ((address, _), users) in users {
        let mut users: Vec<_> = users.into_values().collect();
        sort_by_key(&mut users, |(object, _)| object.order);
        let Some(((first, first_path), others)) = users.split_first() else { continue };
        for (object, path) in others {
            findings
                .at(object, path.clone())
                .message(format!("`{address}` is wanted by {} `{}`, too", first.identity.kind, first.name()))
                .effect("AKO sends both; the Avi Controller gives an address once only")
                .help("use another address, or share one by a Gateway or `ako.vmware.com/enable-shared-vip`")
                .fix("leave the address out: Avi then chooses", remove_address(object, path))
                .related(first.place(first_path.clone()), "wanted here first");
        }
    }
}
