//! Snippets pasted into a chart that was there before render to what the prediction expects.

use std::collections::BTreeMap;
use std::path::Path;

use akoplan::ako::{Landing, Outcome};
use akoplan::analysis::Analysis;
use akoplan::examples;
use akoplan::export::snippets::{SnippetPart, snippets};
use akoplan::text::SourceFile;

use crate::Project;
use crate::interop::Folder;
use crate::tools::tools;

/// The clean example in a namespace.
fn clean_in(namespace: &str) -> Vec<SourceFile> {
    let moved = |file: SourceFile| {
        let text = file.text.replace("namespace: default", &format!("namespace: {namespace}"));
        SourceFile::new(
            file.name,
            text.replace("gateway-namespace: default", &format!("gateway-namespace: {namespace}")),
        )
    };
    examples::clean().into_iter().map(moved).collect()
}

/// Where the Services of a project land, and how they come there.
fn landings(analysis: &Analysis) -> BTreeMap<String, String> {
    let landings = analysis.prediction.landings.iter();
    landings.map(|landing| (landing.subject.to_string(), format!("{:?}: {}", landing.via, landing.outcome))).collect()
}

/// Puts a snippet's lines where its first comment says: below `labels` or `annotations` that are there already, in
/// place of a `type`, else below their parents.
fn paste(template: &str, snippet: &str) -> String {
    let mut lines: Vec<String> = template.lines().map(str::to_owned).collect();
    let (mut parent, mut group) = (String::new(), None);
    for line in snippet.lines().filter(|line| !line.starts_with('#')) {
        let key = line.split(':').next().unwrap().to_owned() + ":";
        let place = |lines: &[String], wanted: &str| lines.iter().position(|line| line.starts_with(wanted));
        if !line.starts_with(' ') {
            (parent, group) = (key, None);
        } else if let (Some(at), true) = (place(&lines, &key), parent == "spec:") {
            line.clone_into(&mut lines[at]);
        } else if line.starts_with("    ") {
            let at = place(&lines, group.as_deref().unwrap()).unwrap();
            lines.insert(at + 1, line.to_owned());
        } else {
            if place(&lines, &key).is_none() {
                let at = place(&lines, &parent).unwrap();
                lines.insert(at + 1, line.to_owned());
            }
            group = Some(key);
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn snippets_in_a_real_chart_render_to_what_the_prediction_expects() {
    let Some(tools) = tools() else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sample_chart");
    for (namespace, by_values) in [("default", false), ("default", true), ("blue", false), ("blue", true)] {
        let project = Project::new(format!("clean in {namespace}"), &clean_in(namespace));
        let made = snippets(&project.workspace, &project.analysis);
        let names = ["Chart.yaml", "values.yaml", "templates/statefulset.yaml"];
        let mut chart: BTreeMap<String, String> =
            names.map(|name| (name.to_owned(), std::fs::read_to_string(data.join(name)).unwrap())).into();
        let services = ["web-statefulset-service-oam", "traffic-service-trf"];
        for service in services {
            let snippet = made.iter().find(|snippet| snippet.service == service).unwrap();
            let part = |file: &str| {
                let part = snippet.parts.iter().find(|part| part.file == file);
                let SnippetPart { text, .. } = part.unwrap();
                text.as_str()
            };
            let name = format!("templates/{service}.yaml");
            let template = std::fs::read_to_string(data.join(&name)).unwrap();
            let lines = part(if by_values { "template.yaml" } else { "service.yaml" });
            chart.insert(name, paste(&template, lines));
            if by_values {
                *chart.get_mut("values.yaml").unwrap() += part("values.yaml");
            }
        }
        let chart: Vec<SourceFile> = chart.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
        let folder = Folder::with("helm-sample", &chart);
        assert_eq!(tools.lint(std::slice::from_ref(&folder.0)), Vec::<String>::new());
        let rendered = tools.template("web", &folder.0, namespace).unwrap();

        // The chart's own Services in place of the project's.
        let is_own =
            |file: &SourceFile| services.iter().any(|service| file.name.ends_with(&format!("/{service}.yaml")));
        let mut files: Vec<SourceFile> = clean_in(namespace).into_iter().filter(|file| !is_own(file)).collect();
        files.push(SourceFile::new("apps/rendered.yaml", rendered.as_str()));
        let again = Project::new(project.name.clone(), &files);
        assert_eq!(landings(&again.analysis), landings(&project.analysis), "{rendered}");
        let codes: Vec<&str> = again.analysis.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.is_empty(), "{codes:?}\n{rendered}");
        let web =
            landings(&again.analysis).into_iter().find(|(subject, _)| subject.contains("/web-statefulset-service-oam"));
        let (_, web) = web.unwrap();
        assert!(web.starts_with("Gateway: ") && web.contains("tkg-wkld-oam-vip"), "{web}");
    }
}

/// A project whose Services ask for what is seldom: a key of release and braces, addresses, a host, an L4Rule, a Gateway
/// in another namespace.
const SELDOM: &str = "\
apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: oam}
spec: {network: {vipNetworks: [{networkName: oam-vip, cidr: 10.1.0.0/24}]}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: GatewayClass
metadata: {name: oam}
spec:
  controller: ako.vmware.com/avi-lb
  parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oam}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: front, namespace: edge}
spec:
  gatewayClassName: oam
  listeners:
  - {protocol: TCP, port: 443, routes: {group: v1, kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: \
     front, ako.vmware.com/gateway-namespace: edge}}}}
