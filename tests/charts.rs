//! Charts of the examples: what they hold, what their values may be, and that braces of the user are no template.

use std::collections::BTreeSet;

use akoplan::analysis::analyse;
use akoplan::edit::{Value, value_of};
use akoplan::examples;
use akoplan::export::bundle;
use akoplan::export::helm::{Charts, charts};
use akoplan::syntax::parse;
use akoplan::text::SourceFile;
use akoplan::workspace::Workspace;
use expect_test::expect_file;
use serde_json::json;

mod support {
    pub mod json_schema;
}
use support::json_schema::complaint;

fn made(workspace: &Workspace) -> Charts {
    charts(workspace, &analyse(workspace))
}

fn of_text(text: &str) -> Charts {
    made(&Workspace::new(&[SourceFile::new("a.yaml", text)]))
}

fn file<'a>(charts: &'a Charts, name: &str) -> &'a str {
    let file = charts.files.iter().find(|file| file.name == name);
    &file.unwrap_or_else(|| panic!("{name} is not among {:?}", names(charts))).text
}

fn names(charts: &Charts) -> Vec<&str> {
    charts.files.iter().map(|file| file.name.as_str()).collect()
}

fn yaml(text: &str) -> Value {
    let tree = parse(text);
    assert!(tree.is_readable(), "{text}");
    value_of(&tree, tree.root.unwrap()).unwrap()
}

/// A chart's values, and its schema.
fn values(charts: &Charts, chart: &str) -> (Value, Value) {
    let values = yaml(file(charts, &format!("charts/{chart}/values.yaml")));
    let schema = serde_json::from_str(file(charts, &format!("charts/{chart}/values.schema.json"))).unwrap();
    (values, schema)
}

#[test]
fn the_clean_example_s_charts() {
    for file in made(&Workspace::new(&examples::clean())).files {
        expect_file![format!("golden/clean_charts/{}", file.name.trim_start_matches("charts/"))].assert_eq(&file.text);
    }
}

#[test]
fn each_manifest_of_the_bundle_is_a_template_and_nothing_else_is() {
    for files in [examples::clean(), examples::mistakes()] {
        let workspace = Workspace::new(&files);
        let charts = made(&workspace);
        let bundle = bundle(&workspace, &analyse(&workspace));
        let manifests: BTreeSet<&str> = bundle
            .files
            .iter()
            .filter(|file| file.name.contains('/'))
            .filter_map(|file| file.name.rsplit('/').next())
            .collect();
        let templates = names(&charts).into_iter().filter_map(|name| name.split_once("/templates/"));
        let templates: BTreeSet<&str> = templates.map(|(_, file)| file).filter(|file| *file != "NOTES.txt").collect();
        assert_eq!(manifests, templates);
        assert_eq!(charts.left_out, bundle.left_out);
        assert_eq!(charts, made(&workspace), "the same each time");
    }
}

#[test]
fn nothing_is_a_hook_and_no_label_is_added() {
    let charts = made(&Workspace::new(&examples::clean()));
    for file in &charts.files {
        for word in ["helm.sh/hook", "app.kubernetes.io", "helm.sh/chart"] {
            assert!(!file.text.contains(word), "{}: {word}", file.name);
        }
    }
}

#[test]
fn every_value_is_what_its_schema_takes() {
    for files in [examples::clean(), examples::mistakes()] {
        let charts = made(&Workspace::new(&files));
        for chart in &charts.charts {
            let (values, schema) = values(&charts, &chart.name);
            assert_eq!(complaint(&schema, &values), None, "{}", chart.name);
        }
    }
}

#[test]
fn wrong_values_are_refused() {
    let charts = made(&Workspace::new(&examples::clean()));
    let refused = |chart: &str, pointer: &str, wrong: Value| {
        let (mut values, schema) = values(&charts, chart);
        *values.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = wrong.clone();
        assert!(complaint(&schema, &values).is_some(), "{pointer}: {wrong}");
    };
    let setting = "/settings/aviinfrasetting-tkg-wkld-oam";
    for wrong in [json!("10.223.63.0"), json!("10.223.63.0/33"), json!("10.223.63/24"), json!(10)] {
        refused("segments", &format!("{setting}/vipNetworks/0/cidr"), wrong);
    }
    refused("segments", &format!("{setting}/vipNetworks"), json!([]));
    refused("segments", &format!("{setting}/vipNetworks/0"), json!({"cidr": "10.0.0.0/8"}));
    refused("segments", &format!("{setting}/vipNetworks/0"), json!({"networkName": "a", "cdir": "10.0.0.0/8"}));
    refused("segments", &format!("{setting}/enableRhi"), json!("yes"));
    refused("segments", &format!("{setting}/seGroup"), json!(""));
    refused("segments", "/settings", json!({"unknown": {}}));
    let listener = "/gateways/app-gateway-admin-0/listeners/0";
    for wrong in [json!(0), json!(65536), json!("80")] {
        refused("default-gateways", &format!("{listener}/port"), wrong);
    }
    refused("default-gateways", &format!("{listener}/protocol"), json!("HTTP"));
    refused("default-gateways", "/ingresses/my-ingress/hosts", json!(["a.example.com", "b.example.com"]));
    refused("default-gateways", "/ingresses/my-ingress/hosts/0", json!("a_b.example.com"));
}

