//! AKP901: a namespaced object that names no namespace.

use crate::command::Command;
use crate::rule;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds Gateways, Services and Ingresses without `metadata.namespace`.
    ///
    /// ## Why it matters
    /// Which namespace they land in is decided by whoever applies them, as is usual in charts. AKO's
    /// labels name a Gateway's namespace, so it matters. akoplan takes `spec.defaultNamespace` of
    /// `akoplan.yaml`, else `default` (Kubernetes documentation, *Namespaces*).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    /// spec:
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
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    pub static NAMESPACE_MISSING = {
        code: "AKP901",
        name: "namespace-missing",
        severity: Info,
        reads: [],
        since: "0.1.0",
        needs_known: Namespace,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for object in context.objects().iter().filter(|object| object.kind.is_namespaced()) {
        let namespace = object.value.metadata().and_then(|metadata| metadata.namespace.as_deref());
        if namespace.is_some_and(|namespace| !namespace.is_empty()) {
            continue;
        }
        let assumed = object.namespace();
        findings
            .at(object, "metadata.name")
            .message(format!("no namespace is given: `{assumed}` is assumed"))
            .effect("kubectl and helm put it into the namespace that they are called with")
            .help("name the namespace, or set `defaultNamespace` in the settings to the chart's")
            .fix(format!("write `namespace: {assumed}`"), Command::set(&object.address, "metadata.namespace", assumed));
    }
}
