//! Helm templates that were not rendered: read around, never mangled, and nothing claimed about what their
//! values decide.

use akoplan::ako::{Outcome, predict};
use akoplan::analysis::{Analysis, analyse};
use akoplan::command::{Command, CommandError};
use akoplan::diagnostic::Severity;
use akoplan::edit::{EditError, Value};
use akoplan::export::{bundle, files_as_they_are};
use akoplan::import;
use akoplan::model::{AviInfraSetting, Gateway, Ingress, Kind, Service};
use akoplan::repair;
use akoplan::text::SourceFile;
use akoplan::workspace::{Object, Workspace};

const CHART: [(&str, &str); 4] = [
    ("templates/service.yaml", include_str!("helm_templates/service.yaml")),
    ("templates/ingress.yaml", include_str!("helm_templates/ingress.yaml")),
    ("templates/gateway.yaml", include_str!("helm_templates/gateway.yaml")),
    ("templates/setting.yaml", include_str!("helm_templates/setting.yaml")),
];

fn workspace(texts: &[(&str, &str)]) -> Workspace {
    let files: Vec<SourceFile> = texts.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect();
    Workspace::new(&files)
}

fn one(text: &str) -> Workspace {
    workspace(&[("a.yaml", text)])
}

fn codes(analysis: &Analysis) -> Vec<&str> {
    analysis.findings.iter().map(|finding| finding.code).collect()
}

/// Codes and messages of all that is worse than a note about the templates themselves.
fn claims(analysis: &Analysis) -> Vec<String> {
    let claims = analysis.findings.iter().filter(|finding| finding.code != "AKP004");
    claims.map(|finding| format!("{} {}: {}", finding.code, finding.file, finding.message)).collect()
}

#[test]
fn a_right_chart_has_no_mistakes_and_is_explained() {
    let workspace = workspace(&CHART);
    let analysis = analyse(&workspace);
    assert_eq!(claims(&analysis), Vec::<String>::new());
    assert_eq!(analysis.count(Severity::Error), 0);
    // Once for each template, each with what to do.
    assert_eq!(codes(&analysis), ["AKP004"; 4]);
    for finding in &analysis.findings {
        assert!(finding.help.contains("helm template") && finding.help.contains("akoplan check -"), "{}", finding.help);
    }
    let setting = analysis.findings.iter().find(|finding| finding.file.ends_with("setting.yaml")).unwrap();
    assert!(setting.effect.contains("`spec.seGroup.name`"), "{}", setting.effect);
}

#[test]
fn what_stands_around_the_actions_is_read() {
    let workspace = workspace(&CHART);
    let keys: Vec<String> = workspace.objects().iter().map(|object| workspace.key(object)).collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    let (_, setting) = workspace.get::<AviInfraSetting>("", "aviinfrasetting-sigtran").unwrap();
    let network = &setting.spec.network.as_ref().unwrap().vip_networks[0];
    assert_eq!(network.network_name.as_deref(), Some("sigtran-{{ .Values.stage }}"));
    assert_eq!(network.cidr.as_deref(), Some("{{ .Values.cidr }}"));
    assert_eq!(network.v6cidr.as_deref(), Some("{{ tpl \"{{ .Values.v6 }}\" . }}"));
    let (object, service) = workspace.all::<Service>().next().unwrap();
    assert_eq!(object.name(), "{{ template \"common.names.fullname\" . }}");
    assert_eq!(service.spec.ports[1].port, Some(443));
    assert_eq!(object.text("spec.ports[0].port"), Some("{{ .Values.service.ports.http }}"));
    assert_eq!(object.span("spec.ports[1].port").slice(CHART[0].1), "443");
    // Of the branches for versions of Kubernetes the first is read.
    let (object, ingress) = workspace.all::<Ingress>().next().unwrap();
    assert_eq!(object.version, "v1");
    assert_eq!(ingress.spec.ingress_class_name.as_deref(), Some("avi-ingress-class-trf"));
    assert_eq!(ingress.spec.rules[0].host.as_deref(), Some("{{ .host | default \"web.example.com\" | quote }}"));
    let (_, gateway) = workspace.all::<Gateway>().next().unwrap();
    assert_eq!(gateway.spec.gateway_class_name.as_deref(), Some("avigatewayclass-sigtran"));
}

