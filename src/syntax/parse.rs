//! Builds a [`Tree`] from the events of granit-parser: the only place that knows the parser.

use granit_parser::{Event, Parser, ScalarStyle as Style, ScanError, Span as EventSpan, StructureStyle};

use super::{Comment, Entry, Node, NodeId, NodeKind, ScalarStyle, SyntaxIssue, SyntaxIssueKind, Tree, check, template};
use crate::ordered::sort_by_key;
use crate::pace::{finish, pause};
use crate::text::Span;

/// More nodes than this are not read from one document.
const MOST_NODES: usize = 4_000_000;
/// So many events of the parser come between two pauses.
const EVENTS: usize = 512;

/// Parses the text of one document (see [`super::split_documents`]); never fails.
#[must_use]
pub fn parse(text: &str) -> Tree {
    finish(parsing(text))
}

/// [`parse`] in steps: a `List` of all objects of a cluster is one document.
pub(crate) async fn parsing(text: &str) -> Tree {
    let tree = parsing_as_it_is(text).await;
    if text.contains("{{") { template::reading_around(text, tree).await } else { tree }
}

/// [`parsing`] without a thought of templates.
pub(super) async fn parsing_as_it_is(text: &str) -> Tree {
    let mut builder = Builder { text, ..Builder::default() };
    if let Some(issue) = not_text(text) {
        builder.tree.issues.push(issue);
        return builder.tree;
    }
    let options = granit_parser::options! { emit_unresolved_aliases: true, emit_anchor_events: true };
    for (count, event) in Parser::new_from_str_with_options(text, options).enumerate() {
        if count % EVENTS == EVENTS - 1 {
            pause().await;
        }
        match event {
            Ok((event, span)) => builder.event(event, byte_span(span)),
            Err(error) => {
                builder.stopped(&error);
                break;
            }
        }
        if builder.tree.nodes.len() > MOST_NODES {
            let message = format!("more than {MOST_NODES} values in one document");
            builder.issue(SyntaxIssueKind::TooLarge { message }, Span::at(text.len()));
            break;
        }
    }
    builder.finish().await
}

fn byte_span(span: EventSpan) -> Span {
    let start = span.start.byte_offset().unwrap_or_default();
    Span::new(start, span.end.byte_offset().unwrap_or(start).max(start))
}

/// Bytes that no text file has, before the parser is asked.
fn not_text(text: &str) -> Option<SyntaxIssue> {
    let at = text.bytes().position(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F)?;
    Some(SyntaxIssue { kind: SyntaxIssueKind::Binary, span: Span::new(at, at + 1) })
}

/// A collection that is still open.
struct Open {
    node: NodeId,
    key: Option<NodeId>,
}

