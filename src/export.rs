//! The bundle: plain manifests in apply order, the platform's apart from the applications'.
//!
//! - `platform/` has what is cluster-scoped, `apps/<namespace>/` what is not; the two have different
//!   owners. `platform/` goes first.
//! - One object, one file, named `<rank>-<kind>-<name>.yaml` (without the kind where the name says it):
//!   the rank makes the order of names the safe apply order ([`Kind::apply_rank`]), and single objects
//!   go into charts as they are. Objects of one identity share a file, in their order.
//! - The text of a document is copied, comments and all, below a header of a line or two. Only what `kubectl` could not read so is
//!   written anew: items of a `List`, documents with directives or with content on the `---` line.
//! - `akoplan.yaml` is never part of it. AKO's `values.yaml` goes along for AKO's own chart, outside
//!   the folders that are applied, without the credentials of Avi.
//! - `README.md` says all that, and what was left out.

pub mod ako_values;
pub mod argo;
mod credentials;
mod document;
pub mod helm;
pub mod kit;
mod kustomize;
pub mod layout;
pub mod naming;
mod outline;
mod provenance;
mod readme;
pub mod renewal;
mod server_fields;
mod shell;
pub mod snippets;
mod steps;
pub mod zip;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::canonical::file_stem;
use crate::diagnostic::Severity;
use crate::import::inside;
use crate::model::Kind;
use crate::pace::{Rest, finish, pause};
use crate::syntax::FieldPath;
use crate::text::SourceFile;
use crate::workspace::{File, Object, Workspace};
use provenance::ManifestHeaders;

pub use ako_values::{patching_values, values_patch};
pub use argo::{waves, waving};
pub use credentials::secrets;
pub(crate) use document::text as document_text;
pub use kit::{Kit, kit, kit_beside, kitting, kitting_beside};
pub use kustomize::{kustomization, kustomizing};
pub use outline::{Folder, base_name, folders};
pub(crate) use provenance::tells_unreadable;
pub use server_fields::{has_server_fields, looking_for_server_fields, without_server_fields};
pub use steps::{Notice, Since, Step, steps};
pub use zip::{zip, zipping};

/// File name of AKO's values in the bundle.
pub const VALUES_FILE: &str = "values.yaml";
/// File name of the explanation in the bundle.
pub const README_FILE: &str = "README.md";

/// Why AKO's ConfigMap is in no layout of objects; the values patch of [`ako_values`] is made from it.
const OF_AKO: &str = "AKO's ConfigMap is its own helm release's and never applied";
/// So many documents are copied between two pauses.
const DOCUMENTS: usize = 128;

/// Files to download.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// In apply order: `README.md`, `platform/…`, `apps/<namespace>/…`, `values.yaml`.
    pub files: Vec<SourceFile>,
    /// How many findings are errors.
    pub open_errors: usize,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
}

/// A document that is not in the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// File.
    pub file: String,
    /// Its first line, from 1.
    pub line: usize,
    /// Why, in a few words.
    pub reason: &'static str,
}

/// Makes the bundle of a workspace.
#[must_use]
pub fn bundle(workspace: &Workspace, analysis: &Analysis) -> Bundle {
    finish(bundling(workspace, analysis))
}

/// [`bundle`] in steps.
pub async fn bundling(workspace: &Workspace, analysis: &Analysis) -> Bundle {
    bundling_with(workspace, analysis, None).await
}

/// [`bundle`] whose README has a link that brings the project back.
#[must_use]
pub fn bundle_with(workspace: &Workspace, analysis: &Analysis, link: Option<&str>) -> Bundle {
    finish(bundling_with(workspace, analysis, link))
}

/// [`bundle_with`] in steps.
pub async fn bundling_with(workspace: &Workspace, analysis: &Analysis, link: Option<&str>) -> Bundle {
    let headers = ManifestHeaders::of(workspace, analysis);
    pause().await;
    let (manifests, mut left_out) = manifests(workspace, Some(&headers)).await;
    left_out.extend(credentials::left_out(workspace));
    pause().await;
    let open_errors = analysis.count(Severity::Error);
    let mut files = vec![SourceFile::new(README_FILE, "")];
    files.extend(manifests);
    files.extend(values(workspace));
    let mut bundle = Bundle { files, open_errors, left_out };
    pause().await;
    let readme = readme::readme(workspace, analysis, link, &bundle);
    bundle.files[0] = SourceFile::new(README_FILE, readme);
    bundle
}

