//! Kits: what each step expects is what AKO is predicted to write, and errors are never passed over.

mod since;

use expect_test::expect_file;

use super::*;
use crate::ako::{ObjectStatus, predict_fully};
use crate::analysis::analyse;
use crate::examples;

fn made(files: &[SourceFile]) -> Kit {
    let workspace = Workspace::new(files);
    kit(&workspace, &analyse(&workspace))
}

fn of(files: &[(&str, &str)]) -> Kit {
    made(&files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect::<Vec<_>>())
}

fn checks(kit: &Kit) -> BTreeMap<&str, &str> {
    let checks = kit.steps.iter().flat_map(|step| &step.checks);
    checks.map(|check| (check.about.as_str(), check.output.as_str())).collect()
}

#[test]
fn the_page_of_the_clean_example() {
    expect_file!["../../../tests/golden/clean.apply.md"].assert_eq(&made(&examples::clean()).files[0].text);
}

#[test]
fn each_status_of_the_prediction_is_expected_once_in_the_step_of_its_object() {
    let files = examples::clean();
    let kit = made(&files);
    assert!(kit.is_complete());
    // The example stands in apply order, so its own prediction is that of the kit.
    let prediction = predict_fully(&Workspace::new(&files));
    let expected = checks(&kit);
    assert_eq!(expected.keys().copied().collect::<Vec<_>>(), prediction.objects.keys().collect::<Vec<_>>());
    assert_eq!(kit.steps.iter().map(|step| step.checks.len()).sum::<usize>(), expected.len());
    for (key, status) in &prediction.objects {
        let lines: Vec<&str> = expected[key.as_str()].lines().collect();
        match status {
            ObjectStatus::InfraSetting { status, .. } => assert_eq!(lines, [status]),
            ObjectStatus::Gateway { conditions, listeners, addresses } => {
                let condition = |name: &str, it: &crate::ako::Condition| {
                    format!("{name}{}={} {}", it.condition_type, it.status, it.reason)
                };
                let mut wanted: Vec<String> = conditions.iter().map(|it| condition("", it)).collect();
                for listener in listeners {
                    let name = format!("listener {} ", listener.port);
                    wanted.extend(listener.conditions.iter().map(|it| condition(&name, it)));
                }
                assert_eq!(addresses.len(), 1);
                wanted.push("addresses=<an address of 10.223.63.0/26, network tkg-wkld-oam-vip>".to_owned());
                assert_eq!(lines, wanted);
            }
            ObjectStatus::LoadBalancer { ingress } => {
                assert_eq!(lines.len(), ingress.len());
                for (line, point) in lines.iter().zip(ingress) {
                    assert!(line.starts_with(&format!("{}=<an address of 10.223.", point.hostname.as_ref().unwrap())));
                }
            }
            status => panic!("the example has no {status:?}"),
        }
    }
}

#[test]
fn ako_s_config_map_counts_though_it_is_not_applied() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: avi-k8s-config, namespace: avi-system}\ndata:\n  \
               clusterName: green\n  servicesAPI: \"true\"\n  vipNetworkList: '[{\"networkName\":\"green vip\",\"cidr\":\"10.7.0.0/24\"}]'\n";
    let web = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n";
    let kit = of(&[("map.yaml", map), ("web.yaml", web)]);
    let landing = kit.prediction.landings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(landing.contains("green vip"), "{landing}");
    assert!(kit.files.iter().all(|file| file.name == APPLY_FILE || file.name == "apps/red/60-service-web.yaml"));
    assert_eq!(kit.left_out.len(), 1);
}

#[test]
fn namespaces_that_the_project_lacks_are_made_before_the_first_step() {
    let service = |namespace: &str| {
        format!("apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: {namespace}}}\n---\n")
    };
    let known = "apiVersion: v1\nkind: Namespace\nmetadata: {name: known}\n---\napiVersion: \
                 akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {external: [{kind: Namespace, name: elsewhere}]}\n";
    let all: String = ["red", "default", "known", "elsewhere", "blue", "red", "a;b"].map(service).concat();
    let files = [SourceFile::new("a.yaml", all + known)];
    let workspace = Workspace::new(&files);
    let wanted = "kubectl create namespace blue\nkubectl create namespace red\n```";
    let (kit, bundle) = (made(&files), finish(bundling(&workspace, &analyse(&workspace))));
    for page in [&kit.files[0].text, &bundle.files[0].text] {
        assert!(page.contains(wanted), "{page}");
        assert_eq!(page.matches("create namespace").count(), 2);
        assert!(page.find(wanted) < page.find("kubectl apply"));
    }
}

