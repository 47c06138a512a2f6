//! From a path to the place in the text where it stands, and back.

use super::{FieldPath, NodeId, NodeKind, Step, Tree, key_text};
use crate::text::Span;

impl Tree {
    /// The node at a path below `from`; `None` where the path leaves the tree.
    #[must_use]
    pub fn find(&self, from: NodeId, path: &FieldPath) -> Option<NodeId> {
        path.steps().iter().try_fold(from, |at, step| match step {
            Step::Key(key) => self.get(at, key),
            Step::Index(index) => self.items(at).get(*index).copied(),
        })
    }

    /// The key's span of the last step of a path, where that step is a key that exists.
    #[must_use]
    pub fn key_span(&self, from: NodeId, path: &FieldPath) -> Option<Span> {
        let (parent, last) = path.split_last()?;
        let Step::Key(key) = last else { return None };
        let mapping = self.find(from, &parent)?;
        self.entry(mapping, key).map(|entry| self.node(entry.key).span)
    }

    /// The best place to show something about a path: its value, else its key, else the nearest
    /// parent that exists.
    #[must_use]
    pub fn place(&self, from: NodeId, path: &FieldPath) -> Span {
        let mut path = path.clone();
        loop {
            if let Some(node) = self.find(from, &path) {
                let span = self.node(node).span;
                let collection = !matches!(self.node(node).kind, NodeKind::Scalar { .. } | NodeKind::Alias(_));
                let key = self.key_span(from, &path);
                return match key {
                    Some(key) if collection || span.is_empty() => key,
                    _ if collection => self.first_line_span(node),
                    _ => span,
                };
            }
            match path.split_last() {
                Some((parent, _)) => path = parent,
                None => return self.first_line_span(from),
            }
        }
    }

    /// The span of a collection's first key or item, as a short place to point at.
    fn first_line_span(&self, id: NodeId) -> Span {
        match &self.node(id).kind {
            NodeKind::Mapping { entries, flow: false } => match entries.first() {
                Some(entry) => self.node(entry.key).span.to(match self.node(entry.value).kind {
                    NodeKind::Scalar { .. } => self.node(entry.value).span,
                    _ => self.node(entry.key).span,
                }),
                None => self.node(id).span,
            },
            NodeKind::Sequence { items, flow: false } => {
                items.first().map_or(self.node(id).span, |item| self.first_line_span(*item))
            }
            _ => self.node(id).span,
        }
    }

    /// The deepest path whose key or value touches an offset; used to go from the text to the form.
    #[must_use]
    pub fn path_at(&self, from: NodeId, offset: usize) -> FieldPath {
        let mut path = FieldPath::root();
        let mut at = from;
        loop {
            let next = match &self.node(at).kind {
                NodeKind::Mapping { entries, .. } => entries.iter().find_map(|entry| {
                    let whole = self.node(entry.key).span.to(self.node(entry.value).span);
                    let key = key_text(self, entry.key)?;
                    whole.touches(offset).then(|| (Step::key(&key), entry.value))
                }),
                NodeKind::Sequence { items, .. } => items
                    .iter()
                    .position(|item| self.node(*item).span.touches(offset))
                    .map(|index| (Step::Index(index), items[index])),
                _ => None,
            };
            let Some((step, node)) = next else { return path };
            path.push(step);
            at = node;
        }
    }
}
