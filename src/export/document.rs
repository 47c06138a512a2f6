//! The text of one object as it is applied: the user's own where `kubectl` reads it the same.

use super::provenance::without_header;
use crate::edit::{render, same, value_of};
use crate::syntax::{NodeKind, Tree, parse};
use crate::text::Span;
use crate::workspace::{File, Object};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The object's text, without `---`; `None` if its values nest too deep to be written.
pub(crate) fn text(file: &File, object: &Object) -> Option<String> {
    let document = file.documents.get(object.address.document)?;
    let text = document.span.slice(&file.source.text);
    let kept = match object.address.item {
        None => whole(text),
        Some(_) => item(text, object),
    };
    match kept {
        Some(kept) => Some(without_header(&kept).to_owned()),
        None => Some(render(&value_of(object.tree(), object.node())?)),
    }
}

/// A document without its marker; `None` where `kubectl` would not read it: it knows no directives
/// and wants nothing but a comment behind `---` (Kubernetes `apimachinery/pkg/util/yaml`).
fn whole(text: &str) -> Option<String> {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    if text.lines().any(|line| line.starts_with('%')) {
        return None;
    }
    let Some(after) = text.strip_prefix("---") else { return Some(text.to_owned()) };
    let (line, rest) = after.split_once('\n').unwrap_or((after, ""));
    match line.trim() {
        "" => Some(rest.to_owned()),
        comment if comment.starts_with('#') => Some(format!("{comment}\n{rest}")),
        _ => None,
    }
}

/// An item of a `List`, moved to the left margin with the comments above it; `None` where it does
/// not read the same there.
fn item(text: &str, object: &Object) -> Option<String> {
    let tree = object.tree();
    let node = tree.node(object.node());
    if !matches!(node.kind, NodeKind::Mapping { flow: false, .. }) {
        return None;
    }
    let first_line = text.get(..node.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let indent = node.span.start - first_line;
    let end = text.get(node.span.end..)?.find('\n').map_or(text.len(), |at| node.span.end + at + 1);
    let mut moved = comments_above(text, first_line);
    for (at, line) in text.get(node.span.start..end)?.split_inclusive('\n').enumerate() {
        let line = match at {
            0 => line,
            _ if line.trim().is_empty() => line.trim_start_matches(' '),
            _ => line.strip_prefix(&" ".repeat(indent))?,
        };
        moved.push_str(line);
    }
    let again = parse(&moved);
    reads_as(&again, object).then_some(moved)
}

fn reads_as(tree: &Tree, object: &Object) -> bool {
    let value = tree.root.filter(|_| tree.is_readable()).and_then(|root| value_of(tree, root));
    let wanted = value_of(object.tree(), object.node());
    value.zip(wanted).is_some_and(|(value, wanted)| same(&value, &wanted))
}

/// The comment lines that end where a line begins, at the left margin.
fn comments_above(text: &str, line_start: usize) -> String {
    let mut start = line_start;
    let mut comments = Vec::new();
    while start > 0 {
        let before = text.get(..start - 1).unwrap_or_default();
        let line = Span::new(before.rfind('\n').map_or(0, |at| at + 1), start);
        let content = line.slice(text).trim_start();
        if !content.starts_with('#') {
            break;
        }
        comments.push(content);
        start = line.start;
    }
    comments.into_iter().rev().collect()
}

/// The comments of a document that has nothing else.
pub(super) fn comments(text: &str) -> String {
    let lines = text.trim_start_matches(BYTE_ORDER_MARK).lines();
    let comments = lines.map(|line| line.strip_prefix("---").unwrap_or(line).trim());
    let comments: String = comments.filter(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    without_header(&comments).to_owned()
}
