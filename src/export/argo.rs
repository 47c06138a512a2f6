//! For Argo CD: the manifests with sync waves, and the health check that makes a wave wait for AKO.
//!
//! Argo CD goes on to the next wave once all of a wave is healthy. It takes an AviInfraSetting, a kind that it does
//! not know, for healthy as soon as it is there; so without the health check its users arrive before AKO has
//! accepted it, and begin on the global network.

use std::fmt::Write;

use super::shell::code;
use super::steps::rank;
use super::{Bundle, LeftOut, README_FILE, VALUES_FILE, bundling, provenance};
use crate::analysis::Analysis;
use crate::edit::{self, Value, render, value_of};
use crate::model::{AKO_GROUP, Kind};
use crate::pace::{Progress, Rest, finish, pause};
use crate::syntax::FieldPath;
use crate::text::{Edit, SourceFile, apply_edits};
use crate::workspace::{Object, Workspace};

/// Argo CD's annotation: waves are applied in the order of their numbers, what has none is of wave 0.
pub const WAVE_ANNOTATION: &str = "argocd.argoproj.io/sync-wave";
/// Key of the health check in Argo CD's ConfigMap `argocd-cm`.
pub const HEALTH_KEY: &str = "resource.customizations.health.ako.vmware.com_AviInfraSetting";
/// The health check, in Lua: AKO writes `Accepted` or `Rejected` with the reason, and nothing until it has looked
/// (AKO 2.2.1 `internal/status/crd_status.go`; both versions of the kind have the same status).
pub const HEALTH_CHECK: &str = r#"local hs = {}
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
"#;

/// The patch of Argo CD's ConfigMap.
const CONFIG_MAP_FILE: &str = "argocd/argocd-cm.yaml";
/// The same for Argo CD's chart.
const CHART_FILE: &str = "argocd/values.yaml";
/// So many objects get their wave between two pauses.
const OBJECTS: usize = 128;
/// Waves begin so far below 0 that all of them come before what has none.
const LAST: i64 = 8;

/// The files for Argo CD: `README.md`, `argocd/…`, `platform/…`, `apps/<namespace>/…`, `values.yaml`.
#[must_use]
pub fn waves(workspace: &Workspace, analysis: &Analysis) -> Vec<SourceFile> {
    finish(waving(workspace, analysis))
}

/// [`waves`] in steps.
pub async fn waving(workspace: &Workspace, analysis: &Analysis) -> Vec<SourceFile> {
    let Bundle { files, left_out, .. } = bundling(workspace, analysis).await;
    let (manifests, others): (Vec<SourceFile>, Vec<SourceFile>) =
        files.into_iter().filter(|file| file.name != README_FILE).partition(|file| rank(&file.name).is_some());
    pause().await;
    let read = workspace.clone().reading(manifests, Progress::default()).await;
    let mut rest = Rest::every(OBJECTS);
    let mut made = Vec::new();
    let mut own_waves = Vec::new();
    let mut objects = read.objects().iter().peekable();
    for file in read.files() {
        let mut edits = Vec::new();
        while let Some(object) = objects.next_if(|object| *object.address.file == *file.name) {
            rest.round().await;
            match (wave(object), object.annotation(WAVE_ANNOTATION)) {
                (Some(_), Some(_)) => own_waves.push(read.key(object)),
                (Some(wave), None) => edits.extend(with_wave(&file.source.text, object, &read, wave)),
                (None, _) => {}
            }
        }
        made.push(SourceFile::new(file.source.name.clone(), apply_edits(&file.source.text, &edits)));
    }
    let page = page(workspace, analysis, &left_out, &own_waves, others.iter().any(|file| file.name == VALUES_FILE));
    let mut files = vec![SourceFile::new(README_FILE, page)];
    files.push(SourceFile::new(CONFIG_MAP_FILE, config_map()));
    files.push(SourceFile::new(CHART_FILE, chart_values()));
    files.extend(made);
    files.extend(others);
    files
}

/// An object's wave; none for what AKO does not need, as workloads, which may wait for what comes later.
fn wave(object: &Object) -> Option<i64> {
    let rank = match object.kind {
        Kind::Foreign => match (object.identity.group.as_str(), object.identity.kind.as_str()) {
            ("apiextensions.k8s.io", "CustomResourceDefinition") => Kind::Namespace.apply_rank(),
            ("", "Secret" | "ConfigMap") | (AKO_GROUP, _) => Kind::Foreign.apply_rank(),
            _ => return None,
        },
        kind => kind.apply_rank(),
    };
    Some(i64::try_from(rank).unwrap_or(LAST) - LAST)
}

/// Edits of a file that give one of its objects its wave, in its own lines; written anew where that cannot be.
fn with_wave(text: &str, object: &Object, workspace: &Workspace, wave: i64) -> Vec<Edit> {
    let path = FieldPath::parse("metadata.annotations").key(WAVE_ANNOTATION);
    let value = Value::from(wave.to_string());
    let document = workspace.file(&object.address.file).and_then(|file| file.documents.get(object.address.document));
    let Some(document) = document else { return Vec::new() };
    let own = document.span.slice(text);
    let edits = edit::set(own, object.tree(), object.node(), &path, &value).unwrap_or_else(|_| {
        let anew = value_of(object.tree(), object.node()).and_then(|mut object| {
            edit::set_in(&mut object, &path, &value).ok()?;
            Some(render(&object))
        });
        let marker = if own.starts_with("---") { "---\n" } else { "" };
        let whole = crate::text::Span::new(0, own.len());
        anew.map(|anew| Edit::replace(whole, format!("{marker}{anew}"))).into_iter().collect()
    });
    edits.into_iter().map(|edit| Edit { span: edit.span.shifted(document.span.start), ..edit }).collect()
}

