//! AKP225: two rules of an HTTPRoute with one name.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::model::HttpRoute;
use crate::rule;
use crate::rules::links::{is_akos_route, item_path};
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds rules of an HTTPRoute that have the name of an earlier rule.
    ///
    /// ## Why it matters
    /// AKO names the child virtual service of a rule after the rule: two rules of one name come to one child, and
    /// the last one is left. What only the earlier one matches is not served, and the route is reported as
    /// accepted. The experimental CRDs of the Gateway API refuse such a route, the standard ones do not (AKO
    /// 2.2.1 `ako-gateway-api/lib/lib.go` `GetChildName`; AKO's documentation promises that it refuses the route,
    /// which no code does). An AKO before 1.14.1 does not read the names of rules.
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
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - name: shop
    ///     matches:
    ///     - path:
    ///         value: /cart
    ///     backendRefs:
    ///     - name: web
    ///       port: 8080
    ///   - name: shop
    ///     matches:
    ///     - path:
    ///         value: /pay
    ///     backendRefs:
    ///     - name: web
    ///       port: 8080
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
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
    /// ---
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   parentRefs:
    ///   - name: web-gateway
    ///   hostnames:
    ///   - shop.example.com
    ///   rules:
    ///   - name: cart
    ///     matches:
    ///     - path:
    ///         value: /cart
    ///     backendRefs:
    ///     - name: web
    ///       port: 8080
    ///   - name: pay
    ///     matches:
    ///     - path:
    ///         value: /pay
    ///     backendRefs:
    ///     - name: web
    ///       port: 8080
    /// ```
    pub static ROUTE_RULE_NAME_TWICE = {
        code: "AKP225",
        name: "route-rule-name-twice",
        severity: Error,
        reads: [HttpRoute, GatewayV1, GatewayClassV1],
        since: "0.1.0",
        needs: RouteRuleNames,
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for (object, route) in context.all::<HttpRoute>().filter(|(object, route)| is_akos_route(context, object, route)) {
        let names = || {
            let named = route.spec.rules.iter().enumerate();
            named.filter_map(|(at, rule)| Some((at, rule.name.as_deref().filter(|name| !name.is_empty())?)))
        };
        let mut taken: BTreeSet<String> = BTreeSet::new();
        taken.extend(names().map(|(_, name)| name.to_owned()));
        let mut first: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, name) in names() {
            let path = item_path("spec.rules", at).key("name");
            let (earlier, number) = first.entry(name).or_insert((at, 1));
            if *earlier == at {
                continue;
            }
            let other = loop {
                *number += 1;
                let other = format!("{name}-{number}");
                if taken.insert(other.clone()) {
                    break other;
                }
            };
            findings
                .at(object, path.clone())
                .message(format!("an earlier rule of this HTTPRoute is called `{name}` too"))
                .effect("AKO makes one virtual service of both and keeps the last rule: the earlier one is not served")
                .help("give each rule a name of its own")
                .fix(format!("call it `{other}`"), Command::set(&object.address, path, other))
                .related(object.place(item_path("spec.rules", *earlier).key("name")), "the earlier rule");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    fn titles(class: &str, names: &[&str]) -> Vec<String> {
        let rules = names.iter().map(|name| format!("{{name: {name}}}")).collect::<Vec<_>>().join(", ");
        let text = format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: avi}}\n\
             spec: {{controllerName: {class}}}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n\
             metadata: {{name: gw, namespace: red}}\nspec: {{gatewayClassName: avi}}\n---\n\
             apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r, namespace: red}}\n\
             spec: {{parentRefs: [{{name: gw}}], rules: [{rules}]}}\n"
        );
        let findings = analyse(&Workspace::new(&[SourceFile::new("a.yaml", text)])).findings;
        let own = findings.into_iter().filter(|finding| finding.code == "AKP225");
        own.flat_map(|finding| finding.fixes).map(|fix| fix.title).collect()
    }

    #[test]
    fn each_later_rule_gets_a_name_that_none_has() {
        let akos = "ako.vmware.com/avi-lb";
        assert_eq!(titles(akos, &["a", "a-2", "a", "b", "a"]), ["call it `a-3`", "call it `a-4`"]);
        assert!(titles(akos, &["a", "b", "\"\"", "\"\""]).is_empty());
        assert!(titles("other.example/lb", &["a", "a"]).is_empty());
    }
}
