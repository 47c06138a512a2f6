//! AKP808: an order of Gateway API v1 objects that AKO does not recover from.

use std::collections::BTreeMap;

use super::gateway_api_before_class::late_class;
use super::gateway_api_before_secret::{first_secrets, late_secrets};
use super::is_applied_together;
use crate::command::Command;
use crate::documents::order_by;
use crate::model::{GatewayClassV1, GatewayV1, HttpRoute, Kind};
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
    /// The fix puts the documents in this order, where one file holds all of them.
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
    // One mend for all, if one file holds them.
    let mut mend = others.iter().all(|object| object.address.file == first.address.file).then_some(first);
    for object in decided.iter().filter_map(|order| context.objects().get(*order)).filter(|object| !is_told(object)) {
        let report = findings
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
        report.maybe_fix(mend.take().and_then(|first| in_order(context, first)));
    }
}

/// The documents of the file that an object stands in, in the order that the export has.
fn in_order(context: &Context<'_>, object: &Object) -> Option<(String, Command)> {
    let name = &object.address.file;
    let mut ranks: BTreeMap<usize, usize> = BTreeMap::new();
    for object in context.objects().iter().filter(|object| object.address.file == *name) {
        let rank = match object.kind {
            Kind::GatewayClassV1 => 0,
            Kind::GatewayV1 => 2,
            Kind::HttpRoute => 3,
            _ => 1,
        };
        // A `List` that holds one comes where its last item should.
        let known = ranks.entry(object.address.document).or_default();
        *known = rank.max(*known);
    }
    let command = order_by(context.workspace().file(name)?, |at| ranks.get(&at).copied().unwrap_or(1))?;
    Some((format!("put the documents of `{name}` in this order"), command))
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
    fn one_fix_puts_the_documents_in_order() {
        let before = Workspace::new(&[SourceFile::new("a.yaml", LATE_SERVICE)]);
        let findings = analyse(&before).findings;
        let fix = findings.iter().find_map(|finding| finding.fixes.first()).unwrap();
        let after = fix.command.apply(&before).unwrap();
        let kinds: Vec<&str> = after.objects().iter().map(|object| object.identity.kind.as_str()).collect();
        assert_eq!(kinds, ["GatewayClass", "Service", "Gateway", "HTTPRoute"]);
        assert_eq!(after.sources()[0].text.len(), LATE_SERVICE.len());
    }

    #[test]
    fn a_late_class_of_another_gateway_hides_nothing() {
        let other = "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {name: avi}\n\
                     spec: {controller: ako.vmware.com/avi-lb}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n";
        assert_eq!(codes(LATE_SERVICE), ["AKP808"]);
        assert_eq!(codes(&format!("{LATE_SERVICE}{other}")), ["AKP808"]);
    }
}
