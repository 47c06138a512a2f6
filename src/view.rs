//! What the page shows of a workspace, decided here: which documents belong together, which findings
//! belong to a field, how typed text is written.

pub mod choices;
pub mod colours;
pub mod editor;
pub mod expose;
pub mod findings;
pub mod fixes;
pub mod folds;
pub mod gateway_api;
pub mod gateways;
pub mod ingresses;
pub mod landing;
pub mod landings;
pub mod matches;
pub mod migrate;
pub mod overview;
pub mod page;
pub mod repair;
pub mod review;
pub mod services;
pub mod shared;
pub mod status;
pub mod text;
pub mod typing;

use std::rc::Rc;

use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Severity};
use crate::edit::Value;
use crate::model::{AviInfraSetting, GatewayClass, IngressClass, Kind};
use crate::ordered::{IntoOrdered, sort_by_key};
use crate::pace::Rest;
use crate::syntax::{FieldPath, Plain, Step, resolve_plain};
use crate::workspace::{Address, Object, Workspace};

/// A document to show beside a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownDocument {
    /// File name, and the object's key where the file has several documents.
    pub title: String,
    /// Its text, without the `---` line.
    pub text: String,
    /// Number of its first line in the file.
    pub first_line: usize,
    /// Findings by line.
    pub marks: Vec<LineMark>,
}

/// A line that has findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMark {
    /// Line in the file, from 1.
    pub line: usize,
    /// The worst of them.
    pub severity: Severity,
    /// Their messages, one a line.
    pub message: String,
}

/// The documents to show with an object: itself, and for a setting the classes that refer to it.
#[must_use]
pub fn related_documents(workspace: &Workspace, analysis: &Analysis, at: &Address) -> Vec<ShownDocument> {
    let Some(object) = workspace.at(at) else { return Vec::new() };
    let mut shown = vec![object];
    if object.kind == Kind::AviInfraSetting {
        let name = Some(object.name());
        let classes = workspace.every::<GatewayClass>().filter(|(_, class)| {
            class.spec.parameters_ref.as_ref().and_then(|parameters| parameters.name.as_deref()) == name
        });
        shown.extend(classes.map(|(class, _)| class));
        let classes = workspace.every::<IngressClass>().filter(|(_, class)| {
            class.spec.parameters.as_ref().and_then(|parameters| parameters.name.as_deref()) == name
        });
        shown.extend(classes.map(|(class, _)| class));
    }
    shown.into_iter().filter_map(|object| show(workspace, analysis, object)).collect()
}

fn show(workspace: &Workspace, analysis: &Analysis, object: &Object) -> Option<ShownDocument> {
    let file = workspace.file(&object.address.file)?;
    let document = file.documents.get(object.address.document)?;
    let mut start = document.span.start;
    let text = document.span.slice(&file.source.text);
    if text.starts_with("---") {
        start += text.find('\n').map_or(text.len(), |end| end + 1);
    }
    let title = if file.documents.len() > 1 {
        format!("{} · {}", file.source.name, workspace.key(object))
    } else {
        file.source.name.clone()
    };
    Some(ShownDocument {
        title,
        text: file.source.text.get(start..document.span.end).unwrap_or_default().to_owned(),
        first_line: file.position(start).line,
        marks: line_marks(workspace, analysis, &file.source.name),
    })
}

/// The lines of a file that have findings, in order.
#[must_use]
pub fn line_marks(workspace: &Workspace, analysis: &Analysis, file: &str) -> Vec<LineMark> {
    let Some(source) = workspace.file(file) else { return Vec::new() };
    let mut marks: Vec<LineMark> = Vec::new();
    for finding in analysis.findings.iter().filter(|finding| &*finding.file == file) {
        let line = source.position(finding.span.start).line;
        match marks.iter_mut().find(|mark| mark.line == line) {
            Some(mark) => {
                mark.severity = mark.severity.min(finding.severity);
                mark.message = format!("{}\n{} {}", mark.message, finding.code, finding.message);
            }
            None => marks.push(LineMark {
                line,
                severity: finding.severity,
                message: format!("{} {}", finding.code, finding.message),
            }),
        }
    }
    sort_by_key(&mut marks, |mark| mark.line);
    marks
}

/// The findings of a field: those at its path or below it.
pub fn findings_at<'a>(
    analysis: &'a Analysis,
    workspace: &Workspace,
    at: &Address,
    path: &str,
) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let path = FieldPath::parse(path);
    let place = workspace.at(at).map(|object| (Rc::clone(&at.file), object.whole()));
    analysis.findings.iter().filter(move |finding| {
        let Some((file, whole)) = &place else { return false };
        finding.file == *file
            && whole.start <= finding.span.start
            && finding.span.end <= whole.end
            && finding.path.starts_with(&path)
    })
}

