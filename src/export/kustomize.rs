//! For kustomize: the manifests as a base, and an overlay for each cluster with what differs there.
//!
//! Settings have a kustomization of their own, in base and overlays: they are applied first, and AKO must accept
//! them before the rest comes. A patch of a setting has its networks whole, since a merge of lists replaces them.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::json;

use super::ako_values::patch_of;
use super::shell::{code, is_name, prose};
use super::steps::{rank, wait};
use super::{Bundle, LeftOut, README_FILE, bundling, document_text, file_of, provenance, separate};
use crate::analysis::Analysis;
use crate::clusters::{ClusterTable, base_networks, merged, refusal, table, twins, variant_of};
use crate::edit::{Value, render};
use crate::model::settings::ClusterVariant;
use crate::model::{AviInfraSetting, Kind};
use crate::ordered::{IntoOrdered, sort_by_key};
use crate::pace::{Progress, Rest, finish, pause};
use crate::rules::ADDRESS_OUTSIDE_IN_CLUSTER;
use crate::text::SourceFile;
use crate::workspace::{Identity, Object, Workspace};

/// So many objects are copied between two pauses.
const OBJECTS: usize = 256;
/// File name of each kustomization.
const KUSTOMIZATION: &str = "kustomization.yaml";

/// The files for kustomize: `README.md`, `base/…`, `overlays/<cluster>/…`.
#[must_use]
pub fn kustomization(workspace: &Workspace, analysis: &Analysis) -> Vec<SourceFile> {
    finish(kustomizing(workspace, analysis))
}

/// [`kustomization`] in steps.
pub async fn kustomizing(workspace: &Workspace, analysis: &Analysis) -> Vec<SourceFile> {
    let Bundle { files, left_out, .. } = bundling(workspace, analysis).await;
    let mut manifests: Vec<(usize, SourceFile)> =
        files.into_iter().filter_map(|file| Some((rank(&file.name)?, file))).collect();
    sort_by_key(&mut manifests, |(rank, _)| *rank);
    pause().await;
    let (base, dropped) = base(workspace, manifests).await;
    let table = table(workspace);
    let mut files = vec![SourceFile::new(README_FILE, page(workspace, analysis, &table, &left_out, &dropped))];
    files.extend(base);
    if let Some(values) = patch_of(workspace, None) {
        files.push(SourceFile::new("base/ako-values.yaml", values));
    }
    for variant in clusters(workspace) {
        pause().await;
        files.extend(overlay(workspace, variant));
    }
    files
}

/// The clusters that get a folder: of several with one name the first.
fn clusters(workspace: &Workspace) -> impl Iterator<Item = &ClusterVariant> {
    let clusters = &workspace.settings().spec.clusters;
    let twins = twins(clusters);
    let has_folder = move |at: usize, variant: &ClusterVariant| {
        refusal(variant.name.as_deref().unwrap_or_default()).is_none() && !twins.contains_key(&at)
    };
    clusters.iter().enumerate().filter(move |(at, variant)| has_folder(*at, variant)).map(|(_, variant)| variant)
}

/// The base, and why objects of the bundle are not in it: kustomize takes nothing twice, and nothing without a name.
async fn base(workspace: &Workspace, manifests: Vec<(usize, SourceFile)>) -> (Vec<SourceFile>, Vec<String>) {
    let mut rest = Rest::every(OBJECTS);
    let sources: Vec<SourceFile> = manifests.iter().map(|(_, file)| file.clone()).collect();
    let read = workspace.clone().reading(sources, Progress::default()).await;
    let last: BTreeMap<&Identity, usize> =
        read.objects().iter().map(|object| (&object.identity, object.order)).into_map();
    let (mut of_settings, mut of_rest) = (Vec::new(), Vec::new());
    let mut files = Vec::new();
    let mut dropped = Vec::new();
    let mut objects = read.objects().iter().peekable();
    for file in read.files() {
        let mut text = String::new();
        let mut is_empty = true;
        while let Some(object) = objects.next_if(|object| *object.address.file == *file.name) {
            rest.round().await;
            if object.name().is_empty() {
                dropped.push(format!("{}: it has no name", code(&read.key(object))));
            } else if last.get(&object.identity) != Some(&object.order) {
                dropped.push(format!("{}: it is defined twice, and the last counts", code(&read.key(object))));
            } else if let Some(own) = document_text(file, object) {
                if !is_empty {
                    separate(&mut text);
                }
                is_empty = false;
                text.push_str(&own);
            }
        }
        if is_empty {
            continue;
        }
        let name = file.source.name.as_str();
        let own_rank = rank(name).unwrap_or_default();
        let of_platform = name.strip_prefix("platform/");
        let is_first = own_rank <= Kind::AviInfraSetting.apply_rank();
        let place = if let Some(name) = of_platform.filter(|_| is_first) {
            of_settings.push(name.to_owned());
            format!("base/settings/{name}")
        } else {
            of_rest.push(name.to_owned());
            format!("base/{name}")
        };
        files.push(SourceFile::new(place, text));
    }
    let mut made = Vec::new();
    if !of_settings.is_empty() {
        of_rest.insert(0, "settings".to_owned());
        made.push(SourceFile::new(
            format!("base/settings/{KUSTOMIZATION}"),
            written("Namespaces, definitions and settings: applied before all else.", &of_settings, &[]),
        ));
    }
    made.insert(
        0,
        SourceFile::new(format!("base/{KUSTOMIZATION}"), written("All objects in apply order.", &of_rest, &[])),
    );
    made.extend(files);
    (made, dropped)
}

