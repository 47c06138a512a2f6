//! Waves, and the health checks that they need.

use expect_test::expect;

use super::*;
use crate::analysis::analyse;

fn made(files: &[SourceFile]) -> Vec<SourceFile> {
    let workspace = Workspace::new(files);
    waves(&workspace, &analyse(&workspace))
}

#[test]
fn waves_are_in_apply_order_and_nothing_else_changes() {
    let files = crate::examples::clean();
    let made = made(&files);
    let with_waves = Workspace::new(&made);
    let before = Workspace::new(&files);
    let mut waves = Vec::new();
    for object in with_waves.objects().iter().filter(|object| object.kind.is_exported()) {
        // The patch of Argo CD's own ConfigMap is no object of the project.
        if object.name() == "argocd-cm" {
            continue;
        }
        let wave: i64 = object.annotation(WAVE_ANNOTATION).unwrap().parse().unwrap();
        waves.push((object.kind.apply_rank(), wave));
        let mut value = value_of(object.tree(), object.node()).unwrap();
        let annotations = value["metadata"]["annotations"].as_object_mut().unwrap();
        annotations.shift_remove(WAVE_ANNOTATION);
        if annotations.is_empty() {
            value["metadata"].as_object_mut().unwrap().shift_remove("annotations");
        }
        let original = before.objects().iter().find(|other| other.identity == object.identity).unwrap();
        assert_eq!(value, value_of(original.tree(), original.node()).unwrap());
    }
    assert_eq!(waves.len(), 15);
    waves.sort_unstable();
    assert!(waves.is_sorted_by_key(|(_, wave)| *wave) && waves.iter().all(|(_, wave)| *wave < 0), "{waves:?}");
}

#[test]
fn comments_stay_and_waves_of_their_own_too() {
    let text = "# the web\napiVersion: v1\nkind: Service # s\nmetadata: {name: web, namespace: red}\n";
    let own = "apiVersion: v1\nkind: Service\nmetadata:\n  name: own\n  annotations:\n    \
               argocd.argoproj.io/sync-wave: \"3\"\n";
    let workload = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: red}\n";
    let made =
        made(&[SourceFile::new("a.yaml", text), SourceFile::new("b.yaml", own), SourceFile::new("c.yaml", workload)]);
    let manifests = made.iter().filter(|file| file.name.starts_with("apps/"));
    let printed: Vec<String> = manifests.map(|file| format!("==> {}\n{}", file.name, file.text)).collect();
    expect![[r#"
        ==> apps/default/60-service-own.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        apiVersion: v1
        kind: Service
        metadata:
          name: own
          annotations:
            argocd.argoproj.io/sync-wave: "3"
        ==> apps/red/50-deployment-web.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: red}
        ==> apps/red/60-service-web.yaml
        # akoplan: Made by akoplan 0.1.0 for AKO 2.2.1.
        # the web
        apiVersion: v1
        kind: Service # s
        metadata: {name: web, namespace: red, annotations: {argocd.argoproj.io/sync-wave: "-2"}}
    "#]]
    .assert_eq(&printed.concat());
    assert!(made[0].text.contains("- `Service/default/own`: 3\n") && !made[0].text.contains("**"));
}

/// What stands in a text of YAML.
fn value(text: &str, path: &FieldPath) -> Option<String> {
    let workspace = Workspace::new(&[SourceFile::new("a.yaml", format!("{text}\n"))]);
    let tree = &workspace.files()[0].documents[0].parsed.tree;
    tree.find(tree.root?, path).and_then(|node| tree.scalar(node)).map(str::to_owned)
}