/// A sentence as it stands alone: with a capital, unless it begins with a name.
#[must_use]
pub fn sentence(text: &str) -> String {
    const NAMES: [&str; 2] = ["akoplan", "kubectl"];
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let is_name = first_word.contains(|letter: char| !letter.is_lowercase() && letter != ',' && letter != '\'');
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_name && !NAMES.contains(&first_word) => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// What is wrong with a field, one sentence each, errors and warnings only.
#[must_use]
pub fn problems(analysis: &Analysis, workspace: &Workspace, at: &Address, path: &str) -> Vec<String> {
    findings_at(analysis, workspace, at, path)
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| format!("{}: {}", finding.code, sentence(&finding.message)))
        .collect()
}

/// How text typed into a field is written: nothing where it is empty, a number where the field is
/// one and the text, too; anything else stays the text it is.
#[must_use]
pub fn written_value(text: &str, number: bool) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    match resolve_plain(text) {
        Plain::Int(value) if number => Some(Value::from(value)),
        _ => Some(Value::from(text)),
    }
}

/// What to take away when a field is emptied: the field, and the mappings above it that would be left empty. Those
/// at the top of the object stay, and so do items of lists, which are rows of a form.
#[must_use]
pub fn emptied(workspace: &Workspace, at: &Address, path: &str) -> FieldPath {
    let mut path = FieldPath::parse(path);
    // A ConfigMap of AKO's has keys, and no mappings that could be left empty.
    let Some(object) = workspace.at(at).filter(|object| object.kind != Kind::AkoConfigMap) else { return path };
    loop {
        let Some((parent, Step::Key(_))) = path.split_last() else { return path };
        let parent_entries = object.find(&parent).map(|(tree, node)| tree.entries(node).len());
        let is_last = object.has(path.clone()) && parent_entries == Some(1);
        let is_key = matches!(parent.steps().last(), Some(Step::Key(_)));
        if parent.steps().len() < 2 || !is_key || !is_last {
            return path;
        }
        path = parent;
    }
}

/// The settings of a workspace by name, for choosing.
#[must_use]
pub fn setting_names(workspace: &Workspace) -> Vec<String> {
    let names = workspace.all::<AviInfraSetting>().map(|(object, _)| object.name().to_owned()).into_set();
    names.into_iter().collect()
}

/// So many rows of a table are made, or searched, between two pauses.
const ROWS: usize = 128;

/// The places of the rows that hold every word of a search in their texts, in order.
async fn found<'a, Row>(rows: &'a [Row], search: &str, texts: impl Fn(&'a Row) -> Vec<&'a str>) -> Vec<usize> {
    if search.trim().is_empty() {
        return (0..rows.len()).collect();
    }
    let (mut found, mut rest) = (Vec::new(), Rest::every(ROWS));
    for (at, row) in rows.iter().enumerate() {
        found.extend(matches_search(search, &texts(row)).then_some(at));
        rest.round().await;
    }
    found
}

/// Whether some texts hold every word of a search between them, whatever the case.
fn matches_search(search: &str, texts: &[&str]) -> bool {
    let all = texts.join("\n").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn an_emptied_field_takes_empty_parents_along() {
        let text = "apiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata: {name: a}\nspec:\n  seGroup:\n    \
                    name: x\n  network:\n    enableRhi: true\n    vipNetworks:\n    - cidr: 10.0.0.0/8\n";
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        let at = &workspace.objects()[0].address;
        let emptied = |path| emptied(&workspace, at, path).to_string();
        assert_eq!(emptied("spec.seGroup.name"), "spec.seGroup");
        assert_eq!(emptied("spec.network.enableRhi"), "spec.network.enableRhi");
        assert_eq!(emptied("spec.network.vipNetworks[0].cidr"), "spec.network.vipNetworks[0].cidr");
        assert_eq!(emptied("metadata.name"), "metadata.name");
        assert_eq!(emptied("spec.nsxSettings.t1lr"), "spec.nsxSettings.t1lr");
    }

    #[test]
    fn sentences_begin_with_a_capital_names_do_not() {
        let of = |text: &str| sentence(text);
        assert_eq!(of("no GatewayClass is called `a`"), "No GatewayClass is called `a`");
        assert_eq!(of("`a` is no name"), "`a` is no name");
        assert_eq!(of("ako.vmware.com/v1alpha1 is old"), "ako.vmware.com/v1alpha1 is old");
        assert_eq!(of("bgpPeerLabels need enableRhi"), "bgpPeerLabels need enableRhi");
        assert_eq!(of("kubectl refuses it"), "kubectl refuses it");
        assert_eq!(of(""), "");
    }
}
