//! AKP409: two objects whose virtual services have one name.

use crate::ako::{Collision, Owner, Via};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Gateways, LoadBalancer Services and keys of shared VIPs that come to the same name of a virtual
    /// service on the Avi Controller.
    ///
    /// ## Why it matters
    /// AKO joins namespace and name by `-`, and nothing keeps the two apart: the Service `y-c` in `x` and the
    /// Service `c` in `x-y` are both `<cluster>--x-y-c`. So are a Gateway and a LoadBalancer Service of one
    /// name, and a Service and the key of a shared VIP. AKO builds one virtual service for all of them; what it
    /// builds last is left, and with each event of another one it may turn over. The others get nothing, although
    /// their statuses may show its address (AKO 2.2.1 `internal/lib/lib.go` `GetL4VSName`; seen by running
    /// AKO). Gateways of Gateway API v1 take their names the same way, apart from these
    /// (`ako-gateway-api/lib/lib.go` `GetGatewayParentName`; read there).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: y-c
    ///   namespace: x
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 81
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: c
    ///   namespace: x-y
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 82
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: y-c
    ///   namespace: x
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 81
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: shop
    ///   namespace: x-y
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 82
    /// ```
    pub static VIRTUAL_SERVICE_NAME_TWICE = {
        code: "AKP409",
        name: "virtual-service-name-twice",
        severity: Error,
        reads: [],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for Collision { virtual_service, owners } in &context.prediction().collisions {
        let known = owners.iter().filter_map(|owner| Some((*owner, context.objects().get(owner.order)?)));
        let owners: Vec<(Owner, &Object)> = known.collect();
        let name = virtual_service.rsplit('/').next().unwrap_or_default();
        for (at, (owner, object)) in owners.iter().enumerate() {
            // The one that is built last, and for that one the one before.
            let Some((other, with)) = owners.iter().rev().find(|(other, _)| other != owner) else { continue };
            let effect = if at + 1 == owners.len() {
                "AKO builds one virtual service for all: this one is left, until an event of another one turns it over"
            } else {
                "AKO builds one virtual service for all, and what it builds last is left: of this one nothing is"
            };
            let more = match owners.len() {
                2 => String::new(),
                count => format!(" and {} more", count - 2),
            };
            let help = match owner.via {
                Via::SharedVip => "choose another key: AKO joins namespace and key by `-`",
                _ => "give one of them another name: AKO joins namespace and name by `-`",
            };
            findings
                .at(object, owner.path())
                .message(format!("its virtual service `{name}` is also that of {}{more}", other.describe(with)))
                .effect(effect)
                .help(help)
                .related(with.place(other.path()), "this comes to the same name");
        }
    }
}
