//! Finds mistakes that a document can have although it parses.

use super::{Entry, NodeId, NodeKind, SyntaxIssue, SyntaxIssueKind, Tree, key_text};
use crate::text::Span;

/// Unfolded aliases may make a document this many times larger; go-yaml has a similar bound.
const MOST_UNFOLDED: u64 = 100_000;
const MOST_PASSES: usize = 64;

/// `a: {{ .Values.a }}` is legal YAML 1.2 (a mapping as key of a mapping), but never meant so.
pub(super) fn helm(tree: &mut Tree) {
    if tree.issues.iter().any(|issue| issue.kind == SyntaxIssueKind::HelmTemplate) {
        return;
    }
    let place = tree.nodes.iter().find_map(|node| match &node.kind {
        NodeKind::Mapping { entries, flow: true } => {
            let key = tree.node(entries.first()?.key);
            matches!(key.kind, NodeKind::Mapping { flow: true, .. } if key.span.start == node.span.start + 1)
                .then_some(node.span)
        }
        _ => None,
    });
    if let Some(span) = place {
        tree.issues.push(SyntaxIssue { kind: SyntaxIssueKind::HelmTemplate, span });
    }
}

/// Keys that Kubernetes reads as the same, whichever way they are written.
pub(super) fn duplicates(tree: &mut Tree) {
    let mut found = Vec::new();
    for node in &tree.nodes {
        let NodeKind::Mapping { entries, .. } = &node.kind else { continue };
        if has_few_distinct_keys(tree, entries) {
            continue;
        }
        let mut seen = std::collections::HashMap::new();
        for entry in entries {
            let Some(key) = key_text(tree, entry.key) else { continue };
            let span = tree.node(entry.key).span;
            match seen.get(&key) {
                Some(first) => found.push(SyntaxIssue {
                    kind: SyntaxIssueKind::DuplicateKey { key: key.into_owned(), first: *first },
                    span,
                }),
                None => {
                    seen.insert(key, span);
                }
            }
        }
    }
    tree.issues.extend(found);
}

/// Most mappings are small and without duplicates: comparing is quicker than hashing there.
fn has_few_distinct_keys(tree: &Tree, entries: &[Entry]) -> bool {
    const FEW: usize = 12;
    if entries.len() > FEW {
        return false;
    }
    let keys: Vec<_> = entries.iter().map(|entry| key_text(tree, entry.key)).collect();
    keys.iter().enumerate().all(|(at, key)| key.is_none() || !keys[..at].contains(key))
}

/// Counts what the document would be with every alias written out.
///
/// Children come after their parents, so sizes are summed from the back; but an alias needs the size
/// of its target, which stands before it. So the sums are repeated until none changes: as often as
/// aliases are nested in aliases, and a bomb is beyond every bound long before the last pass.
pub(super) fn aliases(tree: &mut Tree) {
    let mut sizes = vec![0_u64; tree.nodes.len()];
    if !tree.nodes.iter().any(|node| matches!(node.kind, NodeKind::Alias(Some(_)))) {
        return;
    }
    for _ in 0..MOST_PASSES {
        let mut changed = false;
        for at in (0..tree.nodes.len()).rev() {
            let size = |id: NodeId| sizes[id.0 as usize];
            let sum = match &tree.nodes[at].kind {
                NodeKind::Scalar { .. } | NodeKind::Alias(None) => 1,
                NodeKind::Alias(Some(target)) => size(*target).max(1),
                NodeKind::Sequence { items, .. } => {
                    items.iter().fold(1_u64, |sum, item| sum.saturating_add(size(*item)))
                }
                NodeKind::Mapping { entries, .. } => {
                    entries.iter().fold(1_u64, |sum, entry| sum.saturating_add(size(entry.value)))
                }
            };
            changed |= sum != sizes[at];
            sizes[at] = sum;
        }
        if !changed {
            break;
        }
    }
    let unfolded = tree.root.map_or(0, |root| sizes[root.0 as usize]);
    if unfolded > MOST_UNFOLDED && unfolded > 10 * tree.nodes.len() as u64 {
        let at = tree.nodes.iter().find(|node| matches!(node.kind, NodeKind::Alias(Some(_))));
        let span = at.map_or(Span::default(), |node| node.span);
        tree.issues.push(SyntaxIssue { kind: SyntaxIssueKind::ExcessiveAliasing, span });
    }
}

/// Tabs where go-yaml wants blanks and our parser is lenient: at the begin of a line, and between a
/// dash and what follows. Inside of brackets, quotes and texts they are allowed.
pub(super) fn tabs(tree: &mut Tree, text: &str) {
    let broken = tree.issues.iter().any(|issue| !matches!(issue.kind, SyntaxIssueKind::DuplicateKey { .. }));
    if broken || !text.contains('\t') {
        return;
    }
    let contents = contents(tree);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let inside = contents.partition_point(|span| span.start < start);
        if inside > 0 && start < contents[inside - 1].end {
            continue;
        }
        if let Some(tab) = misplaced_tab(line.as_bytes()) {
            let span = Span::new(start + tab, start + tab + 1);
            tree.issues.push(SyntaxIssue { kind: SyntaxIssueKind::TabIndentation, span });
            return;
        }
    }
}

/// The stretches of scalars and flow collections, in order and without overlap.
fn contents(tree: &Tree) -> Vec<Span> {
    let mut contents: Vec<Span> = Vec::new();
    for node in &tree.nodes {
        let block = matches!(node.kind, NodeKind::Mapping { flow: false, .. } | NodeKind::Sequence { flow: false, .. });
        if !block && !node.span.is_empty() && contents.last().is_none_or(|last| last.end <= node.span.start) {
            contents.push(node.span);
        }
    }
    contents
}

/// The first tab before the content of a line that go-yaml does not skip.
fn misplaced_tab(line: &[u8]) -> Option<usize> {
    let (mut tab, mut indicator) = (None, false);
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b' ' => {}
            b'\t' => {
                if at == 0 || indicator {
                    return Some(at);
                }
                tab = tab.or(Some(at));
            }
            b'-' | b'?' | b':' if line.get(at + 1).is_none_or(u8::is_ascii_whitespace) => indicator = true,
            // Behind a plain value, blanks and a comment may follow in any mixture.
            b'\r' | b'\n' | b'#' => return None,
            _ => return tab,
        }
    }
    None
}