fn config_map() -> String {
    let patch = serde_json::json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "argocd-cm", "namespace": "argocd"},
        "data": {HEALTH_KEY: HEALTH_CHECK},
    });
    format!(
        "# A patch of Argo CD's own ConfigMap, which has other keys too: never apply it as it is.\n# kubectl patch \
         configmap argocd-cm -n argocd --patch-file {CONFIG_MAP_FILE}\n{}",
        render(&patch)
    )
}

fn chart_values() -> String {
    let values = serde_json::json!({"configs": {"cm": {HEALTH_KEY: HEALTH_CHECK}}});
    format!("# For Argo CD's own chart (argo-cd), beside its other values.\n{}", render(&values))
}

fn page(
    workspace: &Workspace,
    analysis: &Analysis,
    left_out: &[LeftOut],
    own_waves: &[String],
    has_values: bool,
) -> String {
    let mut text = format!(
        "# For Argo CD

{}

AKO uses an AviInfraSetting only once it has accepted it. What arrives earlier, as everything does that is applied at \
         once, begins on the global network and loses its range when AKO moves it. So the manifests have sync waves, \
         and Argo CD is taught to wait:

1. The health check for AviInfraSettings, once for each Argo CD: `{CONFIG_MAP_FILE}` is a patch of its ConfigMap (the \
         command is in the file), `{CHART_FILE}` the same for its chart. Without it Argo CD takes every setting for \
         healthy at once, and the waves do not wait.
2. `platform/` and `apps/` go into the repository. Waves count within one Application: point one Application at both, or \
         let the settings' be a wave of an app of apps before the others. For that Argo CD needs a health check of \
         `argoproj.io/Application`, too, which it has not had by itself since 1.8.

| wave | what |
| --- | --- |
| -8 | Namespaces, definitions |
| -7 | AviInfraSettings: here Argo CD waits until AKO has accepted them; a rejected one is `Degraded`, with the reason |
| -6, -5 | classes |
| -4 | Gateways of `networking.x-k8s.io` |
| -3 | Secrets, ConfigMaps, other objects of AKO |
| -2 | Services, Gateways of Gateway API v1 |
| -1 | Ingresses, routes |
| 0 | all that has no wave, such as workloads |

Never let Argo CD prune or replace a setting that is in use: a deleted one moves live VIPs to the global network. The \
         annotation `argocd.argoproj.io/sync-options: Prune=false` on a setting holds it.
",
        provenance::section(workspace, analysis, None)
    );
    // Writing to a String cannot fail.
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        let _ = text.write_fmt(arguments);
    };
    if !own_waves.is_empty() {
        line(format_args!("\nWaves of their own, which stay as they are; see whether they come in time:\n\n"));
    }
    for key in own_waves {
        line(format_args!("- {}\n", code(key)));
    }
    if has_values {
        line(format_args!("\n`{VALUES_FILE}` is no manifest: it is for AKO's own chart.\n"));
    }
    if !left_out.is_empty() {
        line(format_args!("\n## Not in it\n\n"));
    }
    for LeftOut { file, line: number, reason } in left_out {
        line(format_args!("- {}, line {number}: {reason}\n", code(file)));
    }
    text
}

#[cfg(test)]
mod tests {
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
        for object in with_waves.objects().iter().filter(|object| object.kind.is_applied()) {
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
        let made = made(&[
            SourceFile::new("a.yaml", text),
            SourceFile::new("b.yaml", own),
            SourceFile::new("c.yaml", workload),
        ]);
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
        assert!(made[0].text.contains("- `Service/default/own`\n"));
    }

    #[test]
    fn the_health_check_is_whole_in_both_files() {
        let made = made(&crate::examples::clean());
        let text = |name: &str| &made.iter().find(|file| file.name == name).unwrap().text;
        expect![[r##"
            # A patch of Argo CD's own ConfigMap, which has other keys too: never apply it as it is.
            # kubectl patch configmap argocd-cm -n argocd --patch-file argocd/argocd-cm.yaml
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
        let value = |name: &str, path: &FieldPath| {
            let workspace = Workspace::new(&[SourceFile::new("a.yaml", format!("{}\n", text(name)))]);
            let tree = &workspace.files()[0].documents[0].parsed.tree;
            tree.find(tree.root.unwrap(), path).and_then(|node| tree.scalar(node)).map(str::to_owned)
        };
        assert_eq!(value(CONFIG_MAP_FILE, &FieldPath::from("data").key(HEALTH_KEY)).as_deref(), Some(HEALTH_CHECK));
        assert_eq!(value(CHART_FILE, &FieldPath::parse("configs.cm").key(HEALTH_KEY)).as_deref(), Some(HEALTH_CHECK));
    }
}