fn written(comment: &str, resources: &[String], patches: &[String]) -> String {
    let mut value = json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        // As listed, not by kustomize's own order of kinds.
        "sortOptions": {"order": "fifo"},
        "resources": resources,
    });
    if let (Some(value), false) = (value.as_object_mut(), patches.is_empty()) {
        let patches: Vec<Value> = patches.iter().map(|path| json!({ "path": path })).collect();
        value.insert("patches".to_owned(), Value::Array(patches));
    }
    format!("# {comment}\n{}", render(&value))
}

/// The folder of one cluster.
fn overlay(workspace: &Workspace, variant: &ClusterVariant) -> Vec<SourceFile> {
    let name = variant.name.as_deref().unwrap_or_default();
    let folder = format!("overlays/{name}");
    let mut patches: BTreeMap<String, String> = BTreeMap::new();
    let mut has_settings = false;
    for (object, setting) in workspace.all::<AviInfraSetting>() {
        has_settings |= !object.name().is_empty();
        let Some(patch) = patch(object, setting, variant) else { continue };
        // As in `base/settings`: a name that every file system takes and that is no kustomization's; very long names
        // have one file.
        let file = file_of(object, None);
        let text = patches.entry(file.rsplit('/').next().unwrap_or_default().to_owned()).or_default();
        if !text.is_empty() {
            separate(text);
        }
        text.push_str(&patch);
    }
    let has_first = has_settings || workspace.objects().iter().any(|object| object.kind == Kind::Namespace);
    let names: Vec<String> = patches.keys().cloned().collect();
    let all: Vec<String> = names.iter().map(|file| format!("settings/{file}")).collect();
    let mut made = vec![SourceFile::new(
        format!("{folder}/{KUSTOMIZATION}"),
        written(&format!("Cluster {name}."), &["../../base".to_owned()], &all),
    )];
    if has_first {
        let comment = format!("Cluster {name}: namespaces, definitions and settings, applied before all else.");
        made.push(SourceFile::new(
            format!("{folder}/settings/{KUSTOMIZATION}"),
            written(&comment, &["../../../base/settings".to_owned()], &names),
        ));
    }
    made.extend(patches.into_iter().map(|(file, patch)| SourceFile::new(format!("{folder}/settings/{file}"), patch)));
    if let Some(values) = patch_of(workspace, Some(&variant.ako)) {
        made.push(SourceFile::new(format!("{folder}/ako-values.yaml"), values));
    }
    made
}

/// What is otherwise in a setting of this cluster, as a patch; `None` where nothing is.
fn patch(object: &Object, setting: &AviInfraSetting, variant: &ClusterVariant) -> Option<String> {
    let own = variant_of(variant, object.name()).filter(|_| is_name(object.name()))?;
    let mut spec = serde_json::Map::new();
    let group = setting.spec.se_group.as_ref().and_then(|group| group.name.as_ref());
    if let Some(own) = own.se_group.as_ref().filter(|own| Some(*own) != group) {
        spec.insert("seGroup".to_owned(), json!({ "name": own }));
    }
    let base = base_networks(setting);
    let networks = merged(base, &own.networks);
    if networks != base {
        spec.insert("network".to_owned(), json!({ "vipNetworks": networks }));
    }
    if spec.is_empty() {
        return None;
    }
    Some(render(&json!({
        "apiVersion": format!("{}/{}", object.identity.group, object.version),
        "kind": object.identity.kind,
        "metadata": {"name": object.name()},
        "spec": spec,
    })))
}

/// Writing to a String cannot fail.
macro_rules! add {
    ($text:expr, $($arguments:tt)*) => {
        let _ = writeln!($text, $($arguments)*);
    };
}