#[test]
fn mistakes_are_kept_and_no_others_are_let_in() {
    let charts = of_text(
        "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\nspec:\n  \
         l7Settings: {shardSize: TINY}\n  network:\n    vipNetworks: # one\n    # the first\n    - networkName: a\n\
         \x20     cidr: 10.0.0.0 # no mask\n    enableRhi: \"true\"\n",
    );
    let (mut values, schema) = values(&charts, "segments");
    assert_eq!(complaint(&schema, &values), None);
    values["settings"]["oam"]["shardSize"] = json!("HUGE");
    assert!(complaint(&schema, &values).is_some());
    let text = file(&charts, "charts/segments/values.yaml");
    assert!(text.contains("    # the first\n    - networkName: a\n      cidr: 10.0.0.0 # no mask\n"), "{text}");
    let template = file(&charts, "charts/segments/templates/10-aviinfrasetting-oam.yaml");
    assert!(template.contains("    vipNetworks: {{ $setting.vipNetworks | toJson }} # one\n"), "{template}");
    assert!(template.contains("    enableRhi: {{ $setting.enableRhi | quote }}\n"), "{template}");
}

/// Actions that a template may hold.
const ACTIONS: [&str; 7] =
    ["{{ \"{{\" }}", "{{- $", "{{ $", "{{ .Release.Namespace | quote }}", "{{ (index $", "{{- range $", "{{- "];

#[test]
fn braces_of_the_user_are_no_actions() {
    let text = "# {{ above }}\napiVersion: v1\nkind: Service # {{- end }}\nmetadata:\n  name: web\n  namespace: red\n  \
                annotations:\n    \"{{ key }}\": '{{ .Values.x }}'\n    block: |\n\
                \x20     {{/* no comment */}}\n      {{{ three }}}\n\
                \x20   aviinfrasetting.ako.vmware.com/name: '{{ include \"x\" . }}'\nspec:\n  \
                type: LoadBalancer\n  ports: [{port: 80}]\n";
    let charts = of_text(text);
    let template = file(&charts, "charts/red-gateways/templates/60-service-web.yaml");
    let mut rest = template;
    while let Some(at) = rest.find("{{") {
        rest = &rest[at..];
        let action = ACTIONS.iter().find(|action| rest.starts_with(**action));
        assert!(action.is_some(), "{rest}");
        rest = &rest[rest.find("}}").unwrap()..];
    }
    let lines = text.replace("{{", "{{ \"{{\" }}");
    for line in lines.lines().filter(|line| line.contains("{{") && !line.contains("name:")) {
        assert!(template.contains(line), "{line}");
    }
    let (values, schema) = values(&charts, "red-gateways");
    assert_eq!(values["services"]["web"]["infraSetting"], json!("{{ include \"x\" . }}"));
    assert_eq!(complaint(&schema, &values), None);
}

#[test]
fn the_namespace_of_the_release_is_followed_and_no_other() {
    let gateway = |namespace: &str, labelled: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: {namespace}\n  labels:\n    \
             ako.vmware.com/gateway-name: gw\n    ako.vmware.com/gateway-namespace: {labelled}\n"
        )
    };
    let label = |namespace: &str, labelled: &str| {
        let charts = of_text(&gateway(namespace, labelled));
        let chart = format!("charts/{namespace}-gateways/templates/60-service-web.yaml");
        let text = file(&charts, &chart);
        assert!(text.contains("  namespace: {{ .Release.Namespace | quote }}\n"), "{text}");
        text.lines().find(|line| line.contains("gateway-namespace")).unwrap().trim().to_owned()
    };
    assert_eq!(label("red", "red"), "ako.vmware.com/gateway-namespace: {{ .Release.Namespace | quote }}");
    assert_eq!(label("red", "blue"), "ako.vmware.com/gateway-namespace: blue");
}

#[test]
fn what_hangs_together_by_aliases_stays_an_object() {
    let charts = of_text(
        "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: &ns red}\nspec:\n  \
         type: LoadBalancer\n  loadBalancerIP: 10.0.0.1\n  selector: {ns: *ns}\n  ports: [{port: 80}]\n",
    );
    let template = file(&charts, "charts/red-gateways/templates/60-service-web.yaml");
    assert!(!template.contains('*') && template.contains("ns: red\n"), "{template}");
    assert!(template.contains("loadBalancerIP: {{ $service.loadBalancerIP | quote }}\n"), "{template}");
}