---
apiVersion: networking.x-k8s.io/v1alpha1
kind: Gateway
metadata: {name: shop-gw, namespace: NAMESPACE, labels: {app.kubernetes.io/instance: shop}}
spec:
  gatewayClassName: oam
  listeners:
  - {protocol: TCP, port: 80, routes: {group: v1, kind: Service, selector: {matchLabels: {ako.vmware.com/gateway-name: \
     shop-gw, ako.vmware.com/gateway-namespace: NAMESPACE}}}}
---
";

/// The Services: name, labels, annotations, the rest of `spec`, protocol and port.
const SERVICES: [[&str; 6]; 6] = [
    ["dns-tcp", "app.kubernetes.io/instance: shop", "SHARED", "type: LoadBalancer", "TCP", "53"],
    ["dns-udp", "app.kubernetes.io/instance: shop", "SHARED", "type: LoadBalancer", "UDP", "53"],
    [
        "asks",
        "",
        "aviinfrasetting.ako.vmware.com/name: oam, ako.vmware.com/load-balancer-ip: 10.1.0.9, \
         external-dns.alpha.kubernetes.io/hostname: asks.example.com",
        "type: LoadBalancer",
        "TCP",
        "5060",
    ],
    [
        "braces",
        "",
        "ako.vmware.com/enable-shared-vip: '{{ k }}'",
        "type: LoadBalancer, loadBalancerIP: 10.1.0.10",
        "TCP",
        "1",
    ],
    [
        "away",
        "ako.vmware.com/gateway-name: front, ako.vmware.com/gateway-namespace: edge",
        "",
        "type: ClusterIP",
        "TCP",
        "443",
    ],
    [
        "beside",
        "app.kubernetes.io/instance: shop, ako.vmware.com/gateway-name: shop-gw, ako.vmware.com/gateway-namespace: NAMESPACE",
        "",
        "type: ClusterIP",
        "TCP",
        "80",
    ],
];

/// A project with the Services in a namespace, and with the names that a release gives.
fn seldom(namespace: &str, release: &str, services: &str) -> Project {
    let text = format!("{SELDOM}{services}").replace("NAMESPACE", namespace).replace("shop", release);
    let values = "AKOSettings: {clusterName: c, servicesAPI: true}\nL4Settings: {autoFQDN: default}\nNetworkSettings: \
                  {vipNetworkList: [{networkName: vip, cidr: 10.1.0.0/24}]}\n";
    let files = [SourceFile::new("all.yaml", text), SourceFile::new("values.yaml", values)];
    Project::new(format!("seldom in {namespace}"), &files)
}

