//! One object as a template: its own text with actions in it, proven to read as the object.
//!
//! Each action stands in the place of a value that is known, so a template is proven without helm: the
//! text with the default values in it has to read as the object does.

use super::fields;
use super::go;
use super::keep;
use super::lift::{Change, Entry, Lift, column};
use crate::edit::{Value, render, same, value_of};
use crate::export::Piece;
use crate::ordered::sort_by_key;
use crate::syntax::{Node, NodeKind, ScalarStyle, Tree, parse};

/// A comment that keeps the blank lines of a block scalar at the end: helm cuts them off a file's end.
const END: &str = "# The blank lines above count.\n";

/// Aliases that may unfold to more than this stay as they are written.
const MOST_NODES: usize = 1_000_000;

/// An object's template.
pub(super) struct Template {
    /// Its text, a line break at the end.
    pub text: String,
    /// The values that it asks for.
    pub entries: Vec<Entry>,
    /// Whether it asks for the value that lets the object stay.
    pub is_kept: bool,
}

/// The template of an object; `key` is its key among the values, if it can have any.
pub(super) fn template(piece: &Piece<'_>, key: Option<&str>) -> Template {
    let own = piece.text.replace("\r\n", "\n");
    let as_it_is = || Template { text: closed(go::escape(&own)), entries: Vec::new(), is_kept: false };
    let tree = piece.object.tree();
    if unfolds_to(tree) > MOST_NODES {
        return as_it_is();
    }
    let Some(object) = value_of(tree, piece.object.node()) else { return as_it_is() };
    let mut canonical = None;
    let is_kept = keep::is_kept(piece);
    // Values first: only where they cannot be taken out of either text does the object stay without.
    for (key, is_kept) in [(key, is_kept), (None, is_kept), (None, false)] {
        for anew in [false, true] {
            let text = if anew { canonical.get_or_insert_with(|| render(&object)).as_str() } else { own.as_str() };
            let tree = parse(text);
            let made = if fits(text, &tree) { proven(piece, text, &tree, key, is_kept, &object) } else { None };
            if let Some(template) = made {
                return template;
            }
        }
    }
    as_it_is()
}

/// At most so many nodes a tree has once its aliases are unfolded.
fn unfolds_to(tree: &Tree) -> usize {
    let aliases = tree.nodes().iter().filter(|node| matches!(node.kind, NodeKind::Alias(_))).count();
    tree.len().saturating_mul(aliases + 1)
}

fn proven(
    piece: &Piece<'_>,
    text: &str,
    tree: &Tree,
    key: Option<&str>,
    is_kept: bool,
    object: &Value,
) -> Option<Template> {
    // What others refer to cannot be taken away.
    let is_shared = tree.nodes().iter().any(|node| node.anchor.is_some() || matches!(node.kind, NodeKind::Alias(_)));
    if is_shared && (key.is_some() || piece.namespace.is_some()) {
        return None;
    }
    let mut lift = Lift {
        text,
        tree,
        root: tree.root?,
        variable: fields::group(piece.object.kind).map_or("$object", |group| group.variable),
        namespace: piece.namespace,
        changes: Vec::new(),
        entries: Vec::new(),
    };
    if key.is_some() {
        fields::take(&mut lift, piece.object.kind);
    }
    fields::follow(&mut lift, piece.object.kind);
    let kept = if is_kept { Some(keep::change(&lift)?) } else { None };
    let Lift { mut changes, entries, variable, .. } = lift;
    if let Some((change, shown)) = kept {
        let with_it = with(text, &[Change { shown, ..change.clone() }], str::to_owned, |change| &change.shown);
        if !same(&read(&parse(&with_it))?, &keep::with(object)?) {
            return None;
        }
        changes.push(change);
    }
    sort_by_key(&mut changes, |change| (change.span.start, change.span.end));
    if changes.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return None;
    }
    let proof = closed(with(text, &changes, str::to_owned, |change| &change.shown));
    let again = parse(&proof);
    if !same(&read(&again)?, object) {
        return None;
    }
    let mut template = String::new();
    if let (Some(group), Some(key), false) = (fields::group(piece.object.kind), key, entries.is_empty()) {
        template = format!("{{{{- {variable} := index .Values.{} {} }}}}\n", group.key, go::quoted(key));
    }
    template += &closed(with(text, &changes, go::escape, |change| &change.code));
    if ends_in_blank_lines(&again) {
        template += END;
    }
    Some(Template { text: template, entries, is_kept })
}

/// The value that a text reads as.
fn read(tree: &Tree) -> Option<Value> {
    tree.root.filter(|_| tree.is_readable()).and_then(|root| value_of(tree, root))
}

/// The text with something in the place of each change.
fn with(text: &str, changes: &[Change], keep: fn(&str) -> String, of: fn(&Change) -> &String) -> String {
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for change in changes {
        made += &keep(text.get(at..change.span.start).unwrap_or_default());
        made += of(change);
        at = change.span.end;
    }
    made + &keep(text.get(at..).unwrap_or_default())
}

fn closed(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Whether helm leaves the text as it is, and reads it: it cuts blanks off the begin of a file.
fn fits(text: &str, tree: &Tree) -> bool {
    if tree.nodes().iter().any(|node| is_json_only(node, text)) {
        return false;
    }
    let Some(root) = tree.root.filter(|_| tree.is_readable()) else { return false };
    let is_block = matches!(tree.node(root).kind, NodeKind::Mapping { flow: false, .. });
    !is_block || column(text, tree.node(root).span.start) == 0
}

/// Whether a string is escaped as only JSON has it: helm reads JSON as YAML, which knows neither halves of
/// characters nor escaped slashes.
fn is_json_only(node: &Node, text: &str) -> bool {
    let NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. } = node.kind else { return false };
    let written = node.span.slice(text);
    let mut codes = written.match_indices("\\u").filter_map(|(at, _)| written.get(at + 2..at + 4));
    let is_half = |code: &str| matches!(code.to_ascii_lowercase().as_str(), "d8" | "d9" | "da" | "db");
    written.contains("\\/") || codes.any(is_half)
}

/// Whether the last value is a block scalar whose end helm would cut off.
fn ends_in_blank_lines(tree: &Tree) -> bool {
    let scalars = tree.nodes().iter().filter(|node| matches!(node.kind, NodeKind::Scalar { .. }));
    let last = scalars.max_by_key(|node| node.span.end);
    last.is_some_and(|last| match &last.kind {
        NodeKind::Scalar { value, style: ScalarStyle::Literal | ScalarStyle::Folded } => {
            value.strip_suffix('\n').unwrap_or(value).ends_with(char::is_whitespace)
        }
        _ => false,
    })
}