#[test]
fn what_helm_would_read_otherwise_is_written_anew() {
    let template = |text: &str| {
        let charts = of_text(text);
        file(&charts, "charts/red-gateways/templates/50-configmap-a.yaml").to_owned()
    };
    let json = |value: &str| {
        format!(
            "{{\"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"a\", \"namespace\": \"red\"}}, \
             \"data\": {{\"a\": \"{value}\"}}}}\n"
        )
    };
    assert!(template(&json("\\u00e4")).contains("\"\\u00e4\""), "YAML has these escapes, too");
    assert!(template(&json("\\ud83d\\ude00")).contains("a: 😀\n"), "halves of characters are JSON's alone");
    assert!(template(&json("x\\/y")).contains("a: x/y\n"));
    let block = "kind: ConfigMap\nmetadata: {name: a, namespace: red}\ndata:\n  a: |+\n    b\n\n\n";
    let kept = template(block);
    assert!(kept.ends_with("  a: |+\n    b\n\n\n# The blank lines above count.\n"), "{kept}");
    let indented: String = block.split_inclusive('\n').flat_map(|line| ["  ", line]).collect();
    assert!(template(&indented).starts_with("kind: ConfigMap\n"), "helm cuts off the first line's blanks");
}

/// A Service that attaches to a Gateway.
fn attached(namespace: &str, gateway: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: {namespace}\n  labels:\n    \
         ako.vmware.com/gateway-name: gw\n    ako.vmware.com/gateway-namespace: {gateway}\n"
    )
}

#[test]
fn what_others_attach_to_is_installed_first_and_goes_last() {
    let setting = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam}\n";
    let gateway =
        "---\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: gw, namespace: zone}\n";
    let charts = of_text(&[setting, &attached("app", "zone"), &attached("bar", "zone"), gateway].concat());
    let names: Vec<&str> = charts.charts.iter().map(|chart| chart.name.as_str()).collect();
    assert_eq!(names, ["segments", "zone-gateways", "app-gateways", "bar-gateways"]);
    let readme = file(&charts, "charts/README.md");
    let installs: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("helm upgrade --install ")).collect();
    assert_eq!(installs.len(), names.len());
    assert!(installs.iter().zip(&names).all(|(line, name)| line.starts_with(name)), "{installs:?}");
    assert!(readme.contains("\n`app-gateways` comes after `zone-gateways`: "), "{readme}");
    let back = "```\nhelm uninstall bar-gateways --namespace bar --wait\nhelm uninstall app-gateways --namespace app --wait\n\
                helm uninstall zone-gateways --namespace zone --wait\nhelm uninstall segments --namespace avi-system --wait\n```\n";
    assert!(readme.contains(back), "{readme}");
    let notes = file(&charts, "charts/segments/templates/NOTES.txt");
    let applications: Vec<&str> = notes.lines().rev().take(3).map(str::trim).collect();
    assert!(back.lines().skip(1).take(3).eq(applications.into_iter().rev()), "{notes}");
}

#[test]
fn what_ako_itself_must_run_with_is_told_where_it_is_needed() {
    let said = |values: &str| {
        let files = [SourceFile::new("a.yaml", attached("red", "red")), SourceFile::new("values.yaml", values)];
        let charts = made(&Workspace::new(&files));
        let notes = file(&charts, "charts/red-gateways/templates/NOTES.txt");
        assert!(notes.contains("\n  AKOSettings.servicesAPI: true ("), "{notes}");
        file(&charts, "charts/README.md").to_owned()
    };
    let off = said("AKOSettings: {clusterName: a, servicesAPI: false}\n");
    assert!(off.contains("**The project's values have it off.**"), "{off}");
    assert!(off.contains("\n- `NetworkSettings.vipNetworkList`: AKO does not start without it.\n"), "{off}");
    assert!(said("AKOSettings: {servicesAPI: \"true\"}\n").contains("The project's values have it. "));
    assert!(said("AKOSettings: {clusterName: a}\n").contains("The project's values do not say. "));

    let plain = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\nspec: {type: LoadBalancer}\n";
    for (name, text) in
        made(&Workspace::new(&[SourceFile::new("a.yaml", plain)])).files.iter().map(|file| (&file.name, &file.text))
    {
        assert!(!text.contains("servicesAPI") && !text.contains("GatewayAPI"), "{name}: {text}");
    }
    let route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web, namespace: red}\n";
    let charts = of_text(route);
    for name in ["charts/README.md", "charts/red-gateways/templates/NOTES.txt"] {
        let text = file(&charts, name);
        assert!(text.contains("featureGates.GatewayAPI") && !text.contains("servicesAPI"), "{text}");
    }
}
