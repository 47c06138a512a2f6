//! YAML as a tree of nodes with a span for every key and value.
//!
//! A file is split at its document markers first, so that a mistake in one document leaves the
//! others readable and an unchanged document need not be parsed again. Spans inside a [`Tree`] count
//! from the start of its document. Nothing here fails: a document that does not parse has issues
//! and whatever tree came before the mistake.
//!
//! Aliases stay references, so an "alias bomb" costs nothing; [`Tree::resolve`] follows them.

mod check;
mod parse;
pub mod path;
mod places;
pub mod scalar;
mod split;
pub mod template;

pub use parse::parse;
pub(crate) use parse::parsing;
pub use path::{FieldPath, Step};
pub use scalar::{Plain, key_text, resolve_plain};
pub(crate) use split::splitting;
pub use split::{Chunk, split_documents};
pub use template::Template;

use crate::text::Span;

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes: subject to [`resolve_plain`].
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where its content stands: quotes, brackets and a block scalar's header are inside, anchor and
    /// tag are not. A block collection ends with its last child; a missing value is empty.
    pub span: Span,
    /// The anchor token `&name` in front of it.
    pub anchor: Option<Span>,
    /// The tag in front of it, as `!!str`, `!custom`.
    pub tag: Option<Box<str>>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A single value.
    Scalar {
        /// The value after unescaping and folding.
        value: Box<str>,
        /// How it was written.
        style: ScalarStyle,
    },
    /// Keys and values in source order.
    Mapping {
        /// All entries, duplicates and merge keys included.
        entries: Vec<Entry>,
        /// `{…}` instead of lines.
        flow: bool,
    },
    /// Items in source order.
    Sequence {
        /// All items.
        items: Vec<NodeId>,
        /// `[…]` instead of lines.
        flow: bool,
    },
    /// `*name`, and the node it stands for; `None` if no such anchor exists or it holds itself.
    Alias(Option<NodeId>),
}

/// A key with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key's node.
    pub key: NodeId,
    /// The value's node.
    pub value: NodeId,
}

/// A comment, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the end of the line.
    pub span: Span,
}

/// What is wrong with a document as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxIssue {
    /// What it is.
    pub kind: SyntaxIssueKind,
    /// Where, from the start of the document.
    pub span: Span,
}

/// The kinds of mistakes that a document can have as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxIssueKind {
    /// The parser stopped here.
    Invalid {
        /// What the parser says, lower case, without its place.
        message: String,
    },
    /// A key stands twice in one mapping; Kubernetes' tools refuse it or take the last.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stood first.
        first: Span,
    },
    /// A tab where YAML wants blanks.
    TabIndentation,
    /// `{{ … }}`: a helm template, and one that cannot be read around; see [`template`].
    HelmTemplate,
    /// The text holds NUL or other control bytes: not text at all.
    Binary,
    /// An alias without an anchor before it.
    UnknownAlias {
        /// Its name.
        name: String,
    },
    /// An anchor that holds itself.
    RecursiveAlias,
    /// Aliases that would unfold to far more than what is written.
    ExcessiveAliasing,
    /// More text, nodes or nesting than is read.
    TooLarge {
        /// What there is too much of, as in "deeper than 255 levels".
        message: String,
    },
}

/// One document: its nodes, comments and issues.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// The document's top node; `None` for a document of comments only, or one that broke early.
    pub root: Option<NodeId>,
    /// All comments in source order.
    pub comments: Vec<Comment>,
    /// What is wrong, in source order.
    pub issues: Vec<SyntaxIssue>,
    /// What of it helm has yet to render; `None` for all that is YAML without braces.
    pub template: Option<Box<Template>>,
}

