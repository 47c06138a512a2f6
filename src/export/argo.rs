//! For Argo CD: the manifests with sync waves, and the health check that makes a wave wait for AKO.
//!
//! Argo CD goes on to the next wave once all of a wave is healthy. It takes an AviInfraSetting, a kind that it does
//! not know, for healthy as soon as it is there; so without the health check its users arrive before AKO has
//! accepted it, and begin on the global network.

mod order;
mod page;
mod uses;

use super::steps::rank;
use super::{Bundle, README_FILE, VALUES_FILE, bundling};
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

/// Key of the health check of Applications, which an app of apps needs: Argo CD has had none since 1.8.
pub const APPLICATION_HEALTH_KEY: &str = "resource.customizations.health.argoproj.io_Application";
/// That health check: an Application is as healthy as Argo CD says it is (Argo CD's documentation, *Resource Health*).
pub const APPLICATION_HEALTH_CHECK: &str = r#"local hs = {}
local health = obj.status ~= nil and obj.status.health or {}
hs.status = health.status or "Progressing"
hs.message = health.message or ""
return hs
"#;

/// The patch of Argo CD's ConfigMap.
const CONFIG_MAP_FILE: &str = "argocd/argocd-cm.yaml";
/// Newer Argo CD takes no file with this comment for a manifest, whatever an Application's folders are (Argo CD's
/// documentation, *Directory*).
const SKIPPED: &str = "# +argocd:skip-file-rendering";
/// So many objects get their wave between two pauses.
const OBJECTS: usize = 128;
/// Waves begin so far below 0 that all of them come before what has none.
const LAST: i64 = 8;

/// The files for Argo CD: `README.md`, `argocd/argocd-cm.yaml`, `platform/…`, `apps/<namespace>/…`, `values.yaml`.
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
    let read = workspace.clone().reading(with_namespace(workspace, manifests), Progress::default()).await;
    let order = order::order(&read).await;
    let mut rest = Rest::every(OBJECTS);
    let mut made = Vec::new();
    let mut objects = read.objects().iter().peekable();
    for file in read.files().iter().filter(|file| rank(&file.source.name).is_some()) {
        let mut edits = Vec::new();
        while let Some(object) = objects.next_if(|object| *object.address.file == *file.name) {
            rest.round().await;
            if let Some(wave) = order.added.get(object.order).copied().flatten() {
                edits.extend(with_wave(&file.source.text, object, &read, wave));
            }
        }
        made.push(SourceFile::new(file.source.name.clone(), apply_edits(&file.source.text, &edits)));
    }
    let has_values = others.iter().any(|file| file.name == VALUES_FILE);
    let about = page::About { left_out: &left_out, read: &read, order: &order, has_values };
    let mut files = vec![SourceFile::new(README_FILE, page::page(workspace, analysis, &about))];
    files.push(SourceFile::new(CONFIG_MAP_FILE, config_map()));
    files.extend(made);
    files.extend(others);
    files
}

/// The manifests, and behind them the namespace of objects that name none.
fn with_namespace(workspace: &Workspace, mut manifests: Vec<SourceFile>) -> Vec<SourceFile> {
    if let Some(namespace) = &workspace.settings().spec.default_namespace {
        let settings = serde_json::json!({
            "apiVersion": "akoplan/v1alpha1",
            "kind": "AkoplanSettings",
            "spec": {"defaultNamespace": namespace},
        });
        manifests.push(SourceFile::new("akoplan.yaml", render(&settings)));
    }
    manifests
}

/// The wave of an object's rank; none for what AKO does not need, as workloads, which may wait for what comes later.
fn rank_wave(object: &Object) -> Option<i64> {
    if !object.kind.is_applied() {
        return None;
    }
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
         configmap argocd-cm -n argocd --patch-file {CONFIG_MAP_FILE}\n{SKIPPED}\n{}",
        render(&patch)
    )
}

#[cfg(test)]
mod tests;