/// A Service of the list, with all that it asks for or as a chart has it before.
fn service([name, labels, annotations, spec, protocol, port]: [&str; 6], is_marked: bool) -> String {
    let instance = labels.split(", ").find(|label| label.starts_with("app.")).unwrap_or_default();
    let (labels, annotations, spec) =
        if is_marked { (labels, annotations, spec) } else { (instance, "", "type: ClusterIP") };
    let shared = "ako.vmware.com/enable-shared-vip: shop-dns, aviinfrasetting.ako.vmware.com/name: oam";
    let indented = |text: &str| -> String {
        text.split(", ").filter(|line| !line.is_empty()).flat_map(|line| ["    ", line, "\n"]).collect()
    };
    let group = |key: &str, text: &str| {
        let lines = indented(text);
        if lines.is_empty() { String::new() } else { format!("  {key}:\n{lines}") }
    };
    format!(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\n  namespace: NAMESPACE\n{}{}spec:\n{}  ports:\n  - \
         {{port: {port}, protocol: {protocol}}}\n",
        group("labels", labels),
        group("annotations", &annotations.replace("SHARED", shared)),
        indented(spec).replace("    ", "  ")
    )
}

#[test]
fn seldom_snippets_render_to_what_the_prediction_expects_in_any_release() {
    let Some(tools) = tools() else { return };
    let all: Vec<String> = SERVICES.iter().map(|own| service(*own, true)).collect();
    let made = seldom("red", "shop", &all.join("---\n"));
    let made = snippets(&made.workspace, &made.analysis);
    assert_eq!(made.len(), SERVICES.len());
    for (namespace, release, by_values) in
        [("red", "shop", false), ("red", "shop", true), ("blue", "store", false), ("blue", "store", true)]
    {
        let mut chart = vec![SourceFile::new("Chart.yaml", "apiVersion: v2\nname: seldom\nversion: 1.0.0\n")];
        let mut values = String::new();
        for own in SERVICES {
            let snippet = made.iter().find(|snippet| snippet.service == own[0]).unwrap();
            let part = |file: &str| snippet.parts.iter().find(|part| part.file == file).unwrap().text.clone();
            let template = service(own, false)
                .replace("NAMESPACE", "{{ .Release.Namespace }}")
                .replace("instance: shop", "instance: {{ .Release.Name }}");
            let lines = part(if by_values { "template.yaml" } else { "service.yaml" });
            chart.push(SourceFile::new(format!("templates/{}.yaml", own[0]), paste(&template, &lines)));
            values += &part("values.yaml");
        }
        chart.push(SourceFile::new("values.yaml", if by_values { values } else { String::new() }));
        let folder = Folder::with("helm-seldom", &chart);
        assert_eq!(tools.lint(std::slice::from_ref(&folder.0)), Vec::<String>::new());
        let rendered = tools.template(release, &folder.0, namespace).unwrap();

        // What was written by hand for this release, beside what the pasted lines make in it.
        let wanted = seldom(namespace, release, &all.join("---\n"));
        let got = seldom(namespace, release, &rendered);
        // Braces in a manifest may be a template's, so what they name is left open there; what helm rendered is literal.
        let (mut got_landings, mut wanted_landings) = (landings(&got.analysis), landings(&wanted.analysis));
        let braces = format!("{namespace}/braces TCP/1");
        assert!(wanted_landings.remove(&braces).is_some_and(|text| text.contains("depends on the chart's values")));
        assert!(got_landings.remove(&braces).is_some_and(|text| text.starts_with("SharedVip: global vip ")));
        assert_eq!(got_landings, wanted_landings, "{rendered}");
        assert!(hosts(&got.analysis).contains("asks.example.com") && rendered.contains("{{ k }}"));
        assert!(rendered.contains(&format!("enable-shared-vip: \"{release}-dns\"")), "{rendered}");
        let lands = |landing: &Landing| matches!(landing.outcome, Outcome::Lands(_));
        assert!(got.analysis.prediction.landings.iter().all(lands), "{rendered}");
    }
}

/// The host names of all virtual services and what they ask for, in one text.
fn hosts(analysis: &Analysis) -> String {
    format!("{:?}", analysis.prediction.virtual_services)
}
