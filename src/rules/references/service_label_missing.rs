//! AKP310: a Service with one gateway label only.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::model::{GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL, Gateway, Service};
use crate::rule;
use crate::rules::links::{heeds_labels, label_path};
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Services with only one of the labels `ako.vmware.com/gateway-name` and
    /// `ako.vmware.com/gateway-namespace`.
    ///
    /// ## Why it matters
    /// AKO wants both; with one it takes the Service for none of a Gateway and says nothing (AKO 2.2.1
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
    pub static SERVICE_LABEL_MISSING = {
        code: "AKP310",
        name: "service-label-missing",
        severity: Error,
        reads: [Service, Gateway],
        since: "0.1.0",
        needs: ServicesApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    // The one Gateway of each namespace; nothing where there are several.
    let mut only: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (gateway, _) in context.all::<Gateway>() {
        only.entry(gateway.namespace()).and_modify(|only| *only = None).or_insert(Some(gateway.name()));
    }
    for (object, _) in context.all::<Service>().filter(|(_, service)| heeds_labels(context, service)) {
        let labels = (object.label(GATEWAY_NAME_LABEL), object.label(GATEWAY_NAMESPACE_LABEL));
        let (present, missing) = match labels {
            (Some(_), None) => (GATEWAY_NAME_LABEL, GATEWAY_NAMESPACE_LABEL),
            (None, Some(_)) => (GATEWAY_NAMESPACE_LABEL, GATEWAY_NAME_LABEL),
            _ => continue,
        };
        let fix = missing_value(context, &only, object).map(|value| {
            (format!("add `{missing}: {value}`"), Command::set(&object.address, label_path(missing), value))
        });
        findings
            .at(object, label_path(present))
            .message(format!("the label `{missing}` is missing beside `{present}`"))
            .effect("AKO does not put the Service behind any Gateway, without a word")
            .help("give both labels, or none")
            .maybe_fix(fix);
    }
}

/// The other label's value, where the Gateways of this project leave no doubt.
fn missing_value<'a>(
    context: &Context<'a>,
    only: &BTreeMap<&'a str, Option<&'a str>>,
    service: &Object,
) -> Option<&'a str> {
    if let Some(name) = service.label(GATEWAY_NAME_LABEL) {
        return context.get::<Gateway>(service.namespace(), name).map(|(gateway, _)| gateway.namespace());
    }
    only.get(service.label(GATEWAY_NAMESPACE_LABEL)?).copied().flatten()
}
