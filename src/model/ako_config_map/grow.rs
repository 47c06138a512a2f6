//! The tree of the values, grown key by key from texts that stand in the ConfigMap.

use crate::syntax::{Entry, FieldPath, Node, NodeId, NodeKind, ScalarStyle, Step, Tree, parse};
use crate::text::Span;

/// A tree in the making.
pub(super) struct Growth {
    tree: Tree,
    root: NodeId,
    /// The place of what stands nowhere by itself: the sections of the values.
    data_key: Span,
}

impl Growth {
    /// An empty tree for an object at a place, with its key `data`.
    pub fn new(object: Span, data_key: Span) -> Self {
        let mut tree = Tree::default();
        let root = push(&mut tree, NodeKind::Mapping { entries: Vec::new(), flow: false }, object);
        tree.root = Some(root);
        Self { tree, root, data_key }
    }

    pub fn tree(self) -> Tree {
        self.tree
    }

    /// Puts a text at a path.
    pub fn text(&mut self, path: &FieldPath, key: Span, value: &str, span: Span) {
        let value = self.scalar(value, ScalarStyle::DoubleQuoted, span);
        self.put(path, key, value);
    }

    /// Puts a list in JSON at a path, with the places of its parts where the document has the JSON to the letter.
    /// Says whether it is a list; an empty text and `null` are nothing, as AKO has it.
    pub fn list(&mut self, path: &FieldPath, key: Span, json: &str, span: Span, document: &str) -> bool {
        let json = json.trim();
        if matches!(json, "" | "null") {
            let nothing = self.scalar("null", ScalarStyle::Plain, span);
            self.put(path, key, nothing);
            return true;
        }
        if !json.starts_with('[') || serde_json::from_str::<serde::de::IgnoredAny>(json).is_err() {
            return false;
        }
        let read = parse(json);
        let Some(list) = read.root.filter(|_| read.is_readable()) else { return false };
        let start = span.slice(document).find(json).map(|at| span.start + at);
        let place = |own: Span| start.map_or(span, |start| own.shifted(start));
        let list = self.graft(&read, list, &place);
        self.put(path, key, list);
        true
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: Span) -> NodeId {
        push(&mut self.tree, NodeKind::Scalar { value: value.into(), style }, span)
    }

    /// Takes a node with all below it over from another tree.
    fn graft(&mut self, from: &Tree, id: NodeId, place: &impl Fn(Span) -> Span) -> NodeId {
        let node = from.node(id);
        let kind = match &node.kind {
            NodeKind::Scalar { .. } | NodeKind::Alias(_) => node.kind.clone(),
            NodeKind::Sequence { items, .. } => {
                let items = items.iter().map(|item| self.graft(from, *item, place)).collect();
                NodeKind::Sequence { items, flow: true }
            }
            NodeKind::Mapping { entries, .. } => {
                let entries = entries.iter().map(|entry| Entry {
                    key: self.graft(from, entry.key, place),
                    value: self.graft(from, entry.value, place),
                });
                NodeKind::Mapping { entries: entries.collect(), flow: true }
            }
        };
        push(&mut self.tree, kind, place(node.span))
    }

    fn put(&mut self, path: &FieldPath, key: Span, value: NodeId) {
        let Some((parent, Step::Key(last))) = path.split_last() else { return };
        let mut at = self.root;
        for step in parent.steps() {
            let Step::Key(section) = step else { return };
            at = self.tree.get(at, section).unwrap_or_else(|| {
                let kind = NodeKind::Mapping { entries: Vec::new(), flow: false };
                let below = push(&mut self.tree, kind, self.data_key);
                self.enter(at, section, self.data_key, below);
                below
            });
        }
        self.enter(at, last, key, value);
    }

    fn enter(&mut self, mapping: NodeId, key: &str, span: Span, value: NodeId) {
        let key = self.scalar(key, ScalarStyle::Plain, span);
        if let Some(NodeKind::Mapping { entries, .. }) =
            self.tree.nodes.get_mut(mapping.0 as usize).map(|node| &mut node.kind)
        {
            entries.push(Entry { key, value });
        }
    }
}

fn push(tree: &mut Tree, kind: NodeKind, span: Span) -> NodeId {
    // A document has no more nodes than its text has bytes, which are counted in 32 bits.
    let id = NodeId(u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX));
    tree.nodes.push(Node { kind, span, anchor: None, tag: None });
    id
}
