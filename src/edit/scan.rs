//! Finds the places that the tree does not record: dashes, colons, commas, anchors, line ends.
//!
//! A tree has the spans of keys and values. An edit also needs to know where an entry begins with
//! its `?` or anchor, where a missing value would stand and which lines an item fills. All of it is
//! found by reading forward from a known end over blanks and comments, never by guessing backwards
//! through text that could be content.

use crate::syntax::{Entry, Node, NodeId, NodeKind, ScalarStyle, Tree};
use crate::text::Span;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A document's text with its tree.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub tree: &'a Tree,
}

/// Where an entry of a mapping, or an item of a sequence, stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The dash, the `?`, or the first byte of the key or item with its anchor and tag.
    pub start: usize,
    /// One past the `:` or `-` that the value follows; `None` where there is none.
    pub lead: Option<usize>,
    /// One past the last byte, blank lines that a block scalar keeps included.
    pub end: usize,
    /// The comma after it, in flow style.
    pub comma: Option<usize>,
}

/// Whether a node has no byte of its own.
pub(super) fn is_missing(node: &Node) -> bool {
    node.span.is_empty() && matches!(node.kind, NodeKind::Scalar { style: ScalarStyle::Plain, .. })
}

impl Page<'_> {
    pub fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub fn slice(&self, start: usize, end: usize) -> &str {
        Span::new(start, end).slice(self.text)
    }

    /// Start of the line that holds an offset; a byte-order mark belongs to no line.
    pub fn line_start(&self, at: usize) -> usize {
        let start = self.slice(0, at).rfind('\n').map_or(0, |found| found + 1);
        if start == 0 && self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len().min(at) } else { start }
    }

    /// End of the line that holds an offset, its line break not included.
    pub fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        match rest.find('\n') {
            Some(found) if rest[..found].ends_with('\r') => at + found - 1,
            Some(found) => at + found,
            None => self.text.len().max(at),
        }
    }

    /// Start of the next line, or the end of the text.
    pub fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |found| at + found + 1)
    }

    /// Column of an offset, from 0, in characters.
    pub fn column(&self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }

    /// Whether only blanks stand before an offset on its line.
    pub fn begins_line(&self, at: usize) -> bool {
        self.slice(self.line_start(at), at).bytes().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    pub fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
    }

    /// Skips blanks, line breaks and comments.
    pub fn skip_trivia(&self, mut at: usize) -> usize {
        if at == 0 && self.text.starts_with(BYTE_ORDER_MARK) {
            at = BYTE_ORDER_MARK.len();
        }
        loop {
            match self.byte(at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
                Some(b'#') if at == 0 || matches!(self.byte(at - 1), Some(b' ' | b'\t' | b'\n' | b'\r' | 0xBF)) => {
                    at = self.line_end(at);
                }
                _ => return at,
            }
        }
    }

    /// Skips the anchor and the tag of a node, if it has any; stays put otherwise.
    pub fn after_properties(&self, at: usize, node: &Node) -> usize {
        let mut end = at;
        for _ in 0..usize::from(node.anchor.is_some()) + usize::from(node.tag.is_some()) {
            let start = self.skip_trivia(end);
            if !matches!(self.byte(start), Some(b'&' | b'!')) {
                break;
            }
            let token = self.text.get(start..).unwrap_or_default();
            let length = if token.starts_with("!<") {
                token.find('>').map_or(token.len(), |found| found + 1)
            } else {
                token.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']).unwrap_or(token.len())
            };
            end = start + length;
        }
        end
    }

    /// Where a node ends, its last value included even where that is missing.
    pub fn end_of(&self, id: NodeId) -> usize {
        let node = self.tree.node(id);
        match &node.kind {
            NodeKind::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => {
                self.end_of_block_scalar(node)
            }
            NodeKind::Mapping { entries, flow: false } => {
                entries.last().map_or(node.span.end, |entry| self.end_of_entry(*entry))
            }
            NodeKind::Sequence { items, flow: false } => match items.last() {
                Some(item) if !is_missing(self.tree.node(*item)) => self.end_of(*item),
                _ => self.items(id).and_then(|places| places.last().copied()).map_or(node.span.end, |last| last.end),
            },
            _ => node.span.end,
        }
    }

    /// `|+` keeps the blank lines that follow: they are content.
    fn end_of_block_scalar(&self, node: &Node) -> usize {
        let header = self.slice(node.span.start, self.line_end(node.span.start));
        let indicators = header.split([' ', '\t', '#']).next().unwrap_or_default();
        let mut end = node.span.end;
        if indicators.contains('+') {
            let mut line = self.next_line(end);
            while line < self.text.len() && self.skip_blanks(line) == self.line_end(line) {
                end = self.line_end(line);
                line = self.next_line(line);
            }
        }
        end
    }

    fn end_of_entry(&self, entry: Entry) -> usize {
        let (key, value) = (self.tree.node(entry.key), self.tree.node(entry.value));
        if !is_missing(value) {
            return self.end_of(entry.value);
        }
        if is_missing(key) {
            return value.span.end;
        }
        let key_end = self.end_of(entry.key);
        let colon = self.skip_trivia(key_end);
        let lead = if self.byte(colon) == Some(b':') { colon + 1 } else { key_end };
        self.after_properties(lead, value)
    }

    /// The place of every entry of a mapping.
    pub fn entries(&self, mapping: NodeId) -> Option<Vec<Place>> {
        let node = self.tree.node(mapping);
        let NodeKind::Mapping { entries, flow } = &node.kind else { return None };
        let mut at = node.span.start;
        if *flow && self.byte(at) == Some(b'{') {
            at += 1;
        }
        let mut places = Vec::with_capacity(entries.len());
        for entry in entries {
            let start = self.skip_trivia(at);
            let (key, value) = (self.tree.node(entry.key), self.tree.node(entry.value));
            let explicit = self.byte(start) == Some(b'?') && key.span.start > start;
            let key_end = if is_missing(key) {
                self.after_properties(start + usize::from(explicit), key)
            } else {
                self.end_of(entry.key)
            };
            let colon = self.skip_trivia(key_end);
            let lead = (self.byte(colon) == Some(b':')).then_some(colon + 1);
            let end = match lead {
                Some(lead) if is_missing(value) => self.after_properties(lead, value),
                None if is_missing(value) => key_end,
                _ => self.end_of(entry.value),
            };
            let comma = if *flow { self.comma_after(end) } else { None };
            places.push(Place { start, lead, end, comma });
            at = comma.map_or(end, |comma| comma + 1);
            if end < start {
                return None;
            }
        }
        Some(places)
    }

    /// The place of every item of a sequence.
    pub fn items(&self, sequence: NodeId) -> Option<Vec<Place>> {
        let node = self.tree.node(sequence);
        let NodeKind::Sequence { items, flow } = &node.kind else { return None };
        let mut at = node.span.start + usize::from(*flow);
        let mut places = Vec::with_capacity(items.len());
        for item in items {
            let start = self.skip_trivia(at);
            let node = self.tree.node(*item);
            let lead = if *flow {
                start
            } else if self.byte(start) == Some(b'-') {
                start + 1
            } else {
                return None;
            };
            let end = if is_missing(node) { self.after_properties(lead, node) } else { self.end_of(*item) };
            if end < start {
                return None;
            }
            let comma = if *flow { self.comma_after(end) } else { None };
            places.push(Place { start, lead: Some(lead), end, comma });
            at = comma.map_or(end, |comma| comma + 1);
        }
        Some(places)
    }

    fn comma_after(&self, end: usize) -> Option<usize> {
        let at = self.skip_trivia(end);
        (self.byte(at) == Some(b',')).then_some(at)
    }

    /// The places of a collection's children, whichever it is.
    pub fn children(&self, collection: NodeId) -> Option<Vec<Place>> {
        match self.tree.node(collection).kind {
            NodeKind::Mapping { .. } => self.entries(collection),
            NodeKind::Sequence { .. } => self.items(collection),
            _ => None,
        }
    }

    /// The whole lines from one offset to another. At the end of a text without a final line break
    /// the break before them goes instead, so that the text still ends without one.
    pub fn lines(&self, start: usize, end: usize) -> Span {
        let first = self.line_start(start);
        let after = self.next_line(end);
        if after == self.text.len() && !self.text.ends_with('\n') && first > 0 {
            let before = self.slice(0, first);
            let kept = before.strip_suffix('\n').unwrap_or(before);
            return Span::new(kept.strip_suffix('\r').unwrap_or(kept).len(), after);
        }
        Span::new(first, after)
    }

    /// Start of the comment lines that stand directly above an offset in its own column, else of its
    /// own line: people write such comments about what follows.
    pub fn with_comments_above(&self, at: usize) -> usize {
        let column = self.column(at);
        let mut start = self.line_start(at);
        while start > 0 {
            let above = self.line_start(start - 1);
            let first = self.skip_blanks(above);
            if above >= start || self.byte(first) != Some(b'#') || self.column(first) != column {
                break;
            }
            start = above;
        }
        start
    }
}
