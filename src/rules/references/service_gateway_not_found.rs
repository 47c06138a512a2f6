//! AKP311: a Service's labels name a Gateway that is not there.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, Service};
use crate::ordered::IntoOrdered;
use crate::rule;
use crate::rules::links::{gateway_of, heeds_labels, label_path};
use crate::rules::suggest::{Suggest, did_you_mean};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Services whose gateway labels name a Gateway that is not in this project.
    ///
    /// ## Why it matters
    /// AKO puts the Service behind nothing and says nothing: no VIP, no status, no event (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go`, `ParseL4ServiceForGateway`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: akoplan/v1alpha1
    /// kind: AkoplanSettings
    /// spec:
    ///   external:
    ///   - kind: Gateway
    ///     namespace: default
    ///     name: app-gateway-admin-0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///   labels:
    ///     ako.vmware.com/gateway-name: app-gateway-admin-0
    ///     ako.vmware.com/gateway-namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static SERVICE_GATEWAY_NOT_FOUND = {
        code: "AKP311",
        name: "service-gateway-not-found",
        severity: Error,
        reads: [Service, Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut by_namespace: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut namespaces_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (gateway, _) in context.all::<Gateway>() {
        by_namespace.entry(gateway.namespace()).or_default().push(gateway.name());
        namespaces_of.entry(gateway.name()).or_default().push(gateway.namespace());
    }
    let mut names: BTreeMap<&str, Suggest<'_>> =
        by_namespace.into_iter().map(|(namespace, names)| (namespace, Suggest::new(names))).into_map();
    for (object, _) in context.all::<Service>().filter(|(_, service)| heeds_labels(context, service)) {
        let Some((namespace, name)) = gateway_of(object) else { continue };
        if context.exists::<Gateway>(namespace, name) {
            continue;
        }
        // The same name in one other namespace is more likely than a similar name in this one.
        let elsewhere = namespaces_of.get(name).filter(|namespaces| namespaces.len() == 1);
        let report = findings
            .at(object, label_path(GATEWAY_NAME_LABEL))
            .effect("AKO puts the Service behind nothing: no VIP, no status, no event")
            .help("name an existing Gateway, or define this one");
        let _ = match (elsewhere, names.get_mut(namespace)) {
            (Some(namespaces), _) => {
                let there = namespaces[0];
                let path = label_path(GATEWAY_NAMESPACE_LABEL);
                report
                    .message(format!("the Gateway `{name}` is in the namespace `{there}`, not in `{namespace}`"))
                    .fix(format!("write `{there}`"), Command::set(&object.address, path, there))
            }
            (None, names) => {
                let suggestion = names.and_then(|names| names.get(name));
                let fix = suggestion.map(|other| {
                    let command = Command::set(&object.address, label_path(GATEWAY_NAME_LABEL), other);
                    (format!("write `{other}`"), command)
                });
                report
                    .message(format!("no Gateway is called `{name}` in `{namespace}`{}", did_you_mean(suggestion)))
                    .maybe_fix(fix)
            }
        };
    }
}