/// The YAML of a page, block by block.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_health_checks_are_whole_wherever_they_stand() {
    let made = made(&crate::examples::clean());
    let text = |name: &str| &made.iter().find(|file| file.name == name).unwrap().text;
    expect![[r##"
        # A patch of Argo CD's own ConfigMap, which has other keys too: never apply it as it is.
        # kubectl patch configmap argocd-cm -n argocd --patch-file argocd/argocd-cm.yaml
        # +argocd:skip-file-rendering
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: argocd-cm
          namespace: argocd
        data:
          resource.customizations.health.ako.vmware.com_AviInfraSetting: |
            local hs = {}
            local status = obj.status or {}
            if status.status == "Accepted" then
              hs.status = "Healthy"
              hs.message = "AKO has accepted it"
            elseif status.status == "Rejected" then
              hs.status = "Degraded"
              hs.message = status.error or "AKO has rejected it"
            else
              hs.status = "Progressing"
              hs.message = "AKO has not looked at it yet"
            end
            return hs
    "##]]
    .assert_eq(text(CONFIG_MAP_FILE));
    let data = FieldPath::from("data");
    assert_eq!(value(text(CONFIG_MAP_FILE), &data.key(HEALTH_KEY)).as_deref(), Some(HEALTH_CHECK));
    let [chart, _, _, of_applications] = blocks(text(README_FILE))[..] else { panic!("{}", text(README_FILE)) };
    assert_eq!(value(chart, &FieldPath::parse("configs.cm").key(HEALTH_KEY)).as_deref(), Some(HEALTH_CHECK));
    let own = value(of_applications, &data.key(APPLICATION_HEALTH_KEY));
    assert_eq!(own.as_deref(), Some(APPLICATION_HEALTH_CHECK));
}

/// An Application's patterns, as Argo CD's documentation has them: names and `folder/*`, several in braces.
fn excludes(pattern: &str, file: &str) -> bool {
    let inner = pattern.trim_start_matches('{').trim_end_matches('}');
    inner.split(',').any(|one| match one.strip_suffix('*') {
        Some(folder) => file.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')),
        None => file == one,
    })
}

#[test]
fn an_application_takes_every_manifest_and_nothing_else() {
    let without_values: Vec<SourceFile> =
        crate::examples::clean().into_iter().filter(|file| file.name != VALUES_FILE).collect();
    for files in [crate::examples::clean(), crate::examples::mistakes(), without_values] {
        let made = made(&files);
        let page = blocks(&made[0].text);
        let exclude = value(page[1], &"spec.source.directory.exclude".into()).unwrap();
        let yaml = made.iter().filter(|file| file.name != README_FILE);
        let (out, taken): (Vec<&SourceFile>, Vec<_>) = yaml.partition(|file| excludes(&exclude, &file.name));
        assert!(taken.iter().all(|file| rank(&file.name).is_some()) && taken.len() > 5, "{exclude}");
        assert!(out.iter().all(|file| rank(&file.name).is_none()) && !out.is_empty(), "{exclude}");
    }
}

#[test]
fn objects_without_a_namespace_are_the_applications() {
    let settings = "apiVersion: akoplan/v1alpha1\nkind: AkoplanSettings\nspec: {defaultNamespace: red}\n";
    let made = made(&[SourceFile::new("akoplan.yaml", settings)]);
    let namespace = |text: &str| value(text, &"spec.destination.namespace".into());
    let applications = &blocks(&made[0].text)[1..3];
    assert!(applications.iter().all(|text| namespace(text).as_deref() == Some("red")));
}

const SETTING: &str = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: oam";
const CLASS: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: GatewayClass\nspec: {controller: \
                     ako.vmware.com/avi-lb, parametersRef: {group: ako.vmware.com, kind: AviInfraSetting, name: oam}}\n\
                     metadata: {name: oam";
const GATEWAY: &str = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nspec: {gatewayClassName: oam}\n\
                       metadata: {name: front, namespace: red";
const SERVICE: &str = "apiVersion: v1\nkind: Service\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n\
                       metadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: oam";
const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata: {name: red";

/// The waves of setting, class, Gateway, Service and Namespace, some with waves of their own, and the README.
fn waves_of(own: [Option<&str>; 5]) -> ([i64; 5], String) {
    let objects = [SETTING, CLASS, GATEWAY, SERVICE, NAMESPACE].into_iter().zip(own);
    let texts = objects.map(|(text, own)| {
        let has_annotations = text.ends_with("oam") && text.contains("annotations");
        match own {
            Some(own) if has_annotations => format!("{text}, {WAVE_ANNOTATION}: \"{own}\"}}}}\n"),
            Some(own) => format!("{text}, annotations: {{{WAVE_ANNOTATION}: \"{own}\"}}}}\n"),
            None if has_annotations => format!("{text}}}}}\n"),
            None => format!("{text}}}\n"),
        }
    });
    let made = made(&[SourceFile::new("a.yaml", texts.collect::<Vec<_>>().join("---\n"))]);
    let read = Workspace::new(&made);
    let wave = |kind: Kind| {
        let object = read.objects().iter().find(|object| object.kind == kind).unwrap();
        object.annotation(WAVE_ANNOTATION).unwrap().parse().unwrap_or_default()
    };
    let kinds = [Kind::AviInfraSetting, Kind::GatewayClass, Kind::Gateway, Kind::Service, Kind::Namespace];
    (kinds.map(wave), made[0].text.to_string())
}

#[test]
fn waves_respect_those_of_people() {
    let safe = [
        ([None; 5], [-7, -6, -4, -2, -8]),
        // The users come after a setting that comes late.
        ([Some("-1"), None, None, None, None], [-1, 0, 1, 0, -8]),
        ([Some("5"), None, None, None, None], [5, 6, 7, 6, -8]),
        // A user that comes early has its setting before it, and that needs no namespace.
        ([None, None, None, Some("-20"), None], [-20 - 1, -6, -4, -20, -20 - 1]),
        ([None, None, Some("-20"), None, None], [-22, -21, -20, -2, -21]),
        ([Some("2"), Some("7"), None, Some("3"), None], [2, 7, 8, 3, -8]),
        ([Some("2"), None, Some("4"), None, None], [2, 3, 4, 3, -8]),
        ([None, None, None, None, Some("3")], [-7, -6, 4, 4, 3]),
        // Of one wave a Namespace is the first.
        ([None, None, None, Some("3"), Some("3")], [-7, -6, 4, 3, 3]),
    ];
    for (own, wanted) in safe {
        let (waves, page) = waves_of(own);
        assert_eq!(waves, wanted, "{own:?}");
        assert!(!page.contains("not safe"), "{own:?}: {page}");
        assert_eq!(page.contains("## Waves of your own"), own.iter().any(Option::is_some));
    }
}

#[test]
fn waves_of_people_that_are_not_safe_are_told() {
    let told = |own| {
        let (waves, page) = waves_of(own);
        let lines: Vec<String> = page.lines().filter(|line| line.starts_with("- **")).map(str::to_owned).collect();
        assert_eq!(page.contains("not safe"), !lines.is_empty());
        format!("{waves:?}\n{}\n", lines.join("\n"))
    };
    let own = [
        [Some("5"), None, None, Some("1"), None],
        [Some("5"), None, None, Some("5"), None],
        // There is no place for the class between both.
        [Some("5"), None, Some("6"), None, None],
        // What is no number counts as none.
        [Some("late"), None, None, Some("0"), Some("+1")],
    ];
    expect![[r#"
        [5, 6, 7, 1, -8]
        - **`Service/red/web` is of wave 1 and does not come after `AviInfraSetting/oam`, wave 5, which it uses: AKO puts it on the global network, and when the setting is accepted moves it without its range, or not at all.**
        [5, 6, 7, 5, -8]
        - **`Service/red/web` is of wave 5 and does not come after `AviInfraSetting/oam`, wave 5, which it uses: AKO puts it on the global network, and when the setting is accepted moves it without its range, or not at all.**
        [5, 6, 6, 6, -8]
        - **`Gateway/red/front` is of wave 6 and does not come after `GatewayClass/oam`, wave 6, which it uses: it says `InvalidGatewayClass` for ever.**
        [0, 1, 2, 0, 1]
        - **`Service/red/web` is of wave 0 and does not come after `Namespace/red`, wave 1, which it uses: Argo CD cannot make it there, and its sync fails.**
        - **`Service/red/web` is of wave 0 and does not come after `AviInfraSetting/oam`, wave 0, which it uses: AKO puts it on the global network, and when the setting is accepted moves it without its range, or not at all.**
    "#]].assert_eq(&own.map(told).concat());
}
