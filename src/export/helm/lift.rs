//! Takes values out of an object's text: in their place stand actions of the template.
//!
//! Only what every reader of YAML reads alike is taken; all else stays as it is written.

use std::net::Ipv4Addr;

use super::go;
use super::shape::Shape;
use crate::edit::{Value, render, render_scalar, same, value_of};
use crate::ordered::sort_by_key;
use crate::syntax::{FieldPath, NodeId, NodeKind, ScalarStyle, Step, Tree, parse};
use crate::text::Span;

/// A stretch of the text that an action takes the place of.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The stretch.
    pub span: Span,
    /// The action.
    pub code: String,
    /// What helm makes of it with the default values.
    pub shown: String,
}

/// A value of the chart.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its key among the object's values.
    pub key: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// The value.
    pub value: Value,
    /// Its lines in `values.yaml` where they are the user's own; else they are written anew.
    pub lines: Option<String>,
    /// What it may be.
    pub shape: &'static Shape,
}

/// The places of an object that values are taken from.
pub(super) struct Lift<'a> {
    pub text: &'a str,
    pub tree: &'a Tree,
    pub root: NodeId,
    /// The template's variable that holds the object's values, as in `$setting`.
    pub variable: &'static str,
    /// The namespace of the release; `None` for cluster-scoped objects.
    pub namespace: Option<&'a str>,
    pub changes: Vec<Change>,
    pub entries: Vec<Entry>,
}

impl Lift<'_> {
    /// The node at a path.
    pub fn find(&self, path: &FieldPath) -> Option<NodeId> {
        self.tree.find(self.root, path)
    }

    /// The value at a path, if all of it is clear.
    pub fn clear_value(&self, path: &FieldPath) -> Option<(NodeId, Value)> {
        let node = self.find(path)?;
        is_clear(self.text, self.tree, node).then_some(())?;
        Some((node, value_of(self.tree, node)?))
    }

    /// Takes a single value.
    pub fn scalar(
        &mut self,
        path: impl Into<FieldPath>,
        key: &'static str,
        about: &'static str,
        shape: &'static Shape,
    ) {
        let path = path.into();
        if let Some(value) = self.put(&path, &format!("{}.{key}", self.variable)) {
            self.entry(key, about, value, shape);
        }
    }

    /// A value that several actions ask for.
    pub fn entry(&mut self, key: &'static str, about: &'static str, value: Value, shape: &'static Shape) {
        self.entries.push(Entry { key, about, value, lines: None, shape });
    }

    /// Puts an action in the place of a single value, and gives the value.
    pub fn put(&mut self, path: &FieldPath, from: &str) -> Option<Value> {
        let (node, value) = self.clear_value(path)?;
        let code = match value {
            Value::String(_) => format!("{{{{ {from} | quote }}}}"),
            Value::Bool(_) | Value::Number(_) => format!("{{{{ {from} | toJson }}}}"),
            _ => return None,
        };
        let shown = render_scalar(&value, ScalarStyle::DoubleQuoted);
        self.changes.push(Change { span: self.tree.node(node).span, code, shown });
        Some(value)
    }

    /// Takes a list as a whole; the comments in it go with it.
    pub fn list(&mut self, path: impl Into<FieldPath>, key: &'static str, about: &'static str, shape: &'static Shape) {
        let path = path.into();
        let Some((node, value)) = self.clear_value(&path).filter(|(_, value)| is_json_safe(value)) else { return };
        let NodeKind::Sequence { flow, .. } = self.tree.node(node).kind else { return };
        let code = format!("{{{{ {}.{key} | toJson }}}}", self.variable);
        // JSON is YAML.
        let shown = value.to_string();
        if flow {
            self.changes.push(Change { span: self.tree.node(node).span, code, shown });
            self.entry(key, about, value, shape);
            return;
        }
        let Some((colon, lines)) = self.block(&path, node) else { return };
        let own = dedented(lines.slice(self.text), self.column(node)).filter(|own| reads_as(own, &value));
        self.changes.push(Change { span: Span::at(colon), code: format!(" {code}"), shown: format!(" {shown}") });
        self.changes.push(Change { span: lines, code: String::new(), shown: String::new() });
        self.entries.push(Entry { key, about, value, lines: own, shape });
    }

    /// Lets a namespace follow the release where it is the release's own.
    pub fn follow(&mut self, path: impl Into<FieldPath>) {
        let Some(namespace) = self.namespace else { return };
        let Some((node, value)) = self.clear_value(&path.into()) else { return };
        if value.as_str() == Some(namespace) {
            let shown = render_scalar(&value, ScalarStyle::DoubleQuoted);
            let code = go::RELEASE_NAMESPACE.to_owned();
            self.changes.push(Change { span: self.tree.node(node).span, code, shown });
        }
    }

    /// The end of the colon after a block's key, and the whole lines of the block.
    pub fn block(&self, path: &FieldPath, node: NodeId) -> Option<(usize, Span)> {
        let key = self.tree.key_span(self.root, path)?;
        let span = self.tree.node(node).span;
        let between = self.text.get(key.end..span.start)?;
        let colon = key.end + between.find(':')? + 1;
        let start = key.end + between.find('\n')? + 1;
        let rest = self.text.get(span.end..)?;
        let end = match rest.find('\n') {
            _ if self.text.get(..span.end)?.ends_with('\n') => span.end,
            Some(at) => span.end + at + 1,
            None => self.text.len(),
        };
        Some((colon, Span::new(start, end)))
    }

    /// The column that a node begins at.
    pub fn column(&self, node: NodeId) -> usize {
        column(self.text, self.tree.node(node).span.start)
    }
}

