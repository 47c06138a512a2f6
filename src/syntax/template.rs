//! Go template actions of a helm chart, `{{ … }}`, and how a document is read around them.
//!
//! A chart's file is no YAML until helm has rendered it. What stands around its actions is read all the
//! same, from a copy of the same length in which the actions are masked: an action within a line is a
//! word of a value, lines of actions alone are comments. What `define` holds is no part of the document,
//! and of two branches the first is read. The text itself is never changed, and every span holds in both.
//! What helm has rendered, or a server has sent, is no template: braces in its texts are its own.
//!
//! Syntax of actions: Go's `text/template`; what they do in charts: Helm's *Chart Template Guide*.

mod actions;
mod rendered;

use super::parse::parsing_as_it_is;
use super::{NodeId, NodeKind, ScalarStyle, SyntaxIssueKind, Tree};
use crate::ordered::sort_by_key;
use crate::text::Span;

/// Stands at the begin of what is masked; a text that has this character of its own is not read around.
pub(crate) const MARK: char = '\u{f8e3}';

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// `{{/* … */}}`
    Comment,
    /// `{{ $name := … }}`: writes nothing.
    Assignment,
    /// `{{ define "…" }}`: what stands up to its `end` is no part of the document.
    Define,
    /// `{{ if … }}`, `{{ with … }}`, `{{ range … }}`, `{{ block … }}`.
    Open,
    /// `{{ else }}`
    Else,
    /// `{{ end }}`
    End,
    /// Writes something: a value, or what `include` and its like give.
    Output,
}

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// From `{{` to `}}`.
    pub span: Span,
    /// What it does.
    pub kind: ActionKind,
    /// Nothing but actions stands on its lines.
    pub is_line: bool,
}

/// A stretch from one action to its `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// From the opening action up to its `end`, or up to the end of the document.
    pub span: Span,
    /// Whether it has another branch.
    pub has_else: bool,
    /// Where the last block that has two branches ends, of this one and those that begin before it.
    else_reach: usize,
}

/// What of a document is a template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// All actions in source order, those in comments left out.
    pub actions: Vec<Action>,
    /// What is there under a condition, or several times.
    pub blocks: Vec<Block>,
    /// How many blocks end here that began in a document before.
    pub ends: usize,
    /// How many blocks begin here and do not end.
    pub begins: usize,
    /// Lines of actions, and what is not read between them, in source order.
    passed_over: Vec<Span>,
    /// Read from a masked copy; otherwise the document is YAML as it is, with braces in its texts.
    pub is_masked: bool,
    /// Scalars with an action in them, and missing values in whose place lines of actions stand.
    nodes: Vec<NodeId>,
    /// Texts of annotations with braces, in a document that is YAML as it is.
    literals: Vec<NodeId>,
}

impl Template {
    /// Whether a node's value is not known before helm has rendered it.
    #[must_use]
    pub fn holds(&self, node: NodeId) -> bool {
        self.nodes.binary_search(&node).is_ok()
    }

    /// The nodes whose values are not known.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// Annotations whose texts have braces of their own, as Argo and Grafana have them.
    #[must_use]
    pub fn literals(&self) -> &[NodeId] {
        &self.literals
    }

    /// Whether lines may come or go: there are conditions, loops, or lines that actions write.
    #[must_use]
    pub fn has_open_lines(&self) -> bool {
        let moves = |action: &Action| {
            action.is_line && !matches!(action.kind, ActionKind::Comment | ActionKind::Assignment | ActionKind::Define)
        };
        self.ends + self.begins + self.blocks.len() > 0 || self.actions.iter().any(moves)
    }

    /// Whether a stretch is read under a condition that begins behind an offset, or as one of two branches.
    #[must_use]
    pub fn is_in_branch(&self, span: Span, behind: usize) -> bool {
        let end = self.blocks.partition_point(|block| block.span.start <= span.start);
        let start = self.blocks[..end].partition_point(|block| block.span.start <= behind);
        // Blocks lie within each other or apart: the one that reaches farthest holds it if any does.
        let reach = end.checked_sub(1).map_or(0, |last| self.blocks[last].else_reach);
        reach >= span.end && end > 0 || self.blocks[start..end].iter().any(|block| block.span.end >= span.end)
    }