#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    tree: Tree,
    open: Vec<Open>,
    /// Node of each anchor, by the parser's number.
    anchors: std::collections::HashMap<usize, NodeId>,
    /// End of the last token, to find the header of a block scalar.
    last_end: usize,
    finished: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Comment(..) => self.tree.comments.push(Comment { span }),
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.map(|tag| tag.original().into_boxed_str());
                let (style, span) = self.scalar_place(style, span);
                let mut value = value.into_owned();
                if self.ends_without_line_break(style, span) && value.ends_with('\n') {
                    value.pop();
                }
                let kind = NodeKind::Scalar { value: value.into(), style };
                let id = self.add(kind, span, anchor, tag);
                self.attach(id);
                self.last_end = span.end.max(self.last_end);
            }
            Event::MappingStart(style, anchor, tag) => {
                let flow = style == StructureStyle::Flow;
                let tag = tag.map(|tag| tag.original().into_boxed_str());
                self.begin(NodeKind::Mapping { entries: Vec::new(), flow }, span, anchor, tag);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let flow = style == StructureStyle::Flow;
                let tag = tag.map(|tag| tag.original().into_boxed_str());
                let span = if flow { span } else { self.first_dash(span) };
                self.begin(NodeKind::Sequence { items: Vec::new(), flow }, span, anchor, tag);
            }
            Event::MappingEnd | Event::SequenceEnd => self.end(span),
            Event::Anchor(number, _) => {
                if let Some(node) = self.anchors.get(&number).copied() {
                    self.tree.nodes[node.0 as usize].anchor = Some(span);
                }
            }
            Event::Alias(number) => {
                let target = self.anchors.get(&number).copied();
                let recursive = target.is_some_and(|target| self.open.iter().any(|open| open.node == target));
                if recursive {
                    self.issue(SyntaxIssueKind::RecursiveAlias, span);
                }
                let id = self.add(NodeKind::Alias(target.filter(|_| !recursive)), span, 0, None);
                self.attach(id);
                self.last_end = span.end;
            }
            Event::UnresolvedAlias(name) => {
                self.issue(SyntaxIssueKind::UnknownAlias { name: name.into_owned() }, span);
                let id = self.add(NodeKind::Alias(None), span, 0, None);
                self.attach(id);
                self.last_end = span.end;
            }
            Event::DocumentEnd => self.finished = true,
            _ => {}
        }
    }

    /// The parser's span of a block scalar begins at its content; ours begins at its header and ends
    /// with its last character, so that an edit can replace the whole.
    fn scalar_place(&self, style: Style, span: Span) -> (ScalarStyle, Span) {
        let style = match style {
            Style::SingleQuoted => ScalarStyle::SingleQuoted,
            Style::DoubleQuoted => ScalarStyle::DoubleQuoted,
            Style::Literal => ScalarStyle::Literal,
            Style::Folded => ScalarStyle::Folded,
            Style::Plain => ScalarStyle::Plain,
        };
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return (style, span);
        }
        let header = self.indicator(b"|>", span.start).unwrap_or(span.start);
        let mut end = span.end;
        // Lines without text behind the last one are no part of it; blanks at its end are.
        while let Some((text, "")) =
            self.text.get(header..end).and_then(|whole| whole.rsplit_once('\n')).map(|(text, last)| (text, last.trim()))
        {
            end = header + text.strip_suffix('\r').unwrap_or(text).len();
        }
        (style, Span::new(header, end))
    }

    /// A block scalar that ends the text without a line break has none in its value either: so read
    /// libyaml and go-yaml; our parser adds one.
    fn ends_without_line_break(&self, style: ScalarStyle, span: Span) -> bool {
        matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && span.end == self.text.len()
    }

    /// The parser's span of a list that is not indented under its key begins at its first item; ours
    /// begins at its first dash. Between the key and the dash stand only the colon, comments, an
    /// anchor and a tag.
    fn first_dash(&self, span: Span) -> Span {
        if self.open.last().is_none_or(|open| open.key.is_none()) {
            return span;
        }
        let start = self.indicator(b"-", span.start).unwrap_or(span.start);
        Span::new(start, span.end)
    }

    /// Where an indicator stands between the last token and an offset, anchors, tags and comments
    /// left out.
    fn indicator(&self, wanted: &[u8], before: usize) -> Option<usize> {
        let mut at = self.last_end;
        while let Some(rest) = self.text.get(at..before).filter(|rest| !rest.is_empty()) {
            at += match rest.as_bytes()[0] {
                byte if wanted.contains(&byte) => return Some(at),
                b'#' => rest.find('\n').unwrap_or(rest.len()),
                b'&' | b'!' => rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
                _ => rest.chars().next().map_or(1, char::len_utf8),
            };
        }
        None
    }

    fn add(&mut self, kind: NodeKind, span: Span, anchor: usize, tag: Option<Box<str>>) -> NodeId {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX));
        self.tree.nodes.push(Node { kind, span, anchor: None, tag });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        id
    }

    fn begin(&mut self, kind: NodeKind, span: Span, anchor: usize, tag: Option<Box<str>>) {
        let id = self.add(kind, span, anchor, tag);
        self.attach(id);
        self.open.push(Open { node: id, key: None });
        self.last_end = span.end;
    }

    fn end(&mut self, span: Span) {
        let Some(Open { node, key }) = self.open.pop() else { return };
        if let Some(key) = key {
            let value = self.add(missing_value(), Span::at(self.tree.node(key).span.end), 0, None);
            self.push_entry(node, Entry { key, value });
        }
        let end = match &self.tree.node(node).kind {
            NodeKind::Mapping { entries, flow: false } => entries.last().map_or(span.start, |entry| {
                self.tree.node(entry.value).span.end.max(self.tree.node(entry.key).span.end)
            }),
            NodeKind::Sequence { items, flow: false } => {
                items.last().map_or(span.start, |item| self.tree.node(*item).span.end)
            }
            _ => span.end,
        };
        let place = &mut self.tree.nodes[node.0 as usize].span;
        place.end = end.max(place.start);
        self.last_end = place.end.max(self.last_end);
    }

    /// Puts a node where the parser is: as the root, a key, a value or an item.
    fn attach(&mut self, id: NodeId) {
        let Some(open) = self.open.last_mut() else {
            if self.tree.root.is_none() {
                self.tree.root = Some(id);
            }
            return;
        };
        let parent = open.node;
        if let NodeKind::Sequence { items, .. } = &mut self.tree.nodes[parent.0 as usize].kind {
            items.push(id);
            return;
        }
        match open.key.take() {
            None => open.key = Some(id),
            Some(key) => self.push_entry(parent, Entry { key, value: id }),
        }
    }

    fn push_entry(&mut self, mapping: NodeId, entry: Entry) {
        if let NodeKind::Mapping { entries, .. } = &mut self.tree.nodes[mapping.0 as usize].kind {
            entries.push(entry);
        }
    }

    fn issue(&mut self, kind: SyntaxIssueKind, span: Span) {
        self.tree.issues.push(SyntaxIssue { kind, span });
    }

    fn stopped(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.last_end).min(self.text.len());
        let span = Span::new(at, self.text[at..].chars().next().map_or(at, |next| at + next.len_utf8()));
        let line = self.text[..at].rfind('\n').map_or(0, |start| start + 1);
        let indentation = &self.text[line..line + self.text[line..].len() - self.text[line..].trim_start().len()];
        let kind = if self.text.contains("{{") {
            SyntaxIssueKind::HelmTemplate
        } else if indentation.contains('\t') || self.text[..at].ends_with('\t') || self.text[at..].starts_with('\t') {
            SyntaxIssueKind::TabIndentation
        } else {
            let full = error.to_string();
            let message = full.split(" at char ").next().unwrap_or(&full).to_owned();
            if message.contains("depth") || message.contains("nest") || message.contains("recursion") {
                SyntaxIssueKind::TooLarge { message }
            } else {
                SyntaxIssueKind::Invalid { message }
            }
        };
        self.issue(kind, span);
    }

    async fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.end(Span::at(self.last_end));
        }
        let is_large = self.tree.nodes.len() > EVENTS;
        check::helm(&mut self.tree);
        if is_large {
            pause().await;
        }
        check::duplicates(&mut self.tree);
        if is_large {
            pause().await;
        }
        check::aliases(&mut self.tree);
        if is_large {
            pause().await;
        }
        check::tabs(&mut self.tree, self.text);
        sort_by_key(&mut self.tree.issues, |issue| issue.span);
        if !self.finished && self.tree.issues.is_empty() {
            // Only comments and blanks.
            self.tree.root = None;
        }
        self.drop_empty_root();
        self.tree
    }

    /// A document without a value is no object: `---` and comments only.
    fn drop_empty_root(&mut self) {
        let empty = self.tree.root.is_some_and(|root| {
            let node = self.tree.node(root);
            node.span.is_empty() && matches!(node.kind, NodeKind::Scalar { style: ScalarStyle::Plain, .. })
        });
        if empty {
            self.tree.root = None;
        }
    }
}