/// The bytes between an offset and its line's begin.
pub(super) fn column(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}

/// Lines moved to the left margin; `None` where one of them is further left and no comment.
pub(super) fn dedented(lines: &str, columns: usize) -> Option<String> {
    let blanks = " ".repeat(columns);
    let mut moved = String::with_capacity(lines.len());
    for line in lines.split_inclusive('\n') {
        let short = line.trim_start_matches(' ');
        moved.push_str(match line.strip_prefix(&blanks) {
            Some(line) => line,
            None if short.starts_with('#') || short.trim().is_empty() => short,
            None => return None,
        });
    }
    if !moved.ends_with('\n') {
        moved.push('\n');
    }
    Some(moved)
}

/// Lines moved to the right.
pub(super) fn indented(lines: &str, columns: usize) -> String {
    let blanks = " ".repeat(columns);
    lines.split_inclusive('\n').flat_map(|line| [if line == "\n" { "" } else { blanks.as_str() }, line]).collect()
}

/// Whether a text reads as a value.
pub(super) fn reads_as(text: &str, value: &Value) -> bool {
    let tree = parse(text);
    let root = tree.root.filter(|_| tree.is_readable());
    root.and_then(|root| value_of(&tree, root)).is_some_and(|read| same(&read, value))
}

/// Whether all readers agree about what is written at a node, and nothing else hangs on it.
fn is_clear(text: &str, tree: &Tree, id: NodeId) -> bool {
    let node = tree.node(id);
    if node.anchor.is_some() || node.tag.is_some() {
        return false;
    }
    match &node.kind {
        NodeKind::Alias(_) => false,
        NodeKind::Scalar { style: ScalarStyle::Plain, value } => {
            let written = node.span.slice(text);
            // Over several lines it is folded.
            written == &**value
                && value_of(tree, id).is_some_and(|value| match &value {
                    // We quote addresses, nobody needs it.
                    Value::String(text) if text.parse::<Ipv4Addr>().is_ok() => true,
                    Value::Null => false,
                    _ => render_scalar(&value, ScalarStyle::Plain) == written,
                })
        }
        // Line breaks to readers of YAML 1.1, letters to those of 1.2.
        NodeKind::Scalar { .. } => !node.span.slice(text).contains(['\u{85}', '\u{2028}', '\u{2029}']),
        NodeKind::Sequence { items, .. } => items.iter().all(|item| is_clear(text, tree, *item)),
        NodeKind::Mapping { entries, .. } => {
            let is_own = |key: NodeId| !tree.is_merge_key(key) && is_clear(text, tree, key);
            let mut keys: Vec<_> = entries.iter().map(|entry| tree.scalar(entry.key)).collect();
            sort_by_key(&mut keys, |key| *key);
            keys.windows(2).all(|pair| pair[0] != pair[1])
                && entries.iter().all(|entry| is_own(entry.key) && is_clear(text, tree, entry.value))
        }
    }
}

/// Whether Go's JSON of a value is YAML: it leaves characters bare that YAML wants escaped.
fn is_json_safe(value: &Value) -> bool {
    let is_bare = |character: char| {
        character >= '\u{7f}' && character.is_control() || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let is_safe = |text: &str| !text.contains(is_bare);
    match value {
        Value::String(text) => is_safe(text),
        Value::Array(items) => items.iter().all(is_json_safe),
        Value::Object(map) => map.iter().all(|(key, value)| is_safe(key) && is_json_safe(value)),
        _ => true,
    }
}

/// A path of a key in a mapping, whatever the key holds.
pub(super) fn path(parent: &str, key: &str) -> FieldPath {
    let mut path = FieldPath::parse(parent);
    path.push(Step::key(key));
    path
}

impl Entry {
    /// Its lines in `values.yaml`, at the left margin.
    pub fn written(&self) -> String {
        let is_filled = match &self.value {
            Value::Array(items) => !items.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => false,
        };
        if !is_filled {
            return format!("{}: {}\n", self.key, render_scalar(&self.value, ScalarStyle::Plain));
        }
        let lines = self.lines.clone().unwrap_or_else(|| render(&self.value));
        let lines = indented(&lines, if self.value.is_object() { 2 } else { 0 });
        format!("{}:\n{lines}", self.key)
    }
}
