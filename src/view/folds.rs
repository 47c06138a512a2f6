//! What of a YAML text can be folded away: documents, blocks, and what the server wrote.

use super::colours::is_marker;
use crate::syntax::FieldPath;
use crate::text::LineIndex;
use crate::workspace::Workspace;

/// Lines that fold away below the one that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The line that stays, from 1.
    pub line: usize,
    /// The last line that is folded.
    pub last: usize,
}

/// The last line (from 1) that folds away with a line, if there is any below it to fold.
///
/// A marker folds its document, a line folds what is indented below it, and the first line of a text
/// without a marker folds its document.
#[must_use]
pub fn at(text: &str, lines: &LineIndex, line: usize) -> Option<usize> {
    let count = lines.line_count();
    let shown = |number: usize| lines.line_span(text, number).slice(text);
    let own = shown(line);
    if is_blank(own) || line > count {
        return None;
    }
    if own.starts_with("---") && is_marker(own) {
        return last_with_text(
            line,
            (line + 1..=count).find(|next| is_marker(shown(*next))).unwrap_or(count + 1),
            shown,
        );
    }
    let indentation = indentation(own)?;
    // The items of a list may stand right below their key, not further in.
    let is_bare_key = !own.trim_start().starts_with("- ") && without_comment(own).ends_with(':');
    let is_inside = |text: &str| match self::indentation(text) {
        None => true,
        _ if is_marker(text) => false,
        Some(other) if other == indentation => is_bare_key && is_item(text),
        Some(other) => other > indentation,
    };
    let end = (line + 1..=count).find(|next| !is_inside(shown(*next))).unwrap_or(count + 1);
    let block = last_with_text(line, end, shown);
    let is_first = || indentation == 0 && (1..line).all(|before| is_blank(shown(before)));
    if block.is_none() && is_first() {
        return last_with_text(
            line,
            (line + 1..=count).find(|next| is_marker(shown(*next))).unwrap_or(count + 1),
            shown,
        );
    }
    block
}

/// The last line before `end` that is more than a blank or a comment; `None` if that is `line` itself.
fn last_with_text<'t>(line: usize, end: usize, shown: impl Fn(usize) -> &'t str) -> Option<usize> {
    (line + 1..end).rev().find(|number| !is_blank(shown(*number)))
}

fn is_blank(line: &str) -> bool {
    let text = line.trim();
    text.is_empty() || text.starts_with('#')
}

/// How far in a line stands; `None` for a blank or a comment.
fn indentation(line: &str) -> Option<usize> {
    (!is_blank(line)).then(|| line.len() - line.trim_start().len())
}

fn is_item(line: &str) -> bool {
    line.trim_start().strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']))
}

fn without_comment(line: &str) -> &str {
    line.find(" #").map_or(line, |at| &line[..at]).trim_end()
}

/// The lines of a file that hold nothing but what the server wrote: `status` and `metadata.managedFields`. They are folded when the file is opened.
#[must_use]
pub fn server_noise(workspace: &Workspace, file: &str) -> Vec<Fold> {
    let Some(source) = workspace.file(file) else { return Vec::new() };
    let text = &source.source.text;
    let mut found = Vec::new();
    for object in workspace.objects().iter().filter(|object| &*object.address.file == file) {
        for path in ["metadata.managedFields", "status"] {
            let (tree, path) = (object.tree(), FieldPath::parse(path));
            let Some(key) = tree.key_span(object.node(), &path) else { continue };
            let line = source.position(object.offset() + key.start).line;
            if let Some(last) = at(text, &source.lines, line) {
                found.push(Fold { line, last });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    fn folds(text: &str) -> Vec<(usize, usize)> {
        let lines = LineIndex::new(text);
        (1..=lines.line_count()).filter_map(|line| Some((line, at(text, &lines, line)?))).collect()
    }

    #[test]
    fn documents_and_blocks_fold() {
        let text = "# a\na: 1\nb:\n  c: 1\n\n  d: 2\n# e\n---\nf:\n- g: 1\n  h: 2\n- 3\n";
        assert_eq!(folds(text), [(2, 6), (3, 6), (8, 12), (9, 12), (10, 11)]);
        assert_eq!(folds("a: 1\n"), []);
        assert_eq!(folds("{\n  \"a\": [\n    1\n  ]\n}\n"), [(1, 4), (2, 3)]);
        assert_eq!(folds("---\r\na:\r\n  b: 1\r\n"), [(1, 3), (2, 3)]);
    }

    #[test]
    fn what_the_server_wrote_is_known() {
        let text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  managedFields:\n  - manager: x\n    \
                    operation: Update\nspec:\n  status: 1\nstatus:\n  loadBalancer: {}\n";
        let workspace = Workspace::new(&[SourceFile::new("a.yaml", text)]);
        assert_eq!(server_noise(&workspace, "a.yaml"), [Fold { line: 5, last: 7 }, Fold { line: 10, last: 11 }]);
        assert_eq!(server_noise(&workspace, "b.yaml"), []);
    }
}