/// All manifests as one text of several documents, in apply order.
#[must_use]
pub fn single(workspace: &Workspace) -> String {
    finish(joining(workspace)).0
}

/// [`single`] in steps, with what is not in it.
pub async fn joining(workspace: &Workspace) -> (String, Vec<LeftOut>) {
    joined(workspace, provenance::header(workspace, None, None)).await
}

/// [`single`] with a header that names the findings that are open, and on wish a link that brings the project back.
#[must_use]
pub fn single_with(workspace: &Workspace, analysis: &Analysis, link: Option<&str>) -> String {
    finish(joining_with(workspace, analysis, link)).0
}

/// [`single_with`] in steps, with what is not in it.
pub async fn joining_with(workspace: &Workspace, analysis: &Analysis, link: Option<&str>) -> (String, Vec<LeftOut>) {
    joined(workspace, provenance::header(workspace, Some(analysis), link)).await
}

async fn joined(workspace: &Workspace, mut text: String) -> (String, Vec<LeftOut>) {
    let (manifests, left_out) = manifests(workspace, None).await;
    pause().await;
    text.extend(left_out.iter().map(provenance::left_out_line));
    for (at, manifest) in manifests.iter().enumerate() {
        if at > 0 {
            separate(&mut text);
        }
        text.push_str(&manifest.text);
    }
    (text, left_out)
}

/// The project's files under their own names, byte for byte as they are.
#[must_use]
pub fn files_as_they_are(workspace: &Workspace) -> Vec<SourceFile> {
    let named = |source: SourceFile| SourceFile { name: inside(&source.name).0, ..source };
    workspace.sources().into_iter().map(named).collect()
}

/// Begins another document.
fn separate(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str("---\n");
}

/// AKO's `values.yaml`, of several files the last, as everywhere; what its ConfigMap says, [`ako_values`] tells.
fn values(workspace: &Workspace) -> Option<SourceFile> {
    let (object, _) = workspace.values_file()?;
    let file = workspace.file(&object.address.file)?;
    Some(SourceFile::new(VALUES_FILE, credentials::values_without(file, object)?))
}

/// An object that is applied, with its text and place in the bundle.
pub(crate) struct Piece<'a> {
    /// The object.
    pub object: &'a Object,
    /// Its text, with the comments above it; a line break may be missing at the end.
    pub text: String,
    /// The namespace that it is meant for; `None` for cluster-scoped objects.
    pub namespace: Option<&'a str>,
    /// Its file in the bundle.
    pub file: String,
}

/// All manifests, in order, each with its header where some are given; and what cannot be one.
async fn manifests(workspace: &Workspace, headers: Option<&ManifestHeaders<'_>>) -> (Vec<SourceFile>, Vec<LeftOut>) {
    let (pieces, left_out) = pieces(workspace).await;
    let mut rest = Rest::every(DOCUMENTS);
    // `platform/…` before `apps/…`, then by name.
    let mut by_name: BTreeMap<(bool, String), (BTreeSet<String>, String)> = BTreeMap::new();
    for piece in pieces {
        let (objects, manifest) = by_name.entry((piece.namespace.is_some(), piece.file)).or_default();
        if !manifest.is_empty() {
            separate(manifest);
        }
        manifest.push_str(&piece.text);
        objects.insert(workspace.key(piece.object));
        rest.round().await;
    }
    pause().await;
    let mut manifests = Vec::with_capacity(by_name.len());
    for ((_, name), (objects, mut text)) in by_name {
        if !text.ends_with('\n') {
            text.push('\n');
        }
        if let Some(headers) = headers {
            text.insert_str(0, &headers.above(&text, &objects));
        }
        manifests.push(SourceFile::new(name, text));
        rest.round().await;
    }
    (manifests, left_out)
}