    /// Whether a stretch of the document has a line of actions, or something that is not read.
    #[must_use]
    pub fn passes_over(&self, span: Span) -> bool {
        let first = self.passed_over.partition_point(|passed| passed.end <= span.start);
        self.passed_over.get(first).is_some_and(|passed| passed.start < span.end)
    }

    /// The actions that are neither comments nor assignments, outside of `define`.
    pub fn telling(&self) -> impl Iterator<Item = &Action> {
        let tells = |action: &&Action| !matches!(action.kind, ActionKind::Comment | ActionKind::Assignment);
        self.actions.iter().filter(tells)
    }
}

/// A copy of a text in which no action is left.
pub(crate) struct Masked {
    /// As long as the text, with the same line breaks between whole lines.
    pub text: String,
    /// What was masked.
    pub template: Template,
}

/// The masked copy of a text that its tree was read from, if it was.
pub(crate) fn masked(text: &str, tree: &Tree) -> Option<String> {
    tree.template.as_ref().filter(|template| template.is_masked)?;
    mask(text).map(|masked| masked.text)
}

/// Reads a document with actions in it around them, given what it is without that.
pub(super) async fn reading_around(text: &str, mut tree: Tree) -> Tree {
    let is = |wanted: fn(&SyntaxIssueKind) -> bool, tree: &Tree| tree.issues.iter().any(|issue| wanted(&issue.kind));
    if !is(|kind| *kind == SyntaxIssueKind::HelmTemplate, &tree) {
        if !rendered::is_rendered(text, &tree) {
            find(&mut tree);
        }
        return tree;
    }
    let Some(masked) = mask(text) else { return tree };
    let mut around = parsing_as_it_is(&masked.text).await;
    let stops = |kind: &SyntaxIssueKind| {
        use SyntaxIssueKind::{HelmTemplate, Invalid, TabIndentation};
        matches!(kind, HelmTemplate | Invalid { .. } | TabIndentation)
    };
    if is(stops, &around) {
        return tree;
    }
    unmask(&mut around, text, masked);
    around
}

impl Tree {
    /// Whether the document is a template that was read around its actions.
    #[must_use]
    pub fn is_read_around(&self) -> bool {
        self.template.as_ref().is_some_and(|template| template.is_masked)
    }

    /// Whether the document is a template that could not be read around.
    #[must_use]
    pub fn has_unread_template(&self) -> bool {
        self.issues.iter().any(|issue| issue.kind == SyntaxIssueKind::HelmTemplate)
    }
}

/// Whether a text holds an action.
#[must_use]
pub fn has_action(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}

/// Masks the actions of a text; `None` where there is none, or one has no end.
pub(crate) fn mask(text: &str) -> Option<Masked> {
    if text.contains(MARK) {
        return None;
    }
    let mut actions = actions::actions(text)?;
    let (mut template, hidden) = actions::blocks(text, &mut actions);
    let mut masked = text.as_bytes().to_vec();
    let is_hidden = |span: Span| {
        let before = hidden.partition_point(|other: &Span| other.start <= span.start);
        before > 0 && span.start < hidden[before - 1].end
    };
    let mut passed_over = hidden.clone();
    for span in &hidden {
        blank(&mut masked[span.start..span.end]);
    }
    for group in actions.chunk_by(|before, after| !text[before.span.end..after.span.start].contains('\n')) {
        if let (Some(first), Some(last)) = (group.first(), group.last())
            && first.is_line
        {
            if !is_hidden(first.span) {
                comment(&mut masked[first.span.start..last.span.end]);
                passed_over.push(first.span.to(last.span));
            }
            continue;
        }
        for action in group.iter().filter(|action| !is_hidden(action.span)) {
            word(&mut masked[action.span.start..action.span.end]);
        }
    }
    template.actions = actions.into_iter().filter(|action| !is_hidden(action.span)).collect();
    template.is_masked = true;
    sort_by_key(&mut passed_over, |span| *span);
    template.passed_over = passed_over;
    // What was masked is whole characters, and what it became is ASCII and whole marks.
    Some(Masked { text: String::from_utf8(masked).ok()?, template })
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
}

/// A word: the mark, and as much as it takes.
fn word(bytes: &mut [u8]) {
    bytes.fill(b'x');
    let mark = MARK.len_utf8();
    if bytes.len() >= mark {
        MARK.encode_utf8(&mut bytes[..mark]);
    }
}