fn missing_value() -> NodeKind {
    NodeKind::Scalar { value: "".into(), style: ScalarStyle::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::FieldPath;

    fn at(text: &str, path: &str) -> String {
        let tree = parse(text);
        assert_eq!(tree.issues, [], "{text}");
        let node = tree.find(tree.root.unwrap(), &FieldPath::parse(path)).expect(path);
        tree.node(node).span.slice(text).to_owned()
    }

    #[test]
    fn spans_hold_what_was_written() {
        let text = "a: 1 # c\nb:\n  - x: 'q'\n    z: |\n      one\n      two\n\n  - {p: [1, 2]}\nc: &n {d: 1}\n";
        assert_eq!(at(text, "a"), "1");
        assert_eq!(at(text, "b[0].x"), "'q'");
        assert_eq!(at(text, "b[0].z"), "|\n      one\n      two");
        assert_eq!(at(text, "b[0]"), "x: 'q'\n    z: |\n      one\n      two");
        assert_eq!(at(text, "b[1]"), "{p: [1, 2]}");
        assert_eq!(at(text, "b[1].p"), "[1, 2]");
        assert_eq!(at(text, "c"), "{d: 1}");
    }

    #[test]
    fn merges_and_aliases_are_followed() {
        let tree = parse("base: &b {x: 1, z: 2}\nuse:\n  <<: *b\n  x: 3\n");
        let get = |path: &str| {
            let node = tree.find(tree.root.unwrap(), &FieldPath::parse(path)).unwrap();
            tree.scalar(node).unwrap().to_owned()
        };
        assert_eq!(get("use.x"), "3");
        assert_eq!(get("use.z"), "2");
    }

    fn issues(text: &str) -> Vec<SyntaxIssueKind> {
        parse(text).issues.into_iter().map(|issue| issue.kind).collect()
    }

    #[test]
    fn bad_input_is_an_issue_never_a_panic() {
        assert!(parse("").root.is_none());
        assert!(parse("---\n# only\n").root.is_none());
        assert_eq!(issues("a: {{ .Values.a\n"), [SyntaxIssueKind::HelmTemplate]);
        assert_eq!(issues("a:\n\tb: 1\n"), [SyntaxIssueKind::TabIndentation]);
        for refused in ["-\tx\n", "- \tx\n", "a: 1\n\t# c\n", "a: |\n  x\n\t\nb: 1\n", "\ta: 1\n", "-\t- a\n"] {
            assert_eq!(issues(refused), [SyntaxIssueKind::TabIndentation], "{refused:?}");
        }
        for read in [
            "a:\tx\t# c\n",
            "{\n\ta: 1\n}\n",
            "a: \"x\n\ty\"\n",
            "a: |\n  x\n  \ty\n",
            "a: 1\n  \t\nb: 2\n",
            "---\ta\n",
        ] {
            assert_eq!(issues(read), [], "{read:?}");
        }
        assert_eq!(issues("\0\u{1}"), [SyntaxIssueKind::Binary]);
        assert_eq!(issues("a: &r [*r]\n"), [SyntaxIssueKind::RecursiveAlias]);
        assert_eq!(issues("a: *zz\n"), [SyntaxIssueKind::UnknownAlias { name: "zz".into() }]);
        assert!(matches!(issues("a: b\n b: c")[..], [SyntaxIssueKind::Invalid { .. }]));
        assert!(matches!(issues("a: 1\na: 2\n")[..], [SyntaxIssueKind::DuplicateKey { .. }]));
        assert!(!parse(&"[".repeat(100_000)).issues.is_empty());
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(",");
            bomb.extend([format!("a{level}: &a{level} [{aliases}]\n")]);
        }
        assert_eq!(issues(&bomb), [SyntaxIssueKind::ExcessiveAliasing]);
    }

    #[test]
    fn ten_megabytes_of_a_are_read() {
        let tree = parse(&"a".repeat(10_000_000));
        assert!(tree.root.is_some() || !tree.issues.is_empty());
    }
}
