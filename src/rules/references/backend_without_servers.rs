//! AKP330: a backend whose pool gets no servers.

use std::collections::BTreeMap;

use crate::ako::NoServers;
use crate::command::Command;
use crate::model::Service;
use crate::rule;
use crate::rules::{Context, Findings};
use crate::workspace::Object;

rule! {
    /// ## What it does
    /// Finds Services behind AKO's Ingresses, HTTPRoutes, Gateways and VIPs that are there and give a pool no
    /// servers all the same: because of their type, because the settings say that they have no endpoints, or
    /// because AKO takes IPv6 addresses only.
    ///
    /// ## Why it matters
    /// AKO makes the pool, the object gets its address, and no status says that nothing answers there (AKO 2.2.1
    /// `internal/nodes/avi_model_l4_translator.go` `PopulateServers`, `PopulateServersForNPL`; seen by running
    /// AKO):
    ///
    /// - Backends of an Ingress AKO looks up among the Services that are no load balancers, unless it works with
    ///   node ports or for layer 7 only.
    /// - With `L7Settings.serviceType: NodePortLocal` it passes over Services of type NodePort.
    /// - With `AKOSettings.ipFamily: V6` it takes no IPv4 address of a pod.
    ///
    /// A ClusterIP Service where AKO wants node ports is AKP902's, a port that the Service does not have that of
    /// AKP317 and AKP331.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web-service-1
    ///   namespace: default
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
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
    ///               number: 8080
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
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 8080
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
    ///               number: 8080
    /// ```
    pub static BACKEND_WITHOUT_SERVERS = {
        code: "AKP330",
        name: "backend-without-servers",
        severity: Warning,
        reads: [AkoValues, Service],
        since: "0.1.0",
        check: check,
    };
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut without_v6: BTreeMap<usize, &Object> = BTreeMap::new();
    for backend in &context.prediction().without_servers {
        let objects = context.objects();
        let (Some(object), Some(service)) = (objects.get(backend.order), objects.get(backend.service)) else {
            continue;
        };
        let name = format!("{}/{}", service.namespace(), service.name());
        match backend.why {
            // Other rules tell of these.
            NoServers::ClusterIp | NoServers::Port => {}
            NoServers::LoadBalancer => {
                let command = Command::set(&service.address, "spec.type", "ClusterIP");
                findings
                    .at(object, backend.path.clone())
                    .message(format!(
                        "the Service `{name}` is of type LoadBalancer, and AKO does not look among these for the backends of an Ingress"
                    ))
                    .effect("AKO makes a pool without servers: the path answers with an error")
                    .help("name a ClusterIP Service for the same pods")
                    .fix(format!("make `{}` a ClusterIP Service, without an address of its own", service.name()), command)
                    .related(service.place("spec.type"), "the type of the Service");
            }
            NoServers::NodePort => {
                let mode = context.values().map(|(values, _)| values.place("L7Settings.serviceType"));
                let report = findings
                    .at(object, backend.path.clone())
                    .message(format!(
                        "the Service `{name}` is of type NodePort, which AKO passes over with `serviceType: NodePortLocal`"
                    ))
                    .effect("AKO makes a pool without servers: the address does not answer")
                    .help("use the type `ClusterIP`")
                    .maybe_fix(to_cluster_ip(context, service))
                    .related(service.place("spec.type"), "the type of the Service");
                if let Some(mode) = mode {
                    report.related(mode, "AKO is set to NodePortLocal here");
                }
            }
            NoServers::NoEndpoints => {
                findings
                    .at(object, backend.path.clone())
                    .message(format!("the Service `{name}` has no endpoints, as the settings say"))
                    .effect("AKO makes a pool without servers: the address does not answer")
                    .help("see to pods behind it, or take it off `cluster.servicesWithoutEndpoints`");
            }
            NoServers::Ipv6 => {
                without_v6.insert(service.order, service);
            }
        }
    }
    only_v6(context, findings, &without_v6);
}

/// The type that NodePortLocal wants, unless a port holds a node port, which only people can give up.
fn to_cluster_ip(context: &Context<'_>, service: &Object) -> Option<(String, Command)> {
    let (_, value) = context.get::<Service>(service.namespace(), service.name())?;
    let is_free = value.spec.ports.iter().all(|port| port.node_port.is_none());
    let command = Command::set(&service.address, "spec.type", "ClusterIP");
    is_free.then(|| ("make it `ClusterIP`".to_owned(), command))
}

