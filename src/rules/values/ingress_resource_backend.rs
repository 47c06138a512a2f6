//! AKP213: an Ingress backend that is no Service crashes AKO.

use crate::command::Command;
use crate::model::Ingress;
use crate::rule;
use crate::rules::links::AkosClasses;
use crate::rules::{Context, Findings};

rule! {
    /// ## What it does
    /// Finds paths of AKO's Ingresses with `backend.resource` in place of `backend.service`.
    ///
    /// ## Why it matters
    /// Kubernetes allows it; AKO reads the Service without a look and its process dies, again after each
    /// restart: no load balancer of the cluster is configured any more (AKO 2.2.1
    /// `internal/nodes/ingress_model_rel.go:978`; seen by running AKO).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: my-ingress
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-lb
    ///   rules:
    ///   - host: my-website.my-domain.com
    ///     http:
    ///       paths:
    ///       - path: /foo
    ///         pathType: Prefix
    ///         backend:
    ///           resource:
    ///             apiGroup: example.com
    ///             kind: StorageBucket
    ///             name: static-assets
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-service-1
    ///   namespace: default
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: my-ingress
    ///   namespace: default
    /// spec:
    ///   ingressClassName: avi-lb
    ///   rules:
    ///   - host: my-website.my-domain.com
    ///     http:
    ///       paths:
    ///       - path: /foo
    ///         pathType: Prefix
    ///         backend:
    ///           service:
    ///             name: web-service-1
    ///             port:
    ///               number: 443
    /// ```
    pub static INGRESS_RESOURCE_BACKEND = {
        code: "AKP213",
        name: "ingress-resource-backend",
        severity: Error,
        reads: [Ingress, IngressClass],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let classes = AkosClasses::new(context);
    for (object, ingress) in context.every::<Ingress>().filter(|(_, ingress)| classes.takes(ingress)) {
        for (rule_at, rule) in ingress.spec.rules.iter().enumerate() {
            let paths = rule.http.iter().flat_map(|http| &http.paths).enumerate();
            for (path_at, _) in paths.filter(|(_, path)| path.backend.resource.is_some()) {
                let others = rule.http.as_ref().map_or(0, |http| http.paths.len()) > 1;
                let fix = match (others, ingress.spec.rules.len() > 1) {
                    (true, _) => Some(("take the path away", format!("spec.rules[{rule_at}].http.paths[{path_at}]"))),
                    (false, true) => Some(("take the rule away", format!("spec.rules[{rule_at}]"))),
                    (false, false) => None,
                };
                let fix = fix.map(|(title, path)| (title.to_owned(), Command::remove(&object.address, path.as_str())));
                findings
                    .at(object, format!("spec.rules[{rule_at}].http.paths[{path_at}].backend.resource").as_str())
                    .message("this backend is a `resource`, not a Service")
                    .effect("AKO crashes, again after each restart, and configures no load balancer of the cluster any more")
                    .help("use `backend.service`; AKO has nothing for other resources")
                    .maybe_fix(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    const PATH: &str = "{path: /a, pathType: Exact, backend: {service: {name: a, port: {number: 80}}}}";
    const ODD: &str = "{path: /b, pathType: Exact, backend: {resource: {kind: Bucket, name: b}}}";

    /// The rules after the fix of the first finding.
    fn mended(rules: &str) -> Option<String> {
        let head = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: red}\nspec:\n  \
                    ingressClassName: avi-lb\n  rules:\n";
        let before = Workspace::new(&[SourceFile::new("a.yaml", format!("{head}{rules}"))]);
        let findings = analyse(&before).findings;
        let finding = findings.iter().find(|finding| finding.code == "AKP213").unwrap();
        let after = finding.fixes.first()?.command.apply(&before).unwrap();
        Some(after.sources()[0].text.strip_prefix(head).unwrap().to_owned())
    }

    #[test]
    fn a_path_goes_or_its_rule_as_long_as_something_is_left() {
        let rule = |host: &str, paths: &str| format!("  - host: {host}\n    http: {{paths: [{paths}]}}\n");
        let (good, both) = (rule("a", PATH), rule("a", &format!("{PATH}, {ODD}")));
        assert_eq!(mended(&both), Some(good.clone()));
        assert_eq!(mended(&format!("{}{good}", rule("b", ODD))), Some(good));
        assert_eq!(mended(&rule("b", ODD)), None);
    }
}