#[test]
fn no_byte_changes_on_the_way_in_and_out() {
    let texts = CHART.map(|(_, text)| text);
    for text in texts.into_iter().chain([&*texts[0].replace('\n', "\r\n")]) {
        let read = import::read(vec![import::Incoming { name: "a.yaml".to_owned(), bytes: text.as_bytes().to_vec() }]);
        let files = import::files(&Workspace::default(), read.files);
        let workspace = Workspace::new(&files);
        assert_eq!(&*workspace.sources()[0].text, text);
        assert!(repair::repair(text).repairs.is_empty(), "repair leaves templates alone");
        assert_eq!(files_as_they_are(&workspace), workspace.sources());
        // A bundle is for kubectl, which cannot apply a template: it is left out, and told.
        let made = bundle(&workspace, &analyse(&workspace));
        assert!(made.left_out.iter().any(|left| left.reason.contains("helm template")), "{:?}", made.left_out);
        assert!(made.files.iter().all(|file| !file.name.contains(".yaml") || !file.text.contains("{{")));
    }
}

/// The lines that differ, by number.
fn changed(before: &str, after: &str) -> Vec<usize> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    assert_eq!(before.len(), after.len(), "lines came or went");
    (0..before.len()).filter(|line| before[*line] != after[*line]).map(|line| line + 1).collect()
}

fn after(workspace: &Workspace, command: &Command) -> String {
    command.apply(workspace).unwrap().sources()[0].text.to_string()
}

#[test]
fn an_edit_of_a_written_field_changes_its_line_only() {
    let text = CHART[0].1;
    let workspace = one(text);
    let at = &workspace.objects()[0].address;
    let line = |wanted: &str| text.lines().position(|line| line.contains(wanted)).unwrap() + 1;
    let set = after(&workspace, &Command::set(at, "spec.ports[1].port", Value::from(8443)));
    assert_eq!(changed(text, &set), [line("port: 443")]);
    assert!(set.contains("      port: 8443 # always\n"), "{set}");
    // Also of a value with an action: people may say what it is.
    let set = after(&workspace, &Command::set(at, "spec.type", Value::from("LoadBalancer")));
    assert_eq!(changed(text, &set), [line("type: {{")]);
    assert!(set.contains("  type: LoadBalancer\n"), "{set}");
    // Saying what is there changes nothing.
    let same = Command::set(at, "spec.type", Value::from("{{ .Values.service.type }}"));
    assert_eq!(after(&workspace, &same), text);
}

#[test]
fn lines_come_and_go_only_away_from_lines_of_actions() {
    let workspace = workspace(&CHART[2..]);
    let gateway = &workspace.objects()[0].address;
    let refused = |command: Command| {
        let error = command.apply(&workspace).map(|after| after.sources()[0].text.to_string());
        let is_edit = matches!(error, Err(CommandError::Edit(EditError::Unsupported { .. })));
        assert!(is_edit, "{error:?}");
    };
    // Between `labels:` and what `include` writes below it, beside a loop, and a loop itself.
    refused(Command::set(gateway, "metadata.labels.first", Value::from("x")));
    refused(Command::insert(gateway, "spec.listeners", 1, Value::from("x")));
    refused(Command::remove(gateway, "spec.listeners[0]"));
    refused(Command::remove(gateway, "spec.listeners"));
    // Where only lines of YAML are around, they may.
    let text = CHART[3].1;
    let setting = Workspace::new(&[SourceFile::new("a.yaml", text)]);
    let at = &setting.objects()[0].address;
    let added = after(&setting, &Command::set(at, "spec.network.bgpPeerLabels", serde_json::json!(["a"])));
    let line = "    enableRhi: {{ .Values.rhi }}\n";
    assert_eq!(added, text.replace(line, &format!("{line}    bgpPeerLabels:\n    - a\n")));
    let removed = after(&setting, &Command::remove(at, "spec.network.vipNetworks[0].v6cidr"));
    assert_eq!(removed, text.replace("      v6cidr: {{ tpl \"{{ .Values.v6 }}\" . }}\n", ""));
}