fn page(
    workspace: &Workspace,
    analysis: &Analysis,
    table: &ClusterTable,
    left_out: &[LeftOut],
    dropped: &[String],
) -> String {
    let mut text = format!("# For kustomize\n\n{}", provenance::section(workspace, analysis, None));
    add!(
        text,
        "\n`base/` has the manifests, `overlays/<cluster>/` what is otherwise in a cluster. Needs kubectl 1.27 or \
         newer."
    );
    let settings: Vec<&str> =
        workspace.all::<AviInfraSetting>().map(|(object, _)| object.name()).filter(|name| is_name(name)).collect();
    let folders: Vec<String> = clusters(workspace).filter_map(|variant| variant.name.clone()).collect();
    add!(text, "\n## Apply");
    if !settings.is_empty() {
        add!(
            text,
            "\nThe settings first, and the rest once AKO has accepted them: what comes earlier begins on the global \
             network."
        );
    }
    let overlays = folders.iter().map(|name| (name.as_str(), format!("overlays/{name}")));
    let targets: Vec<(&str, String)> =
        if folders.is_empty() { vec![("", "base".to_owned())] } else { overlays.collect() };
    for (name, folder) in targets {
        if !name.is_empty() {
            add!(text, "\nIn cluster {}:", code(name));
        }
        add!(text, "\n```sh");
        if !settings.is_empty() {
            add!(text, "kubectl apply -k {folder}/settings");
        }
        for setting in &settings {
            add!(text, "{}", wait(setting));
        }
        // A block of its own: pasted together, the last command would run although a setting is not accepted.
        if !settings.is_empty() {
            add!(text, "```\n\nOnce each of them has been met:\n\n```sh");
        }
        add!(text, "kubectl apply -k {folder}\n```");
    }
    let default_namespace = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let unnamed =
        |object: &Object| object.kind.is_exported() && object.kind.is_namespaced() && !object.has("metadata.namespace");
    if workspace.objects().iter().any(unnamed) {
        add!(
            text,
            "\nSome objects name no namespace and are meant for {}: let it be the namespace of kubectl's context.",
            code(default_namespace)
        );
    }
    if patch_of(workspace, None).is_some() {
        add!(text, "\n`ako-values.yaml` is no manifest: it is for AKO's own chart, in each cluster its own.");
    }
    checks(&mut text, workspace);
    differences(&mut text, table, analysis);
    if !left_out.is_empty() || !dropped.is_empty() {
        add!(text, "\n## Not in it\n");
    }
    for LeftOut { file, line, reason } in left_out {
        add!(text, "- {}, line {line}: {reason}", code(file));
    }
    for it in dropped {
        add!(text, "- {it}");
    }
    text
}

/// How to look at what each cluster gets, with the values of its AKO.
fn checks(text: &mut String, workspace: &Workspace) {
    let commands = clusters(workspace).map(|variant| {
        let folder = format!("overlays/{}", variant.name.as_deref().unwrap_or_default());
        let has_values = patch_of(workspace, Some(&variant.ako)).is_some();
        let values = if has_values { format!(" {folder}/ako-values.yaml") } else { String::new() };
        format!("kubectl kustomize {folder} | akoplan check -{values}")
    });
    let commands: Vec<String> = commands.collect();
    if commands.is_empty() {
        return;
    }
    let commands = commands.join("\n");
    add!(
        text,
        "\n## Check\n\n`akoplan check .` checks the base, and these what each cluster gets. They are one stream, which is \
         not how it is applied: AKP805 is only about that.\n\n```sh\n{commands}\n```"
    );
}

/// The table, for people: only rows in which clusters differ.
fn differences(text: &mut String, table: &ClusterTable, analysis: &Analysis) {
    if table.clusters.is_empty() {
        add!(text, "\nThe project names no clusters (`spec.clusters` of its settings), so there is no overlay.");
        return;
    }
    let cell = |text: &str| if text.is_empty() { String::new() } else { code(text).replace('|', "\\|") };
    add!(text, "\n## What differs\n\nEmpty: as in the project.\n");
    let clusters: Vec<String> = table.clusters.iter().map(|name| cell(name)).collect();
    add!(text, "| of | value | project | {} |", clusters.join(" | "));
    add!(text, "| --- | --- | --- |{}", " --- |".repeat(clusters.len()));
    for row in table.rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.own.is_empty())) {
        let of = row.place.setting.as_deref().map_or_else(|| "AKO's values".to_owned(), cell);
        let cells: Vec<String> = row.cells.iter().map(|own| cell(&own.own)).collect();
        add!(text, "| {of} | {} | {} | {} |", row.label, cell(&row.base), cells.join(" | "));
    }
    let of_cells = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| {
        let problem = cell.problem?;
        Some(format!("{}: {problem}", code(&cell.own)))
    });
    let of_addresses = analysis.findings.iter().filter(|finding| finding.code == ADDRESS_OUTSIDE_IN_CLUSTER.code);
    let of_addresses = of_addresses.map(|finding| format!("{}: {}", finding.code, prose(&finding.message)));
    let problems: Vec<String> = table.problems.iter().map(|it| prose(it)).chain(of_cells).chain(of_addresses).collect();
    if !problems.is_empty() {
        add!(text, "\nTo be mended:\n");
    }
    for problem in problems {
        add!(text, "- {problem}.");
    }
}

#[cfg(test)]
mod tests;