impl Tree {
    /// A node by its index.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// All nodes in source order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether the document can be read (it may still have duplicate keys).
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.root.is_some()
            && self.issues.iter().all(|issue| matches!(issue.kind, SyntaxIssueKind::DuplicateKey { .. }))
    }

    /// Follows an alias to the node it stands for; other nodes are themselves.
    #[must_use]
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).kind {
            NodeKind::Alias(Some(target)) => target,
            _ => id,
        }
    }

    /// The kind of a node, aliases followed.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> &NodeKind {
        &self.node(self.resolve(id)).kind
    }

    /// The text of a scalar node whatever its type; `None` for collections.
    #[must_use]
    pub fn scalar(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            NodeKind::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }

    /// What Kubernetes reads from a scalar: quoted ones are strings, plain ones are resolved as
    /// YAML 1.1; a tag has the last word. `None` for collections.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<Plain> {
        let node = self.node(self.resolve(id));
        let NodeKind::Scalar { value, style } = &node.kind else { return None };
        Some(match (node.tag.as_deref(), style) {
            (None, ScalarStyle::Plain) if node.span.is_empty() => Plain::Null,
            (None, ScalarStyle::Plain) | (Some("!!int" | "!!float" | "!!bool" | "!!null"), _) => resolve_plain(value),
            _ => Plain::String,
        })
    }

    /// Whether a node is null: missing, `~` or `null`.
    #[must_use]
    pub fn is_null(&self, id: NodeId) -> bool {
        match self.kind(id) {
            NodeKind::Alias(_) => true,
            _ => self.value(id) == Some(Plain::Null),
        }
    }

    /// The entries of a mapping node as written; none for other nodes.
    #[must_use]
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match self.kind(id) {
            NodeKind::Mapping { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a sequence node; none for other nodes.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.kind(id) {
            NodeKind::Sequence { items, .. } => items,
            _ => &[],
        }
    }

    /// The entries of a mapping with merge keys (`<<`) unfolded: own keys first, then what comes from
    /// merges and is not overridden.
    #[must_use]
    pub fn merged_entries(&self, id: NodeId) -> Vec<Entry> {
        let mut merged: Vec<Entry> = Vec::new();
        self.collect_merged(id, &mut merged, 0);
        merged
    }

    fn collect_merged(&self, id: NodeId, merged: &mut Vec<Entry>, depth: usize) {
        const DEEPEST_MERGE: usize = 16;
        let (sources, own): (Vec<_>, Vec<_>) =
            self.entries(id).iter().copied().partition(|entry| self.is_merge_key(entry.key));
        for entry in own {
            let key = key_text(self, entry.key);
            // Of equal keys the last counts, as in go-yaml; a merged key never overrides.
            if depth == 0 {
                merged.retain(|other| key.is_none() || key_text(self, other.key) != key);
                merged.push(entry);
            } else if !merged.iter().any(|other| key_text(self, other.key) == key) {
                merged.push(entry);
            }
        }
        if depth >= DEEPEST_MERGE {
            return;
        }
        for entry in sources {
            match self.kind(entry.value) {
                NodeKind::Sequence { items, .. } => {
                    for item in items {
                        self.collect_merged(*item, merged, depth + 1);
                    }
                }
                _ => self.collect_merged(entry.value, merged, depth + 1),
            }
        }
    }

    /// Whether a key is the merge key `<<`.
    #[must_use]
    pub fn is_merge_key(&self, key: NodeId) -> bool {
        matches!(&self.node(key).kind,
            NodeKind::Scalar { value, style: ScalarStyle::Plain } if &**value == "<<")
    }

    /// Whether Kubernetes reads a key's node as this key (see [`key_text`]).
    #[must_use]
    pub fn is_key(&self, node: NodeId, key: &str) -> bool {
        key_text(self, node).as_deref() == Some(key)
    }

    /// The entry of a key in a mapping, own keys before merged ones.
    #[must_use]
    pub fn entry(&self, mapping: NodeId, key: &str) -> Option<Entry> {
        let entries = self.entries(mapping);
        if let Some(own) = entries.iter().rev().find(|entry| self.is_key(entry.key, key)) {
            return Some(*own);
        }
        if entries.iter().any(|entry| self.is_merge_key(entry.key)) {
            return self.merged_entries(mapping).into_iter().find(|entry| self.is_key(entry.key, key));
        }
        None
    }

    /// The value of a key in a mapping.
    #[must_use]
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        self.entry(mapping, key).map(|entry| entry.value)
    }
}
