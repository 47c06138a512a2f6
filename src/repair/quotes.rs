//! Typographic quotes: where word processors and web pages put them in place of straight ones.

use crate::syntax::parse;
use crate::text::{Edit, Span, apply_edits};

/// What looks like a straight quote and is none.
pub const TYPOGRAPHIC: [char; 10] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»'];

/// Whether a text holds one. Most texts are ASCII alone, and that is seen quickest.
pub fn may_hold(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|character| !character.is_ascii() && TYPOGRAPHIC.contains(&character))
}

/// The edits that close a straight quote where a typographic one stands instead, if a document that
/// does not parse can be read with them.
pub fn mend(text: &str) -> Option<Vec<Edit>> {
    if !may_hold(text) {
        return None;
    }
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        edits.extend(half_quoted(line).map(|edit| Edit { span: edit.span.shifted(start), ..edit }));
        start += line.len();
    }
    (!edits.is_empty() && parse(&apply_edits(text, &edits)).is_readable()).then_some(edits)
}

/// The edits that make the quotes around a value straight, in bytes of the value; none where they are.
pub fn straight(value: &str) -> Option<Edit> {
    if let Some(edit) = half_quoted_value(value, 0, value.len()) {
        return Some(edit);
    }
    // Words with blanks are prose, where such quotes are at home.
    let inner = without(value).filter(|inner| !inner.is_empty() && !inner.contains([' ', '"', '\\']))?;
    Some(Edit::replace(Span::new(0, value.len()), format!("\"{inner}\"")))
}

/// The edit of a line whose value has a straight quote at one end and a typographic one at the other.
fn half_quoted(line: &str) -> Option<Edit> {
    let end = line.trim_end().len();
    let start = match line.find(": ") {
        Some(colon) => colon + 2,
        None => line.find("- ")? + 2,
    };
    let start = start + line[start..end.max(start)].len() - line[start..end.max(start)].trim_start().len();
    half_quoted_value(line, start, end.max(start))
}

fn half_quoted_value(line: &str, start: usize, end: usize) -> Option<Edit> {
    let value = &line[start..end];
    let (first, last) = (value.chars().next()?, value.chars().next_back()?);
    if matches!(first, '"' | '\'') && TYPOGRAPHIC.contains(&last) {
        let at = end - last.len_utf8();
        return Some(Edit::replace(Span::new(at, end), first));
    }
    (TYPOGRAPHIC.contains(&first) && matches!(last, '"' | '\''))
        .then(|| Edit::replace(Span::new(start, start + first.len_utf8()), last))
}

/// A text without the typographic quotes around it; `None` where there are none.
pub fn without(text: &str) -> Option<&str> {
    let inner = text.trim_matches(|character| TYPOGRAPHIC.contains(&character));
    (inner.len() < text.len()).then_some(inner)
}
