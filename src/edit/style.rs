//! Reads from a document how its author writes, so that new lines look like the old ones.

use super::locate::{Slot, is_flow};
use super::render::{Block, Flow, Pretty};
use super::scan::Page;
use crate::syntax::{NodeId, NodeKind, ScalarStyle};

const DEFAULT_UNIT: usize = 2;

impl Page<'_> {
    pub fn line_break(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// How blocks are written near a node.
    pub fn block_style(&self, slot: &Slot, literals: bool) -> Block {
        let near = std::iter::once(slot.node).chain(slot.parents.iter().rev().map(|(parent, _)| *parent));
        let everywhere = (0..self.tree.len()).filter_map(|at| u32::try_from(at).ok().map(NodeId));
        let (mut unit, mut indented_lists) = (None, None);
        for mapping in near.chain(everywhere) {
            if unit.is_some() && indented_lists.is_some() {
                break;
            }
            let NodeKind::Mapping { entries, flow: false } = &self.tree.node(mapping).kind else { continue };
            for entry in entries {
                let value = self.tree.node(entry.value);
                let inner =
                    || self.column(value.span.start).checked_sub(self.column(self.tree.node(mapping).span.start));
                match value.kind {
                    NodeKind::Mapping { flow: false, .. } if unit.is_none() => unit = inner().filter(|unit| *unit > 0),
                    NodeKind::Sequence { flow: false, .. } if indented_lists.is_none() => indented_lists = inner(),
                    _ => {}
                }
            }
        }
        let unit = unit.or(indented_lists.filter(|unit| *unit > 0)).unwrap_or(DEFAULT_UNIT);
        let indented_lists = indented_lists.is_some_and(|inner| inner > 0);
        Block { line_break: self.line_break(), unit, indented_lists, literals }
    }

    /// Whether the whole document is JSON.
    pub fn is_json(&self) -> bool {
        self.tree.root.is_some_and(|root| is_flow(self.tree, root))
            && serde_json::from_str::<serde::de::IgnoredAny>(self.text.trim_start_matches('\u{feff}')).is_ok()
    }

    /// How flow style is written around a node that stands in it or is in it; a new collection there
    /// begins on a line that is indented as `at` is.
    pub fn flow_style(&self, slot: &Slot, at: usize) -> Flow {
        let outermost =
            slot.parents.iter().map(|(parent, _)| *parent).chain([slot.node]).find(|id| is_flow(self.tree, *id));
        let Some(outermost) = outermost else { return Flow::default() };
        let json = self.tree.root == Some(outermost) && self.is_json();
        let quoted = json || self.is_quoted(outermost);
        let pretty = (json && self.begins_line(self.skip_trivia(self.tree.node(outermost).span.start + 1)))
            .then(|| self.pretty(outermost, at));
        let tight = quoted && pretty.is_none() && self.is_tight(outermost);
        Flow { quoted, tight, pretty }
    }

    fn pretty(&self, outermost: NodeId, at: usize) -> Pretty {
        let first = self.skip_trivia(self.tree.node(outermost).span.start + 1);
        let indentation = self.slice(self.line_start(first), first);
        let line = self.line_start(at);
        Pretty {
            line_break: self.line_break(),
            unit: indentation.len(),
            column: self.skip_blanks(line) - line,
            tabs: indentation.starts_with('\t'),
        }
    }

    /// Whether all keys and strings below a node are in double quotes, and there are some.
    fn is_quoted(&self, id: NodeId) -> bool {
        let mut open = vec![id];
        let mut some = false;
        while let Some(id) = open.pop() {
            match &self.tree.node(id).kind {
                NodeKind::Mapping { entries, .. } => {
                    for entry in entries {
                        let quoted = matches!(
                            self.tree.node(entry.key).kind,
                            NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. }
                        );
                        if !quoted {
                            return false;
                        }
                        open.push(entry.value);
                    }
                    some |= !entries.is_empty();
                }
                NodeKind::Sequence { items, .. } => open.extend(items),
                NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. } => some = true,
                NodeKind::Scalar { .. } if self.tree.value(id) == Some(crate::syntax::Plain::String) => return false,
                _ => {}
            }
        }
        some
    }

    /// Whether the first colon or comma below a node is followed by no blank.
    fn is_tight(&self, id: NodeId) -> bool {
        let mut at = id;
        for _ in 0..self.tree.len() {
            let (place, child) = match &self.tree.node(at).kind {
                NodeKind::Mapping { entries, .. } => {
                    let Some(entry) = entries.first() else { return false };
                    let Some(lead) = self.entries(at).and_then(|places| places.first()?.lead) else { return false };
                    (Some(lead), entry.value)
                }
                NodeKind::Sequence { items, .. } => {
                    let Some(item) = items.first() else { return false };
                    let comma = self.items(at).and_then(|places| places.first()?.comma);
                    (comma.map(|comma| comma + 1), *item)
                }
                _ => return false,
            };
            match place {
                Some(after) => return !matches!(self.byte(after), Some(b' ' | b'\t' | b'\r' | b'\n')),
                None => at = child,
            }
        }
        false
    }
}
