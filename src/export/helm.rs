//! Helm charts: one for the segments, one for each application's namespace.
//!
//! - Two kinds of charts, because they have two owners and two lifetimes: what is cluster-scoped is the
//!   platform's (`charts/segments`), what stands in a namespace is the application's
//!   (`charts/<namespace>-gateways`).
//! - Rendered with their own values they give the objects of the bundle, value for value: each template
//!   is the object's own text with actions in the place of values, and is proven to read as the object.
//! - No hooks, on nothing: helm's default policy deletes and re-creates what has one on every upgrade,
//!   and a deleted AviInfraSetting moves live VIPs to the global network.
//! - No labels are added; helm marks what it installs itself. Namespaces and definitions get the annotation that
//!   lets them stay when the release goes (`keep.rs`); all else is as in the project.

mod fields;
pub(crate) mod go;
mod keep;
mod lift;
mod listeners;
mod notes;
mod order;
mod page;
mod release;
mod shape;
mod template;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use super::{LeftOut, Piece, pieces, provenance, shortened};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::ordered::sort_by;
use crate::pace::{Rest, finish, pause};
use crate::text::SourceFile;
use crate::workspace::Workspace;
use notes::Landings;
use order::{Needs, ordered};
use template::template;
use values::Owned;

/// So many templates are made between two pauses: each is parsed several times.
const TEMPLATES: usize = 8;
/// Name of the platform's chart.
pub const SEGMENTS_CHART: &str = "segments";
/// The longest name that can be a key of values: that of Kubernetes' objects.
const LONGEST_KEY: usize = 253;

/// Charts to download.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts {
    /// `charts/README.md`, then `charts/<chart>/…`, chart by chart in the order they are installed.
    pub files: Vec<SourceFile>,
    /// The charts, in that order.
    pub charts: Vec<Chart>,
    /// How many findings are errors.
    pub open_errors: usize,
    /// What is not in them.
    pub left_out: Vec<LeftOut>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Its name, and that of its folder below `charts/`.
    pub name: String,
    /// What it holds, in a sentence.
    pub purpose: &'static str,
    /// The namespace that it is made for; `None` for the platform's.
    pub namespace: Option<String>,
}

/// Makes the charts of a workspace.
#[must_use]
pub fn charts(workspace: &Workspace, analysis: &Analysis) -> Charts {
    finish(charting(workspace, analysis))
}

/// [`charts`] in steps.
pub async fn charting(workspace: &Workspace, analysis: &Analysis) -> Charts {
    let (mut pieces, left_out) = pieces(workspace).await;
    // As the bundle's files; objects of one file stay in their order.
    sort_by(&mut pieces, |left, right| left.file.cmp(&right.file));
    let open_errors = analysis.count(Severity::Error);
    let mut by_namespace: BTreeMap<Option<&str>, Vec<&Piece<'_>>> = BTreeMap::new();
    for piece in &pieces {
        by_namespace.entry(piece.namespace).or_default().push(piece);
    }
    let needs = order::needs(&pieces);
    let mut made = Charts { open_errors, left_out, charts: in_order(&by_namespace, &needs), ..Charts::default() };
    let mut has_kept = false;
    pause().await;
    let landings = notes::landings(&analysis.prediction);
    pause().await;
    for chart in &made.charts {
        let pieces = by_namespace.get(&chart.namespace.as_deref()).map(Vec::as_slice).unwrap_or_default();
        let (mut files, keeps) = files(workspace, &landings, &made.charts, chart, pieces).await;
        tell_unreadable(&mut files, &made.left_out);
        made.files.extend(files);
        has_kept |= keeps;
        pause().await;
    }
    made.files.insert(0, SourceFile::new("charts/README.md", page::page(workspace, analysis, &made, &needs, has_kept)));
    made
}

/// Says in a chart's first template, and so in what is rendered, which documents could not be read: any object may have
/// been in them, so whoever checks what is rendered does not miss one.
fn tell_unreadable(files: &mut [SourceFile], left_out: &[LeftOut]) {
    let unreadable = left_out.iter().filter(|left| left.reason == provenance::UNREADABLE);
    let lines: String = unreadable.map(|left| go::escape(&provenance::left_out_line(left))).collect();
    let is_template = |file: &&mut SourceFile| file.name.contains("/templates/") && !file.name.ends_with("/NOTES.txt");
    if let Some(first) = files.iter_mut().find(is_template).filter(|_| !lines.is_empty()) {
        first.text = (lines + &first.text).into();
    }
}