#[test]
fn the_order_of_the_kit_counts_not_that_of_the_project() {
    let mut turned = examples::clean();
    turned.reverse();
    let in_project = predict_fully(&Workspace::new(&turned));
    let (kit, straight) = (made(&turned), made(&examples::clean()));
    assert_ne!(in_project.objects, kit.prediction.objects, "the Gateway comes before its class there");
    assert_eq!(checks(&kit), checks(&straight));
    assert!(checks(&kit)["Gateway/default/app-gateway-admin-0"].starts_with("Scheduled=False NotReconciled\n"));
}

#[test]
fn the_kit_of_the_mistaken_example_names_every_open_error() {
    let workspace = Workspace::new(&examples::mistakes());
    let analysis = analyse(&workspace);
    let kit = kit(&workspace, &analysis);
    expect_file!["../../../tests/golden/mistakes.apply.md"].assert_eq(&kit.files[0].text);
    assert!(!kit.is_complete());
    let page = &kit.files[0].text;
    let open = analysis.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let open: Vec<String> = open
        .map(|finding| {
            let line = workspace.file(&finding.file).unwrap().position(finding.span.start).line;
            format!("- {}, `{}`, line {line}: ", finding.code, finding.file)
        })
        .collect();
    assert_eq!(open.len(), kit.errors.len());
    for error in &open {
        assert!(page.contains(error), "{error}");
    }
    // Nothing is expected of what has an error.
    for key in kit.errors.iter().filter_map(|error| error.object.as_deref()) {
        assert!(!checks(&kit).contains_key(key), "{key}");
    }
    let touched: usize = kit.steps.iter().map(|step| step.errors.len()).sum();
    assert!(touched > 0 && page.matches("**Not complete**").count() > 0);
}

#[test]
fn each_manifest_is_applied_once_and_taken_back_but_for_namespaces() {
    let kit = of(&[(
        "a.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: red}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a, \
         namespace: red}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b, namespace: red}\n---\napiVersion: v1\nkind: \
         Service\nmetadata: {name: c}\n",
    )]);
    let commands: Vec<&str> = kit.steps.iter().flat_map(|step| &step.commands).map(String::as_str).collect();
    assert_eq!(
        commands,
        [
            "kubectl apply -f platform/00-namespace-red.yaml",
            "kubectl apply -n default -f apps/default/60-service-c.yaml",
            "kubectl apply -f 'apps/red/60-*.yaml'",
        ]
    );
    let back: Vec<&str> = kit.steps.iter().flat_map(|step| &step.back).map(String::as_str).collect();
    assert_eq!(
        back,
        [
            "kubectl delete --ignore-not-found -f 'apps/red/60-*.yaml'",
            "kubectl delete --ignore-not-found -n default -f apps/default/60-service-c.yaml",
        ]
    );
    let mut applied: Vec<usize> = kit.steps.iter().flat_map(|step| step.files.clone()).collect();
    applied.sort_unstable();
    assert_eq!(applied, (1..kit.files.len()).collect::<Vec<_>>());
}

#[test]
fn a_kit_on_which_ako_dies_says_so_and_expects_nothing() {
    let kit = of(&[(
        "a.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec:\n  controller: x/y\n  parameters: \
         {kind: K, name: n}\n",
    )]);
    assert!(kit.files[0].text.contains("**AKO crashes with these objects: do not apply them.**"));
    assert!(checks(&kit).is_empty());
}

#[test]
fn a_gateway_hears_of_its_routes_only_in_the_last_step() {
    let kit = of(&[(
        "a.yaml",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: avi}\nspec: {controllerName: \
         ako.vmware.com/avi-lb}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, \
         namespace: red}\nspec:\n  gatewayClassName: avi\n  listeners:\n  - {name: web, protocol: HTTP, port: 80, hostname: \
         a.example.com}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: red}\nspec: {ports: [{port: \
         80}]}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: red}\nspec:\n  \
         parentRefs: [{name: gw}]\n  hostnames: [a.example.com]\n  rules:\n  - backendRefs: [{name: web, port: 80}]\n",
    )]);
    let routes = |step: &Step| {
        let outputs = step.checks.iter().filter(|check| check.about == "Gateway/red/gw").map(|check| &check.output);
        let lines = outputs.flat_map(|output| output.lines()).filter(|line| line.contains("attachedRoutes"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let [.., services, last] = kit.steps.as_slice() else { panic!("{:?}", kit.steps) };
    assert_eq!(routes(services), ["listener web attachedRoutes=0"]);
    assert_eq!(routes(last), ["listener web attachedRoutes=1"]);
    assert_eq!(services.about, "Services, and Gateways of Gateway API v1");
}
