//! What is well: a document that reads as it was meant. Everything else may be damaged.

use super::lines::{INVISIBLE, is_blank};
use super::{quotes, shapes};
use crate::lower::shape::{ObjectShape, Shape};
use crate::model::Kind;
use crate::syntax::{NodeId, NodeKind, ScalarStyle, SyntaxIssueKind, Tree};
use crate::workspace::Parsed;

/// Whether a document needs no repair, or is none of ours to repair: a helm template, bytes that are no
/// text, more than is read.
pub fn is_well(parsed: &Parsed, text: &str) -> bool {
    let tree = &parsed.tree;
    let broken =
        |kind: &SyntaxIssueKind| matches!(kind, SyntaxIssueKind::Invalid { .. } | SyntaxIssueKind::TabIndentation);
    if is_not_ours(tree) {
        return true;
    }
    if tree.issues.iter().any(|issue| broken(&issue.kind)) {
        return false;
    }
    let Some(root) = tree.root else { return true };
    match tree.kind(root) {
        NodeKind::Mapping { .. } => {}
        // A text without any structure is prose.
        NodeKind::Scalar { style: ScalarStyle::Plain, .. } => return false,
        _ => return true,
    }
    !(has_odd_keys(parsed, root) || has_odd_ends(tree, text) || is_flattened(parsed, root))
}

/// Whether repair leaves a document alone whatever is in it.
pub fn is_not_ours(tree: &Tree) -> bool {
    let issue = |kind: &SyntaxIssueKind| {
        matches!(kind, SyntaxIssueKind::HelmTemplate | SyntaxIssueKind::Binary | SyntaxIssueKind::TooLarge { .. })
    };
    tree.issues.iter().any(|found| issue(&found.kind)) || tree.is_read_around()
}

/// Keys that only a document run together with prose, numbers or another document has.
fn has_odd_keys(parsed: &Parsed, root: NodeId) -> bool {
    let tree = &parsed.tree;
    let mut seen = [0; 2];
    for entry in tree.entries(root) {
        let Some(key) = tree.scalar(entry.key) else { continue };
        let is_plain = matches!(tree.node(entry.key).kind, NodeKind::Scalar { style: ScalarStyle::Plain, .. });
        if is_plain && key.contains(is_blank) && (tree.is_null(entry.value) || parsed.unrecognised) {
            return true;
        }
        for (name, count) in ["apiVersion", "kind"].into_iter().zip(&mut seen) {
            *count += usize::from(name == key);
        }
    }
    seen.iter().any(|count| *count > 1)
}

/// Plain values and keys that begin or end with what nobody sees, or with a typographic quote.
fn has_odd_ends(tree: &Tree, text: &str) -> bool {
    if !(quotes::may_hold(text) || INVISIBLE.iter().any(|character| text.contains(*character))) {
        return false;
    }
    tree.nodes().iter().any(|node| {
        let NodeKind::Scalar { value, style: ScalarStyle::Plain } = &node.kind else { return false };
        value.starts_with(INVISIBLE)
            || value.ends_with(INVISIBLE)
            || quotes::without(value).is_some_and(|inner| !inner.contains(' '))
    })
}

/// Whether fields stand beside the field that they belong into.
fn is_flattened(parsed: &Parsed, root: NodeId) -> bool {
    let tree = &parsed.tree;
    if parsed.unrecognised {
        return tree.entries(root).len() > 1 && first_is_empty_piece(tree, root);
    }
    parsed.objects.iter().any(|object| {
        let shape = match object.kind {
            Kind::AkoValues => Some(&shapes::AKO_VALUES),
            _ => shapes::of_kind(&format!("{}/{}", object.group, object.version), &object.kind_name),
        };
        match shape {
            Some(shape) => flattened_in(tree, object.node, shape),
            None => is_foreign_flattened(tree, object.node),
        }
    })
}

fn first_is_empty_piece(tree: &Tree, root: NodeId) -> bool {
    tree.entries(root).first().is_some_and(|entry| {
        tree.is_null(entry.value) && tree.scalar(entry.key).is_some_and(|key| shapes::of_piece(key).is_some())
    })
}

fn is_foreign_flattened(tree: &Tree, node: NodeId) -> bool {
    tree.entries(node).windows(2).any(|pair| {
        let is = |at: usize, names: &[&str]| tree.scalar(pair[at].key).is_some_and(|key| names.contains(&key));
        is(0, &["metadata"]) && tree.is_null(pair[0].value) && is(1, &["name", "namespace", "labels", "annotations"])
    })
}

fn flattened_in(tree: &Tree, node: NodeId, shape: &'static ObjectShape) -> bool {
    let entries = tree.entries(node);
    let field = |at: usize| shapes::field(shape, tree.scalar(entries[at].key)?).map(|(_, shape)| shape);
    (0..entries.len()).any(|at| {
        let Some(own) = field(at) else { return false };
        let value = entries[at].value;
        let below = match (own, tree.kind(value)) {
            (Shape::Object(inner), NodeKind::Mapping { .. }) => flattened_in(tree, value, inner),
            (Shape::List(inner), NodeKind::Sequence { items, .. }) => {
                items.iter().any(|item| flattened_in(tree, *item, inner))
            }
            _ => false,
        };
        let strays = at + 1 < entries.len() && field(at + 1).is_none();
        below || (strays && tree.scalar(entries[at + 1].key).is_some_and(|key| belongs_into(tree, value, own, key)))
    })
}

/// Whether a key that has no place of its own would have one in what stands before it.
fn belongs_into(tree: &Tree, before: NodeId, shape: Shape, key: &str) -> bool {
    match (shape, tree.kind(before)) {
        (Shape::Object(inner), _) if tree.is_null(before) => shapes::field(inner, key).is_some(),
        (Shape::StringMap, _) if tree.is_null(before) => key.contains('/'),
        (Shape::List(inner), NodeKind::Sequence { items, .. }) => items.last().is_some_and(|item| {
            shapes::field(inner, key).is_some()
                && matches!(tree.kind(*item), NodeKind::Mapping { .. })
                && tree.get(*item, key).is_none()
        }),
        _ => false,
    }
}