/// One finding for all: the cluster may well have IPv6 alone, without a word of it in any Service.
fn only_v6(context: &Context<'_>, findings: &mut Findings<'_>, services: &BTreeMap<usize, &Object>) {
    const MOST: usize = 3;
    let (Some((values, _)), Some(first)) = (context.values(), services.values().next()) else { return };
    let name = format!("the Service `{}/{}`", first.namespace(), first.name());
    let who = match services.len() {
        1 => format!("{name} does not say that it has any"),
        count => format!("{name} and {} more do not say that they have any", count - 1),
    };
    let mut report = findings
        .at(values, "AKOSettings.ipFamily")
        .message(format!("AKO takes only IPv6 addresses into pools, and {who}"))
        .effect("AKO makes pools without servers wherever pods have IPv4 addresses")
        .help("write `ipFamilies: [IPv6]` into the Services if their pods have IPv6 addresses, else `ipFamily: V4`");
    for service in services.values().take(MOST) {
        report = report.related(service.place("spec"), "its `ipFamilies` do not name IPv6");
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::diagnostic::Finding;
    use crate::text::SourceFile;
    use crate::workspace::Workspace;

    const ROUTES: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: red}
spec: {gatewayClassName: avi, listeners: [{name: http, port: 80, protocol: HTTP, hostname: a.example.com}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: red}
spec: {parentRefs: [{name: gw}], hostnames: [a.example.com], rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ingress, namespace: red}
spec:
  ingressClassName: avi-lb
  rules: [{host: b.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
";

    fn found(values: &str, service: &str) -> Vec<Finding> {
        let values = format!("featureGates: {{GatewayAPI: true}}\n{values}\n");
        let service = format!(
            "{ROUTES}apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: red}}\nspec: {service}\n"
        );
        let files = [SourceFile::new("values.yaml", values), SourceFile::new("a.yaml", service)];
        let mut findings = analyse(&Workspace::new(&files)).findings;
        findings.retain(|finding| ["AKP330", "AKP902"].contains(&finding.code));
        findings
    }

    /// Code, object, count of fixes.
    fn told(findings: &[Finding]) -> Vec<(&str, &str, usize)> {
        findings
            .iter()
            .map(|finding| (finding.code, finding.object.as_deref().unwrap_or_default(), finding.fixes.len()))
            .collect()
    }

    #[test]
    fn node_ports_under_node_port_local_are_given_up_where_none_is_written() {
        let local = "L7Settings: {serviceType: NodePortLocal}";
        let both = |fixes| [("AKP330", "HTTPRoute/red/route", fixes), ("AKP330", "Ingress/red/ingress", fixes)];
        assert_eq!(told(&found(local, "{type: NodePort, ports: [{port: 80}]}")), both(1));
        assert_eq!(told(&found(local, "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}")), both(0));
        assert_eq!(told(&found(local, "{ports: [{port: 80}]}")), []);
    }

    #[test]
    fn a_cluster_ip_service_under_node_port_is_told_once() {
        let findings = found("L7Settings: {serviceType: NodePort}", "{ports: [{port: 80}]}");
        assert_eq!(told(&findings), [("AKP902", "Service/red/web", 1)]);
    }

    #[test]
    fn a_load_balancer_is_empty_behind_an_ingress_only() {
        let findings = found("L7Settings: {serviceType: ClusterIP}", "{type: LoadBalancer, ports: [{port: 80}]}");
        assert_eq!(told(&findings), [("AKP330", "Ingress/red/ingress", 1)]);
        assert_eq!(
            told(&found("L7Settings: {serviceType: NodePort}", "{type: LoadBalancer, ports: [{port: 80}]}")),
            []
        );
    }

    #[test]
    fn ipv6_is_told_once_at_the_values() {
        let v6 = "AKOSettings: {ipFamily: V6}";
        let findings = found(v6, "{ports: [{port: 80}]}");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path.to_string(), "AKOSettings.ipFamily");
        assert!(findings[0].message.ends_with("the Service `red/web` does not say that it has any"), "{findings:?}");
        assert_eq!(told(&found(v6, "{ipFamilies: [IPv6], ports: [{port: 80}]}")), []);
    }
}