#[test]
fn references_to_what_is_written_are_followed() {
    let class = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nmetadata: {name: trf}\n\
                 spec: {controller: ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, \
                 kind: AviInfraSetting, name: seg}}\n---\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\n\
                 metadata: {name: seg}\nspec: {network: {vipNetworks: [{networkName: own, cidr: 10.2.0.0/24}]}}\n";
    // Labels that AKO does not look at may come from values: what lands is known all the same.
    let gateway = |name: &str| {
        format!(
            "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: {name}\n  namespace: red\n  \
             labels:\n    app.kubernetes.io/instance: {{{{ .Release.Name }}}}\nspec:\n  gatewayClassName: trf\n  \
             listeners:\n  - protocol: TCP\n    port: 443\n    routes:\n      kind: Service\n      selector:\n        \
             matchLabels:\n          ako.vmware.com/gateway-name: {name}\n          \
             ako.vmware.com/gateway-namespace: red\n"
        )
    };
    let service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\n  labels:\n    \
                   ako.vmware.com/gateway-name: gw\n    ako.vmware.com/gateway-namespace: red\nspec:\n  ports:\n  \
                   - port: 443\n";
    let values = ("v.yaml", "AKOSettings: {servicesAPI: true}\nL7Settings: {serviceType: ClusterIP}\n");
    let known = workspace(&[values, ("a.yaml", class), ("b.yaml", &gateway("gw")), ("c.yaml", service)]);
    let analysis = analyse(&known);
    assert_eq!(claims(&analysis), Vec::<String>::new());
    let landing = analysis.prediction.landings[0].to_string();
    assert_eq!(landing, "red/web TCP/443 → own 10.2.0.0/24 (SE group Default-Group)");
    // A name from values may be the one that is asked for; AKO's answer then depends on it.
    let open =
        workspace(&[values, ("a.yaml", class), ("b.yaml", &gateway("'{{ .Release.Name }}w'")), ("c.yaml", service)]);
    let analysis = analyse(&open);
    assert_eq!(claims(&analysis), Vec::<String>::new());
    let landing = &analysis.prediction.landings[0];
    assert!(matches!(&landing.outcome, Outcome::DependsOnValues { .. }), "{landing}");
    // One that cannot become it leaves the reference missing.
    let other =
        workspace(&[("a.yaml", class), ("b.yaml", &gateway("'{{ .Release.Name }}-gateway'")), ("c.yaml", service)]);
    assert!(codes(&analyse(&other)).contains(&"AKP311"), "{:?}", claims(&analyse(&other)));
}

#[test]
fn nothing_is_predicted_that_values_decide() {
    let workspace = workspace(&CHART);
    let prediction = predict(&workspace);
    assert!(!prediction.landings.is_empty());
    for landing in &prediction.landings {
        assert!(matches!(&landing.outcome, Outcome::DependsOnValues { .. }), "{landing}");
    }
    // The setting's networks come from values: whether AKO accepts it is not said.
    assert_eq!(prediction.objects.get("AviInfraSetting/aviinfrasetting-sigtran"), None);
    assert!(prediction.virtual_services.keys().all(|name| !name.contains("{{")), "{:?}", prediction.virtual_services);
}