/// The charts in the order they are installed: the platform's, which has no namespace, goes first.
fn in_order(by_namespace: &BTreeMap<Option<&str>, Vec<&Piece<'_>>>, needs: &Needs<'_>) -> Vec<Chart> {
    let mut names = BTreeSet::new();
    let mut charts: BTreeMap<&str, Chart> = BTreeMap::new();
    for namespace in by_namespace.keys().copied().flatten() {
        let name = free_name(&names, namespace);
        names.insert(name.clone());
        let purpose = "What one namespace exposes through AKO: gateways, services and routes, the application's.";
        charts.insert(namespace, Chart { name, purpose, namespace: Some(namespace.to_owned()) });
    }
    let purpose = "Network segments for AKO: settings with their classes, cluster-scoped, the platform's.";
    let segments = Chart { name: SEGMENTS_CHART.to_owned(), purpose, namespace: None };
    let segments = by_namespace.contains_key(&None).then_some(segments);
    segments.into_iter().chain(ordered(needs).into_iter().filter_map(|namespace| charts.remove(namespace))).collect()
}

/// A name for the chart of a namespace that no other chart has.
fn free_name(taken: &BTreeSet<String>, namespace: &str) -> String {
    const LONGEST: usize = 63;
    let usual = |character: char| match character.to_ascii_lowercase() {
        character if character.is_ascii_alphanumeric() => character,
        _ => '-',
    };
    let stem: String = namespace.chars().map(usual).collect();
    let stem = shortened(stem.trim_matches('-'), LONGEST).trim_end_matches('-');
    let stem = if stem.is_empty() { "apps" } else { stem };
    let numbered = (2..).map(|number: usize| format!("{stem}-gateways-{number}"));
    let mut names = std::iter::once(format!("{stem}-gateways")).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

/// The files of a chart, and whether some of its objects stay when it goes.
async fn files(
    workspace: &Workspace,
    landings: &Landings<'_>,
    charts: &[Chart],
    chart: &Chart,
    pieces: &[&Piece<'_>],
) -> (Vec<SourceFile>, bool) {
    let mut rest = Rest::every(TEMPLATES);
    let mut templates: BTreeMap<&str, String> = BTreeMap::new();
    let mut owned: Vec<Owned> = Vec::new();
    let mut keys: BTreeSet<(&str, String)> = BTreeSet::new();
    let mut has_kept = false;
    for piece in pieces {
        let group = fields::group(piece.object.kind);
        let key = group.and_then(|group| free_key(&keys, group.key, piece.object.name()));
        let made = template(piece, key.as_deref());
        if let (Some(group), Some(key), false) = (group, key, made.entries.is_empty()) {
            keys.insert((group.key, key.clone()));
            owned.push(Owned { group, key, entries: made.entries });
        }
        has_kept |= made.is_kept;
        let file = piece.file.rsplit('/').next().unwrap_or_default();
        let text = templates.entry(file).or_default();
        if !text.is_empty() {
            text.push_str("---\n");
        }
        text.push_str(&made.text);
        rest.round().await;
    }
    let notes = match chart.namespace {
        None => notes::of_platform(workspace, charts, pieces, has_kept),
        Some(_) => notes::of_application(landings, pieces),
    };
    pause().await;
    let head = notes::values_head(workspace, chart);
    let folder = format!("charts/{}", chart.name);
    let mut files = vec![
        SourceFile::new(format!("{folder}/Chart.yaml"), notes::chart_file(workspace, chart, pieces)),
        SourceFile::new(format!("{folder}/values.yaml"), values::text(&head, &owned, has_kept).await),
        SourceFile::new(format!("{folder}/values.schema.json"), values::schema(&chart.name, &owned, has_kept).await),
        SourceFile::new(format!("{folder}/templates/NOTES.txt"), notes),
    ];
    let templates = templates.into_iter();
    files.extend(templates.map(|(file, text)| SourceFile::new(format!("{folder}/templates/{file}"), text)));
    (files, has_kept)
}

/// The key of an object's values: its name, with a number where an object of the same name has it.
fn free_key(taken: &BTreeSet<(&str, String)>, group: &'static str, name: &str) -> Option<String> {
    if name.is_empty() || name.chars().count() > LONGEST_KEY {
        return None;
    }
    let numbered = (2..).map(|number: usize| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|key| !taken.contains(&(group, key.clone())))
}
