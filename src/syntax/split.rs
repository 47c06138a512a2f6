//! Splits a file at its document markers.

use crate::pace::{finish, pause};
use crate::text::{LineIndex, Span};

/// So many lines are read between two pauses.
const LINES: usize = 4096;

/// The stretch of a file that holds one document, its `---` line included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Where it stands in the file.
    pub span: Span,
}

/// Splits a text into documents; the spans cover the whole text without gap or overlap.
///
/// YAML 1.2 §9.1: `---` and `...` at the start of a line are markers wherever they stand, also in
/// block scalars, so lines are enough to find them. Directives (`%YAML`) stay with the document that
/// follows them.
#[must_use]
pub fn split_documents(text: &str) -> Vec<Chunk> {
    finish(splitting(text)).0
}

/// [`split_documents`] in steps, with where the lines begin.
pub(crate) async fn splitting(text: &str) -> (Vec<Chunk>, LineIndex) {
    let mut chunks = Vec::new();
    let mut starts = vec![0];
    let mut start = 0;
    let mut only_directives = false;
    let mut ended = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = if at == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        let starts_document = is_marker(content, "---") && at > start && !only_directives;
        if starts_document || (ended && !content.trim().is_empty()) {
            chunks.push(Chunk { span: Span::new(start, at) });
            start = at;
            only_directives = false;
        }
        ended = is_marker(content, "...") || (ended && content.trim().is_empty());
        if content.starts_with('%') && start == at || (at == 0 && content.starts_with('%')) {
            only_directives = true;
        } else if !(content.trim().is_empty() || content.starts_with('#') || content.starts_with('%')) {
            only_directives = false;
        }
        at += line.len();
        if line.ends_with('\n') {
            starts.push(at);
        }
        if starts.len() % LINES == 0 {
            pause().await;
        }
    }
    if start < text.len() || chunks.is_empty() {
        chunks.push(Chunk { span: Span::new(start, text.len()) });
    }
    (chunks, LineIndex::of(starts))
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let pieces: Vec<&str> = split_documents(text).iter().map(|chunk| chunk.span.slice(text)).collect();
        assert_eq!(pieces.concat(), text, "no byte is lost");
        pieces
    }

    #[test]
    fn documents_are_split_at_markers() {
        assert_eq!(pieces("a: 1\n---\nb: 2\n"), ["a: 1\n", "---\nb: 2\n"]);
        assert_eq!(pieces("---\na: 1\r\n--- # two\r\nb: 2"), ["---\na: 1\r\n", "--- # two\r\nb: 2"]);
        assert_eq!(pieces("a: |\n  ---\n"), ["a: |\n  ---\n"]);
        assert_eq!(pieces("a: 1\n...\n\nb: 2\n"), ["a: 1\n...\n\n", "b: 2\n"]);
    }

    #[test]
    fn directives_stay_with_their_document() {
        assert_eq!(pieces("%YAML 1.1\n---\na: 1\n---\nb: 1\n"), ["%YAML 1.1\n---\na: 1\n", "---\nb: 1\n"]);
    }

    #[test]
    fn an_empty_file_is_one_empty_document() {
        assert_eq!(pieces(""), [""]);
        assert_eq!(pieces("\u{feff}---\na: 1\n"), ["\u{feff}---\na: 1\n"]);
    }
}
