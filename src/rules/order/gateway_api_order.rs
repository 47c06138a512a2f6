//! AKP808: an order of Gateway API v1 objects that AKO does not recover from.

use super::gateway_api_before_class::late_class;
use super::gateway_api_before_secret::{first_secrets, late_secrets};
use super::is_applied_together;
use crate::model::{GatewayClassV1, GatewayV1, HttpRoute};
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::{Object, OfKind};

rule! {
    /// ## What it does
    /// Finds Gateways and HTTPRoutes of `gateway.networking.k8s.io` that come out otherwise in the order of
    /// their documents than where what they need comes first, as far as all of them are applied together.
    ///
    /// ## Why it matters
    /// AKO's gateway container looks at an object when its event comes, and not again for each thing that
    /// it was missing: where the Service comes after route and Gateway, for one, the route is accepted and
    /// its virtual service stays without a pool (AKO 2.2.1 `ako-gateway-api/nodes/dequeue_ingestion.go` `DequeueIngestion`;
    /// seen by running AKO). After a restart of AKO it is as in the right order. The export writes the
    /// documents in that order.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: shop
    ///       port: 80
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: shop
    ///   ports:
    ///   - port: 80
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GatewayClass
    /// metadata:
    ///   name: avi-web
    /// spec:
    ///   controllerName: ako.vmware.com/avi-lb
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: shop
    ///   ports:
    ///   - port: 80
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: web-gateway
    ///   namespace: shop
    /// spec:
    ///   gatewayClassName: avi-web
    ///   listeners:
    ///   - name: http
    ///     port: 80
    ///     protocol: HTTP
    ///     hostname: shop.example.com
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - backendRefs:
    ///     - name: shop
    ///       port: 80
    /// ```
    pub static GATEWAY_API_ORDER = {
        code: "AKP808",
        name: "gateway-api-order",
        severity: Warning,
        reads: [GatewayClassV1, GatewayV1, HttpRoute],
        since: "0.1.0",
        needs: GatewayApi,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let decided = &context.prediction().order_decides;
    if decided.is_empty() {
        return;
    }
    let classes = context.all::<GatewayClassV1>().map(|(object, _)| object);
    let gateways = context.all::<GatewayV1>().map(|(object, _)| object);
    let routes = context.all::<HttpRoute>().map(|(object, _)| object);
    let all: Vec<&Object> = classes.chain(gateways).chain(routes).collect();
    // Folders are applied one by one: what the order within a file does is then not decided here.
    let Some((first, others)) = all.split_first() else { return };
    if !others.iter().all(|object| is_applied_together(&first.address, &object.address)) {
        return;
    }
    // What comes before its class or a Secret is told by rules of its own, with the place to mend.
    let secrets = first_secrets(context);
    let is_told = |object: &Object| {
        GatewayV1::of(&object.value).is_some_and(|gateway| {
            late_class(context, object, gateway).is_some() || !late_secrets(&secrets, object, gateway).is_empty()
        })
    };
    for object in decided.iter().filter_map(|order| context.objects().get(*order)).filter(|object| !is_told(object)) {
        findings
            .at(object, "metadata.name")
            .message(format!(
                "the order of the documents decides what AKO makes of {} `{}`",
                object.identity.kind,
                object.name()
            ))
            .effect(
                "AKO does not look at it again when what it needs comes later; a restart of AKO changes the outcome",
            )
            .help("apply classes first, then Secrets and Services, Gateways, and routes last, as the export does");
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    const LATE_SERVICE: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: red}
spec:
  parentRefs: [{name: web}]
  hostnames: [shop.example.com]
  rules: [{backendRefs: [{name: shop, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web, namespace: red}
spec:
  gatewayClassName: avi
  listeners: [{name: http, protocol: HTTP, port: 80, hostname: \"*.example.com\"}]
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: red}
spec: {ports: [{port: 80}]}
";

    fn codes(text: &str) -> Vec<&'static str> {
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let findings = analyse(&workspace).findings;
        findings.iter().map(|finding| finding.code).filter(|code| code.starts_with("AKP80")).collect()
    }

    #[test]
    fn a_late_class_of_another_gateway_hides_nothing() {
        let other = "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {name: avi}\n\
                     spec: {controller: ako.vmware.com/avi-lb}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n";
        assert_eq!(codes(LATE_SERVICE), ["AKP808"]);
        assert_eq!(codes(&format!("{LATE_SERVICE}{other}")), ["AKP808"]);
    }
}