/// All objects that are applied, in the workspace's order, and what cannot be.
pub(crate) async fn pieces(workspace: &Workspace) -> (Vec<Piece<'_>>, Vec<LeftOut>) {
    let mut rest = Rest::every(DOCUMENTS);
    let mut pieces = Vec::new();
    let mut left_out = Vec::new();
    let default_namespace = workspace.settings().spec.default_namespace.as_deref().unwrap_or("default");
    let mut objects = workspace.objects().iter().peekable();
    for file in workspace.files() {
        let mut comments = String::new();
        for (at, document) in file.documents.iter().enumerate() {
            rest.round().await;
            let of_document =
                |object: &&Object| *object.address.file == *file.source.name && object.address.document == at;
            if document.parsed.tree.is_read_around() {
                // kubectl cannot apply it, and in another order its blocks would not close.
                while objects.next_if(of_document).is_some() {}
                left_out.push(left(file, document.span.start, "it is a helm template, to be rendered first"));
                continue;
            }
            let mut count = 0;
            while let Some(object) = objects.next_if(of_document) {
                count += 1;
                // Comments before the first `---` are a document of their own to YAML, but not to people.
                let above = std::mem::take(&mut comments);
                if object.kind == Kind::AkoConfigMap {
                    left_out.push(left(file, object.whole().start, OF_AKO));
                }
                if !object.kind.is_exported() {
                    continue;
                }
                let Some(text) = document::text(file, object) else {
                    left_out.push(left(file, document.span.start, "its values nest too deep"));
                    continue;
                };
                let namespace = namespace_of(object, default_namespace);
                let file = file_of(object, namespace);
                pieces.push(Piece { object, text: above + &text, namespace, file });
            }
            let parsed = &document.parsed;
            match parsed.tree.root {
                _ if count > 0 => {}
                _ if !parsed.tree.issues.is_empty() => {
                    left_out.push(left(file, document.span.start, provenance::UNREADABLE));
                }
                Some(root) if parsed.unrecognised && !parsed.tree.is_null(root) => {
                    let is_loose = ["annotations", "labels"].iter().any(|key| parsed.tree.get(root, key).is_some());
                    let reason = if is_loose { "a loose block of no object" } else { "it is no Kubernetes object" };
                    let start = parsed.tree.place(root, &FieldPath::root()).start;
                    left_out.push(left(file, document.span.start + start, reason));
                }
                _ => comments.push_str(&document::comments(document.span.slice(&file.source.text))),
            }
        }
    }
    (pieces, left_out)
}

fn left(file: &File, offset: usize, reason: &'static str) -> LeftOut {
    LeftOut { file: file.source.name.clone(), line: file.position(offset).line, reason }
}

/// The namespace that an object is meant for; `None` where it stands in none.
fn namespace_of<'a>(object: &'a Object, default_namespace: &'a str) -> Option<&'a str> {
    let own = object.namespace();
    (!is_cluster_scoped(object)).then_some(if own.is_empty() { default_namespace } else { own })
}

/// An object's file in the bundle. File systems take names of 255 bytes.
fn file_of(object: &Object, namespace: Option<&str>) -> String {
    const LONGEST: usize = 240;
    let identity = &object.identity;
    let kind = identity.kind.to_lowercase();
    let stem = file_stem(&identity.name).to_lowercase();
    let says_kind = stem.replace('-', "").contains(&kind);
    let stem = if says_kind { stem } else { format!("{}-{stem}", file_stem(&kind)) };
    let rank = match identity.kind.as_str() {
        // Definitions before what they define.
        "CustomResourceDefinition" => Kind::Namespace.apply_rank(),
        _ => object.kind.apply_rank(),
    };
    let file = format!("{rank}0-{}.yaml", shortened(&stem, LONGEST));
    match namespace {
        None => format!("platform/{file}"),
        Some(namespace) => format!("apps/{}/{file}", shortened(&file_stem(namespace), LONGEST)),
    }
}

/// The beginning of a text, of at most so many bytes.
pub(crate) fn shortened(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

fn is_cluster_scoped(object: &Object) -> bool {
    match object.kind {
        Kind::Foreign => object.namespace().is_empty() && CLUSTER_SCOPED.contains(&object.identity.kind.as_str()),
        kind => !kind.is_namespaced(),
    }
}

/// Usual kinds that stand in no namespace; other kinds without a namespace leave it out, as charts do.
const CLUSTER_SCOPED: [&str; 22] = [
    "APIService",
    "CSIDriver",
    "CertificateSigningRequest",
    "ClusterIssuer",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterSet",
    "CustomResourceDefinition",
    "FlowSchema",
    "GatewayClass",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingWebhookConfiguration",
    "VolumeSnapshotClass",
];

#[cfg(test)]
mod tests;