/// Lines of comments; the first with the mark behind its `#`.
fn comment(bytes: &mut [u8]) {
    for line in bytes.split_mut(|byte| *byte == b'\n') {
        let start = line.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(line.len());
        for byte in line[start..].iter_mut().filter(|byte| **byte != b'\r') {
            *byte = b'x';
        }
        if let Some(first) = line.get_mut(start) {
            *first = b'#';
        }
    }
    if bytes.len() > MARK.len_utf8() {
        MARK.encode_utf8(&mut bytes[1..=MARK.len_utf8()]);
    }
}

/// Gives a tree that was read from a masked copy its own texts, and says which of them are templates.
fn unmask(tree: &mut Tree, text: &str, masked: Masked) {
    let Masked { text: copy, mut template } = masked;
    for at in 0..tree.nodes.len() {
        let node = &mut tree.nodes[at];
        let NodeKind::Scalar { value, style } = &mut node.kind else { continue };
        let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
        if node.span.is_empty() {
            let after = copy[node.span.end..].trim_start_matches([':', ' ', '\t', '\r', '\n']);
            let comment_with_mark = after.strip_prefix('#').is_some_and(|rest| rest.starts_with(MARK));
            if *style == ScalarStyle::Plain && comment_with_mark {
                template.nodes.push(id);
            }
            continue;
        }
        let first = template.actions.partition_point(|action| action.span.end <= node.span.start);
        let inside = template.actions[first..].iter().take_while(|action| action.span.start < node.span.end);
        let inside: Vec<&Action> = inside.collect();
        if inside.is_empty() {
            continue;
        }
        *value = restored(value, text, &inside).into();
        template.nodes.push(id);
    }
    if template.has_open_lines() {
        // One key in two conditions is one key.
        tree.issues.retain(|issue| !matches!(issue.kind, SyntaxIssueKind::DuplicateKey { .. }));
    }
    tree.template = Some(Box::new(template));
}

/// A masked value with its actions.
fn restored(value: &str, text: &str, actions: &[&Action]) -> String {
    let mut restored = String::with_capacity(value.len());
    let mut rest = value;
    for action in actions {
        let Some((before, after)) = rest.split_once(MARK) else { break };
        let is_comment = action.is_line && before.ends_with('#');
        restored.push_str(if is_comment { &before[..before.len() - 1] } else { before });
        restored.push_str(action.span.slice(text));
        let fill = action.span.len().saturating_sub(MARK.len_utf8() + usize::from(is_comment));
        let filled = after.bytes().take(fill).take_while(|byte| *byte == b'x').count();
        rest = &after[filled..];
    }
    restored.push_str(rest);
    restored
}

/// Says which texts of a document that is YAML as it is hold actions.
fn find(tree: &mut Tree) {
    let mut annotations: Vec<Span> = Vec::new();
    for node in &tree.nodes {
        let NodeKind::Mapping { entries, .. } = &node.kind else { continue };
        for entry in entries.iter().filter(|entry| tree.is_key(entry.key, "annotations")) {
            // What AKO reads of annotations are names and addresses, which have no braces.
            let is_others = |key: NodeId| tree.scalar(key).is_some_and(|key| !key.contains("ako.vmware.com"));
            let others = tree.entries(entry.value).iter().filter(|entry| is_others(entry.key));
            annotations.extend(others.map(|entry| tree.node(entry.value).span));
        }
    }
    sort_by_key(&mut annotations, |span| *span);
    let mut template = Template::default();
    for (at, node) in tree.nodes.iter().enumerate() {
        let NodeKind::Scalar { value, .. } = &node.kind else { continue };
        if !has_action(value) {
            continue;
        }
        let before = annotations.partition_point(|span| span.start <= node.span.start);
        let is_annotation = before > 0 && node.span.start < annotations[before - 1].end;
        let list = if is_annotation { &mut template.literals } else { &mut template.nodes };
        list.push(NodeId(u32::try_from(at).unwrap_or(u32::MAX)));
        if !is_annotation {
            template.actions.push(Action { span: node.span, kind: ActionKind::Output, is_line: false });
        }
    }
    if !(template.nodes.is_empty() && template.literals.is_empty()) {
        tree.template = Some(Box::new(template));
    }
}