#[test]
fn mistakes_in_what_is_written_are_still_found() {
    let text = CHART[3].1.replace("\"{{ .Values.cidr }}\"", "10.0.0.300/24").replace("enableRhi", "enableRhy");
    let analysis = analyse(&one(&text));
    let found = claims(&analysis);
    assert!(found.iter().any(|claim| claim.starts_with("AKP201")), "{found:?}");
    assert!(found.iter().any(|claim| claim.starts_with("AKP101")), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn one_key_in_two_branches_is_no_duplicate() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  {{- if .Values.a }}\n  type: ClusterIP\n  \
                {{- else }}\n  type: LoadBalancer\n  {{- end }}\n  {{- if .Values.b }}\n  clusterIP: None\n  {{- end }}\n  \
                {{- if not .Values.b }}\n  clusterIP: 10.0.0.1\n  {{- end }}\n  ports:\n  - port: 80\n";
    let workspace = one(text);
    assert_eq!(claims(&analyse(&workspace)), Vec::<String>::new());
    let (_, service) = workspace.all::<Service>().next().unwrap();
    assert_eq!(service.spec.service_type.as_deref(), Some("ClusterIP"));
}

#[test]
fn pieces_that_only_templates_use_are_no_mistakes() {
    for text in [
        "{{- define \"app.name\" -}}\n{{ .Chart.Name }}\n{{- end }}\n",
        "{{- include \"common.deployment\" . }}\n",
        "metadata:\n  name: {{ .Release.Name }}\n",
        "annotations:\n  a: {{ .b }}\n",
    ] {
        assert_eq!(codes(&analyse(&one(text))), ["AKP004"], "{text}");
    }
}

#[test]
fn braces_in_an_annotation_of_plain_yaml_are_its_own() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: red\n  annotations:\n    \
                notifications.argoproj.io/text: \"{{ .app.metadata.name }} is out\"\n    \
                ako.vmware.com/enable-shared-vip: key\nspec:\n  type: LoadBalancer\n  ports:\n  - port: 80\n";
    let workspace = one(text);
    let analysis = analyse(&workspace);
    let own: Vec<_> = analysis.findings.iter().filter(|finding| finding.code == "AKP004").collect();
    assert_eq!((own.len(), own[0].severity), (1, Severity::Info));
    assert!(
        matches!(analysis.prediction.landings[0].outcome, Outcome::Lands(_)),
        "{}",
        analysis.prediction.landings[0]
    );
    let (object, _) = workspace.all::<Service>().next().unwrap();
    assert_eq!(object.annotation("notifications.argoproj.io/text"), Some("{{ .app.metadata.name }} is out"));
    // Other kinds may have templates of their own in any text.
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: alerts\ndata:\n  summary: |\n    {{ $labels.job }} is \
               down\n    {{- if $x }}\n    since long\n    {{- end }}\n";
    let both = analyse(&one(&format!("{map}---\n{text}")));
    assert_eq!(both.findings.iter().filter(|finding| finding.code == "AKP004").count(), 1);
    assert!(matches!(both.prediction.landings[0].outcome, Outcome::Lands(_)));
}

#[test]
fn a_template_that_cannot_be_read_around_is_left_alone() {
    for text in ["{{ if\n", "a: {{ .b }}\n  c: d\n e: [\n", "kind: Service\n{{- include \"x\" . }}\n  - a\nb\n"] {
        let workspace = one(text);
        let analysis = analyse(&workspace);
        assert_eq!(codes(&analysis), ["AKP004"], "{text:?}");
        assert!(workspace.objects().is_empty());
        assert_eq!(&*workspace.sources()[0].text, text);
    }
    // It may become what a reference asks for.
    let ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: red}\nspec:\n  \
                   ingressClassName: trf\n  rules: [{host: a.b, http: {paths: []}}]\n---\n";
    assert!(codes(&analyse(&one(ingress))).contains(&"AKP306"));
    let open = analyse(&one(&format!("{ingress}{{{{ include \"library.class\" . }}}}\n")));
    assert_eq!(claims(&open), Vec::<String>::new());
    let service = analyse(&one(&format!("{ingress}kind: Service\n{{{{ a }}}}\n  - b\n")));
    assert!(codes(&service).contains(&"AKP306"), "a Service is no class: {:?}", codes(&service));
}

#[test]
fn a_condition_goes_on_over_document_markers() {
    let service = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
        )
    };
    let text = format!(
        "{{{{- if .Values.on }}}}\n---\n{}---\n{}{{{{- end }}}}\n---\n{}",
        service("a"),
        service("b"),
        service("c")
    );
    let workspace = one(&text);
    let open = |object: &Object| workspace.unknown().has(object);
    assert_eq!(workspace.objects().iter().map(open).collect::<Vec<_>>(), [true, true, false]);
    // Neither part of a block can be taken away alone.
    let remove = Command::RemoveObject { at: workspace.objects()[1].address.clone() };
    assert!(remove.apply(&workspace).is_err());
    assert!(workspace.objects().iter().all(|object| object.kind == Kind::Service));
}
