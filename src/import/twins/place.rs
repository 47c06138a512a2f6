//! Documents without their markers, and items of lists with their lines.

use crate::text::Span;

/// A document's text behind its marker line; the marker line itself where something stands on it.
pub(super) fn body(document: &str) -> &str {
    let text = document.trim_start_matches('\u{feff}');
    match marker(text) {
        Some(line) => &text[line..],
        None => text,
    }
}

/// The length of a marker line that says nothing else, or a comment.
pub(super) fn marker(document: &str) -> Option<usize> {
    let rest = document.strip_prefix("---")?;
    let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
    let said = rest[..line].trim();
    (said.is_empty() || said.starts_with('#')).then_some(3 + line)
}

/// The lines of an item in a block list whose content spans from `start` to `end`, with its dash and the comments above
/// it; `None` where it does not stand on lines of its own.
pub(super) fn lines_of_item(text: &str, start: usize, end: usize) -> Option<Span> {
    let before = text.get(..start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if before[line..].trim() != "-" {
        return None;
    }
    let mut first = line;
    while first > 0 {
        let above = text[..first - 1].rfind('\n').map_or(0, |at| at + 1);
        if !text[above..first].trim_start().starts_with('#') {
            break;
        }
        first = above;
    }
    let rest = text.get(end..)?;
    let after = rest.find('\n').map_or(text.len(), |at| end + at + 1);
    Some(Span::new(first, after))
}
